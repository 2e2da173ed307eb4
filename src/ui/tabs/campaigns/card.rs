//! The card of an appointment: who, when, what they said, and the days they could have instead with what speaks against
//! each.

use std::collections::HashMap;

use eframe::egui::{Label, RichText, TextEdit, Ui};

use crate::domain::campaign::{AppointmentAct, AppointmentState, after};
use crate::domain::entry::read_planned;
use crate::domain::message::Message;
use crate::ledger::campaigns::command::CampaignCommand;
use crate::ledger::campaigns::{Appointed, AppointmentRow, Wish};
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::keys::Shortcut;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown as Text, button, field, key_button};
use crate::ui::widgets::child;
use crate::ui::widgets::person::{born_words, group_words, household_words, line_ui, name_ui, short_date};

use super::calendar::{conflicts, seats_words};
use super::open::{Shown, run};

/// How drawing a card ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It stays open.
    Stays,
    /// It is to be closed.
    Closed,
    /// The person is to have the session at this place.
    Sent(usize),
}

/// What is typed into it.
#[derive(Default)]
pub(super) struct AppointmentCard {
    of: String,
    /// What is typed about the days of each and not yet noted, by uid: another card may be looked at meanwhile.
    wishes: HashMap<String, WishForm>,
    /// With whom the days are to be changed: a part of a name.
    with: String,
}

struct WishForm {
    not_before: String,
    not_after: String,
    wish: Wish,
}

impl AppointmentCard {
    /// Draws the card of somebody.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown, row: &AppointmentRow) -> Ended {
        if self.of != row.person.uid {
            self.of.clone_from(&row.person.uid);
            self.with.clear();
        }
        if name_ui(ui, cx, &row.person.name) {
            return Ended::Closed;
        }
        who_ui(ui, cx, shown, row);
        answers_ui(ui, cx, shown, row);
        ui.separator();
        let ended = days_ui(ui, cx, shown, row);
        self.swap_ui(ui, cx, shown, row);
        self.wish_ui(ui, cx, shown, row);
        ended
    }

    /// Two people change their days: whom with is found by a part of the name.
    fn swap_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown, row: &AppointmentRow) {
        if !row.state.is_expected() {
            return;
        }
        let label = ui.label(cx.t("swap-with"));
        let edit = TextEdit::singleline(&mut self.with).hint_text(cx.t("swap-hint")).desired_width(f32::INFINITY);
        ui.add(edit).labelled_by(label.id);
        let campaign = &shown.campaign;
        let fits = campaign.appointments.iter().zip(&shown.called).filter(|(other, called)| {
            let elsewhere = other.state.is_expected() && other.session != row.session;
            elsewhere && called.fit(&self.with).is_some()
        });
        let found: Vec<&AppointmentRow> = fits.map(|(other, _)| other).take(5).collect();
        for other in found {
            let on = other.session.map(|at| short_date(cx, campaign.sessions[at].edit.on)).unwrap_or_default();
            let words = format!("{} {} {on}", other.person.name, group_words(cx, &other.person.group));
            if button(ui, Icon::ArrowLeftRight, &words).clicked() {
                let (campaign, on) = (campaign.uid.clone(), cx.today);
                let (one, other) = (row.person.uid.clone(), other.person.uid.clone());
                run(cx, CampaignCommand::Swap { campaign, one, other, on });
                self.with.clear();
            }
        }
    }

    /// What somebody said about their days.
    fn wish_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown, row: &AppointmentRow) {
        let Some(mut form) = self.wishes.remove(&row.person.uid) else {
            if button(ui, Icon::CalendarClock, &cx.t("op-appointment-wish")).clicked() {
                let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
                let wish = row.wish.clone();
                let (not_before, not_after) = (day(wish.not_before), day(wish.not_after));
                self.wishes.insert(row.person.uid.clone(), WishForm { not_before, not_after, wish });
            }
            return;
        };
        let mut stays = true;
        theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let read = |text: &str| match text.trim() {
                "" => Ok(None),
                text => read_planned(text, cx.today).map(Some),
            };
            let mut days = Vec::new();
            for (key, text) in [("column-not-before", &mut form.not_before), ("column-not-after", &mut form.not_after)]
            {
                let problem = read(text).is_err().then(|| cx.t("worklist-day-unclear"));
                field(ui, &cx.t(key), text, Text::Clear, problem.as_deref());
                days.push(read(text));
            }
            ui.checkbox(&mut form.wish.first, cx.t("wish-first"));
            ui.checkbox(&mut form.wish.at_home, cx.t("wish-at-home"));
            ui.horizontal_wrapped(|ui| {
                if let [Ok(not_before), Ok(not_after)] = days[..]
                    && button(ui, Icon::Check, &cx.t("away-save")).clicked()
                {
                    let wish = Wish { not_before, not_after, ..form.wish.clone() };
                    stays = matches!((not_before, not_after), (Some(from), Some(to)) if from > to);
                    let (campaign, resident) = (shown.campaign.uid.clone(), row.person.uid.clone());
                    run(cx, CampaignCommand::SetWish { campaign, resident, wish: Box::new(wish) });
                }
                stays &= !button(ui, Icon::X, &cx.t("ui-no")).clicked();
            });
        });
        if stays {
            self.wishes.insert(row.person.uid.clone(), form);
        }
    }
}

fn who_ui(ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown, row: &AppointmentRow) {
    let person = &row.person;
    ui.horizontal_wrapped(|ui| {
        if let Some(born) = person.born() {
            ui.label(born_words(cx, born));
        }
        ui.label(format!("{} {}", group_words(cx, &person.group), household_words(cx, &person.household)));
        if basic::link(ui, &cx.t("ui-open-person")).clicked() {
            cx.push(Action::ShowPerson(person.uid.clone()));
        }
    });
    if !person.phone.is_empty() {
        line_ui(ui, Icon::Phone, &cx.t("field-phone"), &child::in_list(cx, person.born(), &person.phone));
    }
    let on = row.session.map(|at| &shown.campaign.sessions[at]);
    let state = match on {
        Some(session) => {
            format!("{}  {} {}", cx.of(&row.state), short_date(cx, session.edit.on), session.edit.from.format("%-H:%M"))
        }
        None => cx.of(&row.state),
    };
    line_ui(ui, Icon::CalendarDays, &cx.t("ui-state"), &state);
    let names: Vec<&str> =
        row.programmes.iter().map(|at| cx.words.pick(&shown.campaign.programmes[*at].names)).collect();
    if shown.campaign.programmes.len() > 1 && !names.is_empty() {
        line_ui(ui, Icon::ListChecks, &cx.t("column-programme"), &cx.words.list(&names));
    }
    if let Some(session) = on.filter(|_| row.state.is_expected()) {
        // The seat is theirs already: that all are taken speaks not against them.
        let mut slot = session.slot();
        slot.free += 1;
        for conflict in row.days.conflicts(&slot, cx.today) {
            line_ui(ui, Icon::TriangleAlert, &cx.t("ui-state"), &cx.of(&conflict));
        }
    }
    household_ui(ui, cx, shown, row);
}

/// When the others of the household come.
fn household_ui(ui: &mut Ui, cx: &Cx<'_>, shown: &Shown, row: &AppointmentRow) {
    let same = |other: &&AppointmentRow| {
        other.person.household_uid == row.person.household_uid
            && other.person.uid != row.person.uid
            && !row.person.household.is_empty()
            && other.state.takes_seat()
    };
    for other in shown.campaign.appointments.iter().filter(same).take(6) {
        let on = other.session.map(|at| short_date(cx, shown.campaign.sessions[at].edit.on)).unwrap_or_default();
        let words = Message::new("card-household").text("name", other.person.name.clone()).text("on", on);
        line_ui(ui, Icon::House, &cx.t("record-household"), &cx.say(&words));
    }
}

/// What can be noted now: each one click or one letter.
fn answers_ui(ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown, row: &AppointmentRow) {
    let lettered = [
        (AppointmentAct::Invite, Icon::CircleCheck, Shortcut::Told),
        (AppointmentAct::Agree, Icon::CalendarCheck, Shortcut::Agreed),
        (AppointmentAct::Come, Icon::BadgeCheck, Shortcut::Been),
        (AppointmentAct::Unreached, Icon::PhoneOff, Shortcut::Unreachable),
        (AppointmentAct::Decline, Icon::CircleMinus, Shortcut::Declined),
    ];
    let plain = [
        (AppointmentAct::Wait, Icon::CalendarClock),
        (AppointmentAct::StayOut, Icon::CircleSlash),
        (AppointmentAct::Miss, Icon::UserX),
        (AppointmentAct::AskAgain, Icon::Repeat),
        (AppointmentAct::Untick, Icon::Undo2),
    ];
    ui.horizontal_wrapped(|ui| {
        for (act, glyph, key) in lettered {
            if is_offered(cx, shown, row, act) && key_button(ui, cx, glyph, &cx.of(&act), key) {
                appoint(cx, shown, &row.person.uid, (act, None));
            }
        }
        for (act, glyph) in plain {
            if is_offered(cx, shown, row, act) && button(ui, glyph, &cx.of(&act)).clicked() {
                appoint(cx, shown, &row.person.uid, (act, None));
            }
        }
        // Who was added by hand and never told goes again without a trace, too.
        let unknown = match row.state {
            AppointmentState::Planned => true,
            state => state == AppointmentState::Waiting && !row.offer.is_told(),
        };
        if unknown && button(ui, Icon::Trash2, &cx.t("op-appointment-drop")).clicked() {
            let (campaign, resident) = (shown.campaign.uid.clone(), row.person.uid.clone());
            run(cx, CampaignCommand::DropProposal { campaign, resident });
        }
    });
}

/// Whether something can be noted and tells something new.
fn is_offered(cx: &Cx<'_>, shown: &Shown, row: &AppointmentRow, act: AppointmentAct) -> bool {
    let on = row.session.map(|at| shown.campaign.sessions[at].edit.on);
    let is_due = on.is_some_and(|on| on <= cx.today);
    match act {
        AppointmentAct::Come | AppointmentAct::Miss if !is_due => false,
        AppointmentAct::Invite | AppointmentAct::Agree if on.is_some_and(|on| on < cx.today) => false,
        AppointmentAct::Come => row.state != AppointmentState::Came,
        AppointmentAct::Unreached => after(row.state, row.asked, act).is_ok() && !row.offer.is_told(),
        _ => after(row.state, row.asked, act).is_ok_and(|state| state != row.state),
    }
}

/// Notes something about somebody's appointment.
pub(super) fn appoint(
    cx: &mut Cx<'_>,
    shown: &Shown,
    resident: &str,
    (act, session): (AppointmentAct, Option<String>),
) {
    let (campaign, resident, on) = (shown.campaign.uid.clone(), resident.to_owned(), cx.today);
    run(cx, CampaignCommand::Appoint(Box::new(Appointed { campaign, resident, act, session, on })));
}

/// The days ahead that somebody could have, each with what speaks against it.
fn days_ui(ui: &mut Ui, cx: &Cx<'_>, shown: &Shown, row: &AppointmentRow) -> Ended {
    let mut ended = Ended::Stays;
    if matches!(row.state, AppointmentState::Came | AppointmentState::Missed) {
        return ended;
    }
    basic::head(ui, cx.t("card-other-days"));
    let ahead = shown
        .campaign
        .sessions
        .iter()
        .enumerate()
        .filter(|(at, session)| session.edit.on >= cx.today && row.session != Some(*at));
    let mut any = false;
    for (at, session) in ahead {
        any = true;
        let against = conflicts(cx, row, session);
        let words = format!(
            "{} {}  {}",
            short_date(cx, session.edit.on),
            session.edit.from.format("%-H:%M"),
            seats_words(cx, session)
        );
        if against.iter().any(|one| one.is_hard()) {
            let why: Vec<String> = against.iter().map(|one| cx.of(one)).collect();
            let text = RichText::new(format!("{words}  {}", cx.words.list(&why))).color(theme::of(ui).ink_soft);
            ui.add(Label::new(text).wrap());
            continue;
        }
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::CalendarDays, &words).clicked() {
                ended = Ended::Sent(at);
            }
            for one in &against {
                basic::hint(ui, cx.of(one));
            }
        });
    }
    if !any {
        basic::hint(ui, cx.t("card-no-other-day"));
    }
    ended
}
