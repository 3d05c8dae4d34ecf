-- Version 2: search and filters. All of it is made from the revisions, the decisions and the checks, and can be made
-- again.

ALTER TABLE filing ADD COLUMN lane TEXT NOT NULL DEFAULT 'initial';

-- The searched values of the current revision, in the form in which they are compared.
CREATE TABLE search_text (
    filing_id  INTEGER PRIMARY KEY REFERENCES filing (id),
    text       TEXT NOT NULL
) STRICT;

-- Which filings (by row) have a gram: only the way to candidates, so neither the text nor places in it are kept. A
-- gram is whatever stands between two blanks.
CREATE VIRTUAL TABLE search_gram USING fts5 (
    grams, content = '', columnsize = 0, detail = none,
    tokenize = "ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'"
);
-- Segments are merged sixteen at once: an import writes one a batch, and each merge writes all of them again.
INSERT INTO search_gram (search_gram, rank) VALUES ('automerge', 16);
-- Room for the grams of a whole batch before they are written out, in bytes.
INSERT INTO search_gram (search_gram, rank) VALUES ('hashsize', 16777216);

-- What filings can be filtered by besides their columns: `kind` is the status of a finding (then `value` is the
-- check), or `proposed` or `decided` (then it is the code of a reason).
CREATE TABLE filing_mark (
    kind       TEXT NOT NULL,
    value      TEXT NOT NULL,
    filing_id  INTEGER NOT NULL REFERENCES filing (id),
    PRIMARY KEY (kind, value, filing_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX filing_mark_by_filing ON filing_mark (filing_id);
