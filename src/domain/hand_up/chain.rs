//! How the files of one village follow each other. Each names the digest of the one before, so that what is missing, came
//! late, or was written on two laptops shows by itself, in whatever order the files are read.

use crate::domain::resident::worded;

/// One file as the others see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Link {
    /// Its number, from 1.
    pub number: u64,
    /// Its digest.
    pub digest: String,
    /// The digest of the one before; empty for the first.
    pub previous: String,
}

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileState {
    /// The next one: read.
    Accepted,
    /// Read before.
    Same,
    /// Read; a newer one is known, whose rows stay.
    Older,
    /// Read; files before it have not come.
    Gap,
    /// Read; another file has its number, or does not follow from it: two laptops write for one village.
    Fork,
    /// Sealed for somebody else.
    Foreign,
    /// Not as it was written.
    Damaged,
    /// From nobody who was invited.
    UnknownSender,
}
worded!(FileState, "file-state" {
    Accepted => "accepted", Same => "same", Older => "older", Gap => "gap", Fork => "fork", Foreign => "foreign",
    Damaged => "damaged", UnknownSender => "unknown_sender",
});

impl FileState {
    /// Whether what it says was taken in, now or before.
    pub fn is_read(self) -> bool {
        !matches!(self, Self::Foreign | Self::Damaged | Self::UnknownSender)
    }
}

/// What a file is to those that are known.
pub fn state(known: &[Link], new: &Link) -> FileState {
    if known.iter().any(|link| link.number == new.number && link.digest == new.digest) {
        return FileState::Same;
    }
    let newest = known.iter().map(|link| link.number).max().unwrap_or(0);
    if known.iter().any(|link| link.number == new.number) || !follows(known, new) {
        FileState::Fork
    } else if newest > new.number {
        FileState::Older
    } else if new.number > newest + 1 {
        FileState::Gap
    } else {
        FileState::Accepted
    }
}

/// Whether a file follows from one of those before it that are known, and those after it from it.
fn follows(known: &[Link], new: &Link) -> bool {
    let of = |number: u64| known.iter().filter(move |link| link.number == number);
    let before_fits = of(new.number.wrapping_sub(1)).count() == 0
        || of(new.number.wrapping_sub(1)).any(|link| link.digest == new.previous);
    let after_fits = of(new.number + 1).count() == 0 || of(new.number + 1).any(|link| link.previous == new.digest);
    before_fits && after_fits
}

/// The numbers that have not come, of those before the newest.
pub fn gaps(known: &[Link]) -> Vec<u64> {
    let newest = known.iter().map(|link| link.number).max().unwrap_or(0);
    let has = |number: &u64| known.iter().any(|link| link.number == *number);
    // A hostile number must not make millions of them; whoever is so far behind is told of the first ones.
    (1..newest).filter(|number| !has(number)).take(MOST_GAPS).collect()
}

/// So many missing numbers are named.
const MOST_GAPS: usize = 24;

/// The numbers that two files have, or from which the next does not follow. A file that follows from one of two joins them
/// again: what was forked before it is over.
pub fn forks(known: &[Link]) -> Vec<u64> {
    let newest = known.iter().map(|link| link.number).max().unwrap_or(0);
    let mut forks: Vec<u64> = known
        .iter()
        .filter(|link| {
            let twins = known.iter().filter(|other| other.number == link.number).count() > 1;
            let before: Vec<&Link> = known.iter().filter(|other| other.number + 1 == link.number).collect();
            let loose = !before.is_empty() && before.iter().all(|other| other.digest != link.previous);
            loose || twins && link.number == newest
        })
        .map(|link| link.number)
        .collect();
    forks.sort_unstable();
    forks.dedup();
    forks
}

/// The file whose rows stand for the village: the highest number, of two the one with the higher digest, so that the order
/// in which they were read decides nothing.
pub fn current(known: &[Link]) -> Option<&Link> {
    known.iter().max_by(|a, b| (a.number, &a.digest).cmp(&(b.number, &b.digest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(number: u64, digest: &str, previous: &str) -> Link {
        Link { number, digest: digest.into(), previous: previous.into() }
    }

    #[test]
    fn files_in_order_are_accepted_and_read_again_are_the_same() {
        let mut known = Vec::new();
        for (number, digest, previous) in [(1, "a", ""), (2, "b", "a"), (3, "c", "b")] {
            let new = link(number, digest, previous);
            assert_eq!(state(&known, &new), FileState::Accepted);
            known.push(new.clone());
            assert_eq!(state(&known, &new), FileState::Same);
        }
        assert!(gaps(&known).is_empty() && forks(&known).is_empty());
    }

    #[test]
    fn a_lost_file_is_a_gap_until_it_comes() {
        let mut known = vec![link(1, "a", "")];
        let third = link(3, "c", "b");
        assert_eq!(state(&known, &third), FileState::Gap);
        known.push(third);
        assert_eq!(gaps(&known), [2]);
        let second = link(2, "b", "a");
        assert_eq!(state(&known, &second), FileState::Older);
        known.push(second);
        assert!(gaps(&known).is_empty() && forks(&known).is_empty());
    }

    #[test]
    fn two_laptops_are_a_fork_whichever_file_comes_first() {
        let files = [link(1, "a", ""), link(2, "b", "a"), link(2, "x", "a"), link(3, "y", "x")];
        let mut forked = vec![files[0].clone(), files[1].clone()];
        assert_eq!(state(&forked, &files[2]), FileState::Fork);
        assert_eq!(state(&forked, &files[3]), FileState::Fork, "it follows from a file that is not ours");
        forked.push(files[2].clone());
        assert_eq!(forks(&forked), [2]);
        assert_eq!(current(&forked).map(|link| link.digest.as_str()), Some("x"));
        // The next one follows from one of the two: it is the one that goes on.
        assert_eq!(state(&forked, &files[3]), FileState::Accepted);
        forked.push(files[3].clone());
        assert!(forks(&forked).is_empty());
        assert_eq!(state(&forked[..2], &link(3, "z", "q")), FileState::Fork);
    }

    #[test]
    fn the_order_of_reading_decides_neither_gaps_nor_forks_nor_what_stands() {
        let files = [
            link(1, "a", ""),
            link(2, "b", "a"),
            link(2, "x", "a"),
            link(4, "d", "c"),
            link(5, "e", "d"),
            link(5, "f", "d"),
        ];
        let of = |known: &[Link]| (gaps(known), forks(known), current(known).cloned());
        let expected = of(&files);
        assert_eq!((&expected.0, &expected.1), (&vec![3], &vec![5]));
        let mut order: Vec<usize> = (0..files.len()).collect();
        let mut number = 7_u64;
        for _ in 0..200 {
            for at in (1..order.len()).rev() {
                number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                order.swap(at, (number >> 33) as usize % (at + 1));
            }
            let mut known = Vec::new();
            for at in order.iter().chain(&order) {
                if state(&known, &files[*at]) != FileState::Same {
                    known.push(files[*at].clone());
                }
            }
            assert_eq!((known.len(), of(&known)), (files.len(), expected.clone()));
        }
    }

    #[test]
    fn a_number_out_of_all_reason_costs_nothing() {
        assert_eq!(gaps(&[link(u64::MAX - 1, "a", "")]).len(), MOST_GAPS);
    }
}
