//! The office above: its name, the number that is compared by phone, and what was agreed to leave.

use eframe::egui::{Label, RichText, Ui};

use crate::domain::area_code::Level;
use crate::domain::hand_up::{Entity, Field, Profile, Shown};
use crate::domain::message::Message;
use crate::ledger::hand_up::HandUpOverview;
use crate::ui::cx::Cx;
use crate::ui::tabs::month::above_word;
use crate::ui::theme;
use crate::ui::widgets::basic;
use crate::words::Words;

/// Draws it.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, overview: &HandUpOverview, level: Level) {
    let Some(office) = &overview.office else { return };
    let name = Message::new("month-office").text("name", office.office.name.clone());
    basic::head(ui, cx.say(&name));
    basic::hint(ui, cx.say(&Message::new("month-since").date("on", office.enrolled_on)));
    number_ui(ui, cx, &overview.fingerprint);
    basic::hint(ui, cx.say(&Message::new("month-number-hint").word("above", above_word(level))));
    basic::fold(ui, &cx.t("month-agreed")).show(ui, |ui| {
        for entity in Entity::ALL.iter().filter(|entity| office.profile.has(**entity)) {
            ui.add(Label::new(agreed_words(cx.words, &office.profile, *entity)).wrap());
        }
        basic::hint(ui, cx.t("month-agreed-only"));
    });
}

/// The number that is compared by phone, large enough to be read out.
pub fn number_ui(ui: &mut Ui, cx: &Cx<'_>, fingerprint: &str) {
    ui.horizontal_wrapped(|ui| {
        ui.label(cx.t("month-number"));
        let number = RichText::new(fingerprint).text_style(theme::headline_style()).color(theme::of(ui).accent_deep);
        ui.add(Label::new(number).selectable(true));
    });
}

/// What of these rows was agreed to leave: 本人的申请：姓名（原样）、身份证号（遮住一部分）…
pub fn agreed_words(words: &Words, profile: &Profile, entity: Entity) -> String {
    let columns: Vec<String> = profile.columns(entity).map(|column| column_words(words, column)).collect();
    let message = Message::new("month-agreed-part").text("what", words.of(&entity));
    words.say(&message.text("columns", words.list(&columns)))
}

/// A column with how it is shown.
fn column_words(words: &Words, (field, shown): (Field, Shown)) -> String {
    let message = Message::new("month-column").text("column", heading(words, field));
    words.say(&message.text("shown", words.of(&shown)))
}

/// What a column is called where its money is shown in yuan.
pub fn heading(words: &Words, field: Field) -> String {
    match field.name() {
        "number" => words.text("month-column-number"),
        "fen" => words.text("month-column-yuan"),
        "paid_fen" => words.text("month-column-paid"),
        _ => words.say(&field.heading()),
    }
}
