-- Version 3: evidence. It speaks of subjects; which filings have a subject is kept beside the filings.

CREATE TABLE evidence (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,   -- SHA-256 of the body, in the day book's entry
    entry        INTEGER NOT NULL REFERENCES entry (seq),
    gatherer     TEXT NOT NULL,
    subject      TEXT NOT NULL,
    means        TEXT NOT NULL,
    version      INTEGER NOT NULL,
    observed_at  TEXT NOT NULL,
    body         TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_of ON evidence (subject, gatherer, observed_at, id);

CREATE TRIGGER evidence_is_not_changed BEFORE UPDATE ON evidence
BEGIN SELECT raise(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER evidence_is_not_removed BEFORE DELETE ON evidence
BEGIN SELECT raise(ABORT, 'evidence is never removed'); END;

-- Page texts and screenshots: files of the vault that evidence names.
CREATE TABLE evidence_file (
    sha256    TEXT PRIMARY KEY,
    evidence  INTEGER NOT NULL REFERENCES evidence (id)   -- the first that named it
) STRICT, WITHOUT ROWID;

-- Subjects of the current revisions; telephone numbers are found by their relation keys.
CREATE TABLE filing_subject (
    subject    TEXT NOT NULL,
    filing_id  INTEGER NOT NULL REFERENCES filing (id),
    PRIMARY KEY (subject, filing_id)
) STRICT, WITHOUT ROWID;

-- What the word lists, all in one version, find in a page's text. Can be made again.
CREATE TABLE page_reading (
    text_sha256  TEXT NOT NULL,
    lists        TEXT NOT NULL,
    body         TEXT NOT NULL,
    PRIMARY KEY (text_sha256, lists)
) STRICT, WITHOUT ROWID;

-- What verification photos look like, by each of the four bands of the perceptual hash. Made from the evidence.
CREATE TABLE look_band (
    band    INTEGER NOT NULL,
    bits    INTEGER NOT NULL,
    sha256  TEXT NOT NULL,
    look    TEXT NOT NULL,
    cells   TEXT NOT NULL,
    PRIMARY KEY (band, bits, sha256)
) STRICT, WITHOUT ROWID;
