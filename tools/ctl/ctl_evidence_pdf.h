/* SPDX-License-Identifier: MIT */
/*
 * ctl_evidence_pdf.h - the evidence sheet as A4 pages
 *
 * Threads:    one.
 */
#ifndef TOOLS_CTL_CTL_EVIDENCE_PDF_H
#define TOOLS_CTL_CTL_EVIDENCE_PDF_H

#include <stdio.h>

#include <jansson.h>

#include "hal_status.h"
#include "words.h"

HAL_MUST_USE enum hal_status ctl_evidence_pdf(const json_t *sheet, enum words_language language,
                                              FILE *out, struct hal_fault *reterr_fault);

#endif /* TOOLS_CTL_CTL_EVIDENCE_PDF_H */
