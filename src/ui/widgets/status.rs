//! The bar along the bottom: which village, how it stands, when it was last copied.

use chrono::{DateTime, FixedOffset};
use eframe::egui::{self, Color32, RichText, Ui};

use crate::domain::area_code::Level;
use crate::domain::message::Message;
use crate::ledger::error::Result;
use crate::ledger::rehearsal::Rehearsal;
use crate::ledger::view::{Overview, View};
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;

/// After so many days without a proved backup the bar says so in amber.
const DAYS: i64 = 7;

/// How the last backup went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backed {
    /// There is none.
    Never,
    /// The last try did not come to its end.
    Failed,
    /// One was proved at this instant.
    Proved(DateTime<FixedOffset>),
}

impl Backed {
    /// In a few words, with how long ago it was.
    fn message(self, cx: &Cx<'_>) -> Message {
        let Self::Proved(at) = self else {
            return Message::new(if self == Self::Failed { "ui-backup-failed" } else { "ui-backup-none" });
        };
        let when = at.format("%Y-%m-%d %H:%M").to_string();
        Message::new("status-backup").text("when", when).text("ago", self.ago(cx))
    }

    /// The same where there is little room.
    fn brief(self, cx: &Cx<'_>) -> Message {
        match self {
            Self::Proved(_) => Message::new("status-backup-brief").text("ago", self.ago(cx)),
            Self::Never | Self::Failed => self.message(cx),
        }
    }

    fn ago(self, cx: &Cx<'_>) -> String {
        ago(cx, self.days_ago(cx).unwrap_or(0))
    }

    fn days_ago(self, cx: &Cx<'_>) -> Option<i64> {
        match self {
            Self::Proved(at) => Some((cx.today - at.date_naive()).num_days()),
            Self::Never | Self::Failed => None,
        }
    }

    /// Whether somebody should do something about it; nobody needs backups of a demo.
    fn is_pressing(self, cx: &Cx<'_>, overview: &Overview) -> bool {
        let is_old = match self {
            Self::Failed => true,
            Self::Never => overview.residents > 0 || overview.village.level() != Level::Village,
            Self::Proved(_) => self.days_ago(cx).is_some_and(|days| days > DAYS),
        };
        is_old && !overview.village.is_demo
    }
}

/// What has gone up to the office above, or come to this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    /// Nothing has left.
    Nothing,
    /// The newest file: its number and its month.
    Up(i64, String),
    /// So many villages were invited by this office.
    Villages(usize),
}

impl Handed {
    /// Reads it.
    pub fn read(view: &View, level: Level) -> Result<Self> {
        if level != Level::Village {
            return Ok(Self::Villages(view.invited()?.len()));
        }
        let newest = view.hand_ups()?.into_iter().next();
        Ok(newest.map_or(Self::Nothing, |file| Self::Up(file.number, file.month)))
    }

    fn message(&self) -> Message {
        match self {
            Self::Nothing => Message::new("ui-status-not-handed-up"),
            Self::Up(number, month) => {
                Message::new("ui-status-handed-up").number("number", *number).text("month", month.clone())
            }
            Self::Villages(count) => Message::new("ui-status-villages").number("count", *count),
        }
    }
}

/// What the last rehearsal of a backup came to, in a few words.
fn rehearsed(cx: &Cx<'_>, overview: &Overview, rehearsal: &Rehearsal) -> Message {
    let Some(held) = rehearsal.held else { return Message::new("status-rehearsal-failed") };
    let ago = ago(cx, (cx.today - rehearsal.at.date_naive()).num_days());
    match overview.village.level() {
        Level::Village => Message::new("status-rehearsal").text("ago", ago).number("residents", held.residents),
        Level::Township | Level::County => Message::new("status-rehearsal-office").text("ago", ago),
    }
}

fn ago(cx: &Cx<'_>, days: i64) -> String {
    cx.say(&match days {
        ..=0 => Message::new("status-today"),
        1 => Message::new("status-yesterday"),
        days => Message::new("status-days-ago").number("days", days),
    })
}

/// Draws the bar; what does not fit goes to the next line.
pub fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    overview: &Overview,
    handed: Option<&Handed>,
    (backed, rehearsal): (Backed, Option<&Rehearsal>),
) {
    let palette = theme::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(14.0, 2.0);
        let is_low = theme::is_low(ui);
        if is_low && overview.village.is_demo {
            ui.label(RichText::new(cx.t("ui-demo-mark")).small().color(palette.ask).strong());
        }
        small(ui, overview.village.name.clone(), palette.ink);
        let size = Message::new("ui-status-size")
            .number("households", overview.households)
            .number("residents", overview.residents);
        if !is_low && overview.village.level() == Level::Village {
            small(ui, cx.say(&size), palette.ink_soft);
        }
        small(ui, cx.say(&Message::new("ui-status-revision").number("revision", overview.revision)), palette.ink_soft);
        let (glyph, ink) = match backed.is_pressing(cx, overview) {
            true => (Icon::ShieldAlert, palette.ask),
            false => (Icon::ShieldCheck, palette.ink_soft),
        };
        ui.label(icon(glyph).size(theme::SMALL).color(ink));
        small(ui, cx.say(&if is_low { backed.brief(cx) } else { backed.message(cx) }), ink);
        // In a low window only that it failed is worth its room.
        if let Some(rehearsal) = rehearsal.filter(|rehearsal| !is_low || rehearsal.held.is_none()) {
            let ink = if rehearsal.held.is_some() { palette.ink_soft } else { palette.ask };
            small(ui, cx.say(&rehearsed(cx, overview, rehearsal)), ink);
        }
        if let Some(handed) = handed {
            small(ui, cx.say(&handed.message()), palette.ink_soft);
        }
    });
}

fn small(ui: &mut Ui, words: String, ink: Color32) {
    ui.label(RichText::new(words).small().color(ink));
}
