//! Packages as whoever has a ledger's own keys could make them: sealed and signed as they should be, whatever they say.

use std::io::Write as _;
use std::path::Path;

use age::x25519;
use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest as _, Sha256};

/// The keys of a ledger that is sealed with [`crate::support::world::key`].
pub struct Stolen {
    signing: SigningKey,
    pub recipient: x25519::Recipient,
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).expect("hexadecimal")).collect()
}

/// A connection of another program to a ledger of which it knows the key: no trigger of ours is there.
pub fn behind_our_back(ledger: &Path) -> rusqlite::Connection {
    let conn = rusqlite::Connection::open(ledger).expect("opens");
    conn.execute_batch("PRAGMA cipher_log_level = NONE;").expect("quiet");
    conn.execute_batch(&format!("PRAGMA key = \"x'{}'\";", "07".repeat(32))).expect("the key");
    conn
}

impl Stolen {
    /// Those of the ledger at `path`, which was enrolled or invites.
    pub fn of(path: &Path) -> Self {
        let row = behind_our_back(path)
            .query_row("SELECT sealing, signing FROM own_key", [], |row| Ok((row.get(0)?, row.get(1)?)));
        let (sealing, signing): (String, String) = row.expect("keys");
        let seed: [u8; 32] = unhex(&signing).try_into().expect("32 bytes");
        let identity: x25519::Identity = sealing.parse().expect("an identity");
        Self { signing: SigningKey::from_bytes(&seed), recipient: identity.to_public() }
    }

    /// The key by which its signatures are verified, in hexadecimal.
    pub fn verifying(&self) -> String {
        hex(self.signing.verifying_key().as_bytes())
    }

    pub fn sign(&self, text: &[u8]) -> String {
        hex(&self.signing.sign(text).to_bytes())
    }

    /// A package of these lines, signed by these keys and sealed for that recipient.
    pub fn package(&self, first_line: &str, lines: &[u8], to: &x25519::Recipient) -> Vec<u8> {
        let mut text = [first_line.as_bytes(), b"\n", lines].concat();
        let digest = hex(&Sha256::digest(&text));
        let signature = self.sign(format!("{first_line}\n{to}\n{digest}\n").as_bytes());
        text.extend_from_slice(format!("signature {signature}\n").as_bytes());
        let to: &dyn age::Recipient = to;
        let sealer = age::Encryptor::with_recipients(std::iter::once(to)).expect("a recipient");
        let mut bytes = Vec::new();
        let mut writer = sealer.wrap_output(&mut bytes).expect("sealed");
        writer.write_all(&text).expect("sealed");
        writer.finish().expect("sealed");
        bytes
    }
}

/// The lines of a package with a head that says what is true of the lines behind it: all of them the first section's.
pub fn with_true_head(lines: &[u8]) -> Vec<u8> {
    let end = lines.iter().position(|byte| *byte == b'\n').map_or(lines.len(), |at| at + 1);
    let (head, rest) = lines.split_at(end);
    let Ok(mut head) = serde_json::from_slice::<serde_json::Value>(head) else { return lines.to_vec() };
    let whole = rest.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let rows = rest.iter().filter(|byte| **byte == b'\n').count();
    let Some(sections) = head.get_mut("sections").and_then(|sections| sections.as_array_mut()) else {
        return lines.to_vec();
    };
    for (at, section) in sections.iter_mut().enumerate() {
        let (body, rows) = if at == 0 { (&rest[..whole], rows) } else { (&rest[..0], 0) };
        if let Some(section) = section.as_object_mut() {
            section.insert("rows".into(), rows.into());
            section.insert("bytes".into(), body.len().into());
            section.insert("sha256".into(), hex(&Sha256::digest(body)).into());
        }
    }
    [format!("{head}\n").as_bytes(), &rest[..whole]].concat()
}
