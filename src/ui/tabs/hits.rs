//! The hits of the search, the best first, each with the reason.

use std::sync::Arc;

use eframe::egui::Ui;

use super::residents::{columns, person_row};
use crate::domain::message::Message;
use crate::ledger::error::Result;
use crate::ledger::residents::ResidentFilter;
use crate::ledger::search::Hit;
use crate::ledger::view::View;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::search::Walk;
use crate::ui::theme;
use crate::ui::widgets::basic;
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::rows::{Selection, Sheet, Step, table};

/// More hits than anybody reads; each costs a look into the sealed file at every key.
const MOST: u32 = 100;

/// What was found.
pub(super) struct Hits(Vec<Hit>);

impl Hits {
    fn uid_at(&self, index: usize) -> Option<&str> {
        self.0.get(index).map(|hit| hit.row.uid.as_str())
    }
}

/// The table.
#[derive(Default)]
pub(super) struct HitsTable {
    hits: Cached<(i64, String, Option<String>), Hits>,
    settled: Option<Arc<Hits>>,
    walk: Option<Walk>,
}

impl HitsTable {
    /// Walks along the hits as soon as they are there.
    pub(super) fn walk(&mut self, walk: Walk) {
        self.walk = Some(walk);
    }

    /// Nothing is searched for any more.
    pub(super) fn leave(&mut self) {
        (self.walk, self.settled) = (None, None);
    }

    /// Why nothing could be read.
    pub(super) fn failure(&self) -> Option<&Message> {
        self.hits.failure()
    }

    /// The hits for a text, in the whole village or in one group; the keys that walk along them are heeded.
    pub(super) fn read(
        &mut self,
        ui: &Ui,
        cx: &Cx<'_>,
        (text, group): (&str, Option<&str>),
        selection: &mut Selection,
    ) -> Option<Arc<Hits>> {
        let filter = ResidentFilter { search: text.to_owned(), group: group.map(str::to_owned), limit: MOST };
        let key = (cx.revision, filter.search.clone(), filter.group.clone());
        let read = move |view: &View| -> Result<Hits> { Ok(Hits(view.search(&filter)?)) };
        let hits = self.hits.get(cx.desk, key, read).cloned()?;
        let count = hits.0.len();
        if self.settled.as_ref().is_none_or(|settled| !Arc::ptr_eq(settled, &hits)) {
            selection.find(count, |index| hits.uid_at(index));
            self.settled = Some(hits.clone());
        }
        selection.keys(ui, cx, count, |index| hits.uid_at(index));
        // Hits of an earlier text are no place to walk.
        let walk = if self.hits.is_waiting() { None } else { self.walk.take() };
        match walk {
            None => {}
            Some(Walk::Open) if selection.uid().is_some() => selection.reveal(),
            Some(Walk::Open | Walk::Down) => selection.step(Step::Down, count, |index| hits.uid_at(index)),
            Some(Walk::Up) => selection.step(Step::Up, count, |index| hits.uid_at(index)),
        }
        Some(hits)
    }

    /// Draws the hits; who was clicked.
    pub(super) fn ui(
        &self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        hits: &Hits,
        selection: &mut Selection,
    ) -> Option<(usize, String)> {
        if hits.0.is_empty() {
            let (title, words) = (cx.t("ui-nobody-found"), cx.t("ui-nobody-found-hint"));
            empty(ui, Icon::SearchX, &title, &words, |_| ());
            return None;
        }
        if hits.0.len() >= MOST as usize {
            basic::hint(ui, cx.say(&Message::new("search-only-first").number("count", MOST)));
        }
        let columns = columns(cx, ui.available_width(), "ui-column-found-by");
        let sheet = Sheet { id: "hits", columns: &columns, rows: hits.0.len(), scroll_to: selection.scroll_to() };
        let chosen = selection.uid();
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |row| {
                    let hit = &hits.0[row.index()];
                    row.set_selected(chosen == Some(hit.row.uid.as_str()));
                    person_row(row, cx, &hit.row, Some(&hit.why), columns.len());
                })
            })
            .inner;
        clicked.and_then(|index| hits.uid_at(index).map(|uid| (index, uid.to_owned())))
    }
}
