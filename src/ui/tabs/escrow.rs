//! 钥匙存在乡镇: a key sealed for the township, in case passphrase and paper code are both lost. A card of 上报备份.

use std::path::Path;

use eframe::egui::Ui;

use crate::desk::whole::WholeStep;
use crate::domain::message::Message;
use crate::ledger::escrow::is_deposited;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::basic::{self, button};

/// How it stands.
struct State {
    /// The township's name, where its invite was answered.
    office: Option<String>,
    is_deposited: bool,
}

/// Where the card leads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Leads {
    Nowhere,
    /// To the page where the township's invite is answered.
    ToMonth,
}

/// The card.
#[derive(Default)]
pub(super) struct EscrowCard {
    state: Cached<i64, State>,
}

impl EscrowCard {
    /// Draws the card of the ledger at this path.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, path: &Path) -> Leads {
        basic::head(ui, cx.t("escrow-card-title"));
        basic::soft(ui, cx.t("escrow-card-hint"));
        let path = path.to_owned();
        let state = self.state.get(cx.desk, cx.revision, move |view| {
            let office = view.office()?.map(|of| of.office.name);
            Ok(State { office, is_deposited: is_deposited(&path)? })
        });
        let state = state.cloned();
        if let Some(message) = self.state.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(state) = state else { return Leads::Nowhere };
        let named = |key: &'static str, name: &str| Message::new(key).text("office", name);
        match (state.is_deposited, &state.office) {
            (true, office) => {
                let name = office.clone().unwrap_or_else(|| cx.t("hand-over-no-office"));
                basic::point(ui, Icon::ShieldCheck, cx.say(&named("escrow-card-deposited", &name)));
                if button(ui, Icon::Undo2, &cx.t("escrow-card-withdraw")).clicked() {
                    cx.push(Action::Step(WholeStep::Withdraw));
                }
                basic::hint(ui, cx.t("escrow-card-withdraw-hint"));
            }
            (false, Some(name)) => {
                basic::point(ui, Icon::Info, cx.t("escrow-card-none"));
                if button(ui, Icon::KeyRound, &cx.say(&named("escrow-card-deposit", name))).clicked() {
                    cx.push(Action::Step(WholeStep::Deposit));
                }
            }
            (false, None) => {
                basic::point(ui, Icon::Info, cx.t("escrow-card-no-office"));
                if button(ui, Icon::MailOpen, &cx.t("escrow-card-lead")).clicked() {
                    return Leads::ToMonth;
                }
            }
        }
        Leads::Nowhere
    }
}
