-- From 1 to 2: two records of one person, drafts of open forms, and what was done on a day. Words about the columns are in
-- schema.sql.

CREATE TABLE same_person (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    uid       TEXT NOT NULL UNIQUE,
    behind_id INTEGER NOT NULL UNIQUE REFERENCES resident (id),
    listed_id INTEGER NOT NULL REFERENCES resident (id) CHECK (listed_id <> behind_id),
    linked_on TEXT NOT NULL CHECK (linked_on GLOB '????-??-??')
) STRICT;
CREATE INDEX same_person_by_listed ON same_person (listed_id);
CREATE TABLE same_person_before (
    uid         TEXT NOT NULL UNIQUE,
    link_id     INTEGER NOT NULL REFERENCES same_person (id) ON DELETE CASCADE,
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    field       TEXT NOT NULL,
    before      TEXT NOT NULL,
    PRIMARY KEY (link_id, resident_id, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX same_person_before_by_resident ON same_person_before (resident_id);
CREATE TABLE not_same (
    uid      TEXT NOT NULL UNIQUE,
    one_id   INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE CHECK (other_id > one_id),
    PRIMARY KEY (one_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX not_same_by_other ON not_same (other_id);
CREATE TABLE draft (
    form    TEXT NOT NULL,
    about   TEXT NOT NULL,
    value   TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    PRIMARY KEY (form, about)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_by_day ON change (substr(at, 1, 10));
