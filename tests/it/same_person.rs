//! Merging and taking apart: a link, not a fusion. Whatever was edited on either record in between, taking apart gives
//! both back as if they had never been merged.

use proptest::prelude::*;
use xiangli::domain::id_card::IdNumber;
use xiangli::domain::name::PersonName;
use xiangli::domain::offer::{Outcome, State};
use xiangli::domain::relation::Relation;
use xiangli::domain::resident::{Residency, Standing};
use xiangli::ledger::command::{Command, Home, HouseholdEdit, Merge, Moved, ResidentEdit, Taken};

use crate::support::world::{ELDER, World, day};

/// Two records of one person: one with an id number, one with a slip in it, in two households.
fn two(world: &mut World) -> (String, String) {
    let one = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let other = world.person("王秀瑛", "1950-03-01", None);
    for (uid, id, phone) in [(&one, "421399195003010029", "19000000001"), (&other, "421399195003010045", "19000000002")]
    {
        let edit = ResidentEdit {
            id_number: Some(Some(IdNumber::parse(id, world.today).expect("valid").number)),
            phone: Some(phone.into()),
            ..ResidentEdit::default()
        };
        world.run(Command::EditResident { resident: uid.clone(), edit: Box::new(edit), source: "身份证".into() });
    }
    let people = vec![Moved { resident: other.clone(), relation: Relation::from_code(12) }];
    let edit = HouseholdEdit { group: "2".into(), number: "9".into(), address: "塆上".into() };
    world.run(Command::Move { people, home: Home::New(edit) });
    (one, other)
}

fn merge(listed: &str, behind: &str, taken: &[Taken]) -> Command {
    Command::Merge(Box::new(Merge { listed: listed.into(), behind: behind.into(), taken: taken.to_vec() }))
}

/// All that a record says of itself, but for where it lies in the file.
fn portrait(world: &World, uid: &str) -> String {
    let row = world.ledger.resident(uid).expect("there");
    let whys = world.ledger.why(&row, world.today).expect("readable");
    let states: Vec<State> = whys.iter().map(|why| why.state).collect();
    let sources = world.ledger.sources().expect("readable");
    let residency = row.facts.residency().map(|fact| (fact.value, fact.on, sources[&fact.source].title.clone()));
    let own = row.facts.born.map(|fact| (fact.value, sources[&fact.source].title.clone()));
    let texts =
        [&row.name, &row.name_written, &row.id_number, &row.phone, &row.group, &row.household, &row.household_uid];
    format!(
        "{texts:?} {} {:?} {:?} {residency:?} {own:?} {states:?}",
        row.relation,
        row.sex(),
        row.facts.standing.value
    )
}

#[test]
fn a_merged_person_is_listed_once_and_taken_apart_gives_both_back() {
    let mut world = World::new();
    let (one, other) = two(&mut world);
    let before = (portrait(&world, &one), portrait(&world, &other));
    let start = world.ledger.digest().expect("readable");
    let all = [Taken::Name, Taken::IdNumber, Taken::Phone, Taken::Household];
    world.run(merge(&one, &other, &all));
    let merged = world.ledger.resident(&one).expect("there");
    assert_eq!((merged.name.as_str(), merged.id_number.as_str()), ("王秀瑛", "421399195003010045"));
    assert_eq!((merged.phone.as_str(), merged.household.as_str(), merged.relation), ("19000000002", "9", 12));
    assert_eq!(merged.residency(), Some(Residency::Here), "what was not taken stays");
    assert_eq!(world.ledger.overview().expect("readable").residents, 1);
    assert_eq!(world.ledger.members(&merged.household_uid).expect("readable").len(), 1);
    assert_eq!(world.ledger.linked(&one).expect("readable").behind.len(), 1);
    assert_eq!(world.ledger.linked(&other).expect("readable").listed.as_deref(), Some(one.as_str()));

    world.run(Command::Unmerge { behind: other.clone() });
    assert_eq!((portrait(&world, &one), portrait(&world, &other)), before);
    world.run(Command::Undo);
    world.run(Command::Undo);
    assert_eq!(world.ledger.digest().expect("readable"), start);
    world.ledger.check().expect("the history adds up");
}

#[test]
fn what_is_edited_after_a_merge_stays_when_the_two_are_taken_apart() {
    let mut world = World::new();
    let (one, other) = two(&mut world);
    world.run(merge(&one, &other, &[Taken::Name, Taken::Phone]));
    let edit = ResidentEdit { phone: Some("19000000003".into()), ..ResidentEdit::default() };
    world.run(Command::EditResident { resident: one.clone(), edit: Box::new(edit), source: "本人说".into() });
    world.run(Command::Unmerge { behind: other.clone() });
    let (one, other) = (world.ledger.resident(&one).expect("there"), world.ledger.resident(&other).expect("there"));
    assert_eq!((one.name.as_str(), one.phone.as_str()), ("王秀英", "19000000003"));
    assert_eq!((other.name.as_str(), other.phone.as_str()), ("王秀瑛", "19000000002"));
}

#[test]
fn what_was_said_under_either_record_counts_for_the_person_and_stays_with_the_record() {
    let mut world = World::new();
    let (one, other) = two(&mut world);
    let record = |uid: &str, outcome| Command::Record {
        resident: uid.into(),
        programme: ELDER.into(),
        outcome,
        on: day("2026-11-20"),
    };
    world.run(record(&other, Outcome::Told));
    assert_eq!(
        world.ledger.list(ELDER, world.today).expect("a list").counts.told,
        0,
        "the one told is not known to live here"
    );
    world.run(merge(&one, &other, &[]));
    let list = world.ledger.list(ELDER, world.today).expect("a list");
    assert_eq!((list.counts.eligible, list.counts.told), (1, 1), "told is told, under whichever record");
    assert!(world.try_run(record(&one, Outcome::Unreachable)).is_err(), "who was told is not looked for again");
    world.run(Command::Attend { resident: one.clone(), programme: ELDER.into(), on: day("2026-11-21") });
    world.run(Command::Unmerge { behind: other.clone() });
    let state = |uid: &str| {
        let row = world.ledger.resident(uid).expect("there");
        world.ledger.why(&row, world.today).expect("readable")[0].state
    };
    assert_eq!((state(&one), state(&other)), (State::Been, State::Told));
}

#[test]
fn merges_that_make_no_sense_are_refused() {
    let mut world = World::new();
    let (one, other) = two(&mut world);
    let third = world.person("王秀英", "1950", None);
    assert!(world.try_run(merge(&one, &one, &[])).is_err());
    assert!(world.try_run(Command::Unmerge { behind: one.clone() }).is_err());
    world.run(merge(&one, &other, &[]));
    assert!(world.try_run(merge(&third, &other, &[])).is_err(), "it stands behind another already");
    assert!(world.try_run(Command::RemoveResident { resident: one.clone() }).is_err());
    world.run(merge(&third, &one, &[Taken::IdNumber]));
    assert_eq!(world.ledger.overview().expect("readable").residents, 1, "one behind another behind a third");
    world.run(Command::Unmerge { behind: one.clone() });
    world.run(Command::Unmerge { behind: other.clone() });
    assert_eq!(world.ledger.overview().expect("readable").residents, 3);
    assert_eq!(world.ledger.resident(&one).expect("there").id_number, "421399195003010029");
    world.run(Command::NotSame { one: one.clone(), other: third });
}

/// An edit of the first or the second record.
#[derive(Clone, Debug)]
enum Edit {
    Name(bool, u32),
    Phone(bool, u32),
    Relation(bool, u8),
    Residency(bool, Residency, u32),
    Said(bool, Outcome, u32),
    Came(bool, u32),
    Gone(bool, Standing),
    Moved(bool, u32),
    UndoOne,
    RedoOne,
}

fn edit() -> impl Strategy<Value = Edit> {
    let residency = prop_oneof![Just(Residency::Here), Just(Residency::Away)];
    let outcome =
        prop_oneof![Just(Outcome::Told), Just(Outcome::Booked), Just(Outcome::Declined), Just(Outcome::Unreachable)];
    let standing = prop_oneof![Just(Standing::Present), Just(Standing::MovedOut), Just(Standing::Deceased)];
    prop_oneof![
        2 => (any::<bool>(), 0u32..900).prop_map(|(who, n)| Edit::Name(who, n)),
        2 => (any::<bool>(), 100u32..900).prop_map(|(who, n)| Edit::Phone(who, n)),
        1 => (any::<bool>(), prop_oneof![Just(20u8), Just(30), Just(51)]).prop_map(|(who, n)| Edit::Relation(who, n)),
        2 => (any::<bool>(), residency, 0u32..9).prop_map(|(who, value, ago)| Edit::Residency(who, value, ago)),
        2 => (any::<bool>(), outcome, 0u32..20).prop_map(|(who, outcome, ago)| Edit::Said(who, outcome, ago)),
        1 => (any::<bool>(), 0u32..20).prop_map(|(who, ago)| Edit::Came(who, ago)),
        1 => (any::<bool>(), standing).prop_map(|(who, standing)| Edit::Gone(who, standing)),
        1 => (any::<bool>(), 10u32..20).prop_map(|(who, n)| Edit::Moved(who, n)),
        1 => Just(Edit::UndoOne),
        1 => Just(Edit::RedoOne),
    ]
}

fn command(edit: &Edit, (one, other): &(String, String)) -> Command {
    let who = |first: bool| if first { one.clone() } else { other.clone() };
    let ago = |days: u32| day("2026-11-23") - chrono::TimeDelta::days(i64::from(days));
    let edited = |first: bool, edit: ResidentEdit| Command::EditResident {
        resident: who(first),
        edit: Box::new(edit),
        source: "本人说".into(),
    };
    match edit {
        Edit::Name(first, n) => {
            let name = format!("王秀{}", char::from_u32(0x4E00 + n).unwrap_or('英'));
            let name = Some(PersonName::parse(&name).expect("a name"));
            edited(*first, ResidentEdit { name, ..ResidentEdit::default() })
        }
        Edit::Phone(first, n) => {
            edited(*first, ResidentEdit { phone: Some(format!("19000000{n}")), ..ResidentEdit::default() })
        }
        Edit::Relation(first, code) => {
            edited(*first, ResidentEdit { relation: Some(Relation::from_code(*code)), ..ResidentEdit::default() })
        }
        Edit::Residency(first, residency, days) => Command::SetResidency {
            resident: who(*first),
            residency: *residency,
            source: "邻居说".into(),
            on: ago(*days),
        },
        Edit::Said(first, outcome, days) => {
            Command::Record { resident: who(*first), programme: ELDER.into(), outcome: *outcome, on: ago(*days) }
        }
        Edit::Came(first, days) => Command::Attend { resident: who(*first), programme: ELDER.into(), on: ago(*days) },
        Edit::Gone(first, standing) => Command::SetStanding { resident: who(*first), standing: *standing, on: ago(0) },
        Edit::Moved(first, n) => {
            let people = vec![Moved { resident: who(*first), relation: Relation::from_code(2) }];
            Command::Move { people, home: Home::Numbered { group: "3".into(), number: n.to_string() } }
        }
        Edit::UndoOne => Command::Undo,
        Edit::RedoOne => Command::Redo,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Two ledgers go through the same edits, one of them merged meanwhile; in the end both hold the same two records.
    #[test]
    fn taking_apart_leaves_what_was_edited_as_if_never_merged(
        before in prop::collection::vec(edit(), 0..6),
        taken in prop::sample::subsequence(vec![Taken::Name, Taken::IdNumber, Taken::Phone, Taken::Residency, Taken::Household], 0..=5),
        after in prop::collection::vec(edit(), 0..12),
    ) {
        let (mut merged, mut plain) = (World::new(), World::new());
        let (uids, same) = (two(&mut merged), two(&mut plain));
        let mut edits = 0;
        for edit in &before {
            // Undoing what made the two would leave nobody to merge.
            if matches!(edit, Edit::UndoOne | Edit::RedoOne) { continue; }
            let done = merged.try_run(command(edit, &uids));
            prop_assert_eq!(done.is_ok(), plain.try_run(command(edit, &same)).is_ok());
        }
        // Nobody present goes behind one who left.
        prop_assume!(merged.try_run(merge(&uids.0, &uids.1, &taken)).is_ok());
        let mut merged_redo = false;
        for edit in &after {
            if matches!(edit, Edit::UndoOne) && edits == 0 || matches!(edit, Edit::RedoOne) && !merged_redo { continue; }
            // What the merged person's offers refuse is refused there alone: it is left out on both sides.
            let Ok(done) = merged.try_run(command(edit, &uids)) else { continue };
            // What already stands there is no edit: nothing was typed over what the merge took.
            if done.change.is_none() {
                continue;
            }
            match edit {
                Edit::UndoOne => { edits -= 1; merged_redo = true; }
                Edit::RedoOne => { edits += 1; merged_redo = false; }
                _ => { edits += 1; merged_redo = false; }
            }
            if plain.run(command(edit, &same)).change.is_none() {
                // Without the merge it already stood so: from here on the two histories cannot be walked back together.
                (edits, merged_redo) = (0, false);
            }
        }
        merged.run(Command::Unmerge { behind: uids.1.clone() });
        for (ours, theirs) in [(&uids.0, &same.0), (&uids.1, &same.1)] {
            prop_assert_eq!(strip(portrait(&merged, ours), &merged, ours), strip(portrait(&plain, theirs), &plain, theirs));
        }
        merged.ledger.check().expect("the history adds up");
    }
}

/// Two ledgers name the same household by other uids.
fn strip(portrait: String, world: &World, uid: &str) -> String {
    let household = world.ledger.resident(uid).expect("there").household_uid;
    portrait.replace(&household, "household")
}

#[test]
fn nobody_present_goes_behind_a_record_of_one_who_left() {
    let mut world = World::new();
    let (one, other) = two(&mut world);
    world.run(Command::SetStanding { resident: one.clone(), standing: Standing::MovedOut, on: day("2026-11-01") });
    assert!(world.try_run(merge(&one, &other, &[])).is_err());
    world.run(merge(&other, &one, &[]));
    assert_eq!(world.ledger.overview().expect("readable").residents, 1);
}

#[test]
fn a_corrected_number_keeps_the_birth_it_decides_and_a_move_the_relation_over_there() {
    let mut world = World::new();
    let (one, other) = two(&mut world);
    world.run(merge(&one, &other, &[Taken::IdNumber, Taken::Household]));
    let id = IdNumber::from_stored("421399195103010026").expect("digits");
    let edit = ResidentEdit { id_number: Some(Some(id)), ..ResidentEdit::default() };
    world.run(Command::EditResident { resident: one.clone(), edit: Box::new(edit), source: "身份证".into() });
    let people = vec![Moved { resident: one.clone(), relation: Relation::from_code(12) }];
    world.run(Command::Move { people, home: Home::Numbered { group: "5".into(), number: "5".into() } });
    world.run(Command::Unmerge { behind: other.clone() });
    let (one, other) = (world.ledger.resident(&one).expect("there"), world.ledger.resident(&other).expect("there"));
    assert_eq!(
        (one.id_number.as_str(), one.born().expect("known").to_string().as_str()),
        ("421399195103010026", "1951-03-01")
    );
    assert_eq!((one.household.as_str(), one.relation), ("5", 12));
    assert_eq!(other.id_number, "421399195003010045");
}

/// A third record of the same person, with a number, phone and household of its own.
fn third(world: &mut World) -> String {
    let uid = world.person("汪秀英", "1950-03-01", Some(Residency::Away));
    let edit = ResidentEdit {
        id_number: Some(IdNumber::from_stored("421399195003010061")),
        phone: Some("19000000009".into()),
        ..ResidentEdit::default()
    };
    world.run(Command::EditResident { resident: uid.clone(), edit: Box::new(edit), source: "户口簿".into() });
    let people = vec![Moved { resident: uid.clone(), relation: Relation::from_code(52) }];
    world.run(Command::Move { people, home: Home::Numbered { group: "4".into(), number: "4".into() } });
    uid
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Three records, merged in a row or in a chain and taken apart in any order.
    #[test]
    fn links_can_be_taken_away_in_any_order(
        first in prop::sample::subsequence(vec![Taken::Name, Taken::IdNumber, Taken::Phone, Taken::Residency, Taken::Household], 0..=5),
        second in prop::sample::subsequence(vec![Taken::Name, Taken::IdNumber, Taken::Phone, Taken::Residency, Taken::Household], 0..=5),
        between in prop::collection::vec(edit(), 0..3),
        after in prop::collection::vec(edit(), 0..4),
        chained in any::<bool>(),
        in_order in any::<bool>(),
    ) {
        let (mut merged, mut plain) = (World::new(), World::new());
        let (uids, same) = (two(&mut merged), two(&mut plain));
        let thirds = (third(&mut merged), third(&mut plain));
        let both = |edits: &[Edit], merged: &mut World, plain: &mut World| {
            for edit in edits.iter().filter(|edit| !matches!(edit, Edit::UndoOne | Edit::RedoOne | Edit::Gone(..))) {
                if merged.try_run(command(edit, &uids)).is_ok_and(|done| done.change.is_some())
                    && plain.run(command(edit, &same)).change.is_none()
                {
                    // A move into the household where the plain record is anyway is no move there, and says nothing of
                    // the relation to its head: it is not the same act in both.
                    merged.run(Command::Undo);
                }
            }
        };
        merged.run(merge(&uids.0, &uids.1, &first));
        both(&between, &mut merged, &mut plain);
        let second_behind = if chained { &uids.0 } else { &thirds.0 };
        let listed = if chained { &thirds.0 } else { &uids.0 };
        merged.run(merge(listed, second_behind, &second));
        both(&after, &mut merged, &mut plain);
        let order = if in_order { [&uids.1, second_behind] } else { [second_behind, &uids.1] };
        for behind in order {
            merged.run(Command::Unmerge { behind: behind.clone() });
        }
        for (ours, theirs) in [(&uids.0, &same.0), (&uids.1, &same.1), (&thirds.0, &thirds.1)] {
            prop_assert_eq!(strip(portrait(&merged, ours), &merged, ours), strip(portrait(&plain, theirs), &plain, theirs));
        }
        merged.ledger.check().expect("the history adds up");
    }
}
