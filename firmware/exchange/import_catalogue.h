/* SPDX-License-Identifier: MIT */
/*
 * import_catalogue.h - the catalogue and the carriers' weights, as import.c asks for them
 *
 * Threads:    as the import's.
 */
#ifndef FIRMWARE_EXCHANGE_IMPORT_CATALOGUE_H
#define FIRMWARE_EXCHANGE_IMPORT_CATALOGUE_H

#include "import_run.h"

void import_catalogue_open(struct import_run *run);
void import_carrier_weights_open(struct import_run *run);

/* A whole catalogue went in: one record says so. */
void import_catalogue_note(struct import_run *run);

#endif /* FIRMWARE_EXCHANGE_IMPORT_CATALOGUE_H */
