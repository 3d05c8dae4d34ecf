-- Version 4: what is asked for often and had no index.

-- The filings with one picture by age, so that the earlier of them are found among any number. The rest of the table's
-- key is in the index as well.
CREATE INDEX relation_picture ON relation_key (value, filing_id) WHERE kind = 'picture';

-- Another kind of mark: `waits`, then the value is what a filing on hold waits for. It is kept with `decided`.
INSERT OR IGNORE INTO filing_mark (kind, value, filing_id)
SELECT 'waits', d.conclusion ->> 'hold', f.id FROM filing f JOIN decision d ON d.seq = f.decision WHERE f.state = 'hold';
