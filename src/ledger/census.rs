//! Who lives where, counted once and kept until somebody is entered, moves or leaves; and the roll of everybody,
//! household by household, of which only the lines in sight are read.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use crate::ledger::error::Result;
use crate::ledger::residents::ResidentRow;
use crate::ledger::store::census::Touched;
use crate::ledger::store::{census, search_keys};
use crate::ledger::view::View;
use crate::ledger::village::group_order;

/// More rows of the log than this are not followed one by one: everything is counted anew.
const MOST_TOUCHED: usize = 5_000;

/// A household with somebody listed in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ledger) struct Home {
    /// Its key.
    pub(in crate::ledger) id: i64,
    /// Its group's key.
    pub(in crate::ledger) group: i64,
    /// Its number, where that is one; the greatest where it is not.
    pub(in crate::ledger) number: u64,
    /// Whether it is no group's 未分户.
    pub(in crate::ledger) is_sorted: bool,
    /// How many are present.
    pub(in crate::ledger) present: u32,
    /// How many are listed, wherever they are.
    pub(in crate::ledger) listed: u32,
}

/// All households with their people counted, in the order of a walk through the village.
#[derive(Debug)]
pub(in crate::ledger) struct Census {
    homes: Vec<Home>,
    groups: HashMap<String, i64>,
}

impl Census {
    fn read(view: &View) -> Result<Self> {
        Self::of(view, census::homes(view.conn())?)
    }

    /// In the order of a walk: groups by their numbers and names, households by their numbers.
    fn of(view: &View, mut homes: Vec<Home>) -> Result<Self> {
        let mut groups = census::groups(view.conn())?;
        groups.sort_by_cached_key(|(_, name)| group_order(name));
        let rank: HashMap<i64, usize> = groups.iter().enumerate().map(|(rank, (id, _))| (*id, rank)).collect();
        // Nearly in order already, where only a few were counted anew.
        homes.sort_by_key(|home| (rank.get(&home.group).copied(), !home.is_sorted, home.number, home.id));
        Ok(Self { homes, groups: groups.into_iter().map(|(id, name)| (name, id)).collect() })
    }

    /// The same after some changes: only the households they touched are counted anew.
    fn after(&self, view: &View, touched: &HashSet<i64>) -> Result<Self> {
        let mut homes: Vec<Home> = self.homes.iter().filter(|home| !touched.contains(&home.id)).copied().collect();
        for id in touched {
            homes.extend(census::home(view.conn(), *id)?);
        }
        Self::of(view, homes)
    }

    /// Residents present, and households with somebody present.
    pub(in crate::ledger) fn size(&self) -> (i64, i64) {
        let households = self.homes.iter().filter(|home| home.present > 0).count();
        let residents: i64 = self.homes.iter().map(|home| i64::from(home.present)).sum();
        (residents, i64::try_from(households).unwrap_or(i64::MAX))
    }

    /// Households with somebody present, 未分户 left out, and residents present, by the group's name.
    pub(in crate::ledger) fn by_group(&self) -> HashMap<&str, (i64, i64)> {
        let mut counted: HashMap<i64, (i64, i64)> = HashMap::new();
        for home in &self.homes {
            let count = counted.entry(home.group).or_default();
            count.0 += i64::from(home.is_sorted && home.present > 0);
            count.1 += i64::from(home.present);
        }
        let of = |id: &i64| counted.get(id).copied().unwrap_or_default();
        self.groups.iter().map(|(name, id)| (name.as_str(), of(id))).collect()
    }
}

/// Everybody of the village or of one group, as lines: a household, then its members. Holds keys and counts alone.
#[derive(Debug, Default)]
pub struct Roll {
    homes: Vec<i64>,
    /// The line at which each household begins, and the end of the last.
    begins: Vec<usize>,
}

/// What a line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Home(usize),
    Member(usize, usize),
}

impl Roll {
    fn of(census: &Census, group: Option<&str>) -> Self {
        let group = group.map(|name| census.groups.get(name).copied());
        let mut roll = Self { homes: Vec::new(), begins: vec![0] };
        let mut end = 0;
        for home in census.homes.iter().filter(|home| group.is_none_or(|group| group == Some(home.group))) {
            end += 1 + home.listed as usize;
            roll.homes.push(home.id);
            roll.begins.push(end);
        }
        roll
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.begins.last().copied().unwrap_or(0)
    }

    /// The person's line next to this one, downwards or upwards.
    pub fn person_beside(&self, line: usize, down: Beside) -> Option<usize> {
        let next = |line: usize| match down {
            Beside::After => Some(line + 1).filter(|next| *next < self.lines()),
            Beside::Before => line.checked_sub(1),
        };
        let first = next(line)?;
        match self.place(first)? {
            Place::Member(..) => Some(first),
            Place::Home(_) => next(first),
        }
    }

    fn place(&self, line: usize) -> Option<Place> {
        let home = self.begins.partition_point(|begin| *begin <= line).checked_sub(1)?;
        let begin = self.begins[home];
        if home >= self.homes.len() {
            return None;
        }
        Some(if line == begin { Place::Home(home) } else { Place::Member(home, line - begin - 1) })
    }
}

/// Which neighbour of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// The one above.
    Before,
    /// The one below.
    After,
}

/// A household on the roll.
#[derive(Clone, PartialEq, Eq)]
pub struct RollHome {
    /// Bare name of the group.
    pub group: String,
    /// The household's number; empty for 未分户.
    pub number: String,
    /// Its address.
    pub address: String,
    /// Identity outside the file.
    pub uid: String,
    /// How many are listed in it.
    pub people: usize,
}

/// One line of the roll, read.
#[derive(Clone, PartialEq, Eq)]
pub enum RollRow {
    /// A household.
    Home(RollHome),
    /// Somebody in it.
    Person(Box<ResidentRow>),
}

/// Without any value: rows may end up in a log.
impl std::fmt::Debug for RollRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Home(home) => write!(f, "Home({})", home.uid),
            Self::Person(person) => person.fmt(f),
        }
    }
}

impl View {
    /// Who lives where, counted anew only where something of it changed.
    pub(in crate::ledger) fn census(&self) -> Result<Arc<Census>> {
        // Inside an unfinished change nothing is kept: its number may yet be another change's.
        if !self.conn().is_autocommit() {
            return Ok(Arc::new(Census::read(self)?));
        }
        let snapshot = search_keys::snapshot(self.conn())?;
        let revision = self.revision()?;
        let census = match self.kept_census().filter(|(as_of, _)| *as_of <= revision) {
            Some((as_of, known)) if as_of == revision => known,
            Some((as_of, known)) => match census::touched_since(self.conn(), as_of, MOST_TOUCHED)? {
                Touched::Nothing => known,
                Touched::Homes(homes) => Arc::new(known.after(self, &homes)?),
                Touched::Much => Arc::new(Census::read(self)?),
            },
            None => Arc::new(Census::read(self)?),
        };
        drop(snapshot);
        self.keep_census((revision, census.clone()));
        Ok(census)
    }

    /// Everybody of the village or of one group, household by household.
    pub fn roll(&self, group: Option<&str>) -> Result<Roll> {
        Ok(Roll::of(&*self.census()?, group))
    }

    /// Some lines of a roll. Fewer where people left since it was made.
    pub fn roll_rows(&self, roll: &Roll, lines: Range<usize>) -> Result<Vec<RollRow>> {
        let snapshot = search_keys::snapshot(self.conn())?;
        let sources = self.sources()?;
        let mut rows = Vec::with_capacity(lines.len());
        let mut line = lines.start;
        while line < lines.end.min(roll.lines()) {
            let Some(place) = roll.place(line) else { break };
            let (home, from) = match place {
                Place::Home(home) => {
                    let people = roll.begins[home + 1] - roll.begins[home] - 1;
                    let Some(head) = census::head(self.conn(), roll.homes[home], people)? else { break };
                    rows.push(RollRow::Home(head));
                    line += 1;
                    (home, 0)
                }
                Place::Member(home, from) => (home, from),
            };
            let end = roll.begins[home + 1].min(lines.end);
            let members = census::members(self.conn(), roll.homes[home], (end - line, from), &sources)?;
            let is_whole = members.len() == end - line;
            rows.extend(members.into_iter().map(|member| RollRow::Person(Box::new(member))));
            if !is_whole {
                break;
            }
            line = end;
        }
        drop(snapshot);
        Ok(rows)
    }

    /// The line of somebody, where they are on the roll.
    pub fn roll_line(&self, roll: &Roll, uid: &str) -> Result<Option<usize>> {
        let Some((home, before)) = census::place(self.conn(), uid)? else { return Ok(None) };
        let at = roll.homes.iter().position(|id| *id == home);
        let line = at.map(|at| roll.begins[at] + 1 + before);
        Ok(line.filter(|line| *line < roll.lines()))
    }
}
