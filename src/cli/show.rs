//! Commands that read.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::cli::args::Act;
use crate::cli::child::{ChildReason, Sight};
use crate::cli::{Answer, Exit, Scene, with_rows};
use crate::domain::local_standard::LocalStandards;
use crate::domain::message::Message;
use crate::domain::partial_date::PartialDate;
use crate::domain::programme::{Programme, Status};
use crate::domain::resident::{Facts, SourceId};
use crate::domain::rule::{self, Holds, Reason};
use crate::ledger::Ledger;
use crate::ledger::command::Stamp;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::history::{ChangeFilter, ChangeRow};
use crate::ledger::lists::{ListRow, ListSummary};
use crate::ledger::residents::{ResidentFilter, ResidentRow};
use crate::ledger::village::Source;
use crate::words::Words;

type Sources = HashMap<SourceId, Source>;

/// What is asked, why children are looked at, and who asks when.
type Asked<'a> = (&'a mut Ledger, ChildReason, &'a Stamp);

/// Runs one reading command.
pub(super) fn run(act: &Act, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let (words, stamp) = (&scene.words, &scene.clock.stamp());
    let today = stamp.today;
    match act {
        Act::Log { limit, .. } => log(ledger, words, *limit),
        Act::Residents { search, limit, child, .. } => residents((ledger, *child, stamp), words, search, *limit),
        Act::Lists { as_of, .. } => lists(ledger, words, as_of.unwrap_or(today)),
        Act::List { programme, as_of, child, .. } => {
            list((ledger, *child, stamp), words, programme, as_of.unwrap_or(today))
        }
        Act::Why { resident, child, .. } => why((ledger, *child, stamp), words, resident),
        _ => Err(LedgerError::refused("cli-unknown-line")),
    }
}

fn log(ledger: &Ledger, words: &Words, limit: u32) -> Result<Answer> {
    let changes = ledger.history(&ChangeFilter { limit, ..ChangeFilter::default() })?;
    let line = |change: &ChangeRow| {
        let op = words.text(&format!("op-{}", change.op));
        let mark = if change.taken_back { words.text("cli-taken-back") } else { String::new() };
        format!("{}  {}  {} {} ×{}  {}{}", change.uid, change.at, op, change.name, change.count, change.note, mark)
    };
    let lines = changes.iter().map(line).collect();
    Ok(Answer::new(&json!({ "changes": changes }), lines))
}

/// The values of one resident, as JSON knows them everywhere; of a child's what may be shown.
pub(super) fn resident_json(row: &ResidentRow, sight: Sight, words: &Words) -> Value {
    let born = row.born();
    json!({
        "uid": row.uid,
        "name": row.name,
        "sex": row.sex().map(|sex| sex.as_str()),
        "born": sight.born(born),
        "id_number": sight.value(born, &row.id_number),
        "group": row.group,
        "household": row.household,
        "relation": relation(row, words),
        "phone": sight.value(born, &row.phone),
        "residency": row.residency().map(|residency| residency.as_str()),
        "standing": row.facts.standing.value.as_str(),
    })
}

fn relation(row: &ResidentRow, words: &Words) -> String {
    if row.relation == 0 { String::new() } else { words.text(&format!("relation-{:02}", row.relation)) }
}

fn group(name: &str, words: &Words) -> String {
    if name.is_empty() {
        words.text("group-none")
    } else if name.bytes().all(|b| b.is_ascii_digit()) {
        words.say(&Message::new("group-numbered").text("name", name))
    } else {
        name.to_owned()
    }
}

fn residents((ledger, child, stamp): Asked<'_>, words: &Words, search: &str, limit: Option<u32>) -> Result<Answer> {
    let mut rows = ledger.residents(&ResidentFilter { search: search.to_owned(), group: None, limit: u32::MAX })?;
    let total = rows.len();
    rows.truncate(limit.map_or(total, |limit| limit as usize));
    let sight = child.sight(ledger, stamp, rows.iter().map(|row| (row.uid.as_str(), row.born())))?;
    let line = |row: &ResidentRow| {
        let born = sight.born(row.born()).unwrap_or_default();
        let phone = sight.shown(row.born(), &row.phone, words);
        format!("{}  {}  {}  {}  {}", row.uid, row.name, born, group(&row.group, words), phone)
    };
    let lines = rows.iter().map(line).collect();
    let rows: Vec<_> = rows.iter().map(|row| resident_json(row, sight, words)).collect();
    Ok(Answer::new(&json!({ "total": total, "rows": rows }), lines))
}

fn lists(ledger: &Ledger, words: &Words, as_of: NaiveDate) -> Result<Answer> {
    let lists = ledger.lists(as_of)?;
    let document = |list: &ListSummary| {
        json!({
            "programme": list.programme.id,
            "name": words.pick(&list.programme.names),
            "period": list.period.name,
            "status": status(&list.programme),
            "counts": list.counts,
            "deadline": day(list.deadline),
        })
    };
    let standards = ledger.local_standards()?;
    let line = |list: &ListSummary| list_line(list, &standards, words);
    let documents: Vec<_> = lists.iter().map(document).collect();
    let lines = lists.iter().map(line).collect();
    Ok(Answer::new(&json!({ "as_of": as_of.to_string(), "lists": documents }), lines))
}

/// The numbers of a list with its last day, or why it has none.
fn list_line(list: &ListSummary, standards: &LocalStandards, words: &Words) -> String {
    let (of, counts) = (&list.programme, list.counts);
    let name = words.pick(&of.names);
    let plain = |said: String| words.say(&Message::new("labelled").text("label", name).text("value", said));
    if matches!(of.status, Status::Ended { .. }) {
        return plain(words.of(&of.status));
    }
    if !of.lists_people() {
        return plain(words.text("cli-list-slip"));
    }
    let numbers = Message::new("cli-list-line").text("name", name).number("told", counts.told);
    let mut line = words.say(&numbers.number("eligible", counts.eligible).number("ask", counts.ask));
    if let Some(by) = list.deadline {
        line = format!("{line}  {}", words.say(&Message::new("cli-by").date("on", by)));
    }
    if of.missing(standards).next().is_some() {
        line = format!("{line}  {}", words.text("cli-list-local"));
    }
    line
}

/// How sure a programme is, in one word.
fn status(programme: &Programme) -> &'static str {
    match programme.status {
        Status::Current => "current",
        Status::Local => "local",
        Status::Unverified => "unverified",
        Status::Ended { .. } => "ended",
    }
}

fn day(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// One reason in the user's language; of a child's, without the day of birth unless that may be shown.
fn reason_json(reason: &Reason, (sight, born): (Sight, Birth), sources: &Sources, words: &Words) -> Value {
    let until = reason.until.as_ref().filter(|until| !sight.withholds(born, until));
    let title = reason.source.and_then(|id| sources.get(&id)).map(|source| source.title.as_str());
    json!({
        "clause": words.say(&reason.clause),
        "clause_id": reason.clause.key,
        "holds": reason.holds.as_str(),
        "fact": sight.said(born, &reason.fact, words),
        "source": title,
        "on": reason.on.map(|on| on.to_string()),
        "until": until.map(|until| words.say(until)),
    })
}

/// The day of birth, or what is known of it.
type Birth = Option<PartialDate>;

fn born(facts: &Facts) -> Birth {
    facts.born.map(|born| born.value)
}

/// How a listed verdict is called: *no* is never listed.
fn listed(holds: Holds) -> &'static str {
    match holds {
        Holds::Yes => "yes",
        Holds::Unknown => "ask",
        Holds::No => "no",
    }
}

fn list((ledger, child, stamp): Asked<'_>, words: &Words, programme: &str, as_of: NaiveDate) -> Result<Answer> {
    let (list, sources) = (ledger.list(programme, as_of)?, ledger.sources()?);
    let sight = child.sight(ledger, stamp, list.rows.iter().map(|row| (row.uid.as_str(), born(&row.facts))))?;
    let reasons = |facts: &Facts| -> Vec<Value> {
        let verdict = rule::verdict(&list.programme, facts, as_of);
        let known = (sight, born(facts));
        verdict.reasons.iter().map(|reason| reason_json(reason, known, &sources, words)).collect()
    };
    let row_json = |row: &ListRow| {
        json!({
            "uid": row.uid,
            "name": row.name,
            "id_number": sight.value(born(&row.facts), &row.id_number),
            "born": sight.born(born(&row.facts)),
            "group": row.group,
            "household": row.household,
            "verdict": listed(row.holds),
            "state": row.state.as_str(),
            "period": row.turn.name,
            "deadline": day(row.turn.apply_by),
            "reasons": reasons(&row.facts),
        })
    };
    let line = |row: &ListRow| {
        let verdict = words.of(&row.holds);
        format!("{}  {}  {}  {}  {}", row.uid, row.name, group(&row.group, words), verdict, words.of(&row.state))
    };
    let lines = list.rows.iter().map(line).collect();
    let head = json!({ "programme": list.programme.id, "as_of": as_of.to_string(), "counts": list.counts });
    Ok(Answer { exit: Exit::Done, document: with_rows(&head, list.rows.iter().map(row_json)), lines })
}

fn why((ledger, child, stamp): Asked<'_>, words: &Words, resident: &str) -> Result<Answer> {
    let (row, sources, as_of) = (ledger.resident(resident)?, ledger.sources()?, stamp.today);
    let (sight, birth) = (child.sight_of(ledger, stamp, &row)?, row.born());
    let answers = ledger.why(&row, as_of)?;
    let mut lines = vec![row.name.clone()];
    let mut programmes = Vec::new();
    for why in &answers {
        let name = words.pick(&why.programme.names);
        lines.push(format!("{name}: {}, {}", words.of(&why.verdict.holds), words.of(&why.state)));
        for reason in &why.verdict.reasons {
            let until = reason.until.as_ref().filter(|until| !sight.withholds(birth, until));
            let until = until.map(|until| words.say(until)).unwrap_or_default();
            let (clause, fact) = (words.say(&reason.clause), sight.said(birth, &reason.fact, words));
            lines.push(format!("  {} | {clause} | {fact} | {until}", words.of(&reason.holds)));
        }
        let reasons: Vec<_> =
            why.verdict.reasons.iter().map(|r| reason_json(r, (sight, birth), &sources, words)).collect();
        programmes.push(json!({
            "programme": why.programme.id,
            "name": name,
            "verdict": listed(why.verdict.holds),
            "state": why.state.as_str(),
            "period": why.period.name,
            "deadline": day(why.period.apply_by),
            "withdrawn": day(why.withdrawn),
            "reasons": reasons,
        }));
    }
    let document =
        json!({ "resident": resident_json(&row, sight, words), "as_of": as_of.to_string(), "programmes": programmes });
    Ok(Answer::new(&document, lines))
}
