//! Consent: given, withdrawn, and who was not asked yet. A withdrawal of any record of a person counts for the person.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::consent::{Again, Channel, Consent, ConsentState, Guardian, Purpose, Withdrawn, needs_guardian};
use crate::domain::message::Message;
use crate::domain::one_line::one_line;
use crate::domain::partial_date::PartialDate;
use crate::domain::programme::Kind;
use crate::domain::resident::Field;
use crate::ledger::applications;
use crate::ledger::command::Agreed;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::residents::{ResidentRow, brief, not_ahead};
use crate::ledger::store::{Tx, consents, residents, same_person, village};
use crate::ledger::view::View;
use crate::ledger::village::group_order;

/// What stands for one person and one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentRow {
    /// What it is for.
    pub purpose: Purpose,
    /// What was said; none where nobody has asked yet.
    pub consent: Option<Consent>,
    /// Why the person is to be asked again, where they are.
    pub again: Option<Again>,
    /// Whether a guardian agrees for the person today.
    pub guarded: Guarded,
}

/// Who agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guarded {
    /// A parent or guardian.
    ByGuardian,
    /// The person.
    ForThemselves,
}

/// How many of a group agreed to a purpose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Asked {
    /// Agreed.
    pub given: u64,
    /// Withdrew. A number, never a list.
    pub withdrawn: u64,
    /// Not asked yet, or about an older notice.
    pub not_asked: u64,
}

impl Asked {
    fn add(&mut self, state: Option<ConsentState>) {
        match state {
            Some(ConsentState::Given) => self.given += 1,
            Some(ConsentState::Withdrawn) => self.withdrawn += 1,
            None => self.not_asked += 1,
        }
    }
}

/// How far the village is with asking for one purpose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskedOverview {
    /// Everybody who lives here.
    pub all: Asked,
    /// By bare name of the group, numbered ones first.
    pub groups: Vec<(String, Asked)>,
}

impl View {
    /// What stands for one person, purpose by purpose.
    pub fn consents(&self, resident: &ResidentRow, today: NaiveDate) -> Result<Vec<ConsentRow>> {
        let Some(key) = residents::brief(self.conn(), &resident.uid)? else { return Ok(Vec::new()) };
        let all = consents::of_person(self.conn(), key.id)?;
        let born = resident.born();
        let guarded = if needs_guardian(born, today) { Guarded::ByGuardian } else { Guarded::ForThemselves };
        let row = |purpose: &Purpose| {
            let consent = Consent::of_one_person(all.iter().filter(|one| one.purpose == *purpose).cloned());
            let again = consent.as_ref().and_then(|consent| consent.again(purpose.notice(), born, today));
            ConsentRow { purpose: *purpose, consent, again, guarded }
        };
        Ok(Purpose::ALL.iter().map(row).collect())
    }

    /// What one person withdrew.
    pub fn withdrawn(&self, uid: &str) -> Result<Withdrawn> {
        match residents::brief(self.conn(), uid)? {
            Some(resident) => consents::withdrawn_of(self.conn(), resident.id),
            None => Ok(Withdrawn::default()),
        }
    }

    /// How many were asked, by group.
    pub fn asked(&self, purpose: Purpose) -> Result<AskedOverview> {
        let standing = consents::standing(self.conn(), purpose)?;
        let (mut all, mut groups) = (Asked::default(), BTreeMap::<String, Asked>::new());
        consents::people(self.conn(), |key, group| {
            let state = standing.get(&key).copied();
            all.add(state);
            match groups.get_mut(group) {
                Some(asked) => asked.add(state),
                None => groups.entry(group.to_owned()).or_default().add(state),
            }
        })?;
        let mut groups: Vec<(String, Asked)> = groups.into_iter().collect();
        groups.sort_by_cached_key(|(group, _)| group_order(group));
        Ok(AskedOverview { all, groups })
    }

    /// Who was not asked yet, or about an older notice, group by group; of who agreed or withdrew there is no list.
    pub fn not_asked(&self, purpose: Purpose, group: Option<&str>, limit: u32) -> Result<Vec<ResidentRow>> {
        let standing = consents::standing(self.conn(), purpose)?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut keys = Vec::new();
        consents::people(self.conn(), |key, of| {
            if keys.len() < limit && !standing.contains_key(&key) && group.is_none_or(|group| group == of) {
                keys.push(key);
            }
        })?;
        residents::by_keys(self.conn(), &keys, &self.sources()?)
    }
}

/// Notes that somebody agreed; what another record of the person had withdrawn no longer stands.
///
/// # Errors
/// `error-consent-guardian` under 14 without one, `error-consent-witness` where it was said and nobody heard it,
/// `error-consent-later` where a later day is known.
pub(in crate::ledger) fn give(
    tx: &mut Tx<'_>,
    uid: &str,
    purpose: Purpose,
    on: NaiveDate,
    agreed: &Agreed,
) -> Result<()> {
    not_ahead(tx, on)?;
    let resident = brief(tx, uid)?;
    nothing_later(tx, resident.id, purpose, on)?;
    let witness = short(&agreed.witness)?;
    if agreed.channel == Channel::Spoken && witness.is_empty() {
        return Err(LedgerError::refused("error-consent-witness"));
    }
    let guardian = match &agreed.guardian {
        Some(one) => Some(Guardian { name: short(&one.name)?, relation: one.relation }),
        None => None,
    };
    let guardian = guardian.filter(|one| !one.name.is_empty());
    if guardian.is_none() && needs_guardian(born(tx, uid)?, on) {
        return Err(LedgerError::refused("error-consent-guardian"));
    }
    for record in same_person::family(tx.conn(), resident.id)? {
        let withdrew = |one: &Consent| one.purpose == purpose && one.state == ConsentState::Withdrawn;
        if record != resident.id && consents::of(tx.conn(), record)?.iter().any(withdrew) {
            consents::remove(tx, record, purpose)?;
        }
    }
    let (state, notice, channel) = (ConsentState::Given, purpose.notice(), agreed.channel);
    consents::put(tx, resident.id, &Consent { purpose, state, notice, on, channel, witness, guardian })
}

/// Notes that somebody withdrew: no reason is asked, and nobody else need agree. With the services everything else that
/// the person agreed to ends, too; a copy of the bank book that the village has in hand goes back in the same change.
///
/// # Errors
/// `error-consent-later` where a later day is known.
pub(in crate::ledger) fn withdraw(tx: &mut Tx<'_>, uid: &str, purpose: Purpose, on: NaiveDate) -> Result<()> {
    not_ahead(tx, on)?;
    let resident = brief(tx, uid)?;
    nothing_later(tx, resident.id, purpose, on)?;
    let known = consents::of_person(tx.conn(), resident.id)?;
    let own = consents::of(tx.conn(), resident.id)?;
    for of in Purpose::ALL.iter().copied().filter(|of| purpose.carries(*of)) {
        let has = |all: &[Consent], state| all.iter().any(|one| one.purpose == of && one.state == state);
        let ends = of == purpose || has(&known, ConsentState::Given);
        if !ends || has(&own, ConsentState::Withdrawn) {
            continue;
        }
        let withdrawn = Consent {
            purpose: of,
            state: ConsentState::Withdrawn,
            notice: of.notice(),
            on,
            channel: Channel::Spoken,
            witness: String::new(),
            guardian: None,
        };
        consents::put(tx, resident.id, &withdrawn)?;
    }
    if purpose.carries(Purpose::Account) {
        applications::give_back_account(tx, resident.id)?;
    }
    Ok(())
}

/// Nothing is noted any more of who withdrew what covers the programme.
///
/// # Errors
/// `error-consent-withdrawn`
pub(in crate::ledger) fn still_agreed(tx: &Tx<'_>, resident: i64, kind: Kind) -> Result<()> {
    match consents::withdrawn_of(tx.conn(), resident)?.hides(kind) {
        true => Err(LedgerError::refused("error-consent-withdrawn")),
        false => Ok(()),
    }
}

fn nothing_later(tx: &Tx<'_>, resident: i64, purpose: Purpose, on: NaiveDate) -> Result<()> {
    let known = consents::of_person(tx.conn(), resident)?;
    let latest = known.iter().filter(|one| one.purpose == purpose).max_by_key(|one| one.on);
    match latest {
        Some(known) if known.on > on => {
            let message = Message::new("error-consent-later").date("on", known.on);
            let state = format!("consent-{}", known.state.as_str());
            Err(LedgerError::new(ErrorKind::Refused, message.word("state", state)))
        }
        _ => Ok(()),
    }
}

fn born(tx: &Tx<'_>, uid: &str) -> Result<Option<PartialDate>> {
    let row = residents::get(tx.conn(), uid, &village::sources(tx.conn())?)?;
    Ok(row.and_then(|row| row.born()))
}

fn short(name: &str) -> Result<String> {
    one_line(Field::Head, name).map_err(|_| LedgerError::refused("error-consent-name"))
}
