-- What coverage is split by: the values of the legacy users' attributes, and under the attribute `runs` what the
-- scripts or the import did for a user, as one text.
CREATE TABLE traits (
  id        INTEGER PRIMARY KEY,
  attribute TEXT NOT NULL,
  value     TEXT NOT NULL,
  UNIQUE (attribute, value)
) STRICT;

-- traits: the numbers of all traits of a user, each between commas, that of `runs` first. row_mark tells whether the legacy row has
-- changed since: a digest of what was read of it, its password left out (a digest of a hash could be guessed at).
-- Both are null in outcomes that older versions wrote.
ALTER TABLE outcomes ADD COLUMN traits TEXT;
ALTER TABLE outcomes ADD COLUMN row_mark INTEGER;

-- Sums of outcomes by trait and by what scripts did, kept with every batch.
CREATE TABLE coverage (
  phase   INTEGER NOT NULL,
  trait   INTEGER NOT NULL REFERENCES traits (id),
  runs    INTEGER NOT NULL REFERENCES traits (id),
  ok      INTEGER NOT NULL,
  failed  INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  PRIMARY KEY (phase, trait, runs)
) STRICT, WITHOUT ROWID;

-- In which stretches of 512 positions a trait occurs: an index per user would take longer to write than the
-- outcomes themselves.
CREATE TABLE trait_blocks (
  phase INTEGER NOT NULL,
  trait INTEGER NOT NULL REFERENCES traits (id),
  block INTEGER NOT NULL,
  PRIMARY KEY (phase, trait, block)
) STRICT, WITHOUT ROWID;

CREATE VIEW readable_coverage AS
SELECT
  CASE c.phase WHEN 0 THEN 'lazy' ELSE 'bulk' END AS phase,
  t.attribute,
  t.value,
  r.value AS runs,
  c.ok,
  c.failed,
  c.skipped
FROM coverage c JOIN traits t ON t.id = c.trait JOIN traits r ON r.id = c.runs;

UPDATE schema_version SET version = 2, oldest_code = 2;
