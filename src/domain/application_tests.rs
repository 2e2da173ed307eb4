//! What may follow what: each rule by itself, then random acts.

use proptest::prelude::*;

use super::*;
use crate::domain::local_standard::LocalStandards;
use crate::domain::programme::compiled_in;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn programme(id: &str) -> Programme {
    let all = compiled_in().expect("valid");
    all.into_iter().find(|p| p.id == id).expect("shipped").with(&LocalStandards::default())
}

fn after(programme: &Programme, acts: &[(Act, &str)]) -> Result<Application, Unfit> {
    let mut now: Option<Application> = None;
    for (act, on) in acts {
        now = Some(Application::after(now.as_ref(), programme, act, day(on), AccountConsent::Absent)?);
    }
    now.ok_or(Unfit::NotBegun)
}

fn begun() -> (Act, &'static str) {
    (Act::Begin(Vec::new()), "2026-11-02")
}

#[test]
fn an_application_goes_from_hand_to_hand_to_the_answer_and_the_payments() {
    let subsidy = programme("child-subsidy");
    let acts = [
        (Act::Begin(vec!["birth-certificate".into()]), "2026-11-02"),
        (Act::Tick("household-book".into()), "2026-11-03"),
        (Act::HandOn, "2026-11-04"),
        (Act::HandOn, "2026-11-06"),
        (Act::Grant(360_000), "2026-11-12"),
        (Act::Paid(180_000), "2026-11-15"),
        (Act::Paid(180_000), "2026-11-20"),
    ];
    let phases = [Phase::UnderWay, Phase::UnderWay, Phase::UnderWay, Phase::UnderWay, Phase::Granted, Phase::Paid];
    for (at, phase) in phases.into_iter().enumerate() {
        assert_eq!(after(&subsidy, &acts[..=at]).map(|done| done.phase()), Ok(phase), "after {at}");
    }
    let done = after(&subsidy, &acts).expect("in order");
    assert_eq!((done.holder, done.paid_fen(), done.fen), (Who::County, 360_000, 360_000));
    assert_eq!(done.missing(&subsidy).len(), 2);
}

#[test]
fn nothing_happens_out_of_order() {
    let subsidy = programme("child-subsidy");
    let refused = |acts: &[(Act, &str)]| after(&subsidy, acts).expect_err("out of order");
    assert_eq!(refused(&[(Act::HandOn, "2026-11-02")]), Unfit::NotBegun);
    assert_eq!(refused(&[begun(), begun()]), Unfit::Begun);
    assert_eq!(refused(&[begun(), (Act::Grant(1), "2026-11-03")]), Unfit::NotHandedOn);
    assert_eq!(refused(&[begun(), (Act::SetBack, "2026-11-03")]), Unfit::FirstStep);
    assert_eq!(refused(&[begun(), (Act::HandOn, "2026-11-01")]), Unfit::TooEarly(day("2026-11-02")));
    assert_eq!(refused(&[begun(), (Act::Paid(1), "2026-11-03")]), Unfit::NotGranted);
    assert_eq!(refused(&[begun(), (Act::Tick("passport".into()), "2026-11-03")]), Unfit::NoSuchDocument);
    assert_eq!(refused(&[begun(), (Act::Tick("account".into()), "2026-11-03")]), Unfit::AccountWithoutConsent);
    let handed = [begun(), (Act::HandOn, "2026-11-04")];
    let with = |more: &[(Act, &'static str)]| [handed.as_slice(), more].concat();
    let granted = (Act::Grant(0), "2026-11-05");
    assert_eq!(refused(&with(&[granted.clone(), (Act::Refuse, "2026-11-06")])), Unfit::Answered);
    assert_eq!(refused(&with(&[granted.clone(), (Act::Paid(0), "2026-11-06")])), Unfit::Amount);
    let paid = (Act::Paid(5), "2026-11-06");
    assert_eq!(refused(&with(&[granted.clone(), paid.clone(), paid.clone()])), Unfit::PaidThatDay);
    assert_eq!(refused(&with(&[granted, paid, (Act::TakeBack, "2026-11-07")])), Unfit::PaidAlready);
    let nothing = Application::after(None, &programme("loan"), &begun().0, day("2026-11-02"), AccountConsent::Given);
    assert_eq!(nothing, Err(Unfit::NoSteps));
}

#[test]
fn it_begins_again_after_it_was_taken_back_or_refused() {
    let subsidy = programme("child-subsidy");
    let again = (Act::Begin(Vec::new()), "2026-11-10");
    let back = after(&subsidy, &[begun(), (Act::TakeBack, "2026-11-09"), again.clone()]).expect("begins again");
    assert_eq!((back.phase(), back.began_on), (Phase::UnderWay, day("2026-11-10")));
    let refused = [begun(), (Act::HandOn, "2026-11-03"), (Act::Refuse, "2026-11-09"), again];
    assert_eq!(after(&subsidy, &refused).map(|new| new.holder), Ok(Who::Person));
    let early = [begun(), (Act::TakeBack, "2026-11-09"), (Act::Begin(Vec::new()), "2026-11-08")];
    assert_eq!(after(&subsidy, &early), Err(Unfit::TooEarly(day("2026-11-09"))));
}

#[test]
fn a_renewal_keeps_the_papers_but_the_bank_book_only_with_consent() {
    let subsidy = programme("child-subsidy");
    let papers = Act::Begin(vec!["birth-certificate".into(), "account".into()]);
    let old = Application::after(None, &subsidy, &papers, day("2026-11-02"), AccountConsent::Given).expect("given");
    assert_eq!(old.papers_kept(&subsidy, AccountConsent::Given), ["account", "birth-certificate"]);
    assert_eq!(old.papers_kept(&subsidy, AccountConsent::Absent), ["birth-certificate"]);
}

#[test]
fn warnings_come_60_30_and_7_days_before_the_last_day() {
    let steps: Vec<_> = [61, 60, 31, 30, 8, 7, 0, -1].iter().map(|days| warning(*days, 60)).collect();
    assert_eq!(steps, [None, Some(60), Some(60), Some(30), Some(30), Some(7), Some(7), None]);
}

fn act() -> impl Strategy<Value = Act> {
    let key = prop::sample::select(vec!["form", "id-card", "household-book", "account", "none"]);
    prop_oneof![
        Just(Act::Begin(vec!["id-card".into()])),
        key.clone().prop_map(|key| Act::Tick(key.into())),
        key.prop_map(|key| Act::Untick(key.into())),
        Just(Act::HandOn),
        Just(Act::HandOn),
        Just(Act::SetBack),
        (-1_i64..100_000).prop_map(Act::Grant),
        Just(Act::Refuse),
        (-1_i64..100_000).prop_map(Act::Paid),
        Just(Act::NotPaid),
        Just(Act::TakeBack),
    ]
}

/// Whether all that is noted fits together.
fn is_whole(now: &Application, programme: &Programme) -> bool {
    let is_step = programme.steps.iter().any(|step| step.who == now.holder);
    let granted = matches!(now.answer, Some((Answer::Granted, _)));
    let days = now.began_on <= now.holder_on
        && now.answer.is_none_or(|(_, on)| now.holder_on <= on)
        && now.documents.values().all(|on| now.began_on <= *on)
        && now.payments.keys().all(|on| now.answer.is_some_and(|(_, answered)| answered <= *on));
    let paid = now.payments.is_empty() || granted && now.taken_back.is_none();
    is_step && days && paid && !now.documents.contains_key(ACCOUNT) && now.payments.values().all(|fen| *fen > 0)
}

proptest! {
    #[test]
    fn no_chain_of_acts_leads_out_of_order(acts in prop::collection::vec((act(), 0_u64..3), 1..60)) {
        let award = programme("rural-award");
        let (mut now, mut on) = (None::<Application>, day("2026-01-05"));
        for (act, later) in acts {
            on = on + chrono::Days::new(later) - chrono::Days::new(1);
            if let Ok(new) = Application::after(now.as_ref(), &award, &act, on, AccountConsent::Absent) {
                prop_assert!(is_whole(&new, &award), "{act:?} on {on}: {new:?}");
                now = Some(new);
            }
        }
    }
}
