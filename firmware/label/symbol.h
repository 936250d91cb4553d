/* SPDX-License-Identifier: MIT */
/*
 * symbol.h - barcodes as modules
 *
 * zint says which modules are dark and nothing else; they are drawn here, each
 * a whole number of dots, since a module of 2.7 dots is what makes a barcode
 * unreadable on a printer.
 *
 * Units:      modules and dots; tenths of a millimetre where it says mm10.
 * Ownership:  struct symbols owns zint's encoder; a symbol holds its own modules.
 * Errors:     HAL_E_ARG for a text that the symbology cannot carry.
 * Threads:    one at a time.
 * Source:     UPU standard S10, version 12, section 8 (module, height, quiet zone);
 *             ISO/IEC 15417 (Code 128); ISO/IEC 16022 (Data Matrix).
 */
#ifndef FIRMWARE_LABEL_SYMBOL_H
#define FIRMWARE_LABEL_SYMBOL_H

#include <stdbool.h>
#include <stdint.h>

#include "hal_status.h"

#define SYMBOL_MAX_WIDTH 512 /* modules: some 43 characters of Code 128 */
#define SYMBOL_MAX_ROWS  64
#define SYMBOL_BAR_QUIET 10 /* modules left and right of Code 128 */
#define SYMBOL_DM_QUIET  2  /* modules around a Data Matrix; the standard wants 1 */

enum symbol_kind {
	SYMBOL_CODE128,
	SYMBOL_DATAMATRIX,
};

struct symbol {
	enum symbol_kind kind;
	uint16_t width;                                      /* modules, without the quiet zone */
	uint16_t rows;                                       /* 1 for Code 128 */
	uint8_t dark[SYMBOL_MAX_ROWS][SYMBOL_MAX_WIDTH / 8]; /* most significant bit first */
};

struct zint_symbol;

struct symbols {
	struct zint_symbol *code128;
	struct zint_symbol *datamatrix;
};

enum hal_status symbols_init(struct symbols *symbols, struct hal_fault *reterr_fault);
void symbols_finish(struct symbols *symbols);

enum hal_status symbol_encode(struct symbols *symbols, enum symbol_kind kind, const char *text,
                              struct symbol *ret_symbol, struct hal_fault *reterr_fault);

static inline bool symbol_is_dark(const struct symbol *symbol, unsigned row, unsigned column)
{
	return symbol->dark[row][column / 8] >> (7 - column % 8) & 1;
}

/*
 * Dots a module: the most that is at most most_um wide and lets the symbol with its
 * quiet zones into room dots; 0 when even least_um does not.
 */
unsigned symbol_module(const struct symbol *symbol, unsigned dpi, unsigned least_um,
                       unsigned most_um, unsigned room);

/* With its quiet zones. */
unsigned symbol_span(const struct symbol *symbol, unsigned module);

#endif /* FIRMWARE_LABEL_SYMBOL_H */
