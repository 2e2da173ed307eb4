//! When somebody leaves: the slip that goes along says what goes on and nothing else, and after a death the family is
//! told, on the person's page alone, what may still be paid.

use xiangli::domain::application::Act;
use xiangli::domain::consent::Purpose;
use xiangli::domain::message::Say as _;
use xiangli::domain::offer::Outcome;
use xiangli::domain::programme::{Kind, Publicity};
use xiangli::domain::resident::{Residency, Standing};
use xiangli::ledger::command::Command;
use xiangli::ledger::material::PaperWish;
use xiangli::paper::order::Order;
use xiangli::words::{Language, Words};

use crate::applications::a_child;
use crate::support::world::{ELDER, World, day};

const SUBSIDY: &str = "child-subsidy";

fn leaves(world: &mut World, uid: &str, standing: Standing) {
    world.run(Command::SetStanding { resident: uid.into(), standing, on: day("2026-11-20") });
}

fn slip(world: &World, uid: &str) -> Result<Vec<String>, String> {
    let words = Words::new(Language::Chinese);
    let order = Order::new(PaperWish::MoveSlip(uid.into()), &words);
    let gathered = world.ledger.gather(&order.wish, world.today).map_err(|error| error.message().key.to_string())?;
    Ok(order.content(&gathered, &words).expect("a slip").texts(&words))
}

fn says(texts: &[String], what: &str) -> bool {
    texts.iter().any(|text| text.contains(what))
}

#[test]
fn the_slip_of_a_child_that_moves_says_what_was_applied_for_and_who_moves_along() {
    let mut world = World::new();
    let child = a_child(&mut world, "王小宝", "2024-07-15");
    let mother = world.person("李春梅", "1996-01-02", Some(Residency::Here));
    let begin = Act::Begin(vec!["birth-certificate".into()]);
    let (resident, programme, period) = (child.clone(), SUBSIDY.into(), Some("2026".to_owned()));
    world.run(Command::Apply { resident, programme, period, act: begin, on: day("2026-03-02") });
    assert_eq!(slip(&world, &child), Err("error-has-not-left".into()));
    leaves(&mut world, &child, Standing::MovedOut);
    leaves(&mut world, &mother, Standing::MovedOut);
    let texts = slip(&world, &child).expect("a slip");
    assert!(says(&texts, "王小宝") && says(&texts, "李春梅") && says(&texts, "2026年11月20日"), "{texts:?}");
    assert!(says(&texts, "育儿补贴"), "{texts:?}");
}

#[test]
fn what_was_not_wanted_and_what_was_withdrawn_is_on_no_slip() {
    let mut world = World::new();
    let uid = world.person("张建国", "1950-03-09", Some(Residency::Here));
    let record =
        |outcome, on: &str| Command::Record { resident: uid.clone(), programme: ELDER.into(), outcome, on: day(on) };
    world.run(record(Outcome::Declined, "2026-10-01"));
    leaves(&mut world, &uid, Standing::MovedOut);
    assert!(!says(&slip(&world, &uid).expect("a slip"), "不愿"), "nobody reads from it what was not wanted");
    let name = "老年人";
    assert!(says(&slip(&world, &uid).expect("a slip"), name));
    world.run(Command::WithdrawConsent { resident: uid.clone(), purpose: Purpose::Services, on: day("2026-11-21") });
    assert!(!says(&slip(&world, &uid).expect("a slip"), name));
}

#[test]
fn after_a_death_what_was_paid_is_proposed_to_be_ended_and_no_task_is_left() {
    let mut world = World::new();
    let child = a_child(&mut world, "王小宝", "2024-07-15");
    let old = world.person("张建国", "1940-03-09", Some(Residency::Here));
    leaves(&mut world, &child, Standing::Deceased);
    leaves(&mut world, &old, Standing::Deceased);
    let ends = |uid: &str| -> Vec<String> {
        let departure = world.ledger.departure(uid, world.today).expect("they left");
        departure.to_end().iter().map(|programme| programme.id.clone()).collect()
    };
    assert!(ends(&child).contains(&SUBSIDY.to_owned()));
    assert!(!ends(&child).iter().any(|id| id == ELDER), "a check is no payment");
    let guessed = world.ledger.departure(&old, world.today).expect("they left").eligible;
    assert!(guessed.iter().all(|programme| programme.publicity != Publicity::None && programme.kind != Kind::Care));
    let tasks = world.ledger.worklist(world.today).expect("read");
    assert!(tasks.iter().all(|task| task.uid() != child && task.uid() != old));
}
