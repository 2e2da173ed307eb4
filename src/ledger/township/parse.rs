//! A hand-up file, opened, verified and taken apart. Nothing is written here, and nothing of a file counts before its
//! signature, its hashes and its rows were looked at.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::domain::application::Phase;
use crate::domain::hand_up::manifest::VERSION;
use crate::domain::hand_up::row::Wrong;
use crate::domain::hand_up::{Entity, Field, FileState, Link, Manifest, Measure, Profile, Row, Shown, Value};
use crate::ledger::hand_up::invite;
use crate::ledger::hand_up::own_keys::OwnKeys;
use crate::ledger::hand_up::package::{self, Kind, Unreadable};
use crate::ledger::store::members::Kept;

/// No village writes so many files: monthly, for many lifetimes.
const MOST_NUMBER: u64 = 1_000_000;

/// No village has so many people or fen: sums of all villages stay far from overflowing.
const LARGEST: i64 = 10_000_000_000_000;

/// A file whose rows may be taken.
pub(super) struct Parsed {
    pub(super) manifest: Manifest,
    pub(super) link: Link,
    /// The key of the member's row.
    pub(super) member: i64,
    /// Its rows by what they are about.
    pub(super) rows: BTreeMap<Entity, Vec<Row>>,
    /// Rows that could not be taken, with what tells them apart and why.
    pub(super) refused: Vec<(Entity, String, Wrong)>,
    /// Whether it brings keys that are not known yet.
    pub(super) is_enrolment: bool,
}

/// Why a file is not taken: its state, the sentence's key, and what it says of itself as far as it was read.
pub(super) struct NotTaken {
    pub(super) state: FileState,
    pub(super) key: &'static str,
    pub(super) manifest: Option<Box<Manifest>>,
}

impl From<Unreadable> for NotTaken {
    fn from(why: Unreadable) -> Self {
        let state = if why == Unreadable::Foreign { FileState::Foreign } else { FileState::Damaged };
        Self { state, key: why.key(), manifest: None }
    }
}

/// What files are read against.
pub(super) struct Reader<'a> {
    pub(super) keys: &'a OwnKeys,
    pub(super) members: &'a [Kept],
    /// The ids of the programmes that this program has.
    pub(super) programmes: BTreeSet<&'a str>,
}

impl Reader<'_> {
    /// Takes the bytes of a file apart.
    pub(super) fn read(&self, bytes: &[u8]) -> Result<Parsed, NotTaken> {
        let opened = package::open(Kind::HandUp, bytes, self.keys)?;
        let manifest: Manifest = opened.head(VERSION)?;
        let not_taken = |state, key| NotTaken { state, key, manifest: Some(Box::new(manifest.clone())) };
        let unknown = || not_taken(FileState::UnknownSender, "hand-up-unknown-sender");
        let member = self.members.iter().find(|member| member.row.code == manifest.from.code).ok_or_else(unknown)?;
        let own = self.keys.public().recipient;
        let is_known = member.row.enrolled_on.is_some() && opened.is_signed_by(&member.row.verifying, &own);
        // The first file enrols where the answer was lost. Other keys of a village that is known come by a new invite and its
        // answer alone, in sight of whoever compares the numbers.
        let answers = || {
            if member.row.enrolled_on.is_some() {
                return false;
            }
            let answer = &manifest.answer;
            let fits = answer.code == member.row.code && invite::answers(answer, &member.secret).unwrap_or(false);
            fits && opened.is_signed_by(&answer.verifying, &own)
        };
        if !is_known && !answers() {
            return Err(unknown());
        }
        if !is_whole(&manifest) {
            return Err(not_taken(FileState::Damaged, "hand-up-damaged"));
        }
        if !covers(&member.row.profile, &manifest.profile) {
            return Err(not_taken(FileState::Damaged, "hand-up-profile"));
        }
        let (rows, refused) = self.rows(&opened, &manifest)?;
        let (digest, previous) = (opened.digest.clone(), manifest.previous.clone());
        let link = Link { number: manifest.number, digest, previous };
        Ok(Parsed { link, member: member.id, rows, refused, is_enrolment: !is_known, manifest })
    }

    #[allow(clippy::type_complexity)]
    fn rows(
        &self,
        opened: &package::Opened,
        manifest: &Manifest,
    ) -> Result<(BTreeMap<Entity, Vec<Row>>, Vec<(Entity, String, Wrong)>), Unreadable> {
        let (mut rows, mut refused): (BTreeMap<Entity, Vec<Row>>, Vec<_>) = Default::default();
        for (head, lines) in manifest.sections.iter().zip(opened.sections(&manifest.sections)?) {
            let entity = Entity::from_word(&head.name).ok_or(Unreadable::Damaged)?;
            if rows.insert(entity, Vec::new()).is_some() {
                return Err(Unreadable::Damaged);
            }
            let mut seen = BTreeSet::new();
            for (at, line) in lines.iter().enumerate() {
                let row = self.row(&manifest.profile, entity, line);
                let key = row.as_ref().map_or_else(|_| format!("#{}", at + 1), Row::key);
                match row {
                    Ok(row) if seen.insert(key.clone()) => match self.wrong(&row, manifest) {
                        None => rows.entry(entity).or_default().push(row),
                        Some(wrong) => refused.push((entity, key, wrong)),
                    },
                    Ok(_) => refused.push((entity, format!("#{}", at + 1), Wrong::Twice)),
                    Err(wrong) => refused.push((entity, key, wrong)),
                }
            }
        }
        if let Some(counts) = rows.get_mut(&Entity::Count) {
            refused.extend(too_many(counts));
        }
        Ok((rows, refused))
    }

    fn row(&self, profile: &Profile, entity: Entity, line: &str) -> Result<Row, Wrong> {
        let came: BTreeMap<String, Value> = serde_json::from_str(line).map_err(|_| Wrong::Value)?;
        profile.take(entity, came)
    }

    /// What is wrong with a row whose columns are right.
    fn wrong(&self, row: &Row, manifest: &Manifest) -> Option<Wrong> {
        let has = |id: &str| self.programmes.contains(id);
        let (programme, is_right) = match row.entity() {
            Entity::Count => {
                let measure = Measure::from_word(row.text(Field::CountMeasure));
                let of_village = measure.is_some_and(Measure::is_of_the_village);
                let programme = row.text(Field::CountProgramme);
                let is_month =
                    is_month(row.text(Field::CountMonth)) && row.text(Field::CountMonth) <= manifest.month.as_str();
                let fits = measure.is_some() && of_village == programme.is_empty() && is_month;
                let programme = if programme.is_empty() { None } else { Some(programme) };
                (programme, fits && (0..=LARGEST).contains(&row.number(Field::CountNumber)))
            }
            Entity::Adjustment => {
                let measure = Measure::from_word(row.text(Field::AdjustmentMeasure));
                let fits = measure.is_some_and(Measure::is_of_the_month) && is_month(row.text(Field::AdjustmentMonth));
                let is_past = row.text(Field::AdjustmentMonth) <= manifest.month.as_str();
                let is_small = row.number(Field::AdjustmentDifference).unsigned_abs() <= LARGEST.unsigned_abs();
                (Some(row.text(Field::AdjustmentProgramme)), fits && is_past && is_small)
            }
            Entity::Application => {
                let is_phase = Phase::from_word(row.text(Field::ApplicationPhase)).is_some();
                let money = [Field::ApplicationFen, Field::ApplicationPaid];
                let has_money = money.iter().all(|of| (0..=LARGEST).contains(&row.number(*of)));
                let has_person = !row.text(Field::ApplicationPerson).is_empty();
                (Some(row.text(Field::ApplicationProgramme)), is_phase && has_money && has_person)
            }
            Entity::Appointment => {
                let is_state = matches!(row.text(Field::AppointmentState), "expected" | "came");
                let has_person = !row.text(Field::AppointmentPerson).is_empty();
                (Some(row.text(Field::AppointmentProgramme)), is_state && has_person)
            }
        };
        match (is_right, programme) {
            (false, _) => Some(Wrong::Value),
            (true, Some(programme)) if !has(programme) => Some(Wrong::Programme),
            _ => None,
        }
    }
}

/// Takes out the numbers that are more than what they are a part of, and those whose whole goes by that.
fn too_many(counts: &mut Vec<Row>) -> Vec<(Entity, String, Wrong)> {
    let mut refused = Vec::new();
    loop {
        let wrong = more_than_their_whole(counts);
        if wrong.is_empty() {
            return refused;
        }
        refused.extend(wrong);
    }
}

fn more_than_their_whole(counts: &mut Vec<Row>) -> Vec<(Entity, String, Wrong)> {
    let of = |row: &Row| {
        let month = row.text(Field::CountMonth).to_owned();
        (month, row.text(Field::CountProgramme).to_owned(), row.text(Field::CountMeasure).to_owned())
    };
    let numbers: HashMap<(String, String, String), i64> =
        counts.iter().map(|row| (of(row), row.number(Field::CountNumber))).collect();
    let is_too_many = |row: &Row| {
        let (month, programme, measure) = of(row);
        let Some(whole) = Measure::from_word(&measure).and_then(Measure::within) else { return false };
        let programme = if whole.is_of_the_village() { String::new() } else { programme };
        let whole = numbers.get(&(month, programme, whole.as_str().to_owned())).copied().unwrap_or(0);
        row.number(Field::CountNumber) > whole
    };
    let (wrong, right): (Vec<Row>, Vec<Row>) = std::mem::take(counts).into_iter().partition(is_too_many);
    *counts = right;
    wrong.iter().map(|row| (Entity::Count, row.key(), Wrong::Value)).collect()
}

/// Whether a text is a month, as 2026-11.
fn is_month(text: &str) -> bool {
    text.len() == 7 && format!("{text}-01").parse::<NaiveDate>().is_ok()
}

/// Whether what a file says of itself can be.
fn is_whole(manifest: &Manifest) -> bool {
    let is_hex = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let previous = if manifest.number == 1 { manifest.previous.is_empty() } else { is_hex(&manifest.previous) };
    (1..=MOST_NUMBER).contains(&manifest.number) && is_month(&manifest.month) && previous
}

/// Whether a file's profile lets nothing leave that this office did not ask for.
fn covers(asked: &Profile, came: &Profile) -> bool {
    Field::ALL.iter().all(|field| match (came.shown(*field), asked.shown(*field)) {
        (None, _) | (Some(_), Some(Shown::Plain)) | (Some(Shown::Masked), Some(Shown::Masked)) => true,
        (Some(_), _) => false,
    })
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
