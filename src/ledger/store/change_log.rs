//! The change log: TEMP triggers that note every written row, and the chain of hashes over them.
//!
//! The triggers are made from the tables themselves before a connection writes its first change, so that no table of record
//! can be forgotten; until then it may write to none of them. Each noted row carries a salted commitment over what stood
//! before and after; each change hashes the one before it and its commitments. Values can therefore be removed later and the
//! chain still verifies.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use rusqlite::functions::FunctionFlags;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, Row};
use sha2::{Digest, Sha256};

use crate::ledger::error::Result;

/// Tables whose rows are not noted: the log itself, this device's own settings, and what is derived.
const OUTSIDE: &[&str] =
    &["access_log", "change", "change_row", "draft", "local_setting", "own_key", "search_key", "slip_counter"];

/// A table of record and its columns.
#[derive(Clone, Debug)]
pub(in crate::ledger) struct Recorded {
    /// The table.
    pub(in crate::ledger) table: String,
    /// Its columns, in order; `uid` is one of them.
    pub(in crate::ledger) columns: Vec<String>,
}

/// The change being written, seen by the triggers; 0 outside a change, which makes every write fail.
#[derive(Clone, Default)]
pub(in crate::ledger) struct CurrentChange(Arc<AtomicI64>);

impl CurrentChange {
    pub(in crate::ledger) fn set(&self, change: i64) {
        self.0.store(change, Ordering::Relaxed);
    }
}

/// All tables of record, from the file itself.
pub(in crate::ledger) fn recorded(conn: &Connection) -> Result<Vec<Recorded>> {
    let mut tables = conn.prepare(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )?;
    let names = tables.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut found = Vec::new();
    for table in names.into_iter().filter(|name| !OUTSIDE.contains(&name.as_str())) {
        let mut info = conn.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
        let columns = info.query_map([&table], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
        found.push(Recorded { table, columns });
    }
    Ok(found)
}

/// Makes the functions of a writing connection, which may write to no table of record until [`follow`] has made the
/// triggers: most openings only read, and hundreds of triggers take longer than all the rest of one.
pub(in crate::ledger) fn prepare(conn: &mut Connection) -> Result<(CurrentChange, Vec<Recorded>)> {
    let current = CurrentChange::default();
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
    let change = current.clone();
    conn.create_scalar_function("current_change", 0, flags, move |_| match change.0.load(Ordering::Relaxed) {
        0 => Err(rusqlite::Error::UserFunctionError("a write outside a named change".into())),
        id => Ok(id),
    })?;
    conn.create_scalar_function("commit_row", 5, flags | FunctionFlags::SQLITE_DETERMINISTIC, |values| {
        let part = |index| values.get_raw(index).as_bytes_or_null().map_err(rusqlite::Error::from);
        let mut hash = Sha256::new();
        for index in 0..5 {
            absorb(&mut hash, part(index)?);
        }
        Ok(hash.finalize().to_vec())
    })?;
    let tables = recorded(conn)?;
    let closed: HashSet<String> = tables.iter().map(|recorded| recorded.table.clone()).collect();
    conn.authorizer(Some(move |asked: AuthContext<'_>| match asked.action {
        AuthAction::Insert { table_name }
        | AuthAction::Update { table_name, .. }
        | AuthAction::Delete { table_name }
            if closed.contains(table_name) =>
        {
            Authorization::Deny
        }
        _ => Authorization::Allow,
    }))?;
    Ok((current, tables))
}

/// Makes the triggers and opens the tables of record for writing. Not within a transaction: what is rolled back takes
/// its triggers with it. What failed half-way is made good by calling it again.
pub(in crate::ledger) fn follow(conn: &mut Connection, tables: &[Recorded]) -> Result<()> {
    for table in tables {
        conn.execute_batch(&triggers(table))?;
    }
    Ok(conn.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?)
}

/// Adds one value with its length, so that no two sequences of values give the same bytes; NULL differs from ''.
fn absorb(hash: &mut Sha256, value: Option<&[u8]>) {
    match value {
        None => hash.update([0]),
        Some(bytes) => {
            hash.update([1]);
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
    }
}

/// The commitment of one row, as the triggers compute it.
pub(in crate::ledger) fn commitment(
    salt: &[u8],
    table: &str,
    uid: &str,
    before: Option<&str>,
    after: Option<&str>,
) -> Vec<u8> {
    let mut hash = Sha256::new();
    for value in [Some(salt), Some(table.as_bytes()), Some(uid.as_bytes())] {
        absorb(&mut hash, value);
    }
    absorb(&mut hash, before.map(str::as_bytes));
    absorb(&mut hash, after.map(str::as_bytes));
    hash.finalize().to_vec()
}

fn triggers(recorded: &Recorded) -> String {
    let Recorded { table, columns } = recorded;
    let whole = |side: &str| {
        let pairs: Vec<String> = columns.iter().map(|c| format!("'{c}', {side}.\"{c}\"")).collect();
        format!("json_object({})", pairs.join(", "))
    };
    let changed = |side: &str| {
        let rows: Vec<String> = columns
            .iter()
            .map(|c| format!("SELECT '{c}' AS k, {side}.\"{c}\" AS v WHERE OLD.\"{c}\" IS NOT NEW.\"{c}\""))
            .collect();
        format!("(SELECT json_group_object(k, v) FROM ({}))", rows.join(" UNION ALL "))
    };
    let differs: Vec<String> = columns.iter().map(|c| format!("OLD.\"{c}\" IS NOT NEW.\"{c}\"")).collect();
    let note = |kind: &str, uid: &str, before: &str, after: &str| {
        format!(
            "INSERT INTO change_row (change_id, table_name, row_uid, kind, before, salt, commitment) \
             SELECT current_change(), '{table}', {uid}, '{kind}', b, s, commit_row(s, '{table}', {uid}, b, a) \
             FROM (SELECT randomblob(16) AS s, {before} AS b, {after} AS a LIMIT 1);"
        )
    };
    format!(
        "CREATE TEMP TRIGGER IF NOT EXISTS note_insert_{table} AFTER INSERT ON main.{table} BEGIN {} END; \
         CREATE TEMP TRIGGER IF NOT EXISTS note_update_{table} AFTER UPDATE ON main.{table} WHEN {} BEGIN {} END; \
         CREATE TEMP TRIGGER IF NOT EXISTS note_delete_{table} AFTER DELETE ON main.{table} BEGIN {} END;",
        note("insert", "NEW.uid", "NULL", &whole("NEW")),
        differs.join(" OR "),
        note("update", "OLD.uid", &changed("OLD"), &changed("NEW")),
        note("delete", "OLD.uid", &whole("OLD"), "NULL"),
    )
}

/// What a change says about itself, as it is hashed.
pub(in crate::ledger) struct Head<'a> {
    pub(in crate::ledger) uid: &'a str,
    pub(in crate::ledger) at: &'a str,
    pub(in crate::ledger) by: &'a str,
    pub(in crate::ledger) op: &'a str,
    pub(in crate::ledger) about: &'a str,
    pub(in crate::ledger) note: &'a str,
    pub(in crate::ledger) count: i64,
    pub(in crate::ledger) undoes: Option<i64>,
}

/// The hash of a change, made link by link: the one before it, what it says of itself, the commitment of each row.
pub(in crate::ledger) struct Link(Sha256);

impl Link {
    /// Begins with the hash before it, none for the first, and the change itself.
    pub(in crate::ledger) fn begin(previous: Option<&[u8]>, head: &Head<'_>) -> Self {
        let mut hash = Sha256::new();
        absorb(&mut hash, previous);
        for text in [head.uid, head.at, head.by, head.op, head.about, head.note] {
            absorb(&mut hash, Some(text.as_bytes()));
        }
        absorb(&mut hash, Some(&head.count.to_le_bytes()));
        absorb(&mut hash, head.undoes.map(i64::to_le_bytes).as_ref().map(|b| b.as_slice()));
        Self(hash)
    }

    /// Adds the commitment of its next row.
    pub(in crate::ledger) fn row(&mut self, commitment: &[u8]) {
        absorb(&mut self.0, Some(commitment));
    }

    /// The hash.
    pub(in crate::ledger) fn end(self) -> Vec<u8> {
        self.0.finalize().to_vec()
    }
}

/// One noted write, as the log has it.
pub(in crate::ledger) struct Noted {
    pub(in crate::ledger) id: i64,
    pub(in crate::ledger) table: String,
    pub(in crate::ledger) uid: String,
    pub(in crate::ledger) kind: String,
    pub(in crate::ledger) before: Option<String>,
    pub(in crate::ledger) salt: Option<Vec<u8>>,
    pub(in crate::ledger) commitment: Vec<u8>,
}

/// One change as the log has it.
pub(in crate::ledger) struct Past {
    pub(in crate::ledger) id: i64,
    pub(in crate::ledger) uid: String,
    pub(in crate::ledger) at: String,
    pub(in crate::ledger) by: String,
    pub(in crate::ledger) op: String,
    pub(in crate::ledger) about: String,
    pub(in crate::ledger) note: String,
    pub(in crate::ledger) count: i64,
    pub(in crate::ledger) undoes: Option<i64>,
    pub(in crate::ledger) hash: Vec<u8>,
    /// What it noted, where that was read, too.
    pub(in crate::ledger) rows: Vec<Noted>,
}

impl Noted {
    /// From a row of `change_row` with all its columns.
    pub(in crate::ledger) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            table: row.get("table_name")?,
            uid: row.get("row_uid")?,
            kind: row.get("kind")?,
            before: row.get("before")?,
            salt: row.get("salt")?,
            commitment: row.get("commitment")?,
        })
    }
}

impl Past {
    /// From a row of `change` with all its columns; what it noted is not read yet.
    pub(in crate::ledger) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            uid: row.get("uid")?,
            at: row.get("at")?,
            by: row.get("by")?,
            op: row.get("op")?,
            about: row.get("about")?,
            note: row.get("note")?,
            count: row.get("count")?,
            undoes: row.get("undoes")?,
            hash: row.get("hash")?,
            rows: Vec::new(),
        })
    }

    /// What it says of itself, as it is hashed.
    pub(in crate::ledger) fn head(&self) -> Head<'_> {
        let Self { uid, at, by, op, about, note, count, undoes, .. } = self;
        Head { uid, at, by, op, about, note, count: *count, undoes: *undoes }
    }

    /// Whether its hash is the one over the hash before it and all that it noted.
    pub(in crate::ledger) fn follows(&self, previous: &[u8]) -> bool {
        let mut link = Link::begin(Some(previous), &self.head());
        self.rows.iter().for_each(|noted| link.row(&noted.commitment));
        link.end() == self.hash
    }
}

/// The hash of a change over the one before it and the commitments of its rows.
pub(in crate::ledger) fn chain_hash(conn: &Connection, change: i64, head: &Head<'_>) -> Result<Vec<u8>> {
    let previous: Option<Vec<u8>> = rusqlite::OptionalExtension::optional(conn.query_row(
        "SELECT hash FROM change WHERE id < ?1 ORDER BY id DESC LIMIT 1",
        [change],
        |row| row.get(0),
    ))?;
    let mut link = Link::begin(previous.as_deref(), head);
    let mut rows = conn.prepare_cached("SELECT commitment FROM change_row WHERE change_id = ?1 ORDER BY id")?;
    let mut rows = rows.query([change])?;
    while let Some(row) = rows.next()? {
        link.row(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?);
    }
    Ok(link.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_record_is_written_before_it_is_followed_nor_outside_a_change() {
        let mut conn = Connection::open_in_memory().expect("opens");
        crate::ledger::store::migrate::create(&mut conn).expect("the schema");
        let (current, tables) = prepare(&mut conn).expect("functions");
        let source = "INSERT INTO source (uid, title, noted_on) VALUES ('u', '表', '2026-11-23')";
        assert!(conn.execute(source, []).expect_err("not followed").to_string().contains("not authorized"));
        assert!(conn.execute("UPDATE village SET name = 'x'", []).is_err());
        assert!(conn.execute("DELETE FROM resident", []).is_err());
        conn.execute("INSERT INTO local_setting VALUES ('k', 'v')", []).expect("this device's own may be");
        follow(&mut conn, &tables).expect("triggers");
        assert!(conn.execute(source, []).expect_err("no change").to_string().contains("outside a named change"));
        current.set(1);
        conn.execute_batch("BEGIN").expect("begun");
        conn.execute(source, []).expect("within one");
        let noted: i64 = conn.query_row("SELECT count(*) FROM change_row", [], |row| row.get(0)).expect("a log");
        assert_eq!(noted, 1);
    }
}
