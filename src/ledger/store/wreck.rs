//! A ledger file that may be damaged anywhere, read as far as it goes and left as it is. What meets a damaged page is not
//! read, and the next read begins on a connection of its own: one that failed answers nothing any more.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde_json::{Map, Value};

use crate::ledger::error::Result;
use crate::ledger::keys::LedgerKey;
use crate::ledger::store::change_log::{Noted, Past, Recorded, recorded};
use crate::ledger::store::purge::Marks;
use crate::ledger::store::undo::object;
use crate::ledger::store::{Access, connect, history, snapshot, verify};

/// The file.
pub(in crate::ledger) struct Wreck {
    path: PathBuf,
    key: LedgerKey,
    access: Access,
    conn: Option<Connection>,
}

/// How a file was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ledger) enum Found {
    /// All of it is sound.
    Sound,
    /// So many of its pages cannot be read.
    Pages(u64),
    /// Every page can be read, and what stands on them contradicts itself.
    Content,
}

impl Wreck {
    /// Opens what there is.
    ///
    /// # Errors
    /// Nothing of the file can be read: its beginning is damaged, or it is no ledger.
    pub(in crate::ledger) fn open(path: &Path, key: &LedgerKey) -> Result<Self> {
        let has_log = snapshot::has_log(path);
        // Without a log nothing has to be made beside it, which a medium that takes nothing would refuse.
        let access = if has_log { Access::Wreck } else { Access::Frozen };
        let conn = connect(path, key, access)?;
        Ok(Self { path: path.to_owned(), key: key.clone(), access, conn: Some(conn) })
    }

    /// Reads something; none where that meets damage.
    pub(in crate::ledger) fn read<T>(&mut self, read: impl FnOnce(&Connection) -> Result<T>) -> Option<T> {
        if self.conn.is_none() {
            self.conn = connect(&self.path, &self.key, self.access).ok();
        }
        match read(self.conn.as_ref()?) {
            Ok(found) => Some(found),
            Err(_) => {
                self.conn = None;
                None
            }
        }
    }

    /// What is wrong with it: reads all of it.
    pub(in crate::ledger) fn look(&mut self) -> Found {
        let pages = self.read(verify::pages_unread).unwrap_or(1);
        // Pages that a cut of power left torn are mended by the log beside them.
        let is_sound = self.read(verify::check_content).is_some();
        match (is_sound, pages) {
            (true, 0) => Found::Sound,
            (true, _) if self.access == Access::Wreck => Found::Sound,
            (false, 0) => Found::Content,
            (_, pages) => Found::Pages(pages),
        }
    }

    /// The schema's version, where it can be read.
    pub(in crate::ledger) fn schema_version(&mut self) -> Option<u32> {
        self.read(snapshot::schema_version)
    }

    /// The number of its last change, where it can be read.
    pub(in crate::ledger) fn revision(&mut self) -> Option<i64> {
        self.read(history::revision)
    }

    /// Its tables of record.
    pub(in crate::ledger) fn recorded(&mut self) -> Option<Vec<Recorded>> {
        self.read(recorded)
    }

    /// The change with this number, whose rows come after this one, where all of it can be read and its hash follows from
    /// the one before it.
    pub(in crate::ledger) fn change(&mut self, id: i64, after_row: i64, previous: &[u8]) -> Option<Past> {
        let past = self.read(|conn| {
            let mut past = conn
                .prepare_cached(
                    "SELECT id, uid, at, by, op, about, note, count, undoes, hash FROM change NOT INDEXED WHERE id = ?1",
                )?
                .query_row([id], Past::read)?;
            // By the numbers of the rows alone, which follow each other: an index may be damaged as well.
            let mut rows = conn.prepare_cached(
                "SELECT id, change_id, table_name, row_uid, kind, before, salt, commitment FROM change_row NOT INDEXED \
                 WHERE id > ?1 ORDER BY id",
            )?;
            let mut rows = rows.query([after_row])?;
            while let Some(row) = rows.next()? {
                if row.get::<_, i64>("change_id")? != id {
                    break;
                }
                past.rows.push(Noted::read(row)?);
            }
            Ok(past)
        })?;
        past.follows(previous).then_some(past)
    }

    /// A row as it stands; the outer none where it cannot be read.
    pub(in crate::ledger) fn current(&mut self, table: &Recorded, uid: &str) -> Option<Option<Map<String, Value>>> {
        let pairs: Vec<String> = table.columns.iter().map(|c| format!("'{c}', \"{c}\"")).collect();
        let select = format!("SELECT json_object({}) FROM {}", pairs.join(", "), table.table);
        let by_index = format!("{select} WHERE uid = ?1");
        // Where the way to the row is damaged, the row itself may still be found by walking the table from either end.
        let text = self.first(&by_index, uid).or_else(|| {
            let keys = self.keys_of(table)?;
            let walk = |way: &str| {
                let order: Vec<String> = keys.iter().map(|key| format!("\"{key}\"{way}")).collect();
                format!("{select} NOT INDEXED WHERE uid = ?1 ORDER BY {}", order.join(", "))
            };
            self.first(&walk(""), uid).or_else(|| self.first(&walk(" DESC"), uid)?.map(Some))
        })?;
        match text {
            None => Some(None),
            Some(text) => object(&text).ok().map(Some),
        }
    }

    /// The first text that a question with one value answers; the outer none where it meets damage before.
    fn first(&mut self, sql: &str, value: &str) -> Option<Option<String>> {
        self.read(|conn| {
            let mut statement = conn.prepare(sql)?;
            let mut rows = statement.query([value])?;
            let first = rows.next()?.map(|row| row.get(0)).transpose()?;
            Ok(first)
        })
    }

    /// The columns in whose order a table lies.
    fn keys_of(&mut self, table: &Recorded) -> Option<Vec<String>> {
        self.read(|conn| {
            let mut rows = conn.prepare("SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk")?;
            let names = rows.query_map([&table.table], |row| row.get(0))?;
            Ok(names.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Adds the marks of what was deleted for good, as far as they can be read, from either end.
    pub(in crate::ledger) fn add_marks(&mut self, marks: &mut Marks) {
        for sql in ["SELECT mark FROM tombstone ORDER BY mark", "SELECT mark FROM tombstone ORDER BY mark DESC"] {
            let mut read = Vec::new();
            let whole = self.read(|conn| {
                let mut rows = conn.prepare(sql)?;
                let mut rows = rows.query([])?;
                while let Some(row) = rows.next()? {
                    read.push(row.get(0)?);
                }
                Ok(())
            });
            marks.add_marks(read);
            if whole.is_some() {
                return;
            }
        }
    }
}
