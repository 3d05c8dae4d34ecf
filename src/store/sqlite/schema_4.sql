-- Version 4: the filings with one picture by age, so that the earlier of them are found among any number. The rest of
-- the table's key is in the index as well.
CREATE INDEX relation_picture ON relation_key (value, filing_id) WHERE kind = 'picture';
