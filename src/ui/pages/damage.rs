//! A damaged ledger: what happened in one sentence, and three ways in their order: the newest sound backup, the same with the
//! readable rest, a packet for whoever helps.

use std::path::{Path, PathBuf};

use eframe::egui::{Label, Ui};

use crate::desk::opening::Opening;
use crate::desk::recovery::{Looked, Reach, find, pack};
use crate::desk::{Answer, Desk};
use crate::domain::message::{Message, Say as _};
use crate::ledger::command::Stamp;
use crate::ledger::error::ErrorKind;
use crate::ledger::packet::{HelpPacket, sheet};
use crate::ledger::recovery::{Condition, Findings, SoundBackup};
use crate::ledger::restore::Later;
use crate::ui::action::{Action, Entry};
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button, main_button_if};
use crate::ui::widgets::path_field::{PathField, Wanted};
use crate::words::Words;

/// What came of looking.
enum State {
    Looking(Answer<Looked>),
    Found(Looked),
    Failed(Message),
}

/// The page.
pub struct DamagePage {
    /// Where the ledger lies.
    path: PathBuf,
    reach: Reach,
    state: State,
    folder: PathField,
    packing: Option<Answer<HelpPacket>>,
    told: Option<Result<String, String>>,
}

impl DamagePage {
    /// The page of the ledger at this path; begins to look.
    pub fn new(path: &Path, reach: Reach, desk: &Desk) -> Self {
        let state = State::Looking(find(desk, reach.clone()));
        Self { path: path.to_owned(), reach, state, folder: PathField::default(), packing: None, told: None }
    }

    /// Whether the ledger lies open on the desk, so that what can be read of it can be looked at.
    pub fn is_open(&self) -> bool {
        matches!(self.reach, Reach::Open)
    }

    /// The ledger was put away.
    pub fn closed(&mut self) {
        if let State::Found(looked) = &self.state {
            self.reach = Reach::Known(looked.way.clone());
        }
    }

    /// Whether something is under way.
    pub fn is_busy(&self) -> bool {
        self.packing.is_some() || matches!(self.state, State::Looking(_))
    }

    /// Looks once more.
    pub fn look_again(&mut self, desk: &Desk) {
        self.state = State::Looking(find(desk, self.reach.clone()));
    }

    /// Begins the packet.
    pub fn pack(&mut self, desk: &Desk, words: &Words, folder: PathBuf, stamp: Stamp) {
        let findings = match &self.state {
            State::Found(looked) => Some(&looked.findings),
            _ => None,
        };
        let lines: Vec<String> = sheet(findings, &stamp).iter().map(|message| words.say(message)).collect();
        self.told = None;
        self.packing = Some(pack(desk, (self.path.clone(), lines.join("\n")), folder, stamp));
    }

    /// Takes what arrived.
    pub fn arrive(&mut self, words: &Words) {
        if let State::Looking(answer) = &self.state
            && let Some(result) = answer.take()
        {
            self.state = match result {
                Ok(looked) => State::Found(looked),
                Err(error) => State::Failed(error.message()),
            };
        }
        if let Some(result) = self.packing.as_ref().and_then(Answer::take) {
            self.packing = None;
            self.told = match result {
                Ok(packet) => Some(Ok(words.say(&packet.message()))),
                Err(error) if error.kind == ErrorKind::Cancelled => None,
                Err(error) => Some(Err(words.of(&error))),
            };
        }
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.add_space(theme::GAP);
        basic::head(ui, cx.t(self.title()));
        match &self.state {
            State::Looking(answer) => {
                basic::soft(ui, cx.t("damage-page-calm"));
                if basic::progress(ui, cx, &cx.t("damage-page-looking"), answer.progress()) {
                    answer.cancel();
                }
            }
            State::Failed(message) => {
                basic::soft(ui, cx.t("damage-page-calm"));
                basic::wrong(ui, &cx.say(message));
                again_ui(ui, cx);
            }
            State::Found(looked) => found_ui(ui, cx, looked, self.is_open()),
        }
        if !matches!(&self.state, State::Looking(_)) {
            theme::card(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                self.packet_ui(ui, cx);
            });
        }
        self.ways_out_ui(ui, cx);
    }

    fn title(&self) -> &'static str {
        let State::Found(looked) = &self.state else { return "damage-page-title" };
        match looked.findings.condition {
            Condition::Sound => "damage-page-title-sound",
            Condition::OtherKeys => "damage-page-title-keys",
            Condition::Missing => "damage-page-title-missing",
            _ => "damage-page-title",
        }
    }

    /// How many ways there are before help is asked for.
    fn ways(&self) -> i64 {
        let State::Found(looked) = &self.state else { return 0 };
        let findings = &looked.findings;
        if findings.condition == Condition::Sound {
            return 0;
        }
        i64::from(findings.backup.is_some()) + i64::from(findings.carried.is_some())
    }

    fn packet_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let place = self.ways() + 1;
        basic::head(ui, cx.say(&Message::new("damage-page-help").number("place", place)));
        basic::soft(ui, cx.t("damage-page-help-hint"));
        match &self.told {
            Some(Ok(words)) => basic::done(ui, words),
            Some(Err(words)) => basic::wrong(ui, words),
            None => {}
        }
        if let Some(answer) = &self.packing {
            if basic::progress(ui, cx, &cx.t("damage-page-packing"), answer.progress()) {
                answer.cancel();
            }
            return;
        }
        self.folder.ui(ui, cx, "damage-page-help-folder", Wanted::Folder);
        let why = cx.t("ui-fill-in-first");
        let ready = if self.folder.path().is_some() { Ok(()) } else { Err(why.as_str()) };
        if main_button_if(ui, ready, Icon::Package, &cx.t("damage-page-help-write"))
            && let Some(folder) = self.folder.path()
        {
            cx.push(Action::PackForHelp(folder));
        }
    }

    fn ways_out_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            if self.is_open() && button(ui, Icon::Eye, &cx.t("damage-page-look-on")).clicked() {
                cx.push(Action::LookOn);
            }
            if button(ui, Icon::FolderOpen, &cx.t("damage-page-other")).clicked() {
                cx.push(Action::ChooseBackup(self.path.clone()));
            }
            if !self.is_open() && button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked() {
                cx.push(Action::Entry(Entry::Choices));
            }
        });
    }
}

/// What was found, and the two ways that follow from it.
fn found_ui(ui: &mut Ui, cx: &mut Cx<'_>, looked: &Looked, is_open: bool) {
    let findings = &looked.findings;
    let condition = cx.of(&findings.condition);
    if findings.condition == Condition::Sound {
        basic::done(ui, &condition);
        basic::soft(ui, cx.t("damage-page-sound"));
        if is_open && main_button(ui, Icon::FolderOpen, &cx.t("damage-page-reopen")).clicked() {
            cx.push(Action::CloseLedger);
        }
        again_ui(ui, cx);
        return;
    }
    basic::wrong(ui, &condition);
    if findings.condition == Condition::OtherKeys {
        again_ui(ui, cx);
        return;
    }
    if findings.condition == Condition::Missing {
        basic::soft(ui, cx.t("damage-page-gone"));
        again_ui(ui, cx);
    } else {
        basic::soft(ui, cx.t("damage-page-calm"));
    }
    let Some(backup) = &findings.backup else {
        if let Some(passed) = findings.passed_over() {
            basic::heed(ui, &cx.say(&passed));
        }
        basic::heed(ui, &cx.t("damage-no-backup"));
        return;
    };
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        backup_ui(ui, cx, looked, backup);
    });
    if findings.carried.is_some() {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            carried_ui(ui, cx, looked, backup);
        });
    }
}

/// Looking once more, after something was put right beside the ledger.
fn again_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    if button(ui, Icon::RefreshCw, &cx.t("damage-page-again")).clicked() {
        cx.push(Action::LookAtDamage);
    }
}

/// The first way: the backup alone.
fn backup_ui(ui: &mut Ui, cx: &mut Cx<'_>, looked: &Looked, backup: &SoundBackup) {
    let findings = &looked.findings;
    basic::head(ui, cx.t("damage-page-backup"));
    basic::point(ui, Icon::ShieldCheck, cx.of(backup));
    if let Some(passed) = findings.passed_over() {
        basic::heed(ui, &cx.say(&passed));
    }
    said(ui, cx, &findings.later_message());
    if findings.carried.is_none()
        && let Some(message) = findings.carried_message()
    {
        said(ui, cx, &message);
    }
    let words = cx.t("damage-page-use-backup");
    // Where more can be had, that is the one to press.
    let pressed = match best(findings) {
        Later::Leave => main_button(ui, Icon::FolderOpen, &words).clicked(),
        Later::Replay => button(ui, Icon::FolderOpen, &words).clicked(),
    };
    if pressed {
        cx.push(open(looked, backup, Later::Leave));
    }
}

/// The second way: the backup with what can still be read of the rest.
fn carried_ui(ui: &mut Ui, cx: &mut Cx<'_>, looked: &Looked, backup: &SoundBackup) {
    basic::head(ui, cx.t("damage-page-carry"));
    if let Some(message) = looked.findings.carried_message() {
        said(ui, cx, &message);
    }
    if main_button(ui, Icon::FolderOpen, &cx.t("damage-page-use-carry")).clicked() {
        cx.push(open(looked, backup, Later::Replay));
    }
}

fn best(findings: &Findings) -> Later {
    if findings.carried.is_some() { Later::Replay } else { Later::Leave }
}

fn open(looked: &Looked, backup: &SoundBackup, later: Later) -> Action {
    Action::Open(Opening::Recover { way: looked.way.clone(), backup: backup.path.clone(), later })
}

fn said(ui: &mut Ui, cx: &Cx<'_>, message: &Message) {
    ui.add(Label::new(cx.say(message)).wrap());
}
