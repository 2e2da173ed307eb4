//! Many commands, one unlock: one line in, one line of JSON out after each COMMIT.

use std::io::{BufRead as _, Write as _};

use clap::Parser as _;
use serde_json::json;

use crate::cli::args::{Act, Line};
use crate::cli::{Exit, Scene, on_ledger, secrets};
use crate::domain::message::{Message, Say as _};
use crate::ledger::Ledger;
use crate::ledger::error::{ErrorKind, LedgerError, Result};

/// A longer line is no command.
const LONGEST: usize = 64 * 1024;

/// Reads commands until the end of standard input.
pub(super) fn run(scene: &Scene) -> Result<Exit> {
    let mut ledger = secrets::open(scene)?;
    let (mut input, mut out) = (std::io::stdin().lock(), std::io::stdout().lock());
    let (mut line, mut exit) = (Vec::new(), Exit::Done);
    loop {
        line.clear();
        let read = std::io::Read::take(&mut input, LONGEST as u64).read_until(b'\n', &mut line);
        if read.map_err(|e| LedgerError::io(e, "stdin".as_ref()))? == 0 {
            return Ok(exit);
        }
        if line.len() == LONGEST && line.last() != Some(&b'\n') {
            // What follows within the same line must not be taken for a command of its own.
            input.skip_until(b'\n').map_err(|e| LedgerError::io(e, "stdin".as_ref()))?;
        }
        let text = String::from_utf8_lossy(&line);
        if text.trim().is_empty() {
            continue;
        }
        let answer = one(text.trim(), &mut ledger, scene).unwrap_or_else(|error| {
            exit = Exit::Findings;
            let sentence = scene.words.say(&error.message());
            json!({"ok": false, "exit": Exit::of(&error).code(), "error": sentence}).to_string()
        });
        writeln!(out, "{answer}").and_then(|()| out.flush()).map_err(|e| LedgerError::io(e, "stdout".as_ref()))?;
    }
}

fn one(text: &str, ledger: &mut Ledger, scene: &Scene) -> Result<String> {
    Ok(on_ledger(&parse(text)?, ledger, scene)?.document)
}

fn parse(text: &str) -> Result<Act> {
    let unknown = || LedgerError::new(ErrorKind::Refused, Message::new("cli-unknown-line"));
    let words = shlex::split(text).ok_or_else(unknown)?;
    let act = Line::try_parse_from(words).map_err(|_| unknown())?.act;
    match act {
        // What starts or replaces a ledger or its keys is not for one that is open.
        Act::Init { .. } | Act::Demo { .. } | Act::CopyIn { .. } | Act::Restore { .. } => Err(unknown()),
        Act::Recover(act) if !act.is_on_ledger() => Err(unknown()),
        Act::Passphrase | Act::PaperCode { .. } | Act::Batch => Err(unknown()),
        act => Ok(act),
    }
}
