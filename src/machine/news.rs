//! What happened around the program, handed from whichever thread heard of it to the window.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// One thing that happened.
#[derive(Debug)]
pub enum News {
    /// The program was started once more for the same ledger: its window is wanted in front.
    Wanted,
    /// The computer goes to sleep, or the session ends: what is typed is to be kept and the ledger put away, and somebody waits
    /// for it.
    PutAway(Waiting),
    /// No program here opens this file.
    NotShown(PathBuf),
}

/// Somebody waits until this is dropped.
#[derive(Debug)]
pub struct Waiting(Arc<Gate>);

#[derive(Debug, Default)]
struct Gate {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        *locked(&self.0.open) = true;
        self.0.opened.notify_all();
    }
}

/// Where the news arrive. Clones share them.
#[derive(Clone, Default)]
pub struct Ears(Arc<Inner>);

#[derive(Default)]
struct Inner {
    news: Mutex<VecDeque<News>>,
    wake: Mutex<Option<Box<dyn Fn() + Send>>>,
    leaving: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

impl Ears {
    /// Whom to wake when something arrives.
    pub fn wake_by(&self, wake: impl Fn() + Send + 'static) {
        *locked(&self.0.wake) = Some(Box::new(wake));
    }

    /// Something happened.
    pub fn tell(&self, news: News) {
        locked(&self.0.news).push_back(news);
        if let Some(wake) = &*locked(&self.0.wake) {
            wake();
        }
    }

    /// The ledger is to be put away: waits until it is, or for so long at most.
    pub fn put_away(&self, most: Duration) {
        let gate = Arc::new(Gate::default());
        self.tell(News::PutAway(Waiting(Arc::clone(&gate))));
        let open = locked(&gate.open);
        drop(gate.opened.wait_timeout_while(open, most, |open| !*open));
    }

    /// What makes room for the next start.
    pub(super) fn when_leaving(&self, leave: impl FnOnce() + Send + 'static) {
        *locked(&self.0.leaving) = Some(Box::new(leave));
    }

    /// The window is gone: whoever is started from now on is the first, and does not wait for what is still put away.
    pub fn leave(&self) {
        let leave = locked(&self.0.leaving).take();
        if let Some(leave) = leave {
            leave();
        }
    }

    /// What happened first and was not taken yet.
    pub fn take(&self) -> Option<News> {
        locked(&self.0.news).pop_front()
    }
}

/// What is guarded here is whole after every step: a thread that broke down leaves it usable.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Instant;

    use super::*;

    #[test]
    fn whoever_puts_the_ledger_away_waits_until_it_is_and_no_longer_than_allowed() {
        let ears = Ears::default();
        let (woken, wakes) = mpsc::channel();
        ears.wake_by(move || woken.send(()).expect("somebody listens"));
        let window = ears.clone();
        let drawing = std::thread::spawn(move || {
            wakes.recv().expect("woken");
            let Some(News::PutAway(waiting)) = window.take() else { panic!("it is to be put away") };
            std::thread::sleep(Duration::from_millis(50));
            drop(waiting);
        });
        let begun = Instant::now();
        ears.put_away(Duration::from_secs(60));
        assert!(begun.elapsed() >= Duration::from_millis(50) && begun.elapsed() < Duration::from_secs(30));
        drawing.join().expect("it went well");

        // A window that hangs keeps nobody from shutting the computer down.
        ears.wake_by(|| {});
        let begun = Instant::now();
        ears.put_away(Duration::from_millis(20));
        assert!(begun.elapsed() >= Duration::from_millis(20));
        assert!(matches!(ears.take(), Some(News::PutAway(_))) && ears.take().is_none());
    }
}
