//! The only door to the data: [`Ledger::run`] for every change, [`View`] for every read, files in and out.
//!
//! May use `domain`, its private `store`, files and codecs. Never a window.

pub mod applications;
pub mod backup;
pub mod benefits;
pub mod campaigns;
pub mod care;
pub mod carrier;
pub mod census;
mod change_note;
pub mod charts;
pub mod children;
pub mod command;
pub mod consents;
pub mod copy;
pub mod corrections;
pub mod demo;
pub mod departure;
pub mod drafts;
pub mod duplicates;
pub mod error;
pub mod escrow;
pub mod exchange;
pub mod facts;
pub(crate) mod files;
pub mod forms;
pub mod hand_over;
pub mod hand_up;
pub mod handouts;
mod hex;
pub mod history;
pub mod holidays;
pub mod households;
pub mod imports;
pub mod join;
pub mod keys;
mod keys_guard;
pub mod lists;
pub mod local_file;
pub mod local_standards;
mod lock;
pub mod material;
pub mod medium;
pub mod months;
pub mod newcomers;
pub mod outreach;
pub mod packet;
pub mod paper_code;
pub mod passphrase;
pub mod person_file;
pub mod privacy;
pub mod progress;
pub mod public_sheets;
pub mod quality;
pub mod reconcile;
pub mod recovery;
pub mod rehearsal;
pub mod residents;
pub mod restore;
pub mod rounds;
pub mod same_person;
pub mod sealed;
pub mod search;
pub mod sections;
pub mod self_check;
mod space;
pub mod statistics;
mod store;
pub mod swap;
pub mod tasks;
pub mod told;
pub mod township;
pub mod view;
pub mod village;
pub mod village_record;
pub mod worklist;

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use campaigns::follow::follow;
use command::{Command, Done, KeptRow, Stamp};
use error::{LedgerError, Result};
use keys::{LedgerKey, Role, random_bytes};
use keys_guard::KeysGuard;
use lock::Lock;
use progress::{Part, Progress, Unwatched};
use store::undo::{Edited, Kept};
use store::{Access, Note, Store, Tx, connect, history as log, migrate, settings, village as villages};
use view::View;

use crate::domain::entry::EntryAct;
use crate::domain::programme::Programme;

/// A village to be started.
#[derive(Clone, Debug)]
pub struct NewVillage {
    /// 12-digit statistical area code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether its people are synthetic.
    pub kind: VillageKind,
}

/// Whether a village is real.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VillageKind {
    /// A real village.
    Real,
    /// The demo village: synthetic people, marked on every page.
    Demo,
}

/// An open ledger: the one writer, and a reading connection beside it.
pub struct Ledger {
    store: Store,
    view: View,
    path: PathBuf,
    key: LedgerKey,
    /// How it is read where its medium takes nothing; none where it is open for writing.
    reading: Option<medium::Reading>,
    /// Before the lock: it works while the ledger is still held.
    keys: KeysGuard,
    /// Held while the ledger is open, so that no second program writes.
    lock: Option<Lock>,
}

impl Deref for Ledger {
    type Target = View;

    fn deref(&self) -> &View {
        &self.view
    }
}

impl Ledger {
    /// Starts a new ledger. `seed` makes the uids of the demo village repeat; none makes them unpredictable.
    pub fn create(
        path: &Path,
        key: &LedgerKey,
        new: &NewVillage,
        seed: Option<[u8; 32]>,
        stamp: &Stamp,
    ) -> Result<Self> {
        check_village(new)?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|e| LedgerError::io(e, folder))?;
        }
        let path = &files::real(path);
        let lock = Lock::take(path)?;
        let mut conn = connect(path, key, Access::Create).inspect_err(|error| lock::not_needed(path, error))?;
        migrate::create(&mut conn)?;
        let seed = seed.map_or_else(random_bytes, Ok)?;
        let mut store = Store::new(conn, seed, key.role())?;
        let note = Note { op: "init", count: 1, ..Note::default() };
        let kind = if new.kind == VillageKind::Demo { "demo" } else { "village" };
        store.transact(stamp, note, |tx| villages::insert(tx, &new.code, &new.name, kind))?;
        let (view, keys) = (View::open(path, key)?, KeysGuard::new(path, key));
        Ok(Self { store, view, path: path.to_owned(), key: key.clone(), reading: None, keys, lock: Some(lock) })
    }

    /// Opens a ledger for writing; for reading alone where its medium takes nothing, is a stick or a network
    /// drive ([`Ledger::medium_fault`]).
    pub fn open(path: &Path, key: &LedgerKey) -> Result<Self> {
        Self::open_watched(path, key, &Unwatched)
    }

    /// The same where somebody watches: bringing up an older one, with the backup before, takes its time.
    pub fn open_watched(path: &Path, key: &LedgerKey, progress: &dyn Progress) -> Result<Self> {
        let path = swap::ledger_at(path)?;
        if let Some(on) = carrier::carrier_of(&path) {
            return Self::open_carried(&path, key, on);
        }
        Self::open_alone(&path, key, progress).or_else(|failed| Self::open_for_reading(&path, key, failed))
    }

    /// Opens it for writing where nobody else has it open.
    fn open_alone(path: &Path, key: &LedgerKey, progress: &dyn Progress) -> Result<Self> {
        let lock = Lock::take(path)?;
        swap::put_right(path)?;
        Self::open_locked(path, key, lock, progress)
    }

    /// The same for who holds the lock already.
    pub(in crate::ledger) fn open_locked(
        path: &Path,
        key: &LedgerKey,
        lock: Lock,
        progress: &dyn Progress,
    ) -> Result<Self> {
        Ok(Self { lock: Some(lock), ..Self::open_held(path, key, progress)? })
    }

    /// The same for who goes on holding it; it is to be given to what is returned.
    pub(in crate::ledger) fn open_held(path: &Path, key: &LedgerKey, progress: &dyn Progress) -> Result<Self> {
        backup::sweep(path);
        let mut conn = connect(path, key, Access::Write)?;
        if store::is_protected(&conn)? {
            return Err(medium::MediumFault::Protected.error());
        }
        if migrate::is_behind(&conn)? {
            backup::before_migration(path, key, &Part::new(progress, 0, 2))?;
            migrate::migrate(&mut conn, &Part::new(progress, 1, 2))?;
        }
        let store = Store::new(conn, random_bytes()?, key.role())?;
        let (view, keys) = (View::open(path, key)?, KeysGuard::new(path, key));
        Ok(Self { store, view, path: path.to_owned(), key: key.clone(), reading: None, keys, lock: None })
    }

    /// Closes it with all of it in its one file, so that the file can be given another name.
    pub(in crate::ledger) fn into_one_file(self) -> Result<()> {
        self.store.move_log_into_file()
    }

    /// Another reading connection, for another thread.
    pub fn reader(&self) -> Result<View> {
        match &self.reading {
            Some(reading) => reading.view(&self.key),
            None => View::open(&self.path, &self.key),
        }
    }

    /// Looks whether the ledger's own keys file lies beside it, puts it back where another one does or none, and knows from then on
    /// what was changed in it.
    ///
    /// # Errors
    /// A file that cannot be read or is a newer program's; the disk.
    pub fn keep_keys(&self) -> Result<()> {
        self.keys.keep()
    }

    /// What a recovery of this ledger needs, should it be found damaged.
    pub fn way(&self) -> recovery::Way {
        recovery::Way::with_key(&self.path, &self.key)
    }

    /// What whoever opened it may do.
    pub fn role(&self) -> Role {
        self.key.role()
    }

    /// Where the ledger lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does one thing: all of it, committed and forced to disk, or nothing.
    pub fn run(&mut self, command: &Command, stamp: &Stamp) -> Result<Done> {
        self.run_watched(command, stamp, &Unwatched)
    }

    /// Does one thing, telling how far it is and stopping where it is no longer wanted.
    pub fn run_watched(&mut self, command: &Command, stamp: &Stamp, progress: &dyn Progress) -> Result<Done> {
        match command {
            Command::Undo => {
                let target =
                    log::undo_target(self.view.conn())?.ok_or_else(|| LedgerError::refused("error-nothing-to-undo"))?;
                self.revert("undo", target, Edited::Refuse, stamp, progress)
            }
            Command::Redo => {
                let target =
                    log::redo_target(self.view.conn())?.ok_or_else(|| LedgerError::refused("error-nothing-to-redo"))?;
                self.revert("redo", target, Edited::Refuse, stamp, progress)
            }
            Command::TakeBack { change } => {
                let target =
                    log::find(self.view.conn(), change)?.ok_or_else(|| LedgerError::refused("error-no-such-change"))?;
                if !log::may_be_taken_back(self.view.conn(), target)? {
                    return Err(LedgerError::refused("error-not-in-effect"));
                }
                if log::described(self.view.conn(), target)?.0 == "import" {
                    self.back_up_if_changed(stamp, progress)?;
                }
                // Nothing came after the newest step: it is simply undone, so that redo puts it back.
                if log::undo_target(self.view.conn())? == Some(target) {
                    return self.revert("undo", target, Edited::Refuse, stamp, progress);
                }
                self.revert("take-back", target, Edited::Keep, stamp, progress)
            }
            Command::Import(plan) => {
                self.back_up_if_changed(stamp, progress)?;
                let (_, change) = self.store.transact(stamp, command.note(), |tx| {
                    imports::still_current(tx, &plan.import)?;
                    imports::write(tx, plan, progress)
                })?;
                self.done(change, Vec::new())
            }
            Command::Reconcile(plan) => {
                self.back_up_if_changed(stamp, progress)?;
                let (_, change) =
                    self.store.transact(stamp, command.note(), |tx| reconcile::write(tx, plan, progress))?;
                self.done(change, Vec::new())
            }
            command => self.write_with(command, stamp, |_| Ok(())),
        }
    }

    /// Writes a step, and something outside the log in the same transaction.
    fn write_with(
        &mut self,
        command: &Command,
        stamp: &Stamp,
        also: impl FnOnce(&Tx<'_>) -> Result<()>,
    ) -> Result<Done> {
        let in_force = self.view.in_force()?;
        let (_, change) = self.store.transact(stamp, command.note(), |tx| {
            write(tx, command, &in_force)?;
            also(tx)
        })?;
        self.done(change, Vec::new())
    }

    fn revert(
        &mut self,
        op: &'static str,
        target: i64,
        edited: Edited,
        stamp: &Stamp,
        progress: &dyn Progress,
    ) -> Result<Done> {
        let (_, about, note, count) = log::described(self.view.conn(), target)?;
        let note = Note { op, about, note, count, undoes: Some(target) };
        let (kept, change) =
            self.store.transact(stamp, note, |tx| store::undo::revert(tx, target, edited, progress))?;
        let kept = kept.into_iter().map(|kept| self.kept_row(kept)).collect::<Result<_>>()?;
        self.done(change, kept)
    }

    fn kept_row(&self, kept: Kept) -> Result<KeptRow> {
        let name = store::undo::name_of(self.view.conn(), &kept)?;
        Ok(KeptRow { record: format!("record-{}", kept.table.replace('_', "-")), uid: kept.uid, name })
    }

    fn done(&self, change: Option<i64>, kept: Vec<KeptRow>) -> Result<Done> {
        let change = match change {
            None => None,
            Some(id) => self.view.change(id)?,
        };
        Ok(Done { revision: self.view.revision()?, change, kept })
    }

    /// Remembers something about this device, outside the change log.
    pub fn set_local_setting(&mut self, key: &str, value: &str) -> Result<()> {
        settings::set(&self.store.conn, key, value)
    }

    /// Reads every page, every reference and the whole change chain; the number of changes proved.
    pub fn check(&self) -> Result<u64> {
        self.store.check()
    }
}

fn check_village(new: &NewVillage) -> Result<()> {
    if new.code.len() != 12 || !new.code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(LedgerError::refused("error-village-code"));
    }
    if new.name.trim().is_empty() || new.name.chars().count() > 50 {
        return Err(LedgerError::refused("error-village-name"));
    }
    Ok(())
}

fn write(tx: &mut Tx<'_>, command: &Command, in_force: &[Arc<Programme>]) -> Result<()> {
    let programme = || {
        let found = command.programme().and_then(|id| in_force.iter().find(|programme| programme.id == id));
        found.map(Arc::as_ref).ok_or_else(|| LedgerError::refused("error-no-such-programme"))
    };
    match command {
        Command::Record { resident, outcome, on, .. } => {
            lists::record(tx, programme()?, resident, *outcome, *on)?;
            follow(tx, (resident, programme()?), None, in_force)
        }
        Command::RecordMany { people, outcome, on, .. } => {
            rounds::record(tx, programme()?, people, *outcome, *on)?;
            people.iter().try_for_each(|resident| follow(tx, (resident, programme()?), None, in_force))
        }
        Command::Attend { resident, on, .. } => {
            lists::attend(tx, programme()?, resident, *on)?;
            follow(tx, (resident, programme()?), Some(*on), in_force)
        }
        Command::Apply { resident, period, act, on, .. } => {
            applications::act(tx, programme()?, resident, period.as_deref(), act, *on)
        }
        Command::SetResidency { resident, residency, source, on } => {
            residents::set_residency(tx, resident, *residency, source, *on)
        }
        Command::SetFact { resident, value, source, on } => facts::set(tx, resident, *value, source, *on),
        Command::ImportFacts { rows, source } => facts::import(tx, rows, source),
        Command::SetLocal { programme: _, key, value, source, on } => {
            local_standards::set(tx, programme()?, key, value, source, *on)
        }
        Command::GiveConsent { resident, purpose, on, agreed } => consents::give(tx, resident, *purpose, *on, agreed),
        Command::WithdrawConsent { resident, purpose, on } => consents::withdraw(tx, resident, *purpose, *on),
        Command::PutUpSheet { put_up_on, down_by, .. } => public_sheets::put_up(tx, programme()?, *put_up_on, *down_by),
        Command::TakeDownSheet { sheet, on } => public_sheets::take_down(tx, sheet, *on),
        Command::WriteTask(new) => tasks::write(tx, new),
        Command::EndTask { task, how, on } => tasks::end(tx, task, *how, *on),
        Command::PutTaskTo { task, due_on } => tasks::put_to(tx, task, *due_on),
        Command::PutOff { resident, how, on, .. } => tasks::put_off(tx, programme()?, resident, *how, *on),
        Command::MakeRound(plan) => rounds::make(tx, plan),
        Command::Enter { resident, act, note, on, .. } => {
            rounds::enter(tx, programme()?, resident, (*act, note), *on)?;
            follow(tx, (resident, programme()?), (*act == EntryAct::Came).then_some(*on), in_force)
        }
        Command::WriteRecord { kind, entry } => village_record::write(tx, *kind, entry),
        Command::RemoveRecord { kind, uid } => village_record::remove(tx, *kind, uid),
        Command::SetAway(new) => outreach::set(tx, new),
        Command::Called { resident, reached, on } => outreach::called(tx, resident, *reached, *on),
        Command::AskedFor { resident, what, on } => outreach::asked(tx, resident, what, *on),
        Command::Answered { request, answer, on } => outreach::answered(tx, request, answer, *on),
        Command::SetCare(new) => care::set(tx, new),
        Command::EndCare { care, on } => care::end(tx, care, *on),
        Command::Visited { care, note, on, next_on } => care::visited(tx, care, (*on, note), *next_on),
        Command::PutVisitTo { care, next_on } => care::put_to(tx, care, *next_on),
        Command::SetLocals { values } => local_file::set_many(tx, values),
        Command::SetBorn { resident, born, source } => residents::set_born(tx, resident, *born, source),
        Command::SetStanding { resident, standing, on } => residents::set_standing(tx, resident, *standing, *on),
        Command::AddResident { new, home } => residents::add(tx, new, home),
        Command::EditResident { resident, edit, source } => residents::edit(tx, resident, edit, source),
        Command::Move { people, home } => households::relocate(tx, people, home),
        Command::JoinHouseholds { from, into } => households::join(tx, from, into),
        Command::EditHousehold { household, edit } => households::edit(tx, household, edit),
        Command::SetRelations { household, relations } => households::set_relations(tx, household, relations),
        Command::RenameGroup { group, name } => households::rename_group(tx, group, name),
        Command::Merge(merge) => same_person::merge(tx, merge),
        Command::Unmerge { behind } => same_person::unmerge(tx, behind),
        Command::NotSame { one, other } => same_person::not_same(tx, one, other),
        Command::RemoveResident { resident } => residents::remove(tx, resident),
        Command::AssignContact { group, name, phone } => {
            let group = villages::group(tx, group)?;
            let contact = if name.is_empty() { None } else { Some(villages::contact(tx, name, phone)?) };
            villages::assign(tx, group, contact)
        }
        Command::JudgeTwin { one, other, verdict, on } => township::twins::judge(tx, (one, other), *verdict, *on),
        Command::Privacy(command) => privacy::command::write(tx, command),
        Command::Campaign(command) => campaigns::command::write(tx, command, in_force),
        Command::Import(_) | Command::Reconcile(_) | Command::Undo | Command::Redo | Command::TakeBack { .. } => Ok(()),
    }
}
