//! 体检安排: campaigns and sessions, plans that are proposed and taken, appointments and what they say in the lists, and
//! input that makes no sense.

use std::collections::BTreeSet;

use chrono::NaiveTime;
use xiangli::domain::campaign::{AppointmentAct, AppointmentState, Conflict, SessionKind, Word};
use xiangli::domain::consent::Purpose;
use xiangli::domain::message::Say as _;
use xiangli::domain::offer::State;
use xiangli::domain::resident::{Residency, Standing};
use xiangli::domain::worklist::TaskKind;
use xiangli::ledger::campaigns::command::CampaignCommand;
use xiangli::ledger::campaigns::figures::Figure;
use xiangli::ledger::campaigns::planning::{LeftWhy, Step};
use xiangli::ledger::campaigns::{Appointed, Campaign, CampaignEdit, Moved, NewCampaign, SessionEdit, Wish};
use xiangli::ledger::command::Command;
use xiangli::ledger::outreach::AwayEdit;
use xiangli::ledger::worklist::About;

use crate::support::world::{ELDER, World, day};

pub fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").expect("a time")
}

pub fn session(on: &str, seats: u32) -> SessionEdit {
    SessionEdit {
        on: day(on),
        from: time("08:00"),
        to: time("11:00"),
        seats,
        kind: SessionKind::Everybody,
        place: String::new(),
        staff: "镇卫生院".into(),
    }
}

pub fn campaign_edit() -> CampaignEdit {
    CampaignEdit {
        name: "冬季老年人体检".into(),
        programmes: vec![ELDER.into()],
        first: day("2026-12-01"),
        last: day("2026-12-31"),
        place: "村卫生室".into(),
        bring: String::new(),
        prepare: "空腹".into(),
    }
}

/// Starts a campaign and returns its uid.
pub fn start(world: &mut World, sessions: Vec<SessionEdit>) -> String {
    let new = NewCampaign { edit: campaign_edit(), sessions };
    let done = world.run(Command::Campaign(CampaignCommand::Start(Box::new(new))));
    done.change.expect("a change").about
}

pub fn appoint(campaign: &str, resident: &str, act: AppointmentAct, world: &World) -> Command {
    let (campaign, resident) = (campaign.to_owned(), resident.to_owned());
    let new = Appointed { campaign, resident, act, session: None, on: world.today };
    Command::Campaign(CampaignCommand::Appoint(Box::new(new)))
}

pub fn move_to(campaign: &Campaign, resident: &str, session: usize, word: Word, world: &World) -> Command {
    let (resident, session) = (resident.to_owned(), campaign.sessions[session].uid.clone());
    let new = Moved { campaign: campaign.uid.clone(), resident, session, word, on: world.today };
    Command::Campaign(CampaignCommand::Move(Box::new(new)))
}

pub fn read(world: &World, uid: &str) -> Campaign {
    world.ledger.campaign(uid).expect("readable")
}

pub fn book(world: &mut World, uid: &str) {
    let proposal = world.ledger.propose(uid, 1, world.today).expect("a plan");
    world.run(Command::Campaign(CampaignCommand::Book(Box::new(proposal.booking()))));
}

pub fn state(world: &World, uid: &str, resident: &str) -> Option<AppointmentState> {
    read(world, uid).of(resident).map(|row| row.state)
}

pub fn listed(world: &World, resident: &str) -> Option<State> {
    let list = world.ledger.list(ELDER, world.today).expect("readable");
    list.rows.iter().find(|row| row.uid == resident).map(|row| row.state)
}

pub fn refused(world: &mut World, command: Command) -> String {
    world.try_run(command).expect_err("refused").message().key.to_string()
}

/// Old people of a group, each in the one household of `World::person`.
pub fn elders(world: &mut World, count: usize) -> Vec<String> {
    let name = |at: usize| format!("王秀{}", char::from_u32(0x4E00 + at as u32).expect("a character"));
    (0..count).map(|at| world.person(&name(at), "1950-03-01", Some(Residency::Here))).collect()
}

#[test]
fn a_plan_is_proposed_and_books_nobody_until_it_is_taken() {
    let mut world = World::new();
    let people = elders(&mut world, 5);
    let young = world.person("张小明", "1990-03-01", Some(Residency::Here));
    let uid = start(&mut world, vec![session("2026-12-07", 3), session("2026-12-14", 3)]);
    let proposal = world.ledger.propose(&uid, 1, world.today).expect("a plan");
    assert_eq!((proposal.count(Step::New), proposal.left.len()), (5, 0));
    assert!(proposal.placed.iter().all(|row| row.uid != young && !row.grounds.is_empty()));
    assert!(read(&world, &uid).appointments.is_empty(), "nothing is booked");
    world.run(Command::Campaign(CampaignCommand::Book(Box::new(proposal.booking()))));
    let campaign = read(&world, &uid);
    assert_eq!(campaign.appointments.len(), 5);
    assert_eq!(campaign.sessions.iter().map(|session| session.taken).sum::<u32>(), 5);
    assert!(people.iter().all(|uid| listed(&world, uid) == Some(State::ToTell)), "they are still to be told");
    world.run(Command::Undo);
    assert!(read(&world, &uid).appointments.is_empty());
}

#[test]
fn what_is_said_of_a_day_stands_in_the_service_list() {
    let mut world = World::new();
    let people = elders(&mut world, 4);
    let uid = start(&mut world, vec![session("2026-12-07", 4)]);
    book(&mut world, &uid);
    for (resident, act, state) in [
        (&people[0], AppointmentAct::Invite, Some(State::Told)),
        (&people[1], AppointmentAct::Agree, Some(State::Booked)),
        (&people[2], AppointmentAct::Unreached, Some(State::Unreachable)),
        (&people[3], AppointmentAct::Decline, None),
    ] {
        world.run(appoint(&uid, resident, act, &world));
        assert_eq!(listed(&world, resident), state, "{act:?}");
    }
    let campaign = read(&world, &uid);
    assert_eq!((campaign.declined, campaign.sessions[0].taken), (1, 3), "a number, no name, and the seat is free");
    assert!(campaign.of(&people[3]).is_none());
    let report = campaign.report();
    assert_eq!(report.all.figure(Figure::Told), 2);
    assert_eq!(report.all.figure(Figure::NotReached), 1);
    assert_eq!(world.ledger.list(ELDER, world.today).expect("readable").counts.declined, 1);
    world.today = day("2026-12-07");
    world.run(appoint(&uid, &people[1], AppointmentAct::Come, &world));
    assert_eq!(
        (state(&world, &uid, &people[1]), listed(&world, &people[1])),
        (Some(AppointmentState::Came), Some(State::Been))
    );
    world.run(appoint(&uid, &people[1], AppointmentAct::Untick, &world));
    assert_eq!(listed(&world, &people[1]), Some(State::Booked), "the wrong tick leaves nothing");
}

#[test]
fn what_is_said_in_december_about_january_counts_for_the_next_year() {
    let mut world = World::new();
    let people = elders(&mut world, 1);
    let edit = CampaignEdit { last: day("2027-01-31"), ..campaign_edit() };
    let new = NewCampaign { edit, sessions: vec![session("2027-01-11", 4)] };
    let uid = world.run(Command::Campaign(CampaignCommand::Start(Box::new(new)))).change.expect("a change").about;
    world.today = day("2026-12-20");
    book(&mut world, &uid);
    world.run(appoint(&uid, &people[0], AppointmentAct::Agree, &world));
    assert_eq!(listed(&world, &people[0]), Some(State::ToTell), "this year's check is another matter");
    world.today = day("2027-01-02");
    assert_eq!(listed(&world, &people[0]), Some(State::Booked));
}

#[test]
fn who_missed_is_asked_again_once_and_then_left_in_peace() {
    let mut world = World::new();
    let people = elders(&mut world, 1);
    let uid = start(&mut world, vec![session("2026-12-07", 4), session("2026-12-14", 4), session("2026-12-21", 4)]);
    book(&mut world, &uid);
    world.run(appoint(&uid, &people[0], AppointmentAct::Agree, &world));
    let ahead = appoint(&uid, &people[0], AppointmentAct::Miss, &world);
    assert_eq!(refused(&mut world, ahead), "error-date-ahead", "nobody missed a day that has not come");
    world.today = day("2026-12-08");
    world.run(appoint(&uid, &people[0], AppointmentAct::Miss, &world));
    assert_eq!(world.ledger.propose(&uid, 1, world.today).expect("a plan").placed.len(), 0, "not planned unasked");
    world.run(appoint(&uid, &people[0], AppointmentAct::AskAgain, &world));
    book(&mut world, &uid);
    let campaign = read(&world, &uid);
    assert_eq!(campaign.of(&people[0]).and_then(|row| row.session), Some(1));
    world.run(appoint(&uid, &people[0], AppointmentAct::Invite, &world));
    world.today = day("2026-12-15");
    world.run(appoint(&uid, &people[0], AppointmentAct::Miss, &world));
    let again = appoint(&uid, &people[0], AppointmentAct::AskAgain, &world);
    assert_eq!(refused(&mut world, again), "error-appointment-asked-before");
}

#[test]
fn replanning_after_cancellations_moves_nobody_who_agreed_and_fills_the_free_seats_from_who_waits() {
    let mut world = World::new();
    let people = elders(&mut world, 30);
    let uid = start(&mut world, vec![session("2026-12-07", 8), session("2026-12-14", 8), session("2026-12-21", 8)]);
    book(&mut world, &uid);
    let before = read(&world, &uid);
    assert_eq!(before.appointments.len(), 24);
    let placed: Vec<String> = before.appointments.iter().map(|row| row.person.uid.clone()).collect();
    for resident in &placed[..15] {
        world.run(appoint(&uid, resident, AppointmentAct::Agree, &world));
    }
    for resident in [&placed[3], &placed[20]] {
        world.run(appoint(&uid, resident, AppointmentAct::StayOut, &world));
    }
    let proposal = world.ledger.propose(&uid, 7, world.today).expect("a plan");
    let expected: BTreeSet<&String> = placed.iter().filter(|of| **of != placed[3] && **of != placed[20]).collect();
    for row in &proposal.placed {
        let was = before.of(&row.uid).and_then(|row| row.session);
        if expected.contains(&row.uid) {
            assert_eq!(Some(row.session), was, "nobody moves");
        } else {
            assert_eq!(row.step, Step::New);
        }
    }
    assert_eq!((proposal.count(Step::New), proposal.left.len()), (2, 4));
    assert!(proposal.left.iter().all(|row| matches!(row.why, LeftWhy::Planner(_))));
    world.run(Command::Campaign(CampaignCommand::Book(Box::new(proposal.booking()))));
    assert!(read(&world, &uid).sessions.iter().all(|session| session.free() == 0));
    assert!(people.len() > 24);
}

#[test]
fn away_wishes_and_the_rule_itself_keep_people_off_days() {
    let mut world = World::new();
    let turning = world.person("李大山", "1961-12-10", Some(Residency::Here));
    let wishing = world.person("李二山", "1950-03-01", Some(Residency::Here));
    let home = world.person("李三山", "1940-03-01", Some(Residency::Here));
    let visits = SessionEdit { kind: SessionKind::Home, ..session("2026-12-22", 2) };
    let uid = start(&mut world, vec![session("2026-12-07", 3), session("2026-12-14", 3), visits]);
    let wish = |resident: &String, wish: Wish| {
        let (campaign, resident) = (uid.clone(), resident.clone());
        Command::Campaign(CampaignCommand::SetWish { campaign, resident, wish: Box::new(wish) })
    };
    world.run(wish(&wishing, Wish { not_before: Some(day("2026-12-20")), ..Wish::default() }));
    world.run(wish(&home, Wish { at_home: true, first: true, ..Wish::default() }));
    let reversed = Wish { not_before: Some(day("2026-12-20")), not_after: Some(day("2026-12-10")), ..Wish::default() };
    assert_eq!(refused(&mut world, wish(&wishing, reversed)), "error-campaign-dates");
    let proposal = world.ledger.propose(&uid, 1, world.today).expect("a plan");
    let at = |uid: &String| proposal.placed.iter().find(|row| row.uid == *uid).map(|row| row.session);
    assert_eq!(at(&turning), Some(1), "65 on the tenth: not before");
    assert_eq!((at(&home), at(&wishing)), (Some(2), None));
    assert_eq!(proposal.left.iter().find(|row| row.uid == wishing).map(|row| row.why.clone()), Some(LeftWhy::Wish));
    let campaign = read(&world, &uid);
    let row = campaign.of(&wishing).expect("waits");
    let conflicts = row.days.conflicts(&campaign.sessions[0].slot(), world.today);
    assert_eq!(conflicts, [Conflict::NotTheirDay]);
    world.run(move_to(&campaign, &wishing, 1, Word::Given, &world));
    assert_eq!(state(&world, &uid, &wishing), Some(AppointmentState::Agreed), "what they say decides");
    let early = move_to(&campaign, &turning, 0, Word::Given, &world);
    assert_eq!(refused(&mut world, early), "error-session-conflict");
}

#[test]
fn who_works_away_is_planned_only_for_when_they_are_back() {
    let mut world = World::new();
    world.run(Command::SetLocal {
        programme: "women-check".into(),
        key: "interval_months".into(),
        value: "24".into(),
        source: "县里文件".into(),
        on: day("2026-01-01"),
    });
    let uid = world.person("王小芳", "1985-03-01", Some(Residency::Away));
    let edit = xiangli::ledger::command::ResidentEdit {
        sex: Some(Some(xiangli::domain::resident::Sex::Female)),
        ..Default::default()
    };
    world.run(Command::EditResident { resident: uid.clone(), edit: Box::new(edit), source: "本人说".into() });
    let registered =
        xiangli::domain::resident::FactValue::from_word(xiangli::domain::resident::FactKind::Registered, "here");
    let (resident, value) = (uid.clone(), registered.expect("a value"));
    world.run(Command::SetFact { resident, value, source: "户口簿".into(), on: world.today });
    let edit = CampaignEdit { programmes: vec!["women-check".into()], last: day("2027-03-01"), ..campaign_edit() };
    let women = |on: &str| SessionEdit { kind: SessionKind::Women, ..session(on, 3) };
    let new = NewCampaign { edit, sessions: vec![women("2026-12-07"), women("2027-02-01")] };
    let campaign = world.run(Command::Campaign(CampaignCommand::Start(Box::new(new)))).change.expect("a change").about;
    let proposal = world.ledger.propose(&campaign, 1, world.today).expect("a plan");
    assert_eq!(proposal.left.first().map(|row| row.why.clone()), Some(LeftWhy::AwayUnknown));
    let back_by = Some(day("2027-01-30"));
    world.run(Command::SetAway(Box::new(AwayEdit { resident: uid.clone(), back_by, ..AwayEdit::default() })));
    let proposal = world.ledger.propose(&campaign, 1, world.today).expect("a plan");
    assert_eq!(proposal.placed.first().map(|row| (row.uid.clone(), row.session)), Some((uid, 1)));
}

#[test]
fn a_person_comes_to_another_session_or_unannounced_and_two_people_swap() {
    let mut world = World::new();
    let people = elders(&mut world, 5);
    let uid = start(&mut world, vec![session("2026-12-07", 2), session("2026-12-14", 2)]);
    book(&mut world, &uid);
    let campaign = read(&world, &uid);
    let at = |session: usize| {
        let here = campaign.appointments.iter().filter(move |row| row.session == Some(session));
        here.map(|row| row.person.uid.clone()).collect::<Vec<_>>()
    };
    let (first, second) = (at(0), at(1));
    let over = move_to(&campaign, &second[0], 0, Word::Given, &world);
    assert_eq!(refused(&mut world, over), "error-session-conflict", "full");
    let (one, other) = (first[0].clone(), second[0].clone());
    world.run(Command::Campaign(CampaignCommand::Swap {
        campaign: uid.clone(),
        one: one.clone(),
        other: other.clone(),
        on: world.today,
    }));
    let swapped = read(&world, &uid);
    assert_eq!(swapped.of(&one).map(|row| row.session), Some(Some(1)));
    assert_eq!(swapped.of(&other).map(|row| (row.session, row.state)), Some((Some(0), AppointmentState::Agreed)));
    world.today = day("2026-12-07");
    let walked = people.iter().find(|uid| swapped.of(uid).is_none()).expect("one had no seat").clone();
    for resident in [&walked, &one] {
        let (campaign, session) = (uid.clone(), Some(swapped.sessions[0].uid.clone()));
        let (resident, act) = (resident.clone(), AppointmentAct::Come);
        let new = Appointed { campaign, resident, act, session, on: world.today };
        world.run(Command::Campaign(CampaignCommand::Appoint(Box::new(new))));
    }
    let after = read(&world, &uid);
    assert_eq!(after.of(&walked).map(|row| row.walked_in), Some(true));
    assert_eq!(after.of(&one).map(|row| (row.session, row.walked_in)), Some((Some(0), false)));
    assert_eq!((after.sessions[0].came, after.sessions[0].free()), (2, -2), "more came than there were seats");
}

#[test]
fn nobody_is_lost_with_a_session_and_who_knew_of_a_day_is_told_again() {
    let mut world = World::new();
    let people = elders(&mut world, 3);
    let uid = start(&mut world, vec![session("2026-12-07", 3), session("2026-12-14", 3)]);
    book(&mut world, &uid);
    world.run(appoint(&uid, &people[0], AppointmentAct::Agree, &world));
    let campaign = read(&world, &uid);
    let at = campaign.of(&people[0]).and_then(|row| row.session).expect("a day");
    let (session_uid, edit) = (campaign.sessions[at].uid.clone(), campaign.sessions[at].edit.clone());
    let change = |edit: SessionEdit| {
        Command::Campaign(CampaignCommand::EditSession { session: session_uid.clone(), edit: Box::new(edit) })
    };
    assert_eq!(refused(&mut world, change(SessionEdit { seats: 2, ..edit.clone() })), "error-session-seats-taken");
    world.run(change(SessionEdit { on: day("2026-12-09"), ..edit }));
    assert_eq!(state(&world, &uid, &people[0]), Some(AppointmentState::Planned), "to be told again");
    world.run(Command::Undo);
    world.run(Command::Campaign(CampaignCommand::RemoveSession { session: session_uid }));
    let campaign = read(&world, &uid);
    assert_eq!(campaign.sessions.len(), 1);
    assert!(campaign.appointments.iter().all(|row| row.state == AppointmentState::Waiting && row.session.is_none()));
    world.run(Command::Undo);
    assert_eq!(state(&world, &uid, &people[0]), Some(AppointmentState::Agreed), "one undo puts all back");
}

#[test]
fn two_campaigns_over_the_same_person_are_said() {
    let mut world = World::new();
    let people = elders(&mut world, 2);
    let one = start(&mut world, vec![session("2026-12-07", 3)]);
    book(&mut world, &one);
    let other = start(&mut world, vec![session("2026-12-08", 3)]);
    let proposal = world.ledger.propose(&other, 1, world.today).expect("a plan");
    assert!(proposal.placed.is_empty());
    assert!(proposal.left.iter().all(|row| row.why == LeftWhy::OtherCampaign("冬季老年人体检".into())));
    let campaign = read(&world, &other);
    let command = move_to(&campaign, &people[0], 0, Word::Given, &world);
    assert_eq!(refused(&mut world, command), "error-other-campaign");
    assert_eq!(read(&world, &one).appointments.len(), 2, "nothing is lost");
    // A day that has passed without a note holds nobody up.
    world.today = day("2026-12-07");
    let new = NewCampaign { edit: campaign_edit(), sessions: vec![session("2026-12-21", 3)] };
    let third = world.run(Command::Campaign(CampaignCommand::Start(Box::new(new)))).change.expect("a change").about;
    world.today = day("2026-12-08");
    assert_eq!(world.ledger.propose(&third, 1, world.today).expect("a plan").count(Step::New), 2);
}

#[test]
fn what_makes_no_sense_is_said_and_nothing_is_written() {
    let mut world = World::new();
    let revision = world.ledger.revision().expect("readable");
    let try_start = |world: &mut World, edit: CampaignEdit, sessions: Vec<SessionEdit>| {
        refused(world, Command::Campaign(CampaignCommand::Start(Box::new(NewCampaign { edit, sessions }))))
    };
    let good = || vec![session("2026-12-07", 3)];
    assert_eq!(try_start(&mut world, campaign_edit(), Vec::new()), "error-campaign-no-sessions");
    assert_eq!(try_start(&mut world, campaign_edit(), vec![session("2026-12-07", 0)]), "error-session-seats");
    assert_eq!(try_start(&mut world, campaign_edit(), vec![session("2027-02-07", 3)]), "error-session-outside");
    let late = SessionEdit { to: time("07:00"), ..session("2026-12-07", 3) };
    assert_eq!(try_start(&mut world, campaign_edit(), vec![late]), "error-session-times");
    let reversed = CampaignEdit { first: day("2026-12-31"), last: day("2026-12-01"), ..campaign_edit() };
    assert_eq!(try_start(&mut world, reversed, good()), "error-campaign-dates");
    assert_eq!(
        try_start(&mut world, CampaignEdit { name: " ".into(), ..campaign_edit() }, good()),
        "error-campaign-name"
    );
    let of = |id: &str| CampaignEdit { programmes: vec![id.into()], ..campaign_edit() };
    assert_eq!(try_start(&mut world, of("pre-pregnancy"), good()), "error-campaign-leaflet");
    assert_eq!(try_start(&mut world, of("child-subsidy"), good()), "error-campaign-no-check");
    assert_eq!(try_start(&mut world, of("no-such"), good()), "error-no-such-programme");
    let none = CampaignEdit { programmes: Vec::new(), ..campaign_edit() };
    assert_eq!(try_start(&mut world, none, good()), "error-campaign-no-programme");
    let far = CampaignEdit { first: day("9999-12-01"), last: day("9999-12-31"), ..campaign_edit() };
    assert_eq!(try_start(&mut world, far, good()), "error-campaign-long");
    assert_eq!(world.ledger.revision().expect("readable"), revision);
    assert!(world.ledger.campaign("no-such").is_err());
}

#[test]
fn who_died_moved_away_or_withdrew_is_in_no_campaign_and_their_seat_is_free() {
    let mut world = World::new();
    let people = elders(&mut world, 3);
    let uid = start(&mut world, vec![session("2026-12-07", 3)]);
    book(&mut world, &uid);
    let on = world.today;
    world.run(Command::SetStanding { resident: people[0].clone(), standing: Standing::Deceased, on });
    world.run(Command::WithdrawConsent { resident: people[1].clone(), purpose: Purpose::Health, on });
    let campaign = read(&world, &uid);
    assert_eq!((campaign.appointments.len(), campaign.sessions[0].free()), (1, 2));
    let command = appoint(&uid, &people[1], AppointmentAct::Agree, &world);
    assert_eq!(refused(&mut world, command), "error-consent-withdrawn");
}

#[test]
fn undoing_everything_leaves_no_trace_of_a_campaign() {
    let mut world = World::new();
    let people = elders(&mut world, 4);
    let before = world.ledger.digest().expect("readable");
    let steps = world.ledger.revision().expect("readable");
    let uid = start(&mut world, vec![session("2026-12-07", 2), session("2026-12-14", 3)]);
    book(&mut world, &uid);
    world.run(appoint(&uid, &people[0], AppointmentAct::Agree, &world));
    world.today = day("2026-12-14");
    let campaign = read(&world, &uid);
    for row in &campaign.appointments {
        let came = AppointmentAct::Come;
        let session = Some(campaign.sessions[0].uid.clone());
        let (campaign, resident) = (uid.clone(), row.person.uid.clone());
        world.run(Command::Campaign(CampaignCommand::Appoint(Box::new(Appointed {
            campaign,
            resident,
            act: came,
            session,
            on: world.today,
        }))));
    }
    let mut world = world.restart();
    while world.ledger.history(&Default::default()).is_ok() && world.ledger.digest().expect("readable") != before {
        assert!(world.ledger.next_turns().expect("readable").0.is_some(), "there is something to undo");
        world.run(Command::Undo);
    }
    assert!(world.ledger.revision().expect("readable") > steps);
    world.ledger.check().expect("the history adds up");
}

fn day_tasks(world: &World) -> Vec<(TaskKind, String)> {
    let tasks = world.ledger.worklist(world.today).expect("readable");
    let of = |task: &xiangli::ledger::worklist::TaskRow| (task.due.kind, task.uid().to_owned());
    tasks.iter().filter(|task| matches!(task.about, About::Day(_))).map(of).collect()
}

#[test]
fn the_worklist_says_whom_to_tell_to_ask_and_to_ask_again_and_nobody_twice() {
    let mut world = World::new();
    let people = elders(&mut world, 1);
    let offers = |world: &World| {
        let tasks = world.ledger.worklist(world.today).expect("readable");
        tasks.iter().filter(|task| task.person().is_some() && task.programme().is_some_and(|of| of.id == ELDER)).count()
    };
    world.today = day("2026-11-30");
    assert_eq!(offers(&world), 1);
    let uid = start(&mut world, vec![session("2026-12-07", 4), session("2026-12-21", 4)]);
    book(&mut world, &uid);
    assert_eq!((offers(&world), day_tasks(&world)), (0, vec![(TaskKind::TellDay, people[0].clone())]));
    world.run(appoint(&uid, &people[0], AppointmentAct::Invite, &world));
    assert_eq!(day_tasks(&world), [(TaskKind::AskDay, people[0].clone())]);
    world.run(appoint(&uid, &people[0], AppointmentAct::Agree, &world));
    assert!(day_tasks(&world).is_empty());
    world.today = day("2026-12-08");
    world.run(appoint(&uid, &people[0], AppointmentAct::Miss, &world));
    assert_eq!(day_tasks(&world), [(TaskKind::AskAgain, people[0].clone())]);
    world.run(appoint(&uid, &people[0], AppointmentAct::AskAgain, &world));
    assert!(day_tasks(&world).is_empty(), "asked, and waiting for a day");
    world.today = day("2027-01-20");
    assert!(day_tasks(&world).is_empty(), "with the campaign its tasks are over");
}

#[test]
fn the_demo_village_has_a_campaign_under_way_whose_seats_and_lists_agree() {
    for today in ["2026-11-23", "2026-12-30", "2026-02-28"] {
        let (_folder, ledger) = crate::demo::filled(crate::demo::PLAN, today);
        let all = ledger.campaigns(day(today)).expect("readable");
        let campaign = ledger.campaign(&all.first().expect("one").uid).expect("readable");
        assert!(campaign.appointments.len() > 8 && campaign.sessions[0].taken > 3, "{today}");
        assert!(campaign.sessions.iter().all(|session| session.free() >= 0));
        for row in &campaign.appointments {
            let on = campaign.sessions[row.session.expect("a day")].edit.on;
            assert!(row.days.open.iter().any(|(open, _)| *open == on), "{today}");
            assert!(row.offer.is_told());
        }
    }
}
