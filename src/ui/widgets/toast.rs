//! Short messages in the corner. One about a change carries a button that takes exactly that change back.

use std::time::Duration;

use eframe::egui::{self, Align2, Id, Label, Ui, vec2};

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

    /// Draws them above the status bar.
    pub fn ui(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        let now = ui.input(|input| input.time);
        self.toasts.retain(|toast| toast.until.is_none_or(|until| until > now));
        let mut offset = -56.0;
        let mut closed = None;
        for toast in self.toasts.iter_mut().rev() {
            let until = *toast.until.get_or_insert(now + SECONDS);
            let area = egui::Area::new(Id::unique(("toast", toast.number)))
                .anchor(Align2::LEFT_BOTTOM, vec2(28.0, offset))
                .order(egui::Order::Foreground);
            let shown = area.show(ui.ctx(), |ui| toast_ui(ui, cx, toast));
            offset -= shown.response.rect.height() + theme::GAP;
            if shown.inner {
                closed = Some(toast.number);
            }
            if shown.response.contains_pointer() {
                toast.until = Some(now + SECONDS);
            }
            ui.ctx().request_repaint_after(Duration::from_secs_f64((until - now).max(0.05)));
        }
        self.toasts.retain(|toast| Some(toast.number) != closed);
    }
}

/// True where it is to be closed.
fn toast_ui(ui: &mut Ui, cx: &mut Cx<'_>, toast: &Toast) -> bool {
    let (glyph, ink) = match toast.tone {
        Tone::Done => (Icon::CircleCheck, theme::of(ui).accent),
        Tone::Wrong => (Icon::TriangleAlert, theme::of(ui).wrong),
    };
    let shadow = egui::Shadow { offset: [0, 3], blur: 12, spread: 0, color: theme::of(ui).line };
    let frame = theme::card(ui).shadow(shadow);
    let mut close = false;
    frame.show(ui, |ui| {
        ui.set_max_width(460.0);
        ui.horizontal(|ui| {
            ui.label(icon(glyph).color(ink));
            ui.add(Label::new(&toast.words).wrap());
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
    });
    close
}
