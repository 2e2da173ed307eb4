//! A campaign, entered and corrected: what for, when, where, and for a new one its sessions. What is wrong is said where it
//! is typed; a form only makes a command.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use eframe::egui::{Checkbox, Ui};
use serde::{Deserialize, Serialize};

use crate::domain::campaign::AppointmentState;
use crate::domain::entry::read_planned;
use crate::domain::message::Message;
use crate::domain::programme::{Kind, Programme, Status};
use crate::domain::schedule::{Calendar, LONGEST};
use crate::ledger::campaigns::command::CampaignCommand;
use crate::ledger::campaigns::{Campaign, CampaignEdit, NewCampaign};
use crate::ledger::command::Command;
use crate::ledger::error::Result as Read;
use crate::ledger::view::View;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::forms::line::{Below, line, text_line};
use crate::ui::forms::{Fill, Focus, of_draft, to_draft};
use crate::ui::icon::Icon;
use crate::ui::tabs::campaigns::days::day_words;
use crate::ui::tabs::campaigns::pattern::{Ground, Pattern, patterns_ui, read_all, sum_ui};
use crate::ui::tabs::campaigns::session_form::place_again_ui;
use crate::ui::tabs::campaigns::session_text::{below, long, short};
use crate::ui::theme;
use crate::ui::widgets::basic;

/// What is typed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    label: String,
    name: String,
    /// The name that was proposed last: it follows what is typed until another one is.
    proposed: String,
    programmes: BTreeSet<String>,
    first: String,
    last: String,
    place: String,
    bring: String,
    prepare: String,
    patterns: Vec<Pattern>,
}

/// What is read of the ledger.
struct About {
    /// Programmes that sessions can be made for.
    programmes: Vec<Arc<Programme>>,
    calendar: Calendar,
    /// The campaign that is corrected.
    campaign: Option<Campaign>,
}

impl About {
    fn read(view: &View, uid: &str) -> Read<Self> {
        let is_one = |programme: &Arc<Programme>| {
            matches!(programme.kind, Kind::Check | Kind::Vaccine) && !matches!(programme.status, Status::Ended { .. })
        };
        let programmes = view.in_force()?.into_iter().filter(is_one).collect();
        let campaign = if uid.is_empty() { None } else { Some(view.campaign(uid)?) };
        Ok(Self { programmes, calendar: view.calendar()?, campaign })
    }
}

/// The form.
pub(in crate::ui) struct CampaignForm {
    /// Empty for a new one.
    campaign: String,
    kept: Option<Kept>,
    about: Cached<(i64, String), About>,
}

impl CampaignForm {
    /// For the campaign with this uid, none for a new one; with what was typed before.
    pub(in crate::ui) fn new(campaign: &str, draft: Option<&str>) -> Self {
        Self { campaign: campaign.to_owned(), kept: of_draft(draft), about: Cached::default() }
    }

    fn begin(&mut self, cx: &Cx<'_>) -> Option<Arc<About>> {
        let uid = self.campaign.clone();
        let key = (cx.revision, uid.clone());
        let about = self.about.get(cx.desk, key, move |view| About::read(view, &uid)).cloned()?;
        if self.kept.is_none() {
            self.kept = Some(about.campaign.as_ref().map_or_else(Kept::default, Kept::of));
        }
        Some(about)
    }

    /// The campaign as typed.
    fn edit(&self, cx: &Cx<'_>) -> Result<CampaignEdit, Message> {
        let (Some(kept), Some(about)) = (&self.kept, self.about.shown()) else {
            return Err(Message::new("ui-fill-in-first"));
        };
        let is_known = |id: &&String| about.programmes.iter().any(|programme| programme.id == **id);
        let programmes: Vec<String> = kept.programmes.iter().filter(is_known).cloned().collect();
        if programmes.is_empty() {
            return Err(Message::new("error-campaign-no-programme"));
        }
        let (first, last) = kept.period(cx)?;
        let sessions = about.campaign.iter().flat_map(|campaign| &campaign.sessions);
        if sessions.map(|session| session.edit.on).any(|on| on < first || on > last) {
            return Err(Message::new("error-campaign-sessions-outside"));
        }
        let name = short(&kept.name)?;
        if name.is_empty() {
            return Err(Message::new("error-campaign-name"));
        }
        let (place, bring, prepare) = (long(&kept.place)?, long(&kept.bring)?, long(&kept.prepare)?);
        Ok(CampaignEdit { name, programmes, first, last, place, bring, prepare })
    }

    fn read(&self, cx: &Cx<'_>) -> Result<CampaignCommand, Message> {
        let edit = self.edit(cx)?;
        if !self.campaign.is_empty() {
            return Ok(CampaignCommand::Edit { campaign: self.campaign.clone(), edit: Box::new(edit) });
        }
        let (Some(kept), Some(about)) = (&self.kept, self.about.shown()) else {
            return Err(Message::new("ui-fill-in-first"));
        };
        let ground = Ground { period: Some((edit.first, edit.last)), calendar: &about.calendar };
        let sessions = read_all(&kept.patterns, &ground)?;
        Ok(CampaignCommand::Start(Box::new(NewCampaign { edit, sessions })))
    }
}

impl Kept {
    fn of(campaign: &Campaign) -> Self {
        let edit = &campaign.edit;
        Self {
            label: edit.name.clone(),
            name: edit.name.clone(),
            proposed: String::new(),
            programmes: edit.programmes.iter().cloned().collect(),
            first: edit.first.to_string(),
            last: edit.last.to_string(),
            place: edit.place.clone(),
            bring: edit.bring.clone(),
            prepare: edit.prepare.clone(),
            patterns: Vec::new(),
        }
    }

    fn period(&self, cx: &Cx<'_>) -> Result<(NaiveDate, NaiveDate), Message> {
        let day = |text: &str| read_planned(text, cx.today).map_err(|_| Message::new("campaign-form-dates"));
        let (first, last) = (day(&self.first)?, day(&self.last)?);
        if first > last {
            return Err(Message::new("error-campaign-dates"));
        }
        if (last - first).num_days() > LONGEST || !(2000..=2200).contains(&first.year()) {
            return Err(Message::new("error-campaign-long"));
        }
        Ok((first, last))
    }

    /// 2027年春季老年人体检: follows programmes and days until another name is typed.
    fn propose(&mut self, cx: &Cx<'_>, programmes: &[Arc<Programme>]) {
        let chosen: Vec<&str> = programmes
            .iter()
            .filter(|programme| self.programmes.contains(&programme.id))
            .map(|programme| cx.words.pick(&programme.names))
            .collect();
        let first = read_planned(&self.first, cx.today).ok();
        let proposed = first.zip(chosen.first()).map_or_else(String::new, |(first, programme)| {
            let key = if chosen.len() > 1 { "campaign-form-name-many" } else { "campaign-form-name-one" };
            let message = Message::new(key).text("year", first.year().to_string()).word("season", season(first));
            cx.say(&message.text("programme", *programme))
        });
        if proposed != self.proposed {
            if self.name.is_empty() || self.name == self.proposed {
                self.name.clone_from(&proposed);
            }
            self.proposed = proposed;
        }
        self.label.clone_from(&self.name);
    }

    /// What for: the first field has the keyboard.
    fn programmes_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, programmes: &[Arc<Programme>], focus: Focus) {
        line(ui, &cx.t("campaign-form-programmes"), |ui, _| {
            for (at, programme) in programmes.iter().enumerate() {
                let mut chosen = self.programmes.contains(&programme.id);
                let response = ui.add(Checkbox::new(&mut chosen, cx.words.pick(&programme.names)));
                if at == 0 && focus == Focus::Take {
                    response.request_focus();
                }
                if response.changed() && !self.programmes.remove(&programme.id) {
                    self.programmes.insert(programme.id.clone());
                }
            }
        });
    }

    fn days_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let reversed = self.period(cx).err().filter(|problem| problem.key != "campaign-form-dates");
        let reversed = reversed.map(|problem| cx.say(&problem));
        for (key, text, problem) in
            [("campaign-form-first", &mut self.first, None), ("campaign-form-last", &mut self.last, reversed)]
        {
            let read = read_planned(text, cx.today);
            let words = match read {
                Ok(on) => day_words(cx, on),
                Err(_) if text.trim().is_empty() => cx.t("campaign-form-date-hint"),
                Err(_) => cx.t("ui-date-unclear"),
            };
            let note = match (&problem, read) {
                (Some(problem), _) => Below::Wrong(problem),
                (None, Err(_)) if !text.trim().is_empty() => Below::Wrong(&words),
                (None, Ok(on)) if on < cx.today => Below::Odd(&words),
                _ => Below::Note(&words),
            };
            text_line(ui, cx, key, text, note);
        }
    }

    fn words_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, programmes: &[Arc<Programme>]) {
        let said = |problem: Result<String, Message>| problem.err().map(|problem| cx.say(&problem));
        let (name, place) = (said(short(&self.name)), said(long(&self.place)));
        text_line(ui, cx, "campaign-form-name", &mut self.name, below(name.as_deref()));
        text_line(ui, cx, "campaign-form-place", &mut self.place, below(place.as_deref()));
        let bring = said(long(&self.bring));
        let usual: Vec<&str> = programmes
            .iter()
            .filter(|programme| self.programmes.contains(&programme.id))
            .filter_map(|programme| programme.visit.as_ref())
            .map(|visit| cx.words.pick(&visit.bring))
            .collect();
        let usual = cx.say(&Message::new("campaign-form-bring-usual").text("what", usual.join(" ")));
        let note = match (&bring, self.bring.trim().is_empty() && !self.programmes.is_empty()) {
            (Some(problem), _) => Below::Wrong(problem),
            (None, true) => Below::Note(&usual),
            (None, false) => Below::Nothing,
        };
        text_line(ui, cx, "campaign-form-bring", &mut self.bring, note);
        let prepare = said(long(&self.prepare));
        text_line(ui, cx, "campaign-form-prepare", &mut self.prepare, below(prepare.as_deref()));
    }

    fn left_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, about: &About, focus: Focus) {
        self.programmes_ui(ui, cx, &about.programmes, focus);
        self.days_ui(ui, cx);
        if about.campaign.is_none() {
            self.propose(cx, &about.programmes);
        }
        self.words_ui(ui, cx, &about.programmes);
        if let Some(campaign) = &about.campaign
            && long(&self.place).is_ok_and(|place| place != campaign.edit.place)
        {
            place_again_ui(ui, cx, told_the_place(campaign, cx.today));
        }
    }

    fn right_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, about: &About) {
        basic::head(ui, cx.t("campaign-form-sessions"));
        let period = self.period(cx).ok();
        if period.is_none() {
            basic::hint(ui, cx.t("campaign-form-dates-first"));
        }
        let ground = Ground { period, calendar: &about.calendar };
        sum_ui(ui, cx, &self.patterns, &ground);
        patterns_ui(ui, cx, &mut self.patterns, &ground);
    }
}

/// How many were told of a day ahead at the campaign's own place.
fn told_the_place(campaign: &Campaign, today: NaiveDate) -> usize {
    let is_there = |at: usize| {
        let session = &campaign.sessions[at].edit;
        session.place.is_empty() && session.on >= today
    };
    let told = campaign.appointments.iter().filter(|row| row.session.is_some_and(is_there));
    told.filter(|row| matches!(row.state, AppointmentState::Invited | AppointmentState::Agreed)).count()
}

/// No field is wider than can be looked over.
pub(super) fn narrow(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    ui.scope(|ui| {
        ui.set_max_width(ui.available_width().min(theme::FORM_WIDTH));
        content(ui);
    });
}

/// The season of a day, as the key of its word.
fn season(on: NaiveDate) -> &'static str {
    match on.month() {
        3..=5 => "campaign-form-spring",
        6..=8 => "campaign-form-summer",
        9..=11 => "campaign-form-autumn",
        _ => "campaign-form-winter",
    }
}

impl Fill for CampaignForm {
    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, focus: Focus) {
        let about = self.begin(cx);
        let (Some(about), Some(kept)) = (about, &mut self.kept) else { return };
        if about.campaign.is_some() {
            return narrow(ui, |ui| kept.left_ui(ui, cx, &about, focus));
        }
        if ui.available_width() < theme::NARROW {
            kept.left_ui(ui, cx, &about, focus);
            return kept.right_ui(ui, cx, &about);
        }
        ui.spacing_mut().item_spacing.x = 2.0 * theme::MARGIN;
        ui.columns(2, |columns| {
            columns.iter_mut().for_each(|ui| ui.spacing_mut().item_spacing.x = theme::GAP);
            kept.left_ui(&mut columns[0], cx, &about, focus);
            kept.right_ui(&mut columns[1], cx, &about);
        });
    }

    fn command(&self, cx: &Cx<'_>) -> Option<Command> {
        self.read(cx).ok().map(Command::Campaign)
    }

    fn missing(&self, cx: &Cx<'_>) -> Option<String> {
        self.kept.as_ref()?;
        self.read(cx).err().map(|problem| cx.say(&problem))
    }

    fn typed(&self) -> Option<String> {
        self.kept.as_ref().and_then(to_draft)
    }

    fn save(&self) -> (Icon, &'static str) {
        (Icon::Check, if self.campaign.is_empty() { "campaign-form-start" } else { "form-save" })
    }

    fn failure(&self) -> Option<&Message> {
        self.about.failure()
    }
}
