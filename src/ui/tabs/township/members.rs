//! 邀请: who hands up and how far each is, the form of an invite, and the way to take a village's answer.

use eframe::egui::{Frame, Margin, Panel, RichText, ScrollArea, Ui};
use egui_extras::TableRow;

use crate::desk::hand_up::{Came, HandUpWish};
use crate::domain::area_code::{AreaCode, Level};
use crate::domain::hand_up::{Entity, Profile};
use crate::domain::message::Message;
use crate::ledger::township::MemberRow;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button_if};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::path_field::{PathField, Wanted};
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, cell_ui, table};

/// The width of the forms beside the table, in points.
const FORMS: f32 = 420.0;

/// The most room for the table above the forms, in points.
const LIST: f32 = 250.0;

/// Who was invited, each with the number that is compared by phone.
struct Sight {
    own: String,
    members: Vec<(MemberRow, String)>,
}

/// The page.
#[derive(Default)]
pub struct MembersPage {
    sight: Cached<i64, Sight>,
    code: String,
    /// The office's own digits were put into the empty field once.
    is_begun: bool,
    /// Rows of persons that are asked for besides the counts.
    persons: Vec<Entity>,
    folder: PathField,
    answer: PathField,
}

/// How far somebody is, as the end of a key.
pub fn state_of(member: &MemberRow) -> &'static str {
    match (member.enrolled_on, member.confirmed_on) {
        (None, _) => "member-state-invited",
        (Some(_), None) => "member-state-answered",
        (Some(_), Some(_)) => "member-state-compared",
    }
}

impl MembersPage {
    /// Fills the form for somebody who was invited before, with what was agreed.
    pub fn fill(&mut self, member: &MemberRow) {
        self.code.clone_from(&member.code);
        let asked = Entity::ALL.iter().copied().filter(|entity| entity.is_personal() && member.profile.has(*entity));
        self.persons = asked.collect();
        self.is_begun = true;
    }

    /// Something was done: the field it came from is for the next.
    pub fn done(&mut self, came: &Came) {
        match came {
            Came::Invited(_) => {
                self.code.clear();
                self.is_begun = false;
            }
            Came::Member(_) => self.answer.clear(),
            _ => {}
        }
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let sight = self.sight.get(cx.desk, cx.revision, |view| {
            let with_number = |member: MemberRow| Ok((view.fingerprint_of(&member)?, member));
            let members =
                view.invited()?.into_iter().map(with_number).collect::<crate::ledger::error::Result<Vec<_>>>()?;
            let members = members.into_iter().map(|(number, member)| (member, number)).collect();
            Ok(Sight { own: view.village()?.code, members })
        });
        let sight = sight.cloned();
        if let Some(message) = self.sight.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(sight) = sight else { return };
        self.begin(&sight.own);
        if ui.available_width() < theme::NARROW {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                if !sight.members.is_empty() {
                    // Who was invited is what is looked for; the forms stand below.
                    let rows = theme::ROW * (sight.members.len() as f32 + 1.5);
                    theme::card(ui).inner_margin(4.0).show(ui, |ui| {
                        ui.set_max_height(rows.min(LIST));
                        members_ui(ui, cx, &sight.members);
                    });
                }
                self.forms_ui(ui, cx);
            });
            return;
        }
        Panel::right("members-forms")
            .exact_size(FORMS)
            .frame(Frame::new().inner_margin(Margin { left: 12, ..Margin::ZERO }))
            .show_separator_line(false)
            .resizable(false)
            .show(ui, |ui| {
                ScrollArea::vertical().id_salt("members-forms").auto_shrink(false).show(ui, |ui| self.forms_ui(ui, cx));
            });
        if sight.members.is_empty() {
            empty(ui, Icon::MailPlus, &cx.t("members-teach"), &cx.t("members-teach-words"), |_| {});
            return;
        }
        theme::card(ui).inner_margin(4.0).show(ui, |ui| members_ui(ui, cx, &sight.members));
    }

    /// A code of this office begins with its own digits.
    fn begin(&mut self, own: &str) {
        if std::mem::replace(&mut self.is_begun, true) {
            return;
        }
        let digits = match AreaCode::parse(own).map(|code| code.level()) {
            Some(Level::Township) => 9,
            Some(Level::County) => 6,
            _ => 0,
        };
        self.code = own.get(..digits).unwrap_or_default().to_owned();
    }

    fn forms_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            self.invite_ui(ui, cx);
        });
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            self.answer_ui(ui, cx);
        });
    }

    fn invite_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        basic::head(ui, cx.t("members-invite-title"));
        let digits = self.code.trim();
        let is_typing = digits.len() < 12 && digits.chars().all(|c| c.is_ascii_digit());
        let code = AreaCode::parse(digits).filter(|_| digits.len() == 12);
        let problem = (!is_typing && code.is_none()).then(|| cx.t("error-village-code"));
        field(ui, &cx.t("members-code"), &mut self.code, Shown::Clear, problem.as_deref());
        ui.label(cx.t("members-persons"));
        for entity in Entity::ALL.iter().copied().filter(|entity| entity.is_personal()) {
            let mut ticked = self.persons.contains(&entity);
            if ui.checkbox(&mut ticked, cx.of(&entity)).changed() {
                self.persons.retain(|known| *known != entity);
                self.persons.extend(ticked.then_some(entity));
            }
        }
        basic::hint(ui, cx.t("members-persons-hint"));
        self.folder.ui(ui, cx, "members-folder", Wanted::Folder);
        let folder = self.folder.path();
        let first = cx.t("ui-fill-in-first");
        let ready = if code.is_some() && folder.is_some() { Ok(()) } else { Err(first.as_str()) };
        if main_button_if(ui, ready, Icon::MailPlus, &cx.t("members-invite"))
            && let (Some(code), Some(folder)) = (code, folder)
        {
            let code = code.as_str().to_owned();
            let name = cx.say(&Message::new("members-invite-name").text("code", code.clone()));
            let profile = self.persons.iter().fold(Profile::counts(), |profile, entity| profile.with(*entity));
            cx.push(Action::HandUp(HandUpWish::Invite { code, profile, folder, name }));
        }
    }

    fn answer_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        basic::head(ui, cx.t("members-answer-title"));
        basic::hint(ui, cx.t("members-answer-hint"));
        let settled = self.answer.ui(ui, cx, "members-answer-file", Wanted::HandUp("xla"));
        let file = self.answer.path();
        let pressed = ui
            .add_enabled_ui(file.is_some(), |ui| button(ui, Icon::MailCheck, &cx.t("members-answer")))
            .inner
            .on_disabled_hover_text(cx.t("ui-fill-in-first"))
            .clicked();
        if let Some(file) = file.filter(|_| pressed || settled) {
            cx.push(Action::HandUp(HandUpWish::Enrol(file)));
        }
    }
}

fn members_ui(ui: &mut Ui, cx: &mut Cx<'_>, members: &[(MemberRow, String)]) {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let columns = [
        col("members-column-code", Width::Points(130.0)),
        col("shelf-column-village", Width::Rest),
        col("shelf-column-state", Width::Points(175.0)),
        col("month-number", Width::Points(160.0)),
        col("members-column-next", Width::Points(190.0)),
    ];
    let sheet = Sheet { id: "members", columns: &columns, rows: members.len(), scroll_to: None };
    table(ui, &sheet, |row| {
        let (member, number) = &members[row.index()];
        member_row(row, cx, member, number);
    });
}

fn member_row(row: &mut TableRow<'_, '_>, cx: &mut Cx<'_>, member: &MemberRow, number: &str) {
    cell(row, RichText::new(&member.code).color(cx.palette.ink_soft));
    cell(row, RichText::new(&member.name).strong());
    let ink = if member.confirmed_on.is_some() { cx.palette.accent } else { cx.palette.ink };
    cell(row, RichText::new(cx.t(state_of(member))).color(ink));
    cell(row, number);
    cell_ui(row, |ui| {
        ui.push_id(&member.uid, |ui| {
            ui.spacing_mut().item_spacing.x = theme::GAP;
            ui.add_space(4.0);
            if member.enrolled_on.is_some()
                && member.confirmed_on.is_none()
                && link(ui, &cx.t("member-confirm"), member.called())
            {
                cx.push(Action::HandUp(HandUpWish::Confirm(member.code.clone())));
            }
            if link(ui, &cx.t("member-invite-again"), member.called()) {
                cx.push(Action::InviteAgain(Box::new(member.clone())));
            }
        });
    });
}

/// A link of a row: its name for readers of the screen says whose it is.
fn link(ui: &mut Ui, words: &str, whose: &str) -> bool {
    let response = basic::link(ui, words);
    let name = format!("{words} {whose}");
    response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Button, true, &name));
    response.clicked()
}
