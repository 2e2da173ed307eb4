//! Statistics on the command line: looked at, or written into a folder.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::cli::{Answer, Exit, Scene, with_rows};
use crate::domain::message::Message;
use crate::ledger::Ledger;
use crate::ledger::error::Result;
use crate::ledger::statistics::StatisticsRow;
use crate::ledger::statistics::leave::{ALL_COLUMNS, For};

/// What `statistics` is told.
#[derive(Args, Clone)]
pub struct StatisticsArgs {
    /// The folder: a new one, or an empty one
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The office it goes to (default: this one itself)
    #[arg(long, default_value = "")]
    recipient: String,
    /// What for
    #[arg(long)]
    purpose: Option<String>,
    /// Only show what would leave
    #[arg(long)]
    preview: bool,
    /// One JSON document
    #[arg(long)]
    pub(super) json: bool,
}

/// Looks at them, or writes them.
pub(super) fn run(args: &StatisticsArgs, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let stamp = scene.clock.stamp();
    if args.preview {
        let rows = ledger.statistics(stamp.today)?;
        let line = counted("statistics-preview", &rows).text("columns", ALL_COLUMNS.join("、"));
        let head = json!({ "ok": true, "folder": null, "suppressed": hidden(&rows), "columns": ALL_COLUMNS });
        let document = with_rows(&head, rows.iter().map(|row| json!(row)));
        return Ok(Answer { exit: Exit::Done, document, lines: vec![scene.words.say(&line)] });
    }
    let purpose = args.purpose.clone().unwrap_or_else(|| scene.words.text("statistics-purpose"));
    let whom = For { recipient: args.recipient.clone(), purpose };
    let written = ledger.write_statistics(&args.out, &whom, &stamp)?;
    let line = counted("statistics-written", &written.rows)
        .text("path", written.folder.display().to_string())
        .number("files", written.files);
    let document = json!({
        "ok": true, "folder": written.folder, "files": written.files, "rows": written.rows.len(),
        "suppressed": hidden(&written.rows), "columns": ALL_COLUMNS, "revision": written.done.revision,
    });
    Ok(Answer::new(&document, vec![scene.words.say(&line)]))
}

fn hidden(rows: &[StatisticsRow]) -> usize {
    rows.iter().filter(|row| row.suppressed).count()
}

fn counted(key: &'static str, rows: &[StatisticsRow]) -> Message {
    Message::new(key).number("rows", rows.len()).number("hidden", hidden(rows))
}
