//! Plans that are made again while people go on saying what they say: what is proposed can always be taken, nobody loses a
//! day that they have, and nobody who said no is planned.

use xiangli::domain::campaign::{AppointmentAct, AppointmentState, SessionKind, Word};
use xiangli::domain::planner::Why;
use xiangli::domain::resident::{Residency, Sex};
use xiangli::ledger::campaigns::command::CampaignCommand;
use xiangli::ledger::campaigns::planning::{LeftWhy, Step};
use xiangli::ledger::campaigns::{Appointed, AppointmentRow, CampaignEdit, NewCampaign, SessionEdit, Wish};
use xiangli::ledger::command::{Command, ResidentEdit};

use crate::campaigns::{appoint, book, campaign_edit, elders, move_to, read, refused, session, start, state};
use crate::support::world::{ELDER, World, day};

fn wish(campaign: &str, resident: &str, wish: Wish) -> Command {
    let (campaign, resident, wish) = (campaign.to_owned(), resident.to_owned(), Box::new(wish));
    Command::Campaign(CampaignCommand::SetWish { campaign, resident, wish })
}

fn visits(on: &str, seats: u32) -> SessionEdit {
    SessionEdit { kind: SessionKind::Home, ..session(on, seats) }
}

/// Marsaglia's xorshift: the same numbers every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

#[test]
fn whatever_people_say_a_fresh_proposal_can_be_taken() {
    let mut world = World::new();
    let people = elders(&mut world, 9);
    let days = vec![session("2026-12-07", 2), session("2026-12-14", 3), visits("2026-12-15", 2)];
    let uid = start(&mut world, days);
    let other = start(&mut world, vec![session("2026-12-08", 2)]);
    let mut numbers = Numbers(2026);
    let mut taken = 0;
    for round in 0..60 {
        for _ in 0..3 {
            let who = &people[numbers.below(people.len())];
            let acts = [AppointmentAct::Wait, AppointmentAct::Invite, AppointmentAct::Agree, AppointmentAct::StayOut];
            // A no is rare, for it is the end.
            let act = if numbers.below(40) == 0 { AppointmentAct::Decline } else { acts[numbers.below(acts.len())] };
            let said = match numbers.below(4) {
                0 => appoint(&uid, who, act, &world),
                1 => {
                    let not_before = [None, Some(day("2026-12-10")), Some(day("2026-12-30"))][numbers.below(3)];
                    wish(&uid, who, Wish { not_before, at_home: numbers.below(2) == 0, ..Wish::default() })
                }
                2 if people[..2].contains(who) => move_to(&read(&world, &other), who, 0, Word::Given, &world),
                2 => move_to(&read(&world, &uid), who, numbers.below(3), Word::Given, &world),
                _ => appoint(&uid, who, AppointmentAct::Wait, &world),
            };
            // What cannot be is refused.
            let _ = world.try_run(said);
        }
        let booking = world.ledger.propose(&uid, round, world.today).expect("a plan").booking();
        if !booking.rows.is_empty() {
            world.run(Command::Campaign(CampaignCommand::Book(Box::new(booking))));
            taken += 1;
        }
        assert!(read(&world, &uid).sessions.iter().all(|session| session.free() >= 0), "round {round}");
    }
    assert!(taken > 10, "{taken} were worth taking");
}

#[test]
fn a_day_that_somebody_has_is_not_given_away_while_nobody_has_decided() {
    let mut world = World::new();
    let people = elders(&mut world, 2);
    let uid = start(&mut world, vec![session("2026-12-07", 1)]);
    book(&mut world, &uid);
    let has = people.iter().find(|uid_of| read(&world, &uid).of(uid_of).is_some()).expect("one has the seat").clone();
    world.run(wish(&uid, &has, Wish { not_before: Some(day("2026-12-20")), ..Wish::default() }));
    let proposal = world.ledger.propose(&uid, 1, world.today).expect("a plan");
    assert!(proposal.placed.is_empty());
    let why = |uid: &String| proposal.left.iter().find(|row| row.uid == *uid).map(|row| row.why.clone());
    assert_eq!(why(&has), Some(LeftWhy::Wish));
    assert_eq!(proposal.left.len(), 2);
}

#[test]
fn who_agreed_to_a_day_stays_on_it_and_a_wish_for_a_visit_decides_only_before() {
    let mut world = World::new();
    let people = elders(&mut world, 2);
    let uid = start(&mut world, vec![session("2026-12-07", 2), visits("2026-12-15", 2)]);
    book(&mut world, &uid);
    world.run(appoint(&uid, &people[0], AppointmentAct::Agree, &world));
    for resident in &people {
        world.run(wish(&uid, resident, Wish { at_home: true, ..Wish::default() }));
    }
    let proposal = world.ledger.propose(&uid, 1, world.today).expect("a plan");
    let of = |uid: &String| proposal.placed.iter().find(|row| row.uid == *uid).map(|row| (row.session, row.step));
    assert_eq!(of(&people[0]), Some((0, Step::Agreed)));
    assert_eq!(of(&people[1]), Some((1, Step::Moved)));
    world.run(Command::Campaign(CampaignCommand::Book(Box::new(proposal.booking()))));
    assert_eq!(read(&world, &uid).of(&people[1]).and_then(|row| row.session), Some(1));
}

#[test]
fn what_was_said_since_the_plan_was_made_outweighs_it() {
    let mut world = World::new();
    let people = elders(&mut world, 2);
    let uid = start(&mut world, vec![session("2026-12-07", 2), session("2026-12-14", 2)]);
    for act in [None, Some(AppointmentAct::StayOut)] {
        let proposal = world.ledger.propose(&uid, 1, world.today).expect("a plan");
        let campaign = read(&world, &uid);
        world.run(move_to(&campaign, &people[0], 1, Word::Given, &world));
        let steps = act.map(|act| world.run(appoint(&uid, &people[0], act, &world))).into_iter().count() + 1;
        let said = state(&world, &uid, &people[0]);
        let book = Command::Campaign(CampaignCommand::Book(Box::new(proposal.booking())));
        assert_eq!(refused(&mut world, book), "error-plan-stale");
        assert_eq!(state(&world, &uid, &people[0]), said);
        (0..steps).for_each(|_| drop(world.run(Command::Undo)));
    }
}

#[test]
fn more_who_came_than_there_were_seats_today_hinder_no_plan_for_later() {
    let mut world = World::new();
    let people = elders(&mut world, 4);
    let uid = start(&mut world, vec![session("2026-12-07", 1), session("2026-12-14", 2)]);
    world.today = day("2026-12-07");
    let today = read(&world, &uid).sessions[0].uid.clone();
    for resident in &people[..2] {
        let (campaign, resident) = (uid.clone(), resident.clone());
        let (act, session) = (AppointmentAct::Come, Some(today.clone()));
        let new = Appointed { campaign, resident, act, session, on: world.today };
        world.run(Command::Campaign(CampaignCommand::Appoint(Box::new(new))));
    }
    book(&mut world, &uid);
    assert_eq!(read(&world, &uid).sessions.iter().map(|session| session.taken).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn who_said_no_is_not_planned_in_the_next_year_of_the_same_campaign() {
    let mut world = World::new();
    let people = elders(&mut world, 2);
    let edit = CampaignEdit { last: day("2027-01-31"), ..campaign_edit() };
    let new = NewCampaign { edit, sessions: vec![session("2026-12-14", 4), session("2027-01-11", 4)] };
    let uid = world.run(Command::Campaign(CampaignCommand::Start(Box::new(new)))).change.expect("a change").about;
    world.run(appoint(&uid, &people[0], AppointmentAct::Decline, &world));
    let proposal = world.ledger.propose(&uid, 1, world.today).expect("a plan");
    assert!(proposal.placed.iter().all(|row| row.uid == people[1]), "only who did not say no");
    assert!(proposal.left.is_empty());
    world.run(Command::Campaign(CampaignCommand::Book(Box::new(proposal.booking()))));
    assert_eq!(state(&world, &uid, &people[1]), Some(AppointmentState::Planned));
}

#[test]
fn a_session_that_has_passed_hinders_no_plan_where_fewer_programmes_are_open_later() {
    let mut world = World::new();
    let set = |key: &str, programme: &str, value: &str| Command::SetLocal {
        programme: programme.into(),
        key: key.into(),
        value: value.into(),
        source: "县里文件".into(),
        on: day("2026-01-01"),
    };
    world.run(set("age_on", ELDER, "year_end"));
    world.run(set("interval_months", "women-check", "24"));
    // The women's check until the day before her birthday, the other all year.
    let who = world.person("王秀英", "1961-12-10", Some(Residency::Here));
    let edit = ResidentEdit { sex: Some(Some(Sex::Female)), ..ResidentEdit::default() };
    world.run(Command::EditResident { resident: who.clone(), edit: Box::new(edit), source: "本人说".into() });
    let edit = CampaignEdit { programmes: vec![ELDER.into(), "women-check".into()], ..campaign_edit() };
    let new = NewCampaign { edit, sessions: vec![session("2026-12-07", 2), session("2026-12-14", 2)] };
    let uid = world.run(Command::Campaign(CampaignCommand::Start(Box::new(new)))).change.expect("a change").about;
    let row = |world: &World| read(world, &uid).of(&who).and_then(|row| row.session);
    book(&mut world, &uid);
    assert_eq!(row(&world), Some(0), "on the day on which she can do both");
    world.today = day("2026-12-08");
    world.run(appoint(&uid, &who, AppointmentAct::Wait, &world));
    let campaign = read(&world, &uid);
    let conflicts = |row: &AppointmentRow| row.days.conflicts(&campaign.sessions[1].slot(), world.today);
    assert_eq!(campaign.of(&who).map(conflicts), Some(Vec::new()));
    book(&mut world, &uid);
    assert_eq!(row(&world), Some(1));
}

#[test]
fn who_waits_and_is_no_candidate_is_left_with_the_reason() {
    let mut world = World::new();
    let turning = world.person("李大山", "1961-12-20", Some(Residency::Here));
    let unknown = world.person("李二山", "1950-03-01", None);
    let uid = start(&mut world, vec![session("2026-12-07", 2), session("2026-12-21", 2)]);
    for resident in [&turning, &unknown] {
        let (campaign, resident) = (uid.clone(), resident.clone());
        world.run(Command::Campaign(CampaignCommand::Add { campaign, resident }));
    }
    let session = read(&world, &uid).sessions[1].uid.clone();
    world.run(Command::Campaign(CampaignCommand::RemoveSession { session }));
    let proposal = world.ledger.propose(&uid, 1, world.today).expect("a plan");
    let why = |uid: &String| proposal.left.iter().find(|row| row.uid == *uid).map(|row| row.why.clone());
    assert_eq!(why(&turning), Some(LeftWhy::Planner(Why::NoDayPossible)));
    assert_eq!(why(&unknown), Some(LeftWhy::AskFirst));
    assert_eq!((proposal.placed.len(), proposal.left.len()), (0, 2));
}
