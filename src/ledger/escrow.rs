//! 乡镇保管: a village may put its key, sealed for its township, into the keys file. Who has forgotten the passphrase and lost
//! the paper code brings a request on a stick; two persons at the township open the envelope and seal the key under a code
//! that is used once, which goes back on paper, never on the same stick. Both ledgers write it down.

use std::io::Read as _;
use std::path::Path;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::domain::disclosure::{KEY_SEALED, SEALED_FORMAT};
use crate::ledger::Ledger;
use crate::ledger::command::{Done, Stamp};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::files;
use crate::ledger::hand_up::invite::is_line;
use crate::ledger::hand_up::own_keys::{self, OwnKeys};
use crate::ledger::handouts::DisclosureRow;
use crate::ledger::keys::{self, KeysFile};
use crate::ledger::paper_code::PaperCode;
use crate::ledger::passphrase::check_passphrase;
use crate::ledger::store::{Note, disclosures};

/// No request or answer is larger, in bytes.
const LARGEST: u64 = 16 << 10;
const VERSION: u32 = 1;
const REQUEST: &str = "xiangli-escrow-request";
const ANSWER: &str = "xiangli-escrow-answer";
/// The longest name of who opens an envelope, in characters.
const LONGEST_NAME: usize = 20;

/// A request or an answer, as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paper {
    format: String,
    version: u32,
    /// Tells whether a key is the one that is asked for.
    key_check: String,
    /// The key: sealed for the township, or under the code that is used once.
    envelope: String,
    /// Whose ledger it is, as whoever brings it says: the two persons look whether that is who stands before them.
    #[serde(default)]
    of: String,
}

fn read(path: &Path, format: &str) -> Result<Paper> {
    let io = |e| LedgerError::io(e, path);
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(io)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(io)?;
    let paper: Paper = serde_json::from_slice(&bytes).map_err(|_| LedgerError::damaged("escrow-other"))?;
    match (paper.format == format, paper.version) {
        (false, _) => Err(LedgerError::damaged("escrow-other")),
        (true, version) if version > VERSION => Err(LedgerError::refused("error-keys-newer")),
        _ => Ok(paper),
    }
}

fn write(path: &Path, format: &str, key_check: &str, (envelope, of): (String, String)) -> Result<()> {
    let (format, key_check) = (format.to_owned(), key_check.to_owned());
    let paper = Paper { format, version: VERSION, key_check, envelope, of };
    let text = serde_json::to_string_pretty(&paper).map_err(|_| LedgerError::damaged("error-keys-not-made"))?;
    // Never over another file: it may be the ledger.
    files::place(files::written(files::folder_of(path), &files::stem(path), format!("{text}\n").as_bytes())?, path)
}

fn is_name(name: &str) -> bool {
    is_line(name, LONGEST_NAME)
}

/// The names of two persons, as they are written down.
pub(in crate::ledger) fn two_persons(by: [&str; 2]) -> Result<String> {
    let by = by.map(str::trim);
    let are_two = by[0] != by[1] && by.iter().all(|name| is_name(name));
    if are_two { Ok(by.join("、")) } else { Err(LedgerError::refused("escrow-two-persons")) }
}

/// The village's name as it is typed: no ledger is open that could tell it.
fn whose(name: &str) -> Result<String> {
    let name = name.trim();
    if is_name(name) { Ok(name.to_owned()) } else { Err(LedgerError::refused("escrow-whose")) }
}

/// Asks the township for a way in: writes what its envelope holds and which village asks. Needs neither passphrase nor paper
/// code.
///
/// # Errors
/// `escrow-whose` without a name; `escrow-none` where no envelope was put in; the keys file, the disk.
pub fn request(ledger: &Path, of: &str, out: &Path) -> Result<()> {
    let keys = KeysFile::open(ledger)?;
    let envelope = keys.township().ok_or_else(|| LedgerError::refused("escrow-none"))?;
    write(out, REQUEST, keys.key_check(), (envelope.to_owned(), whose(of)?))
}

/// Opens the ledger by the township's answer and its code, gives it another passphrase and another paper code, and writes
/// that down.
///
/// # Errors
/// Another file, another code, another ledger's answer; a passphrase that is refused.
pub fn open(
    ledger: &Path,
    (answer, code): (&Path, &PaperCode),
    new: &SecretString,
    stamp: &Stamp,
) -> Result<(Ledger, PaperCode)> {
    let paper = read(answer, ANSWER)?;
    let keys = KeysFile::open(ledger)?;
    if keys.key_check() != paper.key_check {
        return Err(LedgerError::refused("escrow-other-ledger"));
    }
    // Opening takes the deposit out, so that an answer opens once.
    if keys.township().is_none() {
        return Err(LedgerError::refused("escrow-none"));
    }
    let key = keys::unwrap_by_code(&paper.envelope, code)?;
    check_passphrase(new)?;
    let mut opened = Ledger::open(ledger, &key)?;
    // Written down first: where that is refused, the ways in stay as they are. In a copy that was handed over nothing is
    // written; the new secrets open it all the same.
    if opened.handed_over()?.is_none() {
        opened.write_escrow("escrow-open", "", stamp)?;
    }
    let paper_code = KeysFile::renew_both(opened.path(), &key, new)?;
    opened.keep_keys()?;
    Ok((opened, paper_code))
}

/// Whether the township could help with the ledger at this path.
pub fn is_deposited(ledger: &Path) -> Result<bool> {
    Ok(KeysFile::open(ledger)?.township().is_some())
}

impl Ledger {
    /// Puts this ledger's key, sealed for the township, into the keys file.
    ///
    /// # Errors
    /// `hand-up-not-enrolled` before the township's invite was answered; the keys file, the disk.
    pub fn deposit(&mut self, stamp: &Stamp) -> Result<Done> {
        let office = self.office()?.ok_or_else(|| LedgerError::refused("hand-up-not-enrolled"))?;
        let recipient = own_keys::recipient(&office.office.recipient);
        let recipient = recipient.ok_or_else(|| LedgerError::damaged("error-own-keys"))?;
        KeysFile::open(self.path())?.refuse_others(&self.key)?;
        let done = self.write_escrow("escrow-deposit", &office.office.name, stamp)?;
        KeysFile::set_township(self.path(), &self.key, Some(&recipient))?;
        self.keep_keys()?;
        Ok(done)
    }

    /// Takes it out again; copies that were made before still have it.
    pub fn withdraw_deposit(&mut self, stamp: &Stamp) -> Result<Done> {
        KeysFile::open(self.path())?.refuse_others(&self.key)?;
        let done = self.write_escrow("escrow-withdraw", "", stamp)?;
        KeysFile::set_township(self.path(), &self.key, None)?;
        self.keep_keys()?;
        Ok(done)
    }

    /// Whether the township could help.
    pub fn has_deposit(&self) -> Result<bool> {
        is_deposited(self.path())
    }

    /// The township's side: two persons open a village's envelope and seal the key under a code that is used once.
    ///
    /// # Errors
    /// `escrow-two-persons` where these are not two; `escrow-not-ours` where the envelope is for another office; the disk.
    pub fn answer_escrow(&mut self, request: &Path, out: &Path, by: [&str; 2], stamp: &Stamp) -> Result<PaperCode> {
        let by = two_persons(by)?;
        let paper = read(request, REQUEST)?;
        let own = OwnKeys::of(&self.store)?;
        let key = keys::unwrap_by_identity(&paper.envelope, &paper.key_check, &own.sealing)?;
        let code = PaperCode::random()?;
        let envelope = keys::wrap_for_code(&key, &code)?;
        // Written down first: an answer that nobody knows of must not lie on a stick.
        let of = whose(&paper.of)?;
        self.write_escrow("escrow-answer", &format!("{of}（{by}）"), stamp)?;
        write(out, ANSWER, &paper.key_check, (envelope, of))?;
        Ok(code)
    }

    pub(in crate::ledger) fn write_escrow(&mut self, op: &'static str, whom: &str, stamp: &Stamp) -> Result<Done> {
        let row = DisclosureRow {
            uid: String::new(),
            on: stamp.today,
            paper: "escrow".to_owned(),
            format: SEALED_FORMAT.to_owned(),
            programme: String::new(),
            recipient: whom.to_owned(),
            purpose: op.to_owned(),
            columns: KEY_SEALED.to_owned(),
            rows: 0,
        };
        let note = Note { op, count: 1, ..Note::default() };
        let (_, change) = self.store.transact(stamp, note, |tx| disclosures::insert(tx, &row))?;
        self.done(change, Vec::new())
    }
}
