//! Starting, checking and carrying a ledger.

use std::path::Path;

use serde_json::json;

use crate::cli::{Answer, Scene, secrets};
use crate::domain::message::Message;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::progress::Unwatched;
use crate::ledger::sealed::start;
use crate::ledger::{Ledger, NewVillage, VillageKind, copy};

/// Starts a village and hands over its paper code.
pub(super) fn init(scene: &Scene, code: &str, name: &str, paper_code: Option<&Path>) -> Result<Answer> {
    let passphrase = secrets::new_passphrase(scene)?;
    if let Some(path) = paper_code.filter(|path| path.exists()) {
        return Err(LedgerError::io(std::io::ErrorKind::AlreadyExists.into(), path));
    }
    let new = NewVillage { code: code.to_owned(), name: name.to_owned(), kind: VillageKind::Real };
    let (ledger, paper) = start(&scene.ledger, &new, &passphrase, None, &scene.clock.stamp())?;
    let mut lines = vec![scene.words.say(&Message::new("cli-started").text("name", name))];
    let code = paper.map(|code| code.to_string()).unwrap_or_default();
    match paper_code {
        Some(path) => {
            write_private(path, &code)?;
            lines.push(
                scene.words.say(&Message::new("cli-paper-code-written").text("path", path.display().to_string())),
            );
        }
        None => lines.push(scene.words.say(&Message::new("cli-paper-code").text("code", code))),
    }
    Ok(Answer::new(json!({ "ok": true, "revision": ledger.revision()? }), lines))
}

fn write_private(path: &Path, text: &str) -> Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|e| LedgerError::io(e, path))?;
    writeln!(file, "{text}").and_then(|()| file.sync_all()).map_err(|e| LedgerError::io(e, path))
}

/// Reads everything there is to prove.
pub(super) fn check(ledger: &Ledger, scene: &Scene) -> Result<Answer> {
    let changes = ledger.check()?;
    let overview = ledger.overview()?;
    let message = Message::new("cli-checked").number("changes", changes).number("residents", overview.residents);
    let document = json!({ "ok": true, "changes": changes, "overview": overview });
    Ok(Answer::new(document, vec![scene.words.say(&message)]))
}

/// Writes one sealed copy.
pub(super) fn copy_out(ledger: &Ledger, folder: &Path, scene: &Scene) -> Result<Answer> {
    let file = ledger.copy_out(folder, &scene.clock.stamp(), &Unwatched)?;
    let line = scene.words.say(&Message::new("cli-copied-out").text("path", file.display().to_string()));
    Ok(Answer::new(json!({ "ok": true, "file": file }), vec![line]))
}

/// Opens a sealed copy as this machine's ledger.
pub(super) fn copy_in(scene: &Scene, file: &Path) -> Result<Answer> {
    let unlock = secrets::unlock(scene)?;
    let ledger = copy::copy_in(file, &scene.ledger, &unlock, &Unwatched)?;
    let overview = ledger.overview()?;
    let message = Message::new("cli-copied-in")
        .text("name", overview.village.name.clone())
        .number("residents", overview.residents)
        .text("path", scene.ledger.display().to_string());
    Ok(Answer::new(json!({ "ok": true, "overview": overview }), vec![scene.words.say(&message)]))
}
