-- The replica of one trial: the user store as it would stand, and what became of every legacy user.
-- phase: 0 lazy, 1 bulk. status: 0 ok, 1 failed, 2 skipped. Small integers, because they stand in every index;
-- the views at the end spell them out for people who open this file with another tool.

-- A file says which schema it has and how old a program may be that still understands it. Code whose own
-- schema is older than `oldest_code` must leave the file alone.
CREATE TABLE schema_version (
  version     INTEGER NOT NULL,
  oldest_code INTEGER NOT NULL
) STRICT;
INSERT INTO schema_version VALUES (1, 1);

CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Causes, states, hash formats, e-mail domains and finding codes: few texts, repeated a million times.
CREATE TABLE labels (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- email_key and username_key are the lower-cased forms lookups go by; SQLite's own lower() knows ASCII only.
-- They are not unique here: which collisions a tenant refuses is decided by the domain, row by row.
CREATE TABLE accounts (
  id              INTEGER PRIMARY KEY,
  user_id         TEXT NOT NULL,
  state           TEXT NOT NULL,
  origin          TEXT NOT NULL,
  email           TEXT,
  email_key       TEXT,
  email_verified  INTEGER NOT NULL,
  username        TEXT,
  username_key    TEXT,
  phone_number    TEXT,
  phone_verified  INTEGER NOT NULL,
  name            TEXT,
  nickname        TEXT,
  given_name      TEXT,
  family_name     TEXT,
  picture         TEXT,
  blocked         INTEGER NOT NULL,
  user_metadata   TEXT,
  app_metadata    TEXT,
  mfa_factors     TEXT,
  credential      TEXT NOT NULL,
  legacy_position INTEGER,
  created_ms      REAL NOT NULL,
  changed_ms      REAL NOT NULL
) STRICT;
CREATE UNIQUE INDEX accounts_by_user_id ON accounts (user_id);
CREATE INDEX accounts_by_email ON accounts (email_key) WHERE email_key IS NOT NULL;
CREATE INDEX accounts_by_username ON accounts (username_key) WHERE username_key IS NOT NULL;
CREATE INDEX accounts_by_phone ON accounts (phone_number) WHERE phone_number IS NOT NULL;
-- Few rows at any time; what is counted as a user is all rows less these.
CREATE INDEX accounts_hidden ON accounts (state) WHERE state IN ('partial', 'deleted');

-- Password hashes and their salts and keys, and nothing else, so that a copy without secrets is this file
-- without this table's rows. They have to be kept as they are: a rehearsed login is checked against them.
-- value: bcrypt text, or the import object of a custom hash as JSON. A credential without secret has no row.
CREATE TABLE credentials (
  account INTEGER PRIMARY KEY REFERENCES accounts (id),
  value   TEXT NOT NULL
) STRICT;

-- The last four columns are those of jobs that take a file from elsewhere: their time on the simulated clock, and
-- a JSON array of what their records showed. Null for the jobs of a bulk phase, whose users have outcomes instead.
CREATE TABLE jobs (
  number          INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE,
  status          TEXT NOT NULL,
  connection      TEXT NOT NULL,
  upsert          INTEGER NOT NULL,
  external_id     TEXT NOT NULL,
  file            TEXT NOT NULL,
  bytes           INTEGER NOT NULL,
  total           INTEGER,
  inserted        INTEGER,
  updated         INTEGER,
  failed          INTEGER,
  status_details  TEXT,
  created_ms      REAL,
  ended_ms        REAL,
  completion_mail INTEGER,
  findings        TEXT
) STRICT;

-- record and errors are JSON in the shape the tenant reports them; nothing asks for a part of them.
CREATE TABLE job_errors (
  job         INTEGER NOT NULL REFERENCES jobs (number),
  item        INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  record      TEXT NOT NULL,
  errors      TEXT NOT NULL,
  PRIMARY KEY (job, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE tenant_log (
  id              INTEGER PRIMARY KEY,
  at_ms           REAL NOT NULL,
  legacy_position INTEGER,
  log             TEXT NOT NULL,
  user_id         TEXT NOT NULL,
  description     TEXT NOT NULL
) STRICT;

CREATE TABLE tenant_log_counts (
  log   TEXT PRIMARY KEY,
  count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- legacy_key is the JSON of the pagination key. findings is a JSON array, null for none: they are only ever
-- shown together with their user, and finding_users answers who has which code.
CREATE TABLE outcomes (
  phase        INTEGER NOT NULL CHECK (phase IN (0, 1)),
  position     INTEGER NOT NULL CHECK (position >= 0),
  legacy_key   TEXT NOT NULL,
  legacy_id    TEXT,
  status       INTEGER NOT NULL CHECK (status IN (0, 1, 2)),
  cause        INTEGER REFERENCES labels (id),
  state        INTEGER NOT NULL REFERENCES labels (id),
  hash_format  INTEGER NOT NULL REFERENCES labels (id),
  last_login   INTEGER NOT NULL REFERENCES labels (id),
  email_domain INTEGER NOT NULL REFERENCES labels (id),
  findings     TEXT,
  ms           REAL NOT NULL,
  PRIMARY KEY (phase, position),
  CHECK ((status = 0) = (cause IS NULL))
) STRICT, WITHOUT ROWID;
-- Every index ends in the position, so that a page of any filter is one range scan.
CREATE INDEX outcomes_by_key ON outcomes (legacy_key);
CREATE INDEX outcomes_by_cause ON outcomes (phase, cause, position) WHERE cause IS NOT NULL;
-- Rejects of all causes in position order, and the status with them.
CREATE INDEX outcomes_rejected ON outcomes (phase, position, status) WHERE cause IS NOT NULL;
CREATE INDEX outcomes_by_state ON outcomes (phase, state, position);
CREATE INDEX outcomes_by_hash_format ON outcomes (phase, hash_format, position);
CREATE INDEX outcomes_by_last_login ON outcomes (phase, last_login, position);
CREATE INDEX outcomes_by_email_domain ON outcomes (phase, email_domain, position);

CREATE TABLE finding_users (
  phase    INTEGER NOT NULL,
  code     INTEGER NOT NULL REFERENCES labels (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (phase, code, position)
) STRICT, WITHOUT ROWID;

-- Sums of outcomes, kept with every batch: reports at a million outcomes must not count them.
-- dimension: hash_format, last_login, email_domain, state, cause or finding.
CREATE TABLE tallies (
  phase     INTEGER NOT NULL,
  dimension TEXT NOT NULL,
  value     INTEGER NOT NULL REFERENCES labels (id),
  ok        INTEGER NOT NULL,
  failed    INTEGER NOT NULL,
  skipped   INTEGER NOT NULL,
  PRIMARY KEY (phase, dimension, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoints (
  phase    INTEGER PRIMARY KEY,
  after    TEXT,
  done     INTEGER NOT NULL,
  finished INTEGER NOT NULL,
  ok       INTEGER NOT NULL,
  failed   INTEGER NOT NULL,
  skipped  INTEGER NOT NULL,
  CHECK (done = ok + failed + skipped)
) STRICT;

CREATE VIEW readable_outcomes AS
SELECT
  CASE o.phase WHEN 0 THEN 'lazy' ELSE 'bulk' END AS phase,
  o.position,
  o.legacy_key,
  o.legacy_id,
  CASE o.status WHEN 0 THEN 'ok' WHEN 1 THEN 'failed' ELSE 'skipped' END AS status,
  (SELECT text FROM labels WHERE id = o.cause) AS cause,
  (SELECT text FROM labels WHERE id = o.state) AS state,
  (SELECT text FROM labels WHERE id = o.hash_format) AS hash_format,
  (SELECT text FROM labels WHERE id = o.last_login) AS last_login,
  (SELECT text FROM labels WHERE id = o.email_domain) AS email_domain,
  o.findings,
  o.ms
FROM outcomes o;

CREATE VIEW readable_tallies AS
SELECT
  CASE t.phase WHEN 0 THEN 'lazy' ELSE 'bulk' END AS phase,
  t.dimension,
  l.text AS value,
  t.ok + t.failed + t.skipped AS total,
  t.ok,
  t.failed,
  t.skipped
FROM tallies t JOIN labels l ON l.id = t.value;
