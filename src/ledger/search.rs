//! Search: who is meant by what was typed, the best hits first, each with its reason: by name, pinyin, numbers, and by
//! household and group. Fast enough for every keystroke: it looks through a few ranges of keys and stops as soon as
//! enough is found. Who stands behind another record is found as the one that is listed. Addresses are no keys: to look
//! through them would mean to read every household.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use crate::domain::message::{Message, Say as _};
use crate::domain::resident::Standing;
use crate::domain::search_place::{Groups, Place};
use crate::domain::search_query::{Probe, Query, Rank, Why};
use crate::ledger::error::Result;
use crate::ledger::residents::{ResidentFilter, ResidentRow};
use crate::ledger::store::{residents, same_person, search_homes, search_keys};
use crate::ledger::view::View;

/// Somebody found.
#[derive(Clone, PartialEq, Eq)]
pub struct Hit {
    /// Who.
    pub row: ResidentRow,
    /// Why: the name, its pinyin, a number's tail …
    pub why: Message,
}

/// Without any value: hits may end up in a log.
impl std::fmt::Debug for Hit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Hit({})", self.row.uid)
    }
}

/// Groups up to this size are looked through whole; in larger ones the keys lead.
const SMALL_GROUP: u32 = 5_000;

/// Keys looked at in one range before it is given up, so that a keystroke stays short whatever was typed.
const MAX_KEYS: usize = 10_000;

/// Rows looked up in one range to decide about a key, before it is given up.
const MAX_LOOKUPS: usize = 300;

/// Why a record was found, and whether it is the listed one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Record {
    /// It is.
    Listed,
    /// It stands behind the one that is shown.
    Behind,
}

/// How somebody was found: the smaller, the better.
type How = (Rank, Record, Why);

/// Who was found so far, with the best reason.
type Found = HashMap<i64, How>;

/// The listed record for every one that stands behind one.
type Links = HashMap<i64, i64>;

impl View {
    /// Residents that fit what was typed, the best hits first; none for an empty text. Hits by household and group come
    /// last, but keep a part of the list for themselves.
    pub fn search(&self, filter: &ResidentFilter) -> Result<Vec<Hit>> {
        if filter.limit == 0 {
            return Ok(Vec::new());
        }
        // One snapshot for keys and rows: another thread may be writing.
        let snapshot = search_keys::snapshot(self.conn())?;
        let mut hits = self.by_person(filter)?;
        let homes = self.by_home(filter)?;
        drop(snapshot);
        let room = (filter.limit as usize).saturating_sub(homes.len().min((filter.limit as usize / 4).max(1)));
        hits.truncate(room);
        let known: HashSet<String> = hits.iter().map(|hit| hit.row.uid.clone()).collect();
        hits.extend(homes.into_iter().filter(|hit| !known.contains(&hit.row.uid)));
        hits.truncate(filter.limit as usize);
        Ok(hits)
    }

    /// Hits by what a person is called and by numbers.
    fn by_person(&self, filter: &ResidentFilter) -> Result<Vec<Hit>> {
        let query = Query::parse(&filter.search);
        if query.probes.is_empty() {
            return Ok(Vec::new());
        }
        let links = same_person::listed_of_behind(self.conn())?;
        let found = match &filter.group {
            None => self.by_keys(&query, None, &links, filter.limit)?,
            Some(name) => match search_keys::group(self.conn(), name)? {
                None => Found::new(),
                Some(group) => self.in_group(&query, group, &links, filter.limit)?,
            },
        };
        self.ranked(found, filter.limit)
    }

    /// Hits by household and group, in the order of a walk.
    fn by_home(&self, filter: &ResidentFilter) -> Result<Vec<Hit>> {
        let names = search_homes::groups(self.conn())?;
        let Some(place) = Place::parse(&filter.search, &names) else { return Ok(Vec::new()) };
        let meant: Vec<&str> = match &place.groups {
            Groups::Any => names.iter().map(String::as_str).collect(),
            Groups::These(these) => these.iter().filter_map(|at| names.get(*at)).map(String::as_str).collect(),
        };
        let is_meant = |name: &&str| filter.group.as_deref().is_none_or(|group| group == *name);
        let (mut hits, sources) = (Vec::new(), self.sources()?);
        for group in meant.into_iter().filter(is_meant) {
            let left = filter.limit.saturating_sub(u32::try_from(hits.len()).unwrap_or(u32::MAX));
            if left == 0 {
                break;
            }
            let rows = search_homes::members(self.conn(), group, &place.household, left, &sources)?;
            hits.extend(rows.into_iter().map(|row| Hit { why: why_home(&row, &place), row }));
        }
        Ok(hits)
    }

    fn in_group(&self, query: &Query, group: i64, links: &Links, limit: u32) -> Result<Found> {
        let (mut members, mut hits) = (0, Vec::new());
        search_keys::of_group(self.conn(), group, SMALL_GROUP + 1, |id, standing, keyed| {
            members += 1;
            if let Some((rank, why)) = query.finds(keyed).filter(|_| !links.contains_key(&id)) {
                hits.push((id, standing_order(standing), (rank, Record::Listed, why), keyed.name.to_owned()));
            }
        })?;
        if members > SMALL_GROUP {
            return self.by_keys(query, Some(group), links, limit);
        }
        hits.sort_by(|a, b| (a.2, a.1, &a.3, a.0).cmp(&(b.2, b.1, &b.3, b.0)));
        hits.truncate(limit as usize);
        let mut found: Found = hits.into_iter().map(|(id, _, how, _)| (id, how)).collect();
        for (behind, listed) in links {
            if search_keys::candidate(self.conn(), *listed)?.group == group {
                search_keys::keyed(self.conn(), *behind, |keyed| {
                    if let Some((rank, why)) = query.finds(keyed) {
                        note(&mut found, *listed, (rank, Record::Behind, why));
                    }
                })?;
            }
        }
        Ok(found)
    }

    /// Looks through the ranges, the best first, until half as many again are found as are wanted: some of them may be
    /// of people who moved away, who come last.
    fn by_keys(&self, query: &Query, group: Option<i64>, links: &Links, limit: u32) -> Result<Found> {
        let enough = (limit as usize).saturating_add((limit as usize / 2).max(20));
        let mut found = Found::new();
        for probe in &query.probes {
            self.through(probe, group, links, enough, &mut found)?;
            if found.len() >= enough {
                break;
            }
        }
        Ok(found)
    }

    fn through(
        &self,
        probe: &Probe,
        group: Option<i64>,
        links: &Links,
        enough: usize,
        found: &mut Found,
    ) -> Result<()> {
        let (mut keys, mut lookups) = (0, 0);
        search_keys::scan(self.conn(), probe, |key, id| {
            keys += 1;
            if let Some(rank) = probe.accepts(key) {
                let listed = links.get(&id).copied();
                let mut accepted = true;
                if probe.asks_name() {
                    lookups += 1;
                    accepted = probe.accepts_name(&search_keys::candidate(self.conn(), id)?.name);
                }
                if let Some(group) = group.filter(|_| accepted) {
                    lookups += 1;
                    accepted = search_keys::candidate(self.conn(), listed.unwrap_or(id))?.group == group;
                }
                if accepted {
                    let record = if listed.is_some() { Record::Behind } else { Record::Listed };
                    note(found, listed.unwrap_or(id), (rank, record, probe.why));
                }
            }
            let stop = found.len() >= enough || lookups >= MAX_LOOKUPS || keys >= MAX_KEYS.max(enough);
            Ok(if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })
    }

    /// The rows, the best first; among equals who is present, then by name.
    fn ranked(&self, found: Found, limit: u32) -> Result<Vec<Hit>> {
        let mut ids: Vec<(i64, How)> = found.into_iter().collect();
        ids.sort_unstable_by_key(|(id, how)| (*how, *id));
        let keys: Vec<i64> = ids.iter().map(|(id, _)| *id).collect();
        let rows = residents::by_keys(self.conn(), &keys, &self.sources()?)?;
        let mut hits: Vec<(How, ResidentRow)> = rows.into_iter().zip(ids).map(|(row, (_, how))| (how, row)).collect();
        hits.sort_by(|(a, a_row), (b, b_row)| {
            let order = |how: &How, row: &ResidentRow| (how.0, standing_order(row.facts.standing.value), how.1);
            order(a, a_row).cmp(&order(b, b_row)).then_with(|| a_row.name.cmp(&b_row.name))
        });
        hits.truncate(limit as usize);
        Ok(hits.into_iter().map(|(how, row)| Hit { row, why: why_person(how) }).collect())
    }
}

/// Keeps the best reason.
fn note(found: &mut Found, id: i64, how: How) {
    let best = found.entry(id).or_insert(how);
    *best = how.min(*best);
}

fn why_person((_, record, why): How) -> Message {
    match record {
        Record::Listed => why.message(),
        Record::Behind => Message::new("search-why-behind").word("why", why.message().key),
    }
}

fn why_home(row: &ResidentRow, place: &Place) -> Message {
    if !place.household.is_empty() {
        Message::new("search-why-household").text("number", row.household.clone())
    } else if row.group.bytes().all(|b| b.is_ascii_digit()) {
        Message::new("group-numbered").text("name", row.group.clone())
    } else {
        Message::new("search-why-group").text("name", row.group.clone())
    }
}

/// Who is present comes first.
fn standing_order(standing: Standing) -> u8 {
    u8::from(standing != Standing::Present)
}
