/* SPDX-License-Identifier: MIT */
/*
 * The schema as it began; store_migrations.c has what came later.
 *
 * journal is the record; its columns besides body and hash are read out of the
 * body, so that they cannot disagree with what was hashed.  The tables below it
 * say how things stand now; whoever wants to know why asks the journal.
 */
#include "store_sql.h"

#include <stddef.h>

/* clang-format off */

const char *const store_schema_first[] = {

"CREATE TABLE journal ("
"  sequence INTEGER PRIMARY KEY,"
"  body TEXT NOT NULL,"
"  hash BLOB NOT NULL CHECK (length(hash) = 32),"
"  epoch INTEGER AS (json_extract(body, '$.epoch')),"
"  kind TEXT AS (json_extract(body, '$.kind')),"
"  at_us INTEGER AS (json_extract(body, '$.at_us')),"
"  notice TEXT AS (json_extract(body, '$.notice')),"
"  subject TEXT AS (json_extract(body, '$.subject')));"
"CREATE INDEX journal_notice ON journal (notice) WHERE notice IS NOT NULL;"
"CREATE INDEX journal_kind ON journal (kind, at_us);"
"CREATE TRIGGER journal_adds_one BEFORE INSERT ON journal"
"  WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM journal)"
"  BEGIN SELECT raise(ABORT, 'the journal has no gaps'); END;"
"CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal"
"  BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;"
"CREATE TRIGGER journal_never_forgets BEFORE DELETE ON journal"
"  BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;"

/* Plain text and salt of the digests in a body; erased: both gone, by which record. */
"CREATE TABLE personal ("
"  sequence INTEGER PRIMARY KEY REFERENCES journal,"
"  notice TEXT NOT NULL,"
"  salt BLOB,"
"  fields TEXT,"
"  erased INTEGER REFERENCES journal);"
"CREATE INDEX personal_notice ON personal (notice);",

/* Every SKU and packaging ever named; id is the order of first sight, kept for good. */
"CREATE TABLE catalogue ("
"  id INTEGER PRIMARY KEY,"
"  sku TEXT NOT NULL UNIQUE,"
"  kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3)),"
"  known INTEGER NOT NULL," /* 0: only ever named by a notice */
"  name TEXT NOT NULL DEFAULT '',"
"  description TEXT NOT NULL DEFAULT '',"
"  material TEXT NOT NULL DEFAULT '',"
"  barcode TEXT NOT NULL DEFAULT '',"
"  hs TEXT NOT NULL DEFAULT '',"
"  origin TEXT NOT NULL DEFAULT '',"
"  value_minor INTEGER NOT NULL DEFAULT 0,"
"  value_currency TEXT NOT NULL DEFAULT '',"
"  purchase_minor INTEGER NOT NULL DEFAULT 0,"
"  purchase_currency TEXT NOT NULL DEFAULT '',"
"  weight_mg INTEGER NOT NULL DEFAULT -1,"   /* as imported */
"  accepted_mg INTEGER,"                     /* a supervisor's word; goes before weight_mg */
"  spread_mg INTEGER NOT NULL DEFAULT 0,"
"  length_mm INTEGER NOT NULL DEFAULT 0,"
"  width_mm INTEGER NOT NULL DEFAULT 0,"
"  height_mm INTEGER NOT NULL DEFAULT 0,"
"  brand INTEGER NOT NULL DEFAULT 0,"
"  weight_source TEXT NOT NULL DEFAULT '');"
"CREATE TRIGGER catalogue_keeps_sides BEFORE UPDATE OF kind ON catalogue"
"  WHEN (OLD.kind = 3) <> (NEW.kind = 3)"
"  BEGIN SELECT raise(ABORT, 'goods do not become packaging, nor packaging goods'); END;"
"CREATE INDEX catalogue_barcode ON catalogue (barcode) WHERE barcode <> '';"

"CREATE TABLE person ("
"  id TEXT PRIMARY KEY,"
"  badge TEXT NOT NULL UNIQUE,"
"  name TEXT NOT NULL,"
"  supervisor INTEGER NOT NULL,"
"  language TEXT NOT NULL,"
"  secret TEXT NOT NULL,"
"  gone INTEGER NOT NULL DEFAULT 0);"

/* state: the bits of firmware/core/weighing, of one machine; number is its index there.
 * What follows it is the same for people: a unit's mean, how sure that is, its spread. */
"CREATE TABLE learnt ("
"  kind TEXT NOT NULL,"
"  number INTEGER NOT NULL,"
"  name TEXT NOT NULL,"
"  state BLOB NOT NULL,"
"  weight_mg INTEGER NOT NULL DEFAULT 0,"
"  sure_mg INTEGER NOT NULL DEFAULT 0,"
"  spread_mg INTEGER NOT NULL DEFAULT 0,"
"  parcels_milli INTEGER NOT NULL DEFAULT 0," /* that taught it; doubtful ones count less */
"  wrong INTEGER NOT NULL DEFAULT 0,"         /* the catalogue says something else */
"  PRIMARY KEY (kind, number)) WITHOUT ROWID;"
"CREATE INDEX learnt_name ON learnt (kind, name);"

"CREATE TABLE bench_state ("
"  bench TEXT PRIMARY KEY,"
"  text TEXT NOT NULL,"
"  sequence INTEGER NOT NULL REFERENCES journal) WITHOUT ROWID;",

"CREATE TABLE notice ("
"  id INTEGER PRIMARY KEY,"
"  number TEXT NOT NULL UNIQUE,"
"  revision INTEGER NOT NULL,"
"  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 10),"
"  body TEXT NOT NULL,"                 /* JSON as it came; a supervisor's nature is in it */
"  content BLOB NOT NULL,"              /* digest of its canonical form as it came */
"  hold TEXT NOT NULL DEFAULT '',"      /* why held: 'lint', 'notice', or words */
"  bench TEXT,"
"  claimed_us INTEGER,"
"  platform TEXT, nature INTEGER NOT NULL, method TEXT NOT NULL, country TEXT NOT NULL,"
"  due TEXT, tracking TEXT, approved_by TEXT, replaces TEXT,"
"  source TEXT NOT NULL,"
"  received_us INTEGER NOT NULL,"       /* the first revision */
"  changed_us INTEGER NOT NULL,"        /* the last change of status or revision */
"  waiting_us INTEGER,"                 /* waiting for stock since */
"  erased INTEGER REFERENCES journal);"
"CREATE INDEX notice_status ON notice (status, due);"
"CREATE INDEX notice_country ON notice (country);"
"CREATE INDEX notice_method ON notice (method);"
"CREATE INDEX notice_tracking ON notice (tracking) WHERE tracking IS NOT NULL;"
"CREATE INDEX notice_replaces ON notice (replaces) WHERE replaces IS NOT NULL;"

"CREATE TABLE notice_order ("
"  number TEXT NOT NULL,"               /* of the order */
"  notice TEXT NOT NULL REFERENCES notice (number),"
"  PRIMARY KEY (number, notice)) WITHOUT ROWID;"
"CREATE INDEX notice_order_notice ON notice_order (notice);"

/* Recipients' names and their words, folded: what a reader searches by.  Goes with an erasure. */
"CREATE TABLE notice_name ("
"  word TEXT NOT NULL,"
"  notice TEXT NOT NULL REFERENCES notice (number),"
"  PRIMARY KEY (word, notice)) WITHOUT ROWID;"
"CREATE INDEX notice_name_notice ON notice_name (notice);"

"CREATE TABLE notice_revision ("
"  notice TEXT NOT NULL REFERENCES notice (number),"
"  revision INTEGER NOT NULL,"
"  content BLOB NOT NULL,"
"  body TEXT NOT NULL,"
"  source TEXT NOT NULL,"
"  received_us INTEGER NOT NULL,"
"  sequence INTEGER NOT NULL REFERENCES journal,"
"  PRIMARY KEY (notice, revision, content)) WITHOUT ROWID;"

/* decided: the record of the decision; NULL: nobody has looked. */
"CREATE TABLE finding ("
"  notice TEXT NOT NULL REFERENCES notice (number),"
"  revision INTEGER NOT NULL,"
"  number INTEGER NOT NULL,"
"  level INTEGER NOT NULL CHECK (level IN (1, 2, 3)),"
"  rule TEXT NOT NULL,"
"  item INTEGER,"
"  text TEXT NOT NULL,"
"  decided INTEGER REFERENCES journal,"
"  PRIMARY KEY (notice, revision, number)) WITHOUT ROWID;"

/* seen: the purchase prices in front of the approver, as text. */
"CREATE TABLE approval ("
"  sequence INTEGER PRIMARY KEY REFERENCES journal,"
"  notice TEXT NOT NULL REFERENCES notice (number),"
"  revision INTEGER NOT NULL,"
"  supervisor TEXT NOT NULL,"
"  seen TEXT NOT NULL,"
"  at_us INTEGER NOT NULL);"
"CREATE INDEX approval_notice ON approval (notice, revision);",

"CREATE TABLE parcel ("
"  notice TEXT NOT NULL REFERENCES notice (number),"
"  parcel INTEGER NOT NULL CHECK (parcel > 0),"
"  status TEXT NOT NULL CHECK (status IN ('waiting', 'packing', 'parked', 'packed',"
"    'recalled', 'pulled-back', 'handed-over', 'returned')),"
"  gross_mg INTEGER,"
"  tracking TEXT,"
"  packaging TEXT,"
"  bag TEXT REFERENCES bag (code),"
"  bench TEXT, packer TEXT,"
"  packed_us INTEGER, handed_us INTEGER, returned_us INTEGER, returned_mg INTEGER,"
"  told_us INTEGER,"                    /* its tracking number was given to the shop */
"  PRIMARY KEY (notice, parcel)) WITHOUT ROWID;"
"CREATE INDEX parcel_tracking ON parcel (tracking) WHERE tracking IS NOT NULL;"
"CREATE INDEX parcel_bag ON parcel (bag) WHERE bag IS NOT NULL;"
"CREATE INDEX parcel_packed ON parcel (packed_us) WHERE packed_us IS NOT NULL;"
"CREATE INDEX parcel_handed ON parcel (handed_us) WHERE handed_us IS NOT NULL;"
"CREATE INDEX parcel_returned ON parcel (returned_us) WHERE returned_us IS NOT NULL;"
"CREATE INDEX parcel_untold ON parcel (packed_us) WHERE told_us IS NULL AND packed_us IS NOT NULL;"
"CREATE INDEX parcel_open ON parcel (status) WHERE status IN ('packing', 'parked', 'packed',"
"  'recalled', 'pulled-back');"
"CREATE TRIGGER parcel_left BEFORE UPDATE OF status ON parcel"
"  WHEN OLD.status = 'handed-over' AND NEW.status NOT IN ('handed-over', 'returned')"
"  BEGIN SELECT raise(ABORT, 'the parcel was handed over'); END;"
"CREATE TRIGGER parcel_bagged BEFORE UPDATE OF bag ON parcel"
"  WHEN NEW.bag IS NOT OLD.bag AND"
"    (SELECT state FROM bag WHERE code = coalesce(NEW.bag, OLD.bag)) <> 'open'"
"  BEGIN SELECT raise(ABORT, 'the bag is closed'); END;"

"CREATE TABLE parcel_item ("
"  notice TEXT NOT NULL,"
"  parcel INTEGER NOT NULL,"
"  item INTEGER NOT NULL,"              /* index in the notice */
"  sku TEXT NOT NULL,"
"  quantity INTEGER NOT NULL CHECK (quantity > 0),"
"  PRIMARY KEY (notice, parcel, item),"
"  FOREIGN KEY (notice, parcel) REFERENCES parcel ON DELETE CASCADE) WITHOUT ROWID;"
"CREATE INDEX parcel_item_sku ON parcel_item (sku);"

"CREATE TABLE bag ("
"  code TEXT PRIMARY KEY,"
"  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'handed-over')),"
"  carrier TEXT NOT NULL,"
"  method TEXT NOT NULL,"
"  bench TEXT NOT NULL,"
"  opened_us INTEGER NOT NULL, closed_us INTEGER, handed_us INTEGER) WITHOUT ROWID;"
"CREATE INDEX bag_opened ON bag (opened_us, code);"
"CREATE TRIGGER bag_once BEFORE UPDATE OF state ON bag"
"  WHEN NOT (OLD.state = NEW.state OR OLD.state = 'open' AND NEW.state = 'closed'"
"    OR OLD.state = 'closed' AND NEW.state = 'handed-over')"
"  BEGIN SELECT raise(ABORT, 'a bag is closed once, then handed over'); END;",

/* The label's states are enum label_state; a parcel has at most one that is not void. */
"CREATE TABLE label ("
"  notice TEXT NOT NULL,"
"  parcel INTEGER NOT NULL,"
"  copy INTEGER NOT NULL,"
"  state INTEGER NOT NULL CHECK (state IN (1, 2, 3, 4, 5)),"
"  revision INTEGER NOT NULL,"
"  form TEXT NOT NULL, tracking TEXT NOT NULL, printer TEXT NOT NULL,"
"  sha256 BLOB NOT NULL, bytes INTEGER NOT NULL,"
"  reason TEXT NOT NULL,"               /* why asked again, or why void */
"  asked_us INTEGER NOT NULL, out_us INTEGER, void_us INTEGER,"
"  packer TEXT NOT NULL,"
"  sequence INTEGER NOT NULL REFERENCES journal,"
"  PRIMARY KEY (notice, parcel, copy),"
"  FOREIGN KEY (notice, parcel) REFERENCES parcel) WITHOUT ROWID;"
"CREATE UNIQUE INDEX label_one_live ON label (notice, parcel) WHERE state <> 5;"
"CREATE INDEX label_again ON label (asked_us) WHERE copy > 1;"
"CREATE INDEX label_unsettled ON label (state) WHERE state IN (1, 3, 4);"
"CREATE TABLE label_way (was INTEGER, becomes INTEGER, PRIMARY KEY (was, becomes)) WITHOUT ROWID;"
"INSERT INTO label_way VALUES"
"  (1, 1), (1, 2), (1, 3), (2, 2), (2, 5), (3, 2), (3, 3), (3, 4), (4, 2), (4, 4), (4, 5), (5, 5);"
"CREATE TRIGGER label_begins BEFORE INSERT ON label"
"  WHEN NEW.state <> 1 OR NEW.copy <> (SELECT coalesce(max(copy), 0) + 1 FROM label"
"    WHERE notice = NEW.notice AND parcel = NEW.parcel)"
"  BEGIN SELECT raise(ABORT, 'a label begins as asked, with the next copy number'); END;"
"CREATE TRIGGER label_goes BEFORE UPDATE OF state ON label"
"  WHEN NOT EXISTS (SELECT 1 FROM label_way WHERE was = OLD.state AND becomes = NEW.state)"
"  BEGIN SELECT raise(ABORT, 'a label does not go that way'); END;"
"CREATE TRIGGER label_stays BEFORE DELETE ON label"
"  BEGIN SELECT raise(ABORT, 'a label is never forgotten'); END;",

"CREATE TABLE weighing ("
"  sequence INTEGER PRIMARY KEY REFERENCES journal,"
"  notice TEXT, parcel INTEGER,"
"  bench TEXT NOT NULL, packer TEXT NOT NULL, at_us INTEGER NOT NULL,"
"  measured_mg INTEGER NOT NULL, expected_mg INTEGER NOT NULL, spread_mg INTEGER NOT NULL,"
"  verdict TEXT NOT NULL, complete_ppm INTEGER NOT NULL,"
"  cause TEXT NOT NULL, cause_sku TEXT NOT NULL, cause_ppm INTEGER,"
"  scale TEXT NOT NULL, packaging TEXT NOT NULL);"
"CREATE INDEX weighing_notice ON weighing (notice, parcel);"
"CREATE INDEX weighing_at ON weighing (at_us);"
"CREATE INDEX weighing_scale ON weighing (scale, at_us);"
"CREATE INDEX weighing_mismatch ON weighing (at_us) WHERE verdict IN ('short', 'over');"

"CREATE TABLE decision ("
"  sequence INTEGER PRIMARY KEY REFERENCES journal,"
"  notice TEXT, parcel INTEGER,"
"  bench TEXT NOT NULL, packer TEXT NOT NULL, at_us INTEGER NOT NULL,"
"  supervisor TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL,"
"  reason TEXT NOT NULL, note TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL);"
"CREATE INDEX decision_notice ON decision (notice);"
"CREATE INDEX decision_at ON decision (at_us);"

"CREATE TABLE carrier_weight ("
"  tracking TEXT NOT NULL,"
"  date TEXT NOT NULL,"
"  weight_mg INTEGER NOT NULL,"
"  sequence INTEGER NOT NULL REFERENCES journal,"
"  PRIMARY KEY (tracking, date)) WITHOUT ROWID;"
"CREATE INDEX carrier_weight_date ON carrier_weight (date, tracking);"

/* S10 numbers without check digit: prefix, serial from next to last, country. */
"CREATE TABLE tracking_range ("
"  method TEXT NOT NULL,"
"  prefix TEXT NOT NULL,"
"  country TEXT NOT NULL,"
"  first INTEGER NOT NULL,"
"  last INTEGER NOT NULL,"
"  next INTEGER NOT NULL CHECK (next BETWEEN first AND last + 1),"
"  PRIMARY KEY (method, prefix, first)) WITHOUT ROWID;",

/* What supervisors set on a page; goes before the configuration's file. */
"CREATE TABLE setting ("
"  name TEXT PRIMARY KEY,"              /* "web.idle_min" */
"  value TEXT NOT NULL,"
"  sequence INTEGER NOT NULL REFERENCES journal) WITHOUT ROWID;",

NULL
};

/* clang-format on */
