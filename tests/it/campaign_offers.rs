//! What is said in a campaign of two programmes, or of two years, is said of the right one; and who said no finds their way
//! back by their own word.

use xiangli::domain::campaign::{AppointmentAct, AppointmentState, Word};
use xiangli::domain::offer::{Outcome, State};
use xiangli::domain::resident::{Residency, Sex};
use xiangli::ledger::campaigns::command::CampaignCommand;
use xiangli::ledger::campaigns::{Appointed, CampaignEdit, NewCampaign, SessionEdit};
use xiangli::ledger::command::{Command, ResidentEdit};

use crate::campaigns::{appoint, campaign_edit, move_to, read, refused, session, state};
use crate::support::world::{ELDER, World, day};

const WOMEN: &str = "women-check";

/// A woman who is in the year of both checks, with a campaign of both.
fn both() -> (World, String, String) {
    let mut world = World::new();
    let set = |key: &str, programme: &str, value: &str| Command::SetLocal {
        programme: programme.into(),
        key: key.into(),
        value: value.into(),
        source: "县里文件".into(),
        on: day("2026-01-01"),
    };
    world.run(set("age_on", ELDER, "year_end"));
    world.run(set("interval_months", WOMEN, "24"));
    let who = world.person("王秀英", "1961-12-20", Some(Residency::Here));
    let edit = ResidentEdit { sex: Some(Some(Sex::Female)), ..ResidentEdit::default() };
    world.run(Command::EditResident { resident: who.clone(), edit: Box::new(edit), source: "本人说".into() });
    let edit = CampaignEdit { programmes: vec![ELDER.into(), WOMEN.into()], ..campaign_edit() };
    let uid = started(&mut world, edit, vec![session("2026-12-07", 2), session("2026-12-14", 2)]);
    (world, uid, who)
}

fn started(world: &mut World, edit: CampaignEdit, sessions: Vec<SessionEdit>) -> String {
    let new = NewCampaign { edit, sessions };
    world.run(Command::Campaign(CampaignCommand::Start(Box::new(new)))).change.expect("a change").about
}

fn stands(world: &World, programme: &str, resident: &str) -> Option<State> {
    let list = world.ledger.list(programme, world.today).expect("readable");
    list.rows.iter().find(|row| row.uid == resident).map(|row| row.state)
}

fn no(programme: &str, resident: &str, world: &World) -> Command {
    let (programme, resident, outcome) = (programme.to_owned(), resident.to_owned(), Outcome::Declined);
    Command::Record { programme, resident, outcome, on: world.today }
}

fn add(campaign: &str, resident: &str) -> Command {
    let (campaign, resident) = (campaign.to_owned(), resident.to_owned());
    Command::Campaign(CampaignCommand::Add { campaign, resident })
}

/// What somebody's day is for.
fn comes_for(world: &World, campaign: &str, resident: &str) -> Vec<String> {
    let campaign = read(world, campaign);
    let row = campaign.of(resident).expect("there");
    row.programmes.iter().map(|at| campaign.programmes[*at].id.clone()).collect()
}

#[test]
fn a_no_to_one_programme_outlives_a_yes_to_another_of_the_same_campaign() {
    let (mut world, uid, who) = both();
    world.run(no(ELDER, &who, &world));
    world.run(move_to(&read(&world, &uid), &who, 0, Word::Given, &world));
    assert_eq!((stands(&world, ELDER, &who), stands(&world, WOMEN, &who)), (None, Some(State::Booked)));
    assert_eq!(comes_for(&world, &uid, &who), [WOMEN], "what was refused is on no paper");
    world.today = day("2026-12-07");
    world.run(appoint(&uid, &who, AppointmentAct::Come, &world));
    assert_eq!((stands(&world, ELDER, &who), stands(&world, WOMEN, &who)), (None, Some(State::Been)));
    assert_eq!(comes_for(&world, &uid, &who), [WOMEN]);
    assert_eq!(world.ledger.list(ELDER, world.today).expect("readable").counts.declined, 1);
}

#[test]
fn who_said_no_to_everything_and_comes_all_the_same_has_changed_their_mind() {
    let (mut world, uid, who) = both();
    world.run(move_to(&read(&world, &uid), &who, 0, Word::Asked, &world));
    world.run(appoint(&uid, &who, AppointmentAct::Decline, &world));
    assert_eq!(read(&world, &uid).declined, 1);
    world.today = day("2026-12-07");
    let (campaign, session) = (uid.clone(), Some(read(&world, &uid).sessions[0].uid.clone()));
    let (resident, act, on) = (who.clone(), AppointmentAct::Come, world.today);
    let came = Appointed { campaign, resident, act, session, on };
    world.run(Command::Campaign(CampaignCommand::Appoint(Box::new(came))));
    assert_eq!(state(&world, &uid, &who), Some(AppointmentState::Came));
    assert_eq!([ELDER, WOMEN].map(|id| stands(&world, id, &who)), [Some(State::Been); 2]);
}

#[test]
fn a_check_that_took_place_this_turn_is_not_noted_again_by_coming_for_another() {
    let (mut world, uid, who) = both();
    world.today = day("2026-12-01");
    let attended = Command::Attend { programme: ELDER.into(), resident: who.clone(), on: world.today };
    let change = world.run(attended).change.expect("a change").uid;
    world.run(move_to(&read(&world, &uid), &who, 0, Word::Given, &world));
    world.today = day("2026-12-07");
    world.run(appoint(&uid, &who, AppointmentAct::Come, &world));
    assert_eq!([ELDER, WOMEN].map(|id| stands(&world, id, &who)), [Some(State::Been); 2]);
    world.run(Command::TakeBack { change });
    assert_eq!([ELDER, WOMEN].map(|id| stands(&world, id, &who)), [Some(State::ToTell), Some(State::Been)]);
}

#[test]
fn what_who_waits_says_counts_for_the_years_of_the_sessions_and_not_for_the_day_it_is_said() {
    let mut world = World::new();
    let who = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let edit = CampaignEdit { last: day("2027-01-31"), ..campaign_edit() };
    let uid = started(&mut world, edit, vec![session("2027-01-11", 2), session("2027-01-18", 2)]);
    let (resident, outcome, on) = (who.clone(), Outcome::Told, world.today);
    world.run(Command::Record { programme: ELDER.into(), resident, outcome, on });
    world.run(add(&uid, &who));
    let next_year = |world: &World| {
        let list = world.ledger.list(ELDER, day("2027-01-02")).expect("readable");
        (list.rows.iter().find(|row| row.uid == who).map(|row| row.state), list.counts.declined)
    };
    world.run(appoint(&uid, &who, AppointmentAct::Unreached, &world));
    assert_eq!(next_year(&world), (Some(State::Unreachable), 0), "known of this year's check, not of next year's");
    world.run(appoint(&uid, &who, AppointmentAct::Wait, &world));
    assert_eq!(next_year(&world), (Some(State::Told), 0));
    world.run(appoint(&uid, &who, AppointmentAct::Decline, &world));
    assert_eq!(next_year(&world), (None, 1), "nobody asks again in January");
    assert_eq!(stands(&world, ELDER, &who), Some(State::Told), "this year's check is another matter");
}

#[test]
fn a_no_without_a_day_holds_for_both_years_of_a_campaign_and_one_after_it_for_the_day_it_is_said() {
    let mut world = World::new();
    let who = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let edit = CampaignEdit { last: day("2027-01-31"), ..campaign_edit() };
    let uid = started(&mut world, edit, vec![session("2026-12-14", 2), session("2027-01-11", 2)]);
    let declined = |world: &World, on: &str| world.ledger.list(ELDER, day(on)).expect("readable").counts.declined;
    world.run(add(&uid, &who));
    world.run(appoint(&uid, &who, AppointmentAct::Decline, &world));
    assert_eq!(["2026-12-20", "2027-01-02"].map(|on| declined(&world, on)), [1, 1]);
    world.run(Command::Undo);
    world.today = day("2027-01-20");
    world.run(appoint(&uid, &who, AppointmentAct::Decline, &world));
    assert_eq!(["2026-12-20", "2027-01-20"].map(|on| declined(&world, on)), [0, 1]);
}

#[test]
fn who_declined_and_wants_to_come_after_all_is_back_by_one_step_and_given_a_day() {
    let (mut world, uid, who) = both();
    world.run(add(&uid, &who));
    world.run(appoint(&uid, &who, AppointmentAct::Decline, &world));
    assert_eq!((read(&world, &uid).declined, stands(&world, ELDER, &who)), (1, None));
    world.run(add(&uid, &who));
    assert_eq!((read(&world, &uid).declined, state(&world, &uid, &who)), (0, Some(AppointmentState::Waiting)));
    assert_eq!([ELDER, WOMEN].map(|id| stands(&world, id, &who)), [Some(State::Told); 2]);
    assert_eq!(world.ledger.propose(&uid, 1, world.today).expect("a plan").placed.len(), 1, "planned again");
    world.run(move_to(&read(&world, &uid), &who, 0, Word::Given, &world));
    assert_eq!([ELDER, WOMEN].map(|id| stands(&world, id, &who)), [Some(State::Booked); 2]);
    for _ in 0..2 {
        world.run(Command::Undo);
    }
    assert_eq!((read(&world, &uid).declined, stands(&world, ELDER, &who)), (1, None), "one undo puts the no back");
}

#[test]
fn who_stays_out_is_back_by_one_step_and_keeps_their_no_to_one_programme() {
    let (mut world, uid, who) = both();
    world.run(no(ELDER, &who, &world));
    world.run(appoint(&uid, &who, AppointmentAct::StayOut, &world));
    world.run(add(&uid, &who));
    assert_eq!(state(&world, &uid, &who), Some(AppointmentState::Waiting));
    assert_eq!((stands(&world, ELDER, &who), stands(&world, WOMEN, &who)), (None, Some(State::Told)));
    assert_eq!(refused(&mut world, add(&uid, &who)), "error-appointment-not-now", "they are in it");
}

#[test]
fn nobody_waits_in_two_campaigns_that_keep_them_out_of_each_other() {
    let mut world = World::new();
    let who = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let one = started(&mut world, campaign_edit(), vec![session("2026-12-07", 2)]);
    let other = started(&mut world, campaign_edit(), vec![session("2026-12-08", 2)]);
    world.run(appoint(&other, &who, AppointmentAct::StayOut, &world));
    world.run(add(&one, &who));
    let (campaign, resident) = (other.clone(), who.clone());
    assert_eq!(refused(&mut world, add(&other, &who)), "error-other-campaign");
    let wait = appoint(&other, &who, AppointmentAct::Wait, &world);
    assert_eq!(refused(&mut world, wait), "error-other-campaign");
    let newcomer = world.person("王秀兰", "1950-03-01", Some(Residency::Here));
    world.run(add(&one, &newcomer));
    let wish =
        |resident: String| CampaignCommand::SetWish { campaign: campaign.clone(), resident, wish: Box::default() };
    assert_eq!(refused(&mut world, Command::Campaign(wish(newcomer))), "error-other-campaign");
    world.run(Command::Campaign(wish(resident)));
    world.run(move_to(&read(&world, &one), &who, 0, Word::Given, &world));
}
