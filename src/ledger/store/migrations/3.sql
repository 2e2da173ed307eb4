-- From 2 to 3: more kinds of fact, and the county's values. Words about the columns are in schema.sql. The table of facts
-- is laid out anew with the same columns and rows, so that every commitment of the history still holds.

ALTER TABLE fact RENAME TO fact_of_2;
CREATE TABLE fact (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN (
        'residency', 'registered', 'registration', 'only_child_certificate', 'disability', 'study', 'boarding', 'relief',
        'declared_retirement_award', 'declared_pension_subsidy', 'declared_loan', 'declared_house_repair',
        'declared_school_aid', 'declared_pairing', 'declared_left_behind')),
    value       TEXT NOT NULL CHECK (value <> ''),
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    source_id   INTEGER NOT NULL REFERENCES source (id),
    PRIMARY KEY (resident_id, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO fact (uid, resident_id, kind, value, on_date, source_id)
SELECT uid, resident_id, kind, value, on_date, source_id FROM fact_of_2;
DROP TABLE fact_of_2;
CREATE TABLE local_standard (
    uid       TEXT NOT NULL UNIQUE,
    programme TEXT NOT NULL,
    key       TEXT NOT NULL,
    value     TEXT NOT NULL CHECK (value <> ''),
    on_date   TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    source_id INTEGER NOT NULL REFERENCES source (id),
    PRIMARY KEY (programme, key)
) STRICT, WITHOUT ROWID;
