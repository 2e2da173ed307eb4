//! The county's values in words: what may be entered, and what was.

use crate::domain::message::Message;
use crate::domain::programme::LocalDef;
use crate::domain::programme::local::LocalKind;
use crate::ui::cx::Cx;

/// A value as it is read aloud: 36个月, 100元.
pub fn value_words(cx: &Cx<'_>, def: &LocalDef, value: &str) -> String {
    let key = match def.kind {
        LocalKind::Fen => "local-value-yuan",
        LocalKind::Months => "local-value-months",
        LocalKind::Days => "local-value-days",
        LocalKind::Age => "local-value-age",
        LocalKind::DayOfYear => return day_words(cx, value),
        LocalKind::Date | LocalKind::Text => return value.to_owned(),
        LocalKind::Choice => return choice_words(cx, value),
    };
    cx.say(&Message::new(key).text("value", value))
}

/// 12-20 → 12月20日.
fn day_words(cx: &Cx<'_>, value: &str) -> String {
    let Some((Ok(month), Ok(day))) = value.split_once('-').map(|(m, d)| (m.parse::<u32>(), d.parse::<u32>())) else {
        return value.to_owned();
    };
    cx.say(&Message::new("ui-short-date").number("month", month).number("day", day))
}

/// A word to choose from.
pub fn choice_words(cx: &Cx<'_>, value: &str) -> String {
    match value {
        "visit_day" => cx.t("local-choice-visit-day"),
        "month_end" => cx.t("local-choice-month-end"),
        "year_end" => cx.t("local-choice-year-end"),
        other => other.to_owned(),
    }
}

/// What may be entered, with its bounds.
pub fn kind_words(cx: &Cx<'_>, def: &LocalDef) -> String {
    // Money is bounded in fen and typed in yuan.
    let unit = if def.kind == LocalKind::Fen { 100 } else { 1 };
    let key = match def.kind {
        LocalKind::Fen => "local-kind-yuan",
        LocalKind::Months => "local-kind-months",
        LocalKind::Days => "local-kind-days",
        LocalKind::Age => "local-kind-age",
        LocalKind::DayOfYear => return cx.t("local-kind-day-of-year"),
        LocalKind::Date => return cx.t("local-kind-date"),
        LocalKind::Text => return cx.t("local-kind-text"),
        LocalKind::Choice => {
            let words: Vec<String> = def.choices.iter().map(|choice| choice_words(cx, choice)).collect();
            return cx.say(&Message::new("local-kind-choice").text("choices", cx.words.list(&words)));
        }
    };
    let message = Message::new(key).number("min", def.min.unwrap_or(0) / unit);
    cx.say(&message.number("max", def.max.unwrap_or(0) / unit))
}

/// What a value has an effect on.
pub fn effect_key(def: &LocalDef) -> &'static str {
    match def.kind {
        LocalKind::Fen => "local-effect-money",
        LocalKind::DayOfYear | LocalKind::Date => "local-effect-deadline",
        LocalKind::Days => "local-effect-sheet",
        LocalKind::Text => "local-effect-name",
        LocalKind::Months | LocalKind::Age | LocalKind::Choice => "local-effect-list",
    }
}
