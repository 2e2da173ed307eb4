//! `import`: looks at a roster, writes it as one change unless it is a dry run, and says row by row what became of it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::cli::args::{AcceptName, ImportArgs};
use crate::cli::{Answer, Exit, Scene, with_rows};
use crate::domain::message::{Message, Say as _};
use crate::ledger::Ledger;
use crate::ledger::command::Command;
use crate::ledger::error::Result;
use crate::ledger::exchange::matching::Outcome;
use crate::ledger::exchange::rejected::{self, ToMend};
use crate::ledger::exchange::spreadsheet::Book;
use crate::ledger::exchange::staging::RowKey;
use crate::ledger::imports::{Accept, Decisions, Import, ImportPlan, ImportRow};
use crate::ledger::progress::Unwatched;
use crate::words::Words;

/// Looks, writes, tells.
pub(super) fn run(args: &ImportArgs, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let stamp = scene.clock.stamp();
    let import = ledger.preview_import(&args.file, stamp.today, &Unwatched)?;
    let import = Arc::new(import);
    if let Some(out) = &args.rejected {
        ledger.may_hand_out()?;
        let rows = write_rejected(&args.file, &import, out, &scene.words)?;
        if rows > 0 {
            ledger.note_rejected(out, rows, &rejected::column_keys(&import.layout), &stamp)?;
        }
    }
    let mut change = None;
    if !args.dry_run {
        let accepts = |name| if args.accept.contains(&name) { Accept::All } else { Accept::Chosen };
        let decisions = Decisions {
            changed: accepts(AcceptName::Changed),
            close: accepts(AcceptName::Close),
            ..Decisions::default()
        };
        let plan = ImportPlan { import: import.clone(), decisions };
        change = ledger.run(&Command::Import(Arc::new(plan)), &stamp)?.change.map(|change| change.uid);
    }
    Ok(said(args, &import, change, &scene.words))
}

/// `change` is the uid by which all of it can be taken back; none where nothing was written.
fn said(args: &ImportArgs, import: &Import, change: Option<String>, words: &Words) -> Answer {
    let findings = import.rows.is_empty() || import.count(Outcome::Rejected) > 0;
    let document = if args.json {
        let mut document =
            json!({ "file": import.file, "dropped_columns": import.dropped_columns(), "change": change });
        if import.layout.sheets.is_empty() {
            document["note"] = words.text("import-no-table").into();
        }
        with_rows(&document, import.rows.iter().map(|row| row_json(row, import, words)))
    } else {
        let counts = Outcome::ALL.iter().map(|outcome| (outcome.as_str().to_owned(), import.count(*outcome).into()));
        json!({ "ok": true, "change": change, "counts": counts.collect::<serde_json::Map<_, _>>() }).to_string()
    };
    Answer { exit: if findings { Exit::Findings } else { Exit::Done }, document, lines: lines(args, import, words) }
}

fn row_json(row: &ImportRow, import: &Import, words: &Words) -> Value {
    let staged = &row.staged;
    let problems: Vec<Value> = staged
        .problems
        .iter()
        .map(|p| json!({ "code": p.code, "column": &*p.column, "message": words.say(&p.message) }))
        .collect();
    let resident = staged.incoming.as_ref().map(|person| {
        json!({
            "name": person.name.as_str(),
            "sex": person.sex.map(|sex| sex.as_str()),
            "born": person.born.map(|born| born.to_string()),
            "id_number": person.id.map(|id| id.as_str().to_owned()),
            "group": person.group.as_deref(),
            "relation": person.relation.map(|relation| words.of(&relation)),
            "phone": &*person.phone,
            "residency": person.residency.map(|residency| residency.as_str()),
        })
    });
    json!({
        "sheet": sheet(row, import),
        "row": staged.row,
        "outcome": row.matched.outcome.as_str(),
        "problems": problems,
        "resident": resident,
    })
}

fn sheet<'a>(row: &ImportRow, import: &'a Import) -> &'a str {
    import.sheets.get(usize::from(row.staged.sheet)).map_or("", String::as_str)
}

fn lines(args: &ImportArgs, import: &Import, words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    if import.layout.sheets.is_empty() {
        lines.push(words.text("import-no-table"));
        return lines;
    }
    let mut counts = Message::new("cli-import-counts");
    for outcome in Outcome::ALL {
        counts = counts.number(outcome.as_str(), import.count(*outcome) as i64);
    }
    lines.push(words.say(&counts));
    let dropped = import.dropped_columns();
    if !dropped.is_empty() {
        lines.push(words.say(&Message::new("cli-import-dropped").text("columns", dropped.join("、"))));
    }
    let told = import.rows.iter().filter(|row| matches!(row.matched.outcome, Outcome::Rejected | Outcome::Close));
    lines.extend(told.map(|row| {
        let outcome = row.matched.outcome.message().key;
        let message = Message::new("cli-import-row").text("sheet", sheet(row, import)).number("row", row.staged.row);
        words.say(&message.word("outcome", outcome).text("problems", reason(row, words)))
    }));
    if args.dry_run {
        lines.push(words.text("cli-import-dry"));
    }
    lines
}

fn reason(row: &ImportRow, words: &Words) -> String {
    let column = |p: &crate::ledger::exchange::staging::Problem| {
        let message = words.say(&p.message);
        if p.column.is_empty() { message } else { format!("{}: {message}", p.column) }
    };
    row.staged.problems.iter().map(column).collect::<Vec<_>>().join(" ")
}

/// How many there were; without any, no file is made.
fn write_rejected(file: &Path, import: &Import, out: &Path, words: &Words) -> Result<u64> {
    let rejected = import.rows.iter().filter(|row| row.matched.outcome == Outcome::Rejected);
    let rows: HashMap<RowKey, ToMend<'_>> = rejected
        .map(|row| {
            let mend = ToMend { incoming: row.staged.incoming.as_ref(), reason: reason(row, words) };
            (row.staged.key(), mend)
        })
        .collect();
    if rows.is_empty() {
        return Ok(0);
    }
    let mut book = Book::open(file)?;
    let (reason, sheet) = (words.text("import-reason"), words.text("import-rejected-sheet"));
    let told = rejected::Words { reason: &reason, sheet: &sheet };
    rejected::write(&mut book, &import.layout, &rows, out, &told, &Unwatched)?;
    Ok(rows.len() as u64)
}
