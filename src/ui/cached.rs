//! What was asked of the desk, kept on screen until a newer answer arrives.

use std::sync::Arc;

use crate::desk::{Answer, Desk};
use crate::domain::message::{Message, Say as _};
use crate::ledger::error::{ErrorKind, Result};
use crate::ledger::progress::Progress;
use crate::ledger::view::View;

/// A read keyed by what it depends on: revision, today, filter.
pub struct Cached<K, T> {
    asked: Option<(K, Answer<T>)>,
    have: Option<(K, Arc<T>)>,
    /// What was on screen before: let go of by the desk, for freeing a county's rows takes longer than a frame.
    old: Vec<Arc<T>>,
    failed: Option<(K, Message)>,
}

impl<K, T> Default for Cached<K, T> {
    fn default() -> Self {
        Self { asked: None, have: None, old: Vec::new(), failed: None }
    }
}

impl<K: PartialEq + Clone, T: Send + Sync + 'static> Cached<K, T> {
    /// The rows for `key`, or the previous ones while they are asked for. An answer for an older key is stopped.
    pub fn get(
        &mut self,
        desk: &Desk,
        key: K,
        read: impl FnOnce(&View) -> Result<T> + Send + 'static,
    ) -> Option<&Arc<T>> {
        self.get_watched(desk, key, move |view, _| read(view))
    }

    /// The same, where it takes long enough to tell how far it is.
    pub fn get_watched(
        &mut self,
        desk: &Desk,
        key: K,
        read: impl FnOnce(&View, &dyn Progress) -> Result<T> + Send + 'static,
    ) -> Option<&Arc<T>> {
        self.let_go(desk);
        // Back to what is there already: what failed in between is over.
        if self.have.as_ref().is_some_and(|(have, _)| *have == key) {
            self.failed = None;
        }
        let known = self.have.as_ref().is_some_and(|(have, _)| *have == key)
            || self.asked.as_ref().is_some_and(|(asked, _)| *asked == key)
            || self.failed.as_ref().is_some_and(|(failed, _)| *failed == key);
        if !known {
            self.asked = Some((key, desk.ask_watched(read)));
        }
        self.arrive();
        self.have.as_ref().map(|(_, rows)| rows)
    }

    /// How much of what is asked for is done, from 0 to 1; none where nothing is, or nothing tells.
    pub fn share(&self) -> Option<f32> {
        let (done, total) = self.asked.as_ref()?.1.progress();
        (total > 0).then(|| done as f32 / total as f32)
    }

    /// Hands over what nobody else holds any more.
    fn let_go(&mut self, desk: &Desk) {
        while let Some(at) = self.old.iter().position(|rows| Arc::strong_count(rows) == 1) {
            desk.free(self.old.swap_remove(at));
        }
    }

    fn arrive(&mut self) {
        let Some(result) = self.asked.as_ref().and_then(|(_, answer)| answer.take()) else { return };
        let Some((key, _)) = self.asked.take() else { return };
        match result {
            Ok(rows) => {
                self.failed = None;
                let before = self.have.replace((key, Arc::new(rows)));
                self.old.extend(before.map(|(_, rows)| rows));
            }
            // Stopped, or put away while it was asked: it is asked again when it is next drawn.
            Err(error) if error.kind == ErrorKind::Cancelled || error.message().key == "error-desk-no-ledger" => {}
            Err(error) => self.failed = Some((key, error.message())),
        }
    }

    /// What is on screen, without asking.
    pub fn shown(&self) -> Option<&Arc<T>> {
        self.have.as_ref().map(|(_, rows)| rows)
    }

    /// Why the last read failed.
    pub fn failure(&self) -> Option<&Message> {
        self.failed.as_ref().map(|(_, message)| message)
    }

    /// Whether an answer is still to come.
    pub fn is_waiting(&self) -> bool {
        self.asked.is_some()
    }
}
