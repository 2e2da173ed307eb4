-- From 6 to 7: what privacy needs. Words about the columns are in schema.sql.

CREATE TABLE retention (
    uid       TEXT NOT NULL UNIQUE,
    keeping   TEXT PRIMARY KEY,
    kept_days INTEGER NOT NULL CHECK (kept_days > 0),
    on_date   TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    source_id INTEGER NOT NULL REFERENCES source (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE hold (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER PRIMARY KEY REFERENCES resident (id) ON DELETE CASCADE,
    held_until  TEXT NOT NULL CHECK (held_until GLOB '????-??-??'),
    basis       TEXT NOT NULL CHECK (basis <> ''),
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??')
) STRICT;
CREATE TABLE tombstone (
    uid     TEXT NOT NULL UNIQUE,
    mark    TEXT PRIMARY KEY CHECK (length(mark) = 64),
    on_date TEXT NOT NULL CHECK (on_date GLOB '????-??-??')
) STRICT, WITHOUT ROWID;
CREATE TABLE purged_number (
    uid       TEXT NOT NULL UNIQUE,
    of        TEXT NOT NULL CHECK (of GLOB '????' OR of GLOB '????-??'),
    programme TEXT NOT NULL,
    measure   TEXT NOT NULL,
    number    INTEGER NOT NULL,
    PRIMARY KEY (of, programme, measure)
) STRICT, WITHOUT ROWID;
CREATE TABLE incident (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    uid          TEXT NOT NULL UNIQUE,
    kind         TEXT NOT NULL CHECK (kind IN ('laptop', 'stick', 'paper', 'file', 'seen')),
    on_date      TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    what         TEXT NOT NULL DEFAULT '',
    fields       TEXT NOT NULL DEFAULT '',
    people       INTEGER NOT NULL CHECK (people >= 0),
    told_town    TEXT NOT NULL DEFAULT '' CHECK (told_town = '' OR told_town GLOB '????-??-??'),
    told_office  TEXT NOT NULL DEFAULT '' CHECK (told_office = '' OR told_office GLOB '????-??-??'),
    told_people  TEXT NOT NULL DEFAULT '' CHECK (told_people = '' OR told_people GLOB '????-??-??')
) STRICT;
CREATE TABLE access_log (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     TEXT NOT NULL,
    by     TEXT NOT NULL,
    about  TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose <> '')
) STRICT;
CREATE INDEX access_log_by_about ON access_log (about);
