/* SPDX-License-Identifier: MIT */
#include "driver.h"

#include <string.h>

#include "printer/printer_drivers.h"
#include "scanner/scanner_drivers.h"
#include "scale/families.h"

const struct scale_driver *const scale_drivers[] = {
	&sics_driver,
	&mettler_print_driver,
	&toledo_8217_driver,
	&toledo_continuous_driver,
	&yaohua_driver,
	&yaohua_reversed_driver,
	&yaohua_ww_driver,
	&yaohua_command_driver,
	&stgs_driver,
	&cas_10_driver,
	&and_driver,
	&sbi_driver,
	&ohaus_driver,
	&ohaus_continuous_driver,
	&kern_driver,
	&radwag_driver,
	&adam_driver,
	&nci_driver,
	&ecr_driver,
	&digi_driver,
	&sma_driver,
	&df1500_driver,
	&hid_driver,
	NULL,
};

const struct printer_driver *const printer_drivers[] = {
	&zpl_driver,
	&tspl_driver,
	&epl2_driver,
	&escpos_driver,
	NULL,
};

const struct scanner_driver *const scanner_drivers[] = {
	&keyboard_scanner_driver,
	&line_scanner_driver,
	&hidpos_scanner_driver,
	NULL,
};

const struct scale_driver *find_scale_driver(const char *name)
{
	for (size_t i = 0; scale_drivers[i]; i++)
		if (strcmp(scale_drivers[i]->name, name) == 0)
			return scale_drivers[i];
	return NULL;
}

const struct printer_driver *find_printer_driver(const char *name)
{
	for (size_t i = 0; printer_drivers[i]; i++)
		if (strcmp(printer_drivers[i]->name, name) == 0)
			return printer_drivers[i];
	return NULL;
}

const struct scanner_driver *find_scanner_driver(const char *name)
{
	for (size_t i = 0; scanner_drivers[i]; i++)
		if (strcmp(scanner_drivers[i]->name, name) == 0)
			return scanner_drivers[i];
	return NULL;
}
