//! `reconcile`: a roster of the household registration held against the ledger. Who is only there is told by their place
//! in the file alone.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::{Args as ClapArgs, ValueEnum};
use serde_json::{Value, json};

use crate::cli::{Answer, Exit, Scene, with_rows};
use crate::domain::look::is_hidden;
use crate::domain::message::Message;
use crate::domain::resident::Field;
use crate::ledger::Ledger;
use crate::ledger::command::Command;
use crate::ledger::error::Result;
use crate::ledger::progress::Unwatched;
use crate::ledger::reconcile::{Finding, Kind, ReconcilePlan, Reconciled};
use crate::words::Words;

/// What `reconcile` is told.
#[derive(ClapArgs, Clone)]
pub struct ReconcileArgs {
    /// The roster: xlsx, xls, et, ods or csv
    file: PathBuf,
    /// Take all of a kind as the roster has it, as one change; without it, only look
    #[arg(long, value_enum, value_delimiter = ',')]
    take: Vec<TakeName>,
    /// One JSON document
    #[arg(long)]
    pub(super) json: bool,
}

/// What may be taken in bulk.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TakeName {
    /// Values that differ, where it is sure who is meant
    Differs,
    /// Newborns of houses that are known
    Newborn,
}

impl TakeName {
    fn kind(self) -> Kind {
        match self {
            Self::Differs => Kind::Differs,
            Self::Newborn => Kind::Newborn,
        }
    }
}

/// Looks, and writes what is to be taken.
pub(super) fn run(args: &ReconcileArgs, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let stamp = scene.clock.stamp();
    let reconciled = Arc::new(ledger.reconcile(&args.file, stamp.today, &Unwatched)?);
    let mut verdicts = BTreeMap::new();
    args.take.iter().for_each(|name| verdicts.extend(reconciled.in_bulk(name.kind())));
    let mut change = None;
    if !verdicts.is_empty() {
        let plan = ReconcilePlan { reconciled: reconciled.clone(), verdicts };
        change = ledger.run(&Command::Reconcile(Arc::new(plan)), &stamp)?.change.map(|change| change.uid);
    }
    Ok(said(&reconciled, change, &scene.words, stamp.today))
}

fn said(reconciled: &Reconciled, change: Option<String>, words: &Words, today: NaiveDate) -> Answer {
    let counts: serde_json::Map<String, Value> =
        Kind::ALL.iter().map(|kind| (kind.as_str().to_owned(), reconciled.count(*kind).into())).collect();
    let otherwise: Vec<&str> = reconciled.otherwise.iter().map(|field| field.as_str()).collect();
    let head = json!({
        "file": reconciled.import.file, "agree": reconciled.agree, "counts": counts, "otherwise": otherwise,
        "change": change,
    });
    let document = with_rows(&head, reconciled.findings.iter().map(|finding| finding_json(finding, reconciled)));
    let mut counted = Message::new("cli-reconcile-counts").number("agree", reconciled.agree as i64);
    for kind in Kind::ALL {
        counted = counted.number(kind.as_str(), reconciled.count(*kind) as i64);
    }
    let mut lines = vec![words.say(&counted)];
    lines.extend(otherwise_words(&reconciled.otherwise, words));
    lines.extend(reconciled.findings.iter().map(|finding| line(finding, reconciled, (words, today))));
    let exit = if reconciled.findings.is_empty() { Exit::Done } else { Exit::Findings };
    Answer { exit, document, lines }
}

/// What is left out of the comparison, and why.
fn otherwise_words(fields: &[Field], words: &Words) -> Option<String> {
    let names: Vec<String> = fields.iter().map(|field| words.of(field)).collect();
    (!names.is_empty()).then(|| words.say(&Message::new("reconcile-otherwise").text("fields", words.list(&names))))
}

fn place<'a>(finding: &Finding, reconciled: &'a Reconciled) -> Option<(&'a str, u32)> {
    let row = reconciled.row(finding)?;
    Some((reconciled.import.sheets.get(usize::from(row.sheet)).map_or("", String::as_str), row.row))
}

fn finding_json(finding: &Finding, reconciled: &Reconciled) -> Value {
    let place = place(finding, reconciled);
    let resident = finding.resident.as_ref();
    let fields: Vec<&str> = finding.differences.iter().map(|difference| difference.field.as_str()).collect();
    json!({
        "kind": finding.kind.as_str(),
        "sheet": place.map(|(sheet, _)| sheet),
        "row": place.map(|(_, row)| row),
        "uid": resident.map(|resident| resident.uid.as_str()),
        "name": resident.map(|resident| resident.name.as_str()),
        "group": resident.map(|resident| resident.group.as_str()),
        "fields": fields,
    })
}

/// What is not shown of a child under 14: that it differs is said, never how.
const HIDDEN: [Field; 4] = [Field::IdNumber, Field::Born, Field::Phone, Field::Address];

fn line(finding: &Finding, reconciled: &Reconciled, (words, today): (&Words, NaiveDate)) -> String {
    let place = place(finding, reconciled).map(|(sheet, row)| {
        words.say(&Message::new("ui-import-sheet-row").text("sheet", sheet).number("row", i64::from(row)))
    });
    let name = finding.resident.as_ref().map(|resident| resident.name.clone());
    let is_child = finding.resident.as_ref().is_some_and(|one| is_hidden(one.born, today));
    let fields = finding.differences.iter().map(|one| {
        if is_child && HIDDEN.contains(&one.field) {
            return words.of(&one.field);
        }
        let message = Message::new("ui-difference")
            .text("field", words.of(&one.field))
            .text("known", words.say(&one.known))
            .text("incoming", words.say(&one.incoming));
        words.say(&message)
    });
    let head = [Some(words.of(&finding.kind)), place, name];
    head.into_iter().flatten().chain(fields).collect::<Vec<_>>().join("\t")
}
