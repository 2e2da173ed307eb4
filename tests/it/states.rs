//! Where people stand in lists: what was said, done, applied for and withdrawn, read together. Rows are written as the
//! commands would leave them, beside the log.

use proptest::prelude::*;
use rusqlite::{Connection, params};
use xiangli::domain::fact::FactKind;
use xiangli::domain::offer::{Outcome, State};
use xiangli::domain::programme::Kind;
use xiangli::domain::resident::{FactValue, Residency};
use xiangli::domain::rule::Holds;
use xiangli::ledger::command::{Command, Merge};
use xiangli::ledger::lists::Counts;

use crate::support::world::{ELDER, World, day};

const AWARD: &str = "rural-award";

fn sealed(world: &World) -> Connection {
    let conn = Connection::open(world.ledger.path()).expect("opens");
    let hex: String = [7_u8; 32].iter().map(|byte| format!("{byte:02x}")).collect();
    conn.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"; PRAGMA cipher_memory_security = OFF;")).expect("the key");
    conn
}

/// An application, as far as it goes: answer and whether it was taken back.
fn apply(world: &World, uid: &str, programme: &str, period: &str, (answer, taken_back): (&str, &str)) {
    let answer_on = if answer.is_empty() { "" } else { "2026-06-01" };
    let sql = "INSERT INTO application (uid, resident_id, programme, period, began_on, holder, holder_on, answer, \
               answer_on, taken_back) SELECT 'a-' || ?1 || ?2 || ?3, id, ?2, ?3, '2026-03-01', 'village', \
               '2026-03-01', ?4, ?5, ?6 FROM resident WHERE uid = ?1 ON CONFLICT DO NOTHING";
    sealed(world).execute(sql, params![uid, programme, period, answer, answer_on, taken_back]).expect("written");
}

fn pay(world: &World, uid: &str, programme: &str, period: &str) {
    let sql = "INSERT INTO payment (uid, resident_id, programme, period, on_date, fen) \
               SELECT 'p-' || ?1 || ?2, id, ?2, ?3, '2026-07-01', 96000 FROM resident WHERE uid = ?1";
    sealed(world).execute(sql, params![uid, programme, period]).expect("written");
}

fn consent(world: &World, uid: &str, purpose: &str, state: &str, on: &str) {
    let sql = "INSERT INTO consent (uid, resident_id, purpose, state, notice, on_date, channel) \
               SELECT 'c-' || ?1 || ?2, id, ?2, ?3, 1, ?4, 'spoken' FROM resident WHERE uid = ?1 \
               ON CONFLICT (resident_id, purpose) DO UPDATE SET state = excluded.state, on_date = excluded.on_date";
    sealed(world).execute(sql, params![uid, purpose, state, on]).expect("written");
}

fn fact(world: &mut World, resident: &str, kind: FactKind, word: &str) {
    let value = FactValue::from_word(kind, word).expect("a value");
    let on = world.today;
    world.run(Command::SetFact { resident: resident.into(), value, source: "户口簿".into(), on });
}

fn rural_elder(world: &mut World, name: &str) -> String {
    let uid = world.person(name, "1950-03-01", Some(Residency::Here));
    fact(world, &uid, FactKind::Registered, "here");
    fact(world, &uid, FactKind::Registration, "rural");
    uid
}

fn why(world: &World, uid: &str, programme: &str) -> (Holds, State, bool) {
    let row = world.ledger.resident(uid).expect("there");
    let whys = world.ledger.why(&row, world.today).expect("readable");
    let why = whys.iter().find(|why| why.programme.id == programme).expect("asked of everybody");
    (why.verdict.holds, why.state, why.withdrawn.is_some())
}

fn counts(world: &World, programme: &str) -> Counts {
    world.ledger.list(programme, world.today).expect("readable").counts
}

#[test]
fn an_application_outweighs_what_was_said_and_a_refusal_does_not() {
    let mut world = World::new();
    let people: Vec<String> = (0..5).map(|_| rural_elder(&mut world, "王秀英")).collect();
    let told = |uid: &String| {
        let (resident, programme, on) = (uid.clone(), AWARD.to_owned(), day("2026-11-20"));
        Command::Record { resident, programme, outcome: Outcome::Told, on }
    };
    people[..2].iter().for_each(|uid| drop(world.run(told(uid))));
    for (uid, how) in people.iter().zip([("", ""), ("granted", ""), ("refused", ""), ("", "2026-05-01"), ("", "")]) {
        apply(&world, uid, AWARD, "once", how);
    }
    pay(&world, &people[4], AWARD, "once");
    let states: Vec<State> = people.iter().map(|uid| why(&world, uid, AWARD).1).collect();
    assert_eq!(states, [State::Applied, State::Done, State::Told, State::ToTell, State::Done]);
    let expected = Counts { eligible: 5, told: 4, applied: 1, done: 2, ..Counts::default() };
    assert_eq!(counts(&world, AWARD), expected);
    let list = world.ledger.list(AWARD, world.today).expect("readable");
    let on = |uid: &String| list.rows.iter().find(|row| row.uid == *uid).and_then(|row| row.outcome_on);
    assert_eq!((on(&people[0]), on(&people[1])), (Some(day("2026-03-01")), Some(day("2026-06-01"))));
    let tasks = world.ledger.worklist(world.today).expect("readable");
    assert!(tasks.iter().all(|task| task.programme().is_none_or(|of| of.id != AWARD)
        || task.uid() == people[3]
        || task.person().is_none()));
}

#[test]
fn who_withdrew_is_in_no_list_but_on_their_own_page() {
    let mut world = World::new();
    let (one, other) = (rural_elder(&mut world, "王秀英"), rural_elder(&mut world, "李秀梅"));
    consent(&world, &one, "services", "withdrawn", "2026-11-01");
    consent(&world, &other, "health", "withdrawn", "2026-11-01");
    assert_eq!((counts(&world, ELDER).eligible, counts(&world, AWARD).eligible), (0, 1));
    let claims = world.ledger.claims(world.today).expect("readable");
    assert!(claims.iter().any(|claim| claim.uid == other) && claims.iter().all(|claim| claim.uid != one));
    let tasks = world.ledger.worklist(world.today).expect("readable");
    let health = |kind| matches!(kind, Kind::Check | Kind::Vaccine);
    assert!(tasks.iter().all(|task| task.uid() == other && task.programme().is_none_or(|of| !health(of.kind))));
    assert_eq!(why(&world, &one, AWARD), (Holds::Yes, State::ToTell, true));
    assert_eq!((why(&world, &other, ELDER).2, why(&world, &other, AWARD).2), (true, false));
    consent(&world, &one, "services", "given", "2026-11-02");
    assert_eq!(counts(&world, AWARD).eligible, 2);
}

#[test]
fn applications_and_withdrawals_of_a_record_behind_count_for_the_person() {
    let mut world = World::new();
    let (one, other) = (rural_elder(&mut world, "王秀英"), rural_elder(&mut world, "王秀瑛"));
    apply(&world, &other, AWARD, "once", ("granted", ""));
    world.run(Command::Merge(Box::new(Merge { listed: one.clone(), behind: other.clone(), taken: Vec::new() })));
    assert_eq!((counts(&world, AWARD).eligible, counts(&world, AWARD).done), (1, 1));
    assert_eq!(why(&world, &one, AWARD).1, State::Done);
    consent(&world, &other, "services", "withdrawn", "2026-11-01");
    assert_eq!((counts(&world, AWARD).eligible, why(&world, &one, AWARD).2), (0, true));
    consent(&world, &one, "services", "given", "2026-11-02");
    assert_eq!(counts(&world, AWARD).eligible, 0, "what was withdrawn under one record was not given back under it");
    consent(&world, &other, "services", "given", "2026-11-02");
    assert_eq!((counts(&world, AWARD).eligible, why(&world, &one, AWARD).2), (1, false));
}

/// What is known of one of a random few.
#[derive(Clone, Debug)]
struct One {
    born: (i32, u32),
    residency: Option<Residency>,
    facts: Vec<(FactKind, usize)>,
    said: Vec<(usize, Outcome)>,
    came: Option<usize>,
    applied: Vec<(usize, usize)>,
    withdrawn: Option<&'static str>,
}

const PROGRAMMES: [&str; 5] = [ELDER, AWARD, "women-check", "child-subsidy", "left-behind"];
const ANSWERS: [(&str, &str); 4] = [("", ""), ("granted", ""), ("refused", ""), ("", "2026-05-01")];

fn one() -> impl Strategy<Value = One> {
    let outcome = prop::sample::select(vec![Outcome::Told, Outcome::Booked, Outcome::Declined, Outcome::Unreachable]);
    (
        prop_oneof![(1940..=1980, 1..=12_u32), (2019..=2026, 1..=9_u32)],
        prop::option::of(prop::sample::select(vec![Residency::Here, Residency::Away])),
        prop::collection::vec((prop::sample::select(FactKind::ALL), 0..8_usize), 0..6),
        prop::collection::vec((0..PROGRAMMES.len(), outcome), 0..3),
        prop::option::weighted(0.3, 0..PROGRAMMES.len()),
        prop::collection::vec((0..PROGRAMMES.len(), 0..ANSWERS.len()), 0..3),
        prop::option::weighted(0.2, prop::sample::select(vec!["services", "health", "clinic"])),
    )
        .prop_map(|(born, residency, facts, said, came, applied, withdrawn)| One {
            born,
            residency,
            facts,
            said,
            came,
            applied,
            withdrawn,
        })
}

fn enter(world: &mut World, one: &One) -> String {
    let uid = world.person("王秀英", &format!("{}-{:02}-09", one.born.0, one.born.1), one.residency);
    for (kind, place) in &one.facts {
        let (word, _) = kind.values()[place % kind.values().len()];
        fact(world, &uid, *kind, word);
    }
    for (at, outcome) in &one.said {
        let (resident, programme, on) = (uid.clone(), PROGRAMMES[*at].to_owned(), world.today);
        // Some things cannot be said after others; then what stood before stays.
        let _ = world.try_run(Command::Record { resident, programme, outcome: *outcome, on });
    }
    if let Some(at) = one.came {
        let on = world.today;
        world.run(Command::Attend { resident: uid.clone(), programme: PROGRAMMES[at].into(), on });
    }
    for (at, how) in &one.applied {
        for period in ["2026", "once"] {
            apply(world, &uid, PROGRAMMES[*at], period, ANSWERS[*how]);
        }
    }
    if let Some(purpose) = one.withdrawn {
        consent(world, &uid, purpose, "withdrawn", "2026-11-01");
    }
    uid
}

/// The numbers of the rows that a list shows; who declined is in none of them.
fn counted(rows: &[xiangli::ledger::lists::ListRow]) -> Counts {
    let yes = |states: &[State]| {
        let is = |row: &&xiangli::ledger::lists::ListRow| row.holds == Holds::Yes && states.contains(&row.state);
        rows.iter().filter(is).count() as u64
    };
    use State::{Applied, Been, Booked, Done, Told};
    Counts {
        eligible: rows.iter().filter(|row| row.holds == Holds::Yes).count() as u64,
        ask: rows.iter().filter(|row| row.holds == Holds::Unknown).count() as u64,
        told: yes(&[Told, Booked, Applied, Been, Done]),
        booked: yes(&[Booked]),
        applied: yes(&[Applied]),
        been: yes(&[Been]),
        done: yes(&[Done]),
        declined: 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn every_number_is_that_of_its_names_and_every_name_stands_as_its_own_page_says(
        people in prop::collection::vec(one(), 1..8), merged: bool,
    ) {
        let mut world = World::new();
        let uids: Vec<String> = people.iter().map(|one| enter(&mut world, one)).collect();
        if let (true, [listed, behind, ..]) = (merged, uids.as_slice()) {
            let (listed, behind) = (listed.clone(), behind.clone());
            world.run(Command::Merge(Box::new(Merge { listed, behind, taken: Vec::new() })));
        }
        let listed: Vec<&String> = uids.iter().enumerate().filter(|(at, _)| !(merged && *at == 1)).map(|(_, u)| u).collect();
        for summary in world.ledger.lists(world.today).expect("readable") {
            let programme = &summary.programme;
            let list = world.ledger.list(&programme.id, world.today).expect("readable");
            prop_assert_eq!(summary.counts, list.counts, "{}", programme.id);
            let Counts { eligible, told, declined, .. } = list.counts;
            let rows = Counts { eligible: eligible - declined, told: told - declined, declined: 0, ..list.counts };
            prop_assert_eq!(counted(&list.rows), rows, "{}", programme.id);
            if !programme.lists_people() {
                continue;
            }
            for uid in &listed {
                let (holds, state, is_withdrawn) = why(&world, uid, &programme.id);
                let row = list.rows.iter().find(|row| row.uid == **uid);
                if let Some(row) = row {
                    prop_assert_eq!((row.holds, row.state, false), (holds, state, is_withdrawn), "{}", programme.id);
                } else {
                    let out = is_withdrawn || state == State::Declined || holds != Holds::Yes;
                    prop_assert!(out, "{} leaves somebody out", programme.id);
                }
            }
        }
    }
}

#[test]
fn few_children_among_many_are_looked_up_with_all_that_was_said_done_and_withdrawn() {
    let mut world = World::new();
    for n in 0..72 {
        world.person("王秀英", &format!("{}", 1930 + n), Some(Residency::Here));
    }
    let born = ["2024-03-09", "2025-01-02", "2026"];
    let children = born.map(|born| world.person("王小小", born, Some(Residency::Here)));
    children.iter().for_each(|uid| fact(&mut world, uid, FactKind::Registered, "here"));
    apply(&world, &children[0], "child-subsidy", "2026", ("granted", ""));
    let (resident, on) = (children[1].clone(), world.today);
    world.run(Command::Record { resident, programme: "child-subsidy".into(), outcome: Outcome::Told, on });
    let all = |world: &World| {
        let summaries = world.ledger.lists(world.today).expect("readable");
        let summary = summaries.iter().find(|list| list.programme.id == "child-subsidy").expect("compiled in");
        assert_eq!(summary.counts, counts(world, "child-subsidy"), "one by one as side by side");
        summary.counts
    };
    let now = all(&world);
    assert_eq!((now.eligible + now.ask, now.done, now.told), (3, 1, 2));
    consent(&world, &children[1], "services", "withdrawn", "2026-11-01");
    assert_eq!((all(&world).eligible + all(&world).ask, all(&world).told), (2, 1));
    let (listed, behind) = (children[0].clone(), children[1].clone());
    world.run(Command::Merge(Box::new(Merge { listed, behind, taken: Vec::new() })));
    assert_eq!(all(&world).eligible + all(&world).ask, 1, "who withdrew under one record did so under all");
}
