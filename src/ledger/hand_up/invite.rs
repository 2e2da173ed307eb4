//! The invite (`*.xli`) by which a township takes a village in, and the village's answer (`*.xla`). Both are signed JSON of
//! a few KiB and name nobody but offices. The invite holds a secret; an answer that proves to know it comes from whoever
//! has the invite. Whether that is the right village, two people compare by phone.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::domain::area_code::AreaCode;
use crate::domain::hand_up::{Answer, Profile};
use crate::domain::id_card::is_invisible;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::files;
use crate::ledger::hand_up::own_keys::{OwnKeys, PublicKeys, is_signed, recipient};
use crate::ledger::hex::{digest_of, hex};

/// No invite or answer is larger, in bytes.
const LARGEST: u64 = 64 << 10;
const VERSION: u32 = 1;
const INVITE: &str = "xiangli-invite";
const ANSWER: &str = "xiangli-answer";

/// An invite, as it is written.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::ledger) struct Invite {
    format: String,
    version: u32,
    /// The office that invites.
    pub(in crate::ledger) office: Office,
    /// The code of whom it invites.
    pub(in crate::ledger) member: String,
    /// 256 random bits in hexadecimal.
    pub(in crate::ledger) secret: String,
    /// The columns that may leave.
    pub(in crate::ledger) profile: Profile,
    /// The day it was made.
    pub(in crate::ledger) made_on: NaiveDate,
    signature: String,
}

/// An office with its keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Its area code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its age recipient.
    pub recipient: String,
    /// Its Ed25519 key, in hexadecimal.
    pub verifying: String,
}

impl Office {
    /// Its keys.
    pub fn keys(&self) -> PublicKeys {
        PublicKeys { recipient: self.recipient.clone(), verifying: self.verifying.clone() }
    }
}

/// What every version of an invite or answer begins with.
#[derive(Deserialize)]
struct Preamble {
    format: String,
    version: u32,
}

/// An answer as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerFile {
    format: String,
    version: u32,
    answer: Answer,
}

/// What a file of either kind turned out to be.
pub(in crate::ledger) enum Paper {
    Invite(Box<Invite>),
    Answer(Box<Answer>),
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|_| LedgerError::damaged("invite-damaged"))
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|_| LedgerError::damaged("invite-damaged"))
}

/// Reads an invite or an answer; an invite's signature fits.
///
/// # Errors
/// The disk; a file that is neither, is of a newer program, or was changed.
pub(in crate::ledger) fn read(path: &Path) -> Result<Paper> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|e| LedgerError::io(e, path))?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|e| LedgerError::io(e, path))?;
    if bytes.len() as u64 > LARGEST {
        return Err(LedgerError::damaged("invite-other"));
    }
    let preamble: Preamble = serde_json::from_slice(&bytes).map_err(|_| LedgerError::damaged("invite-other"))?;
    match preamble.format.as_str() {
        INVITE | ANSWER if preamble.version > VERSION => Err(LedgerError::refused("invite-newer")),
        INVITE => {
            let invite: Invite = parse(&bytes)?;
            if !invite.is_signed()? {
                return Err(LedgerError::damaged("invite-damaged"));
            }
            Ok(Paper::Invite(Box::new(invite)))
        }
        ANSWER => Ok(Paper::Answer(Box::new(parse::<AnswerFile>(&bytes)?.answer))),
        _ => Err(LedgerError::damaged("invite-other")),
    }
}

impl Invite {
    /// An invite, signed.
    pub(in crate::ledger) fn new(
        (office, keys): (Office, &OwnKeys),
        member: &str,
        secret: &str,
        profile: Profile,
        made_on: NaiveDate,
    ) -> Result<Self> {
        let (member, secret) = (member.to_owned(), secret.to_owned());
        let (format, signature) = (INVITE.to_owned(), String::new());
        let bare = Self { format, version: VERSION, office, member, secret, profile, made_on, signature };
        let signature = keys.sign(&json(&bare)?);
        Ok(Self { signature, ..bare })
    }

    fn is_signed(&self) -> Result<bool> {
        let bare = Self { signature: String::new(), ..self.clone() };
        let is_whole = recipient(&self.office.recipient).is_some()
            && AreaCode::parse(&self.office.code).is_some_and(|code| code.as_str() == self.office.code)
            && is_line(&self.office.name, LONGEST_NAME);
        Ok(is_whole && is_signed(&json(&bare)?, &self.signature, &self.office.verifying))
    }

    /// Its bytes.
    pub(in crate::ledger) fn bytes(&self) -> Result<Vec<u8>> {
        Ok(format!("{}\n", json(self)?).into_bytes())
    }
}

/// The longest name of an office, in characters.
pub(in crate::ledger) const LONGEST_NAME: usize = 50;

/// A name that can stand on a screen: something, on one line, not endless, and nothing that turns the line around.
pub(in crate::ledger) fn is_line(text: &str, longest: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= longest && text.chars().all(is_shown)
}

/// Whether a character of a name can be seen and leaves the others where they are.
pub(in crate::ledger) fn is_shown(c: char) -> bool {
    !c.is_control() && !is_invisible(c)
}

/// What the secret of an invite makes of somebody's keys.
pub(in crate::ledger) fn proof(secret: &str, code: &str, keys: &PublicKeys) -> String {
    hex(&digest_of(&["xiangli answer 1", secret, code, &keys.recipient, &keys.verifying]))
}

/// The answer to an invite, signed.
pub(in crate::ledger) fn answer(code: &str, name: &str, proof: &str, keys: &OwnKeys) -> Result<Answer> {
    let PublicKeys { recipient, verifying } = keys.public();
    let (code, name, proof) = (code.to_owned(), name.to_owned(), proof.to_owned());
    let bare = Answer { code, name, recipient, verifying, proof, signature: String::new() };
    let signature = keys.sign(&json(&bare)?);
    Ok(Answer { signature, ..bare })
}

/// Whether an answer answers the invite with this secret, and is signed by the keys that it brings.
pub(in crate::ledger) fn answers(answer: &Answer, secret: &str) -> Result<bool> {
    let keys = PublicKeys { recipient: answer.recipient.clone(), verifying: answer.verifying.clone() };
    let bare = Answer { signature: String::new(), ..answer.clone() };
    Ok(recipient(&answer.recipient).is_some()
        && is_line(&answer.name, LONGEST_NAME)
        && answer.proof == proof(secret, &answer.code, &keys)
        && is_signed(&json(&bare)?, &answer.signature, &answer.verifying))
}

/// Writes an answer into a folder; another answer of this village is written over, nothing else is.
pub(in crate::ledger) fn write_answer(answer: &Answer, folder: &Path) -> Result<PathBuf> {
    let file = AnswerFile { format: ANSWER.to_owned(), version: VERSION, answer: answer.clone() };
    let target = folder.join(format!("{}-{}.xla", files::safe_name(&answer.name), answer.code));
    files::write_over(&target, format!("{}\n", json(&file)?).as_bytes())?;
    Ok(target)
}
