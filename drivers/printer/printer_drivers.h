/* SPDX-License-Identifier: MIT */
/*
 * printer_drivers.h - the drivers of this folder, for registry.c, and their languages
 */
#ifndef DRIVERS_PRINTER_PRINTER_DRIVERS_H
#define DRIVERS_PRINTER_PRINTER_DRIVERS_H

#include "driver.h"
#include "printer/language.h"

extern const struct printer_driver zpl_driver;
extern const struct printer_driver tspl_driver;
extern const struct printer_driver epl2_driver;
extern const struct printer_driver escpos_driver;

extern const struct printer_language zpl_language;
extern const struct printer_language tspl_language;
extern const struct printer_language epl2_language;
extern const struct printer_language escpos_language;

#endif /* DRIVERS_PRINTER_PRINTER_DRIVERS_H */
