/* SPDX-License-Identifier: MIT */
#include "scale/families.h"

#include <stdio.h>

#include "scale/and_codec.h"
#include "scale/adam_codec.h"
#include "scale/cas_10_codec.h"
#include "scale/conversation.h"
#include "scale/df1500_codec.h"
#include "scale/digi_codec.h"
#include "scale/ecr_codec.h"
#include "scale/hid_codec.h"
#include "scale/kern_codec.h"
#include "scale/mettler_print_codec.h"
#include "scale/nci_codec.h"
#include "scale/ohaus_codec.h"
#include "scale/radwag_codec.h"
#include "scale/sbi_codec.h"
#include "scale/sics_codec.h"
#include "scale/sma_codec.h"
#include "scale/stgs_codec.h"
#include "scale/toledo_8217_codec.h"
#include "scale/toledo_continuous_codec.h"
#include "scale/yaohua_codec.h"

/* For scales that send by themselves and are told nothing. */
static const struct scale_talk listens_only = { .greeting = NULL };

/* "@" ends whatever the scale was doing; "SIR" repeats until another command comes. */
static const struct scale_talk sics_talk = {
	.greeting = "@\r\nSIR\r\n",
	.request = "SI\r\n",
	.zero = "ZI\r\nSIR\r\n",
	.poll_ms = 200,
};

const struct scale_driver sics_driver = {
	.name = "sics",
	.summary = "Mettler-Toledo and compatible scales (MT-SICS level 0)",
	.line = "9600 8N1",
	.codec = &sics_codec,
	.talk = &sics_talk,
	.open = conversation_open,
};

const struct scale_driver mettler_print_driver = {
	.name = "mettler-print",
	.summary = "Mettler-Toledo balances set to print lines",
	.line = "9600 8N1",
	.codec = &mettler_print_codec,
	.talk = &listens_only,
	.open = conversation_open,
};

static const struct scale_talk toledo_8217_talk = {
	.request = "W",
	.zero = "Z",
	.poll_ms = 200,
};

const struct scale_driver toledo_8217_driver = {
	.name = "toledo-8217",
	.summary = "Toledo 8217 and 8213 checkout scales",
	.line = "9600 7E1",
	.request = true,
	.codec = &toledo_8217_codec,
	.talk = &toledo_8217_talk,
	.open = conversation_open,
};

static const struct scale_talk toledo_continuous_talk = { .zero = "Z\r\n" };

const struct scale_driver toledo_continuous_driver = {
	.name = "toledo-continuous",
	.summary = "Toledo continuous output (8142/8530, IND, many clones)",
	.line = "9600 7E1",
	.codec = &toledo_continuous_codec,
	.talk = &toledo_continuous_talk,
	.open = conversation_open,
};

const struct scale_driver yaohua_driver = {
	.name = "yaohua",
	.summary = "Yaohua XK3190 continuous, 12 bytes (A9, A22, A23p, A26)",
	.line = "9600 8N1",
	.codec = &yaohua_codec,
	.talk = &listens_only,
	.open = conversation_open,
};

const struct scale_driver yaohua_reversed_driver = {
	.name = "yaohua-reversed",
	.summary = "Yaohua XK3190 continuous, \"=\" and the figure backwards",
	.line = "9600 8N1",
	.codec = &yaohua_reversed_codec,
	.talk = &listens_only,
	.open = conversation_open,
};

static const struct scale_talk yaohua_ww_talk = { .zero = "Z" };

const struct scale_driver yaohua_ww_driver = {
	.name = "yaohua-ww",
	.summary = "Yaohua XK3190-A12 and Liden \"A format\" (ww...kg, WG...kg with check)",
	.line = "9600 8N1",
	.codec = &yaohua_ww_codec,
	.talk = &yaohua_ww_talk,
	.open = conversation_open,
};

/* Asks for gross: the station keeps its own tare.  Addresses are letters, A = 1. */
static size_t compose_yaohua(unsigned address, char *ret_text, size_t cap)
{
	char letter = (char)('A' + (address > 0 ? (address - 1) % 26 : 0));
	unsigned check = (unsigned)(letter ^ 'B');

	return (size_t)snprintf(ret_text, cap,
	                        "\x02%c"
	                        "B%X%X\x03",
	                        letter, check >> 4, check & 15u);
}

static const struct scale_talk yaohua_command_talk = {
	.compose = compose_yaohua,
	.poll_ms = 250,
};

const struct scale_driver yaohua_command_driver = {
	.name = "yaohua-command",
	.summary = "Yaohua XK3190 and Keli XK3118 asked by address",
	.line = "9600 8N1",
	.request = true,
	.codec = &yaohua_command_codec,
	.talk = &yaohua_command_talk,
	.open = conversation_open,
};

const struct scale_driver stgs_driver = {
	.name = "stgs",
	.summary = "ST,GS / US,NT / OL text lines (T-Scale, Jadever, Excell, CAS, KERN KFN, A&D)",
	.line = "9600 8N1",
	.codec = &stgs_codec,
	.talk = &listens_only,
	.open = conversation_open,
};

const struct scale_driver cas_10_driver = {
	.name = "cas-10",
	.summary = "CAS indicators, ten bytes: eight of weight and nothing else",
	.line = "9600 8N1",
	.codec = &cas_10_codec,
	.talk = &listens_only,
	.open = conversation_open,
};

static const struct scale_talk and_talk = {
	.request = "Q\r\n",
	.zero = "Z\r\n",
	.poll_ms = 250,
};

const struct scale_driver and_driver = {
	.name = "and",
	.summary = "A&D standard, comparator and MT formats",
	.line = "2400 7E1",
	.codec = &and_codec,
	.talk = &and_talk,
	.open = conversation_open,
};

static const struct scale_talk sbi_talk = {
	.request = "\x1bP\r\n",
	.poll_ms = 250,
};

const struct scale_driver sbi_driver = {
	.name = "sbi",
	.summary = "Sartorius and Minebea Intec, SBI lines of 16 and 22 bytes",
	.line = "9600 8O1",
	.request = true,
	.codec = &sbi_codec,
	.talk = &sbi_talk,
	.open = conversation_open,
};

static const struct scale_talk ohaus_talk = {
	.request = "P\r\n",
	.zero = "Z\r\n",
	.poll_ms = 300,
};

const struct scale_driver ohaus_driver = {
	.name = "ohaus",
	.summary = "OHAUS print strings (Scout, Navigator, Ranger, Explorer)",
	.line = "9600 8N1",
	.request = true,
	.codec = &ohaus_codec,
	.talk = &ohaus_talk,
	.open = conversation_open,
};

static const struct scale_talk ohaus_continuous_talk = { .zero = "Z\r\n" };

const struct scale_driver ohaus_continuous_driver = {
	.name = "ohaus-continuous",
	.summary = "OHAUS Defender 3000 and alike, sending by themselves",
	.line = "9600 8N1",
	.codec = &ohaus_continuous_codec,
	.talk = &ohaus_continuous_talk,
	.open = conversation_open,
};

/* One letter, and no line end: a CR would be a command of its own. */
static const struct scale_talk kern_talk = {
	.request = "w",
	.poll_ms = 250,
};

const struct scale_driver kern_driver = {
	.name = "kern",
	.summary = "KERN balances (s/w/t, status formats, KCP), G&G, Shinko ViBRA",
	.line = "9600 8N1",
	.request = true,
	.codec = &kern_codec,
	.talk = &kern_talk,
	.open = conversation_open,
};

static const struct scale_talk radwag_talk = {
	.greeting = "C1\r\n",
	.request = "SI\r\n",
	.zero = "Z\r\n",
	.poll_ms = 250,
};

const struct scale_driver radwag_driver = {
	.name = "radwag",
	.summary = "Radwag balances, scales and indicators",
	.line = "9600 8N1",
	.codec = &radwag_codec,
	.talk = &radwag_talk,
	.open = conversation_open,
};

static const struct scale_talk adam_talk = {
	.request = "P\r\n",
	.zero = "Z\r\n",
	.poll_ms = 500,
};

const struct scale_driver adam_driver = {
	.name = "adam",
	.summary = "Adam Equipment (Highland, ACB, CPWplus, AZextra, MDW)",
	.line = "9600 8N1",
	.codec = &adam_codec,
	.talk = &adam_talk,
	.open = conversation_open,
};

/* In the order of the codec's variants. */
static const char *const nci_requests[] = { "W\r", "W\r", "\r", "SGW\r" };

static const struct scale_talk nci_talk = {
	.requests = nci_requests,
	.zero = "Z\r",
	.poll_ms = 200,
};

const struct scale_driver nci_driver = {
	.name = "nci",
	.summary = "NCI / Weigh-Tronix SCP-01, FedEx and UPS emulations, Sterling",
	.line = "9600 7E1",
	.request = true,
	.codec = &nci_codec,
	.talk = &nci_talk,
	.open = conversation_open,
};

/* ENQ; a scale with data says ACK; then DC1 fetches the weight. */
static const struct scale_talk ecr_talk = {
	.request = "\x05",
	.cue = "\x06",
	.answer = "\x11",
	.poll_ms = 250,
};

const struct scale_driver ecr_driver = {
	.name = "ecr",
	.summary = "CAS and OHAUS scales asked as by a cash register (ENQ, DC1)",
	.line = "9600 8N1",
	.request = true,
	.codec = &ecr_codec,
	.talk = &ecr_talk,
	.open = conversation_open,
};

static const struct scale_talk digi_talk = {
	.request = "\x05",
	.poll_ms = 300,
};

const struct scale_driver digi_driver = {
	.name = "digi",
	.summary = "DIGI DC-788 and DC-782",
	.line = "9600 8N1",
	.request = true,
	.codec = &digi_codec,
	.talk = &digi_talk,
	.open = conversation_open,
};

static const struct scale_talk sma_talk = {
	.request = "\nW\r",
	.zero = "\nZ\r",
	.poll_ms = 200,
};

const struct scale_driver sma_driver = {
	.name = "sma",
	.summary = "Scale Manufacturers Association level 1",
	.line = "9600 8N1",
	.request = true,
	.codec = &sma_codec,
	.talk = &sma_talk,
	.open = conversation_open,
};

static const struct scale_talk df1500_talk = {
	.request = "\r",
	.poll_ms = 250,
};

const struct scale_driver df1500_driver = {
	.name = "df1500",
	.summary = "DF1500 and Condec strings (Western, Transcell)",
	.line = "9600 8N1",
	.codec = &df1500_codec,
	.talk = &df1500_talk,
	.open = conversation_open,
};

/* Output report 2 with its second bit set asks the scale to take zero. */
static const struct scale_talk hid_talk = { .zero = "\x02\x02" };

const struct scale_driver hid_driver = {
	.name = "hid",
	.summary =
		"USB scales that are HID weighing devices (Dymo, Mettler, Fairbanks, Stamps.com)",
	.line = "",
	.codec = &hid_codec,
	.talk = &hid_talk,
	.open = conversation_open,
};
