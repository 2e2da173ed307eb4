//! The reason card: why somebody is on a list, clause by clause, with the fact used and what would change the answer.

use std::collections::HashMap;

use eframe::egui::{Color32, Label, RichText, Ui};

use crate::domain::look::tells_birth;
use crate::domain::message::Message;
use crate::domain::resident::SourceId;
use crate::domain::rule::{Holds, Reason, Verdict};
use crate::ledger::village::Source;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, decorate, icon};
use crate::ui::theme::{self, Palette};
use crate::ui::widgets::basic;

/// How an answer looks: a sign and an ink, never the ink alone.
pub fn sign(palette: &Palette, holds: Holds) -> (Icon, Color32) {
    match holds {
        Holds::Yes => (Icon::CircleCheck, palette.accent),
        Holds::No => (Icon::CircleMinus, palette.ink_soft),
        Holds::Unknown => (Icon::CircleQuestionMark, palette.ask),
    }
}

/// Whether the day of birth may stand in the reasons.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Birth {
    /// It stands there.
    Shown,
    /// It is a child's, and nobody said yet why they look.
    Hidden,
}

impl Birth {
    /// Of somebody whose data may be hidden now.
    pub fn of(is_hidden: bool) -> Self {
        if is_hidden { Self::Hidden } else { Self::Shown }
    }
}

/// Every clause of a verdict.
pub fn reasons_ui(ui: &mut Ui, cx: &Cx<'_>, (verdict, birth): (&Verdict, Birth), sources: &HashMap<SourceId, Source>) {
    for (index, reason) in verdict.reasons.iter().enumerate() {
        ui.push_id(index, |ui| reason_ui(ui, cx, (reason, birth), sources));
    }
}

fn reason_ui(ui: &mut Ui, cx: &Cx<'_>, (reason, birth): (&Reason, Birth), sources: &HashMap<SourceId, Source>) {
    let hides = |message: &Message| birth == Birth::Hidden && tells_birth(message);
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.horizontal_top(|ui| {
        let (glyph, ink) = sign(cx.palette, reason.holds);
        decorate(ui, icon(glyph).color(ink), &cx.of(&reason.holds));
        ui.vertical(|ui| {
            ui.add(Label::new(RichText::new(cx.say(&reason.clause)).strong()).wrap());
            let fact = if hides(&reason.fact) { cx.t("child-born-hidden") } else { cx.say(&reason.fact) };
            ui.add(Label::new(fact).wrap());
            if let Some(line) = source_line(cx, reason, sources) {
                basic::hint(ui, line);
            }
            if let Some(until) = reason.until.as_ref().filter(|until| !hides(until)) {
                basic::hint(ui, cx.say(until));
            }
        });
    });
    ui.add_space(theme::GAP);
}

fn source_line(cx: &Cx<'_>, reason: &Reason, sources: &HashMap<SourceId, Source>) -> Option<String> {
    let title = reason.source.and_then(|id| sources.get(&id)).map(|source| source.title.clone())?;
    let mut line = Message::new("ui-fact-source").text("title", title);
    line = match reason.on {
        Some(on) => line.date("on", on),
        None => line.text("on", ""),
    };
    Some(cx.say(&line))
}
