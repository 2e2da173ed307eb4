//! Small numbers are hidden before counts go out, and as many others as keep them from being worked out from the sums.
//!
//! Areas form a tree, and the sum of an area's parts is published beside the parts. A *block* is what is counted of an area
//! and hidden together, such as whom a programme concerns and who of them was told. What is hidden:
//!
//! 1. a block in which a count is 1, 2, 3 or 4;
//! 2. under a sum that is shown, never one part alone, and never so little that nobody there could have 5: the smallest
//!    other part joins, and where no other part has anybody, the sum itself;
//! 3. under a sum that is hidden, at least one part: otherwise the parts add up to it.
//!
//! This is repeated until nothing changes, from the smallest areas up.
//!
//! Why that is enough: a hidden sum is known as soon as its parts are, so the unknowns are the hidden areas without parts.
//! Each of them belongs to the nearest shown sum above it, and that sum says one thing of all that belong to it: what they
//! count together, S. No unknown belongs to two. So any of them may be all of S, less one for each other that has anybody:
//! at least 5 by the second rule, where it is not nobody at all; or, there being two or more, it may have less than it has.
//! This holds of all counts of a block at once: where all but one each are moved to one area, what is a part of something is
//! still not more than it. Under no shown sum, nothing is said at all.

/// Counts below this and above none are hidden.
pub const SMALLEST_SHOWN: i64 = 5;

/// What is counted in a block, area by area; none where there is nothing of an area at all.
pub type Table = Vec<Option<Vec<i64>>>;

/// Areas by number, each within at most one other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    within: Vec<Option<usize>>,
    parts: Vec<Vec<usize>>,
}

impl Areas {
    /// Adds an area to one that was added before (or to none) and says its number: 0, 1, 2 …
    pub fn add(&mut self, within: Option<usize>) -> usize {
        let area = self.within.len();
        // An area that was not added before would be no tree; it is taken for none.
        let within = within.filter(|whole| *whole < area);
        if let Some(whole) = within {
            self.parts[whole].push(area);
        }
        self.within.push(within);
        self.parts.push(Vec::new());
        area
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.within.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.within.is_empty()
    }

    /// Adds up the parts: what stands of areas with parts is written anew.
    pub fn sum(&self, table: &mut Table) {
        for area in (0..self.len()).rev().filter(|area| !self.parts[*area].is_empty()) {
            let counted = self.parts[area].iter().filter_map(|part| table[*part].as_ref());
            table[area] = counted.cloned().reduce(|sums, more| added(&sums, &more));
        }
    }

    /// Which areas are hidden in all of these tables, those that are hidden anyway among them. The tables are of one block
    /// at several times: what is hidden at one of them is hidden at all, or the time before would tell.
    pub fn hidden(&self, tables: &[Table], anyway: &[bool]) -> Vec<bool> {
        let mut hidden = anyway.to_vec();
        for table in tables {
            for (area, counts) in table.iter().enumerate() {
                hidden[area] |= counts.iter().flatten().copied().any(is_small);
            }
        }
        while let Some(next) = tables.iter().find_map(|table| self.next(table, &hidden)) {
            hidden[next] = true;
        }
        hidden
    }

    /// Of the hidden areas, those of which this number is to be left out. Where all that is hidden under a shown sum counts
    /// none, the sum says so, and the number may as well be shown.
    pub fn left_out(&self, numbers: &[Option<i64>], hidden: &[bool]) -> Vec<bool> {
        let table: Table = numbers.iter().map(|number| number.map(|number| vec![number])).collect();
        let is_told = |area: usize| {
            let above = std::iter::successors(self.within[area], |whole| self.within[*whole]);
            let shown = above.into_iter().find(|whole| !hidden[*whole]);
            shown.is_some_and(|whole| self.unknown(&table, hidden, whole).iter().all(|of| of.count == 0))
        };
        (0..self.len()).map(|area| hidden[area] && !is_told(area)).collect()
    }

    /// An area that has to be hidden, too.
    fn next(&self, table: &Table, hidden: &[bool]) -> Option<usize> {
        (0..self.len()).rev().find_map(|area| {
            let parts = || self.parts[area].iter().copied().filter(|part| table[*part].is_some());
            let unknown = parts().filter(|part| hidden[*part]).count();
            // Without parts it is no sum.
            parts().next()?;
            if hidden[area] {
                return if unknown == 0 { parts().min_by_key(|part| order(&table[*part])) } else { None };
            }
            let is_too_little = self.unknown(table, hidden, area).iter().any(Unknown::is_too_little);
            if unknown == 0 || unknown > 1 && !is_too_little {
                return None;
            }
            let others = parts().filter(|part| !hidden[*part] && size(&table[*part]) > 0);
            others.min_by_key(|part| order(&table[*part])).or(Some(area))
        })
    }

    /// What the unknown areas count together that belong to a sum, count by count.
    fn unknown(&self, table: &Table, hidden: &[bool], area: usize) -> Vec<Unknown> {
        let mut sums: Vec<Unknown> = Vec::new();
        for part in self.parts[area].iter().copied().filter(|part| hidden[*part]) {
            let of: Vec<Unknown> = match (&table[part], self.parts[part].is_empty()) {
                (None, _) => continue,
                (Some(counts), true) => counts.iter().copied().map(Unknown::of).collect(),
                (Some(_), false) => self.unknown(table, hidden, part),
            };
            sums.resize(sums.len().max(of.len()), Unknown::default());
            for (sum, of) in sums.iter_mut().zip(of) {
                sum.count = sum.count.saturating_add(of.count);
                sum.areas += of.areas;
            }
        }
        sums
    }
}

/// What several hidden areas have together.
#[derive(Clone, Copy, Default)]
struct Unknown {
    count: i64,
    /// How many of the areas have any of it.
    areas: i64,
}

impl Unknown {
    fn of(count: i64) -> Self {
        Self { count, areas: count.signum() }
    }

    /// Whether none of the areas could have enough to be shown, where each has one at least.
    fn is_too_little(&self) -> bool {
        self.count > 0 && self.count - (self.areas - 1) < SMALLEST_SHOWN
    }
}

fn is_small(count: i64) -> bool {
    (1..SMALLEST_SHOWN).contains(&count)
}

/// The largest count of a block: the others are parts of it, or money.
fn size(counts: &Option<Vec<i64>>) -> i64 {
    counts.iter().flatten().copied().max().unwrap_or(0)
}

/// Who is hidden first: the smallest, nobody at last.
fn order(counts: &Option<Vec<i64>>) -> (bool, i64) {
    (size(counts) == 0, size(counts))
}

/// Count by count; of one that is there only once, that one.
fn added(some: &[i64], more: &[i64]) -> Vec<i64> {
    let at = |counts: &[i64], at: usize| counts.get(at).copied().unwrap_or(0);
    (0..some.len().max(more.len())).map(|n| at(some, n).saturating_add(at(more, n))).collect()
}

#[cfg(test)]
#[path = "suppress_tests.rs"]
mod tests;
