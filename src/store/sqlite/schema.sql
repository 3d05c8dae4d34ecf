-- Version 1. Times are RFC 3339 UTC with milliseconds, so that their text sorts as they do; states, kinds and
-- verdicts are the stable words of the domain. No row of a workspace is ever deleted except claims on work
-- (pending_check) and keys of superseded revisions (relation_key).

CREATE TABLE policy (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    body  TEXT NOT NULL
) STRICT;

-- The day book. `prev` and `hash` chain the entries; the body is hashed as it stands here.
CREATE TABLE entry (
    seq       INTEGER PRIMARY KEY,
    at_utc    TEXT NOT NULL,
    day       TEXT NOT NULL,
    actor     TEXT NOT NULL,
    kind      TEXT NOT NULL,
    filing    TEXT,
    revision  TEXT,
    body      TEXT NOT NULL,
    prev      TEXT NOT NULL,
    hash      TEXT NOT NULL
) STRICT;

CREATE TRIGGER entry_keeps_its_place BEFORE INSERT ON entry
WHEN new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entry)
BEGIN SELECT raise(ABORT, 'an entry is only added at the end of the day book'); END;
CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry
BEGIN SELECT raise(ABORT, 'the day book is append-only'); END;
CREATE TRIGGER entry_is_not_removed BEFORE DELETE ON entry
BEGIN SELECT raise(ABORT, 'the day book is append-only'); END;

-- Personal data, notes and names: the entry's body holds only a salted commitment to each.
CREATE TABLE private (
    entry  INTEGER NOT NULL REFERENCES entry (seq),
    field  TEXT NOT NULL,
    salt   BLOB NOT NULL,
    value  TEXT NOT NULL,
    PRIMARY KEY (entry, field)
) STRICT, WITHOUT ROWID;

-- One row a filing: what the queue shows and sorts by, of the current revision. `current` and `revision.entry`
-- name rows that are written later in the same transaction; as deferred references they would make SQLite scan
-- the table for each row that arrives, so verification looks after them instead.
CREATE TABLE filing (
    id          INTEGER PRIMARY KEY,
    source      TEXT NOT NULL,
    key         TEXT NOT NULL,
    current     INTEGER NOT NULL,
    revision    TEXT NOT NULL,
    entity_id   TEXT NOT NULL,
    entity      TEXT NOT NULL,   -- an individual's name is masked
    order_type  TEXT NOT NULL,
    province    TEXT NOT NULL,
    due         TEXT NOT NULL,   -- '~' sorts those without a time last
    lead        TEXT NOT NULL,   -- the earliest due time among the entity's filings: siblings stay side by side
    state       TEXT NOT NULL,
    decision    INTEGER REFERENCES decision (seq),
    hold_until  TEXT,
    lease_by    TEXT,
    lease_until TEXT,
    UNIQUE (key, source)
) STRICT;
CREATE INDEX filing_queue ON filing (state, lead, entity_id, due, id);
CREATE INDEX filing_siblings ON filing (entity_id, due);
CREATE INDEX filing_held ON filing (hold_until) WHERE hold_until IS NOT NULL;

CREATE TABLE state_count (
    state    TEXT PRIMARY KEY,
    filings  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER filing_is_counted AFTER INSERT ON filing BEGIN
    UPDATE state_count SET filings = filings + 1 WHERE state = new.state;
END;
CREATE TRIGGER filing_is_counted_elsewhere AFTER UPDATE OF state ON filing WHEN old.state <> new.state BEGIN
    UPDATE state_count SET filings = filings - 1 WHERE state = old.state;
    UPDATE state_count SET filings = filings + 1 WHERE state = new.state;
END;

CREATE TABLE revision (
    id          INTEGER PRIMARY KEY,
    filing_id   INTEGER NOT NULL REFERENCES filing (id),
    revision    TEXT NOT NULL,
    entry       INTEGER NOT NULL,
    supersedes  INTEGER REFERENCES revision (id),
    body        TEXT NOT NULL
) STRICT;

CREATE TABLE attachment (
    sha256  TEXT PRIMARY KEY,
    bytes   INTEGER NOT NULL,
    format  TEXT NOT NULL,
    width   INTEGER,
    height  INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE revision_attachment (
    revision_id  INTEGER NOT NULL REFERENCES revision (id),
    position     INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    sha256       TEXT NOT NULL REFERENCES attachment (sha256),
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;

-- Keys of the current revisions. `person` is the document number of the person whose key it is.
CREATE TABLE relation_key (
    kind       TEXT NOT NULL,
    value      TEXT NOT NULL,
    entity_id  TEXT NOT NULL,
    filing_id  INTEGER NOT NULL REFERENCES filing (id),
    role       TEXT NOT NULL,
    person     TEXT NOT NULL,
    PRIMARY KEY (kind, value, entity_id, filing_id, role)
) STRICT, WITHOUT ROWID;

-- `mark` is the entry of the import that asked for the check.
CREATE TABLE pending_check (
    filing_id  INTEGER PRIMARY KEY REFERENCES filing (id),
    mark       INTEGER NOT NULL
) STRICT;

-- What the checks said, counted. The findings themselves are made again when a filing is opened: they take
-- microseconds, hold for a day only, and are frozen in the day book with a decision.
CREATE TABLE finding_set (
    filing_id    INTEGER PRIMARY KEY REFERENCES filing (id),
    revision_id  INTEGER NOT NULL REFERENCES revision (id),
    day          TEXT NOT NULL,
    pass         INTEGER NOT NULL,
    warn         INTEGER NOT NULL,
    fail         INTEGER NOT NULL,
    not_run      INTEGER NOT NULL,
    error        INTEGER NOT NULL
) STRICT;

-- The projection of the day book's decisions. `standing` is the entry whose conclusion, texts and findings stand:
-- the decision's own, or the second look's.
CREATE TABLE decision (
    seq             INTEGER PRIMARY KEY REFERENCES entry (seq),
    filing_id       INTEGER NOT NULL REFERENCES filing (id),
    revision_id     INTEGER NOT NULL REFERENCES revision (id),
    at_utc          TEXT NOT NULL,
    day             TEXT NOT NULL,
    reviewer        TEXT NOT NULL,
    needs_second    INTEGER NOT NULL CHECK (needs_second IN (0, 1)),
    standing        INTEGER NOT NULL REFERENCES entry (seq),
    verdict         TEXT NOT NULL,
    conclusion      TEXT NOT NULL,
    proposed        TEXT NOT NULL,
    second_seq      INTEGER REFERENCES entry (seq),
    second_at       TEXT,
    second_reviewer TEXT,
    withdrawn_seq   INTEGER REFERENCES entry (seq),
    withdrawn_at    TEXT
) STRICT;
CREATE INDEX decision_by_day ON decision (day, seq);
CREATE INDEX decision_by_reviewer ON decision (reviewer, day, seq);
CREATE INDEX decision_by_filing ON decision (filing_id, seq);
