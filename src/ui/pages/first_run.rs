//! The first page: start a village, try the demo village, open a copy, or, quietly, start a township.

use std::path::Path;

use eframe::egui::{self, Align, Button, Layout, RichText, Role, ScrollArea, Ui, Vec2, WidgetInfo};
use zeroize::Zeroize as _;

use super::new_passphrase::{NewPassphrase, missing};
use crate::desk::opening::{Lies, Opening};
use crate::domain::area_code::AreaCode;
use crate::ui::Launch;
use crate::ui::action::{Action, Entry};
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, sized};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, field, main_button_if};

/// The frame of the pages before a ledger is open: the program's name, the language, the page.
pub fn frame_ui(ui: &mut Ui, cx: &mut Cx<'_>, content: impl FnOnce(&mut Ui, &mut Cx<'_>)) {
    ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
        for language in crate::words::Language::ALL {
            let name = cx.t(&format!("ui-language-{}", language.code()));
            if ui.selectable_label(cx.words.language() == *language, name).clicked() {
                cx.push(Action::Language(*language));
            }
        }
        ui.with_layout(Layout::left_to_right(Align::TOP), |ui| {
            ui.label(RichText::new(cx.t("ui-name")).heading().color(theme::of(ui).accent));
            basic::soft(ui, cx.t("ui-what-it-is"));
        });
    });
    ui.add_space(theme::GAP);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let left = ((ui.available_width() - theme::FORM_WIDTH) / 2.0).max(0.0);
        ui.horizontal_top(|ui| {
            ui.add_space(left);
            ui.vertical(|ui| {
                ui.set_max_width(theme::FORM_WIDTH);
                content(ui, cx);
            });
        });
    });
}

/// The three ways to begin; where a ledger lies here already, opening it takes the place of starting one.
pub fn choices_ui(ui: &mut Ui, cx: &mut Cx<'_>, launch: &Launch, lies: Lies) {
    ui.add_space(theme::MARGIN);
    let demo = |path: &Path| Action::Open(Opening::Demo { path: path.to_owned() });
    if lies == Lies::Nothing {
        if choice(ui, cx, Icon::HousePlus, "ui-choice-new", "ui-choice-new-hint") {
            cx.push(Action::Entry(Entry::NewVillage));
        }
    } else if choice(ui, cx, Icon::KeyRound, "ui-choice-unlock", unlock_hint(lies)) {
        let asks = lies != Lies::Demo;
        cx.push(if asks { Action::Entry(Entry::Unlock) } else { demo(&launch.ledger) });
    }
    if choice(ui, cx, Icon::Sprout, "ui-choice-demo", "ui-choice-demo-hint") {
        cx.push(demo(&launch.demo));
    }
    let has_room = matches!(lies, Lies::Nothing | Lies::Gone);
    if has_room && choice(ui, cx, Icon::FolderOpen, "ui-choice-copy", "ui-choice-copy-hint") {
        cx.push(Action::Entry(Entry::OpenCopy));
    }
    if lies == Lies::Nothing {
        // Quiet: of thirty who read this page, one is the township.
        ui.vertical_centered(|ui| {
            if basic::link(ui, &cx.t("ui-choice-office")).clicked() {
                cx.push(Action::Entry(Entry::NewOffice));
            }
        });
    }
    let is_real = matches!(lies, Lies::Village | Lies::Gone);
    if is_real && choice(ui, cx, Icon::FolderOpen, "ui-restore-title", "ui-choice-restore-hint") {
        cx.push(Action::Entry(Entry::Restore));
    }
}

fn unlock_hint(lies: Lies) -> &'static str {
    if lies == Lies::Gone { "ui-choice-gone-hint" } else { "ui-choice-unlock-hint" }
}

/// A large button with an icon, a title and a sentence.
fn choice(ui: &mut Ui, cx: &Cx<'_>, glyph: Icon, title: &str, hint: &str) -> bool {
    let title = cx.t(title);
    let words = egui::WidgetText::from(cx.t(hint));
    // As high as its sentence needs, which in a narrow window runs over several lines.
    let font = egui::TextStyle::Body.resolve(ui.style());
    let room = ui.available_width() - 120.0;
    let lines = ui.painter().layout(cx.t(hint), font, theme::of(ui).ink_soft, room).size().y;
    let size = Vec2::new(ui.available_width(), (lines + 62.0).max(92.0));
    let response = ui.add(Button::new("").min_size(size).corner_radius(10));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &title));
    let inside = response.rect.shrink2(Vec2::new(20.0, 12.0));
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(inside).layout(Layout::left_to_right(Align::Center)));
    // Only painted: the button beneath is what is pressed and what is read aloud.
    child.style_mut().interaction.selectable_labels = false;
    child.label(sized(glyph, 36.0).color(theme::of(ui).accent));
    child.add_space(12.0);
    child.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add_space(2.0);
        ui.label(RichText::new(&title).text_style(theme::strong_style()));
        ui.add(egui::Label::new(words.color(theme::of(ui).ink_soft)).wrap());
    });
    ui.add_space(4.0);
    response.clicked()
}

/// Whose ledger is started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Founding {
    /// A village's.
    #[default]
    Village,
    /// A township's or county's.
    Office,
}

impl Founding {
    /// The keys of the head, the name, the code and what is said below it.
    fn words(self) -> [&'static str; 4] {
        match self {
            Self::Village => ["ui-choice-new", "ui-village-name", "ui-village-code", "ui-village-code-hint"],
            Self::Office => ["ui-choice-office", "ui-office-name", "ui-office-code", "ui-office-code-hint"],
        }
    }

    fn read(self, code: &str) -> Result<AreaCode, &'static str> {
        match self {
            Self::Village => AreaCode::of_village(code),
            Self::Office => AreaCode::of_office(code),
        }
    }
}

/// The form of a new village, or of the office above it.
#[derive(Default)]
pub struct NewVillagePage {
    founding: Founding,
    name: String,
    code: String,
    passphrase: NewPassphrase,
    /// The first field has had the keyboard once.
    focused: bool,
}

impl NewVillagePage {
    /// An empty form.
    pub fn of(founding: Founding) -> Self {
        Self { founding, ..Self::default() }
    }

    /// Draws the form.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, launch: &Launch) {
        let [head, name, code, code_hint] = self.founding.words();
        basic::head(ui, cx.t(head));
        let first = field(ui, &cx.t(name), &mut self.name, Shown::Clear, None);
        if !std::mem::replace(&mut self.focused, true) {
            first.request_focus();
        }
        let problem = self.code_problem().map(|key| cx.t(key));
        field(ui, &cx.t(code), &mut self.code, Shown::Clear, problem.as_deref());
        basic::hint(ui, cx.t(code_hint));
        let entered = self.passphrase.ui(ui, cx);
        ui.add_space(theme::GAP);
        let missing = self.missing(cx);
        ui.horizontal(|ui| {
            let ready = missing.as_deref().map_or(Ok(()), Err);
            let pressed = main_button_if(ui, ready, Icon::HousePlus, &cx.t("ui-start-village"));
            if pressed || (entered && ready.is_ok()) {
                cx.push(Action::Open(self.opening(ui, launch)));
            }
            if basic::button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked() {
                cx.push(Action::Entry(Entry::Choices));
            }
        });
        if let Some(missing) = missing {
            basic::hint(ui, missing);
        }
    }

    /// What is still to be filled in, in a sentence; none where the village can be started.
    fn missing(&self, cx: &Cx<'_>) -> Option<String> {
        let [_, name, code, _] = self.founding.words();
        let [first, second] = self.passphrase.fields();
        let (name, code) = ((self.name.trim().is_empty(), name), (self.founding.read(&self.code).is_err(), code));
        missing(cx, &[name, code, first, second])
    }

    /// What is wrong with the code, once nothing more can be typed that would mend it.
    fn code_problem(&self) -> Option<&'static str> {
        let digits = self.code.trim();
        let is_being_typed = digits.len() < 12 && digits.chars().all(|c| c.is_ascii_digit());
        if is_being_typed { None } else { self.founding.read(digits).err() }
    }

    fn opening(&mut self, ui: &Ui, launch: &Launch) -> Opening {
        Opening::New {
            path: launch.ledger.clone(),
            code: self.founding.read(&self.code).map_or_else(|_| String::new(), |code| code.as_str().to_owned()),
            name: self.name.trim().to_owned(),
            passphrase: self.passphrase.take(ui),
        }
    }
}

/// Empties a secret field, and what egui remembers of it for its own undo.
pub fn forget(ui: &Ui, text: &mut String) {
    text.zeroize();
    ui.ctx().memory_mut(|memory| memory.stop_text_input());
    ui.data_mut(|data| data.remove_by_type::<egui::text_edit::TextEditState>());
}
