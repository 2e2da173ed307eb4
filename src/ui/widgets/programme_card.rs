//! What a programme gives one person and what it takes: the amount, the papers, the steps, who decides, the documents it
//! rests on, and the county's own values. Nothing here decides anything.

use eframe::egui::{Label, RichText, Ui};

use crate::domain::message::Message;
use crate::domain::money::{yuan, yuan_between};
use crate::domain::programme::amount::{Amount, Case, Sure, YearSpan};
use crate::domain::programme::{Bilingual, LocalDef, Programme};
use crate::domain::resident::Facts;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::basic;
use crate::ui::widgets::local_value::{kind_words, value_words};
use crate::ui::widgets::person::{Grounds, line_ui};

/// The amount for one person, if the programme pays any: in yuan, by year, with the day to apply by.
pub fn amount_ui(ui: &mut Ui, cx: &Cx<'_>, programme: &Programme, facts: &Facts, grounds: &Grounds) {
    let Some(amount) = &programme.amount else { return };
    basic::head(ui, cx.t("card-amount"));
    let years = facts.born.map(|born| programme.amounts_between(born.value, cx.today)).unwrap_or_default();
    let years = if years.is_empty() { programme.span_of(facts, cx.today).into_iter().collect() } else { years };
    for year in years.iter().filter(|year| year.apply_by.is_none_or(|by| cx.today <= by)) {
        year_ui(ui, cx, year);
    }
    match amount {
        Amount::Cases(cases) => cases.iter().for_each(|case| case_ui(ui, cx, case)),
        _ if !years.is_empty() => {}
        _ if programme.missing(&grounds.standards).next().is_some() => {
            basic::soft(ui, cx.t("card-amount-local"));
        }
        _ => {
            basic::soft(ui, cx.t("card-amount-authority"));
        }
    }
}

fn year_ui(ui: &mut Ui, cx: &Cx<'_>, year: &YearSpan) {
    let key = if year.apply_by.is_some() { "card-amount-year-by" } else { "card-amount-year" };
    let worth = yuan_between(year.least, year.most);
    let message = Message::new(key).text("year", year.year.to_string()).text("yuan", worth);
    let message = year.apply_by.into_iter().fold(message, |message, by| message.date("by", by));
    line_ui(ui, Icon::Banknote, &cx.t("card-amount"), &format!("{}{}", cx.say(&message), sure_words(cx, year.sure)));
}

fn case_ui(ui: &mut Ui, cx: &Cx<'_>, case: &Case) {
    let step = case.amount.steps.iter().rev().find(|step| step.from <= cx.today);
    let Some(step) = step else { return };
    let words = Message::new("card-amount-case")
        .text("case", cx.words.pick(&case.names))
        .text("yuan", yuan(step.fen))
        .word("per", per_key(case.amount.per));
    line_ui(
        ui,
        Icon::Banknote,
        &cx.t("card-amount"),
        &format!("{}{}", cx.say(&words), sure_words(cx, case.amount.sure)),
    );
}

fn per_key(per: crate::domain::programme::amount::Per) -> &'static str {
    use crate::domain::programme::amount::Per;
    match per {
        Per::Month => "card-per-month",
        Per::Semester => "card-per-semester",
        Per::Year => "card-per-year",
        Per::Once => "card-per-once",
    }
}

fn sure_words(cx: &Cx<'_>, sure: Sure) -> String {
    match sure {
        Sure::Sourced => String::new(),
        Sure::Unverified => cx.t("card-sure-unverified"),
        Sure::AtLeast => cx.t("card-sure-at-least"),
        Sure::Average => cx.t("card-sure-average"),
    }
}

/// The papers, the steps, who decides, and what all of it rests on.
pub fn rest_ui(ui: &mut Ui, cx: &Cx<'_>, programme: &Programme, grounds: &Grounds) {
    if !programme.documents.is_empty() {
        basic::head(ui, cx.t("card-documents"));
        programme.documents.iter().for_each(|document| item_ui(ui, cx, cx.words.pick(&document.names)));
    }
    if let Some(visit) = &programme.visit {
        basic::head(ui, cx.t("card-visit"));
        [&visit.bring, &visit.content].into_iter().for_each(|words| item_ui(ui, cx, cx.words.pick(words)));
    }
    steps_ui(ui, cx, programme);
    if !programme.authority_decides.is_empty() {
        basic::head(ui, cx.t("card-authority"));
        programme.authority_decides.iter().for_each(|what: &Bilingual| item_ui(ui, cx, cx.words.pick(what)));
    }
    basic::head(ui, cx.t("card-sources"));
    programme.local.iter().for_each(|def| local_ui(ui, cx, programme, def, grounds));
    for source in &programme.sources {
        let words = Message::new("card-source").text("title", source.title.clone()).date("checked", source.checked);
        basic::hint(ui, cx.say(&words));
    }
}

fn steps_ui(ui: &mut Ui, cx: &Cx<'_>, programme: &Programme) {
    if programme.steps.is_empty() {
        return;
    }
    basic::head(ui, cx.t("card-steps"));
    for (number, step) in (1_i64..).zip(&programme.steps) {
        let words = Message::new("card-step")
            .number("number", number)
            .text("who", cx.of(&step.who))
            .text("what", cx.words.pick(&step.what));
        ui.add(Label::new(cx.say(&words)).wrap());
        if let Some(days) = step.public_days.as_ref().and_then(crate::domain::programme::Num::value) {
            basic::hint(ui, cx.say(&Message::new("card-public-days").number("days", i64::from(days))));
        }
    }
}

fn item_ui(ui: &mut Ui, cx: &Cx<'_>, words: &str) {
    ui.add(Label::new(cx.say(&Message::new("card-item").text("what", words))).wrap());
}

/// The county's value with its paper, or what holds instead.
fn local_ui(ui: &mut Ui, cx: &Cx<'_>, programme: &Programme, def: &LocalDef, grounds: &Grounds) {
    let name = cx.words.pick(&def.names).to_owned();
    let words = match (grounds.standards.get(&programme.id, &def.key), &def.default) {
        (Some(set), _) => {
            let title = grounds.sources.get(&set.source).map(|source| source.title.clone()).unwrap_or_default();
            let value = value_words(cx, def, &set.value);
            Message::new("card-local-set")
                .text("name", name)
                .text("value", value)
                .text("title", title)
                .date("on", set.on)
        }
        (None, Some(default)) => {
            Message::new("card-local-default").text("name", name).text("value", value_words(cx, def, default))
        }
        (None, None) => Message::new("card-local-missing").text("name", name).text("kind", kind_words(cx, def)),
    };
    ui.add(Label::new(RichText::new(cx.say(&words)).small()).wrap());
}
