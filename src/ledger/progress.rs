//! How long work tells where it is and learns that it is no longer wanted.

use std::ops::ControlFlow;

/// Told now and then by long work; answers whether to go on.
pub trait Progress: Sync {
    /// `done` of `total` steps are through; `total` may be 0 where it is not known yet.
    fn at(&self, done: u64, total: u64) -> ControlFlow<()>;
}

/// Nobody is watching; never cancels.
pub struct Unwatched;

impl Progress for Unwatched {
    fn at(&self, _done: u64, _total: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// One of several equal parts of some work, in thousandths of the part.
pub(in crate::ledger) struct Part<'a> {
    whole: &'a dyn Progress,
    index: u64,
    of: u64,
}

impl<'a> Part<'a> {
    /// Part `index`, from 0, of `of`.
    pub(in crate::ledger) fn new(whole: &'a dyn Progress, index: u64, of: u64) -> Self {
        Self { whole, index, of }
    }
}

impl Progress for Part<'_> {
    fn at(&self, done: u64, total: u64) -> ControlFlow<()> {
        let share = u128::from(done.min(total)) * 1000 / u128::from(total.max(1));
        self.whole.at(self.index * 1000 + share as u64, self.of * 1000)
    }
}
