//! Papers and spreadsheets for people, and what has left so far.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Subcommand;
use serde_json::json;

use crate::cli::{Answer, Scene};
use crate::domain::disclosure::{FileFormat, PaperKind, Recipient};
use crate::domain::message::Message;
use crate::ledger::Ledger;
use crate::ledger::command::Done;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::handouts::{DisclosureRow, Made, Out};
use crate::paper::faces::{Faces, FontFile, RARE_FILE};
use crate::paper::roster::{Roster, RosterColumn};
use crate::places;
use crate::words::Words;

/// Commands about what is handed out.
#[derive(Subcommand, Clone)]
pub enum Papers {
    /// Print, or write a spreadsheet
    #[command(subcommand)]
    Print(Print),
    /// What left, newest first
    Disclosures {
        /// At most this many
        #[arg(long, default_value_t = 200)]
        limit: u32,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
}

/// A paper.
#[derive(Subcommand, Clone)]
pub enum Print {
    /// The list of one programme
    Roster {
        /// The programme's id
        programme: String,
        /// Where to: a name ending in .pdf or .xlsx that no file has
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Columns, separated by commas
        #[arg(long, value_delimiter = ',')]
        columns: Vec<String>,
        /// Only this group
        #[arg(long)]
        group: Option<String>,
        /// The office it goes to (default: the village itself)
        #[arg(long, default_value = "")]
        recipient: String,
        /// What for
        #[arg(long)]
        purpose: Option<String>,
    },
}

impl Papers {
    pub(super) fn json(&self) -> bool {
        matches!(self, Self::Disclosures { json: true, .. })
    }
}

pub(super) fn run(act: &Papers, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    match act {
        Papers::Disclosures { limit, .. } => disclosures(ledger, &scene.words, *limit),
        Papers::Print(Print::Roster { programme, to, columns, group, recipient, purpose }) => {
            let columns = if columns.is_empty() { RosterColumn::USUAL.to_vec() } else { chosen(columns)? };
            let roster = Roster { columns, group: group.clone(), recipient: Recipient::from_text(recipient) };
            self::roster(ledger, scene, (programme, &roster), to, purpose.as_deref())
        }
    }
}

/// In the order of the columns, whatever order they are named in.
fn chosen(names: &[String]) -> Result<Vec<RosterColumn>> {
    if let Some(unknown) = names.iter().find(|name| RosterColumn::from_word(name).is_none()) {
        let message = Message::new("paper-no-such-column").text("column", unknown.clone());
        return Err(LedgerError::new(ErrorKind::Refused, message));
    }
    let is_named = |column: &&RosterColumn| names.iter().any(|name| name == column.as_str());
    Ok(RosterColumn::ALL.iter().filter(is_named).copied().collect())
}

fn roster(
    ledger: &mut Ledger,
    scene: &Scene,
    (programme, roster): (&str, &Roster),
    to: &Path,
    purpose: Option<&str>,
) -> Result<Answer> {
    let (words, stamp) = (&scene.words, scene.clock.stamp());
    let purpose = purpose.map_or_else(|| words.text("paper-roster-purpose"), str::to_owned);
    let about = roster.disclosure(programme, format(to), &purpose);
    let (path, done) = ledger.hand_out(&Out::At(to.to_owned()), &about, &stamp, |view| {
        let list = view.list(programme, stamp.today)?;
        let listing = roster.listing(&list, &purpose, words)?;
        let bytes = listing.bytes(about.format, &view.village()?, stamp.today, words, &faces()?)?;
        Ok(Made { bytes, rows: listing.table.rows.len() as u64 })
    })?;
    Ok(written(&path, Some(&done), words))
}

/// By the file's ending; anything but a spreadsheet is a PDF.
fn format(to: &Path) -> FileFormat {
    let is_sheet = to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    if is_sheet { FileFormat::Xlsx } else { FileFormat::Pdf }
}

fn written(path: &Path, done: Option<&Done>, words: &Words) -> Answer {
    let path = path.display().to_string();
    let revision = done.map(|done| done.revision);
    let line = words.say(&Message::new("cli-paper-written").text("path", path.clone()));
    Answer::new(&json!({ "ok": true, "path": path, "revision": revision }), vec![line])
}

fn faces() -> Result<Faces> {
    let file = places::shipped(RARE_FILE).into_iter().find_map(|path| std::fs::read(path).ok());
    let rare = file.map(|bytes| Arc::new(bytes) as FontFile);
    Faces::new(rare).ok_or_else(|| LedgerError::refused("paper-failed"))
}

fn disclosures(ledger: &Ledger, words: &Words, limit: u32) -> Result<Answer> {
    let rows = ledger.disclosures(limit)?;
    let line = |row: &DisclosureRow| {
        let paper = PaperKind::from_word(&row.paper).map_or_else(|| row.paper.clone(), |paper| words.of(&paper));
        let message = Message::new("cli-disclosure-line")
            .date("on", row.on)
            .text("paper", paper)
            .text("programme", row.programme.clone())
            .number("rows", row.rows)
            .text("recipient", words.say(&Recipient::from_text(&row.recipient).message()));
        words.say(&message.text("purpose", row.purpose.clone()))
    };
    Ok(Answer::new(&json!({ "rows": rows }), rows.iter().map(line).collect()))
}
