//! Applications: what happens to them, who has them, and what they brought. An application made under one record of a
//! person is that person's; who asked not to be kept in lists is only found on their own page.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use crate::domain::application::{AccountConsent, Act, Application, Phase, Unfit};
use crate::domain::message::Message;
use crate::domain::programme::{Programme, Repetition};
use crate::domain::resident::Standing;
use crate::ledger::consents::still_agreed;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::lists::{of_this_village, turn_on};
use crate::ledger::residents::{brief, not_ahead};
use crate::ledger::store::applications::{self as store, At};
use crate::ledger::store::residents::Named;
use crate::ledger::store::{Tx, residents, same_person, village};
use crate::ledger::view::View;

/// One application and whose it is.
#[derive(Clone)]
pub struct ApplicationRow {
    /// The programme, as it holds with the county's values.
    pub programme: Arc<Programme>,
    /// The turn.
    pub period: String,
    /// The uid of the listed resident.
    pub uid: String,
    /// The name.
    pub name: String,
    /// Bare name of the group.
    pub group: String,
    /// The household's number; empty for 未分户.
    pub household: String,
    /// The household's uid.
    pub household_uid: String,
    /// Whether the person still lives here: of who does not, nothing is reminded of or put up any more.
    pub standing: Standing,
    /// How it stands.
    pub application: Application,
}

/// Without the name: rows may end up in a log.
impl std::fmt::Debug for ApplicationRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ApplicationRow({} {} {})", self.uid, self.programme.id, self.period)
    }
}

/// What was paid from one programme in a calendar year, and to whom.
#[derive(Clone, Debug)]
pub struct YearOfProgramme {
    /// The programme.
    pub programme: Arc<Programme>,
    /// Everybody paid in the year, once each, but those below.
    pub people: Vec<PaidPerson>,
    /// How many more were paid who asked not to be kept in lists any more: their money stays in the sum, they are not
    /// named.
    pub unnamed: usize,
    /// Paid in the year, in fen.
    pub fen: i64,
}

/// Somebody who was paid.
#[derive(Clone, PartialEq, Eq)]
pub struct PaidPerson {
    /// The resident's uid.
    pub uid: String,
    /// The name.
    pub name: String,
    /// Bare name of the group.
    pub group: String,
    /// Paid in the year, in fen.
    pub fen: i64,
}

/// Without the name.
impl std::fmt::Debug for PaidPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PaidPerson({})", self.uid)
    }
}

/// The totals of a calendar year.
#[derive(Clone, Debug)]
pub struct BenefitYear {
    /// The year.
    pub year: i32,
    /// By programme, in the order shown; only those that paid.
    pub programmes: Vec<YearOfProgramme>,
    /// Different people helped.
    pub persons: usize,
    /// Of them, those who are not named any more.
    pub unnamed: usize,
    /// Paid, in fen.
    pub fen: i64,
}

impl YearOfProgramme {
    /// Everybody paid, named or not.
    pub fn persons(&self) -> usize {
        self.people.len() + self.unnamed
    }
}

/// What the change log calls it.
pub(in crate::ledger) fn op(act: &Act) -> &'static str {
    match act {
        Act::Begin(_) => "apply-begin",
        Act::Tick(_) => "apply-paper",
        Act::Untick(_) => "apply-no-paper",
        Act::HandOn => "apply-hand-on",
        Act::SetBack => "apply-set-back",
        Act::Grant(_) => "apply-grant",
        Act::Refuse => "apply-refuse",
        Act::Paid(_) => "apply-paid",
        Act::NotPaid => "apply-not-paid",
        Act::TakeBack => "apply-take-back",
    }
}

fn refused(why: Unfit) -> LedgerError {
    let message = Message::new(why.key());
    let message = if let Unfit::TooEarly(since) = why { message.date("on", since) } else { message };
    LedgerError::new(ErrorKind::Refused, message)
}

/// Something happens to an application; under whichever record of the person it was made.
pub(in crate::ledger) fn act(
    tx: &mut Tx<'_>,
    programme: &Programme,
    uid: &str,
    period: Option<&str>,
    act: &Act,
    on: NaiveDate,
) -> Result<()> {
    not_ahead(tx, on)?;
    let begins = matches!(act, Act::Begin(_));
    let resident = if begins { of_this_village(tx, uid)? } else { brief(tx, uid)?.id };
    if begins {
        still_agreed(tx, resident, programme.kind)?;
    }
    let period = match period {
        Some(period) if !begins => period.to_owned(),
        asked => period_begun(tx, programme, uid, asked, on)?,
    };
    let family = same_person::family(tx.conn(), resident)?;
    let known = under_all(tx, &family)?;
    let mut known: Vec<_> =
        known.into_iter().filter(|(at, _)| at.programme == programme.id && at.period == period).collect();
    // One that is alive outweighs one that was taken back; then the record itself.
    known.sort_by_key(|(at, old)| (old.taken_back.is_some(), at.resident != resident));
    let own = At { resident, programme: programme.id.clone(), period };
    let (at, old) = known.into_iter().next().map_or((own, None), |(at, old)| (at, Some(old)));
    let account = store::account_consent(tx.conn(), &family)?;
    let new = Application::after(old.as_ref(), programme, act, on, account).map_err(refused)?;
    store::put(tx, &at, old.as_ref(), &new)
}

/// Whoever no longer agrees that the village hands in a copy of their bank book gets it back: it is no longer among the
/// papers that the village or the person has in hand. What an authority already has is not called back by that.
pub(in crate::ledger) fn give_back_account(tx: &mut Tx<'_>, resident: i64) -> Result<()> {
    let family = same_person::family(tx.conn(), resident)?;
    for (at, old) in under_all(tx, &family)? {
        if let Some(new) = old.without_account() {
            store::put(tx, &at, Some(&old), &new)?;
        }
    }
    Ok(())
}

fn under_all(tx: &Tx<'_>, family: &[i64]) -> Result<Vec<(At, Application)>> {
    let each = family.iter().map(|record| store::of(tx.conn(), *record)).collect::<Result<Vec<_>>>()?;
    Ok(each.into_iter().flatten().collect())
}

/// The turn for which somebody applies on a day: the present one, or the one before where its last day is still ahead.
fn period_begun(tx: &Tx<'_>, programme: &Programme, uid: &str, asked: Option<&str>, on: NaiveDate) -> Result<String> {
    let present = turn_on(tx, programme, uid, on)?.name;
    let Some(asked) = asked.filter(|asked| *asked != present) else { return Ok(present) };
    let sources = village::sources(tx.conn())?;
    let born = residents::get(tx.conn(), uid, &sources)?.and_then(|row| row.facts.born);
    let before = born.and_then(|born| programme.still_open_before(born.value, on));
    if before.is_some_and(|before| before.year.to_string() == asked) {
        return Ok(asked.to_owned());
    }
    Err(LedgerError::refused("error-application-period"))
}

/// The turn before, for what is applied for every year, school year or half-year.
pub(in crate::ledger) fn turn_before(programme: &Programme, period: &str) -> Option<String> {
    if !matches!(programme.repetition, Repetition::CalendarYear(_) | Repetition::Semester | Repetition::SchoolYear) {
        return None;
    }
    let year = period.get(..4)?.parse().ok()?;
    let turn = |month| Some(programme.common_turn(NaiveDate::from_ymd_opt(year, month, 1)?));
    let present = [turn(3)?, turn(9)?].into_iter().find(|turn| turn.name == period)?;
    Some(programme.common_turn(present.first.pred_opt()?).name)
}

/// Applications of the people a list may show, by the listed record's uid and the programme.
pub(in crate::ledger) type ByPerson = HashMap<(String, String), Vec<(String, Application)>>;

impl View {
    /// All applications, by programme in the order shown, then group and name. Who asked not to be kept in lists any
    /// more is not among them.
    pub fn applications(&self) -> Result<Vec<ApplicationRow>> {
        let hidden = self.hidden()?;
        let rows = self.all_applications()?.into_iter();
        Ok(rows.filter(|(listed, _)| !hidden.contains(listed)).map(|(_, row)| row).collect())
    }

    /// Everybody's, with the key of the listed record.
    fn all_applications(&self) -> Result<Vec<(i64, ApplicationRow)>> {
        let (programmes, links) = (self.in_force()?, same_person::listed_of_behind(self.conn())?);
        let listed = |at: &At| links.get(&at.resident).copied().unwrap_or(at.resident);
        let all = store::all(self.conn())?;
        let named = residents::named(self.conn(), &all.keys().map(listed).collect())?;
        let mut rows: Vec<(i64, ApplicationRow)> = Vec::with_capacity(all.len());
        for (at, application) in all {
            let of = listed(&at);
            let row = named.get(&of).and_then(|who| row(&programmes, who, at, application));
            rows.extend(row.map(|row| (of, row)));
        }
        let order = |row: &ApplicationRow| programmes.iter().position(|p| p.id == row.programme.id);
        rows.sort_by_cached_key(|(_, row)| {
            let group = crate::ledger::village::group_order(&row.group);
            (order(row), group, row.name.clone(), row.uid.clone(), row.period.clone())
        });
        Ok(rows)
    }

    /// The applications of one person under all of their records, the latest turn first; also of who asked not to be
    /// kept in lists: it is their own page that shows them.
    pub fn applications_of(&self, uid: &str) -> Result<Vec<ApplicationRow>> {
        let Some(resident) = residents::brief(self.conn(), uid)? else { return Ok(Vec::new()) };
        let programmes = self.in_force()?;
        let named = residents::named(self.conn(), &HashSet::from([resident.id]))?;
        let Some(who) = named.get(&resident.id) else { return Ok(Vec::new()) };
        let mut rows = Vec::new();
        for record in same_person::family(self.conn(), resident.id)? {
            let of = store::of(self.conn(), record)?.into_iter();
            rows.extend(of.filter_map(|(at, application)| row(&programmes, who, at, application)));
        }
        rows.sort_by(|a, b| (&b.period, &a.programme.id).cmp(&(&a.period, &b.programme.id)));
        Ok(rows)
    }

    /// The papers that somebody who was granted the turn before need not bring anew; none where it is no renewal.
    pub fn papers_kept(&self, uid: &str, programme: &str, period: &str) -> Result<Vec<String>> {
        let programme = self.programme(programme)?;
        let Some(before) = turn_before(&programme, period) else { return Ok(Vec::new()) };
        let rows = self.applications_of(uid)?;
        let old = rows.iter().find(|row| row.programme.id == programme.id && row.period == before && row.was_granted());
        let Some(old) = old else { return Ok(Vec::new()) };
        Ok(old.application.papers_kept(&programme, self.account_consent(uid)?))
    }

    /// Whether the village may take a copy of somebody's bank book.
    pub fn account_consent(&self, uid: &str) -> Result<AccountConsent> {
        let Some(resident) = residents::brief(self.conn(), uid)? else { return Ok(AccountConsent::Absent) };
        store::account_consent(self.conn(), &same_person::family(self.conn(), resident.id)?)
    }

    /// What was paid in a calendar year, with the names behind each number. Whoever asked not to be kept in lists any more
    /// is not named; what they were paid was paid, and stays in the sums.
    pub fn benefit_year(&self, year: i32) -> Result<BenefitYear> {
        let hidden = self.hidden()?;
        let mut programmes: Vec<YearOfProgramme> = Vec::new();
        let (mut persons, mut not_named, mut of_programme) = (HashSet::new(), HashSet::new(), HashSet::new());
        for (listed, row) in self.all_applications()? {
            let paid = row.application.payments.iter().filter(|(on, _)| on.year() == year);
            let fen: i64 = paid.map(|(_, fen)| fen).sum();
            if fen == 0 {
                continue;
            }
            persons.insert(listed);
            if programmes.last().is_none_or(|last| last.programme.id != row.programme.id) {
                let (programme, people) = (row.programme.clone(), Vec::new());
                programmes.push(YearOfProgramme { programme, people, unnamed: 0, fen: 0 });
                of_programme.clear();
            }
            let Some(of) = programmes.last_mut() else { continue };
            of.fen += fen;
            if hidden.contains(&listed) {
                of.unnamed += usize::from(of_programme.insert(listed));
                not_named.insert(listed);
                continue;
            }
            // The rows of one person stand side by side.
            match of.people.last_mut().filter(|person| person.uid == row.uid) {
                Some(person) => person.fen += fen,
                None => of.people.push(PaidPerson { uid: row.uid, name: row.name, group: row.group, fen }),
            }
        }
        let fen = programmes.iter().map(|of| of.fen).sum();
        Ok(BenefitYear { year, programmes, persons: persons.len(), unnamed: not_named.len(), fen })
    }

    pub(in crate::ledger) fn applications_by_person(&self) -> Result<ByPerson> {
        let mut found = ByPerson::new();
        for row in self.applications()? {
            found.entry((row.uid, row.programme.id.clone())).or_default().push((row.period, row.application));
        }
        Ok(found)
    }

    /// The listed records of those who asked not to be kept in lists, under whichever record they said so.
    pub(in crate::ledger) fn hidden(&self) -> Result<HashSet<i64>> {
        let links = same_person::listed_of_behind(self.conn())?;
        let withdrawn = store::withdrawn(self.conn())?;
        Ok(withdrawn.into_iter().map(|record| links.get(&record).copied().unwrap_or(record)).collect())
    }
}

/// None where this program no longer has the programme.
fn row(programmes: &[Arc<Programme>], who: &Named, at: At, application: Application) -> Option<ApplicationRow> {
    let programme = programmes.iter().find(|programme| programme.id == at.programme)?;
    Some(ApplicationRow {
        programme: programme.clone(),
        period: at.period,
        uid: who.uid.clone(),
        name: who.name.clone(),
        group: who.group.clone(),
        household: who.household.clone(),
        household_uid: who.household_uid.clone(),
        standing: who.standing,
        application,
    })
}

impl ApplicationRow {
    /// Whether it was granted, paid or not yet.
    pub fn was_granted(&self) -> bool {
        matches!(self.application.phase(), Phase::Granted | Phase::Paid)
    }
}
