//! One application: its steps with the present one marked, its papers, and the one thing that comes next. Used on the
//! page of benefits and on the person's own.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{self, Label, RichText, Ui};

use crate::domain::application::{AccountConsent, Act, Application, Phase};
use crate::domain::message::{Message, Say as _};
use crate::domain::money::yuan;
use crate::domain::programme::{ACCOUNT, Programme};
use crate::domain::resident::Standing;
use crate::ledger::command::Command;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, decorate, icon};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, icon_button, main_button};
use crate::ui::widgets::date_field::DateField;
use crate::ui::widgets::money_field::MoneyField;

/// Whose application to what, for which turn.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The programme.
    pub programme: &'a Arc<Programme>,
    /// The resident's uid.
    pub uid: &'a str,
    /// The turn.
    pub period: &'a str,
    /// Whether the person lives here: of who does not, nothing goes on.
    pub standing: Standing,
    /// How it stands; nothing where nobody applied.
    pub application: Option<&'a Application>,
    /// What the claim is worth, in fen, where that is certain: it is filled in where the answer is noted.
    pub fen: Option<i64>,
}

/// What the card asks the ledger: papers kept from the year before, and whether the bank book may be copied.
type Kept = (Vec<String>, AccountConsent);

/// What is typed into the card.
#[derive(Default)]
pub struct ApplicationCard {
    of: String,
    on: DateField,
    fen: MoneyField,
    /// Papers in hand before it begins; none until the ledger has answered what is kept from the year before.
    papers: Option<BTreeSet<String>>,
    kept: Cached<(i64, String), Kept>,
}

impl ApplicationCard {
    /// Draws the application.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, of: Subject<'_>) {
        if of.programme.steps.is_empty() {
            return;
        }
        let phase = of.application.map(Application::phase);
        let paid = of.application.map_or(0, Application::paid_fen);
        let name = format!("{} {} {} {phase:?} {paid}", of.uid, of.programme.id, of.period);
        let (uid, programme, period) = (of.uid.to_owned(), of.programme.id.clone(), of.period.to_owned());
        let kept = self.kept.get(cx.desk, (cx.revision, name.clone()), move |view| {
            Ok((view.papers_kept(&uid, &programme, &period)?, view.account_consent(&uid)?))
        });
        let kept = kept.map(|kept| kept.as_ref().clone()).filter(|_| !self.kept.is_waiting());
        if self.of != name {
            self.of = name;
            self.papers = None;
            self.on.clear();
            let rest = of.application.filter(|_| phase.is_some_and(is_granted)).map(|a| a.fen - a.paid_fen());
            self.fen.set(rest.or(of.fen).filter(|fen| *fen > 0));
        }
        // Who has the papers is said by the steps.
        if phase.is_some_and(|phase| phase != Phase::UnderWay) {
            phase_ui(ui, cx, of.application);
        }
        if !phase.is_some_and(is_granted) {
            steps_ui(ui, cx, of);
        }
        let Some((papers, account)) = kept else { return };
        payments_ui(ui, cx, of);
        // What comes next stands above the papers: it must be in sight in a small window, too.
        self.papers.get_or_insert_with(|| papers.iter().cloned().collect());
        self.on.ui(ui, cx);
        let on = self.on.day(cx.today).ok().filter(|on| *on <= cx.today);
        if let Some(on) = on {
            self.next_ui(ui, cx, of, on);
        }
        step_ui(ui, cx, of);
        self.documents_ui(ui, cx, of, &papers, account);
    }

    fn documents_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        of: Subject<'_>,
        kept: &[String],
        account: AccountConsent,
    ) {
        if of.programme.documents.is_empty() {
            return;
        }
        let begun = of.application.filter(|a| !may_begin(a.phase()));
        let goes_on = of.standing == Standing::Present;
        let may_tick = goes_on && begun.is_none_or(|a| a.phase() == Phase::UnderWay);
        let chosen = self.papers.get_or_insert_with(|| kept.iter().cloned().collect());
        basic::head(ui, cx.t("benefits-papers"));
        if begun.is_none() && !kept.is_empty() {
            basic::hint(ui, cx.t("benefits-papers-kept"));
        }
        for document in &of.programme.documents {
            let is_account = document.key == ACCOUNT && account == AccountConsent::Absent;
            let had = begun.map_or(chosen.contains(&document.key), |a| a.documents.contains_key(&document.key));
            let mut has = had;
            ui.horizontal_wrapped(|ui| {
                let enabled = may_tick && (!is_account || had);
                let tick = egui::Checkbox::new(&mut has, cx.words.pick(&document.names));
                ui.add_enabled(enabled, tick);
                if let Some(on) = begun.and_then(|a| a.documents.get(&document.key)) {
                    basic::hint(ui, cx.words.date(*on));
                }
                if is_account {
                    basic::hint(ui, cx.t("benefits-account-self"));
                }
            });
            if has == had {
                continue;
            }
            let key = document.key.clone();
            match (begun, has) {
                (Some(_), true) => run(cx, of, Act::Tick(key), self.on.day(cx.today).unwrap_or(cx.today)),
                (Some(_), false) => run(cx, of, Act::Untick(key), cx.today),
                (None, true) => drop(chosen.insert(key)),
                (None, false) => drop(chosen.remove(&key)),
            }
        }
    }

    /// What comes next: never more than the few things that can.
    fn next_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, of: Subject<'_>, on: NaiveDate) {
        if of.standing != Standing::Present {
            return gone_ui(ui, cx, of, on);
        }
        let begun = of.application.filter(|a| !may_begin(a.phase()));
        let Some(application) = begun else {
            if main_button(ui, Icon::FileText, &cx.t("benefits-begin")).clicked() {
                let papers = self.papers.take().unwrap_or_default().into_iter().collect();
                run(cx, of, Act::Begin(papers), on);
            }
            return;
        };
        match application.phase() {
            Phase::UnderWay => self.under_way_ui(ui, cx, of, application, on),
            _ => self.granted_ui(ui, cx, of, application, on),
        }
    }

    fn under_way_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, of: Subject<'_>, now: &Application, on: NaiveDate) {
        let (next, before) = now.beside(of.programme);
        let to =
            |key: &'static str, who: crate::domain::programme::Who| Message::new(key).word("who", who.message().key);
        if now.may_be_answered(of.programme) {
            self.fen.ui(ui, cx, &cx.t("benefits-granted-yuan"));
        }
        ui.horizontal_wrapped(|ui| {
            if let Some(next) = next
                && main_button(ui, Icon::ArrowRight, &cx.say(&to("benefits-hand-on", next))).clicked()
            {
                run(cx, of, Act::HandOn, on);
            }
            if now.may_be_answered(of.programme) {
                if let Ok(fen) = self.fen.fen()
                    && button(ui, Icon::BadgeCheck, &cx.t("benefits-grant")).clicked()
                {
                    run(cx, of, Act::Grant(fen.unwrap_or(0)), on);
                }
                if button(ui, Icon::CircleMinus, &cx.t("benefits-refuse")).clicked() {
                    run(cx, of, Act::Refuse, on);
                }
            }
            if let Some(before) = before
                && button(ui, Icon::ArrowLeft, &cx.say(&to("benefits-set-back", before))).clicked()
            {
                run(cx, of, Act::SetBack, on);
            }
            if button(ui, Icon::Undo2, &cx.t("benefits-take-back")).clicked() {
                run(cx, of, Act::TakeBack, on);
            }
        });
    }

    fn granted_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, of: Subject<'_>, now: &Application, on: NaiveDate) {
        self.fen.ui(ui, cx, &cx.t("benefits-paid-yuan"));
        ui.horizontal_wrapped(|ui| {
            if let Ok(Some(fen)) = self.fen.fen()
                && main_button(ui, Icon::Banknote, &cx.t("benefits-paid")).clicked()
            {
                run(cx, of, Act::Paid(fen), on);
            }
            if now.payments.is_empty() && button(ui, Icon::Undo2, &cx.t("benefits-take-back")).clicked() {
                run(cx, of, Act::TakeBack, on);
            }
        });
    }
}

/// Of whoever died or moved away an application can be taken back or set back; nothing goes on.
fn gone_ui(ui: &mut Ui, cx: &mut Cx<'_>, of: Subject<'_>, on: NaiveDate) {
    basic::heed(ui, &cx.say(&Message::new("benefits-gone").word("standing", of.standing.message().key)));
    let Some(now) = of.application.filter(|now| !may_begin(now.phase())) else { return };
    ui.horizontal_wrapped(|ui| {
        if now.phase() == Phase::UnderWay
            && let Some(before) = now.beside(of.programme).1
        {
            let words = Message::new("benefits-set-back").word("who", before.message().key);
            if button(ui, Icon::ArrowLeft, &cx.say(&words)).clicked() {
                run(cx, of, Act::SetBack, on);
            }
        }
        if now.payments.is_empty() && button(ui, Icon::Undo2, &cx.t("benefits-take-back")).clicked() {
            run(cx, of, Act::TakeBack, on);
        }
    });
}

fn may_begin(phase: Phase) -> bool {
    matches!(phase, Phase::Refused | Phase::TakenBack)
}

fn is_granted(phase: Phase) -> bool {
    matches!(phase, Phase::Granted | Phase::Paid)
}

fn run(cx: &mut Cx<'_>, of: Subject<'_>, act: Act, on: NaiveDate) {
    let (resident, programme) = (of.uid.to_owned(), of.programme.id.clone());
    let period = Some(of.period.to_owned());
    cx.push(Action::Run(Command::Apply { resident, programme, period, act, on }));
}

/// How far an application is, in words: who has it, since when, what was granted.
pub fn phase_words(cx: &Cx<'_>, application: Option<&Application>) -> String {
    let Some(now) = application else { return cx.t("benefits-not-applied") };
    let phase = now.phase();
    let with_day = |on: NaiveDate| format!("{}  {}", cx.of(&phase), cx.words.date(on));
    match phase {
        Phase::UnderWay => {
            let who = Message::new("benefits-holder").word("who", now.holder.message().key);
            cx.say(&who.date("on", now.holder_on))
        }
        Phase::TakenBack => with_day(now.taken_back.unwrap_or(now.began_on)),
        _ => with_day(now.answer.map_or(now.began_on, |(_, on)| on)),
    }
}

/// The icon of a phase. None of them is an alarm.
pub fn phase_icon(phase: Option<Phase>) -> Icon {
    match phase {
        None => Icon::Circle,
        Some(Phase::UnderWay) => Icon::FileText,
        Some(Phase::Granted) => Icon::CircleCheck,
        Some(Phase::Paid) => Icon::BadgeCheck,
        Some(Phase::Refused | Phase::TakenBack) => Icon::CircleMinus,
    }
}

fn phase_ui(ui: &mut Ui, cx: &Cx<'_>, application: Option<&Application>) {
    ui.horizontal_wrapped(|ui| {
        let glyph = phase_icon(application.map(Application::phase));
        decorate(ui, icon(glyph).color(theme::of(ui).accent), &cx.t("ui-state"));
        ui.add(Label::new(phase_words(cx, application)).wrap());
    });
}

/// The steps on a line, the present one set off, and below what is done there.
fn steps_ui(ui: &mut Ui, cx: &Cx<'_>, of: Subject<'_>) {
    let present = of.application.filter(|a| a.phase() == Phase::UnderWay).map(|a| a.holder);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for (at, step) in of.programme.steps.iter().enumerate() {
            if at > 0 {
                let arrow = icon(Icon::ChevronRight).color(theme::of(ui).ink_soft);
                decorate(ui, arrow, &cx.t("benefits-then"));
            }
            let who = cx.of(&step.who);
            if present == Some(step.who) {
                let words = cx.say(&Message::new("benefits-step-now").text("who", who));
                theme::note(theme::of(ui).accent_pale).inner_margin(egui::Margin::symmetric(8, 3)).show(ui, |ui| {
                    ui.label(RichText::new(words).strong().color(theme::of(ui).accent_deep));
                });
            } else {
                ui.label(RichText::new(who).color(theme::of(ui).ink_soft));
            }
        }
    });
}

/// What is done at the present step.
fn step_ui(ui: &mut Ui, cx: &Cx<'_>, of: Subject<'_>) {
    let present = match of.application {
        None => of.programme.steps.first().map(|step| step.who),
        Some(now) => Some(now.holder).filter(|_| now.phase() == Phase::UnderWay),
    };
    if let Some(step) = of.programme.steps.iter().find(|step| present == Some(step.who)) {
        basic::hint(ui, cx.words.pick(&step.what));
    }
}

/// What was granted, and each payment with the day it came.
fn payments_ui(ui: &mut Ui, cx: &mut Cx<'_>, of: Subject<'_>) {
    let Some(now) = of.application.filter(|a| is_granted(a.phase())) else { return };
    if now.fen > 0 {
        ui.label(cx.say(&Message::new("benefits-granted").text("yuan", yuan(now.fen))));
    }
    for (on, fen) in &now.payments {
        ui.push_id(on, |ui| {
            ui.horizontal_wrapped(|ui| {
                let words = Message::new("benefits-payment").date("on", *on).text("yuan", yuan(*fen));
                ui.label(cx.say(&words));
                let remove = Message::new("benefits-not-paid").date("on", *on);
                if icon_button(ui, Icon::X, &cx.say(&remove)).clicked() {
                    run(cx, of, Act::NotPaid, *on);
                }
            });
        });
    }
}
