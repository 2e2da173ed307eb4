//! Search: who is meant by what was typed, the best hits first, each with its reason. Fast enough for every keystroke:
//! it looks through a few ranges of keys and stops as soon as enough is found.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::ControlFlow;

use crate::domain::message::{Message, Say as _};
use crate::domain::resident::Standing;
use crate::domain::search_query::{Probe, Query, Rank, Why};
use crate::ledger::error::Result;
use crate::ledger::residents::{ResidentFilter, ResidentRow};
use crate::ledger::store::{residents, search_keys};
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

/// Who was found so far, with the best reason.
type Found = HashMap<i64, (Rank, Why)>;

impl View {
    /// Residents that fit what was typed, the best hits first; none for an empty text.
    pub fn search(&self, filter: &ResidentFilter) -> Result<Vec<Hit>> {
        let query = Query::parse(&filter.search);
        if query.probes.is_empty() || filter.limit == 0 {
            return Ok(Vec::new());
        }
        // One snapshot for keys and rows: another thread may be writing.
        let snapshot = search_keys::snapshot(self.conn())?;
        let found = match &filter.group {
            None => self.by_keys(&query, None, filter.limit)?,
            Some(name) => match search_keys::group(self.conn(), name)? {
                None => Found::new(),
                Some(group) => self.in_group(&query, group, filter.limit)?,
            },
        };
        let hits = self.ranked(found, filter.limit);
        drop(snapshot);
        hits
    }

    fn in_group(&self, query: &Query, group: i64, limit: u32) -> Result<Found> {
        let (mut members, mut hits) = (0, Vec::new());
        search_keys::of_group(self.conn(), group, SMALL_GROUP + 1, |id, standing, keyed| {
            members += 1;
            if let Some((rank, why)) = query.finds(keyed) {
                hits.push((id, standing_order(standing), rank, why, keyed.name.to_owned()));
            }
        })?;
        if members > SMALL_GROUP {
            return self.by_keys(query, Some(group), limit);
        }
        hits.sort_by(|a, b| (a.2, a.1, &a.4, a.0).cmp(&(b.2, b.1, &b.4, b.0)));
        hits.truncate(limit as usize);
        Ok(hits.into_iter().map(|(id, _, rank, why, _)| (id, (rank, why))).collect())
    }

    /// Looks through the ranges, the best first, until half as many again are found as are wanted: some of them may be
    /// of people who moved away, who come last.
    fn by_keys(&self, query: &Query, group: Option<i64>, limit: u32) -> Result<Found> {
        let enough = (limit as usize).saturating_add((limit as usize / 2).max(20));
        let mut found = Found::new();
        for probe in &query.probes {
            self.through(probe, group, enough, &mut found)?;
            if found.len() >= enough {
                break;
            }
        }
        Ok(found)
    }

    fn through(&self, probe: &Probe, group: Option<i64>, enough: usize, found: &mut Found) -> Result<()> {
        let (mut keys, mut lookups) = (0, 0);
        search_keys::scan(self.conn(), probe, |key, id| {
            keys += 1;
            if let Some(rank) = probe.accepts(key) {
                let mut accepted = true;
                if probe.asks_name() || group.is_some() {
                    lookups += 1;
                    let candidate = search_keys::candidate(self.conn(), id)?;
                    accepted = probe.accepts_name(&candidate.name) && group.is_none_or(|g| g == candidate.group);
                }
                if accepted {
                    let best = found.entry(id).or_insert((rank, probe.why));
                    *best = if rank < best.0 { (rank, probe.why) } else { *best };
                }
            }
            let stop = found.len() >= enough || lookups >= MAX_LOOKUPS || keys >= MAX_KEYS.max(enough);
            Ok(if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })
    }

    /// The rows, the best first; among equals who is present, then by name.
    fn ranked(&self, found: Found, limit: u32) -> Result<Vec<Hit>> {
        let mut ids: Vec<(i64, (Rank, Why))> = found.into_iter().collect();
        ids.sort_unstable_by_key(|(id, (rank, _))| (*rank, *id));
        let keys: Vec<i64> = ids.iter().map(|(id, _)| *id).collect();
        let rows = residents::by_keys(self.conn(), &keys, &self.sources()?)?;
        let mut hits: Vec<(Rank, Why, ResidentRow)> =
            rows.into_iter().zip(ids).map(|(row, (_, (rank, why)))| (rank, why, row)).collect();
        hits.sort_by(|a, b| {
            let order =
                |hit: &(Rank, Why, ResidentRow)| (hit.0, Reverse(hit.2.facts.standing.value == Standing::Present));
            order(a).cmp(&order(b)).then_with(|| a.2.name.cmp(&b.2.name))
        });
        hits.truncate(limit as usize);
        Ok(hits.into_iter().map(|(_, why, row)| Hit { row, why: why.message() }).collect())
    }
}

/// Who is present comes first.
fn standing_order(standing: Standing) -> u8 {
    u8::from(standing != Standing::Present)
}
