//! Who may have been entered twice: the pairs worth a look, the best first, each with its reasons. Only finds; merging,
//! and noting that two are two, are commands.

mod blocks;
mod crowd;

use std::collections::HashSet;

use crate::domain::duplicate::{self, Score};
use crate::domain::resident::Standing;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::progress::Progress;
use crate::ledger::residents::ResidentRow;
use crate::ledger::store::{duplicates, residents, same_person};
use crate::ledger::view::View;
use blocks::{PARTS, Search};
use crowd::{At, Crowd};

/// More pairs than anybody looks through in a week.
pub const MOST_PAIRS: usize = 500;

/// Rows read between two looks at whether to go on.
const A_LOOK: u64 = 2_000;

/// Two records that may be one person.
#[derive(Clone, PartialEq, Eq)]
pub struct Pair {
    /// The record that would better stay listed: the one that says more.
    pub one: ResidentRow,
    /// The other.
    pub other: ResidentRow,
    /// How much speaks for it, and what.
    pub score: Score,
}

/// Without any value: pairs may end up in a log.
impl std::fmt::Debug for Pair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pair({} {})", self.one.uid, self.other.uid)
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The pairs, the best first; no more than asked for.
    pub pairs: Vec<Pair>,
    /// Whether there are more than that.
    pub has_more: bool,
}

impl View {
    /// The pairs of listed records that may be one person: those from [`duplicate::THRESHOLD`] points that nobody noted
    /// as two people, the best first, at most `most`.
    ///
    /// # Errors
    /// The progress said to stop; reading failed.
    pub fn duplicates(&self, most: usize, progress: &dyn Progress) -> Result<Found> {
        let crowd = self.crowd(progress)?;
        let two_people: HashSet<(i64, i64)> = same_person::not_same(self.conn())?;
        let is_known = |a: i64, b: i64| two_people.contains(&(a.min(b), a.max(b)));
        // What is known does not count among the best.
        let wanted = most.saturating_add(two_people.len());
        let mut found = Search::new(&crowd, wanted, progress).run(is_known)?;
        let has_more = found.len() > most;
        found.truncate(most);
        let sources = self.sources()?;
        let mut pairs = Vec::with_capacity(found.len());
        for (_, a, b) in found {
            let mut rows = residents::by_keys(self.conn(), &[crowd.key(a), crowd.key(b)], &sources)?;
            let (Some(mut other), Some(mut one)) = (rows.pop(), rows.pop()) else { continue };
            if says(&other) > says(&one) {
                std::mem::swap(&mut one, &mut other);
            }
            pairs.push(Pair { one, other, score: score(&crowd, a, b) });
        }
        Ok(Found { pairs, has_more })
    }

    fn crowd(&self, progress: &dyn Progress) -> Result<Crowd> {
        let (total, mut done) = (duplicates::count(self.conn())?.max(1), 0);
        let mut crowd = Crowd::new();
        duplicates::each(self.conn(), |key, person| {
            if done % A_LOOK == 0 && progress.at((done * 1000 / total).min(999), PARTS * 1000).is_break() {
                return Err(LedgerError::cancelled());
            }
            done += 1;
            crowd.add(key, person);
            Ok(())
        })?;
        crowd.settle();
        Ok(crowd)
    }
}

/// The reasons, with what a common name takes away.
fn score(crowd: &Crowd, a: At, b: At) -> Score {
    let mut score = duplicate::score(&crowd.person(a), &crowd.person(b));
    if let Some(common) = blocks::common(crowd, a, b) {
        score.points += common.points();
        score.reasons.push(common);
    }
    score
}

/// How much a record says: that the person is present above all, who must not go behind one who left; then a number, then
/// what else is there.
fn says(row: &ResidentRow) -> (bool, bool, usize) {
    let rest = [
        row.born().is_some(),
        row.sex().is_some(),
        row.relation != 0,
        !row.phone.is_empty(),
        !row.household.is_empty(),
        row.residency().is_some(),
    ];
    let present = row.facts.standing.value == Standing::Present;
    (present, !row.id_number.is_empty(), rest.into_iter().filter(|said| *said).count())
}
