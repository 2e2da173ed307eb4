//! The manual on two pages, as it is packed with the program.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use serde_json::json;

use crate::cli::{Answer, Scene};
use crate::domain::message::Message;
use crate::ledger::error::{LedgerError, Result};
use crate::paper::sheet::print_bytes;
use crate::paper::{faces, manual};

/// Writes it into a new file.
pub(super) fn write(to: &Path, scene: &Scene) -> Result<Answer> {
    let on = scene.clock.stamp().today;
    let faces = faces::Faces::new(None).ok_or_else(|| LedgerError::refused("paper-failed"))?;
    let bytes = print_bytes(&manual::print(on, &scene.words), on, &scene.words, &faces)?;
    let written = File::create_new(to).and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()));
    written.map_err(|error| {
        if error.kind() != std::io::ErrorKind::AlreadyExists {
            // Half a file would be in the way of the next.
            let _ = std::fs::remove_file(to);
        }
        LedgerError::io(error, to)
    })?;
    let path = to.display().to_string();
    let line = scene.words.say(&Message::new("cli-paper-written").text("path", path.clone()));
    Ok(Answer::new(&json!({ "ok": true, "path": path }), vec![line]))
}
