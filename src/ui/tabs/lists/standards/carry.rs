//! The small file to other villages: written into a folder, and looked at before anything of it is taken over.

use std::path::PathBuf;

use eframe::egui::{Label, Ui};

use crate::desk::Answer;
use crate::domain::message::{Message, Say as _};
use crate::ledger::command::Command;
use crate::ledger::local_file::LocalFile;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tabs::lists::standards::Standards;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button};
use crate::ui::widgets::local_value::value_words;
use crate::ui::widgets::path_field::{PathField, Wanted};

/// What is under way.
#[derive(Default)]
pub struct Carry {
    folder: PathField,
    file: PathField,
    writing: Option<Answer<PathBuf>>,
    looking: Option<Answer<LocalFile>>,
    written: Option<PathBuf>,
    found: Option<LocalFile>,
    failed: Option<Message>,
}

impl Carry {
    /// Takes what the desk has answered.
    pub fn arrive(&mut self) {
        if let Some(result) = self.writing.as_ref().and_then(Answer::take) {
            self.writing = None;
            match result {
                Ok(path) => self.written = Some(path),
                Err(error) => self.failed = Some(error.message()),
            }
        }
        if let Some(result) = self.looking.as_ref().and_then(Answer::take) {
            self.looking = None;
            match result {
                Ok(found) => self.found = Some(found),
                Err(error) => self.failed = Some(error.message()),
            }
        }
    }

    /// Draws both ways.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, standards: &Standards) {
        basic::head(ui, cx.t("local-carry"));
        basic::soft(ui, cx.t("local-carry-hint"));
        if let Some(message) = &self.failed {
            basic::wrong(ui, &cx.say(message));
        }
        ui.push_id("local-out", |ui| {
            self.folder.ui(ui, cx, "local-folder", Wanted::Folder);
            if button(ui, Icon::Download, &cx.t("local-write")).clicked()
                && let Some(folder) = self.folder.path()
            {
                (self.failed, self.written) = (None, None);
                let today = cx.today;
                self.writing = Some(cx.desk.ask(move |view| view.export_local(&folder, today)));
            }
        });
        if let Some(path) = &self.written {
            basic::hint(ui, cx.say(&Message::new("local-written").text("path", path.display().to_string())));
        }
        ui.add_space(theme::GAP);
        ui.push_id("local-in", |ui| self.look_ui(ui, cx));
        if let Some(found) = self.found.take() {
            self.found = self.found_ui(ui, cx, standards, &found).then_some(found);
        }
    }

    fn look_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let settled = self.file.ui(ui, cx, "local-file", Wanted::File);
        let pressed = button(ui, Icon::Search, &cx.t("local-look")).clicked();
        if (settled || pressed)
            && let Some(path) = self.file.path()
        {
            (self.failed, self.found) = (None, None);
            let today = cx.today;
            self.looking = Some(cx.desk.ask(move |view| view.look_at_local(&path, today)));
        }
    }

    /// What would be written, what would not; false where it is over.
    fn found_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, standards: &Standards, found: &LocalFile) -> bool {
        for value in &found.values {
            let Some((programme, def)) = standards.def(&value.programme, &value.key) else { continue };
            let old = standards.set.get(&value.programme, &value.key).map(|set| value_words(cx, def, &set.value));
            let words = Message::new("local-would-set")
                .text("programme", cx.words.pick(&programme.names))
                .text("name", cx.words.pick(&def.names))
                .text("old", old.unwrap_or_else(|| cx.t("local-none")))
                .text("new", value_words(cx, def, &value.value))
                .text("title", value.source.clone())
                .date("on", value.on);
            ui.add(Label::new(cx.say(&words)).wrap());
        }
        for refused in &found.refused {
            let words = Message::new("local-refused").number("number", refused.number as u64);
            let words = words.text("name", refused.name.clone()).word("problem", refused.problem.key());
            basic::wrong(ui, &cx.say(&words));
        }
        let mut stays = true;
        ui.horizontal_wrapped(|ui| {
            if !found.values.is_empty() {
                let words = cx.say(&Message::new("local-take-over").number("count", found.values.len() as u64));
                if main_button(ui, Icon::Check, &words).clicked() {
                    cx.push(Action::Run(Command::SetLocals { values: found.values.clone() }));
                    stays = false;
                }
            }
            stays &= !button(ui, Icon::X, &cx.t("local-leave")).clicked();
        });
        stays
    }
}
