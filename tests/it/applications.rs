//! Applications in the ledger: from the first paper to the payment, under whichever record, taken back step by step;
//! claims, renewals and the totals of a year.

use xiangli::domain::application::{Act, Phase};
use xiangli::domain::consent::{Channel, ConsentState, Guardian, GuardianRelation, Purpose};
use xiangli::domain::message::Say as _;
use xiangli::domain::offer::{Outcome, State};
use xiangli::domain::programme::Who;
use xiangli::domain::resident::{FactKind, FactValue};
use xiangli::ledger::applications::ApplicationRow;
use xiangli::ledger::benefits::Claim;
use xiangli::ledger::command::{Agreed, Command, Merge};
use xiangli::ledger::history::ChangeFilter;

use crate::support::world::{World, day};

const SUBSIDY: &str = "child-subsidy";

pub fn a_child(world: &mut World, name: &str, born: &str) -> String {
    let uid = world.person(name, born, None);
    let value = FactValue::from_word(FactKind::Registered, "here").expect("a value");
    world.run(Command::SetFact { resident: uid.clone(), value, source: "户口簿".into(), on: day("2025-01-02") });
    uid
}

fn apply(uid: &str, period: &str, act: Act, on: &str) -> Command {
    let period = Some(period.to_owned());
    Command::Apply { resident: uid.into(), programme: SUBSIDY.into(), period, act, on: day(on) }
}

fn claim(world: &World, uid: &str, year: i32) -> Option<Claim> {
    let claims = world.ledger.claims_in(year, world.today).expect("readable");
    claims.into_iter().find(|claim| claim.uid == uid && claim.programme.id == SUBSIDY)
}

fn application(world: &World, uid: &str) -> Option<ApplicationRow> {
    world.ledger.applications_of(uid).expect("readable").into_iter().next()
}

fn to_the_county(world: &mut World, uid: &str, period: &str, on: &str) {
    world.run(apply(uid, period, Act::Begin(vec!["birth-certificate".into()]), on));
    world.run(apply(uid, period, Act::HandOn, on));
    world.run(apply(uid, period, Act::HandOn, on));
}

#[test]
fn an_application_is_followed_to_the_payment_and_undone_step_by_step() {
    let mut world = World::new();
    let child = a_child(&mut world, "王小宝", "2024-07-15");
    let before = world.ledger.digest().expect("readable");
    let state = |world: &World| claim(world, &child, 2026).expect("eligible").state;
    assert_eq!(state(&world), State::ToTell);
    to_the_county(&mut world, &child, "2026", "2026-11-02");
    assert_eq!(state(&world), State::Applied);
    world.run(apply(&child, "2026", Act::Grant(360_000), "2026-11-10"));
    assert_eq!(state(&world), State::Done);
    world.run(apply(&child, "2026", Act::Paid(360_000), "2026-11-20"));
    let row = application(&world, &child).expect("there");
    assert_eq!(
        (row.application.phase(), row.application.holder, row.period.as_str()),
        (Phase::Paid, Who::County, "2026")
    );
    let named = world.ledger.history(&ChangeFilter::default()).expect("readable");
    assert_eq!((named[0].op.as_str(), named[0].about.as_str()), ("apply-paid", child.as_str()));
    for _ in 0..5 {
        world.run(Command::Undo);
    }
    assert_eq!(world.ledger.digest().expect("readable"), before, "nothing is left of it");
    for _ in 0..5 {
        world.run(Command::Redo);
    }
    assert_eq!(application(&world, &child).expect("there").application, row.application);
    world.ledger.check().expect("the history adds up");
}

#[test]
fn a_step_that_others_rest_on_is_not_taken_back_from_under_them() {
    let mut world = World::new();
    let child = a_child(&mut world, "王小宝", "2024-07-15");
    let begun = world.run(apply(&child, "2026", Act::Begin(vec!["birth-certificate".into()]), "2026-11-02"));
    world.run(apply(&child, "2026", Act::Tick("household-book".into()), "2026-11-03"));
    let kept = world.run(Command::TakeBack { change: begun.change.expect("a change").uid });
    assert_eq!(kept.kept.iter().map(|kept| kept.name.as_str()).collect::<Vec<_>>(), ["王小宝"]);
    let row = application(&world, &child).expect("still there");
    assert_eq!(row.application.documents.len(), 2, "its papers stay with it");
    world.ledger.check().expect("the history adds up");
}

#[test]
fn refused_or_taken_back_what_was_said_counts_again() {
    let mut world = World::new();
    let child = a_child(&mut world, "王小宝", "2024-07-15");
    to_the_county(&mut world, &child, "2026", "2026-11-02");
    world.run(apply(&child, "2026", Act::Refuse, "2026-11-10"));
    let refused = claim(&world, &child, 2026).expect("eligible");
    assert_eq!((refused.state, refused.is_open()), (State::Told, true));
    world.run(apply(&child, "2026", Act::Begin(Vec::new()), "2026-11-12"));
    world.run(apply(&child, "2026", Act::TakeBack, "2026-11-13"));
    assert_eq!(claim(&world, &child, 2026).expect("eligible").state, State::ToTell);
    assert_eq!(application(&world, &child).expect("there").application.phase(), Phase::TakenBack);
}

#[test]
fn days_ahead_and_people_who_left_are_refused() {
    let mut world = World::new();
    let child = a_child(&mut world, "王小宝", "2024-07-15");
    assert!(world.try_run(apply(&child, "2026", Act::Begin(Vec::new()), "2026-11-24")).is_err());
    assert!(world.try_run(apply(&child, "2026", Act::Begin(vec!["account".into()]), "2026-11-23")).is_err());
    assert!(application(&world, &child).is_none(), "nothing was written");
}

fn consent(world: &mut World, uid: &str, purpose: Purpose, state: ConsentState) {
    let (resident, on) = (uid.to_owned(), world.today);
    let agreed = Agreed { channel: Channel::Signed, witness: String::new(), guardian: None };
    let parent = Guardian { name: "王建国".into(), relation: GuardianRelation::Parent };
    let agreed = Box::new(Agreed { guardian: Some(parent), ..agreed });
    world.run(match state {
        ConsentState::Given => Command::GiveConsent { resident, purpose, on, agreed },
        ConsentState::Withdrawn => Command::WithdrawConsent { resident, purpose, on },
    });
}

#[test]
fn a_withdrawn_account_goes_back_in_the_same_step_and_is_never_handed_on() {
    let mut world = World::new();
    let child = a_child(&mut world, "王小宝", "2024-07-15");
    consent(&mut world, &child, Purpose::Account, ConsentState::Given);
    world.run(apply(&child, "2026", Act::Begin(vec!["account".into(), "household-book".into()]), "2026-11-23"));
    let before = world.ledger.digest().expect("readable");
    for purpose in [Purpose::Account, Purpose::Services] {
        consent(&mut world, &child, purpose, ConsentState::Withdrawn);
        let papers: Vec<String> =
            application(&world, &child).expect("there").application.documents.into_keys().collect();
        assert_eq!(papers, ["household-book"], "{purpose:?}");
        assert!(world.try_run(apply(&child, "2026", Act::Tick("account".into()), "2026-11-23")).is_err());
        world.run(Command::Undo);
        assert_eq!(world.ledger.digest().expect("readable"), before, "one step back brings all back");
    }
    world.run(apply(&child, "2026", Act::HandOn, "2026-11-23"));
    world.run(apply(&child, "2026", Act::HandOn, "2026-11-23"));
    consent(&mut world, &child, Purpose::Account, ConsentState::Withdrawn);
    let kept = application(&world, &child).expect("there").application;
    assert!(kept.documents.contains_key("account"), "what an authority has is not called back by that");
    world.ledger.check().expect("the history adds up");
}

#[test]
fn who_withdrew_the_services_begins_no_application() {
    let mut world = World::new();
    let child = a_child(&mut world, "王小宝", "2024-07-15");
    consent(&mut world, &child, Purpose::Services, ConsentState::Withdrawn);
    let refused = world.try_run(apply(&child, "2026", Act::Begin(Vec::new()), "2026-11-23")).expect_err("withdrawn");
    assert_eq!(refused.message().key, "error-consent-withdrawn");
}

#[test]
fn a_refusal_and_what_was_taken_back_name_nobody_in_the_history_of_the_village() {
    let mut world = World::new();
    let child = a_child(&mut world, "王小宝", "2024-07-15");
    to_the_county(&mut world, &child, "2026", "2026-11-02");
    world.run(apply(&child, "2026", Act::Refuse, "2026-11-10"));
    world.run(apply(&child, "2026", Act::Begin(Vec::new()), "2026-11-12"));
    world.run(apply(&child, "2026", Act::TakeBack, "2026-11-13"));
    world.run(Command::Undo);
    let rows = world.ledger.history(&ChangeFilter { limit: 4, ..ChangeFilter::default() }).expect("readable");
    let seen: Vec<_> = rows.iter().map(|row| (row.op.as_str(), row.name.as_str())).collect();
    assert_eq!(seen, [("undo", ""), ("apply", ""), ("apply-begin", "王小宝"), ("apply", "")]);
}

#[test]
fn an_application_belongs_to_the_person_whatever_record_it_was_made_under() {
    let mut world = World::new();
    let (one, other) = (a_child(&mut world, "王小宝", "2024-07-15"), a_child(&mut world, "王小宝", "2024-07-15"));
    to_the_county(&mut world, &other, "2026", "2026-11-02");
    world.run(Command::Merge(Box::new(Merge { listed: one.clone(), behind: other, taken: Vec::new() })));
    assert_eq!(claim(&world, &one, 2026).expect("eligible").state, State::Applied);
    assert!(world.try_run(apply(&one, "2026", Act::Begin(Vec::new()), "2026-11-12")).is_err(), "there is one already");
    world.run(apply(&one, "2026", Act::Grant(0), "2026-11-12"));
    let rows = world.ledger.applications().expect("readable");
    assert_eq!(rows.iter().map(|row| row.uid.as_str()).collect::<Vec<_>>(), [one.as_str()]);
    assert_eq!(rows[0].application.phase(), Phase::Granted);
}

#[test]
fn claims_name_the_amount_of_their_year_and_lapse_on_the_last_day() {
    let mut world = World::new();
    let of = |world: &World, uid: &str, year: i32| {
        claim(world, uid, year).map(|claim| (claim.amount.map(|a| a.fen), claim.deadline.map(|d| d.to_string())))
    };
    let last = |fen, day: &str| Some((Some(fen), Some(day.to_owned())));
    let born = |world: &mut World, born: &str| a_child(world, "王小宝", born);
    let y22 = born(&mut world, "2022-01-20");
    assert_eq!(of(&world, &y22, 2025), last(30_000, "2025-12-31"));
    assert_eq!(of(&world, &y22, 2026), None);
    let y23 = born(&mut world, "2023-12-01");
    assert_eq!((of(&world, &y23, 2026), of(&world, &y23, 2027)), (last(360_000, "2026-12-31"), None));
    let y24 = born(&mut world, "2024-07-15");
    assert_eq!(of(&world, &y24, 2025), last(360_000, "2025-12-31"));
    assert_eq!(of(&world, &y24, 2027), last(210_000, "2027-12-31"));
    let y25 = born(&mut world, "2025-06-01");
    assert_eq!(of(&world, &y25, 2025), last(360_000, "2026-12-31"));
    assert_eq!(of(&world, &y25, 2026), last(360_000, "2026-12-31"));
    assert_eq!((of(&world, &y25, 2027), of(&world, &y25, 2028)), (last(360_000, "2027-12-31"), None));
    let late = claim(&world, &y25, 2026).expect("eligible");
    assert_eq!(late.earlier.map(|amount| (amount.year, amount.fen)), Some((2025, 360_000)), "2025 is not lost yet");
    assert_eq!((late.days_left, late.warning()), (Some(38), Some(60)));
    let too_late = claim(&world, &y24, 2025).expect("a claim of that year");
    assert!(too_late.is_open(), "as seen at the end of that year");
    world.today = day("2027-01-01");
    assert!(claim(&world, &y23, 2027).is_none(), "what was not applied for has lapsed");
}

#[test]
fn what_was_granted_the_year_before_is_renewed_without_its_papers() {
    let mut world = World::new();
    let child = a_child(&mut world, "王小宝", "2024-07-15");
    assert!(!claim(&world, &child, 2026).expect("eligible").renewal);
    to_the_county(&mut world, &child, "2025", "2025-11-02");
    world.run(apply(&child, "2025", Act::Grant(360_000), "2025-11-10"));
    let renewal = claim(&world, &child, 2026).expect("eligible");
    assert!(renewal.renewal && renewal.earlier.is_none());
    let papers = world.ledger.papers_kept(&child, SUBSIDY, "2026").expect("readable");
    assert_eq!(papers, ["birth-certificate"]);
    world.run(apply(&child, "2026", Act::Begin(papers), "2026-11-02"));
    assert_eq!(world.ledger.applications_of(&child).expect("readable").len(), 2);
}

#[test]
fn what_is_not_applied_for_is_added_up_and_what_is_not_known_counted_apart() {
    let mut world = World::new();
    let (one, two) = (a_child(&mut world, "王小宝", "2024-07-15"), a_child(&mut world, "李小贝", "2023-12-01"));
    let elder = a_child(&mut world, "张老太", "1940-01-01");
    let open = |world: &World| {
        let open = world.ledger.unapplied(world.today).expect("readable");
        let names: Vec<_> = open.claims.iter().map(|claim| claim.uid.clone()).collect();
        (open.fen, open.unknown, names)
    };
    let (fen, unknown, names) = open(&world);
    assert_eq!((fen, names[..2].iter().all(|uid| [&one, &two].contains(&uid))), (720_000, true));
    assert!(unknown >= 1 && names.contains(&elder), "the county has not said what the elderly get: not guessed");
    to_the_county(&mut world, &one, "2026", "2026-11-02");
    let declined =
        Command::Record { resident: two, programme: SUBSIDY.into(), outcome: Outcome::Declined, on: day("2026-11-20") };
    world.run(declined);
    assert_eq!(open(&world).0, 0, "applied for, or not wanted");
}

#[test]
fn what_is_told_to_everybody_of_an_age_is_missed_by_nobody_before_they_apply() {
    let mut world = World::new();
    let elder = a_child(&mut world, "王大山", "1960-01-01");
    let value = FactValue::from_word(FactKind::Registration, "rural").expect("a value");
    world.run(Command::SetFact { resident: elder.clone(), value, source: "户口簿".into(), on: day("2025-01-02") });
    let claims = world.ledger.claims(world.today).expect("readable");
    assert!(claims.iter().any(|claim| claim.programme.id == "rural-award" && claim.uid == elder));
    let open = world.ledger.unapplied(world.today).expect("readable");
    assert!(open.claims.iter().all(|claim| !["rural-award", "special-aid"].contains(&claim.programme.id.as_str())));
}

#[test]
fn the_totals_of_a_year_are_the_people_behind_them() {
    let mut world = World::new();
    let people: Vec<_> = ["2024-07-15", "2023-12-01", "2025-02-03"]
        .into_iter()
        .map(|born| a_child(&mut world, "王小宝", born))
        .collect();
    for uid in &people {
        to_the_county(&mut world, uid, "2026", "2026-06-01");
        world.run(apply(uid, "2026", Act::Grant(360_000), "2026-07-01"));
    }
    for (uid, fen, on) in [(0, 100_000, "2026-08-01"), (0, 260_000, "2026-09-01"), (1, 360_000, "2026-09-01")]
        .map(|p| (&people[p.0], p.1, p.2))
    {
        world.run(apply(uid, "2026", Act::Paid(fen), on));
    }
    let year = world.ledger.benefit_year(2026).expect("readable");
    assert_eq!((year.persons, year.fen, year.programmes.len()), (2, 720_000, 1));
    let of = &year.programmes[0];
    assert_eq!(of.people.iter().map(|person| person.fen).sum::<i64>(), of.fen);
    assert_eq!(of.people.iter().map(|person| person.fen).collect::<Vec<_>>(), [360_000, 360_000]);
    assert_eq!(world.ledger.benefit_year(2025).expect("readable").persons, 0);
}
