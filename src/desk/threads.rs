//! The desk's threads: commands one after the other on one, reads on two others with a connection each.

use std::collections::VecDeque;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use super::locked;
use crate::ledger::Ledger;
use crate::ledger::error::Result;
use crate::ledger::view::View;

const READERS: usize = 2;

pub(super) type WriteJob = Box<dyn FnOnce(&mut Option<Ledger>) + Send>;
pub(super) type ReadJob = Box<dyn FnOnce(Option<&View>) + Send>;

/// The reading connections, one for each reading thread.
#[derive(Default)]
pub(super) struct Views([Mutex<Option<View>>; READERS]);

impl Views {
    pub(super) fn install(&self, ledger: &Ledger) -> Result<()> {
        for slot in &self.0 {
            *locked(slot) = Some(ledger.reader()?);
        }
        Ok(())
    }

    pub(super) fn clear(&self) {
        for slot in &self.0 {
            *locked(slot) = None;
        }
    }
}

#[derive(Default)]
struct Queue {
    state: Mutex<(VecDeque<ReadJob>, Closing)>,
    arrived: Condvar,
}

#[derive(Default, PartialEq, Eq)]
enum Closing {
    #[default]
    Open,
    Closed,
}

/// A way back to the writing thread that does not keep it alive.
pub(super) struct WayBack(Arc<Mutex<Option<Sender<WriteJob>>>>);

impl WayBack {
    pub(super) fn send(&self, job: WriteJob) {
        if let Some(writer) = locked(&self.0).as_ref() {
            // The receiver lives until this sender is taken away.
            let _ = writer.send(job);
        }
    }
}

pub(super) struct Threads {
    writer: Arc<Mutex<Option<Sender<WriteJob>>>>,
    queue: Arc<Queue>,
    views: Arc<Views>,
    handles: Vec<JoinHandle<()>>,
}

impl Threads {
    pub(super) fn new() -> Self {
        let (writer, jobs) = channel::<WriteJob>();
        let (queue, views) = (Arc::new(Queue::default()), Arc::new(Views::default()));
        let mut handles = Vec::new();
        let write = move || {
            let mut ledger = None;
            for job in jobs {
                job(&mut ledger);
            }
        };
        handles.extend(Builder::new().name("ledger".into()).spawn(write));
        for index in 0..READERS {
            let (queue, views) = (queue.clone(), views.clone());
            let read = move || {
                while let Some(job) = queue.next() {
                    job(locked(&views.0[index]).as_ref());
                }
            };
            handles.extend(Builder::new().name("reader".into()).spawn(read));
        }
        Self { writer: Arc::new(Mutex::new(Some(writer))), queue, views, handles }
    }

    pub(super) fn views(&self) -> Arc<Views> {
        self.views.clone()
    }

    pub(super) fn write(&self, job: WriteJob) {
        self.writer().send(job);
    }

    pub(super) fn writer(&self) -> WayBack {
        WayBack(self.writer.clone())
    }

    pub(super) fn read(&self, job: ReadJob) {
        locked(&self.queue.state).0.push_back(job);
        self.queue.arrived.notify_one();
    }
}

impl Queue {
    fn next(&self) -> Option<ReadJob> {
        let mut state = locked(&self.state);
        loop {
            if state.1 == Closing::Closed {
                return None;
            }
            if let Some(job) = state.0.pop_front() {
                return Some(job);
            }
            state = self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Threads {
    /// Waits for the command under way: what was acknowledged is on disk, and the ledger is closed in order.
    fn drop(&mut self) {
        *locked(&self.writer) = None;
        locked(&self.queue.state).1 = Closing::Closed;
        self.queue.arrived.notify_all();
        for handle in self.handles.drain(..) {
            let _ = handle.join();
        }
    }
}
