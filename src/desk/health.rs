//! How it stands with the ledger on the desk: whether its writing side broke down, its file was found damaged, or its medium
//! takes nothing. Noted from what comes of reads and writes, asked by whoever draws.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::locked;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::medium::MediumFault;

/// What was noted.
#[derive(Default)]
pub(super) struct Health {
    stopped: AtomicBool,
    damaged: AtomicBool,
    medium: Mutex<Option<MediumFault>>,
}

impl Health {
    /// A ledger is opened: what was noted of the one before is over.
    pub(super) fn begin(&self) {
        self.stopped.store(false, Ordering::SeqCst);
        self.damaged.store(false, Ordering::SeqCst);
        *locked(&self.medium) = None;
    }

    /// The writing side broke down.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
    }

    /// Whether it did.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    /// Whether the file was found damaged.
    pub(super) fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::SeqCst)
    }

    /// Why the medium takes nothing; none where it does.
    pub(super) fn medium(&self) -> Option<MediumFault> {
        *locked(&self.medium)
    }

    /// It was opened for reading alone, or not. What a read of the one before still found meanwhile is not said of this one.
    pub(super) fn opened(&self, fault: Option<MediumFault>) {
        self.damaged.store(false, Ordering::SeqCst);
        *locked(&self.medium) = fault;
    }

    /// The medium takes something again.
    pub(super) fn recovered(&self) {
        *locked(&self.medium) = None;
    }

    /// Notes what a read came to.
    pub(super) fn read<T>(&self, result: &Result<T>) {
        if result.as_ref().err().is_some_and(LedgerError::is_damage) {
            self.damaged.store(true, Ordering::SeqCst);
        }
    }

    /// Notes what a write came to. Only trying the medium takes back that it takes nothing: a small step may find room where
    /// the next one does not.
    pub(super) fn wrote<T>(&self, result: &Result<T>) {
        self.read(result);
        if let Some(fault) = result.as_ref().err().and_then(LedgerError::medium) {
            locked(&self.medium).get_or_insert(fault);
        }
    }
}
