//! One door for writing: a transaction that is one named change, or nothing.

use chrono::NaiveDate;
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::domain::message::Message;
use crate::ledger::command::Stamp;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::hand_over::HANDED_OVER;
use crate::ledger::keys::Role;
use crate::ledger::medium::MediumFault;
use crate::ledger::store::change_log::{self, CurrentChange, Head, Recorded};
use crate::ledger::store::{purge, same_person, search_keys, settings, verify};

/// Operations that put values back or choose between them, and edit none.
const PUTS_BACK: [&str; 5] = ["undo", "redo", "take-back", "merge", "unmerge"];

/// What is written to see whether anything can be.
const TRIED: &str = "tried";

/// What the change log will say about a change.
#[derive(Clone, Debug, Default)]
pub(in crate::ledger) struct Note {
    /// A key of assets/words.
    pub(in crate::ledger) op: &'static str,
    /// The uid of whom or what it concerns.
    pub(in crate::ledger) about: String,
    /// A programme's id or a file's name.
    pub(in crate::ledger) note: String,
    /// How many records the user would say it touched.
    pub(in crate::ledger) count: i64,
    /// The change it takes back.
    pub(in crate::ledger) undoes: Option<i64>,
}

/// The writing connection.
pub(in crate::ledger) struct Store {
    pub(in crate::ledger) conn: Connection,
    current: CurrentChange,
    recorded: Vec<Recorded>,
    /// Whether the triggers are there that note every written row.
    follows: bool,
    uids: Uids,
    role: Role,
    /// Why nothing can be written; none where everything can.
    fault: Option<MediumFault>,
}

/// Makes uids (UUIDv7) from the given instant and a seeded source: no hidden clock, and a seed repeats them.
struct Uids {
    random: ChaCha12Rng,
    counter: u32,
}

impl Uids {
    fn seeded(seed: [u8; 32]) -> Self {
        Self { random: ChaCha12Rng::from_seed(seed), counter: 0 }
    }

    fn next(&mut self, unix_ms: u64) -> String {
        // 26 bits of counter behind the instant keep the uids of one change in order, so that indexes grow at their end.
        self.counter = self.counter.wrapping_add(1) & 0x03FF_FFFF;
        let c = self.counter;
        let mut bytes = [0; 10];
        self.random.fill_bytes(&mut bytes);
        bytes[0] = (c >> 22) as u8 & 0x0F;
        bytes[1] = (c >> 14) as u8;
        bytes[2] = (c >> 8) as u8 & 0x3F;
        bytes[3] = c as u8;
        uuid::Builder::from_unix_timestamp_millis(unix_ms, &bytes).into_uuid().to_string()
    }
}

/// A change being written.
pub(in crate::ledger) struct Tx<'a> {
    tx: Transaction<'a>,
    uids: &'a mut Uids,
    recorded: &'a [Recorded],
    unix_ms: u64,
    /// The day it is written.
    pub(in crate::ledger) today: NaiveDate,
    /// What the log will say; may be completed while writing.
    pub(in crate::ledger) note: Note,
    /// Whether rows go for good: then what stood in them leaves the log with this change.
    pub(in crate::ledger) erases: bool,
}

impl Tx<'_> {
    /// A new uid.
    pub(in crate::ledger) fn uid(&mut self) -> String {
        self.uids.next(self.unix_ms)
    }

    /// The connection within the transaction.
    pub(in crate::ledger) fn conn(&self) -> &Connection {
        &self.tx
    }

    /// The tables of record.
    pub(in crate::ledger) fn recorded(&self) -> &[Recorded] {
        self.recorded
    }
}

impl Store {
    /// Takes a connection for writing. `seed` seeds the uids; an unpredictable one for all but the demo village.
    pub(in crate::ledger) fn new(mut conn: Connection, seed: [u8; 32], role: Role) -> Result<Self> {
        let (current, recorded) = change_log::prepare(&mut conn)?;
        Ok(Self { conn, current, recorded, follows: false, role, uids: Uids::seeded(seed), fault: None })
    }

    /// Takes a connection that only reads; every change is refused with what is wrong with the medium.
    pub(in crate::ledger) fn reading(conn: Connection, seed: [u8; 32], role: Role, fault: MediumFault) -> Result<Self> {
        let (current, recorded) = (CurrentChange::default(), change_log::recorded(&conn)?);
        Ok(Self { conn, current, recorded, follows: false, role, uids: Uids::seeded(seed), fault: Some(fault) })
    }

    /// Notes every row that is written from here on.
    fn follow(&mut self) -> Result<()> {
        if !self.follows {
            change_log::follow(&mut self.conn, &self.recorded)?;
            self.follows = true;
        }
        Ok(())
    }

    /// Writes something that means nothing and takes it away again.
    pub(in crate::ledger) fn try_writing(&self) -> Result<()> {
        settings::set(&self.conn, TRIED, "")?;
        settings::remove(&self.conn, TRIED)
    }

    /// Seeds the uids anew; for the demo village, whose uids repeat.
    pub(in crate::ledger) fn reseed(&mut self, seed: [u8; 32]) {
        self.uids = Uids::seeded(seed);
    }

    /// The tables of record.
    pub(in crate::ledger) fn recorded(&self) -> &[Recorded] {
        &self.recorded
    }

    /// Moves the write-ahead log into the file and forces that to disk.
    pub(in crate::ledger) fn move_log_into_file(&self) -> Result<()> {
        let busy: bool = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        let waiting = || LedgerError::new(ErrorKind::Locked, Message::new("error-ledger-busy"));
        if busy { Err(waiting()) } else { Ok(()) }
    }

    /// Every page, every reference, the whole history: the number of changes proved.
    pub(in crate::ledger) fn check(&self) -> Result<u64> {
        if !verify::pages_authenticate(&self.conn)? {
            // A power cut while the write-ahead log was being moved into the file leaves torn pages there, whose good
            // versions are still in the log: moving it again mends them. What is torn after that is damage.
            self.move_log_into_file()?;
            if !verify::pages_authenticate(&self.conn)? {
                return Err(LedgerError::damaged("error-ledger-damaged"));
            }
        }
        verify::check_content(&self.conn)
    }

    /// Does what a change would do and takes all of it back: what it comes to is seen, nothing is written.
    pub(in crate::ledger) fn rehearse<T>(
        &mut self,
        stamp: &Stamp,
        write: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        self.follow()?;
        let Self { conn, current, recorded, uids, .. } = self;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let unix_ms = u64::try_from(stamp.at.timestamp_millis()).unwrap_or(0);
        let change: i64 = tx.query_row("SELECT coalesce(max(id), 0) + 1 FROM change", [], |row| row.get(0))?;
        current.set(change);
        let mut open = Tx { tx, uids, recorded, unix_ms, today: stamp.today, note: Note::default(), erases: false };
        let written = write(&mut open);
        current.set(0);
        open.tx.rollback()?;
        written
    }

    /// Writes one change: all of it or nothing. Returns its id, or none where no row of record was touched: then the
    /// log gets no entry either. Only after this returns may anything be shown as saved.
    pub(in crate::ledger) fn transact<T>(
        &mut self,
        stamp: &Stamp,
        note: Note,
        write: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<(T, Option<i64>)> {
        if self.role == Role::Looking {
            return Err(LedgerError::refused("error-looking-only"));
        }
        if let Some(fault) = self.fault {
            return Err(fault.error());
        }
        self.follow()?;
        let Self { conn, current, recorded, uids, .. } = self;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if settings::get(&tx, HANDED_OVER)?.is_some() {
            return Err(LedgerError::refused("error-handed-over"));
        }
        let unix_ms = u64::try_from(stamp.at.timestamp_millis()).unwrap_or(0);
        let change: i64 = tx.query_row("SELECT coalesce(max(id), 0) + 1 FROM change", [], |row| row.get(0))?;
        current.set(change);
        let mut open = Tx { tx, uids, recorded, unix_ms, today: stamp.today, note, erases: false };
        let written = write(&mut open).and_then(|value| {
            if !PUTS_BACK.contains(&open.note.op) {
                same_person::forget_edited(open.conn(), change)?;
            }
            Ok(value)
        });
        current.set(0);
        let value = written?;
        let touched: bool =
            open.conn()
                .query_row("SELECT EXISTS (SELECT 1 FROM change_row WHERE change_id = ?1)", [change], |r| r.get(0))?;
        if touched {
            search_keys::follow(open.conn(), change)?;
            if open.erases {
                purge::scrub(open.conn(), change)?;
            }
            append(&mut open, change, stamp)?;
        }
        open.tx.commit()?;
        Ok((value, touched.then_some(change)))
    }
}

fn append(open: &mut Tx<'_>, change: i64, stamp: &Stamp) -> Result<()> {
    let uid = open.uid();
    let at = stamp.at.to_rfc3339();
    let Note { op, about, note, count, undoes } = open.note.clone();
    let head = Head { uid: &uid, at: &at, by: &stamp.by, op, about: &about, note: &note, count, undoes };
    let hash = change_log::chain_hash(open.conn(), change, &head)?;
    open.conn().execute(
        "INSERT INTO change (id, uid, at, by, op, about, note, count, undoes, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![change, uid, at, stamp.by, op, about, note, count, undoes, hash],
    )?;
    Ok(())
}
