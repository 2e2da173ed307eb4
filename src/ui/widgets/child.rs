//! The data of children under 14: hidden until somebody says why they look. Lists never show it.

use eframe::egui::{Label, Ui};

use crate::desk::privacy::Hidden;
use crate::domain::look::{LookReason, is_hidden};
use crate::domain::partial_date::PartialDate;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;
use crate::ui::widgets::basic::main_button_if;

/// So many last characters tell two values apart and give nobody's number away.
const TAIL: usize = 2;

/// What is shown of what is hidden, since it was said why; by uid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The child whose data it is.
    pub person: Option<String>,
    /// The children left behind whose care it is.
    pub care: Vec<String>,
}

/// Whether somebody's data is hidden now: it is a child's, and nobody said yet why they look.
pub fn hides(cx: &Cx<'_>, uid: &str, born: Option<PartialDate>) -> bool {
    is_hidden(born, cx.today) && cx.seen.person.as_deref() != Some(uid)
}

/// A phone or an id number as a list shows it: a child's is hidden there, whoever looks.
pub fn in_list(cx: &Cx<'_>, born: Option<PartialDate>, value: &str) -> String {
    if value.is_empty() || !is_hidden(born, cx.today) { value.to_owned() } else { cx.t("child-hidden") }
}

/// The same where two records are held against each other: the last characters of a child's value tell them apart.
pub fn tail_of_child(cx: &Cx<'_>, born: Option<PartialDate>, value: &str) -> String {
    if value.is_empty() || !is_hidden(born, cx.today) {
        return value.to_owned();
    }
    let tail: Vec<char> = value.chars().rev().take(TAIL).collect();
    format!("…{}", tail.iter().rev().collect::<String>())
}

/// A day of birth as a list shows it: of a child's, the year.
pub fn born_in_list(cx: &Cx<'_>, born: Option<PartialDate>) -> String {
    match born {
        Some(day) if is_hidden(born, cx.today) => PartialDate::Year(day.year()).to_string(),
        born => born.map_or_else(String::new, |day| day.to_string()),
    }
}

/// Asks why.
#[derive(Default)]
pub struct LookGate {
    of: String,
    why: Option<LookReason>,
}

impl LookGate {
    /// Draws the question about one child's data: a reason, and the button that shows what is hidden.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, uid: &str) {
        self.ask_ui(ui, cx, (uid, "child-why", "child-look"), || Hidden::Child(uid.to_owned()));
    }

    /// The same about the care of children left behind; `of` tells the questions apart.
    pub fn care_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, of: &str, children: impl FnOnce() -> Vec<String>) {
        self.ask_ui(ui, cx, (of, "care-why", "care-show"), || Hidden::Care(children()));
    }

    fn ask_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        (of, words, button): (&str, &str, &str),
        hidden: impl FnOnce() -> Hidden,
    ) {
        if self.of != of {
            *self = Self { of: of.to_owned(), why: None };
        }
        theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.horizontal_top(|ui| {
                ui.label(icon(Icon::EyeOff).color(theme::of(ui).ask));
                ui.add(Label::new(cx.t(words)).wrap());
            });
            ui.horizontal_wrapped(|ui| {
                for reason in LookReason::ALL {
                    ui.radio_value(&mut self.why, Some(*reason), cx.of(reason));
                }
            });
            let first = cx.t("child-why-first");
            let ready = if self.why.is_some() { Ok(()) } else { Err(first.as_str()) };
            if main_button_if(ui, ready, Icon::Eye, &cx.t(button))
                && let Some(why) = self.why
            {
                cx.push(Action::Look(hidden(), why));
                // The next look is asked about anew.
                self.why = None;
            }
        });
    }
}
