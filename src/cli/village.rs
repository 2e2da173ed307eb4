//! Starting, checking and carrying a ledger.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use serde_json::json;

use crate::cli::township::Start;
use crate::cli::{Answer, Scene, secrets};
use crate::domain::area_code::AreaCode;
use crate::domain::disclosure::PaperKind;
use crate::domain::message::Message;
use crate::ledger::demo::{self, Plan};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::keys::{DEMO_PASSPHRASE, KeysFile, Unlock};
use crate::ledger::progress::Unwatched;
use crate::ledger::sealed::{open_with, start};
use crate::ledger::{Ledger, NewVillage, VillageKind, copy, restore as restoring};

/// Starts a village and hands over its paper code.
pub(super) fn init(scene: &Scene, code: &str, name: &str, paper_code: Option<&Path>) -> Result<Answer> {
    let code = AreaCode::of_village(code).map_err(LedgerError::refused)?;
    init_any(scene, code.as_str(), name, paper_code)
}

/// Starts a township or county likewise.
pub(super) fn init_office(scene: &Scene, start: &Start) -> Result<Answer> {
    let code = AreaCode::of_office(&start.code).map_err(LedgerError::refused)?;
    init_any(scene, code.as_str(), &start.name, start.paper_code.as_deref())
}

fn init_any(scene: &Scene, code: &str, name: &str, paper_code: Option<&Path>) -> Result<Answer> {
    let passphrase = secrets::new_passphrase(scene)?;
    // Made first: a code that could not be written down would be lost.
    let sheet = new_sheet(paper_code)?;
    let new = NewVillage { code: code.to_owned(), name: name.to_owned(), kind: VillageKind::Real };
    let started = start(&scene.ledger, &new, &passphrase, None, &scene.clock.stamp());
    if let (Err(_), Some((path, _))) = (&started, &sheet) {
        let _ = std::fs::remove_file(path);
    }
    let (ledger, paper) = started?;
    let code = paper.map(|code| code.to_string()).unwrap_or_default();
    let kept = keep(sheet, code)?;
    let lines = vec![scene.words.say(&Message::new("cli-started").text("name", name)), scene.words.say(&kept)];
    Ok(Answer::new(&json!({ "ok": true, "revision": ledger.revision()? }), lines))
}

/// Gives the ledger another passphrase. Opened meanwhile: nobody else uses it, and its keys are proved to fit.
pub(super) fn passphrase(scene: &Scene) -> Result<Answer> {
    let (unlock, ledger) = open_own(scene)?;
    let next = secrets::next_passphrase(scene)?;
    KeysFile::change_passphrase(ledger.path(), &unlock, &next)?;
    ledger.keep_keys()?;
    Ok(Answer::new(&json!({ "ok": true }), vec![scene.words.text("cli-passphrase-changed")]))
}

/// Makes another paper code and hands it over.
pub(super) fn paper_code(scene: &Scene, paper_code: Option<&Path>) -> Result<Answer> {
    let (unlock, ledger) = open_own(scene)?;
    let sheet = new_sheet(paper_code)?;
    let renewed = KeysFile::renew_paper_code(ledger.path(), &unlock);
    if let (Err(_), Some((path, _))) = (&renewed, &sheet) {
        let _ = std::fs::remove_file(path);
    }
    let kept = keep(sheet, renewed?.to_string())?;
    ledger.keep_keys()?;
    let lines = vec![scene.words.text("cli-paper-code-renewed"), scene.words.say(&kept)];
    Ok(Answer::new(&json!({ "ok": true }), lines))
}

/// A real village, open, and what opened it; a demo village keeps the secret that everybody knows.
fn open_own(scene: &Scene) -> Result<(Unlock, Ledger)> {
    if scene.ledger.is_file() && KeysFile::open(&scene.ledger)?.kind() == VillageKind::Demo {
        return Err(LedgerError::refused("error-demo-keeps-its-keys"));
    }
    let unlock = secrets::unlock_own(scene)?;
    let ledger = open_with(&scene.ledger, &unlock)?;
    Ok((unlock, ledger))
}

pub(super) type Sheet<'a> = (&'a Path, File);

/// A new file that only its owner reads, where one is asked for.
pub(super) fn new_sheet(path: Option<&Path>) -> Result<Option<Sheet<'_>>> {
    let Some(path) = path else { return Ok(None) };
    Ok(Some((path, new_private_file(path)?)))
}

/// A new file that only its owner reads; another is never written over.
pub(super) fn new_private_file(path: &Path) -> Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|e| LedgerError::io(e, path))
}

/// Writes a paper code on its sheet; the sentence that says where it is, or shows it where there is no sheet.
pub(super) fn keep(sheet: Option<Sheet<'_>>, code: String) -> Result<Message> {
    let Some((path, mut file)) = sheet else { return Ok(Message::new("cli-paper-code").text("code", code)) };
    let written = writeln!(file, "{code}").and_then(|()| file.sync_all());
    written.map_err(|e| LedgerError::io(e, path))?;
    Ok(Message::new("cli-paper-code-written").text("path", path.display().to_string()))
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
pub(super) fn copy_out(ledger: &mut Ledger, folder: &Path, scene: &Scene) -> Result<Answer> {
    let stamp = scene.clock.stamp();
    let file = ledger.copy_out(folder, &stamp, &Unwatched)?;
    let change = ledger.note_sealed(PaperKind::Copy, &stamp).and_then(|done| done.change).map(|change| change.uid);
    let line = scene.words.say(&Message::new("cli-copied-out").text("path", file.display().to_string()));
    Ok(Answer::new(&json!({ "ok": true, "file": file, "change": change }), vec![line]))
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

/// Puts a backup in the ledger's place and says what the old file held and what this one holds.
pub(super) fn restore(scene: &Scene, file: &Path) -> Result<Answer> {
    let unlock = secrets::unlock_own(scene)?;
    let restored = restoring::restore(file, &scene.ledger, &unlock, &scene.clock.stamp(), &Unwatched)?;
    let after = restored.ledger.overview()?;
    let messages = restored.messages(&after);
    let document =
        json!({ "ok": true, "before": restored.before, "after": after, "moved_aside": restored.moved_aside });
    Ok(Answer::new(&document, messages.iter().map(|message| scene.words.say(message)).collect()))
}
