/* SPDX-License-Identifier: MIT */
/*
 * forms.h - the customs forms as data: captions, boxes, columns, plans of sheets
 *
 * What a postal union may change next year (a caption, a category, a box) is a
 * row here.  Two layouts of the CN22 are about; HS number and origin on every
 * line satisfy either.
 *
 * Units:      geometry in tenths, type sizes in hundredths of a millimetre.
 * Ownership:  constants.
 * Threads:    pure.
 * Source:     UPU Convention Manual, forms CN 22 and CN 23 (captions in English and
 *             French); China Post form 2113 (Chinese); WCO-UPU postal customs guide.
 */
#ifndef FIRMWARE_LABEL_FORMS_H
#define FIRMWARE_LABEL_FORMS_H

#include <stdbool.h>
#include <stdint.h>

#include "customs.h"
#include "label.h"

enum form_word {
	WORD_FORM_TITLE,
	WORD_OPENED,
	WORD_DESCRIPTION, /* with the quantity: CN22 */
	WORD_NET,
	WORD_VALUE,
	WORD_HS,
	WORD_ORIGIN,
	WORD_TOTAL_WEIGHT,
	WORD_TOTAL_VALUE,
	WORD_CERTIFY,
	WORD_SIGNATURE,
	WORD_QUANTITY, /* CN23 and what only it has */
	WORD_CHARGES,
	WORD_COMMENTS,
	WORD_LICENCE,
	WORD_CERTIFICATE,
	WORD_INVOICE,
	WORD_CATEGORY,
	WORD_EXPLANATION,
	WORD_FROM,
	WORD_TO,
	WORD_SENDER_REFERENCE,
	WORD_IMPORTER_REFERENCE,
	WORD_COUNT,
};

struct form_caption {
	const char *en, *fr, *zh; /* NULL: this form has no such box */
};

struct form_category {
	enum notice_nature nature;
	struct form_caption caption;
};

enum form_field {
	FIELD_QUANTITY,
	FIELD_DESCRIPTION,
	FIELD_NET,
	FIELD_VALUE,
	FIELD_HS,
	FIELD_ORIGIN,
	FIELD_COUNT,
};

struct form_column {
	enum form_field field;
	enum form_word head; /* WORD_COUNT: shares the next column's head */
	uint16_t least_mm10; /* 0: takes what the others leave */
	uint16_t most_mm10;  /* beyond it a cell goes on a second line; more on wider paper */
	bool to_the_right;
};

struct form {
	enum customs_form form;
	const char *name; /* "CN 22" */
	const struct form_caption *words;
	const struct form_category *categories;
	unsigned category_count;
	const struct form_column *columns;
	unsigned column_count;
};

enum form_block {
	BLOCK_END = 0,
	BLOCK_BAND,    /* sender, method, country code */
	BLOCK_TO,      /* recipient */
	BLOCK_BOTH,    /* the same in two columns, where height is dear */
	BLOCK_BARS,    /* tracking number and copy mark */
	BLOCK_TITLE,   /* from here on inside the form's frame */
	BLOCK_PARTIES, /* sender and recipient, small */
	BLOCK_CATEGORY,
	BLOCK_HEAD, /* of the table */
	BLOCK_TOTALS,
	BLOCK_REFERENCES,
	BLOCK_CERTIFY,
	BLOCK_SIGN,
	BLOCK_FOOT,
};

#define FORM_BLOCKS 8

struct form_sheet {
	enum form_block top[FORM_BLOCKS], bottom[FORM_BLOCKS];
	bool table;
};

/*
 * whole: everything on the first sheet.  Where that has no room: address, then first.
 * bare is an address again, when it needs the sheet for itself alone; declared is first
 * without the table, when that would have no line.  A form may have more plans than
 * one: the fewest sheets win.
 */
struct form_plan {
	enum customs_form form;
	enum label_size size;
	const struct form_sheet *whole, *address, *bare, *first, *declared, *more;
};

struct form_style {
	uint16_t caption, fine, small, data, title, name, from, to_name, to, code, method, tracking;
	uint16_t pad;  /* between a rule and a text */
	uint16_t bars; /* height of the tracking barcode */
	uint16_t sign; /* and of the place for a signature */
};

enum form_density {
	FORM_LARGE, /* of an address that leaves its sheet half empty */
	FORM_ROOMY,
	FORM_NORMAL,
	FORM_CLOSE,
	FORM_TIGHT, /* the smallest type of a declaration */
	FORM_DENSE, /* of an address that has a sheet to itself */
	FORM_DENSITIES,
};

extern const struct form_style form_styles[FORM_DENSITIES];

const struct form *form_get(enum customs_form form);

/* The next plan behind 'after' (NULL: the first); NULL when there is no further one. */
const struct form_plan *form_plan_next(enum customs_form form, enum label_size size,
                                       const struct form_plan *after);

/* The largest style worth trying on that paper. */
enum form_density form_first_density(enum label_size size);

#define FORM_NARROWEST_MM10 740

/* Width and height of the paper in tenths of a millimetre. */
struct form_paper {
	enum label_size size;
	const char *name;
	uint16_t width_mm10, height_mm10;
};

const struct form_paper *form_paper_get(enum label_size size);

#endif /* FIRMWARE_LABEL_FORMS_H */
