//! The answer to something asked of the desk: polled while drawing, never waited for.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::{Wake, locked, stopped_error};
use crate::ledger::error::Result;
use crate::ledger::progress::Progress;

/// What happens to work whose answer is no longer wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dropped {
    Cancels,
    GoesOn,
}

/// How far some work is, and whether it is still wanted.
pub(super) struct Task {
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
    /// Stops the running read; empty before and after, so that no other read is ever hit.
    interrupt: Mutex<Option<Box<dyn Fn() + Send>>>,
    wake: Wake,
}

impl Task {
    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }

    pub(super) fn started(&self, interrupt: Box<dyn Fn() + Send>) {
        let mut slot = locked(&self.interrupt);
        if self.is_cancelled() {
            interrupt();
        }
        *slot = Some(interrupt);
    }

    pub(super) fn ended(&self) {
        *locked(&self.interrupt) = None;
    }

    fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
        if let Some(interrupt) = locked(&self.interrupt).as_ref() {
            interrupt();
        }
    }
}

impl Progress for Task {
    fn at(&self, done: u64, total: u64) -> ControlFlow<()> {
        self.total.store(total, Ordering::Relaxed);
        let before = self.done.swap(done, Ordering::Relaxed);
        // Woken a few hundred times at most, however fine the steps are.
        let step = (total / 200).max(1);
        if done / step != before / step {
            (self.wake)();
        }
        if self.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

struct Shared<T> {
    value: Mutex<Option<Result<T>>>,
    task: Task,
}

/// Where the desk puts the answer.
pub(super) struct Slot<T>(Arc<Shared<T>>);

impl<T> Slot<T> {
    pub(super) fn task(&self) -> &Task {
        &self.0.task
    }

    pub(super) fn fill(&self, result: Result<T>) {
        *locked(&self.0.value) = Some(result);
        (self.0.task.wake)();
    }
}

/// Something asked for; it arrives once.
pub struct Answer<T> {
    shared: Arc<Shared<T>>,
    dropped: Dropped,
}

impl<T> Answer<T> {
    pub(super) fn pending(wake: Wake, dropped: Dropped) -> (Self, Slot<T>) {
        let task = Task {
            done: AtomicU64::new(0),
            total: AtomicU64::new(0),
            cancelled: AtomicBool::new(false),
            interrupt: Mutex::new(None),
            wake,
        };
        let shared = Arc::new(Shared { value: Mutex::new(None), task });
        (Self { shared: shared.clone(), dropped }, Slot(shared))
    }

    /// The answer, if it has arrived; it is handed over once.
    pub fn take(&self) -> Option<Result<T>> {
        // Looked at first: whoever fills the slot lets go of it only afterwards.
        let is_abandoned = Arc::strong_count(&self.shared) == 1;
        let value = locked(&self.shared.value).take();
        value.or_else(|| is_abandoned.then(|| Err(stopped_error())))
    }

    /// Steps done and steps in all; the latter 0 where it is not known.
    pub fn progress(&self) -> (u64, u64) {
        (self.shared.task.done.load(Ordering::Relaxed), self.shared.task.total.load(Ordering::Relaxed))
    }

    /// Asks the work to stop; the answer then says so, unless it was already through.
    pub fn cancel(&self) {
        self.shared.task.cancel();
    }
}

impl<T> Drop for Answer<T> {
    fn drop(&mut self) {
        if self.dropped == Dropped::Cancels {
            self.shared.task.cancel();
        }
    }
}
