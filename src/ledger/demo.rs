//! The demo village: synthetic people, the same for the same seed and day, in one change that no undo reaches.
//!
//! Ids carry the county code 421399, which is assigned to nobody; phones begin with 19. Nobody in it exists.

mod applications;
mod campaign;
mod dice;
mod names;
mod people;
mod remove;

use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate, TimeDelta};

use crate::domain::offer::{Outcome, Recorded, days_to_next_try};
use crate::domain::programme::{Kind, Programme, Tell};
use crate::domain::resident::{Facts, SourceId, Sourced, Standing};
use crate::domain::rule::{self, Holds};
use crate::ledger::command::{Done, Stamp};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::households::Sorted;
use crate::ledger::progress::Progress;
use crate::ledger::store::households;
use crate::ledger::store::{Note, Tx, bulk, offers, residents, village};
use crate::ledger::{Ledger, NewVillage, VillageKind};
use people::{Maker, Person};
pub use remove::remove;

/// How large the demo village is where nobody says otherwise: about as large as a real one that is not large.
pub const RESIDENTS: usize = 900;

/// A county has about so many; id numbers and disks would do for more.
pub const MOST_RESIDENTS: usize = 1_000_000;

/// How many people, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// So many people, 1 to [`MOST_RESIDENTS`].
    pub residents: usize,
    /// The same seed on the same day makes the same people.
    pub seed: u64,
}

/// The demo village's code and name; its county code 421399 is assigned to no county.
pub fn village() -> NewVillage {
    NewVillage { code: "421399100201".into(), name: "柳河村（演示）".into(), kind: VillageKind::Demo }
}

/// What a demo ledger is to be created with, so that its uids repeat as well.
pub fn uid_seed(seed: u64) -> [u8; 32] {
    seed_for(*b"xiangli demo village 1:.", seed)
}

/// A seed for one purpose: two purposes never share their numbers.
fn seed_for(purpose: [u8; 24], seed: u64) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[..24].copy_from_slice(&purpose);
    bytes[24..].copy_from_slice(&seed.to_le_bytes());
    bytes
}

impl Ledger {
    /// Fills an empty demo village. Large ones tell how far they are and can be cancelled: then nothing is written.
    ///
    /// # Errors
    /// `error-not-a-demo` for a real village, `error-demo-filled` where somebody lives already, `error-demo-size`.
    pub fn fill_demo(&mut self, plan: Plan, stamp: &Stamp, progress: &dyn Progress) -> Result<Done> {
        if !self.village()?.is_demo {
            return Err(LedgerError::refused("error-not-a-demo"));
        }
        if self.overview()?.residents > 0 {
            return Err(LedgerError::refused("error-demo-filled"));
        }
        if !(1..=MOST_RESIDENTS).contains(&plan.residents) {
            return Err(LedgerError::refused("error-demo-size"));
        }
        let programmes = self.programmes().to_vec();
        self.store.reseed(seed_for(*b"xiangli demo village 2:.", plan.seed));
        let count = i64::try_from(plan.residents).unwrap_or(i64::MAX);
        let note = Note { op: "demo", count, ..Note::default() };
        let (_, change) = self.store.transact(stamp, note, |tx| Filler::new(tx, plan, programmes)?.fill(progress))?;
        self.done(change, Vec::new())
    }
}

/// When a household was entered, and from what.
#[derive(Clone, Copy)]
struct Entered {
    on: NaiveDate,
    source: i64,
}

struct Filler<'a, 't> {
    tx: &'a mut Tx<'t>,
    maker: Maker,
    plan: Plan,
    programmes: Vec<Arc<Programme>>,
    roster: Entered,
    /// Rounds of the last days, so that some people are known since a few days only.
    rounds: Vec<Entered>,
    /// Who was told of the check that the campaign is for, or agreed to it.
    elders: Vec<(i64, Outcome)>,
    today: NaiveDate,
}

/// A group being filled.
struct Group {
    id: i64,
    label: String,
    households: u32,
    unsorted: Option<i64>,
}

/// How many people a group has, and how many groups there are at most.
const GROUP_SIZE: usize = 300;
const MOST_GROUPS: usize = 40;

/// Households between two looks at whether to go on.
const HOUSEHOLDS_A_LOOK: usize = 500;

impl<'a, 't> Filler<'a, 't> {
    fn new(tx: &'a mut Tx<'t>, plan: Plan, programmes: Vec<Arc<Programme>>) -> Result<Self> {
        let today = tx.today;
        let new_year = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
        let first = (new_year + TimeDelta::days(11)).min(today);
        let roster = Entered { on: first, source: bulk::source(tx, "演示花名册", first)? };
        let mut rounds = Vec::new();
        for ago in [9, 7, 4, 0] {
            let on = (today - TimeDelta::days(ago)).max(new_year);
            rounds.push(Entered { on, source: bulk::source(tx, "演示入户登记", on)? });
        }
        let maker = Maker::new(seed_for(*b"xiangli demo village 3:.", plan.seed), today);
        Ok(Self { tx, maker, plan, programmes, roster, rounds, elders: Vec::new(), today })
    }

    fn fill(mut self, progress: &dyn Progress) -> Result<()> {
        let (total, groups) = (self.plan.residents, self.plan.residents.div_ceil(GROUP_SIZE).min(MOST_GROUPS));
        let (mut left, mut households) = (total, 0);
        for at in 0..groups {
            let share = left / (groups - at);
            let mut group = self.group(at, groups)?;
            let mut room = share;
            while room > 0 {
                let mut people = self.maker.household();
                people.truncate(room);
                room -= people.len();
                self.household(&mut group, &people)?;
                households += 1;
                let made = total - left + share - room;
                if households % HOUSEHOLDS_A_LOOK == 0
                    && let ControlFlow::Break(()) = progress.at(made as u64, total as u64)
                {
                    return Err(LedgerError::cancelled());
                }
            }
            left -= share;
        }
        self.campaign()
    }

    /// Groups are numbered; the last ones are called by the hamlet.
    fn group(&mut self, at: usize, groups: usize) -> Result<Group> {
        let name = match groups - at {
            1 if groups >= 3 => "老屋塆".to_owned(),
            2 if groups >= 6 => "柳树塆".to_owned(),
            _ => (at + 1).to_string(),
        };
        let label = if name.ends_with('塆') { name.clone() } else { format!("{name}组") };
        let id = village::group(self.tx, &name)?;
        let contact = [("王主任", "19000000001"), ("李会计", "19000000002"), ("张委员", "19000000003")];
        let (contact, phone) = contact[at / 2 % contact.len()];
        let contact = village::contact(self.tx, contact, phone)?;
        village::assign(self.tx, id, Some(contact))?;
        self.maker.next_group();
        Ok(Group { id, label, households: 0, unsorted: None })
    }

    fn household(&mut self, group: &mut Group, people: &[Person]) -> Result<()> {
        let unsorted = people.len() == 1 && self.maker.dice.percent(10);
        let household = if unsorted { self.unsorted(group)? } else { self.sorted(group)? };
        let entered = if self.maker.dice.percent(14) {
            self.rounds[self.maker.dice.below(self.rounds.len() as u32) as usize]
        } else {
            self.roster
        };
        for person in people {
            let relation = if unsorted { 0 } else { person.relation };
            self.person(household, &Person { relation, ..person.clone() }, entered)?;
        }
        Ok(())
    }

    fn sorted(&mut self, group: &mut Group) -> Result<i64> {
        group.households += 1;
        let number = group.households.to_string();
        let address = format!("柳河村{}{number}号", group.label);
        households::insert(self.tx, group.id, &number, &address, Sorted::Yes)
    }

    fn unsorted(&mut self, group: &mut Group) -> Result<i64> {
        if let Some(id) = group.unsorted {
            return Ok(id);
        }
        let id = households::insert(self.tx, group.id, "", "", Sorted::No)?;
        group.unsorted = Some(id);
        Ok(id)
    }

    fn person(&mut self, household: i64, person: &Person, entered: Entered) -> Result<()> {
        let left = person.standing != Standing::Present;
        let standing_on = if left { self.maker.dice.day(entered.on, self.today) } else { entered.on };
        let new = bulk::NewRow {
            household,
            name: &person.name,
            written: &person.written,
            id_number: &person.id_number,
            sex: Some(person.sex),
            born: Some(person.born),
            relation: person.relation,
            phone: &person.phone,
            standing: person.standing,
            standing_on,
            source: entered.source,
            known_on: entered.on,
        };
        let id = bulk::resident(self.tx, &new)?;
        for value in &person.facts {
            residents::put_fact(self.tx, id, value.kind, value.as_str(), entered.on, entered.source)?;
        }
        self.said(id, &facts(person, standing_on, entered), entered)
    }

    /// What was already said and done this year about every programme that concerns the person.
    fn said(&mut self, resident: i64, facts: &Facts, entered: Entered) -> Result<()> {
        for at in 0..self.programmes.len() {
            let programme = self.programmes[at].clone();
            if programme.tell == Tell::Notice {
                continue;
            }
            if at > 0 {
                std::mem::swap(&mut self.maker.dice, &mut self.maker.more);
            }
            let holds = rule::holds(&programme, facts, self.today);
            let throw = self.maker.dice.below(100);
            let known_long = entered.on == self.roster.on;
            match (holds, throw) {
                (Holds::No, _) => {}
                (Holds::Yes, 0..28) if known_long && programme.kind == Kind::Check && programme.turn_is_common() => {
                    self.came(resident, (&programme, facts), entered.on)?
                }
                (Holds::Yes, 40..54) if known_long && applications::is_applied_for(&programme) => {
                    self.applied(resident, (&programme, facts), entered.on)?
                }
                (Holds::Yes, 28..48) => self.told(resident, (&programme, facts), Outcome::Told, entered.on)?,
                (Holds::Yes, 48..54) if known_long => {
                    self.told(resident, (&programme, facts), Outcome::Booked, entered.on)?
                }
                (Holds::Yes, 54..58) => self.told(resident, (&programme, facts), Outcome::Declined, entered.on)?,
                (_, 58..66) if known_long => self.tried(resident, (&programme, facts), entered.on)?,
                _ => {}
            }
            if at > 0 {
                std::mem::swap(&mut self.maker.dice, &mut self.maker.more);
            }
        }
        Ok(())
    }

    fn told(
        &mut self,
        resident: i64,
        programme: (&Programme, &Facts),
        outcome: Outcome,
        since: NaiveDate,
    ) -> Result<()> {
        let on = self.maker.dice.day(since, self.today);
        if programme.0.id == campaign::PROGRAMME && matches!(outcome, Outcome::Told | Outcome::Booked) {
            self.elders.push((resident, outcome));
        }
        self.put(resident, programme, Recorded { outcome, on, tries: 0 })
    }

    fn came(&mut self, resident: i64, programme: (&Programme, &Facts), since: NaiveDate) -> Result<()> {
        let on = self.maker.dice.day(since, self.today);
        let told = self.maker.dice.day(since, on);
        self.put(resident, programme, Recorded { outcome: Outcome::Told, on: told, tries: 0 })?;
        offers::attend(self.tx, resident, &programme.0.id, on)
    }

    /// Tried in vain, so that the next try is due some days before or after today.
    fn tried(&mut self, resident: i64, programme: (&Programme, &Facts), since: NaiveDate) -> Result<()> {
        let tries = 1 + self.maker.dice.below(3);
        let wait = days_to_next_try(tries).unwrap_or(0);
        let ahead = self.maker.dice.weighted(&[(-3, 2), (-1, 3), (0, 6), (1, 2), (2, 2), (5, 2), (9, 2)], 0);
        let due = self.today + TimeDelta::days(ahead);
        let on = (due - TimeDelta::days(wait)).clamp(since, self.today);
        self.put(resident, programme, Recorded { outcome: Outcome::Unreachable, on, tries })
    }

    fn put(&mut self, resident: i64, (programme, facts): (&Programme, &Facts), new: Recorded) -> Result<()> {
        let turn = programme.turn(facts, &[], new.on);
        offers::put(self.tx, resident, &programme.id, &turn.name, new)
    }
}

/// What the rules will read of the person.
fn facts(person: &Person, standing_on: NaiveDate, entered: Entered) -> Facts {
    let source = SourceId(entered.source);
    let on = entered.on;
    let mut facts = Facts::new(Sourced { value: person.standing, source, on: standing_on });
    facts.born = Some(Sourced { value: person.born, source, on });
    facts.sex = Some(Sourced { value: person.sex, source, on });
    for value in &person.facts {
        facts.known.set(Sourced { value: *value, source, on });
    }
    facts
}
