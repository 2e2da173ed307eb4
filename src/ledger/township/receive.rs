//! The shelf: files are opened, verified and compared before anything is written; then all of them are taken in one step.
//! Reading any of them again, in any order, changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};

use crate::domain::area_code::Level;
use crate::domain::hand_up::chain::{current, gaps, state};
use crate::domain::hand_up::{Entity, FileState, Link};
use crate::domain::message::{Message, Say as _};
use crate::ledger::Ledger;
use crate::ledger::command::{Done, Stamp};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::hand_up::invite::{LONGEST_NAME, is_shown};
use crate::ledger::hand_up::own_keys::OwnKeys;
use crate::ledger::hand_up::package;
use crate::ledger::hex::hex;
use crate::ledger::progress::Progress;
use crate::ledger::store::members::Kept;
use crate::ledger::store::purge::Marks;
use crate::ledger::store::{Note, Tx, members, received};
use crate::ledger::township::parse::{NotTaken, Parsed, Reader};
use crate::ledger::view::View;

/// A file on the shelf.
#[derive(Clone, Debug)]
pub struct ShelfFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What it turned out to be.
    pub state: FileState,
    /// Whose it says it is: the code; empty where that could not be read.
    pub code: String,
    /// The name beside it.
    pub village: String,
    /// Its number; 0 where that could not be read.
    pub number: u64,
    /// Its rows, against what is known.
    pub rows: RowCounts,
    /// What is to be said of it, and what to do next.
    pub message: Message,
}

/// Rows of a file against what is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct RowCounts {
    /// Not known before.
    pub new: u64,
    /// Known as they are.
    pub same: u64,
    /// Known with other values.
    pub changed: u64,
    /// Not to be taken.
    pub refused: u64,
    /// Deleted for good here: they stay away.
    pub deleted: u64,
}

/// What a reading of files did.
#[derive(Debug)]
pub struct Received {
    /// Each file.
    pub files: Vec<ShelfFile>,
    /// Receipts that were written, by file.
    pub receipts: Vec<PathBuf>,
    /// Folders in which a receipt could not be written.
    pub no_receipt: Vec<PathBuf>,
    /// What was written down; none where nothing was new.
    pub done: Option<Done>,
}

/// What was looked at: each file, and the parts that are to be written.
struct Looked {
    files: Vec<ShelfFile>,
    parsed: Vec<Parsed>,
}

impl View {
    /// Opens, verifies and compares files; writes nothing.
    ///
    /// # Errors
    /// A ledger that is of a village; the disk, cancelled.
    pub fn look_at_files(
        &self,
        paths: &[PathBuf],
        today: NaiveDate,
        progress: &dyn Progress,
    ) -> Result<Vec<ShelfFile>> {
        Ok(self.look(paths, today, progress)?.files)
    }

    fn look(&self, paths: &[PathBuf], today: NaiveDate, progress: &dyn Progress) -> Result<Looked> {
        if self.level()? == Level::Village {
            return Err(LedgerError::refused("township-is-village"));
        }
        let keys = OwnKeys::of_view(self)?.ok_or_else(|| LedgerError::refused("township-nobody-invited"))?;
        let (members, programmes) = (members::all(self.conn())?, self.in_force()?);
        let programmes = programmes.iter().map(|programme| programme.id.as_str()).collect();
        let reader = Reader { keys: &keys, members: &members, programmes };
        let mut shelf = Shelf::new(self, &members)?;
        for (at, path) in paths.iter().enumerate() {
            if progress.at(at as u64, paths.len() as u64).is_break() {
                return Err(LedgerError::cancelled());
            }
            let read = match package::read(path) {
                Ok(Ok(bytes)) => reader.read(&bytes),
                Ok(Err(why)) => Err(why.into()),
                Err(error) => {
                    shelf.files.push(unread(path, FileState::Damaged, error.message()));
                    continue;
                }
            };
            match read {
                Ok(parsed) => shelf.put(path, parsed, today)?,
                Err(why) => shelf.files.push(not_taken(path, &why)),
            }
        }
        Ok(Looked { files: shelf.files, parsed: shelf.parsed })
    }

    /// A hash over everything that was received, whatever the order and however often.
    pub fn received_hash(&self) -> Result<String> {
        let mut hash = Sha256::new();
        received::each_line(self.conn(), |line| {
            hash.update((line.len() as u64).to_le_bytes());
            hash.update(line.as_bytes());
        })?;
        Ok(hex(&hash.finalize()))
    }
}

/// The files of one reading, each seen after those before it.
struct Shelf<'a> {
    view: &'a View,
    members: &'a [Kept],
    marks: Marks,
    known: BTreeMap<i64, Vec<Link>>,
    /// The rows of persons of the newest file of each member that came with this reading.
    newest: BTreeMap<i64, BTreeMap<Entity, Compared>>,
    files: Vec<ShelfFile>,
    parsed: Vec<Parsed>,
}

/// The rows of one kind that are known, by their uid, in the form in which they are kept.
type Compared = BTreeMap<String, received::Values>;

/// Rows that stand as the newest file has them.
const OF_NEWEST: [Entity; 3] = [Entity::Adjustment, Entity::Application, Entity::Appointment];

impl<'a> Shelf<'a> {
    fn new(view: &'a View, members: &'a [Kept]) -> Result<Self> {
        let files = received::files(view.conn())?;
        let links = |files: Vec<received::File>| files.into_iter().map(|file| file.link).collect();
        let known = files.into_iter().map(|(member, files)| (member, links(files))).collect();
        let marks = Marks::of(view.conn())?;
        Ok(Self { view, members, marks, known, newest: BTreeMap::new(), files: Vec::new(), parsed: Vec::new() })
    }

    fn put(&mut self, path: &Path, parsed: Parsed, today: NaiveDate) -> Result<()> {
        let known = self.known.entry(parsed.member).or_default();
        let state = state(known, &parsed.link);
        let is_new = state != FileState::Same;
        if is_new {
            known.push(parsed.link.clone());
        }
        let is_newest = current(known).is_some_and(|link| *link == parsed.link);
        let missing = gaps(known);
        let rows = self.compare(&parsed, (is_new, is_newest))?;
        let manifest = &parsed.manifest;
        let member = self.members.iter().find(|kept| kept.id == parsed.member);
        // By the name it was enrolled with: what a file says of itself is nobody's word.
        let village = member.map_or_else(String::new, |kept| match kept.row.enrolled_on {
            Some(_) => kept.row.called().to_owned(),
            None => shown_name(&manifest.from.name),
        });
        let said = Message::new(format!("file-said-{}", state.as_str()))
            .text("village", village.clone())
            .number("number", manifest.number)
            .text("missing", missing.iter().map(u64::to_string).collect::<Vec<_>>().join("、"))
            .number("refused", rows.refused);
        let clock = clock_of(manifest.made_on, today).map(|key| Message::new(key).date("on", manifest.made_on));
        let is_compared = member.is_some_and(|kept| kept.row.confirmed_on.is_some());
        let unknown = (!is_compared).then(|| Message::new("file-said-not-compared"));
        let deleted = (rows.deleted > 0).then(|| Message::new("file-said-deleted").number("rows", rows.deleted));
        let also: Vec<Message> = deleted.into_iter().chain(clock).chain(unknown).collect();
        let message = match also.is_empty() {
            true => said,
            false => Message::new("file-said-and").said("said", vec![said]).said("also", also),
        };
        self.files.push(ShelfFile {
            path: path.to_owned(),
            state,
            code: member.map_or_else(String::new, |kept| kept.row.code.clone()),
            village,
            number: manifest.number,
            rows,
            message,
        });
        if is_new {
            self.parsed.push(parsed);
        }
        Ok(())
    }

    /// Holds the rows of a file against those that are known, and keeps them in mind where they are the newest.
    fn compare(&mut self, parsed: &Parsed, (is_new, is_newest): (bool, bool)) -> Result<RowCounts> {
        let all = parsed.rows.values().map(|rows| rows.len() as u64).sum();
        let refused = parsed.refused.len() as u64;
        let counts = parsed.rows.get(&Entity::Count).map_or(0, |rows| rows.len() as u64);
        if !is_new {
            return Ok(RowCounts { same: all, refused, ..RowCounts::default() });
        }
        let mut found = RowCounts { new: counts, refused, ..RowCounts::default() };
        if !is_newest {
            return Ok(found);
        }
        let code = &parsed.manifest.from.code;
        let before = match self.newest.remove(&parsed.member) {
            Some(before) => before,
            None => {
                let kept = |entity| Ok((entity, received::kept(self.view.conn(), parsed.member, entity)?));
                OF_NEWEST.into_iter().map(kept).collect::<Result<_>>()?
            }
        };
        let mut after: BTreeMap<Entity, Compared> = BTreeMap::new();
        for entity in OF_NEWEST {
            let rows = parsed.rows.get(&entity).map_or(&[][..], Vec::as_slice);
            let mut rows: Compared =
                rows.iter().map(|row| (received::row_uid(code, row), received::values(row))).collect();
            found.deleted += leave_out(&mut rows, &self.marks)?;
            for (uid, values) in &rows {
                match before.get(&entity).and_then(|known| known.get(uid)) {
                    None => found.new += 1,
                    Some(known) if known == values => found.same += 1,
                    Some(_) => found.changed += 1,
                }
            }
            after.insert(entity, rows);
        }
        self.newest.insert(parsed.member, after);
        Ok(found)
    }
}

/// Leaves out what was deleted for good here: how many rows that is.
fn leave_out(rows: &mut Compared, marks: &Marks) -> Result<u64> {
    let uids: Vec<String> = rows.keys().cloned().collect();
    let mut deleted = 0;
    for uid in uids {
        if marks.has(&uid)? {
            rows.remove(&uid);
            deleted += 1;
        }
    }
    Ok(deleted)
}

/// The sentence about a village's clock, where it stands wrong by more than a night.
fn clock_of(made_on: NaiveDate, today: NaiveDate) -> Option<&'static str> {
    let days = (made_on - today).num_days();
    match days {
        2.. => Some("file-said-clock-ahead"),
        ..=-400 => Some("file-said-clock-behind"),
        _ => None,
    }
}

fn unread(path: &Path, state: FileState, message: Message) -> ShelfFile {
    let (code, village) = (String::new(), String::new());
    ShelfFile { path: path.to_owned(), state, code, village, number: 0, rows: RowCounts::default(), message }
}

fn not_taken(path: &Path, why: &NotTaken) -> ShelfFile {
    let file = unread(path, why.state, Message::new(why.key));
    match &why.manifest {
        None => file,
        // What a stranger's file says of itself is shown bounded, as text.
        Some(manifest) => ShelfFile {
            code: manifest.from.code.chars().filter(char::is_ascii_digit).take(12).collect(),
            village: shown_name(&manifest.from.name),
            number: manifest.number,
            ..file
        },
    }
}

/// What a stranger calls itself, without what would drive a terminal or turn a line around.
fn shown_name(name: &str) -> String {
    name.chars().filter(|c| is_shown(*c)).take(LONGEST_NAME).collect()
}

impl Ledger {
    /// Takes files in one step, and writes a receipt beside each that was read. What cannot be read is named and left as it
    /// is; the others are taken.
    ///
    /// # Errors
    /// As [`View::look_at_files`]. Then nothing was written.
    pub fn receive(&mut self, paths: &[PathBuf], stamp: &Stamp, progress: &dyn Progress) -> Result<Received> {
        let Looked { files, parsed } = self.look(paths, stamp.today, progress)?;
        let count = i64::try_from(parsed.len()).unwrap_or(i64::MAX);
        let note = Note { op: "receive", count, ..Note::default() };
        let (_, change) = self.store.transact(stamp, note, |tx| write(tx, &parsed, stamp.today))?;
        let done = change.map(|change| self.done(Some(change), Vec::new())).transpose()?;
        // The files are taken: no receipt that cannot be written may say otherwise.
        let (receipts, no_receipt) = self.write_receipts(&files).unwrap_or_else(|error| {
            tracing::warn!(error = ?error.message().key, "no receipts");
            let read = files.iter().filter(|file| file.state.is_read());
            (Vec::new(), read.map(|file| file.path.clone()).collect())
        });
        Ok(Received { files, receipts, no_receipt, done })
    }
}

fn write(tx: &mut Tx<'_>, parsed: &[Parsed], today: NaiveDate) -> Result<()> {
    for file in parsed.iter().filter(|file| file.is_enrolment) {
        let answer = &file.manifest.answer;
        let keys = (answer.name.as_str(), answer.recipient.as_str(), answer.verifying.as_str());
        members::enrol(tx, file.member, keys, today)?;
    }
    for file in parsed {
        let rows: usize = file.rows.values().map(Vec::len).sum();
        let new = received::File {
            id: 0,
            link: file.link.clone(),
            month: file.manifest.month.clone(),
            made_on: file.manifest.made_on,
            read_on: today,
            rows: i64::try_from(rows).unwrap_or(i64::MAX),
            demo: file.manifest.from.demo,
        };
        let id = received::insert(tx, file.member, &new)?;
        let counts = file.rows.get(&Entity::Count).map_or(&[][..], Vec::as_slice);
        received::insert_parts(tx, (id, &file.link.digest), counts, &file.refused)?;
    }
    let files = received::files(tx.conn())?;
    let touched: BTreeSet<i64> = parsed.iter().map(|file| file.member).collect();
    for member in touched {
        let known: Vec<Link> = files.get(&member).into_iter().flatten().map(|file| file.link.clone()).collect();
        let is_current = |file: &&Parsed| file.member == member && current(&known) == Some(&file.link);
        let Some(newest) = parsed.iter().find(is_current) else { continue };
        for entity in OF_NEWEST {
            let rows = newest.rows.get(&entity).map_or(&[][..], Vec::as_slice);
            received::replace(tx, (member, &newest.manifest.from.code), entity, rows)?;
        }
    }
    Ok(())
}

/// A file that was never read has no receipt.
pub(super) fn no_such_file() -> LedgerError {
    LedgerError::new(ErrorKind::Refused, Message::new("receipt-no-file"))
}
