//! What one person agreed to: each purpose noted and withdrawn by one click. Who withdrew the services sees one quiet
//! line, and the button by which they agree again.

use chrono::NaiveDate;
use eframe::egui::{Label, RadioButton, Role, Ui, WidgetInfo};

use crate::domain::consent::{Channel, ConsentState, Guardian, GuardianRelation, Purpose};
use crate::domain::message::{Message, Say as _};
use crate::ledger::command::{Agreed, Command};
use crate::ledger::consents::{ConsentRow, Guarded};
use crate::ui::action::{Action, PaperWish};
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, decorate, icon};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field};

/// What is being filled in before it is noted: who heard it, or who agrees for a child.
#[derive(Default)]
pub struct ConsentsPart {
    open: Option<(String, Purpose)>,
    witness: String,
    guardian: String,
    relation: Option<GuardianRelation>,
    channel: Option<Channel>,
}

impl ConsentsPart {
    /// Draws the part for one person; `on` is the day it was said.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, uid: &str, rows: &[ConsentRow], on: NaiveDate) {
        if self.open.as_ref().is_some_and(|(of, _)| of != uid) {
            *self = Self::default();
        }
        basic::head(ui, cx.t("consent-head"));
        let services = rows.iter().find(|row| row.purpose == Purpose::Services);
        if let Some(row) = services
            && let Some(consent) = row.consent.as_ref().filter(|one| one.state == ConsentState::Withdrawn)
        {
            basic::soft(ui, cx.say(&Message::new("consent-all-withdrawn").date("on", consent.on)));
            self.give_ui(ui, cx, uid, row, on);
        } else {
            if let Some(row) = services {
                ui.push_id("services", |ui| self.row_ui(ui, cx, uid, row, on));
            }
            basic::fold(ui, &cx.t("consent-others")).show(ui, |ui| {
                for row in rows.iter().filter(|row| row.purpose != Purpose::Services) {
                    ui.push_id(row.purpose.as_str(), |ui| self.row_ui(ui, cx, uid, row, on));
                }
            });
        }
        ui.add_space(theme::GAP);
    }

    fn row_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, uid: &str, row: &ConsentRow, on: NaiveDate) {
        let given = row.consent.as_ref().is_some_and(|one| one.state == ConsentState::Given);
        ui.horizontal_top(|ui| {
            let (glyph, ink) = match given {
                true => (Icon::CircleCheck, theme::of(ui).accent),
                false => (Icon::Circle, theme::of(ui).ink_soft),
            };
            decorate(ui, icon(glyph).color(ink), &state_words(cx, row));
            ui.vertical(|ui| {
                ui.add(Label::new(cx.of(&row.purpose)).wrap());
                basic::hint(ui, state_words(cx, row));
                if let Some(again) = row.again {
                    basic::hint(ui, cx.of(&again));
                }
            });
        });
        if given {
            let words = if row.purpose == Purpose::Services { "consent-withdraw-all" } else { "consent-withdraw" };
            if named_button(ui, cx, Icon::CircleMinus, words, row.purpose) {
                let (resident, purpose) = (uid.to_owned(), row.purpose);
                cx.push(Action::Run(Command::WithdrawConsent { resident, purpose, on }));
            }
        }
        if !given || row.again.is_some() {
            self.give_ui(ui, cx, uid, row, on);
        }
    }

    /// Signed by a grown-up: one click. Said, or for a child: somebody has to be named first.
    fn give_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, uid: &str, row: &ConsentRow, on: NaiveDate) {
        let purpose = row.purpose;
        let withdrew = row.consent.as_ref().is_some_and(|one| one.state == ConsentState::Withdrawn);
        ui.horizontal_wrapped(|ui| {
            // What is to be read, and signed, before.
            if named_button(ui, cx, Icon::Printer, "notice-print", purpose) {
                cx.push(Action::Paper(PaperWish::ConsentNotice(purpose)));
            }
            if row.guarded == Guarded::ByGuardian {
                if named_button(ui, cx, Icon::PencilLine, "consent-by-guardian", purpose) {
                    self.start(uid, purpose, Channel::Signed);
                }
                return;
            }
            let signed = if withdrew { "consent-again-signed" } else { "consent-signed" };
            if named_button(ui, cx, Icon::Check, signed, purpose) {
                let agreed = Agreed { channel: Channel::Signed, witness: String::new(), guardian: None };
                cx.push(give(uid, purpose, on, agreed));
            }
            if named_button(ui, cx, Icon::MessageSquareText, "consent-spoken", purpose) {
                self.start(uid, purpose, Channel::Spoken);
            }
            // Only what is not known yet can be refused before it was ever agreed to.
            if row.consent.is_none() && named_button(ui, cx, Icon::CircleMinus, "consent-refuse", purpose) {
                cx.push(Action::Run(Command::WithdrawConsent { resident: uid.to_owned(), purpose, on }));
            }
        });
        if self.open.as_ref().is_some_and(|(of, at)| of == uid && *at == purpose) {
            self.form_ui(ui, cx, uid, row, on);
        }
    }

    fn start(&mut self, uid: &str, purpose: Purpose, channel: Channel) {
        let open = Some((uid.to_owned(), purpose));
        *self = Self { open, channel: Some(channel), ..Self::default() };
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, uid: &str, row: &ConsentRow, on: NaiveDate) {
        let child = row.guarded == Guarded::ByGuardian;
        theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            if child {
                field(ui, &cx.t("consent-guardian"), &mut self.guardian, Shown::Clear, None);
                ui.horizontal_wrapped(|ui| {
                    for relation in GuardianRelation::ALL {
                        let chosen = self.relation == Some(*relation);
                        if ui.add(RadioButton::new(chosen, cx.of(relation))).clicked() {
                            self.relation = Some(*relation);
                        }
                    }
                });
                ui.horizontal_wrapped(|ui| {
                    for channel in Channel::ALL {
                        let chosen = self.channel == Some(*channel);
                        if ui.add(RadioButton::new(chosen, cx.of(channel))).clicked() {
                            self.channel = Some(*channel);
                        }
                    }
                });
            }
            let channel = self.channel.unwrap_or(Channel::Signed);
            if channel == Channel::Spoken {
                field(ui, &cx.t("consent-witness"), &mut self.witness, Shown::Clear, None);
            }
            let named = !child || (!self.guardian.trim().is_empty() && self.relation.is_some());
            let heard = channel == Channel::Signed || !self.witness.trim().is_empty();
            let ready = if named && heard { Ok(()) } else { Err(cx.t("ui-fill-in-first")) };
            ui.horizontal_wrapped(|ui| {
                let ready = ready.as_ref().copied().map_err(String::as_str);
                if basic::main_button_if(ui, ready, Icon::Check, &cx.t("op-consent-give")) {
                    let guardian = self.relation.filter(|_| child);
                    let guardian = guardian.map(|relation| Guardian { name: self.guardian.clone(), relation });
                    let agreed = Agreed { channel, witness: self.witness.clone(), guardian };
                    cx.push(give(uid, row.purpose, on, agreed));
                    *self = Self::default();
                }
                if button(ui, Icon::X, &cx.t("ui-no")).clicked() {
                    *self = Self::default();
                }
            });
        });
    }
}

fn give(uid: &str, purpose: Purpose, on: NaiveDate, agreed: Agreed) -> Action {
    Action::Run(Command::GiveConsent { resident: uid.to_owned(), purpose, on, agreed: Box::new(agreed) })
}

/// A button whose name for a screen reader says what it is about, as several read alike.
fn named_button(ui: &mut Ui, cx: &Cx<'_>, glyph: Icon, key: &str, purpose: Purpose) -> bool {
    let words = cx.t(key);
    let name = cx.labelled(&words, cx.of(&purpose));
    let response = button(ui, glyph, &words);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    response.clicked()
}

/// What stands, with its day, who spoke for a child and who heard it.
fn state_words(cx: &Cx<'_>, row: &ConsentRow) -> String {
    let Some(consent) = &row.consent else { return cx.t("consent-not-asked") };
    let state = consent.state.message().key;
    let mut words = cx.say(&Message::new("consent-on").word("state", state).date("on", consent.on));
    if let Some(guardian) = &consent.guardian {
        let by = Message::new("consent-guardian-is").word("relation", guardian.relation.message().key);
        words = format!("{words} {}", cx.say(&by.text("name", guardian.name.clone())));
    }
    if !consent.witness.is_empty() {
        words = format!("{words} {}", cx.labelled(&cx.t("consent-witness"), consent.witness.clone()));
    }
    words
}
