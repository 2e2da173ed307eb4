//! The help of three pages: how a day goes, what to do when something went wrong, with buttons that lead there, and what the
//! program is made of.

use eframe::egui::{Label, Ui};

use super::Ground;
use crate::domain::shipped;
use crate::ui::action::{Action, Entry, SideKind};
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tabs::Tab;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};

/// Which page is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) enum HelpPage {
    /// How a day goes.
    #[default]
    EveryDay,
    /// What to do when something went wrong; backups; a forgotten passphrase.
    WhenWrong,
    /// Whose work is in the program, under which licence.
    MadeOf,
}

/// Where a button of the help leads.
#[derive(Clone, Copy)]
enum Leads {
    Import,
    Tab(Tab),
    Side(SideKind),
    BackUp,
    Restore,
    Lock,
}

/// One piece: its head, its words, and where its button leads.
type Piece = (&'static str, &'static str, Option<(Icon, &'static str, Leads)>);

static EVERY_DAY: &[Piece] = &[
    ("help-begin", "help-begin-words", Some((Icon::FileSpreadsheet, "ui-import-roster", Leads::Import))),
    ("help-worklist", "help-worklist-words", Some((Icon::ClipboardList, "ui-tab-worklist", Leads::Tab(Tab::Worklist)))),
    ("help-lists", "help-lists-words", Some((Icon::ListChecks, "ui-tab-lists", Leads::Tab(Tab::Lists)))),
    (
        "help-campaigns",
        "help-campaigns-words",
        Some((Icon::CalendarDays, "ui-tab-campaigns", Leads::Tab(Tab::Campaigns))),
    ),
    ("help-residents", "help-residents-words", Some((Icon::House, "ui-tab-residents", Leads::Tab(Tab::Residents)))),
    ("help-search", "help-search-words", None),
    ("help-evening", "help-evening-words", Some((Icon::HardDrive, "ui-tab-handup", Leads::Tab(Tab::HandUp)))),
    ("help-month", "help-month-words", None),
    ("help-privacy", "help-privacy-words", Some((Icon::Shield, "ui-tab-privacy", Leads::Tab(Tab::Privacy)))),
    ("help-keys", "help-keys-words", Some((Icon::Keyboard, "keys-title", Leads::Side(SideKind::Keys)))),
];

/// How a month goes in an office.
static OFFICE: &[Piece] = &[
    ("help-invite", "help-invite-words", Some((Icon::MailPlus, "ui-tab-members", Leads::Tab(Tab::Members)))),
    ("help-shelf", "help-shelf-words", Some((Icon::Inbox, "ui-tab-shelf", Leads::Tab(Tab::Shelf)))),
    ("help-villages", "help-villages-words", Some((Icon::Map, "ui-tab-villages", Leads::Tab(Tab::Villages)))),
    ("help-months", "help-months-words", Some((Icon::CalendarCheck, "ui-tab-months", Leads::Tab(Tab::Months)))),
    ("help-evening", "help-evening-words", Some((Icon::HardDrive, "ui-tab-handup", Leads::Tab(Tab::HandUp)))),
    ("help-keys", "help-keys-words", Some((Icon::Keyboard, "keys-title", Leads::Side(SideKind::Keys)))),
];

static WHEN_WRONG: &[Piece] = &[
    ("help-undo", "help-undo-words", None),
    ("help-saved", "help-saved-words", None),
    ("help-backup", "help-backup-words", Some((Icon::Save, "ui-back-up-now", Leads::BackUp))),
    ("help-damaged", "help-damaged-words", Some((Icon::FolderOpen, "ui-restore-title", Leads::Restore))),
    ("help-passphrase", "help-passphrase-words", None),
    ("help-lock", "help-lock-words", Some((Icon::Lock, "lock-now", Leads::Lock))),
    ("help-new-computer", "help-new-computer-words", None),
    ("help-who-sees", "help-who-sees-words", None),
];

impl HelpPage {
    fn words(self) -> &'static str {
        match self {
            Self::EveryDay => "help-every-day",
            Self::WhenWrong => "help-when-wrong",
            Self::MadeOf => "help-made-of",
        }
    }

    /// Draws the page, with the buttons that lead somewhere from here.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, ground: Ground) {
        ui.horizontal_wrapped(|ui| {
            for page in [Self::EveryDay, Self::WhenWrong, Self::MadeOf] {
                if ui.selectable_label(*self == page, cx.t(page.words())).clicked() {
                    *self = page;
                }
            }
        });
        let pieces = match (*self, ground) {
            (Self::EveryDay, Ground::Office) => OFFICE,
            (Self::EveryDay, _) => EVERY_DAY,
            (Self::WhenWrong, _) => WHEN_WRONG,
            (Self::MadeOf, _) => return made_of(ui, cx),
        };
        for (head, words, leads) in pieces {
            ui.add_space(theme::GAP);
            basic::head(ui, cx.t(head));
            ui.add(Label::new(cx.t(words)).wrap());
            if let Some((glyph, name, leads)) = leads
                && leads.is_there(ground)
                && button(ui, *glyph, &cx.t(name)).clicked()
            {
                cx.push(leads.action());
            }
        }
        ui.add_space(theme::GAP);
    }
}

/// The program's own licence, then the names of its parts under each of theirs.
fn made_of(ui: &mut Ui, cx: &Cx<'_>) {
    ui.add_space(theme::GAP);
    ui.add(Label::new(cx.t("help-made-of-words")).wrap());
    for (licence, names) in shipped::by_licence() {
        ui.add_space(theme::GAP);
        basic::head(ui, licence);
        ui.add(Label::new(names.join(" · ")).wrap());
    }
    ui.add_space(theme::GAP);
}

impl Leads {
    /// Whether there is anything to lead to.
    fn is_there(self, ground: Ground) -> bool {
        match self {
            Self::Import | Self::Tab(_) | Self::BackUp => ground != Ground::None,
            Self::Lock => ground.is_locked(),
            Self::Side(_) => true,
            Self::Restore => ground == Ground::None,
        }
    }

    fn action(self) -> Action {
        match self {
            Self::Import => Action::Import(None),
            Self::Tab(tab) => Action::Show(tab),
            Self::Side(kind) => Action::Side(kind),
            Self::BackUp => Action::BackUp,
            Self::Restore => Action::Entry(Entry::Restore),
            Self::Lock => Action::Lock,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::manual;

    #[test]
    fn the_printed_manual_has_every_piece_of_the_help() {
        let heads = |pieces: &[Piece]| pieces.iter().map(|piece| piece.0).collect::<Vec<_>>();
        assert_eq!(heads(EVERY_DAY), manual::EVERY_DAY);
        assert_eq!(heads(WHEN_WRONG), manual::WHEN_WRONG);
    }
}
