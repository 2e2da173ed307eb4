//! What came of writing a file for people: where it is, with a button that opens it there, or why there is none.

use std::path::PathBuf;

use eframe::egui::{Label, Ui};

use crate::domain::message::Message;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::words::Words;

/// The last file of a page.
#[derive(Default)]
pub struct Written(Option<Result<(String, PathBuf), String>>);

impl Written {
    /// It was written; `key` says so of its `path`.
    pub fn wrote(&mut self, words: &Words, key: &'static str, file: PathBuf) {
        let message = Message::new(key).text("path", file.display().to_string());
        self.0 = Some(Ok((words.say(&message), file)));
    }

    /// Something on the page failed.
    pub fn failed(&mut self, why: String) {
        self.0 = Some(Err(why));
    }

    /// Another is under way.
    pub fn clear(&mut self) {
        self.0 = None;
    }

    /// Whether the last was written.
    pub fn is_there(&self) -> bool {
        matches!(self.0, Some(Ok(_)))
    }

    /// Says it; nothing where nothing was written.
    pub fn ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        match &self.0 {
            Some(Ok((words, file))) => {
                theme::note(theme::of(ui).accent_pale).show(ui, |ui| {
                    ui.horizontal_wrapped(|ui| {
                        ui.add(Label::new(words).wrap());
                        if button(ui, Icon::ExternalLink, &cx.t("ui-open-file")).clicked() {
                            cx.push(Action::ShowFile(file.clone()));
                        }
                    });
                });
            }
            Some(Err(why)) => basic::wrong(ui, why),
            None => {}
        }
    }
}
