//! One person of a list: who it is, why they are on it, and what can be noted about them.

use std::collections::HashMap;

use chrono::{Datelike as _, NaiveDate};
use eframe::egui::{Align, Key, Label, Layout, RichText, Ui};

use crate::domain::application::Act;
use crate::domain::local_standard::LocalStandards;
use crate::domain::message::{Message, Say as _};
use crate::domain::offer::{Outcome, State};
use crate::domain::partial_date::{PartialDate, age_on};
use crate::domain::programme::{Kind, Programme};
use crate::domain::resident::{FactKind, FactValue, Residency, SourceId};
use crate::domain::rule::{self, Holds};
use crate::domain::written_date::{Decimals, WrittenDate};
use crate::ledger::command::Command;
use crate::ledger::error::Result;
use crate::ledger::lists::ListRow;
use crate::ledger::view::View;
use crate::ledger::village::Source;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, decorate, icon};
use crate::ui::keys::{Shortcut, pressed_on_page};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field, key_button};
use crate::ui::widgets::child;
use crate::ui::widgets::date_field::DateField;
use crate::ui::widgets::programme_card::{amount_ui, rest_ui};
use crate::ui::widgets::reason_card::{Birth, reasons_ui};
use crate::ui::widgets::rows::is_entered;

/// What facts and the county's values rest on.
pub struct Grounds {
    /// Where facts come from.
    pub sources: HashMap<SourceId, Source>,
    /// What the county set.
    pub standards: LocalStandards,
}

impl Grounds {
    /// Reads them.
    pub fn read(view: &View) -> Result<Self> {
        Ok(Self { sources: view.sources()?, standards: view.local_standards()? })
    }
}

/// What is typed into a person's card.
#[derive(Default)]
pub struct CardForm {
    /// The day the next note is about.
    pub on: DateField,
    born: String,
    of: String,
    said: Said,
}

/// Who answers what is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Said {
    /// The person.
    #[default]
    Person,
    /// Somebody of the family.
    Family,
}

impl Said {
    /// The key of its words, which are kept as the source.
    fn key(self) -> &'static str {
        match self {
            Self::Person => "card-said-person",
            Self::Family => "card-said-family",
        }
    }
}

/// The card of one person of a list, with what the page has to say `between` what can be noted and why; true where it is
/// to be closed.
pub fn card_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    form: &mut CardForm,
    row: &ListRow,
    (programme, grounds): (&Programme, &Grounds),
    between: impl FnOnce(&mut Ui, &mut Cx<'_>),
) -> bool {
    if form.of != row.uid {
        form.of.clone_from(&row.uid);
        form.born.clear();
        form.said = Said::default();
    }
    let close = name_ui(ui, cx, &row.name);
    who_ui(ui, cx, row);
    form.on.ui(ui, cx);
    if row.holds == Holds::Unknown {
        questions_ui(ui, cx, form, row, programme);
    }
    offers_ui(ui, cx, form, row, programme);
    between(ui, cx);
    ui.separator();
    more_ui(ui, cx, row);
    amount_ui(ui, cx, programme, &row.facts, grounds);
    basic::head(ui, cx.t("ui-why"));
    let verdict = rule::verdict(programme, &row.facts, cx.today);
    let hidden = child::hides(cx, &row.uid, row.facts.born.map(|born| born.value));
    reasons_ui(ui, cx, (&verdict, Birth::of(hidden)), &grounds.sources);
    rest_ui(ui, cx, programme, grounds);
    close
}

/// The name over a card, and the button that closes it: true where it was pressed, by Escape too.
pub fn name_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str) -> bool {
    let escaped = pressed_on_page(ui, cx, Shortcut::Close);
    let pressed = ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
        let close = basic::icon_button(ui, Icon::X, &cx.t("ui-close-card"));
        if is_entered(ui) {
            close.request_focus();
        }
        let pressed = close.clicked();
        ui.with_layout(Layout::left_to_right(Align::TOP), |ui| {
            // A name that is cut off is shown whole under the pointer.
            ui.add(Label::new(RichText::new(name).heading()).truncate()).on_hover_text(name);
        });
        pressed
    });
    escaped || pressed.inner
}

/// Who it is, in one line or two: the buttons below must be in sight.
fn who_ui(ui: &mut Ui, cx: &mut Cx<'_>, row: &ListRow) {
    ui.horizontal_wrapped(|ui| {
        if let Some(born) = row.facts.born {
            ui.label(born_words(cx, born.value));
        }
        ui.label(format!("{} {}", group_words(cx, &row.group), household_words(cx, &row.household)));
        if !row.phone.is_empty() {
            decorate(ui, icon(Icon::Phone).color(theme::of(ui).ink_soft), &cx.t("field-phone"));
            let born = row.facts.born.map(|born| born.value);
            ui.add(Label::new(child::in_list(cx, born, &row.phone)).selectable(true));
        }
        if basic::link(ui, &cx.t("ui-open-person")).clicked() {
            cx.push(Action::ShowPerson(row.uid.clone()));
        }
    });
    let (glyph, words) = match (row.holds, row.state) {
        (Holds::Unknown, State::ToTell) => (Icon::CircleQuestionMark, cx.t("holds-unknown")),
        _ => (state_icon(row.state), state_words(cx, row)),
    };
    line_ui(ui, glyph, &cx.t("ui-state"), &words);
}

fn more_ui(ui: &mut Ui, cx: &Cx<'_>, row: &ListRow) {
    if !row.id_number.is_empty() {
        let number = child::in_list(cx, row.facts.born.map(|born| born.value), &row.id_number);
        line_ui(ui, Icon::IdCard, &cx.t("field-id_number"), &number);
    }
    if !row.contact.is_empty() {
        let words = cx.say(&Message::new("ui-contact-is").text("name", row.contact.clone()));
        line_ui(ui, Icon::UserCheck, &cx.t("record-contact-person"), &words);
    }
}

/// An icon and a value on one line.
pub fn line_ui(ui: &mut Ui, glyph: Icon, label: &str, value: &str) {
    ui.horizontal_top(|ui| {
        decorate(ui, icon(glyph).color(theme::of(ui).ink_soft), label).on_hover_text(label);
        ui.add(Label::new(value).wrap().selectable(true));
    });
}

/// Where the offer stands, with its day.
pub fn state_words(cx: &Cx<'_>, row: &ListRow) -> String {
    let state = cx.of(&row.state);
    match row.outcome_on {
        Some(on) if row.state == State::Unreachable => {
            let tries = Message::new("ui-tried").date("on", on).number("tries", row.tries);
            format!("{state}  {}", cx.say(&tries))
        }
        Some(on) => format!("{state}  {}", cx.words.date(on)),
        None => state,
    }
}

/// The icon of a state. None of them is an alarm.
pub fn state_icon(state: State) -> Icon {
    match state {
        State::ToTell => Icon::Circle,
        State::Unreachable => Icon::PhoneOff,
        State::Told => Icon::CircleCheck,
        State::Booked => Icon::CalendarCheck,
        State::Applied => Icon::FileText,
        State::Been | State::Done => Icon::BadgeCheck,
        State::Declined => Icon::CircleMinus,
    }
}

/// A day of this year without the year.
pub fn short_date(cx: &Cx<'_>, day: NaiveDate) -> String {
    if day.year() != cx.today.year() {
        return cx.words.date(day);
    }
    cx.say(&Message::new("ui-short-date").number("month", day.month()).number("day", day.day()))
}

/// 3 → 3组; a name as it is; none → 未分组.
pub fn group_words(cx: &Cx<'_>, group: &str) -> String {
    if group.is_empty() {
        cx.t("group-none")
    } else if group.chars().all(|c| c.is_ascii_digit()) {
        cx.say(&Message::new("group-numbered").text("name", group))
    } else {
        group.to_owned()
    }
}

/// The household's number, or that there is none.
pub fn household_words(cx: &Cx<'_>, household: &str) -> String {
    if household.is_empty() {
        cx.t("household-none")
    } else {
        cx.say(&Message::new("ui-household").text("number", household))
    }
}

/// The age, as far as birth is known.
pub fn born_words(cx: &Cx<'_>, born: PartialDate) -> String {
    match born.day() {
        Some(day) => cx.say(&Message::new("ui-age").number("age", age_on(day, cx.today))),
        None => cx.say(&Message::new("fact-born-partly").text("born", born.to_string())),
    }
}

/// What has to be asked first, each answered by one click.
fn questions_ui(ui: &mut Ui, cx: &mut Cx<'_>, form: &mut CardForm, row: &ListRow, programme: &Programme) {
    theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let kinds = rule::to_ask(programme, &row.facts, cx.today);
        if !kinds.is_empty() {
            said_ui(ui, cx, form);
        }
        for kind in kinds {
            // Nobody is asked about children: the certificate is noted where somebody brings it.
            if kind == FactKind::OnlyChildCertificate {
                ui.add(Label::new(cx.t("card-certificate-brought")).wrap());
                continue;
            }
            if kind == FactKind::Residency {
                ui.label(RichText::new(cx.t("ui-ask-residency")).strong());
                ui.horizontal_wrapped(|ui| residency_ui(ui, cx, form, row));
            } else {
                ui.label(RichText::new(cx.say(&Message::new("ui-ask-fact").word("kind", kind.message().key))).strong());
                ui.horizontal_wrapped(|ui| fact_ui(ui, cx, form, row, kind));
            }
        }
        let partly = row.facts.born.is_none_or(|born| born.value.day().is_none());
        if partly && row.id_number.is_empty() {
            born_ui(ui, cx, form, row);
        }
    });
}

/// Who says so; it holds for all answers of this card.
fn said_ui(ui: &mut Ui, cx: &Cx<'_>, form: &mut CardForm) {
    ui.horizontal_wrapped(|ui| {
        for said in [Said::Person, Said::Family] {
            ui.radio_value(&mut form.said, said, cx.t(said.key()));
        }
    });
}

fn residency_ui(ui: &mut Ui, cx: &mut Cx<'_>, form: &CardForm, row: &ListRow) {
    let Ok(on) = form.on.day(cx.today) else { return };
    let answers = [
        (Icon::House, "ui-lives-here", Shortcut::LivesHere, Residency::Here),
        (Icon::Luggage, "ui-is-away", Shortcut::IsAway, Residency::Away),
    ];
    for (glyph, words, key, residency) in answers {
        if key_button(ui, cx, glyph, &cx.t(words), key) {
            let (resident, source) = (row.uid.clone(), cx.t(form.said.key()));
            cx.push(Action::Run(Command::SetResidency { resident, residency, source, on }));
        }
    }
}

/// The values a fact may have: one click records the answer with its source.
fn fact_ui(ui: &mut Ui, cx: &mut Cx<'_>, form: &CardForm, row: &ListRow, kind: FactKind) {
    let Ok(on) = form.on.day(cx.today) else { return };
    for (word, key) in kind.values() {
        if button(ui, Icon::Check, &cx.t(key)).clicked()
            && let Some(value) = FactValue::from_word(kind, word)
        {
            let (resident, source) = (row.uid.clone(), cx.t(form.said.key()));
            cx.push(Action::Run(Command::SetFact { resident, value, source, on }));
        }
    }
}

fn born_ui(ui: &mut Ui, cx: &mut Cx<'_>, form: &mut CardForm, row: &ListRow) {
    ui.label(RichText::new(cx.t("ui-ask-born")).strong());
    let read = WrittenDate::from_text(&form.born, Decimals::AsTyped, cx.today);
    let problem = matches!(read, WrittenDate::Unclear(_)).then(|| cx.t("ui-date-unclear"));
    let response = field(ui, &cx.t("field-born"), &mut form.born, Shown::Clear, problem.as_deref());
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if let WrittenDate::Known(born) = read
        && (button(ui, Icon::Check, &cx.t("ui-note-born")).clicked() || entered)
    {
        let (resident, source) = (row.uid.clone(), cx.t("ui-source-said"));
        cx.push(Action::Run(Command::SetBorn { resident, born, source }));
    }
}

/// What was said, or that the person came: each one click or one letter.
fn offers_ui(ui: &mut Ui, cx: &mut Cx<'_>, form: &mut CardForm, row: &ListRow, programme: &Programme) {
    let Ok(on) = form.on.day(cx.today) else { return };
    answers_ui(ui, cx, (&row.uid, row.state), programme, on);
}

/// The buttons for what somebody said about a programme, or that they came.
pub fn answers_ui(ui: &mut Ui, cx: &mut Cx<'_>, (uid, state): (&str, State), programme: &Programme, on: NaiveDate) {
    ui.horizontal_wrapped(|ui| {
        for (glyph, words, key, outcome) in [
            (Icon::CircleCheck, "ui-told", Shortcut::Told, Outcome::Told),
            (Icon::CircleMinus, "ui-declined", Shortcut::Declined, Outcome::Declined),
            (Icon::PhoneOff, "ui-unreachable", Shortcut::Unreachable, Outcome::Unreachable),
        ] {
            if !fits(state, outcome) {
                continue;
            }
            if key_button(ui, cx, glyph, &cx.t(words), key) {
                let (resident, programme) = (uid.to_owned(), programme.id.clone());
                cx.push(Action::Run(Command::Record { resident, programme, outcome, on }));
            }
        }
        next_ui(ui, cx, (uid, state), programme, on);
    });
}

/// The button for what comes after being told: that the person came, or applies.
fn next_ui(ui: &mut Ui, cx: &mut Cx<'_>, (uid, state): (&str, State), programme: &Programme, on: NaiveDate) {
    let (resident, id) = (uid.to_owned(), programme.id.clone());
    match programme.kind {
        Kind::Benefit if matches!(state, State::Applied | State::Done) || programme.steps.is_empty() => {}
        Kind::Benefit => {
            if key_button(ui, cx, Icon::FilePen, &cx.t("ui-applies"), Shortcut::Been) {
                let act = Act::Begin(Vec::new());
                cx.push(Action::Run(Command::Apply { resident, programme: id, period: None, act, on }));
            }
        }
        Kind::Check | Kind::Vaccine | Kind::Care => {
            if state != State::Been && key_button(ui, cx, Icon::BadgeCheck, &cx.t("ui-been"), Shortcut::Been) {
                cx.push(Action::Run(Command::Attend { resident, programme: id, on }));
            }
        }
        Kind::Notice | Kind::Leaflet => {}
    }
}

/// Whether an outcome still tells something new.
fn fits(state: State, outcome: Outcome) -> bool {
    match outcome {
        Outcome::Told => matches!(state, State::ToTell | State::Unreachable | State::Declined),
        Outcome::Unreachable => matches!(state, State::ToTell | State::Unreachable),
        Outcome::Declined => matches!(state, State::ToTell | State::Unreachable | State::Told | State::Booked),
        Outcome::Booked => false,
    }
}
