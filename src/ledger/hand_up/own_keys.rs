//! The keys by which a ledger signs what it sends and is sealed for, and the short number by which two people compare them
//! over the phone. The secrets lie inside the sealed ledger and leave it nowhere.

use std::str::FromStr as _;

use age::x25519;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use secrecy::ExposeSecret as _;
use zeroize::Zeroizing;

use crate::ledger::error::{LedgerError, Result};
use crate::ledger::hex::{digest_of, hex, unhex};
use crate::ledger::keys::random_bytes;
use crate::ledger::store::{Store, own_keys};
use crate::ledger::view::View;

/// What others may know of a ledger's keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKeys {
    /// The age recipient (X25519) for which files are sealed.
    pub recipient: String,
    /// The Ed25519 key by which its signatures are verified, in hexadecimal.
    pub verifying: String,
}

/// A ledger's own keys. `Debug` shows nothing.
pub(in crate::ledger) struct OwnKeys {
    pub(in crate::ledger) sealing: x25519::Identity,
    signing: SigningKey,
}

impl OwnKeys {
    /// Those of a ledger; made and kept where it has none yet.
    pub(in crate::ledger) fn of(store: &Store) -> Result<Self> {
        if let Some(kept) = Self::from_kept(own_keys::get(&store.conn)?)? {
            return Ok(kept);
        }
        let new = Self::new()?;
        let signing = Zeroizing::new(hex(new.signing.as_bytes()));
        own_keys::put(&store.conn, new.sealing.to_string().expose_secret(), &signing)?;
        Self::from_kept(own_keys::get(&store.conn)?)?.ok_or_else(|| LedgerError::damaged("error-own-keys"))
    }

    /// New ones, kept nowhere yet.
    pub(in crate::ledger) fn new() -> Result<Self> {
        let seed = Zeroizing::new(random_bytes::<32>()?);
        Ok(Self { sealing: x25519::Identity::generate(), signing: SigningKey::from_bytes(&seed) })
    }

    /// Those that a ledger has, where it has any.
    pub(in crate::ledger) fn of_view(view: &View) -> Result<Option<Self>> {
        Self::from_kept(own_keys::get(view.conn())?)
    }

    fn from_kept(kept: Option<(String, String)>) -> Result<Option<Self>> {
        let Some((sealing, signing)) = kept else { return Ok(None) };
        let damaged = || LedgerError::damaged("error-own-keys");
        let (sealing, signing) = (Zeroizing::new(sealing), Zeroizing::new(signing));
        let sealing = x25519::Identity::from_str(&sealing).map_err(|_| damaged())?;
        let seed = unhex(&signing).map(Zeroizing::new).ok_or_else(damaged)?;
        let seed = Zeroizing::new(<[u8; 32]>::try_from(seed.as_slice()).map_err(|_| damaged())?);
        Ok(Some(Self { sealing, signing: SigningKey::from_bytes(&seed) }))
    }

    /// What others may know of them.
    pub(in crate::ledger) fn public(&self) -> PublicKeys {
        let recipient = self.sealing.to_public().to_string();
        PublicKeys { recipient, verifying: hex(self.signing.verifying_key().as_bytes()) }
    }

    /// Signs a text, in hexadecimal.
    pub(in crate::ledger) fn sign(&self, text: &str) -> String {
        hex(&self.signing.sign(text.as_bytes()).to_bytes())
    }
}

impl std::fmt::Debug for OwnKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnKeys(…)")
    }
}

/// Whether whoever has this key signed a text. Weak keys, with which one signature fits many texts, never have.
pub(in crate::ledger) fn is_signed(text: &str, signature: &str, verifying: &str) -> bool {
    let key = || VerifyingKey::from_bytes(&<[u8; 32]>::try_from(unhex(verifying)?).ok()?).ok();
    let signature = || Some(Signature::from_bytes(&<[u8; 64]>::try_from(unhex(signature)?).ok()?));
    match (key(), signature()) {
        (Some(key), Some(signature)) => key.verify_strict(text.as_bytes(), &signature).is_ok(),
        _ => false,
    }
}

/// The recipient that a text names, where it is one.
pub(in crate::ledger) fn recipient(text: &str) -> Option<x25519::Recipient> {
    x25519::Recipient::from_str(text).ok()
}

/// The number that both screens show: twelve digits over both sides' keys and the village's code. Whoever wants to stand
/// between the two must find keys that give the same one, of a million million.
pub fn fingerprint(office: &PublicKeys, member: &PublicKeys, code: &str) -> String {
    let parts = [&office.recipient, &office.verifying, &member.recipient, &member.verifying];
    let digest = digest_of(&["xiangli fingerprint 1", parts[0], parts[1], parts[2], parts[3], code]);
    let number = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte)) % 1_000_000_000_000;
    let digits = format!("{number:012}");
    digits.as_bytes().chunks(3).map(|part| String::from_utf8_lossy(part)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_fits_its_text_and_its_key_alone() {
        let keys =
            |byte: u8| OwnKeys { sealing: x25519::Identity::generate(), signing: SigningKey::from_bytes(&[byte; 32]) };
        let (one, other) = (keys(1), keys(2));
        let signature = one.sign("四十二");
        assert!(is_signed("四十二", &signature, &one.public().verifying));
        assert!(!is_signed("四十三", &signature, &one.public().verifying));
        assert!(!is_signed("四十二", &signature, &other.public().verifying));
        for wrong in ["", "00", &"0".repeat(128), "签名"] {
            assert!(!is_signed("四十二", wrong, &one.public().verifying));
            assert!(!is_signed("四十二", &signature, wrong));
        }
        let print = fingerprint(&one.public(), &other.public(), "421399100201");
        assert_eq!(print.len(), 15);
        assert_ne!(print, fingerprint(&one.public(), &one.public(), "421399100201"));
        assert_ne!(print, fingerprint(&one.public(), &other.public(), "421399100202"));
    }
}
