//! The rule pack against tables made by hand from the domain's facts before the rules were read again: tests/verdicts.

use std::collections::BTreeMap;

use xiangli::domain::fact::FactKind;
use xiangli::domain::local_standard::{LocalStandard, LocalStandards};
use xiangli::domain::partial_date::PartialDate;
use xiangli::domain::programme::{Programme, amount, compiled_in};
use xiangli::domain::resident::{FactValue, Facts, Sex, SourceId, Sourced, Standing};
use xiangli::domain::rule::{self, Holds};

use crate::support::world::day;

type Row = BTreeMap<String, String>;

fn table(name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(format!("tests/verdicts/{name}.csv")).expect("a table");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn known<T>(value: T) -> Sourced<T> {
    Sourced { value, source: SourceId(1), on: day("2026-01-05") }
}

fn programmes() -> BTreeMap<String, Programme> {
    compiled_in().expect("valid").into_iter().map(|programme| (programme.id.clone(), programme)).collect()
}

/// The person of a row; what is not filled is not known.
fn facts(row: &Row) -> Facts {
    let word = |column: &str| row.get(column).map(String::as_str).filter(|word| !word.is_empty());
    let mut facts = Facts::new(known(Standing::from_word(&row["standing"]).expect("a standing")));
    facts.born = word("born").map(|born| known(PartialDate::parse(born).expect("a date")));
    facts.sex = word("sex").map(|sex| known(Sex::from_word(sex).expect("a sex")));
    for kind in FactKind::ALL.iter().filter(|kind| !kind.is_declared()) {
        if let Some(value) = word(kind.as_str()) {
            facts.known.set(known(FactValue::from_word(*kind, value).expect("a value")));
        }
    }
    if let (Some(value), Some(kind)) = (word("declared"), FactKind::declared(&row["programme"])) {
        facts.known.set(known(FactValue::from_word(kind, value).expect("a value")));
    }
    facts
}

fn with_county(programme: &Programme, row: &Row) -> Programme {
    let mut standards = LocalStandards::default();
    for pair in row["local"].split(';').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').expect("a key and a value");
        let def = programme.local.iter().find(|def| def.key == key);
        let def = def.unwrap_or_else(|| panic!("{}: no local value {key}", programme.id));
        assert!(def.read(value).is_ok(), "{key}={value}");
        let set = LocalStandard { value: value.into(), source: SourceId(1), on: day("2026-01-01") };
        standards.set(&programme.id, key, set);
    }
    programme.with(&standards)
}

#[test]
fn the_rules_agree_with_the_table_made_by_hand() {
    let (programmes, rows) = (programmes(), table("expected"));
    assert!(
        rows.len() >= 200
            && rows.iter().map(|row| &row["programme"]).collect::<std::collections::BTreeSet<_>>().len() >= 20
    );
    let mut wrong = Vec::new();
    for row in &rows {
        let programme = with_county(&programmes[&row["programme"]], row);
        let (mut facts, as_of) = (facts(row), day(&row["as_of"]));
        let services: Vec<_> =
            [row["last_service"].as_str()].into_iter().filter(|on| !on.is_empty()).map(day).collect();
        facts.last_service = programme.turn(&facts, &services, as_of).last_before(&services);
        let verdict = rule::verdict(&programme, &facts, as_of);
        assert_eq!(verdict.holds, rule::holds(&programme, &facts, as_of));
        let says = match verdict.holds {
            Holds::Yes => "yes",
            Holds::No => "no",
            Holds::Unknown => "unknown",
        };
        if says != row["expected"] {
            wrong.push(format!("{}: {says}, the table {}: {}", row["case"], row["expected"], row["why"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn the_child_subsidy_agrees_with_the_table_month_by_month() {
    let mut claims: BTreeMap<String, Vec<(String, String, String)>> = BTreeMap::new();
    for row in table("subsidy") {
        let of = claims.entry(row["born"].clone()).or_default();
        if !row["year"].is_empty() {
            of.push((row["year"].clone(), row["fen"].clone(), row["apply_by"].clone()));
        }
    }
    for (month, expected) in claims {
        for (date, what) in [(1, "first"), (28, "late")] {
            let born = day(&format!("{month}-{date:02}"));
            let ours: Vec<_> = amount::child_subsidy(born)
                .iter()
                .map(|claim| (claim.year.to_string(), claim.fen.to_string(), claim.apply_by.to_string()))
                .collect();
            assert_eq!(ours, expected, "{month}, {what}");
        }
    }
}

#[test]
fn the_windows_of_a_childs_visits_agree_with_the_table() {
    let check = &programmes()["child-check"];
    let names: Vec<&str> = vec!["newborn", "m1", "m3", "m6", "m8", "m12", "m18", "m24", "m30", "m36", "y4", "y5", "y6"];
    let mut wrong = Vec::new();
    for row in table("child_points") {
        if row["born"].is_empty() {
            continue;
        }
        let mut facts = Facts::new(known(Standing::Present));
        facts.born = Some(known(PartialDate::parse(&row["born"]).expect("a date")));
        let as_of = day(&row["as_of"]);
        let turn = check.turn(&facts, &[], as_of);
        if row["point"] == "unknown" {
            assert!(!names.contains(&turn.name.as_str()), "{}: no point is guessed", row["born"]);
            continue;
        }
        let open = names.iter().position(|name| *name == turn.name && turn.contains(as_of));
        let ours = open.map_or(["".into(), "".into(), "".into()], |at| {
            [(at + 1).to_string(), turn.first.to_string(), turn.last.to_string()]
        });
        let theirs = ["point", "window_first", "window_last"].map(|column| row[column].clone());
        if ours != theirs {
            wrong.push(format!("{} on {as_of}: {ours:?}, the table {theirs:?}", row["born"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
