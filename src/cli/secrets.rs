//! Passphrase and paper code: from files named by environment variables, else from the terminal; never from arguments.

use std::io::{IsTerminal as _, Read as _};
use std::path::PathBuf;

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::cli::Scene;
use crate::domain::message::Message;
use crate::ledger::Ledger;
use crate::ledger::VillageKind;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::keys::{DEMO_PASSPHRASE, KeysFile, Unlock};
use crate::ledger::paper_code::PaperCode;
use crate::ledger::sealed::open_with;
use crate::ledger::swap::ledger_at;

/// Names a file whose first line is the passphrase.
const PASSPHRASE_FILE: &str = "XIANGLI_PASSPHRASE_FILE";
/// Names a file whose first line is the passphrase to come.
const NEW_PASSPHRASE_FILE: &str = "XIANGLI_NEW_PASSPHRASE_FILE";
/// Names a file whose first line is the paper code.
const PAPER_CODE_FILE: &str = "XIANGLI_PAPER_CODE_FILE";
/// No passphrase is longer than this many bytes.
const LONGEST: u64 = 4096;

/// Opens the ledger of the scene.
pub(super) fn open(scene: &Scene) -> Result<Ledger> {
    // Nothing is asked for where there is nothing to open.
    open_with(&ledger_at(&scene.ledger)?, &unlock_own(scene)?)
}

/// How the ledger of the scene is opened; a demo village's passphrase is known.
pub(super) fn unlock_own(scene: &Scene) -> Result<Unlock> {
    let is_demo = || KeysFile::open(&scene.ledger).is_ok_and(|keys| keys.kind() == VillageKind::Demo);
    match given()? {
        Some(unlock) => Ok(unlock),
        None if is_demo() => Ok(Unlock::Passphrase(SecretString::from(DEMO_PASSPHRASE))),
        None => Ok(Unlock::Passphrase(ask(scene, "cli-ask-passphrase")?)),
    }
}

/// How a copy is opened.
pub(super) fn unlock(scene: &Scene) -> Result<Unlock> {
    match given()? {
        Some(unlock) => Ok(unlock),
        None => Ok(Unlock::Passphrase(ask(scene, "cli-ask-passphrase")?)),
    }
}

/// The passphrase of a new ledger.
pub(super) fn new_passphrase(scene: &Scene) -> Result<SecretString> {
    match from_file(PASSPHRASE_FILE)? {
        Some(passphrase) => Ok(passphrase),
        None => ask(scene, "cli-ask-new-passphrase"),
    }
}

/// The passphrase that an existing ledger gets instead of its old one.
pub(super) fn next_passphrase(scene: &Scene) -> Result<SecretString> {
    match from_file(NEW_PASSPHRASE_FILE)? {
        Some(passphrase) => Ok(passphrase),
        None => ask(scene, "cli-ask-next-passphrase"),
    }
}

/// The passphrase named by the environment, if any.
pub(super) fn given_passphrase() -> Result<Option<SecretString>> {
    from_file(PASSPHRASE_FILE)
}

fn given() -> Result<Option<Unlock>> {
    if let Some(passphrase) = from_file(PASSPHRASE_FILE)? {
        return Ok(Some(Unlock::Passphrase(passphrase)));
    }
    let code = from_file(PAPER_CODE_FILE)?;
    code.map(|code| Ok(Unlock::PaperCode(PaperCode::parse(code.expose_secret())?))).transpose()
}

fn from_file(variable: &str) -> Result<Option<SecretString>> {
    let Some(path) = std::env::var_os(variable).map(PathBuf::from) else { return Ok(None) };
    let mut text = Zeroizing::new(String::new());
    let file = std::fs::File::open(&path).map_err(|e| LedgerError::io(e, &path))?;
    file.take(LONGEST).read_to_string(&mut text).map_err(|e| LedgerError::io(e, &path))?;
    let line = text.lines().next().unwrap_or_default();
    Ok(Some(SecretString::from(line.to_owned())))
}

fn ask(scene: &Scene, key: &str) -> Result<SecretString> {
    let unanswered = || LedgerError::new(ErrorKind::Locked, Message::new("cli-no-passphrase"));
    if !std::io::stdin().is_terminal() {
        return Err(unanswered());
    }
    rpassword::prompt_password(scene.words.text(key)).map(SecretString::from).map_err(|_| unanswered())
}
