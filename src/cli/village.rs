//! Starting, checking and carrying a ledger.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use serde_json::json;

use crate::cli::{Answer, Scene, secrets};
use crate::domain::message::Message;
use crate::ledger::demo::{self, Plan};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::keys::DEMO_PASSPHRASE;
use crate::ledger::progress::Unwatched;
use crate::ledger::sealed::start;
use crate::ledger::{Ledger, NewVillage, VillageKind, copy};

/// Starts a village and hands over its paper code.
pub(super) fn init(scene: &Scene, code: &str, name: &str, paper_code: Option<&Path>) -> Result<Answer> {
    let passphrase = secrets::new_passphrase(scene)?;
    // Made first: a code that could not be written down would be lost.
    let sheet = paper_code.map(|path| new_sheet(path).map(|file| (path, file))).transpose()?;
    let new = NewVillage { code: code.to_owned(), name: name.to_owned(), kind: VillageKind::Real };
    let started = start(&scene.ledger, &new, &passphrase, None, &scene.clock.stamp());
    if let (Err(_), Some((path, _))) = (&started, &sheet) {
        let _ = std::fs::remove_file(path);
    }
    let (ledger, paper) = started?;
    let code = paper.map(|code| code.to_string()).unwrap_or_default();
    let kept = match sheet {
        Some((path, mut file)) => {
            let written = writeln!(file, "{code}").and_then(|()| file.sync_all());
            written.map_err(|e| LedgerError::io(e, path))?;
            Message::new("cli-paper-code-written").text("path", path.display().to_string())
        }
        None => Message::new("cli-paper-code").text("code", code),
    };
    let lines = vec![scene.words.say(&Message::new("cli-started").text("name", name)), scene.words.say(&kept)];
    Ok(Answer::new(&json!({ "ok": true, "revision": ledger.revision()? }), lines))
}

/// A new file that only its owner reads.
fn new_sheet(path: &Path) -> Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|e| LedgerError::io(e, path))
}

/// Makes the demo village; the same seed on the same day makes the same people.
pub(super) fn demo(scene: &Scene, residents: u32, seed: u64) -> Result<Answer> {
    let passphrase = secrets::given_passphrase()?.unwrap_or_else(|| DEMO_PASSPHRASE.to_owned().into());
    let stamp = scene.clock.start_of_day();
    let (mut ledger, _) = start(&scene.ledger, &demo::village(), &passphrase, Some(demo::uid_seed(seed)), &stamp)?;
    ledger.fill_demo(Plan { residents: residents as usize, seed }, &stamp, &Unwatched)?;
    let line = scene.words.say(&Message::new("cli-demo-made").number("residents", residents));
    Ok(Answer::new(&json!({ "ok": true, "revision": ledger.revision()? }), vec![line]))
}

/// Reads everything there is to prove.
pub(super) fn check(ledger: &Ledger, scene: &Scene) -> Result<Answer> {
    let changes = ledger.check()?;
    let overview = ledger.overview()?;
    let message = Message::new("cli-checked").number("changes", changes).number("residents", overview.residents);
    let document = json!({ "ok": true, "changes": changes, "overview": overview });
    Ok(Answer::new(&document, vec![scene.words.say(&message)]))
}

/// Writes one sealed copy.
pub(super) fn copy_out(ledger: &Ledger, folder: &Path, scene: &Scene) -> Result<Answer> {
    let file = ledger.copy_out(folder, &scene.clock.stamp(), &Unwatched)?;
    let line = scene.words.say(&Message::new("cli-copied-out").text("path", file.display().to_string()));
    Ok(Answer::new(&json!({ "ok": true, "file": file }), vec![line]))
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
    Ok(Answer::new(&json!({ "ok": true, "overview": overview }), vec![scene.words.say(&message)]))
}
