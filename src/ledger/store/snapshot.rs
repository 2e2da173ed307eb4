//! Page copies of a ledger, sealed with the same key, and the proof that a copy is the whole ledger.

use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::domain::message::Message;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::keys::LedgerKey;
use crate::ledger::progress::Progress;
use crate::ledger::store::connection::has_table;
use crate::ledger::store::{Access, connect, history, residents, verify};

/// Pages copied between two looks at the progress: 1 MiB.
const PAGES_A_STEP: i32 = 256;
/// How often a busy source is asked again, 50 ms apart.
const PATIENCE: u32 = 100;

/// What must be the same in a ledger and in its copy.
#[derive(PartialEq, Eq)]
pub(in crate::ledger) struct Summary {
    /// The last change.
    pub(in crate::ledger) revision: i64,
    pub(in crate::ledger) chain_head: String,
    counts: Vec<(String, i64)>,
}

/// The rows of every table but this device's own settings, and where the history stands.
pub(in crate::ledger) fn summary(conn: &Connection) -> Result<Summary> {
    let mut tables = conn.prepare(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
         AND name <> 'local_setting' ORDER BY name",
    )?;
    let tables = tables.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut counts = Vec::new();
    for table in tables {
        let count = conn.query_row(&format!("SELECT count(*) FROM main.\"{table}\""), [], |row| row.get(0))?;
        counts.push((table, count));
    }
    Ok(Summary { revision: history::revision(conn)?, chain_head: history::chain_head(conn)?, counts })
}

/// Copies every page into the empty file `target`, and says what the copy must hold; progress counts pages. The
/// source stands still meanwhile, however much another connection writes; the copy needs no file beside it.
pub(in crate::ledger) fn take(
    source: &Connection,
    key: &LedgerKey,
    target: &Path,
    progress: &dyn Progress,
) -> Result<Summary> {
    let still = source.unchecked_transaction()?;
    let expected = summary(&still)?;
    if progress.at(0, pages(&still)?).is_break() {
        return Err(LedgerError::cancelled());
    }
    let mut copy = connect(target, key, Access::Fill)?;
    copy_pages(&still, &mut copy, progress)?;
    // The pages say WAL, as the source does; a file that travels must not look for one.
    into_one_file(copy)?;
    still.finish()?;
    Ok(expected)
}

fn copy_pages(source: &Connection, target: &mut Connection, progress: &dyn Progress) -> Result<()> {
    let backup = Backup::new(source, target)?;
    let mut refused = 0;
    loop {
        match backup.step(PAGES_A_STEP)? {
            StepResult::Done => return Ok(()),
            StepResult::More => refused = 0,
            _ if refused < PATIENCE => {
                refused += 1;
                sleep(Duration::from_millis(50));
            }
            _ => return Err(LedgerError::new(ErrorKind::Locked, Message::new("error-ledger-busy"))),
        }
        let now = backup.progress();
        let (total, left) = (now.pagecount.max(0) as u64, now.remaining.max(0) as u64);
        if progress.at(total.saturating_sub(left), total).is_break() {
            return Err(LedgerError::cancelled());
        }
    }
}

/// Reads all of a ledger file that lies still: pages, references, history. Writes nothing, in it or beside it.
pub(in crate::ledger) fn prove(file: &Path, key: &LedgerKey) -> Result<Summary> {
    let conn = connect(file, key, Access::Still)?;
    verify::check(&conn)?;
    summary(&conn)
}

/// Residents present in a ledger file that lies still, of an older schema also.
pub(in crate::ledger) fn residents_in(file: &Path, key: &LedgerKey) -> Result<i64> {
    let conn = connect(file, key, Access::Still)?;
    if has_table(&conn, "same_person")? {
        return residents::present(&conn);
    }
    // Nobody was under two records then that belong together.
    Ok(conn.query_row("SELECT count(*) FROM resident WHERE standing = 'present'", [], |row| row.get(0))?)
}

fn pages(conn: &Connection) -> Result<u64> {
    let pages: i64 = conn.query_row("PRAGMA page_count", [], |row| row.get(0))?;
    Ok(u64::try_from(pages).unwrap_or(0))
}

/// Closes a file with all of it in its one file, forced to disk.
pub(in crate::ledger) fn into_one_file(conn: Connection) -> Result<()> {
    let mode: String = conn.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
    if mode != "delete" {
        return Err(LedgerError::damaged("error-ledger-unexpected"));
    }
    Ok(conn.close().map_err(|(_, error)| error)?)
}

/// Whether steps lie in a log beside a file that were not moved into it.
pub(in crate::ledger) fn has_log(file: &Path) -> bool {
    crate::ledger::files::with_ending(file, "-wal").metadata().is_ok_and(|meta| meta.len() > 0)
}

/// The instant of the last change, as the log has it.
pub(in crate::ledger) fn last_change_at(conn: &Connection) -> Result<String> {
    Ok(conn.query_row("SELECT at FROM change ORDER BY id DESC LIMIT 1", [], |row| row.get(0))?)
}

/// The schema's version in a file.
pub(in crate::ledger) fn schema_version(conn: &Connection) -> Result<u32> {
    Ok(conn.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}
