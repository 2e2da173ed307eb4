//! Keys: the random key that seals a ledger, and the keys file beside it with the envelopes that hold it.
//!
//! The keys file is JSON of a few KiB: what it is, by which algorithms, and one age envelope a way in. A hash over all of
//! it tells a damaged file from a wrong passphrase. It holds no personal data and no secret outside the envelopes.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize as _, Zeroizing};

use crate::domain::message::Message;
use crate::ledger::VillageKind;
use crate::ledger::carrier;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::files;
use crate::ledger::hex::{hex, unhex};
use crate::ledger::paper_code::PaperCode;
use crate::ledger::passphrase::{check_passphrase, normal};

/// The passphrase of every demo village: its people are synthetic, and nobody shall have to remember one.
pub const DEMO_PASSPHRASE: &str = "xiangli-demo-village";

/// No keys file is larger, in bytes; what is larger is not read.
pub(in crate::ledger) const LARGEST_KEYS_FILE: u64 = 64 << 10;

/// scrypt's work factor (2^17: about a third of a second and 128 MiB), the same on every laptop; none higher is tried.
const WORK_FACTOR: u8 = 17;
/// For the paper code: its 128 random bits cannot be guessed however fast each guess is, so nobody is made to wait.
const PAPER_WORK_FACTOR: u8 = 10;
const FORMAT: &str = "xiangli-keys";
const VERSION: u32 = 2;
const LEDGER_CIPHER: &str = "sqlcipher-4:aes-256-cbc,hmac-sha512";
const ENVELOPE: &str = "age-1:scrypt,chacha20-poly1305";
/// An envelope is about 200 bytes; more is hostile.
const LARGEST_ENVELOPE: usize = 2048;

/// What whoever opened a ledger may do. A rule of this program and not of cryptography: both have the same key in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// 村干部: everything.
    Cadre,
    /// 只看: reads, and writes, prints and copies nothing.
    Looking,
}

/// The 256-bit key of a ledger, and what whoever has it may do with it.
#[derive(Clone)]
pub struct LedgerKey {
    bytes: Zeroizing<[u8; 32]>,
    role: Role,
}

impl LedgerKey {
    /// A new random key.
    pub fn random() -> Result<Self> {
        Ok(Self::of(Zeroizing::new(random_bytes()?), Role::Cadre))
    }

    /// The key with these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self::of(Zeroizing::new(bytes), Role::Cadre)
    }

    fn of(bytes: Zeroizing<[u8; 32]>, role: Role) -> Self {
        Self { bytes, role }
    }

    /// What whoever has it may do.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Refuses who may only look.
    ///
    /// # Errors
    /// `error-looking-only`
    pub(in crate::ledger) fn may_write(&self) -> Result<()> {
        if self.role == Role::Cadre { Ok(()) } else { Err(LedgerError::refused("error-looking-only")) }
    }

    /// In hexadecimal, for SQLCipher's raw key.
    pub(in crate::ledger) fn hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex(self.bytes.as_slice()))
    }
}

impl std::fmt::Debug for LedgerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LedgerKey(…)")
    }
}

/// A way into a ledger.
#[derive(Clone, Debug)]
pub enum Unlock {
    /// What the user remembers.
    Passphrase(SecretString),
    /// What lies in the drawer.
    PaperCode(PaperCode),
}

/// The keys file, as it is written.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    format: String,
    version: u32,
    kind: String,
    ledger_cipher: String,
    envelope: String,
    /// Tells whether a key is the one in the envelopes; the key has 256 random bits, so its hash gives nothing away.
    key_check: String,
    passphrase: String,
    #[serde(default)]
    paper_code: Option<String>,
    /// The township's escrow envelope, once the village is enrolled; kept as it is by this version.
    #[serde(default)]
    township: Option<String>,
    /// For who may only look; from version 2 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    looking: Option<String>,
    check: String,
}

/// What every version of the keys file begins with.
#[derive(Deserialize)]
struct Preamble {
    format: String,
    version: u32,
}

/// The envelopes of one ledger. `Debug` shows nothing.
#[derive(Clone)]
pub struct KeysFile(Body);

impl std::fmt::Debug for KeysFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeysFile(…)")
    }
}

impl KeysFile {
    /// Where the keys file of a ledger lies.
    pub fn path_of(ledger: &Path) -> PathBuf {
        files::with_ending(&files::real(ledger), ".keys")
    }

    /// Makes a key and the keys file that holds it, not yet written anywhere. A demo village gets no paper code.
    ///
    /// # Errors
    /// A passphrase that is too short, too long or too easy.
    pub(in crate::ledger) fn make(
        passphrase: &SecretString,
        kind: VillageKind,
    ) -> Result<(Self, LedgerKey, Option<PaperCode>)> {
        check_passphrase(passphrase)?;
        let key = LedgerKey::random()?;
        let (keys, code) = Self::seal(&key, passphrase, kind)?;
        Ok((keys, key, code))
    }

    fn seal(key: &LedgerKey, passphrase: &SecretString, kind: VillageKind) -> Result<(Self, Option<PaperCode>)> {
        let code = if kind == VillageKind::Demo { None } else { Some(PaperCode::random()?) };
        let paper_code = code.as_ref().map(|code| wrap(key, code.secret().clone(), PAPER_WORK_FACTOR)).transpose()?;
        let body = Body {
            format: FORMAT.to_owned(),
            version: VERSION,
            kind: if kind == VillageKind::Demo { "demo" } else { "village" }.to_owned(),
            ledger_cipher: LEDGER_CIPHER.to_owned(),
            envelope: ENVELOPE.to_owned(),
            key_check: key_check(key),
            passphrase: wrap(key, normal(passphrase), WORK_FACTOR)?,
            paper_code,
            township: None,
            looking: None,
            check: String::new(),
        };
        Ok((Self(body), code))
    }

    /// Reads the keys file beside `ledger`.
    ///
    /// # Errors
    /// `error-keys-missing`, `error-keys-damaged`, `error-keys-newer`, or the disk.
    pub fn open(ledger: &Path) -> Result<Self> {
        let path = Self::path_of(ledger);
        let missing = || Message::new("error-keys-missing").text("path", path.display().to_string());
        let file = std::fs::File::open(&path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => LedgerError::new(ErrorKind::Damaged, missing()),
            _ => LedgerError::io(e, &path),
        })?;
        let mut bytes = Vec::new();
        file.take(LARGEST_KEYS_FILE + 1).read_to_end(&mut bytes).map_err(|e| LedgerError::io(e, &path))?;
        Self::parse(&bytes)
    }

    /// Reads the bytes of a keys file.
    pub(in crate::ledger) fn parse(bytes: &[u8]) -> Result<Self> {
        let damaged = || LedgerError::damaged("error-keys-damaged");
        if bytes.len() as u64 > LARGEST_KEYS_FILE {
            return Err(damaged());
        }
        let preamble: Preamble = serde_json::from_slice(bytes).map_err(|_| damaged())?;
        if preamble.format != FORMAT {
            return Err(damaged());
        }
        if preamble.version > VERSION {
            return Err(LedgerError::refused("error-keys-newer"));
        }
        let body: Body = serde_json::from_slice(bytes).map_err(|_| damaged())?;
        if body.check != checksum(&body)? || !matches!(body.kind.as_str(), "village" | "demo") {
            return Err(damaged());
        }
        Ok(Self(body))
    }

    /// The bytes of the keys file.
    pub(in crate::ledger) fn bytes(&self) -> Result<Vec<u8>> {
        let mut body = self.0.clone();
        // An older program opens what it knows.
        body.version = if body.looking.is_some() { VERSION } else { 1 };
        body.check = checksum(&body)?;
        let mut bytes = serde_json::to_vec_pretty(&body).map_err(|_| LedgerError::damaged("error-keys-damaged"))?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Whether these are the keys of a demo village, which [`DEMO_PASSPHRASE`] opens.
    pub fn kind(&self) -> VillageKind {
        if self.0.kind == "demo" { VillageKind::Demo } else { VillageKind::Real }
    }

    /// Whether the envelopes hold this key.
    pub(in crate::ledger) fn fits(&self, key: &LedgerKey) -> bool {
        self.0.key_check == key_check(key)
    }

    /// Refuses to go on where they hold another key.
    pub(in crate::ledger) fn refuse_others(&self, key: &LedgerKey) -> Result<()> {
        if self.fits(key) { Ok(()) } else { Err(LedgerError::refused("error-keys-changed")) }
    }

    /// The key, by whichever way in. Takes about a third of a second.
    pub fn unlock(&self, with: &Unlock) -> Result<LedgerKey> {
        match with {
            Unlock::Passphrase(passphrase) => self.unlock_with_passphrase(passphrase),
            Unlock::PaperCode(code) => self.unlock_with_paper_code(code),
        }
    }

    /// The key, by passphrase or by that of who may only look; `error-wrong-passphrase` where it is another one.
    pub fn unlock_with_passphrase(&self, passphrase: &SecretString) -> Result<LedgerKey> {
        let opened = unwrap(&self.0.passphrase, normal(passphrase), "error-wrong-passphrase");
        match (&opened, &self.0.looking) {
            (Err(_), Some(looking)) => {
                let key = unwrap(looking, normal(passphrase), "error-wrong-passphrase")?;
                Ok(LedgerKey { role: Role::Looking, ..key })
            }
            _ => opened,
        }
    }

    /// Whether there is a passphrase for who may only look.
    pub fn has_looking(&self) -> bool {
        self.0.looking.is_some()
    }

    /// Gives the ledger a passphrase for who may only look, or takes it away.
    ///
    /// # Errors
    /// A passphrase that is refused or is the cadre's own; a wrong way in; the disk.
    pub fn set_looking(ledger: &Path, with: &Unlock, new: Option<&SecretString>) -> Result<()> {
        let mut keys = Self::open(ledger)?;
        let key = keys.unlock(with)?;
        key.may_write()?;
        if let Some(new) = new {
            check_passphrase(new)?;
            if unwrap(&keys.0.passphrase, normal(new), "error-wrong-passphrase").is_ok() {
                return Err(LedgerError::refused("error-looking-same"));
            }
        }
        keys.0.looking = new.map(|new| wrap(&key, normal(new), WORK_FACTOR)).transpose()?;
        keys.replace(ledger, &key, with)
    }

    /// The key, by paper code; `error-wrong-paper-code` where it is another ledger's.
    pub fn unlock_with_paper_code(&self, code: &PaperCode) -> Result<LedgerKey> {
        let envelope = self.0.paper_code.as_deref().ok_or_else(|| LedgerError::damaged("error-wrong-paper-code"))?;
        unwrap(envelope, code.secret().clone(), "error-wrong-paper-code")
    }

    /// Gives the ledger another passphrase; the paper code stays valid. The old keys file stands until the new one is
    /// on the disk and was opened with the new passphrase.
    pub fn change_passphrase(ledger: &Path, with: &Unlock, new: &SecretString) -> Result<()> {
        check_passphrase(new)?;
        let mut keys = Self::open(ledger)?;
        let key = keys.unlock(with)?;
        key.may_write()?;
        keys.0.passphrase = wrap(&key, normal(new), WORK_FACTOR)?;
        keys.replace(ledger, &key, &Unlock::Passphrase(new.clone()))
    }

    /// Gives the ledger another paper code, where the paper was lost or never printed; the old one is worth nothing
    /// from then on, except for copies made before.
    pub fn renew_paper_code(ledger: &Path, with: &Unlock) -> Result<PaperCode> {
        let mut keys = Self::open(ledger)?;
        let key = keys.unlock(with)?;
        key.may_write()?;
        let code = PaperCode::random()?;
        keys.0.paper_code = Some(wrap(&key, code.secret().clone(), PAPER_WORK_FACTOR)?);
        keys.replace(ledger, &key, &Unlock::PaperCode(code.clone()))?;
        Ok(code)
    }

    /// Gives the ledger another passphrase and another paper code, by the key itself: for who has neither any more. The
    /// township's envelope goes: what opened it opens it once.
    pub(in crate::ledger) fn renew_both(ledger: &Path, key: &LedgerKey, new: &SecretString) -> Result<PaperCode> {
        check_passphrase(new)?;
        let mut keys = Self::open(ledger)?;
        keys.refuse_others(key)?;
        let code = PaperCode::random()?;
        keys.0.passphrase = wrap(key, normal(new), WORK_FACTOR)?;
        keys.0.paper_code = Some(wrap(key, code.secret().clone(), PAPER_WORK_FACTOR)?);
        keys.0.township = None;
        keys.replace(ledger, key, &Unlock::Passphrase(new.clone()))?;
        Ok(code)
    }

    /// Puts the township's envelope into the keys file, or takes it out; both other ways in stay as they are.
    pub(in crate::ledger) fn set_township(
        ledger: &Path,
        key: &LedgerKey,
        for_whom: Option<&dyn age::Recipient>,
    ) -> Result<()> {
        key.may_write()?;
        let mut keys = Self::open(ledger)?;
        keys.refuse_others(key)?;
        keys.0.township = for_whom.map(|recipient| wrap_for(key, recipient)).transpose()?;
        let target = Self::path_of(ledger);
        let part = keys.write_part(&target)?;
        let reread = Self::parse(&std::fs::read(&part).map_err(|e| LedgerError::io(e, &part))?)?;
        if reread.0.passphrase != keys.0.passphrase || reread.0.township != keys.0.township {
            return Err(LedgerError::damaged("error-keys-damaged"));
        }
        files::replace(part, &target)
    }

    /// The envelope for the township, where one was put in.
    pub(in crate::ledger) fn township(&self) -> Option<&str> {
        self.0.township.as_deref()
    }

    /// What tells whether a key is the one in the envelopes; it gives nothing away.
    pub(in crate::ledger) fn key_check(&self) -> &str {
        &self.0.key_check
    }

    /// Puts changed envelopes in the place of the old ones, once they are on the disk and `proof` opened them.
    fn replace(&self, ledger: &Path, key: &LedgerKey, proof: &Unlock) -> Result<()> {
        let target = Self::path_of(ledger);
        let part = self.write_part(&target)?;
        let reread = Self::parse(&std::fs::read(&part).map_err(|e| LedgerError::io(e, &part))?)?;
        if reread.unlock(proof)?.bytes != key.bytes || !reread.fits(key) {
            return Err(LedgerError::damaged("error-keys-damaged"));
        }
        files::replace(part, &target)
    }

    /// Writes the keys file beside `ledger`, where none may be yet.
    pub(in crate::ledger) fn place(&self, ledger: &Path) -> Result<()> {
        let target = Self::path_of(ledger);
        files::place(self.write_part(&target)?, &target)
    }

    pub(in crate::ledger) fn write_part(&self, target: &Path) -> Result<tempfile::TempPath> {
        // A stick is only read, and this is the last file that should be half-written.
        carrier::refuse(target)?;
        let mut part = files::part_in(files::folder_of(target), &files::stem(&target.with_extension("")))?;
        let written = part.write_all(&self.bytes()?).and_then(|()| part.as_file().sync_all());
        written.map_err(|e| LedgerError::io(e, target))?;
        Ok(part.into_temp_path())
    }
}

/// Seals the key for a one-time code, in hexadecimal.
pub(in crate::ledger) fn wrap_for_code(key: &LedgerKey, code: &PaperCode) -> Result<String> {
    wrap(key, code.secret().clone(), PAPER_WORK_FACTOR)
}

/// Opens such an envelope.
pub(in crate::ledger) fn unwrap_by_code(envelope: &str, code: &PaperCode) -> Result<LedgerKey> {
    unwrap(envelope, code.secret().clone(), "error-wrong-paper-code")
}

/// Opens an envelope that was sealed for a recipient, where the key in it is the one that is expected.
pub(in crate::ledger) fn unwrap_by_identity(
    envelope: &str,
    key_check_expected: &str,
    identity: &dyn age::Identity,
) -> Result<LedgerKey> {
    let key = unwrap_with(envelope, identity, "escrow-not-ours")?;
    if key_check(&key) == key_check_expected { Ok(key) } else { Err(LedgerError::damaged("error-keys-damaged")) }
}

/// Seals the key for one secret, in hexadecimal.
fn wrap(key: &LedgerKey, secret: SecretString, factor: u8) -> Result<String> {
    let mut recipient = age::scrypt::Recipient::new(secret);
    recipient.set_work_factor(factor);
    wrap_for(key, &recipient)
}

/// Seals the key for a recipient, in hexadecimal.
fn wrap_for(key: &LedgerKey, recipient: &dyn age::Recipient) -> Result<String> {
    let failed = |_| LedgerError::damaged("error-keys-not-made");
    let sealer = age::Encryptor::with_recipients(std::iter::once(recipient))
        .map_err(|_| LedgerError::damaged("error-keys-not-made"))?;
    let mut sealed = Vec::new();
    let mut writer = sealer.wrap_output(&mut sealed).map_err(failed)?;
    writer.write_all(key.bytes.as_slice()).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(hex(&sealed))
}

/// The file's hash was right: what does not open was sealed for another secret.
fn unwrap(envelope: &str, secret: SecretString, wrong: &'static str) -> Result<LedgerKey> {
    let mut identity = age::scrypt::Identity::new(secret);
    identity.set_max_work_factor(WORK_FACTOR);
    unwrap_with(envelope, &identity, wrong)
}

fn unwrap_with(envelope: &str, identity: &dyn age::Identity, wrong: &'static str) -> Result<LedgerKey> {
    let damaged = || LedgerError::damaged("error-keys-damaged");
    let sealed =
        Some(envelope).filter(|text| text.len() <= 2 * LARGEST_ENVELOPE).and_then(unhex).ok_or_else(damaged)?;
    let opener = age::Decryptor::new_buffered(sealed.as_slice()).map_err(|_| damaged())?;
    let mut reader = opener.decrypt(std::iter::once(identity)).map_err(|error| match error {
        age::DecryptError::DecryptionFailed | age::DecryptError::NoMatchingKeys => LedgerError::damaged(wrong),
        _ => damaged(),
    })?;
    let mut bytes = Zeroizing::new([0; 32]);
    reader.read_exact(bytes.as_mut_slice()).map_err(|_| damaged())?;
    let mut beyond = [0];
    if reader.read(&mut beyond).map_err(|_| damaged())? != 0 {
        beyond.zeroize();
        return Err(damaged());
    }
    Ok(LedgerKey::of(bytes, Role::Cadre))
}

/// SHA-256 over everything but the hash itself, in the order written.
fn checksum(body: &Body) -> Result<String> {
    let body = Body { check: String::new(), ..body.clone() };
    let bytes = serde_json::to_vec(&body).map_err(|_| LedgerError::damaged("error-keys-damaged"))?;
    Ok(hex(&Sha256::digest(bytes)))
}

fn key_check(key: &LedgerKey) -> String {
    let mut hash = Sha256::new();
    hash.update(b"xiangli key check 1");
    hash.update(key.bytes.as_slice());
    hex(&hash.finalize()[..16])
}

/// Unpredictable bytes from the operating system.
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| LedgerError::new(ErrorKind::Disk, Message::new("error-no-randomness")))?;
    Ok(bytes)
}
