/* SPDX-License-Identifier: MIT */
/* scale_health.h - parts of stationctl scale that read the bench's database; exit codes. */
#ifndef TOOLS_CTL_SCALE_HEALTH_H
#define TOOLS_CTL_SCALE_HEALTH_H

/* health [--from DAY]: zero, check-weight and repeatability by scale and day. */
int scale_health(int argc, char **argv);

/* calibration: realised against promised alarms, by scale and packaging. */
int scale_calibration(int argc, char **argv);

#endif /* TOOLS_CTL_SCALE_HEALTH_H */
