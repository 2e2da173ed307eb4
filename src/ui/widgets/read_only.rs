//! Why nothing can be written, in one strip below the tabs: on every page, with what to do next.

use chrono::NaiveDate;
use eframe::egui::{Label, Panel, RichText, Ui};

use crate::domain::message::{Message, Say as _};
use crate::ledger::medium::MediumFault;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;
use crate::ui::widgets::basic::button;

/// Why everything can be looked at and nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// The ledger was handed over on this day: another laptop goes on.
    HandedOver(NaiveDate),
    /// It was opened with the passphrase of who may only look.
    Looking,
    /// The writing side of the program broke down.
    Stopped,
    /// The ledger's file was found damaged.
    Damaged,
    /// The ledger's medium takes nothing.
    Medium(MediumFault),
}

impl ReadOnly {
    /// Whether an action is not begun.
    pub fn stops(self, action: &Action) -> bool {
        let stops = match self {
            Self::Looking => action.leaves(),
            // A backup lies on the same medium, and one of a damaged ledger is none.
            Self::Damaged | Self::Medium(_) => matches!(action, Action::BackUp | Action::Rehearse),
            Self::HandedOver(_) | Self::Stopped => false,
        };
        stops || action.writes()
    }

    /// What the strip says, with what to do next.
    fn message(self) -> Message {
        match self {
            Self::HandedOver(on) => Message::new("read-only-handed-over").date("on", on),
            Self::Looking => Message::new("read-only-looking"),
            Self::Stopped => Message::new("error-desk-stopped"),
            Self::Damaged => Message::new("read-only-damaged"),
            Self::Medium(fault) => fault.message(),
        }
    }

    /// The same where there is little room.
    fn brief(self) -> Message {
        match self {
            Self::HandedOver(on) => Message::new("read-only-handed-over-brief").date("on", on),
            Self::Looking => Message::new("read-only-looking-brief"),
            Self::Stopped => self.message(),
            Self::Damaged => Message::new("read-only-damaged-brief"),
            Self::Medium(MediumFault::Full) => Message::new("medium-full-brief"),
            Self::Medium(MediumFault::Protected) => Message::new("medium-protected-brief"),
            Self::Medium(MediumFault::Failing) => Message::new("medium-failing-brief"),
            Self::Medium(MediumFault::Carried) => Message::new("medium-carried-brief"),
            Self::Medium(MediumFault::Network) => Message::new("medium-network-brief"),
        }
    }

    /// What is said where something was to be written.
    pub fn refusal(self) -> Message {
        match self {
            Self::HandedOver(_) => Message::new("read-only-refused"),
            Self::Looking => Message::new("error-looking-only"),
            Self::Stopped | Self::Damaged => self.message(),
            Self::Medium(fault) => fault.error().message(),
        }
    }
}

/// Whether taking back was pressed once: it is asked whether the packet really never arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum TakingBack {
    #[default]
    No,
    Once,
}

/// The strip.
#[derive(Default)]
pub struct ReadOnlyStrip {
    taking_back: TakingBack,
}

impl ReadOnlyStrip {
    /// Draws it below the tabs, where there is a reason.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(reason) = cx.read_only else {
            self.taking_back = TakingBack::No;
            return;
        };
        let palette = theme::of(ui);
        let (fill, ink, glyph) = match reason {
            ReadOnly::HandedOver(_) => (palette.ask_pale, palette.ask, Icon::Lock),
            ReadOnly::Looking => (palette.ask_pale, palette.ask, Icon::Eye),
            ReadOnly::Stopped | ReadOnly::Damaged => (palette.wrong_pale, palette.wrong, Icon::TriangleAlert),
            ReadOnly::Medium(_) => (palette.wrong_pale, palette.wrong, Icon::HardDrive),
        };
        Panel::top("read-only").frame(theme::bar(ui).fill(fill)).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(icon(glyph).color(ink));
                let message = match self.taking_back {
                    // The question takes the place of the sentence: the page below needs the room.
                    TakingBack::Once => Message::new("read-only-sure"),
                    TakingBack::No if theme::is_low(ui) => reason.brief(),
                    TakingBack::No => reason.message(),
                };
                ui.add(Label::new(RichText::new(cx.say(&message)).color(ink).strong()).wrap());
                match reason {
                    ReadOnly::HandedOver(_) => self.way_back_ui(ui, cx),
                    ReadOnly::Damaged if button(ui, Icon::LifeBuoy, &cx.t("read-only-damaged-ways")).clicked() => {
                        cx.push(Action::ShowDamage);
                    }
                    ReadOnly::Medium(_) if button(ui, Icon::RefreshCw, &cx.t("read-only-medium-try")).clicked() => {
                        cx.push(Action::TryMedium);
                    }
                    _ => {}
                }
            });
        });
    }

    /// Two laptops that both go on are a fork: asked before, not mended afterwards.
    fn way_back_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.taking_back == TakingBack::No {
            if button(ui, Icon::Undo2, &cx.t("read-only-take-back")).clicked() {
                self.taking_back = TakingBack::Once;
            }
            return;
        }
        if button(ui, Icon::Undo2, &cx.t("read-only-sure-yes")).clicked() {
            cx.push(Action::TakeHandOverBack);
        }
        if button(ui, Icon::X, &cx.t("ui-no")).clicked() {
            self.taking_back = TakingBack::No;
        }
    }
}
