//! The township keeps a way in: put there, taken out, asked for, answered by two persons, used.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::json;

use crate::cli::village::{keep, new_sheet};
use crate::cli::{Answer, Scene, secrets};
use crate::domain::message::Message;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::keys::Unlock;
use crate::ledger::paper_code::PaperCode;
use crate::ledger::{Ledger, escrow};

/// Commands about it.
#[derive(Subcommand, Clone)]
pub enum Escrow {
    /// Let the township keep a way in, sealed
    Deposit,
    /// Let it keep none
    Withdraw,
    /// Ask the township for help: passphrase forgotten, paper code lost
    Request {
        /// The village's name: the two persons look whether it is who stands before them
        #[arg(long)]
        of: String,
        /// Write the request here
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// The township's side: two persons answer a request; the code goes on paper
    Answer {
        /// The request
        request: PathBuf,
        /// Who; twice, two persons
        #[arg(long, required = true, num_args = 1)]
        by: Vec<String>,
        /// Write the answer here
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Write the code here instead of showing it
        #[arg(long, value_name = "FILE")]
        code: Option<PathBuf>,
    },
    /// Open the ledger by the answer and its code; it gets another passphrase and another paper code
    Open {
        /// The answer
        answer: PathBuf,
        /// Write the new paper code here instead of showing it
        #[arg(long, value_name = "FILE")]
        paper_code: Option<PathBuf>,
    },
}

/// What needs no open ledger: who asks has no way in.
pub(super) fn without_ledger(act: &Escrow, scene: &Scene) -> Option<Result<Answer>> {
    match act {
        Escrow::Request { of, out } => Some(request(of, out, scene)),
        Escrow::Open { answer, paper_code } => Some(open(answer, paper_code.as_deref(), scene)),
        _ => None,
    }
}

/// Everything else does.
pub(super) fn run(act: &Escrow, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let stamp = scene.clock.stamp();
    match act {
        Escrow::Deposit => ledger.deposit(&stamp).map(|_| said("cli-escrow-deposited", scene)),
        Escrow::Withdraw => ledger.withdraw_deposit(&stamp).map(|_| said("cli-escrow-withdrawn", scene)),
        Escrow::Answer { request, by, out, code } => {
            let [one, other] = by.as_slice() else { return Err(LedgerError::refused("escrow-two-persons")) };
            let sheet = new_sheet(code.as_deref())?;
            let answered = ledger.answer_escrow(request, out, [one, other], &stamp);
            if let (Err(_), Some((path, _))) = (&answered, &sheet) {
                let _ = std::fs::remove_file(path);
            }
            let kept = keep(sheet, answered?.to_string())?;
            let line = Message::new("cli-escrow-answered").text("path", out.display().to_string());
            let lines = vec![scene.words.say(&line), scene.words.say(&kept)];
            Ok(Answer::new(&json!({ "ok": true, "file": out }), lines))
        }
        Escrow::Request { of, out } => request(of, out, scene),
        Escrow::Open { answer, paper_code } => open(answer, paper_code.as_deref(), scene),
    }
}

fn said(key: &'static str, scene: &Scene) -> Answer {
    Answer::new(&json!({ "ok": true }), vec![scene.words.text(key)])
}

fn request(of: &str, out: &Path, scene: &Scene) -> Result<Answer> {
    escrow::request(&scene.ledger, of, out)?;
    let line = Message::new("cli-escrow-requested").text("path", out.display().to_string());
    Ok(Answer::new(&json!({ "ok": true, "file": out }), vec![scene.words.say(&line)]))
}

fn open(answer: &Path, paper_code: Option<&Path>, scene: &Scene) -> Result<Answer> {
    let code = match secrets::unlock(scene)? {
        Unlock::PaperCode(code) => code,
        Unlock::Passphrase(typed) => PaperCode::parse(secrecy::ExposeSecret::expose_secret(&typed))?,
    };
    let next = secrets::next_passphrase(scene)?;
    let sheet = new_sheet(paper_code)?;
    let opened = escrow::open(&scene.ledger, (answer, &code), &next, &scene.clock.stamp());
    if let (Err(_), Some((path, _))) = (&opened, &sheet) {
        let _ = std::fs::remove_file(path);
    }
    let (_, renewed) = opened?;
    let kept = keep(sheet, renewed.to_string())?;
    let lines = vec![scene.words.text("cli-escrow-opened"), scene.words.say(&kept)];
    Ok(Answer::new(&json!({ "ok": true }), lines))
}
