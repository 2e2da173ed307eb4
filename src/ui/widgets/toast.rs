//! Short messages above the status bar. One about a change carries a button that takes exactly that change back.

use std::time::Duration;

use eframe::egui::accesskit::Live;
use eframe::egui::{Id, Label, Panel, Ui};

use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;
use crate::ui::widgets::basic::button;

/// How long a message stays, in seconds; under the pointer it stays on.
const SECONDS: f64 = 10.0;
/// More than these at once would hide the page.
const MOST: usize = 3;

/// What a message offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Nothing.
    Nothing,
    /// To take back the change with this uid.
    TakeBack(String),
    /// To put back what was just taken back.
    Redo,
}

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something could not be done.
    Wrong,
}

struct Toast {
    number: u64,
    words: String,
    tone: Tone,
    offer: Offer,
    until: Option<f64>,
}

/// The messages on screen.
#[derive(Default)]
pub struct Toasts {
    toasts: Vec<Toast>,
    count: u64,
}

impl Toasts {
    /// Shows a message.
    pub fn add(&mut self, tone: Tone, words: String, offer: Offer) {
        self.count += 1;
        // Only the newest step is offered to be taken back: the others are in the history.
        if offer != Offer::Nothing {
            self.toasts.retain(|toast| toast.offer == Offer::Nothing);
        }
        self.toasts.push(Toast { number: self.count, words, tone, offer, until: None });
        if self.toasts.len() > MOST {
            self.toasts.remove(0);
        }
    }

    /// Whether this text is being shown.
    pub fn has(&self, words: &str) -> bool {
        self.toasts.iter().any(|toast| toast.words == words)
    }

    /// Whether none is shown.
    pub fn is_empty(&self) -> bool {
        self.toasts.is_empty()
    }

    /// Takes all of them away.
    pub fn clear(&mut self) {
        self.toasts.clear();
    }

    /// Draws them in a strip of their own above the status bar, so that nothing is ever hidden beneath one.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let now = ui.input(|input| input.time);
        self.toasts.retain(|toast| toast.until.is_none_or(|until| until > now));
        // In a low window the newest must do.
        let most = if theme::is_low(ui) { 1 } else { MOST };
        let hidden = self.toasts.len().saturating_sub(most);
        for toast in self.toasts.iter_mut().skip(hidden).rev() {
            let until = *toast.until.get_or_insert(now + SECONDS);
            let frame = theme::bar(ui).fill(match toast.tone {
                Tone::Done => theme::of(ui).accent_pale,
                Tone::Wrong => theme::of(ui).wrong_pale,
            });
            let panel = Panel::bottom(Id::unique(("toast", toast.number))).frame(frame).show_separator_line(false);
            let shown = panel.show(ui, |ui| toast_ui(ui, cx, toast));
            if ui.rect_contains_pointer(shown.response.rect) {
                toast.until = Some(now + SECONDS);
            }
            if shown.inner {
                toast.until = Some(now);
            }
            ui.ctx().request_repaint_after(Duration::from_secs_f64((until - now).max(0.05)));
        }
    }
}

/// True where it is to be closed.
fn toast_ui(ui: &mut Ui, cx: &mut Cx<'_>, toast: &Toast) -> bool {
    let (glyph, ink, live) = match toast.tone {
        Tone::Done => (Icon::CircleCheck, theme::of(ui).accent, Live::Polite),
        Tone::Wrong => (Icon::TriangleAlert, theme::of(ui).wrong, Live::Assertive),
    };
    let mut close = false;
    ui.horizontal_wrapped(|ui| {
        ui.label(icon(glyph).color(ink));
        let words = ui.add(Label::new(&toast.words).wrap());
        // Read aloud when it appears.
        ui.ctx().accesskit_node_builder(words.id, |node| node.set_live(live));
        let offered = match &toast.offer {
            Offer::Nothing => None,
            Offer::TakeBack(uid) => Some((Icon::Undo2, "ui-undo", Action::TakeBack(uid.clone()))),
            Offer::Redo => Some((Icon::Redo2, "ui-redo", Action::Redo)),
        };
        if let Some((glyph, key, action)) = offered
            && button(ui, glyph, &cx.t(key)).clicked()
        {
            cx.push(action);
            close = true;
        }
        if toast.tone == Tone::Wrong && button(ui, Icon::X, &cx.t("ui-close")).clicked() {
            close = true;
        }
    });
    close
}
