//! What a cell may be bound to: texts, counts and columns, found by typing a part of their name.

use eframe::egui::{Label, RichText, ScrollArea, Ui};

use crate::domain::disclosure::Recipient;
use crate::domain::form_word::{FormWord, TextWord};
use crate::ledger::exchange::form::At;
use crate::ledger::forms::may_be_counted;
use crate::ledger::sections::Section;
use crate::paper::roster::RosterColumn;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::basic::{self, Shown, button, field};

/// What was chosen for a cell.
pub(super) enum Chosen {
    /// Nothing yet.
    Nothing,
    /// The card is to be closed.
    Close,
    /// It says this.
    Word(FormWord),
    /// It says nothing any more.
    Away,
}

/// The list of words.
#[derive(Default)]
pub(super) struct WordList {
    typed: String,
    programmes: Cached<(), Vec<std::sync::Arc<crate::domain::programme::Programme>>>,
}

impl WordList {
    /// Draws it for a cell.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, at: At, bound: Option<&FormWord>) -> Chosen {
        basic::head(ui, at.to_string());
        let mut chosen = Chosen::Nothing;
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::X, &cx.t("ui-close")).clicked() {
                chosen = Chosen::Close;
            }
            if bound.is_some() && button(ui, Icon::CircleMinus, &cx.t("township-form-away")).clicked() {
                chosen = Chosen::Away;
            }
        });
        if let Some(word) = bound {
            ui.add(Label::new(RichText::new(word_words(cx, word)).strong()).wrap());
        }
        field(ui, &cx.t("township-form-search"), &mut self.typed, Shown::Clear, None);
        let programmes = self.programmes.get(cx.desk, (), |view| view.in_force()).cloned();
        let Some(programmes) = programmes else { return chosen };
        let mut all: Vec<FormWord> = vec![FormWord::Residents, FormWord::Households];
        all.extend(TextWord::ALL.map(FormWord::Text));
        for programme in programmes.iter().filter(|programme| may_be_counted(programme)) {
            let id = || programme.id.clone();
            all.extend(
                Section::ALL.map(|section| FormWord::Count { programme: id(), section: section.as_str().into() }),
            );
        }
        for programme in programmes.iter().filter(|programme| may_be_counted(programme)) {
            all.extend(columns_of(&programme.id));
        }
        let typed = self.typed.trim();
        ScrollArea::vertical().id_salt("form-words").auto_shrink(false).show(ui, |ui| {
            for word in all {
                let words = programme_words(cx, &programmes, &word);
                if (typed.is_empty() || words.contains(typed)) && basic::link(ui, &words).clicked() {
                    chosen = Chosen::Word(word);
                }
            }
        });
        chosen
    }
}

/// The columns of lists that an office may be given: of whom something of their own sends there.
fn columns_of(programme: &str) -> Vec<FormWord> {
    let office = Recipient::Office(String::new());
    let may = |column: &&RosterColumn| **column != RosterColumn::Tick && column.is_for(&office);
    let mut words = Vec::new();
    for section in [Section::Booked, Section::Done] {
        words.extend(RosterColumn::ALL.iter().filter(may).map(|column| FormWord::Column {
            programme: programme.to_owned(),
            section: section.as_str().to_owned(),
            column: column.as_str().to_owned(),
        }));
    }
    words
}

fn programme_words(
    cx: &Cx<'_>,
    programmes: &[std::sync::Arc<crate::domain::programme::Programme>],
    word: &FormWord,
) -> String {
    let name = |id: &String| {
        let found = programmes.iter().find(|programme| programme.id == *id);
        found.map_or_else(|| id.clone(), |programme| cx.words.pick(&programme.names).to_owned())
    };
    match word {
        FormWord::Count { programme, .. } | FormWord::Column { programme, .. } => {
            format!("{} {}", name(programme), word_words(cx, word))
        }
        _ => word_words(cx, word),
    }
}

/// A word as it is said, without its programme.
pub(super) fn word_words(cx: &Cx<'_>, word: &FormWord) -> String {
    let section = |word: &str| Section::from_word(word).map_or_else(String::new, |section| cx.t(section.key()));
    match word {
        FormWord::Text(word) => cx.t(&format!("township-form-text-{}", word.as_str())),
        FormWord::Residents => cx.t("township-form-residents"),
        FormWord::Households => cx.t("township-form-households"),
        FormWord::Count { section: of, .. } => format!("{} {}", section(of), cx.t("township-form-count")),
        FormWord::Column { section: of, column, .. } => {
            let column = RosterColumn::from_word(column).map_or_else(String::new, |column| cx.of(&column));
            format!("{} {} {column}", section(of), cx.t("township-form-list"))
        }
    }
}
