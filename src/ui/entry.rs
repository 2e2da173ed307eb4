//! The pages before a ledger is open: what is under way, what went wrong, and what can be done about it.

use eframe::egui::Ui;

use crate::desk::Answer;
use crate::desk::opening::{Lies, Opened};
use crate::domain::message::Message;
use crate::ui::Launch;
use crate::ui::action::{Action, Entry};
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::pages::first_run;
use crate::ui::widgets::basic;
use crate::ui::window::Page;

/// What is under way before a ledger is open, and what went wrong; false while there is nothing else to show.
pub(super) fn waiting_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    (opening, what): (Option<&Answer<Opened>>, &str),
    failure: Option<&Message>,
) -> bool {
    if let Some(opening) = opening {
        if basic::progress(ui, cx, &cx.t(what), opening.progress()) {
            cx.push(Action::StopOpening);
        }
        return false;
    }
    if let Some(failure) = failure {
        basic::wrong(ui, &cx.say(failure));
    }
    true
}

/// Whether the page itself says so while a passphrase has to wait.
pub(super) fn says_wait(failure: &Message) -> bool {
    ["error-wrong-passphrase", "lock-wait"].contains(&failure.key.as_ref())
}

/// Whether the ledger itself failed to open, not what was typed.
pub(super) fn needs_a_backup(failure: &Message) -> bool {
    let typed =
        ["lock-wait", "error-wrong-passphrase", "error-wrong-paper-code", "error-already-open", "error-ledger-busy"];
    !typed.contains(&failure.key.as_ref()) && !failure.key.starts_with("error-paper-code")
}

pub(super) fn restore_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    if basic::button(ui, Icon::FolderOpen, &cx.t("ui-restore-title")).clicked() {
        cx.push(Action::Entry(Entry::Restore));
    }
}

/// The pages before a ledger is open.
pub(super) fn entry_ui(ui: &mut Ui, cx: &mut Cx<'_>, page: &mut Page, launch: &Launch, lies: Lies, wait: u64) {
    match page {
        Page::Choices => first_run::choices_ui(ui, cx, launch, lies),
        Page::NewVillage(form) => form.ui(ui, cx, launch),
        Page::CopyIn(form) => form.ui(ui, cx, launch, wait),
        Page::Unlock(form) => form.ui(ui, cx, &launch.ledger, wait),
        Page::Locked(form, main) => form.locked_ui(ui, cx, main.path(), wait),
        Page::Restore(form) => form.ui(ui, cx, wait),
        Page::PaperCode(form, _) => form.ui(ui, cx),
        Page::Damaged(page, _) => page.ui(ui, cx),
        Page::Restored(page, _) => page.ui(ui, cx),
        Page::Main(_) => {}
    }
}
