//! The card of a task: what can be noted about it, putting it off, and what else is to be done at the same door.

use chrono::NaiveDate;
use eframe::egui::{Label, RichText, Ui};

use crate::domain::campaign::{AppointmentAct, AppointmentState};
use crate::domain::care::CareKind;
use crate::domain::entry::{read_ahead, soon};
use crate::domain::message::Message;
use crate::domain::worklist::{PutOff, TaskEnd};
use crate::ledger::applications::ApplicationRow;
use crate::ledger::campaigns::Appointed;
use crate::ledger::campaigns::command::CampaignCommand;
use crate::ledger::command::Command;
use crate::ledger::tasks::NotedTask;
use crate::ledger::worklist::{About, DayTask, TaskRow, day_words};
use crate::paper::period_words;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tabs::worklist::round::Round;
use crate::ui::theme;
use crate::ui::widgets::application::{ApplicationCard, Subject};
use crate::ui::widgets::basic::{self, Shown, button, field, main_button};
use crate::ui::widgets::care::CareCard;
use crate::ui::widgets::person::{CardForm, card_ui, group_words, household_words, name_ui};

/// What is typed into the card.
#[derive(Default)]
pub(super) struct TaskCard {
    form: CardForm,
    application: ApplicationCard,
    care: CareCard,
    /// Another day, as it is typed.
    day: String,
    of: String,
}

impl TaskCard {
    /// Draws it; true where it is to be closed.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, round: &Round, task: &TaskRow) -> bool {
        let key = task.key();
        if self.of != key {
            self.of = key;
            self.day.clear();
        }
        let close = match &task.about {
            About::Offer { programme, person } => {
                let day = &mut self.day;
                return card_ui(ui, cx, &mut self.form, person, (programme, &round.grounds), |ui, cx| {
                    if let Some(how) = put_off_ui(ui, cx, day) {
                        let (resident, programme, on) = (person.uid.clone(), programme.id.clone(), cx.today);
                        cx.push(Action::Run(Command::PutOff { resident, programme, how, on }));
                    }
                    beside_ui(ui, cx, round, task);
                });
            }
            About::Papers(row) => {
                let close = name_ui(ui, cx, &row.name);
                self.papers_ui(ui, cx, row);
                close
            }
            About::Visit(care) if care.kept.kind == CareKind::LeftBehind => {
                let close = name_ui(ui, cx, &cx.of(&care.kept.kind));
                basic::soft(ui, cx.t("care-task-child"));
                close
            }
            About::Visit(care) => {
                let close = name_ui(ui, cx, &care.who.name);
                self.care.ui(ui, cx, (&care.who.uid, care.kept.kind), Some(care));
                close
            }
            About::Day(day) => {
                let close = name_ui(ui, cx, &day.who.name);
                day_ui(ui, cx, day);
                close
            }
            About::Noted(noted) => {
                let name = if task.name().is_empty() { cx.t("task-noted") } else { task.name().to_owned() };
                let close = name_ui(ui, cx, &name);
                self.noted_ui(ui, cx, noted);
                close
            }
        };
        beside_ui(ui, cx, round, task);
        close
    }

    fn papers_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, row: &ApplicationRow) {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(cx.words.pick(&row.programme.names)).strong());
            ui.label(period_words(cx.words, &row.programme, &row.period));
            ui.label(group_words(cx, &row.group));
            if basic::link(ui, &cx.t("ui-open-person")).clicked() {
                cx.push(Action::ShowPerson(row.uid.clone()));
            }
        });
        let subject = Subject {
            programme: &row.programme,
            uid: &row.uid,
            period: &row.period,
            standing: row.standing,
            application: Some(&row.application),
            fen: None,
        };
        self.application.ui(ui, cx, subject);
    }

    fn noted_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, noted: &NotedTask) {
        ui.add(Label::new(RichText::new(&noted.what).strong()).wrap().selectable(true));
        basic::hint(ui, cx.say(&Message::new("worklist-noted-on").date("on", noted.made_on)));
        if let Some(who) = &noted.about
            && basic::link(ui, &cx.t("ui-open-person")).clicked()
        {
            cx.push(Action::ShowPerson(who.uid.clone()));
        }
        let task = || noted.uid.clone();
        ui.horizontal_wrapped(|ui| {
            if main_button(ui, Icon::Check, &cx.t("task-end-done")).clicked() {
                cx.push(Action::Run(Command::EndTask { task: task(), how: TaskEnd::Done, on: cx.today }));
            }
            if button(ui, Icon::CircleMinus, &cx.t("task-end-not_needed")).clicked() {
                cx.push(Action::Run(Command::EndTask { task: task(), how: TaskEnd::NotNeeded, on: cx.today }));
            }
        });
        if let Some(due_on) = other_day_ui(ui, cx, &mut self.day) {
            cx.push(Action::Run(Command::PutTaskTo { task: task(), due_on }));
        }
    }
}

/// Another day, or not in this turn: the offer stays as it is.
fn put_off_ui(ui: &mut Ui, cx: &Cx<'_>, day: &mut String) -> Option<PutOff> {
    let mut how = None;
    basic::fold(ui, &cx.t("op-put-off")).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            for (key, day) in soon(cx.today) {
                if button(ui, Icon::CalendarDays, &cx.t(key)).clicked() {
                    how = Some(PutOff::Until(day));
                }
            }
            if button(ui, Icon::CircleMinus, &cx.t("worklist-not-this-turn")).clicked() {
                how = Some(PutOff::ThisTurn);
            }
        });
        how = how.or_else(|| other_day_ui(ui, cx, day).map(PutOff::Until));
    });
    how
}

/// A field for any day ahead; the day once it is confirmed.
fn other_day_ui(ui: &mut Ui, cx: &Cx<'_>, typed: &mut String) -> Option<NaiveDate> {
    let day = read_ahead(typed, cx.today);
    let problem = day.is_err().then(|| cx.t("worklist-day-unclear"));
    field(ui, &cx.t("worklist-other-day"), typed, Shown::Clear, problem.as_deref());
    let day = day.ok().filter(|day| *day > cx.today)?;
    let words = cx.say(&Message::new("round-put-off").date("on", day));
    button(ui, Icon::Check, &words).clicked().then_some(day)
}

/// What else is to be done in the same household, and next door.
fn beside_ui(ui: &mut Ui, cx: &mut Cx<'_>, round: &Round, task: &TaskRow) {
    let home: Vec<&TaskRow> = round.at_home(task).take(6).collect();
    if !home.is_empty() {
        basic::head(ui, cx.t("worklist-same-home"));
        for other in home {
            let what = other.programme().map(|programme| cx.words.pick(&programme.names).to_owned());
            let what = what.unwrap_or_else(|| cx.of(&other.due.kind));
            ui.add(Label::new(format!("{}  {}  {what}", other.name(), cx.of(&other.due.kind))).wrap());
        }
    }
    let lane = round.in_lane(task);
    if lane.is_empty() {
        return;
    }
    basic::head(ui, cx.t("worklist-same-lane"));
    for (other, count) in lane {
        let words = Message::new("worklist-next-door")
            .text("household", household_words(cx, other.household()))
            .text("name", other.name())
            .number("count", count);
        ui.add(Label::new(RichText::new(cx.say(&words)).color(theme::of(ui).ink_soft)).wrap());
    }
}

/// A day in a campaign: what can be noted of it, and the way to the campaign.
fn day_ui(ui: &mut Ui, cx: &mut Cx<'_>, day: &DayTask) {
    ui.add(Label::new(RichText::new(cx.say(&day_words(day))).strong()).wrap());
    ui.label(format!("{} {}", group_words(cx, &day.who.group), household_words(cx, &day.who.household)));
    let acts: &[(AppointmentAct, Icon)] = match day.state {
        AppointmentState::Planned => &[
            (AppointmentAct::Invite, Icon::CircleCheck),
            (AppointmentAct::Agree, Icon::CalendarCheck),
            (AppointmentAct::Unreached, Icon::PhoneOff),
            (AppointmentAct::Wait, Icon::CalendarClock),
            (AppointmentAct::Decline, Icon::CircleMinus),
        ],
        AppointmentState::Invited => &[
            (AppointmentAct::Agree, Icon::CalendarCheck),
            (AppointmentAct::Wait, Icon::CalendarClock),
            (AppointmentAct::StayOut, Icon::CircleSlash),
            (AppointmentAct::Decline, Icon::CircleMinus),
        ],
        _ => &[
            (AppointmentAct::AskAgain, Icon::Repeat),
            (AppointmentAct::StayOut, Icon::CircleSlash),
            (AppointmentAct::Decline, Icon::CircleMinus),
        ],
    };
    ui.horizontal_wrapped(|ui| {
        for (act, glyph) in acts {
            if button(ui, *glyph, &cx.of(act)).clicked() {
                let (campaign, resident) = (day.campaign.clone(), day.who.uid.clone());
                let new = Appointed { campaign, resident, act: *act, session: None, on: cx.today };
                cx.push(Action::Run(Command::Campaign(CampaignCommand::Appoint(Box::new(new)))));
            }
        }
    });
    if basic::link(ui, &cx.t("worklist-open-campaign")).clicked() {
        cx.push(Action::ShowCampaign(day.campaign.clone()));
    }
}
