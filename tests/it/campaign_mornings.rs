//! The morning of a session and what follows: ticks taken off, who was never told, what a person's own history says; and
//! the table of public holidays.

use xiangli::domain::campaign::{AppointmentAct, AppointmentState, Conflict, Word};
use xiangli::domain::message::{Message, Say as _};
use xiangli::domain::offer::{Outcome, State};
use xiangli::ledger::campaigns::Appointed;
use xiangli::ledger::campaigns::command::CampaignCommand;
use xiangli::ledger::command::Command;
use xiangli::ledger::history::ChangeFilter;
use xiangli::ledger::holidays::read_table;

use crate::campaigns::{appoint, book, elders, listed, move_to, read, refused, session, start, state};
use crate::support::world::{ELDER, World, day};

fn come(campaign: &str, resident: &str, world: &World) -> Command {
    let session = Some(read(world, campaign).sessions[0].uid.clone());
    let (campaign, resident, act) = (campaign.to_owned(), resident.to_owned(), AppointmentAct::Come);
    Command::Campaign(CampaignCommand::Appoint(Box::new(Appointed {
        campaign,
        resident,
        act,
        session,
        on: world.today,
    })))
}

#[test]
fn who_was_never_told_of_the_day_has_not_missed_it() {
    let mut world = World::new();
    let people = elders(&mut world, 2);
    let uid = start(&mut world, vec![session("2026-12-07", 2)]);
    book(&mut world, &uid);
    world.run(appoint(&uid, &people[0], AppointmentAct::Invite, &world));
    world.today = day("2026-12-07");
    let (campaign, act, on) = (uid.clone(), AppointmentAct::Miss, world.today);
    world.run(Command::Campaign(CampaignCommand::AppointMany { campaign, people: people.clone(), act, on }));
    assert_eq!(state(&world, &uid, &people[0]), Some(AppointmentState::Missed));
    assert_eq!(state(&world, &uid, &people[1]), Some(AppointmentState::Waiting));
}

#[test]
fn a_tick_taken_off_leaves_nothing_of_who_came_without_an_appointment() {
    let mut world = World::new();
    let people = elders(&mut world, 1);
    let uid = start(&mut world, vec![session("2026-12-07", 2)]);
    world.today = day("2026-12-07");
    world.run(come(&uid, &people[0], &world));
    assert_eq!(read(&world, &uid).of(&people[0]).map(|row| row.walked_in), Some(true));
    world.run(appoint(&uid, &people[0], AppointmentAct::Untick, &world));
    assert!(read(&world, &uid).of(&people[0]).is_none());
    world.run(Command::Undo);
    assert_eq!(state(&world, &uid, &people[0]), Some(AppointmentState::Came));
    world.run(appoint(&uid, &people[0], AppointmentAct::Untick, &world));
    assert!(read(&world, &uid).of(&people[0]).is_none());
    assert_eq!(listed(&world, &people[0]), Some(State::ToTell), "no visit is left, however often it is taken off");
}

#[test]
fn a_tick_taken_off_puts_back_the_day_that_they_had_and_keeps_what_was_noted_by_hand() {
    let mut world = World::new();
    let people = elders(&mut world, 2);
    let uid = start(&mut world, vec![session("2026-12-07", 3), session("2026-12-14", 3)]);
    for resident in &people {
        world.run(move_to(&read(&world, &uid), resident, 1, Word::Asked, &world));
    }
    world.today = day("2026-12-07");
    let stands = |world: &World, at: usize| read(world, &uid).of(&people[at]).map(|row| (row.state, row.session));
    world.run(come(&uid, &people[0], &world));
    assert_eq!(stands(&world, 0), Some((AppointmentState::Came, Some(0))));
    world.run(appoint(&uid, &people[0], AppointmentAct::Untick, &world));
    assert_eq!(stands(&world, 0), Some((AppointmentState::Planned, Some(1))), "as if nobody had ticked them");
    assert_eq!(listed(&world, &people[0]), Some(State::ToTell));
    world.run(come(&uid, &people[0], &world));
    for turn in [Command::Undo, Command::Redo, appoint(&uid, &people[0], AppointmentAct::Untick, &world)] {
        world.run(turn);
    }
    assert_eq!(stands(&world, 0), Some((AppointmentState::Planned, Some(1))));
    assert_eq!(listed(&world, &people[0]), Some(State::ToTell), "a tick that was redone is taken off all the same");
    // The service list knew of the visit before the tick.
    world.run(listed_came(&people[1], &world));
    world.run(come(&uid, &people[1], &world));
    for turn in [Command::Undo, Command::Redo, appoint(&uid, &people[1], AppointmentAct::Untick, &world)] {
        world.run(turn);
    }
    assert_eq!(listed(&world, &people[1]), Some(State::Been));
    world.ledger.check().expect("the history adds up");
}

#[test]
fn what_was_done_to_many_stands_in_the_history_of_each() {
    let mut world = World::new();
    let people = elders(&mut world, 2);
    let uid = start(&mut world, vec![session("2026-12-07", 2)]);
    book(&mut world, &uid);
    for resident in &people {
        let filter = ChangeFilter { about: Some(resident.clone()), ..ChangeFilter::default() };
        let changes = world.ledger.history(&filter).expect("readable");
        assert!(changes.iter().any(|change| change.op == "plan-book"), "the plan gave them a day");
    }
}

fn listed_no(resident: &str, world: &World) -> Command {
    let (resident, programme, outcome) = (resident.to_owned(), ELDER.to_owned(), Outcome::Declined);
    Command::Record { programme, resident, outcome, on: world.today }
}

fn listed_came(resident: &str, world: &World) -> Command {
    Command::Attend { programme: ELDER.to_owned(), resident: resident.to_owned(), on: world.today }
}

#[test]
fn what_is_noted_in_the_service_list_ends_the_day_in_the_same_step() {
    let mut world = World::new();
    let people = elders(&mut world, 3);
    let uid = start(&mut world, vec![session("2026-12-07", 3)]);
    book(&mut world, &uid);
    world.run(listed_no(&people[0], &world));
    let campaign = read(&world, &uid);
    assert!(campaign.of(&people[0]).is_none(), "who said no is out of sight");
    assert_eq!((campaign.declined, campaign.sessions[0].free()), (1, 1));
    world.run(Command::Undo);
    assert_eq!(state(&world, &uid, &people[0]), Some(AppointmentState::Planned), "one undo puts both back");
    world.today = day("2026-12-03");
    world.run(listed_came(&people[1], &world));
    assert_eq!(state(&world, &uid, &people[1]), Some(AppointmentState::Out), "has been elsewhere");
    world.today = day("2026-12-07");
    world.run(listed_came(&people[2], &world));
    assert_eq!(state(&world, &uid, &people[2]), Some(AppointmentState::Came));
}

#[test]
fn nobody_is_given_a_day_that_has_passed_but_today_s_is_one() {
    let mut world = World::new();
    let people = elders(&mut world, 3);
    let uid = start(&mut world, vec![session("2026-12-07", 3), session("2026-12-14", 3)]);
    let campaign = read(&world, &uid);
    world.run(move_to(&campaign, &people[1], 0, Word::Given, &world));
    world.run(move_to(&campaign, &people[2], 1, Word::Given, &world));
    world.today = day("2026-12-07");
    world.run(move_to(&campaign, &people[0], 0, Word::Given, &world));
    world.run(appoint(&uid, &people[0], AppointmentAct::Wait, &world));
    world.today = day("2026-12-08");
    let late = world.try_run(move_to(&campaign, &people[0], 0, Word::Given, &world)).expect_err("refused");
    assert_eq!(late.message(), conflict_words(Conflict::Past));
    let (campaign, on) = (uid.clone(), world.today);
    let (one, other) = (people[1].clone(), people[2].clone());
    let swap = Command::Campaign(CampaignCommand::Swap { campaign, one, other, on });
    assert_eq!(refused(&mut world, swap), "error-session-conflict");
}

fn conflict_words(of: Conflict) -> Message {
    Message::new("error-session-conflict").said("why", vec![of.message()])
}

#[test]
fn a_day_that_passed_without_a_word_leaves_the_offer_on_the_worklist() {
    let mut world = World::new();
    let people = elders(&mut world, 1);
    let uid = start(&mut world, vec![session("2026-12-07", 2), session("2026-12-21", 2)]);
    let campaign = read(&world, &uid);
    world.today = day("2026-12-01");
    world.run(move_to(&campaign, &people[0], 0, Word::Asked, &world));
    let offered = |world: &World| {
        let tasks = world.ledger.worklist(world.today).expect("readable");
        tasks.iter().any(|task| task.uid() == people[0] && task.programme().is_some_and(|of| of.id == ELDER))
    };
    assert!(!offered(&world), "the day ahead is what is to be told");
    world.today = day("2026-12-08");
    assert!(offered(&world));
}

#[test]
fn not_reached_is_refused_with_a_sentence_where_the_person_knows_already() {
    let mut world = World::new();
    let people = elders(&mut world, 1);
    let uid = start(&mut world, vec![session("2026-12-07", 2)]);
    book(&mut world, &uid);
    world.run(appoint(&uid, &people[0], AppointmentAct::Unreached, &world));
    assert_eq!(listed(&world, &people[0]), Some(State::Unreachable));
    world.run(appoint(&uid, &people[0], AppointmentAct::Wait, &world));
    let again = appoint(&uid, &people[0], AppointmentAct::Unreached, &world);
    assert_eq!(refused(&mut world, again), "error-appointment-reached-before");
}

/// A village in which one elder agreed to the first of two days.
fn agreed() -> (World, String, String) {
    let mut world = World::new();
    let people = elders(&mut world, 1);
    let uid = start(&mut world, vec![session("2026-12-07", 2), session("2026-12-14", 2)]);
    let campaign = read(&world, &uid);
    world.run(move_to(&campaign, &people[0], 0, Word::Given, &world));
    assert_eq!(listed(&world, &people[0]), Some(State::Booked));
    (world, uid, people[0].clone())
}

#[test]
fn a_day_that_is_given_up_is_no_longer_booked_in_the_service_list() {
    for act in [AppointmentAct::Wait, AppointmentAct::StayOut, AppointmentAct::Miss] {
        let (mut world, uid, who) = agreed();
        world.today = day("2026-12-07");
        world.run(appoint(&uid, &who, act, &world));
        assert_eq!(listed(&world, &who), Some(State::Told), "{act:?}");
        world.run(Command::Undo);
        assert_eq!(listed(&world, &who), Some(State::Booked), "one undo puts both back");
    }
    let (mut world, uid, who) = agreed();
    world.run(move_to(&read(&world, &uid), &who, 1, Word::Asked, &world));
    assert_eq!(listed(&world, &who), Some(State::Told));
    let (mut world, uid, who) = agreed();
    world.run(move_to(&read(&world, &uid), &who, 1, Word::Given, &world));
    assert_eq!(listed(&world, &who), Some(State::Booked), "agreed to the other day");
}

#[test]
fn a_session_that_is_moved_or_taken_away_leaves_nobody_booked() {
    let (mut world, uid, who) = agreed();
    let first = read(&world, &uid).sessions[0].uid.clone();
    let edit = Box::new(session("2026-12-08", 2));
    world.run(Command::Campaign(CampaignCommand::EditSession { session: first.clone(), edit }));
    assert_eq!((state(&world, &uid, &who), listed(&world, &who)), (Some(AppointmentState::Planned), Some(State::Told)));
    world.run(Command::Undo);
    world.run(Command::Campaign(CampaignCommand::RemoveSession { session: first }));
    assert_eq!((state(&world, &uid, &who), listed(&world, &who)), (Some(AppointmentState::Waiting), Some(State::Told)));
    world.run(Command::Undo);
    world.run(Command::Campaign(CampaignCommand::Remove { campaign: uid }));
    assert_eq!(listed(&world, &who), Some(State::Told));
}

#[test]
fn a_day_is_given_up_also_where_the_list_knows_something_of_later() {
    let (mut world, uid, who) = agreed();
    let said_on = world.today.pred_opt().expect("a day");
    let (campaign, resident, act) = (uid.clone(), who.clone(), AppointmentAct::Wait);
    let new = Appointed { campaign, resident, act, session: None, on: said_on };
    world.run(Command::Campaign(CampaignCommand::Appoint(Box::new(new))));
    assert_eq!((state(&world, &uid, &who), listed(&world, &who)), (Some(AppointmentState::Waiting), Some(State::Told)));
}

#[test]
fn a_holiday_without_its_year_is_said_and_not_guessed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("2027.csv");
    std::fs::write(&path, "日期,休或班,名称\n2027-01-01,休,元旦\n1月2日,休,元旦\n").expect("written");
    let table = read_table(&path).expect("a table");
    assert_eq!(table.days.keys().copied().collect::<Vec<_>>(), [day("2027-01-01")]);
    assert_eq!(table.unread, [3]);
}

#[test]
fn a_tick_taken_off_books_nobody_for_a_day_that_was_given_away() {
    let mut world = World::new();
    let people = elders(&mut world, 2);
    let uid = start(&mut world, vec![session("2026-12-07", 3), session("2026-12-14", 1)]);
    for is_gone in [false, true] {
        world.run(move_to(&read(&world, &uid), &people[0], 1, Word::Given, &world));
        world.today = day("2026-12-07");
        world.run(come(&uid, &people[0], &world));
        let other = read(&world, &uid).sessions[1].uid.clone();
        world.run(if is_gone {
            Command::Campaign(CampaignCommand::RemoveSession { session: other })
        } else {
            move_to(&read(&world, &uid), &people[1], 1, Word::Asked, &world)
        });
        world.run(appoint(&uid, &people[0], AppointmentAct::Untick, &world));
        assert_eq!(state(&world, &uid, &people[0]), Some(AppointmentState::Waiting));
        assert_eq!(listed(&world, &people[0]), Some(State::Told), "no day is agreed");
        (0..4).for_each(|_| drop(world.run(Command::Undo)));
    }
}

#[test]
fn who_is_ticked_at_another_session_after_all_has_been_there_and_not_here() {
    let mut world = World::new();
    let people = elders(&mut world, 1);
    let uid = start(&mut world, vec![session("2026-12-07", 3), session("2026-12-14", 3)]);
    world.run(move_to(&read(&world, &uid), &people[0], 0, Word::Given, &world));
    world.today = day("2026-12-07");
    world.run(come(&uid, &people[0], &world));
    world.today = day("2026-12-14");
    let (campaign, resident, act) = (uid.clone(), people[0].clone(), AppointmentAct::Come);
    let session = Some(read(&world, &uid).sessions[1].uid.clone());
    let new = Appointed { campaign, resident, act, session, on: world.today };
    world.run(Command::Campaign(CampaignCommand::Appoint(Box::new(new))));
    assert_eq!(listed(&world, &people[0]), Some(State::Been));
    world.run(appoint(&uid, &people[0], AppointmentAct::Untick, &world));
    assert_eq!(state(&world, &uid, &people[0]), Some(AppointmentState::Agreed));
    assert_eq!(listed(&world, &people[0]), Some(State::Booked), "no visit is left on either day");
}

#[test]
fn nobody_is_told_of_a_day_that_is_over_but_what_was_said_before_is_noted_after_it() {
    let mut world = World::new();
    let people = elders(&mut world, 1);
    let uid = start(&mut world, vec![session("2026-12-07", 2), session("2026-12-14", 2)]);
    world.run(move_to(&read(&world, &uid), &people[0], 0, Word::Asked, &world));
    world.today = day("2026-12-08");
    for act in [AppointmentAct::Invite, AppointmentAct::Agree] {
        let late = world.try_run(appoint(&uid, &people[0], act, &world)).expect_err("refused");
        assert_eq!(late.message(), conflict_words(Conflict::Past), "{act:?}");
    }
    let (campaign, resident, act) = (uid.clone(), people[0].clone(), AppointmentAct::Invite);
    let new = Appointed { campaign, resident, act, session: None, on: day("2026-12-05") };
    world.run(Command::Campaign(CampaignCommand::Appoint(Box::new(new))));
    assert_eq!(state(&world, &uid, &people[0]), Some(AppointmentState::Invited));
}
