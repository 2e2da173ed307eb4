//! The sessions of a campaign that there is: some added, or one corrected, with what that means for who is planned there.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::Ui;
use serde::{Deserialize, Serialize};

use crate::domain::campaign::AppointmentState;
use crate::domain::entry::read_planned;
use crate::domain::message::Message;
use crate::domain::schedule::Calendar;
use crate::ledger::campaigns::command::CampaignCommand;
use crate::ledger::campaigns::{AppointmentRow, Campaign, SessionEdit, SessionRow};
use crate::ledger::command::Command;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::forms::line::{Below, text_line};
use crate::ui::forms::{Fill, Focus, of_draft, to_draft};
use crate::ui::icon::Icon;
use crate::ui::tabs::campaigns::days::day_words;
use crate::ui::tabs::campaigns::form::narrow;
use crate::ui::tabs::campaigns::pattern::{Ground, Pattern, patterns_ui, read_all, sum_ui};
use crate::ui::tabs::campaigns::session_text::SessionText;
use crate::ui::widgets::basic;

/// What is read of the ledger for either.
type About = (Campaign, Calendar);

fn about(cached: &mut Cached<(i64, String), About>, cx: &Cx<'_>, campaign: &str) -> Option<Arc<About>> {
    let uid = campaign.to_owned();
    let key = (cx.revision, uid.clone());
    cached.get(cx.desk, key, move |view| Ok((view.campaign(&uid)?, view.calendar()?))).cloned()
}

/// Sessions to be added, as typed.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct KeptMany {
    label: String,
    patterns: Vec<Pattern>,
}

/// The form that adds sessions.
pub(in crate::ui) struct SessionsForm {
    campaign: String,
    kept: Option<KeptMany>,
    about: Cached<(i64, String), About>,
}

impl SessionsForm {
    /// For a campaign, with what was typed before.
    pub(in crate::ui) fn new(campaign: &str, draft: Option<&str>) -> Self {
        Self { campaign: campaign.to_owned(), kept: of_draft(draft), about: Cached::default() }
    }

    fn read(&self) -> Result<Vec<SessionEdit>, Message> {
        let (Some(kept), Some(about)) = (&self.kept, self.about.shown()) else {
            return Err(Message::new("ui-fill-in-first"));
        };
        read_all(&kept.patterns, &ground(about))
    }
}

fn ground(about: &About) -> Ground<'_> {
    Ground { period: Some((about.0.edit.first, about.0.edit.last)), calendar: &about.1 }
}

impl Fill for SessionsForm {
    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, _focus: Focus) {
        let Some(about) = about(&mut self.about, cx, &self.campaign) else { return };
        let label = || about.0.edit.name.clone();
        let kept = self.kept.get_or_insert_with(|| KeptMany { label: label(), ..KeptMany::default() });
        let edit = &about.0.edit;
        let days = Message::new("campaign-form-of").text("name", edit.name.clone());
        narrow(ui, |ui| {
            basic::soft(ui, cx.say(&days.date("first", edit.first).date("last", edit.last)));
            sum_ui(ui, cx, &kept.patterns, &ground(&about));
            patterns_ui(ui, cx, &mut kept.patterns, &ground(&about));
        });
    }

    fn command(&self, _cx: &Cx<'_>) -> Option<Command> {
        let sessions = self.read().ok()?;
        let campaign = self.campaign.clone();
        Some(Command::Campaign(CampaignCommand::AddSessions { campaign, sessions }))
    }

    fn missing(&self, cx: &Cx<'_>) -> Option<String> {
        self.kept.as_ref()?;
        self.read().err().map(|problem| cx.say(&problem))
    }

    fn typed(&self) -> Option<String> {
        self.kept.as_ref().and_then(to_draft)
    }

    fn save(&self) -> (Icon, &'static str) {
        (Icon::Check, "campaign-form-more")
    }

    fn failure(&self) -> Option<&Message> {
        self.about.failure()
    }
}

/// A session as typed.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct KeptOne {
    label: String,
    on: String,
    session: SessionText,
}

/// The form that corrects a session.
pub(in crate::ui) struct SessionForm {
    campaign: String,
    session: String,
    kept: Option<KeptOne>,
    about: Cached<(i64, String), About>,
    /// How many have nothing on the day that is typed.
    shut_out: Cached<(i64, String, NaiveDate), (NaiveDate, usize)>,
    /// The session is not there any more.
    gone: Option<Message>,
}

/// Who is planned in a session, in the order of the campaign.
pub(super) fn people_of<'a>(
    campaign: &'a Campaign,
    session: &'a SessionRow,
) -> impl Iterator<Item = &'a AppointmentRow> + 'a {
    let at = campaign.sessions.iter().position(|known| known.uid == session.uid);
    campaign.appointments.iter().filter(move |row| row.session.is_some() && row.session == at)
}

impl SessionForm {
    /// For a session of a campaign, with what was typed before.
    pub(in crate::ui) fn new(campaign: &str, session: &str, draft: Option<&str>) -> Self {
        let (campaign, session) = (campaign.to_owned(), session.to_owned());
        Self {
            campaign,
            session,
            kept: of_draft(draft),
            about: Cached::default(),
            shut_out: Cached::default(),
            gone: None,
        }
    }

    fn read(&self, cx: &Cx<'_>) -> Result<SessionEdit, Message> {
        let (Some(kept), Some(about)) = (&self.kept, self.about.shown()) else {
            return Err(Message::new("ui-fill-in-first"));
        };
        let campaign = &about.0;
        let row = campaign.session(&self.session).ok_or_else(|| Message::new("error-no-such-session"))?;
        let new = kept.session.read(kept.day(cx, campaign)?)?;
        let took_place = |row: &AppointmentRow| matches!(row.state, AppointmentState::Came | AppointmentState::Missed);
        if new.on != row.edit.on && people_of(campaign, row).any(took_place) {
            return Err(Message::new("error-session-took-place"));
        }
        let expected = people_of(campaign, row).filter(|row| row.state.is_expected()).count();
        if new.on != row.edit.on && new.on < cx.today && expected > 0 {
            let message = Message::new("error-session-past-people").number("count", expected);
            return Err(message.date("on", new.on));
        }
        if new.seats < row.taken {
            return Err(Message::new("error-session-seats-taken").number("taken", row.taken));
        }
        Ok(new)
    }

    /// How many of the people have nothing on the day that is typed; none while that is not known.
    fn shut_out(&mut self, cx: &Cx<'_>, (campaign, row): (&Campaign, &SessionRow)) -> usize {
        let on = self.kept.as_ref().and_then(|kept| kept.day(cx, campaign).ok());
        let Some(on) = on.filter(|on| *on != row.edit.on && *on >= cx.today) else { return 0 };
        let uid = row.uid.clone();
        let key = (cx.revision, uid.clone(), on);
        let known = self.shut_out.get(cx.desk, key, move |view| Ok((on, view.shut_out(&uid, on)?)));
        known.filter(|known| known.0 == on).map_or(0, |known| known.1)
    }

    /// What a correction means for who is planned there.
    fn people_ui(
        ui: &mut Ui,
        cx: &Cx<'_>,
        (campaign, row): (&Campaign, &SessionRow),
        new: &SessionEdit,
        shut_out: usize,
    ) {
        let is_another = new.on != row.edit.on || new.from != row.edit.from;
        let told = |row: &&AppointmentRow| matches!(row.state, AppointmentState::Invited | AppointmentState::Agreed);
        let told = people_of(campaign, row).filter(told).count();
        if is_another && told > 0 {
            basic::heed(ui, &cx.say(&Message::new("campaign-form-tell-again").number("count", told)));
        }
        if shut_out > 0 {
            basic::heed(ui, &cx.say(&Message::new("campaign-form-shut-out").number("count", shut_out)));
        }
        let place = if new.place.is_empty() { &campaign.edit.place } else { &new.place };
        if !is_another && place != campaign.place(row) && new.on >= cx.today {
            place_again_ui(ui, cx, told);
        }
    }
}

/// The slips of these many people name a place that is not right any more.
pub(super) fn place_again_ui(ui: &mut Ui, cx: &Cx<'_>, told: usize) {
    if told > 0 {
        basic::heed(ui, &cx.say(&Message::new("campaign-form-place-again").number("count", told)));
    }
}

impl KeptOne {
    fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        (campaign, row): (&Campaign, &SessionRow),
        (shut_out, focus): (usize, Focus),
    ) {
        let seats = Message::new("campaign-form-people").number("taken", row.taken).number("came", row.came);
        basic::soft(ui, format!("{} {}", campaign.edit.name, cx.say(&seats)));
        let day = self.day(cx, campaign);
        let words = match &day {
            Ok(on) => day_words(cx, *on),
            Err(problem) => cx.say(problem),
        };
        let note = if day.is_ok() { Below::Note(&words) } else { Below::Wrong(&words) };
        let response = text_line(ui, cx, "campaign-form-on", &mut self.on, note);
        if focus == Focus::Take {
            response.request_focus();
        }
        self.session.ui(ui, cx);
        if let Ok(new) = day.and_then(|on| self.session.read(on)) {
            SessionForm::people_ui(ui, cx, (campaign, row), &new, shut_out);
        }
    }

    fn day(&self, cx: &Cx<'_>, campaign: &Campaign) -> Result<NaiveDate, Message> {
        let on = read_planned(&self.on, cx.today).map_err(|_| Message::new("ui-date-unclear"))?;
        let (first, last) = (campaign.edit.first, campaign.edit.last);
        if on < first || on > last {
            let message = Message::new("error-session-outside").date("on", on);
            return Err(message.date("first", first).date("last", last));
        }
        Ok(on)
    }
}

impl Fill for SessionForm {
    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, focus: Focus) {
        let Some(about) = about(&mut self.about, cx, &self.campaign) else { return };
        let campaign = &about.0;
        let Some(row) = campaign.session(&self.session) else {
            self.gone = Some(Message::new("error-no-such-session"));
            return;
        };
        let shut_out = self.shut_out(cx, (campaign, row));
        let kept = self.kept.get_or_insert_with(|| KeptOne {
            label: campaign.edit.name.clone(),
            on: row.edit.on.to_string(),
            session: SessionText::of(&row.edit),
        });
        narrow(ui, |ui| kept.ui(ui, cx, (campaign, row), (shut_out, focus)));
    }

    fn command(&self, cx: &Cx<'_>) -> Option<Command> {
        let edit = Box::new(self.read(cx).ok()?);
        let session = self.session.clone();
        Some(Command::Campaign(CampaignCommand::EditSession { session, edit }))
    }

    fn missing(&self, cx: &Cx<'_>) -> Option<String> {
        self.kept.as_ref()?;
        self.read(cx).err().map(|problem| cx.say(&problem))
    }

    fn typed(&self) -> Option<String> {
        self.kept.as_ref().and_then(to_draft)
    }

    fn save(&self) -> (Icon, &'static str) {
        (Icon::Check, "form-save")
    }

    fn failure(&self) -> Option<&Message> {
        self.gone.as_ref().or_else(|| self.about.failure())
    }
}
