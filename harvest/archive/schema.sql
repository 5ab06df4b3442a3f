-- The archive's tables. Times are milliseconds since 1970 in UTC.
-- A version of what a document says of a subject is current while ended is NULL.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE run (
  id       INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,       -- of source
  address  TEXT NOT NULL,
  library  TEXT NOT NULL,
  started  INTEGER NOT NULL,
  ended    INTEGER,             -- NULL: under way, or broken off
  manifest BLOB                 -- JSON
);

CREATE TABLE document (
  id       INTEGER PRIMARY KEY,
  uri      TEXT NOT NULL UNIQUE,
  url      TEXT NOT NULL DEFAULT '',
  etag     TEXT NOT NULL DEFAULT '',
  modified TEXT NOT NULL DEFAULT '',
  size     INTEGER NOT NULL DEFAULT 0,
  sha256   TEXT NOT NULL DEFAULT ''
);

CREATE TABLE classes (           -- the sets of classes that subjects have
  id   INTEGER PRIMARY KEY,
  iris TEXT NOT NULL UNIQUE      -- sorted, separated by line breaks
);

CREATE TABLE resource (
  id         INTEGER PRIMARY KEY,
  subject    TEXT NOT NULL,      -- <iri> or _:label
  classes    INTEGER NOT NULL,
  document   INTEGER NOT NULL,   -- where it was read
  run        INTEGER NOT NULL,   -- that brought it
  ended      INTEGER,            -- run that replaced or removed it
  valid_from INTEGER NOT NULL,   -- published; 0: unknown, before the archive began
  valid_to   INTEGER,            -- replaced or withdrawn
  triples    INTEGER NOT NULL,
  body       BLOB NOT NULL       -- sorted canonical N-Triples lines without the subject
);
CREATE INDEX resource_current ON resource (subject) WHERE ended IS NULL;
CREATE INDEX resource_class ON resource (classes, subject) WHERE ended IS NULL;
CREATE INDEX resource_past ON resource (subject) WHERE ended IS NOT NULL;

CREATE TABLE link (              -- who points to whom, of current versions, for some predicates
  target    TEXT NOT NULL,       -- IRI
  predicate INTEGER NOT NULL,
  resource  INTEGER NOT NULL,
  PRIMARY KEY (target, predicate, resource)
) WITHOUT ROWID;

CREATE TABLE decision (
  id         INTEGER PRIMARY KEY,
  uri        TEXT NOT NULL,
  day        INTEGER NOT NULL,   -- of the meeting in Brussels, days since 1970; -1: unknown
  position   INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  meeting    TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  valid_to   INTEGER,            -- NULL: current
  hash       BLOB NOT NULL,      -- of data
  data       BLOB NOT NULL       -- JSON
);
CREATE UNIQUE INDEX decision_current ON decision (uri) WHERE valid_to IS NULL;
CREATE INDEX decision_order ON decision (day, position, uri);
CREATE INDEX decision_meeting ON decision (meeting);

CREATE TABLE decision_about (    -- themes, persons, mandatees, governments
  iri      TEXT NOT NULL,
  decision INTEGER NOT NULL,
  PRIMARY KEY (iri, decision)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE decision_text USING fts5 (
  title, subtitle, body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

CREATE TABLE event (
  id      INTEGER PRIMARY KEY,
  run     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  subject TEXT NOT NULL,         -- IRI
  classes INTEGER NOT NULL,
  meeting TEXT NOT NULL,
  detail  TEXT NOT NULL          -- superseded: IRI; changed: IRIs separated by line breaks
);

CREATE TABLE checkpoint (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE blob (
  key  TEXT PRIMARY KEY,
  data BLOB NOT NULL
);

CREATE TABLE document_text (     -- of files of attachments; not of the digest
  id       INTEGER PRIMARY KEY,
  file     TEXT NOT NULL UNIQUE, -- IRI
  document TEXT NOT NULL,        -- IRI of the attachment
  sha256   TEXT NOT NULL,        -- of the file
  pages    INTEGER NOT NULL,
  problem  TEXT NOT NULL,
  text     TEXT NOT NULL
);

CREATE VIRTUAL TABLE document_search USING fts5 (
  body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
