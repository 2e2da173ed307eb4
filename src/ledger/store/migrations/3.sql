-- From 2 to 3: more kinds of fact, the county's values, applications, consents, and what left on paper. Words about the columns are in schema.sql. The table of facts
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
CREATE INDEX fact_by_kind ON fact (kind, resident_id, value, on_date, source_id);
CREATE INDEX resident_by_born ON resident (born);
CREATE TABLE local_standard (
    uid       TEXT NOT NULL UNIQUE,
    programme TEXT NOT NULL,
    key       TEXT NOT NULL,
    value     TEXT NOT NULL CHECK (value <> ''),
    on_date   TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    source_id INTEGER NOT NULL REFERENCES source (id),
    PRIMARY KEY (programme, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE application (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    programme   TEXT NOT NULL,
    period      TEXT NOT NULL,
    began_on    TEXT NOT NULL CHECK (began_on GLOB '????-??-??'),
    holder      TEXT NOT NULL CHECK (holder IN ('person', 'village', 'township', 'county', 'school')),
    holder_on   TEXT NOT NULL CHECK (holder_on GLOB '????-??-??'),
    answer      TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'granted', 'refused')),
    answer_on   TEXT NOT NULL DEFAULT '' CHECK (answer_on = '' OR answer_on GLOB '????-??-??'),
    fen         INTEGER NOT NULL DEFAULT 0 CHECK (fen >= 0),
    taken_back  TEXT NOT NULL DEFAULT '' CHECK (taken_back = '' OR taken_back GLOB '????-??-??'),
    PRIMARY KEY (resident_id, programme, period)
) STRICT, WITHOUT ROWID;
CREATE TABLE application_document (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL,
    programme   TEXT NOT NULL,
    period      TEXT NOT NULL,
    document    TEXT NOT NULL,
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    PRIMARY KEY (resident_id, programme, period, document),
    FOREIGN KEY (resident_id, programme, period) REFERENCES application (resident_id, programme, period) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE payment (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL,
    programme   TEXT NOT NULL,
    period      TEXT NOT NULL,
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    fen         INTEGER NOT NULL CHECK (fen > 0),
    PRIMARY KEY (resident_id, programme, period, on_date),
    FOREIGN KEY (resident_id, programme, period) REFERENCES application (resident_id, programme, period) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE public_sheet (
    uid        TEXT NOT NULL UNIQUE,
    programme  TEXT NOT NULL,
    put_up_on  TEXT NOT NULL CHECK (put_up_on GLOB '????-??-??'),
    down_by    TEXT NOT NULL CHECK (down_by GLOB '????-??-??'),
    taken_down TEXT NOT NULL DEFAULT '' CHECK (taken_down = '' OR taken_down GLOB '????-??-??'),
    PRIMARY KEY (programme, put_up_on)
) STRICT, WITHOUT ROWID;
CREATE TABLE consent (
    uid               TEXT NOT NULL UNIQUE,
    resident_id       INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    purpose           TEXT NOT NULL CHECK (purpose IN ('services', 'health', 'account', 'clinic')),
    state             TEXT NOT NULL CHECK (state IN ('given', 'withdrawn')),
    notice            INTEGER NOT NULL,
    on_date           TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    channel           TEXT NOT NULL CHECK (channel IN ('signed', 'spoken')),
    witness           TEXT NOT NULL DEFAULT '',
    guardian          TEXT NOT NULL DEFAULT '',
    guardian_relation TEXT NOT NULL DEFAULT '' CHECK (guardian_relation IN ('', 'parent', 'grandparent', 'other')),
    PRIMARY KEY (resident_id, purpose)
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_withdrawn ON consent (resident_id) WHERE state = 'withdrawn';
CREATE TABLE disclosure (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    uid       TEXT NOT NULL UNIQUE,
    on_date   TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    paper     TEXT NOT NULL,
    format    TEXT NOT NULL CHECK (format IN ('pdf', 'xlsx')),
    programme TEXT NOT NULL DEFAULT '',
    recipient TEXT NOT NULL DEFAULT '',
    purpose   TEXT NOT NULL,
    columns   TEXT NOT NULL DEFAULT '',
    rows      INTEGER NOT NULL
) STRICT;
CREATE TABLE slip_counter (
    programme TEXT NOT NULL,
    month     TEXT NOT NULL CHECK (month GLOB '????-??'),
    printed   INTEGER NOT NULL,
    PRIMARY KEY (programme, month)
) STRICT, WITHOUT ROWID;
