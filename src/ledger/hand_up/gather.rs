//! What leaves, gathered through the profile: counts of what may be told, and of persons only their own applications that
//! an office has in hand, and their own days of which they agreed that the clinic learns. What stays is counted with why.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};

use crate::domain::application::Phase;
use crate::domain::area_code::Level;
use crate::domain::campaign::AppointmentState;
use crate::domain::consent::{ConsentState, Ground, needs_guardian};
use crate::domain::hand_up::{Care, Entity, Field, Measure, Profile, Row, Value};
use crate::domain::offer::State;
use crate::domain::programme::{Kind, Who};
use crate::domain::resident::{Standing, worded};
use crate::ledger::benefits::Unapplied;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::months::{Adjustment, Numbers};
use crate::ledger::progress::{Part, Progress, Unwatched};
use crate::ledger::residents::ResidentRow;
use crate::ledger::view::View;

/// Why something of a person stays in the village.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stays {
    /// The papers are still with the person or the village.
    InVillage,
    /// The answer was no, or the person took it back: nobody's to know.
    Over,
    /// Of this programme nothing may be told.
    Untold,
    /// A child, of whose guardian no consent is recorded.
    Child,
    /// Nobody agreed that the clinic learns of it.
    NoConsent,
}
worded!(Stays, "hand-up-stays" {
    InVillage => "in_village", Over => "over", Untold => "untold", Child => "child", NoConsent => "no_consent",
});

/// What was gathered.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The rows by what they are about.
    pub rows: BTreeMap<Entity, Vec<Row>>,
    /// What of persons stays, and how much of it.
    pub stays: BTreeMap<Stays, usize>,
}

impl Gathered {
    /// The rows about something.
    pub fn of(&self, entity: Entity) -> &[Row] {
        self.rows.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.values().map(Vec::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn add(&mut self, row: Option<Row>) {
        if let Some(row) = row {
            self.rows.entry(row.entity()).or_default().push(row);
        }
    }

    fn stay(&mut self, why: Stays) {
        *self.stays.entry(why).or_default() += 1;
    }
}

/// The month of a day, as 2026-11.
pub(in crate::ledger) fn month_of(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

impl View {
    /// Gathers what leaves on a day.
    pub(in crate::ledger) fn gather_hand_up(
        &self,
        profile: &Profile,
        today: NaiveDate,
        progress: &dyn Progress,
    ) -> Result<Gathered> {
        let mut found = Gathered::default();
        let month = month_of(today);
        for (of, number) in self.counted(&month, today, &Part::new(progress, 0, 3))? {
            found.add(count(profile, &month, &of, number));
        }
        match self.level()? {
            Level::Village => self.gather_closed(profile, (&month, today), &mut found)?,
            _ => self.gather_months_of_villages(profile, today, &mut found)?,
        }
        if profile.has(Entity::Application) {
            self.gather_applications(profile, today, &Part::new(progress, 1, 3), &mut found)?;
        }
        if profile.has(Entity::Appointment) {
            self.gather_appointments(profile, today, &Part::new(progress, 2, 3), &mut found)?;
        }
        for rows in found.rows.values_mut() {
            rows.sort();
        }
        Ok(found)
    }

    /// The lists as they are on a day, in numbers.
    pub(in crate::ledger) fn counted_today(&self, today: NaiveDate) -> Result<Numbers> {
        self.counted(&month_of(today), today, &Unwatched)
    }

    /// The months of the last year of which villages have sent numbers, added up, with what was found later.
    fn gather_months_of_villages(&self, profile: &Profile, today: NaiveDate, found: &mut Gathered) -> Result<()> {
        for back in 1..=MONTHS_SENT {
            let Some(day) = today.with_day(1).and_then(|day| day.checked_sub_months(chrono::Months::new(back))) else {
                continue;
            };
            let of = self.office_month(&month_of(day))?;
            for (key, number) in of.sums.iter().filter(|(key, _)| key.1.is_of_the_month()) {
                found.add(count(profile, &of.month, key, *number));
            }
            // Dated by the last of the villages' own: the sum is one difference.
            let last = of.rows.iter().flat_map(|row| &row.adjustments).map(|one| one.on).max();
            for ((programme, measure), difference) in of.later.iter().filter(|(_, difference)| **difference != 0) {
                let on = last.unwrap_or(today);
                let one = Adjustment { programme: programme.clone(), measure: *measure, on, difference: *difference };
                found.add(adjustment(profile, &of.month, &one));
            }
        }
        Ok(())
    }

    /// The closed months with what was found later: their numbers do not change any more. Those of the last year go again
    /// each time; what was found later of any of them does, too.
    fn gather_closed(&self, profile: &Profile, (month, today): (&str, NaiveDate), found: &mut Gathered) -> Result<()> {
        let in_force = self.in_force()?;
        let is_told = |id: &str| id.is_empty() || in_force.iter().any(|of| of.id == id && of.may_be_told_of());
        let closed = self.closed_months()?;
        let first_sent = closed.len().saturating_sub(MONTHS_SENT as usize);
        let pending = self.pending_adjustments(today)?;
        for of in &closed {
            // Closed on its last day, the month of the file stands, too.
            if of.month == month {
                found.rows.remove(&Entity::Count);
            }
        }
        for (at, of) in closed.iter().enumerate() {
            let numbers = of.numbers.iter().filter(|(key, _)| at >= first_sent && is_told(&key.0));
            for (key, number) in numbers {
                found.add(count(profile, &of.month, key, *number));
            }
            let pending = pending.iter().filter(|(month, _)| *month == of.month).map(|(_, one)| one);
            for one in of.adjustments.iter().chain(pending).filter(|one| is_told(&one.programme)) {
                found.add(adjustment(profile, &of.month, one));
            }
        }
        Ok(())
    }

    /// The numbers of a day, by programme and measure; what is 0 is left out.
    fn counted(&self, month: &str, today: NaiveDate, progress: &dyn Progress) -> Result<Numbers> {
        if self.level()? != Level::Village {
            return self.summed(month);
        }
        let in_force = self.in_force()?;
        let mut numbers = self.month_numbers(month)?;
        numbers.retain(|(id, _), _| in_force.iter().any(|of| of.id == *id && of.may_be_told_of()));
        let mut put = |programme: &str, measure: Measure, number: i64| {
            if number != 0 {
                numbers.insert((programme.to_owned(), measure), number);
            }
        };
        let overview = self.overview()?;
        put("", Measure::Residents, overview.residents);
        put("", Measure::Households, overview.households);
        put("", Measure::Quality, whole(self.quality(today)?.to_mend() as u64));
        for list in self.lists_watched(today, progress)? {
            let (id, counts) = (&list.programme.id, list.counts);
            if !list.programme.may_be_told_of() || !list.programme.lists_people() {
                continue;
            }
            put(id, Measure::Eligible, whole(counts.eligible));
            put(id, Measure::Told, whole(counts.told));
            put(id, Measure::Ask, whole(counts.ask));
            put(id, Measure::Been, whole(counts.been));
            put(id, Measure::Applied, whole(counts.applied));
            put(id, Measure::Granted, whole(counts.done));
        }
        for of in self.benefit_year(today.year())?.programmes {
            if of.programme.may_be_told_of() {
                put(&of.programme.id, Measure::PaidPersons, whole(of.persons() as u64));
                put(&of.programme.id, Measure::PaidFen, of.fen);
            }
        }
        let open = self.unapplied(today)?;
        for (programme, [open, ending]) in by_programme(&open, today) {
            put(&programme, Measure::Open, whole(open.0));
            put(&programme, Measure::OpenFen, open.1);
            put(&programme, Measure::Ending, whole(ending.0));
            put(&programme, Measure::EndingFen, ending.1);
        }
        Ok(numbers)
    }

    fn gather_applications(
        &self,
        profile: &Profile,
        today: NaiveDate,
        progress: &dyn Progress,
        found: &mut Gathered,
    ) -> Result<()> {
        let (rows, children) = (self.applications()?, self.children(today)?);
        for (at, row) in rows.iter().enumerate() {
            if progress.at(at as u64, rows.len() as u64).is_break() {
                return Err(LedgerError::cancelled());
            }
            let (application, programme) = (&row.application, &row.programme);
            let phase = application.phase();
            let is_ended = row.standing != Standing::Present || matches!(phase, Phase::Refused | Phase::TakenBack);
            let is_here = phase == Phase::UnderWay && matches!(application.holder, Who::Person | Who::Village);
            let person = self.resident(&row.uid)?;
            let voice = children.voice(&row.uid, person.born());
            let why = if is_ended {
                Some(Stays::Over)
            } else if !programme.may_be_told_of() {
                Some(Stays::Untold)
            } else if is_here {
                Some(Stays::InVillage)
            } else {
                let ground = Ground::of(programme.kind, State::Applied, None, voice);
                ground.is_none().then_some(Stays::Child)
            };
            if let Some(why) = why {
                found.stay(why);
                continue;
            }
            let paid: i64 = application.payments.values().sum();
            found.add(profile.row(
                Entity::Application,
                care(&person, today),
                [
                    (Field::ApplicationPerson, row.uid.as_str().into()),
                    (Field::ApplicationName, person.name.as_str().into()),
                    (Field::ApplicationIdNumber, person.id_number.as_str().into()),
                    (Field::ApplicationBorn, born(&person)),
                    (Field::ApplicationPhone, person.phone.as_str().into()),
                    (Field::ApplicationProgramme, programme.id.as_str().into()),
                    (Field::ApplicationPeriod, row.period.as_str().into()),
                    (Field::ApplicationPhase, phase.as_str().into()),
                    (Field::ApplicationBegan, application.began_on.to_string().as_str().into()),
                    (Field::ApplicationFen, application.fen.into()),
                    (Field::ApplicationPaid, paid.into()),
                ],
            ));
        }
        Ok(())
    }

    fn gather_appointments(
        &self,
        profile: &Profile,
        today: NaiveDate,
        progress: &dyn Progress,
        found: &mut Gathered,
    ) -> Result<()> {
        let recent = today - chrono::Days::new(LONGEST_AGO);
        let campaigns: Vec<_> =
            self.campaigns(today)?.into_iter().filter(|campaign| campaign.edit.last >= recent).collect();
        let children = self.children(today)?;
        let mut seen = BTreeSet::new();
        for (at, summary) in campaigns.iter().enumerate() {
            if progress.at(at as u64, campaigns.len() as u64).is_break() {
                return Err(LedgerError::cancelled());
            }
            let campaign = self.campaign(&summary.uid)?;
            for row in &campaign.appointments {
                let Some(session) = row.session.map(|session| &campaign.sessions[session]) else { continue };
                let state = match row.state {
                    AppointmentState::Agreed => "expected",
                    AppointmentState::Came => "came",
                    _ => continue,
                };
                let why = if row.clinic != Some(ConsentState::Given) {
                    Some(Stays::NoConsent)
                } else {
                    let voice = children.voice(&row.person.uid, row.person.born());
                    let ground = Ground::of(Kind::Check, State::Booked, row.clinic, voice);
                    ground.is_none().then_some(Stays::Child)
                };
                if let Some(why) = why {
                    found.stay(why);
                    continue;
                }
                let of = row.programmes.iter().map(|at| &campaign.programmes[*at]);
                for programme in of.filter(|programme| programme.may_be_told_of()) {
                    let row = appointment(profile, (&row.person, today), &programme.id, session.edit.on, state);
                    // In two campaigns for one programme on one day, somebody still comes once.
                    found.add(row.filter(|row| seen.insert(row.key())));
                }
            }
        }
        Ok(())
    }
}

/// So many months gone by go up with each file.
const MONTHS_SENT: u32 = 12;

/// Days in campaigns that ended longer ago are the township's already.
const LONGEST_AGO: u64 = 62;

fn count(profile: &Profile, month: &str, (programme, measure): &(String, Measure), number: i64) -> Option<Row> {
    profile.row(
        Entity::Count,
        Care::Usual,
        [
            (Field::CountMonth, month.into()),
            (Field::CountProgramme, programme.as_str().into()),
            (Field::CountMeasure, measure.as_str().into()),
            (Field::CountNumber, number.into()),
        ],
    )
}

fn adjustment(profile: &Profile, month: &str, one: &Adjustment) -> Option<Row> {
    profile.row(
        Entity::Adjustment,
        Care::Usual,
        [
            (Field::AdjustmentMonth, month.into()),
            (Field::AdjustmentProgramme, one.programme.as_str().into()),
            (Field::AdjustmentMeasure, one.measure.as_str().into()),
            (Field::AdjustmentOn, one.on.to_string().as_str().into()),
            (Field::AdjustmentDifference, one.difference.into()),
        ],
    )
}

fn appointment(
    profile: &Profile,
    (person, today): (&ResidentRow, NaiveDate),
    programme: &str,
    on: NaiveDate,
    state: &str,
) -> Option<Row> {
    profile.row(
        Entity::Appointment,
        care(person, today),
        [
            (Field::AppointmentPerson, person.uid.as_str().into()),
            (Field::AppointmentName, person.name.as_str().into()),
            (Field::AppointmentIdNumber, person.id_number.as_str().into()),
            (Field::AppointmentBorn, born(person)),
            (Field::AppointmentPhone, person.phone.as_str().into()),
            (Field::AppointmentProgramme, programme.into()),
            (Field::AppointmentOn, on.to_string().as_str().into()),
            (Field::AppointmentState, state.into()),
        ],
    )
}

fn care(person: &ResidentRow, today: NaiveDate) -> Care {
    if needs_guardian(person.born(), today) { Care::Child } else { Care::Usual }
}

fn born(person: &ResidentRow) -> Value {
    Value::Text(person.born().map(|born| born.to_string()).unwrap_or_default())
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Persons and fen: what is open, and of it what is lost after the last day of the year.
type OpenAndEnding = [(u64, i64); 2];

fn by_programme(open: &Unapplied, today: NaiveDate) -> BTreeMap<String, OpenAndEnding> {
    let mut found: BTreeMap<String, OpenAndEnding> = BTreeMap::new();
    let year_ends = NaiveDate::from_ymd_opt(today.year(), 12, 31);
    let mut seen = BTreeSet::new();
    for claim in open.claims.iter().filter(|claim| claim.programme.may_be_told_of()) {
        let of = found.entry(claim.programme.id.clone()).or_default();
        let fen = claim.amount.map_or(0, |amount| amount.fen);
        let is_ending = claim.deadline.is_some() && claim.deadline == year_ends;
        for at in [Some(0), is_ending.then_some(1)].into_iter().flatten() {
            // Who may have it for two turns is one person.
            of[at].0 += u64::from(seen.insert((at, &claim.programme.id, &claim.uid)));
            of[at].1 += fen;
        }
    }
    found
}
