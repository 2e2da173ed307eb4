//! Joining two copies that were edited apart, row by row: what one side changed is taken, what both changed alike is one,
//! what both changed otherwise is shown, and nothing is lost without a word.

use std::collections::{BTreeMap, BTreeSet};

/// A row: its values by column.
pub type Fields<V> = BTreeMap<String, V>;

/// How finely two rows are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Column by column: a phone here and an address there are both kept.
    Column,
    /// As a whole: its columns mean something only together.
    Row,
}

/// What is done to our row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<V> {
    /// Nothing.
    Keep,
    /// Theirs is entered.
    Insert,
    /// These columns take these values.
    Update(Fields<V>),
    /// It goes.
    Delete,
}

/// A row joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined<V> {
    /// What is done.
    pub outcome: Outcome<V>,
    /// Columns that both changed, to other values; an empty name stands for the whole row.
    pub conflicts: BTreeSet<String>,
}

/// Joins one row; `taken` names the conflicts in which theirs is wished for, the others stay as ours.
pub fn join<V: Clone + PartialEq>(
    base: Option<&Fields<V>>,
    ours: Option<&Fields<V>>,
    theirs: Option<&Fields<V>>,
    by: By,
    taken: &BTreeSet<String>,
) -> Joined<V> {
    let plain = |outcome| Joined { outcome, conflicts: BTreeSet::new() };
    let is_taken = taken.contains("");
    let whole = |ours_stays: bool, theirs: Outcome<V>| Joined {
        outcome: if ours_stays { Outcome::Keep } else { theirs },
        conflicts: BTreeSet::from([String::new()]),
    };
    if theirs == ours || theirs == base {
        return plain(Outcome::Keep);
    }
    match (base, ours, theirs) {
        (None, None, Some(_)) => plain(Outcome::Insert),
        (None, None, None) | (_, None, None) => plain(Outcome::Keep),
        // We took it away, they changed it.
        (Some(_), None, Some(_)) => whole(!is_taken, Outcome::Insert),
        (Some(base), Some(ours), None) if ours == base => plain(Outcome::Delete),
        (_, Some(_), None) => whole(!is_taken, Outcome::Delete),
        (base, Some(ours), Some(theirs)) => columns(base, (ours, theirs), by, taken),
    }
}

fn columns<V: Clone + PartialEq>(
    base: Option<&Fields<V>>,
    (ours, theirs): (&Fields<V>, &Fields<V>),
    by: By,
    taken: &BTreeSet<String>,
) -> Joined<V> {
    let of_base = |column: &String| base.and_then(|base| base.get(column));
    let differs = theirs.iter().filter(|(column, value)| ours.get(*column) != Some(*value));
    let differs: Vec<(&String, &V)> = differs.collect();
    let all = || differs.iter().map(|(column, value)| ((*column).clone(), (*value).clone())).collect::<Fields<V>>();
    if by == By::Row {
        let is_ours_as_it_was = base == Some(ours);
        let conflicts = if is_ours_as_it_was { BTreeSet::new() } else { BTreeSet::from([String::new()]) };
        let takes = is_ours_as_it_was || taken.contains("");
        return Joined { outcome: if takes { Outcome::Update(all()) } else { Outcome::Keep }, conflicts };
    }
    let (mut update, mut conflicts) = (Fields::new(), BTreeSet::new());
    for (column, value) in differs {
        let is_theirs = of_base(column) != Some(value);
        let is_ours = of_base(column) != ours.get(column);
        if is_theirs && is_ours {
            conflicts.insert(column.clone());
        }
        if is_theirs && (!is_ours || taken.contains(column)) {
            update.insert(column.clone(), value.clone());
        }
    }
    let outcome = if update.is_empty() { Outcome::Keep } else { Outcome::Update(update) };
    Joined { outcome, conflicts }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Fields<char> {
        text.chars().enumerate().map(|(at, value)| (format!("c{at}"), value)).collect()
    }

    fn joined(base: &str, ours: &str, theirs: &str, by: By, taken: &[&str]) -> (Outcome<char>, Vec<String>) {
        let some = |text: &str| (!text.is_empty()).then(|| row(text));
        let taken = taken.iter().map(|column| (*column).to_owned()).collect();
        let joined = join(some(base).as_ref(), some(ours).as_ref(), some(theirs).as_ref(), by, &taken);
        (joined.outcome, joined.conflicts.into_iter().collect())
    }

    #[test]
    fn what_one_side_changed_is_taken_and_what_both_changed_is_shown() {
        let update = |pairs: &[(&str, char)]| {
            Outcome::Update(pairs.iter().map(|(column, value)| ((*column).to_owned(), *value)).collect())
        };
        for (base, ours, theirs, outcome, conflicts) in [
            ("", "", "ab", Outcome::Insert, vec![]),
            ("ab", "ab", "", Outcome::Delete, vec![]),
            ("ab", "", "ab", Outcome::Keep, vec![]),
            ("ab", "ab", "ab", Outcome::Keep, vec![]),
            ("ab", "ab", "xb", update(&[("c0", 'x')]), vec![]),
            ("ab", "ay", "xb", update(&[("c0", 'x')]), vec![]),
            ("ab", "yb", "xb", Outcome::Keep, vec!["c0"]),
            ("ab", "xb", "xb", Outcome::Keep, vec![]),
            ("ab", "yb", "xz", update(&[("c1", 'z')]), vec!["c0"]),
            ("", "ab", "ax", Outcome::Keep, vec!["c1"]),
            ("ab", "", "xb", Outcome::Keep, vec![""]),
            ("ab", "xb", "", Outcome::Keep, vec![""]),
            ("ab", "", "", Outcome::Keep, vec![]),
        ] {
            assert_eq!(
                joined(base, ours, theirs, By::Column, &[]),
                (outcome, conflicts.iter().map(|c| (*c).to_owned()).collect()),
                "{base} {ours} {theirs}"
            );
        }
        assert_eq!(joined("ab", "yb", "xb", By::Column, &["c0"]).0, update(&[("c0", 'x')]));
        assert_eq!(joined("ab", "", "xb", By::Column, &[""]).0, Outcome::Insert);
        assert_eq!(joined("ab", "xb", "", By::Column, &[""]).0, Outcome::Delete);
    }

    #[test]
    fn a_row_that_means_something_only_as_a_whole_is_not_mixed() {
        assert_eq!(joined("ab", "ay", "xb", By::Row, &[]), (Outcome::Keep, vec![String::new()]));
        let whole = Outcome::Update(row("xb").into_iter().collect());
        assert_eq!(joined("ab", "ay", "xb", By::Row, &[""]), (whole, vec![String::new()]));
        let one = Outcome::Update(BTreeMap::from([("c0".to_owned(), 'x')]));
        assert_eq!(joined("ab", "ab", "xb", By::Row, &[]), (one, vec![]));
    }

    #[test]
    fn joined_twice_nothing_more_is_done() {
        for (base, ours, theirs) in [("ab", "ay", "xb"), ("", "", "ab"), ("ab", "ab", "xz"), ("ab", "yb", "xz")] {
            let some = |text: &str| (!text.is_empty()).then(|| row(text));
            let (base, theirs) = (some(base), some(theirs));
            let mut now = some(ours);
            let first = join(base.as_ref(), now.as_ref(), theirs.as_ref(), By::Column, &BTreeSet::new());
            match first.outcome {
                Outcome::Insert => now = theirs.clone(),
                Outcome::Update(update) => now.as_mut().expect("ours").extend(update),
                Outcome::Keep | Outcome::Delete => {}
            }
            let again = join(base.as_ref(), now.as_ref(), theirs.as_ref(), By::Column, &BTreeSet::new());
            assert_eq!(again.outcome, Outcome::Keep, "{ours}");
        }
    }
}
