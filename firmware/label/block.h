/* SPDX-License-Identifier: MIT */
/*
 * block.h - the blocks a sheet is stacked from
 *
 * Each draws at y across the printable width and returns its height in dots.
 *
 * Threads:    one at a time.
 */
#ifndef FIRMWARE_LABEL_BLOCK_H
#define FIRMWARE_LABEL_BLOCK_H

#include "layout.h"

int block_band(struct layout *layout, int y);
int block_to(struct layout *layout, int y);
int block_both(struct layout *layout, int y);
int block_parties(struct layout *layout, int y);
int block_bars(struct layout *layout, int y);
int block_title(struct layout *layout, int y);
int block_category(struct layout *layout, int y);
int block_head(struct layout *layout, int y);
int block_totals(struct layout *layout, int y);
int block_references(struct layout *layout, int y);
int block_certify(struct layout *layout, int y);
int block_sign(struct layout *layout, int y);
int block_foot(struct layout *layout, int y);

/* Between a rule and a text. */
int block_pad(const struct layout *layout);

/* The copy mark with its upper right corner there, in the middle of height; returns its width. */
int block_copy_mark(struct layout *layout, int right, int y, int height);

/* The same as bars; returns its height. */
int block_copy_bars(struct layout *layout, int y);

/* An address in its own script, one line below the other; returns its height. */
int block_native(struct layout *layout, int x, int y, int width, uint16_t mm100,
                 const struct content_party *party);

/* A number for customs with its caption, "" for none; returns its height. */
int block_reference(struct layout *layout, int x, int y, int width, enum form_word word,
                    const char *number);

/* The English caption and, where asked for, the French below it, the Chinese beside or below. */
int block_words(struct layout *layout, int x, int y, int width, enum pen_side side,
                const struct form_caption *words);
/* The same on one line where it has room. */
int block_words_joined(struct layout *layout, int x, int y, int width, enum pen_side side,
                       const struct form_caption *words);
int block_caption(struct layout *layout, int x, int y, int width, enum form_word word);
int block_caption_joined(struct layout *layout, int x, int y, int width, enum form_word word);

/* All languages on one line: "Explanation / Explication". */
void block_join(const struct layout *layout, const struct form_caption *words, char *text,
                size_t size);

#endif /* FIRMWARE_LABEL_BLOCK_H */
