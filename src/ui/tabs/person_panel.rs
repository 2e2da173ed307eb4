//! One person: what is known and from where, who lives with them, what they may have, what was done, and what can be
//! noted.

use std::collections::HashMap;

use chrono::NaiveDate;
use eframe::egui::{Align, Label, Layout, RichText, Ui, vec2};

use super::duplicates::LinkedLine;
use super::person::care::{Age, CarePart};
use super::person::consents::ConsentsPart;
use super::person::days::DaysPart;
use super::person::departed::DepartedPart;
use super::person::facts::{FactsPart, Whose};
use super::person::rights::RightsPart;
use super::residents::{relation_words, residency_key};
use crate::domain::message::Message;
use crate::domain::offer::State;
use crate::domain::partial_date::{PartialDate, age_on};
use crate::domain::relation::Relation;
use crate::domain::resident::{Field, Residency, SourceId, Sourced, Standing};
use crate::domain::rule::Holds;
use crate::ledger::command::Command;
use crate::ledger::consents::ConsentRow;
use crate::ledger::error::Result;
use crate::ledger::lists::Why;
use crate::ledger::privacy::kept::HeldRow;
use crate::ledger::residents::ResidentRow;
use crate::ledger::view::View;
use crate::ledger::village::Source;
use crate::ui::action::{Action, PaperWish};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::forms::Wish;
use crate::ui::icon::{Icon, decorate, icon};
use crate::ui::keys::Shortcut;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, key_button};
use crate::ui::widgets::child::{self, LookGate};
use crate::ui::widgets::date_field::DateField;
use crate::ui::widgets::history::PersonHistory;
use crate::ui::widgets::person::{answers_ui, born_words, group_words, household_words, name_ui};
use crate::ui::widgets::person_applications::PersonApplications;
use crate::ui::widgets::reason_card::{Birth, reasons_ui, sign};

/// The room for the name of a fact, in points.
const LABEL: f32 = 107.0;

/// All that is shown of one person.
struct Person {
    row: ResidentRow,
    whys: Vec<Why>,
    consents: Vec<ConsentRow>,
    members: Vec<ResidentRow>,
    sources: HashMap<SourceId, Source>,
    held: Option<HeldRow>,
}

impl Person {
    fn read(view: &View, uid: &str, today: NaiveDate) -> Result<Self> {
        let row = view.resident(uid)?;
        Ok(Self {
            whys: view.why(&row, today)?,
            consents: view.consents(&row, today)?,
            members: view.members(&row.household_uid)?,
            sources: view.sources()?,
            held: view.holds()?.into_iter().find(|held| held.uid == row.uid),
            row,
        })
    }
}

/// What was pressed and asks once more before it is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sure {
    MovedOut,
    Deceased,
    Remove,
}

/// The panel.
#[derive(Default)]
pub struct PersonPanel {
    person: Cached<(i64, NaiveDate, String), Person>,
    on: DateField,
    care: CarePart,
    days: DaysPart,
    consents: ConsentsPart,
    departed: DepartedPart,
    facts: FactsPart,
    history: PersonHistory,
    applications: PersonApplications,
    linked: LinkedLine,
    gate: LookGate,
    rights: RightsPart,
    sure: Option<(String, Sure)>,
    /// The question has just been asked and may lie below what is in sight.
    asked: bool,
}

impl PersonPanel {
    /// Draws the panel of this person; true where it is to be closed.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, uid: &str) -> bool {
        let key = (cx.revision, cx.today, uid.to_owned());
        let (asked, today) = (uid.to_owned(), cx.today);
        let person = self.person.get(cx.desk, key, move |view| Person::read(view, &asked, today)).cloned();
        if let Some(message) = self.person.failure() {
            basic::wrong(ui, &cx.say(message));
            return button(ui, Icon::X, &cx.t("ui-close")).clicked();
        }
        let Some(person) = person.filter(|person| person.row.uid == uid) else { return false };
        let close = name_ui(ui, cx, &person.row.name);
        self.linked.ui(ui, cx, uid);
        forms_ui(ui, cx, &person.row);
        let hidden = child::hides(cx, uid, person.row.born());
        facts_ui(ui, cx, &person, hidden);
        if hidden {
            self.gate.ui(ui, cx, uid);
        }
        ui.separator();
        self.actions_ui(ui, cx, &person);
        if !hidden {
            self.known_ui(ui, cx, &person);
        }
        members_ui(ui, cx, &person);
        self.rights.ui(ui, cx, (uid, &person.row.name), person.held.as_ref());
        if !hidden {
            let programmes: Vec<_> = person.whys.iter().map(|why| why.programme.clone()).collect();
            self.history.ui(ui, cx, uid, &programmes);
        }
        close
    }

    /// What is known besides and what was done: of a child nothing of it before it is said why somebody looks, as it names
    /// the guardian and tells what the family applied for.
    fn known_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, person: &Person) {
        let (uid, standing) = (person.row.uid.as_str(), person.row.facts.standing.value);
        self.departed.ui(ui, cx, uid, standing);
        ui.separator();
        let programmes: Vec<_> = person.whys.iter().map(|why| why.programme.clone()).collect();
        let on = self.on.day(cx.today).unwrap_or(cx.today);
        self.consents.ui(ui, cx, uid, &person.consents, on);
        let (facts, known_on) = (&person.row.facts, person.row.known_on);
        let whose = Whose { uid, facts, known_on, sources: &person.sources, programmes: &programmes };
        self.facts.ui(ui, cx, &whose, on);
        if button(ui, Icon::Printer, &cx.t("person-print")).clicked() {
            cx.push(Action::Paper(PaperWish::Person(uid.to_owned())));
        }
        self.days.ui(ui, cx, uid);
        self.applications.ui(ui, cx, uid, &person.whys);
        if standing == Standing::Present {
            self.care.ui(ui, cx, uid, age(&person.row, cx.today));
        }
        self.whys_ui(ui, cx, person);
    }

    /// What the person may have and where each stands; answers are noted here too, by those who declined as well.
    fn whys_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, person: &Person) {
        let on = self.on.day(cx.today).unwrap_or(cx.today);
        basic::head(ui, cx.t("ui-services"));
        // What concerns the person is to be in sight; of what does not, there is much.
        let (mut fit, unfit): (Vec<_>, Vec<_>) = person.whys.iter().partition(|why| why.verdict.holds != Holds::No);
        fit.sort_by_key(|why| why.verdict.holds != Holds::Yes);
        for why in fit {
            why_ui(ui, cx, person, why, on);
        }
        if !unfit.is_empty() {
            let words = cx.say(&Message::new("person-not-eligible").number("count", unfit.len()));
            basic::fold(ui, &words).show(ui, |ui| unfit.into_iter().for_each(|why| why_ui(ui, cx, person, why, on)));
        }
    }

    fn actions_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, person: &Person) {
        let row = &person.row;
        self.on.ui(ui, cx);
        let Ok(on) = self.on.day(cx.today) else { return };
        let resident = || row.uid.clone();
        ui.horizontal_wrapped(|ui| {
            if row.facts.standing.value != Standing::Present {
                if button(ui, Icon::Undo2, &cx.t("ui-back-in-village")).clicked() {
                    let standing = Standing::Present;
                    cx.push(Action::Run(Command::SetStanding { resident: resident(), standing, on }));
                }
                return;
            }
            for (glyph, key, residency) in
                [(Icon::House, "ui-lives-here", Residency::Here), (Icon::Luggage, "ui-is-away", Residency::Away)]
            {
                if row.residency() != Some(residency) && button(ui, glyph, &cx.t(key)).clicked() {
                    let source = cx.t("ui-source-said");
                    cx.push(Action::Run(Command::SetResidency { resident: resident(), residency, source, on }));
                }
            }
            for (glyph, key, sure) in [
                (Icon::LogOut, "ui-moved-out", Sure::MovedOut),
                (Icon::Flower2, "ui-deceased", Sure::Deceased),
                (Icon::Trash2, "ui-entered-by-mistake", Sure::Remove),
            ] {
                if button(ui, glyph, &cx.t(key)).clicked() {
                    self.sure = Some((resident(), sure));
                    self.asked = true;
                }
            }
            let (household, ticked) = (row.household_uid.clone(), vec![row.uid.clone()]);
            if button(ui, Icon::ArrowRightLeft, &cx.t("op-move")).clicked() {
                cx.push(Action::Form(Wish::Move { household: household.clone(), ticked: ticked.clone() }));
            }
            if button(ui, Icon::Split, &cx.t("op-split-household")).clicked() {
                cx.push(Action::Form(Wish::Split { household, ticked }));
            }
        });
        self.sure_ui(ui, cx, person, on);
    }

    /// What is far-reaching says once more what it will do; it can be taken back all the same.
    fn sure_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, person: &Person, on: NaiveDate) {
        let row = &person.row;
        let Some((uid, sure)) = self.sure.clone().filter(|(uid, _)| *uid == row.uid) else { return };
        let (key, command) = match sure {
            Sure::MovedOut => {
                let standing = Standing::MovedOut;
                ("ui-sure-moved-out", Command::SetStanding { resident: uid, standing, on })
            }
            Sure::Deceased => {
                let standing = Standing::Deceased;
                ("ui-sure-deceased", Command::SetStanding { resident: uid, standing, on })
            }
            Sure::Remove => ("ui-sure-remove", Command::RemoveResident { resident: uid }),
        };
        let note = theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.add(Label::new(cx.say(&Message::new(key).text("name", row.name.clone()).date("on", on))).wrap());
            ui.horizontal_wrapped(|ui| {
                if button(ui, Icon::Check, &cx.t("ui-yes-do-it")).clicked() {
                    if sure != Sure::Remove && needs_another_head(person) {
                        let household = row.household_uid.clone();
                        cx.push(Action::FormAfter("standing", Wish::Head { household }));
                    }
                    cx.push(Action::Run(command));
                    self.sure = None;
                }
                if button(ui, Icon::X, &cx.t("ui-no")).clicked() {
                    self.sure = None;
                }
            });
        });
        if std::mem::take(&mut self.asked) {
            note.response.scroll_to_me(None);
        }
    }
}

/// One programme: what it says of the person, where the offer stands, what can be noted, and why.
fn why_ui(ui: &mut Ui, cx: &mut Cx<'_>, person: &Person, why: &Why, on: NaiveDate) {
    ui.push_id(&why.programme.id, |ui| {
        let (glyph, ink) = sign(cx.palette, why.verdict.holds);
        ui.horizontal_top(|ui| {
            decorate(ui, icon(glyph).color(ink), &cx.of(&why.verdict.holds));
            ui.vertical(|ui| {
                ui.add(Label::new(RichText::new(cx.words.pick(&why.programme.names)).strong()).wrap());
                let state = match (why.withdrawn, why.verdict.holds) {
                    (Some(on), _) => {
                        cx.say(&Message::new("consent-on").word("state", "consent-withdrawn").date("on", on))
                    }
                    (None, Holds::No) => cx.of(&why.verdict.holds),
                    // Whether there is anything to tell is not known yet.
                    (None, Holds::Unknown) if why.state == State::ToTell => cx.of(&why.verdict.holds),
                    (None, _) => cx.of(&why.state),
                };
                basic::soft(ui, state);
            });
        });
        let is_here = person.row.facts.standing.value == Standing::Present;
        let concerns = match why.verdict.holds {
            Holds::Yes => true,
            // What a person says of themselves is noted above; till then there is nothing to tell.
            Holds::Unknown => why.programme.is_worth_asking(&why.facts, cx.today),
            Holds::No => false,
        };
        if is_here && concerns && why.withdrawn.is_none() {
            answers_ui(ui, cx, (&person.row.uid, why.state), &why.programme, on);
        }
        let shown = (&why.verdict, Birth::Shown);
        basic::fold(ui, &cx.t("ui-reasons")).show(ui, |ui| reasons_ui(ui, cx, shown, &person.sources));
    });
}

/// What is corrected, and who lives with them.
fn forms_ui(ui: &mut Ui, cx: &mut Cx<'_>, row: &ResidentRow) {
    ui.horizontal_wrapped(|ui| {
        if key_button(ui, cx, Icon::PencilLine, &cx.t("op-edit-resident"), Shortcut::Edit) {
            cx.push(Action::Form(Wish::Edit { resident: row.uid.clone(), at: Field::Name }));
        }
        if key_button(ui, cx, Icon::House, &cx.t("form-open-household"), Shortcut::Household) {
            cx.push(Action::ShowHousehold(row.household_uid.clone()));
        }
    });
}

fn age(row: &ResidentRow, today: NaiveDate) -> Age {
    let years = row.born().map(|born| age_on(born.earliest(), today));
    if years.is_some_and(|years| years < 18) { Age::Minor } else { Age::Other }
}

/// Whether others stay behind without a head.
fn needs_another_head(person: &Person) -> bool {
    let row = &person.row;
    let stays = |member: &&ResidentRow| member.uid != row.uid && member.facts.standing.value == Standing::Present;
    row.relation == Relation::HEAD.code() && !row.household.is_empty() && person.members.iter().any(|one| stays(&one))
}

/// Every fact with where it comes from. The id number is shown in full here and only here; a child's once it was said why.
fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, person: &Person, hidden: bool) {
    let row = &person.row;
    // The buttons below are to be in sight: what belongs together shares a line.
    let place = format!("{}  {}", group_words(cx, &row.group), household_words(cx, &row.household));
    fact_ui(ui, cx, "field-group", &format!("{place}  {}", relation_words(cx, row.relation)), None);
    let sex = row.sex().map_or_else(String::new, |sex| cx.of(&sex));
    if row.facts.born.is_none() {
        fact_ui(ui, cx, "field-sex", &sex, None);
    }
    let born = row.facts.born.map(|born| {
        let day = if hidden { PartialDate::Year(born.value.year()) } else { born.value };
        let words = format!("{day}  {}  {sex}", born_words(cx, born.value));
        (words, source_words(cx, person, &born))
    });
    let (born, source) = born.map_or_else(|| (cx.t("ui-unknown"), None), |(born, source)| (born, Some(source)));
    fact_ui(ui, cx, "field-born", &born, source);
    if !hidden {
        fact_ui(ui, cx, "field-id_number", &row.id_number, None);
        fact_ui(ui, cx, "field-phone", &row.phone, None);
        fact_ui(ui, cx, "field-address", &row.address, None);
    }
    let source = row.facts.residency().map(|known| source_words(cx, person, &known));
    fact_ui(ui, cx, "field-residency", &cx.t(residency_key(row.residency())), source);
    if row.facts.standing.value != Standing::Present {
        let source = source_words(cx, person, &row.facts.standing);
        fact_ui(ui, cx, "ui-standing", &cx.of(&row.facts.standing.value), Some(source));
    }
}

fn source_words<T>(cx: &Cx<'_>, person: &Person, fact: &Sourced<T>) -> String {
    let title = person.sources.get(&fact.source).map(|source| source.title.clone()).unwrap_or_default();
    cx.say(&Message::new("ui-fact-source").text("title", title).date("on", fact.on))
}

fn fact_ui(ui: &mut Ui, cx: &Cx<'_>, key: &str, value: &str, source: Option<String>) {
    if value.is_empty() {
        return;
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let label = RichText::new(cx.t(key)).color(theme::of(ui).ink_soft);
        ui.allocate_ui_with_layout(vec2(LABEL, 24.0), Layout::left_to_right(Align::TOP), |ui| {
            ui.set_min_width(LABEL);
            ui.add(Label::new(label).truncate());
        });
        ui.vertical(|ui| {
            ui.add(Label::new(value).wrap().selectable(true));
            if let Some(source) = source {
                basic::hint(ui, source);
            }
        });
    });
}

/// Who lives in the same household; each opens.
fn members_ui(ui: &mut Ui, cx: &mut Cx<'_>, person: &Person) {
    if person.members.len() < 2 {
        return;
    }
    basic::head(ui, cx.t("ui-same-household"));
    for member in person.members.iter().filter(|member| member.uid != person.row.uid) {
        ui.push_id(&member.uid, |ui| {
            ui.horizontal_wrapped(|ui| {
                if basic::link(ui, &member.name).clicked() {
                    cx.push(Action::ShowPerson(member.uid.clone()));
                }
                let age = member.born().map_or_else(String::new, |born| born_words(cx, born));
                basic::soft(ui, format!("{} {age}", relation_words(cx, member.relation)));
            });
        });
    }
    ui.add_space(theme::GAP);
}
