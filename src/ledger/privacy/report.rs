//! The numbers behind the printed papers of privacy: how many people, what was agreed, what left, who looked, what was
//! deleted and lost in a year. No names.

use chrono::{Datelike as _, NaiveDate};

use crate::domain::consent::{GUARDED_UNDER, Purpose};
use crate::domain::incident::Incident;
use crate::domain::village_record::RecordKind;
use crate::ledger::consents::Asked;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::handouts::DisclosureRow;
use crate::ledger::privacy::kept::{KeepingRow, UseRow};
use crate::ledger::store::{disclosures, history, looks, residents};
use crate::ledger::view::View;

/// A paper about how data is handled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrivacyPaper {
    /// 个人信息保护影响评估 (PIPL arts. 55, 56).
    Assessment,
    /// 年度自查 (art. 54) of a year.
    YearCheck(i32),
    /// 儿童个人信息规则 (art. 31).
    ChildRules,
    /// 应急卡: what to do when something is lost (art. 51).
    EmergencyCard,
    /// 丢失或泄露报告 (art. 57): the incident with this uid.
    Incident(String),
}

/// What they are made of.
#[derive(Clone, Debug)]
pub struct PrivacyReport {
    /// The year it is about.
    pub year: i32,
    /// People present.
    pub residents: u64,
    /// Of them, children under 14.
    pub children: u64,
    /// What was agreed, by purpose.
    pub asked: Vec<(Purpose, Asked)>,
    /// For what something is kept, and about how many people.
    pub uses: Vec<UseRow>,
    /// How long each thing is kept, and what is due.
    pub keepings: Vec<KeepingRow>,
    /// Records kept by a rule.
    pub holds: usize,
    /// What left in the year, newest first.
    pub left: Vec<DisclosureRow>,
    /// Looks at hidden data in the year.
    pub looks: u64,
    /// Steps of deletion for good in the year.
    pub purges: u64,
    /// Losses and leaks of the year; for the paper about one, that one.
    pub incidents: Vec<Incident>,
    /// Whom to call, from the village's phone list: office, name, phone.
    pub phones: Vec<Vec<String>>,
}

impl View {
    /// What a paper is made of.
    ///
    /// # Errors
    /// `error-no-such-incident`
    pub(in crate::ledger) fn privacy_report(&self, paper: &PrivacyPaper, today: NaiveDate) -> Result<PrivacyReport> {
        let year = if let PrivacyPaper::YearCheck(year) = paper { *year } else { today.year() };
        let incidents = match paper {
            PrivacyPaper::Incident(uid) => {
                let found = self.incidents()?.into_iter().find(|incident| incident.uid == *uid);
                vec![found.ok_or_else(|| LedgerError::refused("error-no-such-incident"))?]
            }
            _ => self.incidents()?.into_iter().filter(|incident| incident.on.year() == year).collect(),
        };
        let phones = self.village_record(RecordKind::Phone)?;
        let (residents, children) = residents::counted_by_age(self.conn(), today, GUARDED_UNDER.unsigned_abs())?;
        Ok(PrivacyReport {
            year,
            residents,
            children,
            asked: Purpose::ALL.iter().map(|of| Ok((*of, self.asked(*of)?.all))).collect::<Result<_>>()?,
            uses: self.uses()?,
            keepings: self.keepings(today)?,
            holds: self.holds()?.len(),
            left: disclosures::of_year(self.conn(), year)?,
            looks: looks::in_year(self.conn(), year)?,
            purges: history::purges_in(self.conn(), year)?,
            incidents,
            phones: phones.into_iter().map(|entry| entry.texts).collect(),
        })
    }
}
