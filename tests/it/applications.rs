//! Applications in the ledger: from the first paper to the payment, under whichever record, taken back step by step;
//! claims, renewals and the totals of a year.

use xiangli::domain::application::{Act, Phase};
use xiangli::domain::consent::{Channel, ConsentState, Guardian, GuardianRelation, Purpose};
use xiangli::domain::message::Say as _;
use xiangli::domain::offer::{Outcome, State};
use xiangli::domain::programme::Who;
use xiangli::domain::resident::{FactKind, FactValue, Standing};
use xiangli::ledger::applications::ApplicationRow;
use xiangli::ledger::benefits::{Claim, Opening};
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
    let mut claims = claims(world, uid, year);
    claims.retain(|claim| claim.period == year.to_string());
    claims.pop()
}

/// All claims to the child subsidy that a year shows.
fn claims(world: &World, uid: &str, year: i32) -> Vec<Claim> {
    let mut claims = world.ledger.claims_in(year, world.today).expect("readable");
    claims.retain(|claim| claim.uid == uid && claim.programme.id == SUBSIDY);
    claims
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
    assert_eq!((refused.state, refused.is_open(), refused.warning()), (State::Told, false, None), "it was answered");
    world.run(apply(&child, "2026", Act::Begin(Vec::new()), "2026-11-12"));
    world.run(apply(&child, "2026", Act::TakeBack, "2026-11-13"));
    let taken_back = claim(&world, &child, 2026).expect("eligible");
    assert_eq!((taken_back.state, taken_back.is_open(), taken_back.warning()), (State::ToTell, false, None));
    assert_eq!(world.ledger.unapplied(world.today).expect("readable").fen, 0, "a no, thank you, is respected");
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
    assert_eq!((late.days_left, late.warning()), (Some(38), Some(60)));
    let too_late = claim(&world, &y24, 2025).expect("a claim of that year");
    assert!(!too_late.is_open() && too_late.warning().is_none(), "it lapsed on the last day of 2025");
    let ahead = claim(&world, &y24, 2027).expect("a claim of that year");
    assert_eq!((ahead.opening, ahead.is_open()), (Opening::NotYet, false), "its year has not begun");
    world.today = day("2027-01-01");
    assert!(claim(&world, &y23, 2027).is_none(), "what was not applied for has lapsed");
}

#[test]
fn the_claim_of_the_year_of_birth_is_a_row_of_its_own_until_the_end_of_the_next() {
    let mut world = World::new();
    let child = a_child(&mut world, "王小宝", "2025-03-14");
    let rows = |world: &World, year: i32| -> Vec<_> {
        let row = |claim: Claim| {
            let (fen, deadline) = (claim.amount.map(|a| a.fen), claim.deadline.map(|d| d.to_string()));
            (claim.period.clone(), fen, deadline, claim.state, claim.is_open())
        };
        claims(world, &child, year).into_iter().map(row).collect()
    };
    let row =
        |period: &str, state, open| (period.to_owned(), Some(360_000), Some("2026-12-31".to_owned()), state, open);
    let both = vec![row("2025", State::ToTell, true), row("2026", State::ToTell, true)];
    assert_eq!(rows(&world, 2026), both);
    assert_eq!(rows(&world, 2025), [row("2025", State::ToTell, true)]);
    let open = world.ledger.unapplied(world.today).expect("readable");
    assert_eq!((open.fen, open.persons, open.claims.len()), (720_000, 1, 2));
    to_the_county(&mut world, &child, "2025", "2026-11-20");
    assert_eq!(rows(&world, 2026), [row("2025", State::Applied, false), row("2026", State::ToTell, true)]);
    let filed = application(&world, &child).expect("there");
    assert_eq!(filed.period, "2025");
    world.run(apply(&child, "2026", Act::Begin(Vec::new()), "2026-11-21"));
    world.run(apply(&child, "2025", Act::Grant(360_000), "2026-11-22"));
    assert_eq!(rows(&world, 2026), [row("2025", State::Done, false), row("2026", State::Applied, false)]);
    assert_eq!(world.ledger.unapplied(world.today).expect("readable").fen, 0);
}

#[test]
fn only_a_turn_that_is_still_open_may_be_applied_for() {
    let mut world = World::new();
    let (late, lapsed) = (a_child(&mut world, "王小宝", "2025-03-14"), a_child(&mut world, "李小贝", "2024-07-15"));
    for (uid, period) in [(&lapsed, "2025"), (&late, "2024"), (&late, "2027"), (&late, "spring")] {
        assert!(world.try_run(apply(uid, period, Act::Begin(Vec::new()), "2026-11-20")).is_err(), "{period}");
    }
    world.run(apply(&late, "2025", Act::Begin(Vec::new()), "2026-11-20"));
}

#[test]
fn a_birth_known_in_part_gives_the_amount_that_every_day_of_it_gives() {
    let mut world = World::new();
    let of = |world: &World, uid: &str, year| claim(world, uid, year).map(|claim| claim.amount.map(|a| a.fen));
    let december = a_child(&mut world, "王小宝", "2023-12");
    let some_day = a_child(&mut world, "李小贝", "2025");
    let split = a_child(&mut world, "张小丽", "2024");
    assert_eq!(of(&world, &december, 2026), Some(Some(360_000)));
    assert_eq!(of(&world, &some_day, 2026), Some(Some(360_000)));
    assert_eq!(claims(&world, &some_day, 2026).len(), 2, "2025 may still be applied for, whatever the day");
    assert_eq!((of(&world, &split, 2026), of(&world, &split, 2027)), (Some(Some(360_000)), Some(None)));
    let between = claim(&world, &split, 2027).expect("a claim").worth().expect("bounded");
    assert_eq!((between.least, between.most), (30_000, 360_000), "from January to December");
    let elder = a_child(&mut world, "王大山", "1960-05");
    let value = FactValue::from_word(FactKind::Registration, "rural").expect("a value");
    world.run(Command::SetFact { resident: elder.clone(), value, source: "户口簿".into(), on: day("2025-01-02") });
    let claims = world.ledger.claims(world.today).expect("readable");
    let award = claims.iter().find(|claim| claim.programme.id == "rural-award" && claim.uid == elder);
    assert_eq!(award.expect("told").amount.map(|a| a.fen), Some(96_000));
}

fn vocational_student(world: &mut World, born: &str) -> String {
    let uid = a_child(world, "张学生", born);
    for (kind, value) in [(FactKind::Study, "vocational_secondary"), (FactKind::Relief, "tuopin")] {
        let value = FactValue::from_word(kind, value).expect("a value");
        world.run(Command::SetFact { resident: uid.clone(), value, source: "学校".into(), on: day("2025-01-02") });
    }
    uid
}

#[test]
fn what_is_applied_for_each_half_year_is_renewed_each_half_year() {
    let mut world = World::new();
    let student = vocational_student(&mut world, "2008-05");
    let yulu = |world: &World| {
        let claims = world.ledger.claims(world.today).expect("readable");
        claims.into_iter().find(|claim| claim.programme.id == "yulu" && claim.uid == student).expect("eligible")
    };
    assert_eq!((yulu(&world).amount.map(|a| a.fen), yulu(&world).renewal), (Some(150_000), false));
    let act = |act, on: &str| Command::Apply {
        resident: student.clone(),
        programme: "yulu".into(),
        period: Some("2026-spring".into()),
        act,
        on: day(on),
    };
    world.run(act(Act::Begin(vec!["id-card".into()]), "2026-04-01"));
    for _ in 0..3 {
        world.run(act(Act::HandOn, "2026-04-02"));
    }
    world.run(act(Act::Grant(150_000), "2026-06-01"));
    let now = yulu(&world);
    assert_eq!((now.period.as_str(), now.renewal), ("2026-autumn", true));
    assert_eq!(world.ledger.papers_kept(&student, "yulu", "2026-autumn").expect("readable"), ["id-card"]);
}

#[test]
fn in_the_year_of_turning_eighty_the_months_from_the_birthday_on_are_counted() {
    let mut world = World::new();
    let key = |key: &str, value: &str| {
        let (key, value) = (key.into(), value.into());
        let (programme, source) = ("elder-allowance".into(), "县里文件".into());
        Command::SetLocal { programme, key, value, source, on: day("2026-01-02") }
    };
    world.run(key("fen_80", "50"));
    let of = |world: &mut World, born: &str| {
        let uid = a_child(world, "张老太", born);
        let claims = world.ledger.claims(world.today).expect("readable");
        let claim = claims.into_iter().find(|claim| claim.programme.id == "elder-allowance" && claim.uid == uid);
        claim.map(|claim| claim.amount.map(|a| a.fen))
    };
    assert_eq!(of(&mut world, "1946-11-15"), Some(Some(10_000)), "November and December");
    assert_eq!(of(&mut world, "1946-01-01"), Some(Some(60_000)));
    assert_eq!(of(&mut world, "1946"), None, "it must be asked first whether the birthday has been");
    assert_eq!(of(&mut world, "1945"), Some(Some(60_000)));
    assert_eq!(of(&mut world, "1946-12-24"), None, "not eighty yet");
    assert_eq!(of(&mut world, "1936-06-01"), Some(None), "from June on by an amount that is not set");
    world.run(key("fen_90", "100"));
    assert_eq!(of(&mut world, "1936-06-01"), Some(Some(5 * 5_000 + 7 * 10_000)));
    world.run(key("age_on", "month_end"));
    assert_eq!(of(&mut world, "1946-11-24"), Some(Some(10_000)), "whose birthday is still ahead in the month");
    world.run(key("age_on", "year_end"));
    assert_eq!(of(&mut world, "1946-12-24"), Some(Some(60_000)), "where the county counts the age of the year's end");
}

#[test]
fn what_was_granted_the_year_before_is_renewed_without_its_papers() {
    let mut world = World::new();
    let child = a_child(&mut world, "王小宝", "2024-07-15");
    assert!(!claim(&world, &child, 2026).expect("eligible").renewal);
    to_the_county(&mut world, &child, "2025", "2025-11-02");
    world.run(apply(&child, "2025", Act::Grant(360_000), "2025-11-10"));
    let renewal = claim(&world, &child, 2026).expect("eligible");
    assert!(renewal.renewal && claims(&world, &child, 2026).len() == 1);
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
    // Who died stays behind the number; who withdrew is not named, and what was paid was paid.
    let on = world.today;
    world.run(Command::SetStanding { resident: people[0].clone(), standing: Standing::Deceased, on });
    world.run(Command::WithdrawConsent { resident: people[1].clone(), purpose: Purpose::Services, on });
    let year = world.ledger.benefit_year(2026).expect("readable");
    assert_eq!((year.persons, year.unnamed, year.fen), (2, 1, 720_000));
    let of = &year.programmes[0];
    assert_eq!((of.persons(), of.unnamed, of.fen), (2, 1, 720_000));
    assert_eq!(of.people.iter().map(|person| &person.uid).collect::<Vec<_>>(), [&people[0]]);
}
