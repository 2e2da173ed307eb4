//! A reading connection: everything that can be asked of a ledger, beside the one writer.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use rusqlite::{Connection, InterruptHandle};

use crate::domain::local_standard::LocalStandards;
use crate::domain::programme::{self, Programme};
use crate::domain::resident::FactKind;
use crate::ledger::census::Census;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::history::{ChangeFilter, ChangeRow, DaysAround};
use crate::ledger::keys::LedgerKey;
use crate::ledger::residents::{ResidentFilter, ResidentRow};
use crate::ledger::store::residents::Sources;
use crate::ledger::store::{
    Access, connect, history, local_standards, residents, same_person, settings, verify, village,
};
use crate::ledger::village::{GroupRow, Village};

/// A reading connection with the programmes compiled into this program.
pub struct View {
    conn: Connection,
    programmes: Arc<[Arc<Programme>]>,
    /// The programmes with the county's values, and up to which change that holds.
    in_force: RefCell<Option<(i64, Vec<Arc<Programme>>)>>,
    /// Who lives where, as last counted, and up to which change that holds.
    census: RefCell<Option<(i64, Arc<Census>)>>,
}

/// How large the ledger is and where its history stands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Overview {
    /// The village.
    pub village: Village,
    /// Residents present.
    pub residents: i64,
    /// Households with somebody present.
    pub households: i64,
    /// The last change.
    pub revision: i64,
}

impl View {
    pub(in crate::ledger) fn open(path: &Path, key: &LedgerKey) -> Result<Self> {
        Self::open_by(path, key, Access::Read)
    }

    /// The same by another way of access.
    pub(in crate::ledger) fn open_by(path: &Path, key: &LedgerKey, access: Access) -> Result<Self> {
        let conn = connect(path, key, access)?;
        let programmes = programme::compiled_in().map_err(|_| LedgerError::damaged("error-programme-file"))?;
        let unset = LocalStandards::default();
        let programmes = programmes.into_iter().map(|programme| Arc::new(programme.with(&unset))).collect();
        Ok(Self { conn, programmes, in_force: RefCell::default(), census: RefCell::default() })
    }

    /// A ledger that may be missing or damaged, as far as it opens.
    pub(in crate::ledger) fn open_if_there(path: &Path, key: &LedgerKey) -> Option<Self> {
        if path.is_file() { Self::open(path, key).ok() } else { None }
    }

    pub(in crate::ledger) fn conn(&self) -> &Connection {
        &self.conn
    }

    pub(in crate::ledger) fn kept_census(&self) -> Option<(i64, Arc<Census>)> {
        self.census.borrow().clone()
    }

    pub(in crate::ledger) fn keep_census(&self, census: (i64, Arc<Census>)) {
        *self.census.borrow_mut() = Some(census);
    }

    /// The handle by which a read that is no longer wanted is stopped from another thread.
    pub fn interrupt_handle(&self) -> InterruptHandle {
        self.conn.get_interrupt_handle()
    }

    /// The programmes compiled in, in the order shown.
    pub fn programmes(&self) -> &[Arc<Programme>] {
        &self.programmes
    }

    /// The programmes as they hold with the county's values of this village, in the order shown.
    pub fn in_force(&self) -> Result<Vec<Arc<Programme>>> {
        let revision = self.revision()?;
        if let Some((at, kept)) = self.in_force.borrow().as_ref()
            && *at == revision
        {
            return Ok(kept.clone());
        }
        let standards = local_standards::all(&self.conn)?;
        let made: Vec<Arc<Programme>> = match standards.is_empty() {
            true => self.programmes.to_vec(),
            false => self.programmes.iter().map(|programme| Arc::new(programme.with(&standards))).collect(),
        };
        *self.in_force.borrow_mut() = Some((revision, made.clone()));
        Ok(made)
    }

    /// The county's values that were entered.
    pub fn local_standards(&self) -> Result<LocalStandards> {
        local_standards::all(&self.conn)
    }

    /// The programme with this id, as it holds with the county's values.
    pub fn programme(&self, id: &str) -> Result<Arc<Programme>> {
        let found = self.in_force()?.into_iter().find(|programme| programme.id == id);
        found.ok_or_else(|| LedgerError::refused("error-no-such-programme"))
    }

    /// The id of the last change.
    pub fn revision(&self) -> Result<i64> {
        history::revision(&self.conn)
    }

    /// The village, its size and its revision.
    pub fn overview(&self) -> Result<Overview> {
        let (residents, households) = self.census()?.size();
        Ok(Overview { village: self.village()?, residents, households, revision: self.revision()? })
    }

    /// The village.
    pub fn village(&self) -> Result<Village> {
        village::village(&self.conn)
    }

    /// The groups, numbered ones first.
    pub fn groups(&self) -> Result<Vec<GroupRow>> {
        village::groups(&self.conn, &self.census()?.by_group())
    }

    /// Where facts come from, by key.
    pub fn sources(&self) -> Result<Sources> {
        village::sources(&self.conn)
    }

    /// Residents, household by household; or, with a search text, the best hits first: see [`View::search`].
    pub fn residents(&self, filter: &ResidentFilter) -> Result<Vec<ResidentRow>> {
        if !filter.search.trim().is_empty() {
            return Ok(self.search(filter)?.into_iter().map(|hit| hit.row).collect());
        }
        residents::page(&self.conn, filter.group.as_deref(), filter.limit, &self.sources()?)
    }

    /// The uid of the resident with this uid or id number, where there is one.
    pub(in crate::ledger) fn uid_of(&self, uid_or_id_number: &str) -> Result<Option<String>> {
        residents::find_uid(&self.conn, uid_or_id_number)
    }

    /// The same; for a record that stands behind another, the uid of the one that is listed.
    pub(in crate::ledger) fn listed_uid_of(&self, uid_or_id_number: &str) -> Result<Option<String>> {
        let mut uid = self.uid_of(uid_or_id_number)?;
        while let Some(behind) = &uid {
            match same_person::around(&self.conn, behind)?.0 {
                Some(listed) => uid = Some(listed),
                None => break,
            }
        }
        Ok(uid)
    }

    /// The day for which a fact about somebody is known.
    pub(in crate::ledger) fn fact_day(&self, uid: &str, kind: FactKind) -> Result<Option<NaiveDate>> {
        let Some(resident) = residents::brief(&self.conn, uid)? else { return Ok(None) };
        residents::fact_day(&self.conn, resident.id, kind)
    }

    /// One resident by uid or id number.
    pub fn resident(&self, uid_or_id_number: &str) -> Result<ResidentRow> {
        let uid = residents::find_uid(&self.conn, uid_or_id_number)?;
        let found = match uid {
            Some(uid) => residents::get(&self.conn, &uid, &self.sources()?)?,
            None => None,
        };
        found.ok_or_else(|| LedgerError::refused("error-no-such-resident"))
    }

    /// The members of a household.
    pub fn members(&self, household_uid: &str) -> Result<Vec<ResidentRow>> {
        residents::members(&self.conn, household_uid, &self.sources()?)
    }

    /// The changes, the latest first.
    pub fn history(&self, filter: &ChangeFilter) -> Result<Vec<ChangeRow>> {
        history::changes(&self.conn, filter)
    }

    /// The days beside this one on which something was done.
    pub fn days_around(&self, on: NaiveDate) -> Result<DaysAround> {
        history::days_around(&self.conn, on)
    }

    /// The change that undo would take back, and the one that redo would put back.
    pub fn next_turns(&self) -> Result<(Option<ChangeRow>, Option<ChangeRow>)> {
        let row = |id: Option<i64>| id.map_or(Ok(None), |id| self.change(id));
        Ok((row(history::undo_target(&self.conn)?)?, row(history::redo_target(&self.conn)?)?))
    }

    /// The change with this number.
    pub(in crate::ledger) fn change(&self, id: i64) -> Result<Option<ChangeRow>> {
        let filter = ChangeFilter { before: Some(id + 1), limit: 1, ..ChangeFilter::default() };
        Ok(history::changes_in_full(&self.conn, &filter)?.pop())
    }

    /// The hash at the head of the change chain, in hexadecimal.
    pub fn chain_head(&self) -> Result<String> {
        history::chain_head(&self.conn)
    }

    /// A digest of all records: two ledgers with the same one hold the same records, whatever their histories.
    pub fn digest(&self) -> Result<String> {
        verify::digest(&self.conn)
    }

    /// What this device remembers under a key.
    pub fn local_setting(&self, key: &str) -> Result<Option<String>> {
        settings::get(&self.conn, key)
    }
}
