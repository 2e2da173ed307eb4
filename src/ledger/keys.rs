//! Keys: the random key that seals a ledger, and the envelopes that hold it.

use zeroize::Zeroizing;

use crate::ledger::error::{ErrorKind, LedgerError, Result};

/// The 256-bit key of a ledger.
#[derive(Clone)]
pub struct LedgerKey(Zeroizing<[u8; 32]>);

impl LedgerKey {
    /// A new random key.
    pub fn random() -> Result<Self> {
        Ok(Self(Zeroizing::new(random_bytes()?)))
    }

    /// The key with these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// In hexadecimal, for SQLCipher's raw key.
    pub(in crate::ledger) fn hex(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.iter().map(|b| format!("{b:02x}")).collect())
    }
}

impl std::fmt::Debug for LedgerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LedgerKey(…)")
    }
}

/// Unpredictable bytes from the operating system.
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|_| LedgerError::new(ErrorKind::Disk, crate::domain::message::Message::new("error-no-randomness")))?;
    Ok(bytes)
}
