//! The applications of one person, and what they may apply for: a section of their own page.

use std::collections::HashMap;

use eframe::egui::Ui;

use crate::domain::message::Message;
use crate::domain::programme::amount::YearAmount;
use crate::domain::programme::{Kind, Programme};
use crate::domain::resident::Standing;
use crate::domain::rule::Holds;
use crate::ledger::applications::ApplicationRow;
use crate::ledger::lists::Why;
use crate::paper::period_words;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::widgets::application::{ApplicationCard, Subject, phase_words};
use crate::ui::widgets::basic;

/// The section.
#[derive(Default)]
pub struct PersonApplications {
    rows: Cached<(i64, String), Vec<ApplicationRow>>,
    of: String,
    cards: HashMap<String, ApplicationCard>,
}

impl PersonApplications {
    /// Draws the section; nothing where there is no application and nothing to apply for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, uid: &str, whys: &[Why]) {
        let asked = uid.to_owned();
        let rows = self.rows.get(cx.desk, (cx.revision, uid.to_owned()), move |view| view.applications_of(&asked));
        let Some(rows) = rows.cloned() else { return };
        if self.of != uid {
            self.of = uid.to_owned();
            self.cards.clear();
        }
        let filed = |why: &Why, period: &str| {
            rows.iter().any(|row| row.programme.id == why.programme.id && row.period == period)
        };
        let may = |why: &&Why| {
            let present = why.facts.standing.value == Standing::Present && why.withdrawn.is_none();
            let applies = why.programme.kind == Kind::Benefit && !why.programme.steps.is_empty();
            present && applies && why.verdict.holds == Holds::Yes
        };
        let mut open: Vec<(&Why, String, Option<YearAmount>)> = Vec::new();
        for why in whys.iter().filter(may) {
            let born = why.facts.born.map(|born| born.value);
            let before = born.and_then(|born| why.programme.still_open_before(born, cx.today));
            open.extend(before.map(|before| (why, before.year.to_string(), Some(before))));
            open.push((why, why.period.name.clone(), why.programme.amount_of(&why.facts, cx.today)));
        }
        open.retain(|(why, period, _)| !filed(why, period));
        if rows.is_empty() && open.is_empty() {
            return;
        }
        basic::head(ui, cx.t("lists-page-benefits"));
        for row in rows.iter() {
            // Nothing more is noted of what was withdrawn: one quiet line, no buttons.
            let of_it = whys.iter().find(|why| why.programme.id == row.programme.id);
            if let Some(on) = of_it.and_then(|why| why.withdrawn) {
                let name = turn_words(cx, &row.programme, &row.period);
                let state = cx.say(&Message::new("consent-on").word("state", "consent-withdrawn").date("on", on));
                basic::soft(ui, cx.labelled(&name, state));
                continue;
            }
            let why = of_it.filter(|why| why.period.name == row.period);
            let fen = Some(row.application.fen).filter(|fen| *fen > 0);
            let amount = why.and_then(|why| why.programme.amount_of(&why.facts, cx.today));
            let subject = Subject {
                programme: &row.programme,
                uid,
                period: &row.period,
                standing: row.standing,
                application: Some(&row.application),
                fen: fen.or(amount.and_then(YearAmount::sure_fen)),
            };
            self.one_ui(ui, cx, subject);
        }
        for (why, period, amount) in open {
            let fen = amount.and_then(YearAmount::sure_fen);
            let standing = Standing::Present;
            let subject = Subject { programme: &why.programme, uid, period: &period, standing, application: None, fen };
            self.one_ui(ui, cx, subject);
        }
    }

    fn one_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, of: Subject<'_>) {
        let key = format!("{} {}", of.programme.id, of.period);
        let words = phase_words(cx, of.application);
        let title = format!("{}  {words}", turn_words(cx, of.programme, of.period));
        let card = self.cards.entry(key.clone()).or_default();
        basic::fold(ui, &title).id_salt(&key).show(ui, |ui| card.ui(ui, cx, of));
    }
}

/// A programme and its turn.
fn turn_words(cx: &Cx<'_>, programme: &Programme, period: &str) -> String {
    let name = cx.words.pick(&programme.names);
    format!("{name} {}", period_words(cx.words, programme, period)).trim_end().to_owned()
}
