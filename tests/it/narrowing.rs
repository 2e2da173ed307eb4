//! The query's bounds follow from the clauses and drop nobody who is in, and nobody who is worth asking.

use proptest::prelude::*;
use xiangli::domain::Date;
use xiangli::domain::fact::FactKind;
use xiangli::domain::local_standard::{LocalStandard, LocalStandards};
use xiangli::domain::partial_date::PartialDate;
use xiangli::domain::programme::{Clause, Programme, compiled_in};
use xiangli::domain::resident::{FactValue, Facts, Sex, SourceId, Sourced, Standing};
use xiangli::domain::rule::{self, Holds};

use crate::support::world::day;

fn known<T>(value: T) -> Sourced<T> {
    Sourced { value, source: SourceId(1), on: day("2026-01-05") }
}

fn date(from: i32, to: i32) -> impl Strategy<Value = Date> {
    (from..=to, 1..=12_u32, 1..=31_u32).prop_filter_map("a date", |(y, m, d)| Date::from_ymd_opt(y, m, d))
}

/// Somebody of any age, of whom much or little is known.
fn person() -> impl Strategy<Value = Facts> {
    let born = prop_oneof![
        1 => Just(None),
        6 => date(1930, 2026).prop_map(|day| Some(PartialDate::Day(day))),
        1 => (1930..=2026, 1..=12_u32).prop_map(|(y, m)| Some(PartialDate::Month(y, m))),
        1 => (1930..=2026).prop_map(|y| Some(PartialDate::Year(y))),
    ];
    let kinds: Vec<_> = FactKind::ALL
        .iter()
        .map(|kind| {
            let values: Vec<_> = kind.values().iter().map(|(word, _)| *word).collect();
            prop_oneof![1 => Just(None), 2 => prop::sample::select(values).prop_map(Some)]
        })
        .collect();
    let sex = prop::option::of(prop::sample::select(Sex::ALL));
    let service = prop::option::of(date(2020, 2026));
    let standing = prop_oneof![9 => Just(Standing::Present), 1 => Just(Standing::MovedOut)];
    (born, sex, standing, kinds, service).prop_map(|(born, sex, standing, values, service)| {
        let mut facts = Facts::new(known(standing));
        facts.born = born.map(known);
        facts.sex = sex.map(known);
        facts.last_service = service;
        for (kind, value) in FactKind::ALL.iter().zip(values) {
            if let Some(value) = value {
                facts.known.set(known(FactValue::from_word(*kind, value).expect("a value")));
            }
        }
        facts
    })
}

fn programmes(county: bool) -> Vec<Programme> {
    let mut standards = LocalStandards::default();
    let set = |value: &str| LocalStandard { value: value.into(), source: SourceId(1), on: day("2026-01-01") };
    if county {
        standards.set("elder-check", "age_on", set("year_end"));
        standards.set("elder-allowance", "age_on", set("month_end"));
        standards.set("notice", "age_from", set("20"));
        standards.set("notice", "age_to", set("30"));
        standards.set("women-check", "interval_months", set("60"));
    }
    compiled_in().expect("valid").iter().map(|programme| programme.with(&standards)).collect()
}

/// How the query's text comparison sees the bounds: see sql/candidates.sql.
fn the_query_keeps(programme: &Programme, facts: &Facts, as_of: Date) -> bool {
    let narrow = programme.narrow(as_of);
    let born = facts.born.map(|born| born.value.to_string()).unwrap_or_default();
    let by = narrow.born_by.map_or("9999".into(), |day| day.to_string());
    let from = narrow.born_from.map_or(String::new(), |day| day.to_string()[..4].to_owned());
    let sex = facts.sex.is_none_or(|sex| narrow.sex.is_none_or(|asked| asked == sex.value));
    !narrow.nobody && born <= by && (born >= from || born.is_empty()) && sex
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn narrowing_drops_nobody_who_is_in_or_worth_asking(facts in person(), as_of in date(2024, 2031), county: bool) {
        for programme in programmes(county) {
            let holds = rule::holds(&programme, &facts, as_of);
            let counts = holds == Holds::Yes || holds == Holds::Unknown && programme.is_worth_asking(&facts, as_of);
            if counts {
                prop_assert!(programme.narrow(as_of).keeps(&facts), "{} drops somebody", programme.id);
                prop_assert!(the_query_keeps(&programme, &facts, as_of), "the query of {}", programme.id);
            }
        }
    }

    #[test]
    fn nobody_is_put_where_something_is_asked_for_what_nobody_is_asked(
        facts in person(), as_of in date(2024, 2031), county: bool,
    ) {
        for programme in programmes(county) {
            let asks = rule::holds(&programme, &facts, as_of) == Holds::Unknown && programme.is_worth_asking(&facts, as_of);
            let stands_open = |kind: FactKind| kind.is_never_asked() && facts.known.get(kind).is_none();
            let open = programme.clauses.iter().any(|clause| matches!(clause, Clause::Fact(fact) if stands_open(fact.kind)));
            prop_assert!(!(asks && open), "{} asks for what nobody is asked", programme.id);
        }
    }

    #[test]
    fn a_verdict_is_that_of_its_reasons_and_depends_on_no_fact_they_do_not_show(
        facts in person(), as_of in date(2024, 2031), county: bool, other in prop::sample::select(FactKind::ALL), place in 0..8_usize,
    ) {
        for programme in programmes(county) {
            let verdict = rule::verdict(&programme, &facts, as_of);
            prop_assert_eq!(verdict.holds, rule::holds(&programme, &facts, as_of));
            if programme.lists_people() {
                let all = verdict.reasons.iter().fold(Holds::Yes, |all, reason| all.and(reason.holds));
                prop_assert_eq!(verdict.holds, all, "{}", programme.id);
            }
            let mut changed = facts;
            let (value, _) = other.values()[place % other.values().len()];
            changed.known.set(known(FactValue::from_word(other, value).expect("a value")));
            if !reads(&programme.clauses, other) {
                prop_assert_eq!(rule::verdict(&programme, &changed, as_of), verdict, "{}", programme.id);
            }
        }
    }

    #[test]
    fn one_more_thing_known_never_turns_a_yes_or_a_no_around(facts in person(), as_of in date(2024, 2031)) {
        for programme in programmes(false) {
            let now = rule::holds(&programme, &facts, as_of);
            let mut less = facts;
            less.sex = None;
            let before = rule::holds(&programme, &less, as_of);
            prop_assert!(before == Holds::Unknown || before == now, "{}", programme.id);
            less = Facts { born: None, ..facts };
            let before = rule::holds(&programme, &less, as_of);
            prop_assert!(before == Holds::Unknown || before == now, "{}", programme.id);
        }
    }
}

fn reads(clauses: &[Clause], kind: FactKind) -> bool {
    clauses.iter().any(|clause| match clause {
        Clause::Fact(is) => is.kind == kind,
        Clause::Any(sets) => sets.iter().any(|set| reads(set, kind)),
        _ => false,
    })
}
