/* SPDX-License-Identifier: MIT */
#include "symbol.h"

#include <string.h>

#include <zint.h>

static struct zint_symbol *create(int symbology, int shape)
{
	struct zint_symbol *zint = ZBarcode_Create();

	if (zint) {
		zint->symbology = symbology;
		zint->option_3 = shape;
		zint->show_hrt = 0;
	}
	return zint;
}

enum hal_status symbols_init(struct symbols *symbols, struct hal_fault *reterr_fault)
{
	symbols->code128 = create(BARCODE_CODE128, 0);
	symbols->datamatrix = create(BARCODE_DATAMATRIX, DM_SQUARE);
	if (symbols->code128 && symbols->datamatrix)
		return HAL_OK;
	symbols_finish(symbols);
	hal_fault_set(reterr_fault, "symbols: no memory for zint");
	return HAL_E_SYSTEM;
}

void symbols_finish(struct symbols *symbols)
{
	if (symbols->code128)
		ZBarcode_Delete(symbols->code128);
	if (symbols->datamatrix)
		ZBarcode_Delete(symbols->datamatrix);
	symbols->code128 = symbols->datamatrix = NULL;
}

static bool is_printable_ascii(const char *text)
{
	for (; *text; text++)
		if (*text < 0x20 || *text > 0x7E)
			return false;
	return true;
}

/* zint keeps the first module in the lowest bit of the first byte. */
static void copy_modules(const struct zint_symbol *zint, struct symbol *ret_symbol)
{
	memset(ret_symbol->dark, 0, sizeof(ret_symbol->dark));
	for (int row = 0; row < zint->rows; row++)
		for (int x = 0; x < zint->width; x++)
			if (zint->encoded_data[row][x >> 3] >> (x & 7) & 1)
				ret_symbol->dark[row][x / 8] |= (uint8_t)(0x80 >> x % 8);
	ret_symbol->width = (uint16_t)zint->width;
	ret_symbol->rows = (uint16_t)zint->rows;
}

enum hal_status symbol_encode(struct symbols *symbols, enum symbol_kind kind, const char *text,
                              struct symbol *ret_symbol, struct hal_fault *reterr_fault)
{
	struct zint_symbol *zint = kind == SYMBOL_CODE128 ? symbols->code128 : symbols->datamatrix;
	int code;

	if (!*text || !is_printable_ascii(text)) {
		hal_fault_set(reterr_fault, "'%s' cannot stand in a barcode", text);
		return HAL_E_ARG;
	}
	ZBarcode_Clear(zint);
	code = ZBarcode_Encode(zint, (const unsigned char *)text, (int)strlen(text));
	if (code >= ZINT_ERROR || zint->width > SYMBOL_MAX_WIDTH || zint->rows > SYMBOL_MAX_ROWS ||
	    zint->rows < 1) {
		hal_fault_set(reterr_fault, "'%s' cannot be a barcode: %s", text,
		              zint->errtxt[0] ? zint->errtxt : "too long");
		return HAL_E_ARG;
	}
	ret_symbol->kind = kind;
	copy_modules(zint, ret_symbol);
	return HAL_OK;
}

unsigned symbol_span(const struct symbol *symbol, unsigned module)
{
	unsigned quiet = symbol->kind == SYMBOL_CODE128 ? SYMBOL_BAR_QUIET : SYMBOL_DM_QUIET;

	return (symbol->width + 2 * quiet) * module;
}

unsigned symbol_module(const struct symbol *symbol, unsigned dpi, unsigned least_um,
                       unsigned most_um, unsigned room)
{
	unsigned module = most_um * dpi / 25400;

	while (module > 0 && symbol_span(symbol, module) > room)
		module--;
	return module * 25400 >= least_um * dpi ? module : 0;
}
