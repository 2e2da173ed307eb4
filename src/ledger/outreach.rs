//! People working away: how they are reached as was agreed, what they asked for, when they are expected back. Shown on the
//! village's own screen, and on their own copy for themselves ([`crate::ledger::person_file`]): nothing of it is counted in
//! what leaves, and of who asked not to be kept in lists nothing is here.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike as _, NaiveDate};

use crate::domain::one_line::one_line;
use crate::domain::partial_date::PartialDate;
use crate::domain::resident::{Field, worded};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::lists::of_this_village;
use crate::ledger::residents::not_ahead;
use crate::ledger::store::outreach::{self as store, Kept};
use crate::ledger::store::{Tx, residents};
use crate::ledger::tasks::Named;
use crate::ledger::view::View;
use crate::ledger::village::group_order;

/// Whether somebody was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// They were.
    Yes,
    /// Not this time.
    No,
}
worded!(Reached, "reached" { Yes => "yes", No => "no" });

/// What somebody away asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// Identity.
    pub uid: String,
    /// In their words.
    pub what: String,
    /// The day.
    pub on: NaiveDate,
    /// The answer; empty where none was given yet.
    pub answer: String,
    /// The day of the answer.
    pub answered_on: Option<NaiveDate>,
}

/// Without the words.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Request({} {})", self.uid, self.on)
    }
}

/// What is to be kept of somebody's being away.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AwayEdit {
    /// The resident's uid.
    pub resident: String,
    /// Where: a town, as told; empty for unknown.
    pub place: String,
    /// The day they are expected back.
    pub back_by: Option<NaiveDate>,
    /// What was agreed on: a phone, 微信; empty for nothing.
    pub contact: String,
    /// When it suits them; empty for not said.
    pub times: String,
    /// Who at home speaks for them, by uid: only with their agreement.
    pub speaker: Option<String>,
    /// The day they agreed to that.
    pub agreed_on: Option<NaiveDate>,
}

/// Somebody who works away.
#[derive(Clone)]
pub struct AwayRow {
    /// The resident's uid.
    pub uid: String,
    /// The name.
    pub name: String,
    /// Bare name of the group.
    pub group: String,
    /// The household's number.
    pub household: String,
    /// The household's uid.
    pub household_uid: String,
    /// The phone in the ledger.
    pub phone: String,
    /// Birth, as far as it is known.
    pub born: Option<PartialDate>,
    /// Since when it is known that they are away.
    pub since: NaiveDate,
    /// What belongs to it, in the form in which it is edited.
    pub kept: AwayEdit,
    /// Who at home speaks for them.
    pub speaker: Option<Named>,
    /// Tries, the latest first.
    pub tries: Vec<(NaiveDate, Reached)>,
    /// What they asked for, the latest first.
    pub requests: Vec<Request>,
}

/// Without any value.
impl std::fmt::Debug for AwayRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AwayRow({})", self.uid)
    }
}

/// Which of them are shown; each is a number with its names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// All who are away.
    #[default]
    Away,
    /// With whom a way to be reached was agreed.
    Agreed,
    /// Who was reached this year.
    Reached,
    /// Who asked for something.
    Asked,
    /// Whose requests all have an answer.
    Answered,
}

impl Which {
    /// All of them, in the order shown.
    pub const ALL: [Self; 5] = [Self::Away, Self::Agreed, Self::Reached, Self::Asked, Self::Answered];

    /// Whether somebody is among them.
    pub fn holds(self, row: &AwayRow, today: NaiveDate) -> bool {
        match self {
            Self::Away => true,
            Self::Agreed => !row.kept.contact.is_empty() || row.speaker.is_some(),
            Self::Reached => {
                row.tries.iter().any(|(on, reached)| *reached == Reached::Yes && on.year() == today.year())
            }
            Self::Asked => !row.requests.is_empty(),
            Self::Answered => {
                !row.requests.is_empty() && row.requests.iter().all(|request| request.answered_on.is_some())
            }
        }
    }
}

impl View {
    /// Everybody who works away, by group and name.
    pub fn outreach(&self) -> Result<Vec<AwayRow>> {
        let hidden = self.hidden()?;
        let mut away = store::away(self.conn())?;
        away.retain(|one| !hidden.contains(&one.resident));
        let (kept, mut tries, mut requests) =
            (store::all(self.conn())?, store::tries(self.conn())?, store::requests(self.conn())?);
        let mut keys: HashSet<i64> = away.iter().map(|one| one.resident).collect();
        keys.extend(kept.values().filter_map(|kept| kept.speaker));
        let named = residents::named(self.conn(), &keys)?;
        let mut rows = Vec::new();
        for store::AwayNow { resident: key, phone, born, since } in away {
            let Some(Named { uid, name, group, household, household_uid, .. }) = named.get(&key).cloned() else {
                continue;
            };
            let own = kept.get(&key).cloned().unwrap_or_default();
            let speaker = own.speaker.and_then(|speaker| named.get(&speaker)).cloned();
            let kept = edit(&uid, own, speaker.as_ref());
            let (tries, requests) = (tries.remove(&key).unwrap_or_default(), requests.remove(&key).unwrap_or_default());
            rows.push(AwayRow {
                uid,
                name,
                group,
                household,
                household_uid,
                phone,
                born,
                since,
                kept,
                speaker,
                tries,
                requests,
            });
        }
        rows.sort_by_cached_key(|row| (group_order(&row.group), row.name.clone(), row.uid.clone()));
        Ok(rows)
    }

    /// The day on which each of those away is expected back, by uid.
    pub(in crate::ledger) fn home_from(&self) -> Result<HashMap<String, NaiveDate>> {
        let kept = store::all(self.conn())?;
        if kept.is_empty() {
            return Ok(HashMap::new());
        }
        let away: HashSet<i64> = store::away(self.conn())?.into_iter().map(|one| one.resident).collect();
        let named = residents::named(self.conn(), &away)?;
        let day = |(key, kept): (i64, Kept)| Some((named.get(&key)?.uid.clone(), kept.back_by?));
        Ok(kept.into_iter().filter_map(day).collect())
    }
}

fn edit(uid: &str, kept: Kept, speaker: Option<&Named>) -> AwayEdit {
    let Kept { place, back_by, contact, times, agreed_on, .. } = kept;
    let speaker = speaker.map(|speaker| speaker.uid.clone());
    AwayEdit { resident: uid.to_owned(), place, back_by, contact, times, speaker, agreed_on }
}

/// Notes what belongs to somebody's being away.
///
/// # Errors
/// `error-speaker-agreed` where somebody is to speak for them and did not get their agreement.
pub(in crate::ledger) fn set(tx: &mut Tx<'_>, new: &AwayEdit) -> Result<()> {
    let resident = of_this_village(tx, &new.resident)?;
    let speaker = new.speaker.as_ref().map(|uid| of_this_village(tx, uid)).transpose()?;
    if speaker.is_some() && new.agreed_on.is_none() {
        return Err(LedgerError::refused("error-speaker-agreed"));
    }
    if let Some(on) = new.agreed_on {
        not_ahead(tx, on)?;
    }
    let short = |text: &str| one_line(Field::Phone, text).map_err(|_| LedgerError::refused("error-away-long"));
    let kept = Kept {
        place: short(&new.place)?,
        back_by: new.back_by,
        contact: short(&new.contact)?,
        times: short(&new.times)?,
        speaker,
        agreed_on: new.agreed_on.filter(|_| speaker.is_some()),
    };
    store::put(tx, resident, &kept)
}

/// Notes that somebody was called.
pub(in crate::ledger) fn called(tx: &mut Tx<'_>, uid: &str, reached: Reached, on: NaiveDate) -> Result<()> {
    not_ahead(tx, on)?;
    let resident = of_this_village(tx, uid)?;
    store::put_try(tx, resident, on, reached)
}

/// Writes down what somebody asked for of their own wish.
pub(in crate::ledger) fn asked(tx: &mut Tx<'_>, uid: &str, what: &str, on: NaiveDate) -> Result<()> {
    not_ahead(tx, on)?;
    let (resident, what) = (of_this_village(tx, uid)?, words(what)?);
    store::insert_request(tx, resident, &what, on)
}

/// Writes down what was answered.
pub(in crate::ledger) fn answered(tx: &Tx<'_>, request: &str, answer: &str, on: NaiveDate) -> Result<()> {
    not_ahead(tx, on)?;
    match store::answer(tx, request, &words(answer)?, on)? {
        true => Ok(()),
        false => Err(LedgerError::refused("error-no-such-request")),
    }
}

fn words(text: &str) -> Result<String> {
    let text = one_line(Field::Address, text).map_err(|_| LedgerError::refused("error-task-long"))?;
    if text.is_empty() { Err(LedgerError::refused("error-words-missing")) } else { Ok(text) }
}
