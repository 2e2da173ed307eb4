//! Campaigns that are corrected while people have days in them, and what is said of it.

use xiangli::domain::campaign::{AppointmentAct, AppointmentState, Conflict, SessionKind, Word};
use xiangli::domain::offer::State;
use xiangli::domain::partial_date::PartialDate;
use xiangli::domain::resident::{Residency, Sex};
use xiangli::ledger::campaigns::command::CampaignCommand;
use xiangli::ledger::campaigns::{Appointed, CampaignEdit, NewCampaign, SessionEdit, Wish};
use xiangli::ledger::command::{Command, Merge, ResidentEdit};
use xiangli::ledger::history::ChangeFilter;

use crate::campaigns::{appoint, campaign_edit, elders, listed, move_to, read, refused, session, start, state};
use crate::support::program::of_demo;
use crate::support::world::{ELDER, World, day};

fn edit_session(session: &str, edit: SessionEdit) -> Command {
    Command::Campaign(CampaignCommand::EditSession { session: session.to_owned(), edit: Box::new(edit) })
}

#[test]
fn a_session_is_not_corrected_to_what_is_not_for_those_who_have_a_day_there() {
    let mut world = World::new();
    let people = elders(&mut world, 2);
    let uid = start(&mut world, vec![session("2026-12-07", 2), session("2026-12-14", 2)]);
    let campaign = read(&world, &uid);
    world.run(move_to(&campaign, &people[0], 0, Word::Given, &world));
    let first = &campaign.sessions[0].uid;
    for kind in [SessionKind::Women, SessionKind::Home] {
        let edit = SessionEdit { kind, ..session("2026-12-07", 2) };
        assert_eq!(refused(&mut world, edit_session(first, edit.clone())), "error-session-kind-people", "{kind:?}");
        assert_eq!(read(&world, &uid).sessions[0].edit.kind, SessionKind::Everybody);
        world.run(edit_session(&campaign.sessions[1].uid, SessionEdit { on: day("2026-12-14"), ..edit }));
    }
    let (at_home, wish) = (true, Wish::default());
    let (campaign, resident, wish) = (uid.clone(), people[0].clone(), Box::new(Wish { at_home, ..wish }));
    world.run(Command::Campaign(CampaignCommand::SetWish { campaign, resident, wish }));
    world.run(edit_session(first, SessionEdit { kind: SessionKind::Home, ..session("2026-12-07", 2) }));
    assert_eq!(state(&world, &uid, &people[0]), Some(AppointmentState::Agreed), "they are visited, as they wished");
}

#[test]
fn a_programme_that_somebody_comes_for_is_not_taken_out_of_a_campaign() {
    let mut world = World::new();
    let old = elders(&mut world, 1).remove(0);
    let other = world.person("李小芳", "1985-03-01", Some(Residency::Here));
    let edit = ResidentEdit { sex: Some(Some(Sex::Female)), ..ResidentEdit::default() };
    world.run(Command::EditResident { resident: other.clone(), edit: Box::new(edit), source: "本人说".into() });
    world.run(Command::SetLocal {
        programme: "women-check".into(),
        key: "interval_months".into(),
        value: "24".into(),
        source: "县里文件".into(),
        on: day("2026-01-01"),
    });
    let both = CampaignEdit { programmes: vec![ELDER.into(), "women-check".into()], ..campaign_edit() };
    let new = NewCampaign { edit: both, sessions: vec![session("2026-12-07", 4)] };
    let uid = world.run(Command::Campaign(CampaignCommand::Start(Box::new(new)))).change.expect("a change").about;
    for resident in [&old, &other] {
        world.run(move_to(&read(&world, &uid), resident, 0, Word::Given, &world));
    }
    let women_only = CampaignEdit { programmes: vec!["women-check".into()], ..campaign_edit() };
    let without = Command::Campaign(CampaignCommand::Edit { campaign: uid.clone(), edit: Box::new(women_only) });
    assert_eq!(refused(&mut world, without.clone()), "error-campaign-programme-people");
    assert_eq!(read(&world, &uid).programmes.len(), 2, "nothing is written");
    assert_eq!(listed(&world, &old), Some(State::Booked));
    world.run(appoint(&uid, &old, AppointmentAct::Wait, &world));
    world.run(without);
    assert_eq!(state(&world, &uid, &other), Some(AppointmentState::Agreed));
}

#[test]
fn somebody_is_added_once_and_only_where_something_is_for_them() {
    let mut world = World::new();
    let people = elders(&mut world, 1);
    let young = world.person("张小明", "1990-03-01", Some(Residency::Here));
    let uid = start(&mut world, vec![session("2026-12-07", 2)]);
    let add = |resident: &str| {
        let (campaign, resident) = (uid.clone(), resident.to_owned());
        Command::Campaign(CampaignCommand::Add { campaign, resident })
    };
    world.run(add(&people[0]));
    assert_eq!(state(&world, &uid, &people[0]), Some(AppointmentState::Waiting));
    assert_eq!(listed(&world, &people[0]), Some(State::ToTell));
    assert_eq!(refused(&mut world, add(&people[0])), "error-appointment-not-now");
    assert_eq!(refused(&mut world, add(&young)), "error-campaign-not-for");
}

#[test]
fn what_stays_where_a_change_is_taken_back_has_a_name() {
    let mut world = World::new();
    let people = elders(&mut world, 1);
    let uid = start(&mut world, vec![session("2026-12-07", 2)]);
    world.run(move_to(&read(&world, &uid), &people[0], 0, Word::Asked, &world));
    let mut kept = |first: Command, later: Command| {
        let change = world.run(first).change.expect("a change").uid;
        world.run(later);
        let kept = world.run(Command::TakeBack { change }).kept;
        kept.first().map(|row| (row.record.clone(), row.name.clone()))
    };
    let on = day("2026-11-23");
    let act = |act| {
        let (campaign, resident) = (uid.clone(), people[0].clone());
        let new = Appointed { campaign, resident, act, session: None, on };
        Command::Campaign(CampaignCommand::Appoint(Box::new(new)))
    };
    let appointment = kept(act(AppointmentAct::Invite), act(AppointmentAct::Agree));
    assert_eq!(appointment, Some(("record-appointment".to_owned(), "王秀一".to_owned())));
    let named = |name: &str| {
        let edit = Box::new(CampaignEdit { name: name.into(), ..campaign_edit() });
        Command::Campaign(CampaignCommand::Edit { campaign: uid.clone(), edit })
    };
    let campaign = kept(named("春季体检"), named("夏季体检"));
    assert_eq!(campaign, Some(("record-campaign".to_owned(), "夏季体检".to_owned())));
}

#[test]
fn who_does_not_come_this_time_is_named_in_no_export_and_in_no_history_but_their_own() {
    let mut world = World::new();
    let people = elders(&mut world, 1);
    let uid = start(&mut world, vec![session("2026-12-07", 2)]);
    world.run(appoint(&uid, &people[0], AppointmentAct::StayOut, &world));
    let of = |filter: ChangeFilter| world.ledger.history(&filter).expect("readable").remove(0);
    let change = of(ChangeFilter::default());
    assert_eq!((change.op.as_str(), change.name.as_str()), ("answer", ""));
    let own = of(ChangeFilter { about: Some(people[0].clone()), ..ChangeFilter::default() });
    assert_eq!(own.op, "appointment-out");

    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(of_demo(folder.path(), &["demo", "--residents", "200"]).0, 0);
    let json = |arguments: &[&str]| -> serde_json::Value {
        serde_json::from_str(&of_demo(folder.path(), arguments).1).expect("a document")
    };
    let campaign = json(&["campaign", "list", "--json"])["rows"][0]["uid"].as_str().expect("a campaign").to_owned();
    let rows = || json(&["campaign", "show", &campaign, "--json"])["rows"].as_array().expect("rows").clone();
    let before = rows();
    let open = before.iter().find(|row| row["state"] == "agreed").expect("somebody");
    let (who, name) = (open["uid"].as_str().expect("a uid"), open["name"].as_str().expect("a name"));
    assert_eq!(of_demo(folder.path(), &["campaign", "cancel", &campaign, who]).0, 0);
    assert!(rows().iter().all(|row| row["uid"] != who && row["state"] != "out"));
    assert_eq!(rows().len() + 1, before.len());
    let said = of_demo(folder.path(), &["campaign", "show", &campaign]).1;
    assert_eq!(said.matches(name).count() + 1, before.iter().filter(|row| row["name"] == name).count());
    assert_eq!(json(&["campaign", "show", &campaign, "--json"])["figures"]["out"], 1, "a number");
}

#[test]
fn a_day_in_another_campaign_counts_under_whichever_record_of_the_person() {
    let mut world = World::new();
    let people = elders(&mut world, 2);
    let (uid, other) =
        (start(&mut world, vec![session("2026-12-07", 2)]), start(&mut world, vec![session("2026-12-08", 2)]));
    world.run(move_to(&read(&world, &uid), &people[0], 0, Word::Asked, &world));
    world.run(move_to(&read(&world, &other), &people[1], 0, Word::Asked, &world));
    let (listed, behind) = (people[0].clone(), people[1].clone());
    world.run(Command::Merge(Box::new(Merge { listed, behind, taken: Vec::new() })));
    let campaign = read(&world, &uid);
    let row = campaign.of(&people[0]).expect("listed");
    assert!(row.days.conflicts(&campaign.sessions[0].slot(), world.today).contains(&Conflict::OtherCampaign));
}

#[test]
fn a_session_that_is_moved_leaves_nobody_on_a_day_with_nothing_for_them() {
    let mut world = World::new();
    let turning = world.person("李大山", "1961-12-10", Some(Residency::Here));
    let old = elders(&mut world, 1).remove(0);
    let uid = start(&mut world, vec![session("2026-12-14", 2)]);
    for resident in [&turning, &old] {
        world.run(move_to(&read(&world, &uid), resident, 0, Word::Given, &world));
    }
    let only = read(&world, &uid).sessions[0].uid.clone();
    assert_eq!([8, 15].map(|at| world.ledger.shut_out(&only, day(&format!("2026-12-{at:02}"))).expect("read")), [1, 0]);
    world.run(edit_session(&only, session("2026-12-08", 2)));
    assert_eq!(state(&world, &uid, &turning), Some(AppointmentState::Waiting), "65 on the tenth");
    assert_eq!((state(&world, &uid, &old), listed(&world, &old)), (Some(AppointmentState::Planned), Some(State::Told)));
    world.run(Command::Undo);
    assert_eq!(state(&world, &uid, &turning), Some(AppointmentState::Agreed));
}

#[test]
fn a_session_is_not_moved_to_a_day_that_has_passed_while_somebody_is_expected() {
    let mut world = World::new();
    let old = elders(&mut world, 1).remove(0);
    let uid = start(&mut world, vec![session("2026-12-14", 2)]);
    world.run(move_to(&read(&world, &uid), &old, 0, Word::Given, &world));
    world.today = day("2026-12-10");
    let only = read(&world, &uid).sessions[0].uid.clone();
    let past = edit_session(&only, session("2026-12-08", 2));
    assert_eq!(refused(&mut world, past.clone()), "error-session-past-people");
    world.run(appoint(&uid, &old, AppointmentAct::Wait, &world));
    world.run(past);
}

#[test]
fn who_came_for_nothing_before_hinders_no_correction() {
    let mut world = World::new();
    let old = elders(&mut world, 1).remove(0);
    let both = CampaignEdit { programmes: vec![ELDER.into(), "women-check".into()], ..campaign_edit() };
    let new = NewCampaign { edit: both, sessions: vec![session("2026-12-07", 4)] };
    let uid = world.run(Command::Campaign(CampaignCommand::Start(Box::new(new)))).change.expect("a change").about;
    world.run(move_to(&read(&world, &uid), &old, 0, Word::Given, &world));
    let (born, sex) = (Some(PartialDate::parse("1990-03-01")), Some(Some(Sex::Male)));
    let edit = ResidentEdit { born, sex, ..ResidentEdit::default() };
    world.run(Command::EditResident { resident: old.clone(), edit: Box::new(edit), source: "身份证".into() });
    assert_eq!(read(&world, &uid).of(&old).map(|row| row.programmes.len()), Some(0));
    let campaign = uid.clone();
    world.run(Command::Campaign(CampaignCommand::Edit { campaign, edit: Box::new(campaign_edit()) }));
    assert_eq!(read(&world, &uid).programmes.len(), 1);
}

#[test]
fn a_second_appointment_of_the_same_person_takes_nothing_from_the_first_when_its_session_goes() {
    let mut world = World::new();
    let people = elders(&mut world, 2);
    let uid = start(&mut world, vec![session("2026-12-07", 2), session("2026-12-14", 2)]);
    for (at, resident) in people.iter().enumerate() {
        world.run(move_to(&read(&world, &uid), resident, at, Word::Given, &world));
    }
    let merged = Merge { listed: people[0].clone(), behind: people[1].clone(), taken: Vec::new() };
    world.run(Command::Merge(Box::new(merged)));
    let second = read(&world, &uid).sessions[1].uid.clone();
    world.run(Command::Campaign(CampaignCommand::RemoveSession { session: second }));
    assert_eq!(state(&world, &uid, &people[0]), Some(AppointmentState::Agreed));
    assert_eq!(listed(&world, &people[0]), Some(State::Booked));
}
