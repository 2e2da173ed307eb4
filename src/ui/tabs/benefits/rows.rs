//! What the page of benefits shows, made where it is read: who has not applied, whose application is where, what was
//! paid.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use crate::domain::application::{Application, Phase};
use crate::domain::money::{yuan, yuan_between};
use crate::domain::programme::amount::YearAmount;
use crate::domain::programme::{Conditions, Programme, Who};
use crate::domain::resident::Standing;
use crate::ledger::applications::BenefitYear;
use crate::ledger::benefits::{Claim, Unapplied};
use crate::ledger::error::Result;
use crate::ledger::view::View;

/// What is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    /// Nobody has applied yet, by the last day.
    #[default]
    Open,
    /// Under way, by who has the papers.
    UnderWay,
    /// Granted, paid, refused, taken back.
    Done,
    /// Paid in a year.
    Year,
}

impl Part {
    pub(super) const ALL: [Self; 4] = [Self::Open, Self::UnderWay, Self::Done, Self::Year];

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Open => "benefits-part-open",
            Self::UnderWay => "benefits-part-under-way",
            Self::Done => "benefits-part-done",
            Self::Year => "benefits-part-year",
        }
    }
}

/// One person, programme and turn.
pub(super) struct Row {
    /// Tells rows apart.
    pub(super) key: String,
    pub(super) uid: String,
    pub(super) name: String,
    pub(super) group: String,
    pub(super) programme: Arc<Programme>,
    pub(super) period: String,
    pub(super) standing: Standing,
    pub(super) claim: Option<Claim>,
    pub(super) application: Option<Application>,
}

impl Row {
    /// What was granted, or what the claim is worth, in yuan; the least and the most where that is all that is known.
    pub(super) fn yuan(&self) -> Option<String> {
        let worth = || self.claim.as_ref().and_then(Claim::worth);
        self.granted().map(yuan).or_else(|| worth().map(|span| yuan_between(span.least, span.most)))
    }

    /// In fen, where it is certain: what the card may fill in.
    pub(super) fn sure_fen(&self) -> Option<i64> {
        let worth = || self.claim.as_ref().and_then(|claim| claim.amount);
        self.granted().or_else(|| worth().and_then(YearAmount::sure_fen))
    }

    fn granted(&self) -> Option<i64> {
        self.application.as_ref().map(|a| a.fen.max(a.paid_fen())).filter(|fen| *fen > 0)
    }

    fn part(&self) -> Part {
        let asked = self.programme.conditions == Conditions::Asked;
        let is_open = asked && self.claim.as_ref().is_some_and(Claim::is_open);
        match self.application.as_ref().map(Application::phase) {
            Some(Phase::UnderWay) => Part::UnderWay,
            None if is_open => Part::Open,
            _ => Part::Done,
        }
    }
}

/// A line of the table.
pub(super) enum Line {
    /// Whose hands the rows below are in, and how many those are.
    Holder(Who, usize),
    /// A programme, how many were paid, and how much.
    Total(usize),
    /// A row, by its place.
    Row(usize),
    /// Somebody who was paid: programme and person, by their places.
    Paid(usize, usize),
}

/// All of it.
pub(super) struct Round {
    pub(super) rows: Vec<Row>,
    pub(super) open: Unapplied,
    /// Of that, what is lost at the end of the year.
    pub(super) lost: Unapplied,
    pub(super) year: BenefitYear,
    at: HashMap<String, usize>,
    lines: [Vec<Line>; 4],
}

impl Round {
    pub(super) fn read(view: &View, today: NaiveDate, year: i32) -> Result<Self> {
        let claims = view.claims(today)?;
        let open = Unapplied::of(claims.clone());
        let lost = NaiveDate::from_ymd_opt(today.year(), 12, 31).map(|end| open.lost_after(end)).unwrap_or_default();
        let mut rows: Vec<Row> = open.claims.iter().map(|claim| row_of(claim.clone())).collect();
        let told = |claim: &Claim| claim.programme.conditions == Conditions::Told;
        rows.extend(claims.into_iter().filter(|claim| !claim.is_open() || told(claim)).map(row_of));
        let mut at: HashMap<String, usize> = rows.iter().enumerate().map(|(at, row)| (row.key.clone(), at)).collect();
        for filed in view.applications()? {
            let key = key_of(&filed.uid, &filed.programme.id, &filed.period);
            if let Some(at) = at.get(&key) {
                let known = &mut rows[*at].application;
                let is_alive = |a: &Application| !matches!(a.phase(), Phase::Refused | Phase::TakenBack);
                if known.as_ref().is_none_or(|known| !is_alive(known)) {
                    *known = Some(filed.application);
                }
                continue;
            }
            at.insert(key.clone(), rows.len());
            rows.push(Row {
                key,
                uid: filed.uid,
                name: filed.name,
                group: filed.group,
                programme: filed.programme,
                period: filed.period,
                standing: filed.standing,
                claim: None,
                application: Some(filed.application),
            });
        }
        let year = view.benefit_year(year)?;
        let lines = Part::ALL.map(|part| lines(&rows, part, &year));
        Ok(Self { rows, open, lost, year, at, lines })
    }

    pub(super) fn lines(&self, part: Part) -> &[Line] {
        &self.lines[part as usize]
    }

    /// How many rows a part has, without its heads.
    pub(super) fn count(&self, part: Part) -> usize {
        self.lines(part).iter().filter(|line| matches!(line, Line::Row(_))).count()
    }

    pub(super) fn row(&self, key: &str) -> Option<&Row> {
        self.rows.get(*self.at.get(key)?)
    }

    pub(super) fn key_at(&self, part: Part, line: usize) -> Option<&str> {
        match self.lines(part).get(line)? {
            Line::Row(row) => self.rows.get(*row).map(|row| row.key.as_str()),
            _ => None,
        }
    }
}

fn key_of(uid: &str, programme: &str, period: &str) -> String {
    format!("{uid} {programme} {period}")
}

fn row_of(claim: Claim) -> Row {
    Row {
        key: key_of(&claim.uid, &claim.programme.id, &claim.period),
        uid: claim.uid.clone(),
        name: claim.name.clone(),
        group: claim.group.clone(),
        programme: claim.programme.clone(),
        period: claim.period.clone(),
        standing: Standing::Present,
        claim: Some(claim),
        application: None,
    }
}

fn lines(rows: &[Row], part: Part, year: &BenefitYear) -> Vec<Line> {
    let of_part = rows.iter().enumerate().filter(|(_, row)| row.part() == part);
    match part {
        Part::Open => of_part.map(|(at, _)| Line::Row(at)).collect(),
        Part::Done => of_part.filter(|(_, row)| row.application.is_some()).map(|(at, _)| Line::Row(at)).collect(),
        Part::UnderWay => {
            let held: Vec<_> = of_part.filter_map(|(at, row)| Some((row.application.as_ref()?.holder, at))).collect();
            let mut lines = Vec::new();
            for who in Who::ALL {
                let with: Vec<_> = held.iter().filter(|(holder, _)| holder == who).map(|(_, at)| *at).collect();
                if !with.is_empty() {
                    lines.push(Line::Holder(*who, with.len()));
                    lines.extend(with.into_iter().map(Line::Row));
                }
            }
            lines
        }
        Part::Year => {
            let each = year.programmes.iter().enumerate();
            each.flat_map(|(at, of)| {
                std::iter::once(Line::Total(at)).chain((0..of.people.len()).map(move |person| Line::Paid(at, person)))
            })
            .collect()
        }
    }
}
