/* SPDX-License-Identifier: MIT */
#include "scale/families.h"

#include "scale/conversation.h"
#include "scale/sics_codec.h"
#include "scale/stgs_codec.h"
#include "scale/toledo_continuous_codec.h"

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

const struct scale_driver toledo_continuous_driver = {
	.name = "toledo-continuous",
	.summary = "Toledo continuous output (8142/8530, IND, many clones)",
	.line = "9600 7E1",
	.codec = &toledo_continuous_codec,
	.talk = &listens_only,
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
