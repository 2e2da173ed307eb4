//! The desk holds the ledger: one writing thread and two reading ones, so that the window never waits.
//!
//! May use the ledger, std threads and channels, and the files of this device. Never SQL, never egui: whoever draws is
//! woken through a callback.

pub mod answer;
pub mod device;
pub mod hand_up;
mod health;
pub mod opening;
pub mod privacy;
pub mod recovery;
pub mod rosters;
mod threads;
pub mod whole;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use answer::Answer;
use answer::{Dropped, Slot, Task};
use health::Health;
use threads::Threads;

use crate::domain::disclosure::PaperKind;
use crate::domain::message::Message;
use crate::ledger::Ledger;
use crate::ledger::backup::{Proved, Source};
use crate::ledger::command::{Command, Done, Stamp};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::medium::MediumFault;
use crate::ledger::progress::Progress;
use crate::ledger::view::View;

/// Called from the desk's threads when there is something new to draw.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Holds the ledger, runs commands and answers reads.
pub struct Desk {
    hands: Hands,
    wake: Wake,
    health: Arc<Health>,
}

enum Hands {
    Threads(Threads),
    /// Everything at once, on the thread that asks: for tests.
    Inline(Box<Mutex<Option<Ledger>>>),
}

impl Desk {
    /// A desk with its own threads; `wake` is called when an answer or some progress has arrived.
    pub fn threaded(wake: Wake) -> Self {
        Self { hands: Hands::Threads(Threads::new()), wake, health: Arc::default() }
    }

    /// A desk that does everything at once, deterministically.
    pub fn inline() -> Self {
        Self { hands: Hands::Inline(Box::default()), wake: Arc::new(|| {}), health: Arc::default() }
    }

    /// Opens or creates a ledger where it may take its time, and keeps it, in place of the one before.
    pub fn start<T: Send + 'static>(
        &self,
        open: impl FnOnce(&dyn Progress) -> Result<(Ledger, T)> + Send + 'static,
    ) -> Answer<T> {
        let (answer, slot) = Answer::pending(self.wake.clone(), Dropped::Cancels);
        self.health.begin();
        let health = self.health.clone();
        match &self.hands {
            Hands::Inline(ledger) => slot.fill(guarded(|| {
                *locked(ledger) = None;
                let (opened, value) = open(slot.task())?;
                health.opened(opened.medium_fault());
                *locked(ledger) = Some(opened);
                Ok(value)
            })),
            Hands::Threads(threads) => {
                let views = threads.views();
                threads.write(Box::new(move |ledger| {
                    slot.fill(guarded(|| {
                        views.clear();
                        *ledger = None;
                        let (opened, value) = open(slot.task())?;
                        health.opened(opened.medium_fault());
                        views.install(&opened)?;
                        *ledger = Some(opened);
                        Ok(value)
                    }));
                }));
            }
        }
        answer
    }

    /// Puts the ledger away, with a backup if something changed since the last; the next read says that none is open.
    pub fn close(&self, stamp: Stamp) {
        let put_away = move |ledger: Option<Ledger>| {
            let Some(ledger) = ledger else { return };
            if let Err(error) = ledger.close(&stamp) {
                tracing::warn!(%error, "no backup could be made on closing");
            }
        };
        match &self.hands {
            Hands::Inline(ledger) => put_away(locked(ledger).take()),
            Hands::Threads(threads) => {
                let views = threads.views();
                threads.write(Box::new(move |ledger| {
                    views.clear();
                    put_away(ledger.take());
                }));
            }
        }
    }

    /// Does this once everything that was asked of the writing thread until now is through.
    pub fn afterwards(&self, then: impl FnOnce() + Send + 'static) {
        match &self.hands {
            Hands::Inline(_) => then(),
            Hands::Threads(threads) => threads.write(Box::new(move |_| then())),
        }
    }

    /// Puts the ledger away as it is, without a backup, and works on its files where nobody has them open.
    fn put_away_for<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Answer<T> {
        let (answer, slot) = Answer::pending(self.wake.clone(), Dropped::GoesOn);
        match &self.hands {
            Hands::Inline(ledger) => {
                *locked(ledger) = None;
                slot.fill(guarded(work));
            }
            Hands::Threads(threads) => {
                let views = threads.views();
                threads.write(Box::new(move |ledger| {
                    views.clear();
                    *ledger = None;
                    slot.fill(guarded(work));
                }));
            }
        }
        answer
    }

    /// Makes a backup and proves it, while the ledger goes on being used.
    pub fn back_up(&self, stamp: Stamp) -> Answer<Proved> {
        self.copy(move |source, progress| source.back_up(&stamp, progress), Ledger::remember_backup)
    }

    /// Writes one sealed copy into a folder and proves it, while the ledger goes on being used; then it is written down that it
    /// left, where the ledger takes anything.
    pub fn copy_out(&self, folder: PathBuf, stamp: Stamp) -> Answer<PathBuf> {
        let noted = stamp.clone();
        self.copy(
            move |source, progress| source.copy_out(&folder, &stamp, progress),
            move |ledger, _| {
                ledger.note_sealed(PaperKind::Copy, &noted);
                Ok(())
            },
        )
    }

    /// Work on a reading connection of its own, on a thread of its own; then what came of it is remembered.
    fn copy<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Source, &dyn Progress) -> Result<T> + Send + 'static,
        remember: impl FnOnce(&mut Ledger, &T) -> Result<()> + Send + 'static,
    ) -> Answer<T> {
        self.beside(
            |ledger: Option<&Ledger>| ledger.ok_or_else(none_open).and_then(Ledger::source_of_copies),
            move |source, progress| work(&source, progress),
            remember,
        )
    }

    /// Takes something of the ledger, works on it on a thread of its own, and lets the ledger remember what came of it.
    fn beside<A: Send + 'static, T: Send + 'static>(
        &self,
        take: impl FnOnce(Option<&Ledger>) -> Result<A> + Send + 'static,
        work: impl FnOnce(A, &dyn Progress) -> Result<T> + Send + 'static,
        remember: impl FnOnce(&mut Ledger, &T) -> Result<()> + Send + 'static,
    ) -> Answer<T> {
        let (answer, slot) = Answer::pending(self.wake.clone(), Dropped::Cancels);
        let health = self.health.clone();
        let finish = move |ledger: &mut Option<Ledger>, slot: &Slot<T>, result: Result<T>| {
            health.read(&result);
            let remembered = result.and_then(|value| match ledger.as_mut() {
                Some(ledger) => remember(ledger, &value).map(|()| value),
                None => Ok(value),
            });
            slot.fill(remembered);
        };
        match &self.hands {
            Hands::Inline(ledger) => {
                let mut ledger = locked(ledger);
                let taken = take(ledger.as_ref());
                let result = taken.and_then(|taken| guarded(|| work(taken, slot.task())));
                finish(&mut ledger, &slot, result);
            }
            Hands::Threads(threads) => {
                let back = threads.writer();
                threads.write(Box::new(move |ledger| {
                    let taken = match take(ledger.as_ref()) {
                        Ok(taken) => taken,
                        Err(error) => return slot.fill(Err(error)),
                    };
                    let aside = move || {
                        let result = guarded(|| work(taken, slot.task()));
                        back.send(Box::new(move |ledger| finish(ledger, &slot, result)));
                    };
                    // Without a thread the answer never comes: its slot is dropped, which the window sees.
                    let _ = std::thread::Builder::new().name("copy".into()).spawn(aside);
                }));
            }
        }
        answer
    }

    /// Asks something. Dropping the answer stops the read.
    pub fn ask<T: Send + 'static>(&self, read: impl FnOnce(&View) -> Result<T> + Send + 'static) -> Answer<T> {
        self.ask_watched(move |view, _| read(view))
    }

    /// Asks something that takes long enough to tell how far it is.
    pub fn ask_watched<T: Send + 'static>(
        &self,
        read: impl FnOnce(&View, &dyn Progress) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        let (answer, slot) = Answer::pending(self.wake.clone(), Dropped::Cancels);
        let health = self.health.clone();
        match &self.hands {
            Hands::Inline(ledger) => {
                let ledger = locked(ledger);
                let result = match ledger.as_ref() {
                    Some(ledger) => guarded(|| read(ledger, slot.task())),
                    None => Err(none_open()),
                };
                health.read(&result);
                slot.fill(result);
            }
            Hands::Threads(threads) => threads.read(Box::new(move |view| {
                let task: &Task = slot.task();
                if task.is_cancelled() {
                    return slot.fill(Err(LedgerError::cancelled()));
                }
                let Some(view) = view else { return slot.fill(Err(none_open())) };
                let handle = view.interrupt_handle();
                task.started(Box::new(move || handle.interrupt()));
                let result = guarded(|| read(view, task));
                task.ended();
                health.read(&result);
                slot.fill(result);
            })),
        }
        answer
    }

    /// Lets go of something large where it may take its time.
    pub fn free<T: Send + 'static>(&self, value: T) {
        match &self.hands {
            Hands::Inline(_) => drop(value),
            Hands::Threads(threads) => threads.read(Box::new(move |_| drop(value))),
        }
    }

    /// Does one thing. The answer comes after COMMIT; dropping it does not stop the command.
    pub fn run(&self, command: Command, stamp: Stamp) -> Answer<Done> {
        self.write(Dropped::GoesOn, move |ledger, progress| ledger.run_watched(&command, &stamp, progress))
    }

    /// Saves a form: does one thing and lets go of the form's draft (which form, whom it is about) in the same COMMIT.
    pub fn save_form(&self, command: Command, draft: (&'static str, String), stamp: Stamp) -> Answer<Done> {
        let (form, about) = draft;
        self.write(Dropped::GoesOn, move |ledger, _| ledger.save_form(&command, (form, &about), &stamp))
    }

    /// Long work on the ledger, with progress; dropping the answer stops it.
    pub fn job<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Ledger, &dyn Progress) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        self.write(Dropped::Cancels, work)
    }

    fn write<T: Send + 'static>(
        &self,
        dropped: Dropped,
        work: impl FnOnce(&mut Ledger, &dyn Progress) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        let (answer, slot) = Answer::pending(self.wake.clone(), dropped);
        let health = self.health.clone();
        let attempt = move |ledger: &mut Option<Ledger>| {
            let result = match ledger.as_mut() {
                _ if health.is_stopped() => Err(stopped_error()),
                None => Err(none_open()),
                Some(open) => match catch_unwind(AssertUnwindSafe(|| work(open, slot.task()))) {
                    Ok(result) => result,
                    Err(panic) => {
                        // What was half done is rolled back with the connection; the readers stay.
                        health.stop();
                        *ledger = None;
                        Err(after_panic(&*panic))
                    }
                },
            };
            health.wrote(&result);
            slot.fill(result);
        };
        match &self.hands {
            Hands::Inline(ledger) => attempt(&mut locked(ledger)),
            Hands::Threads(threads) => threads.write(Box::new(attempt)),
        }
        answer
    }

    /// Whether the writing side broke down: everything can still be read, nothing written until the next start.
    pub fn is_read_only(&self) -> bool {
        self.health.is_stopped()
    }

    /// Whether nothing can be written, or nothing should be, for whatever reason of these.
    pub fn is_unwell(&self) -> bool {
        self.is_read_only() || self.is_damaged() || self.medium().is_some()
    }

    /// Whether the ledger's file was found damaged while it was used.
    pub fn is_damaged(&self) -> bool {
        self.health.is_damaged()
    }

    /// Why the ledger's medium takes nothing; none where it does.
    pub fn medium(&self) -> Option<MediumFault> {
        self.health.medium()
    }

    /// The reading connections; none where everything is done at once.
    fn views(&self) -> Option<Arc<threads::Views>> {
        match &self.hands {
            Hands::Inline(_) => None,
            Hands::Threads(threads) => Some(threads.views()),
        }
    }
}

/// A poisoned lock is taken as it is: what it guards is replaced as a whole, never half.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A panic in a read or while opening becomes an answer.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(after_panic(&*panic)))
}

/// The panic's own text goes nowhere: it may hold a value of a person.
fn after_panic(_panic: &(dyn Any + Send)) -> LedgerError {
    tracing::error!("a panic on the desk's thread");
    stopped_error()
}

fn stopped_error() -> LedgerError {
    LedgerError::new(ErrorKind::Damaged, Message::new("error-desk-stopped"))
}

fn none_open() -> LedgerError {
    LedgerError::refused("error-desk-no-ledger")
}

#[cfg(test)]
mod tests;
