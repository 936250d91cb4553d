/* SPDX-License-Identifier: MIT */
/*
 * families.h - the scale families: a codec, a usual line and a few words each
 */
#ifndef DRIVERS_SCALE_FAMILIES_H
#define DRIVERS_SCALE_FAMILIES_H

#include "driver.h"

extern const struct scale_driver sics_driver;
extern const struct scale_driver toledo_continuous_driver;
extern const struct scale_driver stgs_driver;

#endif /* DRIVERS_SCALE_FAMILIES_H */
