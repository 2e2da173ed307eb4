//! Joining a copy of this village's ledger that was edited on another laptop: looked at first, entered as one change that
//! can be taken back. Which fields both changed is shown, and ours stay unless somebody chooses theirs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::domain::message::{Message, Say as _};
use crate::domain::resident::worded;
use crate::ledger::Ledger;
use crate::ledger::command::{Done, Stamp};
use crate::ledger::copy;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::files;
use crate::ledger::progress::{Part, Progress};
pub use crate::ledger::store::join::Choice;
use crate::ledger::store::join::{self as store, Chosen, Joining, Side};
use crate::ledger::store::purge::Marks;
use crate::ledger::store::undo::{Kept, Shown, name_of};
use crate::ledger::store::{Access, Note, branch, connect, history, migrate, verify};

/// A field that both laptops changed, to other values.
#[derive(Clone, PartialEq, Eq)]
pub struct JoinConflict {
    /// The table's key of assets/words (`record-resident` …).
    pub record: String,
    /// The uid of the row here.
    pub uid: String,
    /// Whose or what it is: a name; may be empty.
    pub name: String,
    /// The column; empty for the row as a whole.
    pub column: String,
    /// The programme that it belongs to, by id; may be empty.
    pub programme: String,
    /// What stands here, where it may be shown.
    pub ours: Option<Message>,
    /// What stands there, where it may be shown.
    pub theirs: Option<Message>,
    /// Whether theirs can be taken at all.
    pub choice: Choice,
}

/// Without names and values.
impl std::fmt::Debug for JoinConflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "JoinConflict({} {} {})", self.record, self.uid, self.column)
    }
}

/// What the other copy is to this ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// All that is there is here already.
    Behind,
    /// It goes on from here; nothing was done here since.
    Ahead,
    /// Both went on from the same change.
    Forked,
}
worded!(Relation, "join-relation" { Behind => "behind", Ahead => "ahead", Forked => "forked" });

/// What joining comes to.
#[derive(Clone, Debug)]
pub struct JoinReport {
    /// What the other copy is.
    pub relation: Relation,
    /// The last change that both have.
    pub common: i64,
    /// Changes made there since.
    pub there: i64,
    /// Changes made here since.
    pub here: i64,
    /// Rows entered or changed, by table.
    pub taken: BTreeMap<String, usize>,
    /// Fields that both changed.
    pub conflicts: Vec<JoinConflict>,
    /// Rows that could not be entered, by table: what they belong to was taken away here.
    pub left: BTreeMap<String, usize>,
}

/// What joining did.
#[derive(Debug)]
pub struct Joined {
    /// What it came to.
    pub report: JoinReport,
    /// What was written down; none where nothing was new.
    pub done: Option<Done>,
}

/// Another copy, opened in a folder of its own that goes when this does.
struct Other {
    _folder: TempDir,
    path: PathBuf,
}

impl Ledger {
    /// What joining a copy (`.xlc`) or another ledger file (`.xlg`) of this village would do; nothing is written.
    ///
    /// # Errors
    /// `error-join-stranger` where the file is of another village or has another key; a damaged or newer one; the disk.
    pub fn look_at_join(
        &mut self,
        file: &Path,
        chosen: &BTreeSet<(String, String)>,
        stamp: &Stamp,
        progress: &dyn Progress,
    ) -> Result<JoinReport> {
        let other = self.other(file, &Part::new(progress, 0, 2))?;
        let there = connect(&other.path, &self.key, Access::Write)?;
        let (relation, common, ours, theirs) = self.related(&there)?;
        let joining = match relation {
            Relation::Behind => Joining::default(),
            _ => self
                .store
                .rehearse(stamp, |tx| store::enter(tx, (&there, common), chosen, &Part::new(progress, 1, 2)))?,
        };
        self.report((relation, common), (ours, theirs), joining)
    }

    /// Joins it; `chosen` names the fields, by uid and column, in which theirs is wished for.
    ///
    /// # Errors
    /// As [`Ledger::look_at_join`]. Then nothing was written.
    pub fn join(
        &mut self,
        file: &Path,
        chosen: &BTreeSet<(String, String)>,
        stamp: &Stamp,
        progress: &dyn Progress,
    ) -> Result<Joined> {
        let other = self.other(file, &Part::new(progress, 0, 2))?;
        let there = connect(&other.path, &self.key, Access::Write)?;
        let (relation, common, ours, theirs) = self.related(&there)?;
        if relation == Relation::Behind {
            let report = self.report((relation, common), (ours, theirs), Joining::default())?;
            return Ok(Joined { report, done: None });
        }
        self.back_up_if_changed(stamp, progress)?;
        // What was deleted for good there goes here, too: a step of its own, which no undo reaches.
        let marks = Marks::of(&there)?.beyond(&Marks::of(self.view.conn())?);
        self.purge_again(&marks, stamp, progress)?;
        let chosen: &Chosen = chosen;
        // Joined once more, that copy is looked at from here on: what was undone or mended since does not come back.
        let joined_to = format!("{} {}", history::revision(&there)?, history::chain_head(&there)?);
        let note = Note { op: "join", count: theirs, note: joined_to, ..Note::default() };
        let (joining, change) = self
            .store
            .transact(stamp, note, |tx| store::enter(tx, (&there, common), chosen, &Part::new(progress, 1, 2)))?;
        let done = change.map(|change| self.done(Some(change), Vec::new())).transpose()?;
        Ok(Joined { report: self.report((relation, common), (ours, theirs), joining)?, done })
    }

    /// How the other copy is related: what it is, the last common change, and how many each made since.
    fn related(&self, there: &store::There) -> Result<(Relation, i64, i64, i64)> {
        let common = branch::common(self.view.conn(), there)?;
        if common == 0 {
            return Err(LedgerError::refused("error-join-stranger"));
        }
        let joined = branch::joined_before(self.view.conn(), there)?;
        if let Some(at) = joined.filter(|at| *at > common) {
            let theirs = history::revision(there)? - at;
            let relation = if theirs == 0 { Relation::Behind } else { Relation::Forked };
            return Ok((relation, at, self.revision()? - common, theirs));
        }
        let (ours, theirs) = (self.revision()? - common, history::revision(there)? - common);
        let relation = match (ours, theirs) {
            (_, 0) => Relation::Behind,
            (0, _) => Relation::Ahead,
            _ => Relation::Forked,
        };
        Ok((relation, common, ours, theirs))
    }

    /// Puts another copy beside this ledger, sealed as it is, and brings it up where it is older.
    fn other(&self, file: &Path, progress: &dyn Progress) -> Result<Other> {
        if files::real(file) == files::real(&self.path) {
            return Err(LedgerError::refused("error-join-itself"));
        }
        let beside = files::folder_of(&self.path);
        let folder = tempfile::Builder::new().prefix(".xiangli-join-").tempdir_in(beside);
        let folder = folder.map_err(|e| LedgerError::io(e, beside))?;
        let path = folder.path().join("other.xlg");
        if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlc")) {
            copy::unpack(file, &path, progress)?;
        } else {
            std::fs::copy(file, &path).map_err(|e| LedgerError::io(e, file))?;
            // What that laptop had not moved into its file yet.
            let log = files::with_ending(file, "-wal");
            if log.is_file() {
                let target = files::with_ending(&path, "-wal");
                std::fs::copy(&log, target).map_err(|e| LedgerError::io(e, &log))?;
            }
        }
        let mut conn =
            connect(&path, &self.key, Access::Write).map_err(|error| match error.message().key.as_ref() {
                "error-wrong-key-or-damaged" => LedgerError::damaged("error-join-stranger"),
                _ => error,
            })?;
        migrate::bring_up(&mut conn)?;
        verify::check_content(&conn).map_err(|error| match error.is_damage() {
            // It is the other file that is damaged, not this ledger.
            true => LedgerError::damaged("error-copy-damaged"),
            false => error,
        })?;
        Ok(Other { _folder: folder, path })
    }

    fn report(
        &self,
        (relation, common): (Relation, i64),
        (here, there): (i64, i64),
        joining: Joining,
    ) -> Result<JoinReport> {
        let conflict = |of: store::Conflict| -> Result<JoinConflict> {
            let kept = Kept { table: of.table, uid: of.uid };
            let name = name_of(self.view.conn(), &kept)?;
            Ok(JoinConflict {
                record: format!("record-{}", kept.table.replace('_', "-")),
                uid: kept.uid,
                name,
                programme: of.programme,
                ours: said(of.ours, &of.column),
                theirs: said(of.theirs, &of.column),
                column: of.column,
                choice: of.choice,
            })
        };
        let mut left = BTreeMap::new();
        for (table, _) in &joining.left {
            *left.entry(table.clone()).or_default() += 1;
        }
        let conflicts = joining.conflicts.into_iter().map(conflict).collect::<Result<_>>()?;
        Ok(JoinReport { relation, common, there, here, taken: joining.taken, conflicts, left })
    }
}

/// What one side has, in words; none where nothing of it may be shown.
fn said(side: Side, column: &str) -> Option<Message> {
    let value = |shown: Shown| match shown {
        Shown::Text(text) => Message::new("join-value").text("value", text),
        Shown::Word(key) => Message::new("join-value-word").word("value", key),
    };
    let part = |(column, shown): (String, Shown)| {
        let column = format!("column-{}", column.replace('_', "-"));
        Message::new("join-part").word("column", column).said("value", vec![value(shown)])
    };
    match side {
        Side::Gone => Some(Message::new("join-gone")),
        Side::Values(values) if values.is_empty() => None,
        Side::Values(values) if column.is_empty() => {
            Some(Message::new("join-row").said("parts", values.into_iter().map(part).collect()))
        }
        Side::Values(values) => values.into_iter().next().map(|(_, shown)| value(shown)),
    }
}
