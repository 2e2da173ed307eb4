//! One sealed connection: SQLCipher with a raw key, WAL, every write forced to disk, everything risky switched off.

use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::domain::message::{Message, Say as _};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::keys::LedgerKey;
use crate::ledger::store::migrate;

/// "XLGR" in the header of every ledger.
pub(in crate::ledger) const APPLICATION_ID: i32 = 0x584C_4752;

/// The most memory, in KiB, that pages may take. A village of 3,000 needs 4 MiB; a county being imported all of it.
const WRITER_CACHE_KIB: u32 = 256 << 10;
/// The same for each reader.
const READER_CACHE_KIB: u32 = 96 << 10;

/// From here on a path that cannot be opened is too long for SQLite, with what it adds to a name: bytes on Linux, on Windows
/// characters as it counts them.
const LONG_PATH: usize = if cfg!(windows) { 248 } else { 500 };

/// How a connection may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ledger) enum Access {
    /// Makes a new file; fails where one exists.
    Create,
    /// The one writer.
    Write,
    /// A reader beside the writer.
    Read,
    /// Fills an empty file, which exists, with the pages of another ledger.
    Fill,
    /// Reads a copy that nobody writes to, and leaves nothing beside it.
    Still,
    /// Reads a file without a log that nobody can write to, whatever it says of one: nothing is made beside it.
    Frozen,
    /// Reads a file that may be damaged, with the log beside it, and leaves both as they are.
    Wreck,
}

/// Opens a connection and proves that key and file fit before anything is changed.
pub(in crate::ledger) fn connect(path: &Path, key: &LedgerKey, access: Access) -> Result<Connection> {
    if access != Access::Create {
        return connect_to(path, key, access);
    }
    create_private(path)?;
    // What was just made and is of no use goes again.
    connect_to(path, key, access).inspect_err(|_| drop(std::fs::remove_file(path)))
}

fn connect_to(path: &Path, key: &LedgerKey, access: Access) -> Result<Connection> {
    match access {
        // A reader beside the writer must not look: closing any descriptor of the file drops this process's POSIX locks
        // on it. The writer has looked before.
        Access::Create | Access::Fill | Access::Read | Access::Frozen | Access::Wreck => {}
        Access::Write | Access::Still => reject_foreign(path)?,
    }
    let way = match access {
        Access::Still => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Frozen => OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
        _ => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let flags = way | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepare_library();
    let conn = match access {
        Access::Frozen => Connection::open_with_flags(frozen(path), flags),
        _ => Connection::open_with_flags(path, flags),
    };
    let conn = conn.map_err(|error| if_too_deep(error.into(), path))?;
    if access == Access::Wreck {
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    }
    unseal(&conn, key)?;
    if !matches!(access, Access::Create | Access::Fill) {
        prove_identity(&conn)?;
    }
    configure(&conn, access)?;
    Ok(conn)
}

/// SQLite takes paths of 512 bytes on Linux, and on Windows of 260 characters where nobody allowed longer ones, and says no more
/// than that it cannot open them.
fn if_too_deep(error: LedgerError, path: &Path) -> LedgerError {
    let units = if cfg!(windows) { path.to_string_lossy().encode_utf16().count() } else { path.as_os_str().len() };
    let is_deep = units > LONG_PATH;
    if error.message().key != "error-ledger-io" || !is_deep {
        return error;
    }
    LedgerError::new(ErrorKind::Refused, Message::new("error-ledger-too-deep"))
}

/// The path as an address that says that nobody changes the file.
fn frozen(path: &Path) -> String {
    let plain = path.to_string_lossy().replace('\\', "/");
    let mut address = String::from("file:");
    if !plain.starts_with('/') && plain.as_bytes().get(1) == Some(&b':') {
        address.push('/');
    }
    for byte in plain.bytes() {
        match byte {
            byte if byte.is_ascii() && !b"%?#".contains(&byte) => address.push(char::from(byte)),
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address.push_str("?immutable=1");
    address
}

/// SQLite calls itself initialised before SQLCipher's own part is: of two threads that open the first connections at once,
/// the later one may find no cipher and be refused its key. So the first connection of all is opened alone.
fn prepare_library() {
    static PREPARED: Once = Once::new();
    PREPARED.call_once(|| drop(Connection::open_in_memory()));
}

/// The file is made before SQLite sees it, so that only its owner can ever read it and none is overwritten.
fn create_private(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|e| LedgerError::io(e, path))
}

/// Wrong key, plain file and damaged header all give SQLite error 26: they are told apart by looking.
pub(in crate::ledger) fn reject_foreign(path: &Path) -> Result<()> {
    use std::io::Read as _;
    let mut head = Vec::with_capacity(16);
    let file = std::fs::File::open(path).map_err(|e| LedgerError::io(e, path))?;
    file.take(16).read_to_end(&mut head).map_err(|e| LedgerError::io(e, path))?;
    let key = match head.as_slice() {
        [] => "error-empty-file",
        head if head.starts_with(b"SQLite format 3\0") => "error-plain-sqlite",
        head if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xD0\xCF\x11\xE0") => "error-is-spreadsheet",
        head if head.starts_with(b"%PDF") || head.starts_with(b"\xFF\xD8\xFF") || head.starts_with(b"\x89PNG") => {
            "error-not-a-ledger"
        }
        _ => return Ok(()),
    };
    Err(LedgerError::damaged(key))
}

/// Whether there is such a table: a ledger of an older program lacks some.
pub(in crate::ledger::store) fn has_table(conn: &Connection, name: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?1)";
    Ok(conn.query_row(sql, [name], |row| row.get(0))?)
}

/// Whether SQLite itself opened the file for reading alone, because it may not be written.
pub(in crate::ledger) fn is_protected(conn: &Connection) -> Result<bool> {
    Ok(conn.is_readonly(rusqlite::MAIN_DB)?)
}

fn unseal(conn: &Connection, key: &LedgerKey) -> Result<()> {
    conn.busy_timeout(Duration::from_secs(5))?;
    let statement = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", key.hex().as_str()));
    conn.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    conn.execute_batch(&statement)?;
    conn.execute_batch("PRAGMA cipher_memory_security = OFF;")?;
    Ok(())
}

/// Reads the header through the key: a page that does not authenticate means a wrong key or a damaged file, another
/// application's number means somebody else's file, a higher version means a newer program. Nothing is written yet.
fn prove_identity(conn: &Connection) -> Result<()> {
    let application: i32 = conn.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(|error| {
        let wrong = error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase);
        if wrong { LedgerError::damaged("error-wrong-key-or-damaged") } else { error.into() }
    })?;
    if application != APPLICATION_ID {
        return Err(LedgerError::damaged("error-not-a-ledger"));
    }
    let version: u32 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > migrate::VERSION {
        let message = Message::new("error-newer-ledger").number("file", version).number("program", migrate::VERSION);
        return Err(LedgerError::new(ErrorKind::Refused, message));
    }
    Ok(())
}

fn configure(conn: &Connection, access: Access) -> Result<()> {
    if !matches!(access, Access::Fill | Access::Still | Access::Frozen | Access::Wreck) {
        conn.execute_batch("PRAGMA journal_mode = WAL;")?;
    }
    conn.execute_batch(&format!(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; \
         PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; \
         PRAGMA trusted_schema = OFF; PRAGMA cache_size = -{};",
        if matches!(access, Access::Read | Access::Frozen) { READER_CACHE_KIB } else { WRITER_CACHE_KIB },
    ))?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
    conn.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000)?;
    conn.set_limit(Limit::SQLITE_LIMIT_LENGTH, 16 << 20)?;
    conn.set_limit(Limit::SQLITE_LIMIT_WORKER_THREADS, 0)?;
    conn.set_prepared_statement_cache_capacity(128);
    if matches!(access, Access::Read | Access::Still | Access::Frozen | Access::Wreck) {
        conn.execute_batch("PRAGMA query_only = ON;")?;
    }
    Ok(())
}
