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
