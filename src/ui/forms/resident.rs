//! The one form of a resident: entered by hand, moved in, newborn, corrected. What is wrong stands below its field while
//! one types; what the ledger knows already is asked of it.

use eframe::egui::{ComboBox, Id, Ui};
use serde::{Deserialize, Serialize};

use super::home_field::{Allowed, HomeField};
use super::line::{Below, below_ui, line, text_line, wrong};
use super::resident_text::{Came, PersonText, Read};
use super::{Fill, Focus, Wish, of_draft, relation_field, to_draft};
use crate::domain::id_card::IdNumber;
use crate::domain::message::Message;
use crate::domain::relation::{Relation, child_of};
use crate::domain::resident::{Field, Residency, Sex, Standing};
use crate::ledger::command::{Command, Home};
use crate::ledger::error::{ErrorKind, Result};
use crate::ledger::households::Household;
use crate::ledger::residents::ResidentRow;
use crate::ledger::view::View;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tabs::residents::residency_key;
use crate::ui::widgets::basic;
use crate::ui::widgets::child::{self, LookGate};
use crate::ui::widgets::person::{born_words, group_words, household_words};
use crate::ui::widgets::suggest::Suggest;

/// What the form keeps.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    label: String,
    begun: PersonText,
    now: PersonText,
}

/// What it is about.
struct About {
    row: Option<ResidentRow>,
    household: Option<Household>,
}

impl About {
    fn read(view: &View, wish: &Wish) -> Result<Self> {
        let mut about = Self { row: None, household: None };
        match wish {
            Wish::Edit { resident, .. } => about.row = Some(view.resident(resident)?),
            Wish::AddTo { household } | Wish::Newborn { household } => {
                about.household = Some(view.household(household)?);
            }
            _ => {}
        }
        Ok(about)
    }
}

/// The form.
pub(super) struct ResidentForm {
    wish: Wish,
    kept: Option<Kept>,
    about: Cached<i64, About>,
    known: Cached<(i64, String), Option<ResidentRow>>,
    home: HomeField,
    relations: Suggest,
    /// The relation that was last proposed.
    proposed: String,
    gate: LookGate,
}

impl ResidentForm {
    pub(super) fn new(wish: Wish, draft: Option<&str>) -> Self {
        let (about, known, home, relations, proposed, gate) = Default::default();
        Self { wish, kept: of_draft(draft), about, known, home, relations, proposed, gate }
    }

    /// Fills the form once the ledger has answered.
    fn begin(&mut self, cx: &Cx<'_>) {
        let wish = self.wish.clone();
        let about = self.about.get(cx.desk, cx.revision, move |view| About::read(view, &wish)).cloned();
        let Some(about) = about.filter(|_| self.kept.is_none()) else { return };
        let mut begun = match (&about.row, &about.household) {
            (Some(row), _) => PersonText::of(cx, row),
            (None, Some(household)) => {
                let mut text = PersonText { residency: Some(Residency::Here), ..PersonText::default() };
                text.home.group = household.row.group.clone();
                text.home.choose(&household.row);
                text
            }
            (None, None) => PersonText::default(),
        };
        if let Wish::Add { group } = &self.wish
            && !group.is_empty()
        {
            begun.home.group = group_words(cx, group);
        }
        self.kept = Some(Kept { label: String::new(), now: begun.clone(), begun });
    }

    /// The field that has the keyboard first; what the id number decides has no field of its own.
    fn first(&self, by_hand: bool) -> Field {
        match &self.wish {
            Wish::Edit { at: Field::Born | Field::Sex, .. } if !by_hand => Field::IdNumber,
            Wish::Edit { at, .. } => *at,
            _ => Field::Name,
        }
    }

    /// Whose data is hidden, a child's; also while it is not known yet whose it is.
    fn hidden(&self, cx: &Cx<'_>) -> Option<String> {
        let Wish::Edit { resident, .. } = &self.wish else { return None };
        let row = self.about.shown().and_then(|about| about.row.as_ref());
        let hides = row.is_none_or(|row| child::hides(cx, resident, row.born()));
        hides.then(|| resident.clone())
    }

    fn household(&self) -> Option<&Household> {
        self.about.shown().and_then(|about| about.household.as_ref())
    }

    fn is_newborn(&self) -> bool {
        matches!(self.wish, Wish::Newborn { .. })
    }

    /// Somebody else who has this number already.
    fn ask_known(&mut self, cx: &Cx<'_>, read: &Read) {
        let Ok(Some((number, _))) = &read.id_number else { return };
        let asked = number.as_str().to_owned();
        self.known.get(cx.desk, (cx.revision, asked.clone()), move |view| match view.resident(&asked) {
            Ok(row) => Ok(Some(row)),
            Err(error) if error.kind == ErrorKind::Refused => Ok(None),
            Err(error) => Err(error),
        });
    }

    fn known(&self, number: &IdNumber) -> Option<&ResidentRow> {
        let row = self.known.shown()?.as_ref().as_ref()?;
        let own = matches!(&self.wish, Wish::Edit { resident, .. } if *resident == row.uid);
        (!own && row.id_number == number.as_str()).then_some(row)
    }

    fn name_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, read: &Read, focus: Focus) {
        let Some(kept) = &mut self.kept else { return };
        // Nothing is wrong with a field before something was typed into it.
        let below = if kept.now.name.is_empty() { Below::Nothing } else { wrong(&read.name) };
        let response = text_line(ui, cx, "field-name", &mut kept.now.name, below);
        take(focus, &response);
    }

    fn id_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, read: &Read, focus: Focus) {
        let known = match &read.id_number {
            Ok(Some((number, _))) => self.known(number).cloned(),
            _ => None,
        };
        let Some(kept) = &mut self.kept else { return };
        let words = match (&read.id_number, &known) {
            (_, Some(row)) => {
                let place = place_words(cx, &row.group, &row.household);
                cx.say(&Message::new("form-id-known").text("name", row.name.clone()).text("place", place))
            }
            (Ok(Some((number, note))), None) => decided_words(cx, number, note.as_deref()),
            (Ok(None), None) => String::new(),
            (Err(words), None) => words.clone(),
        };
        let below = match (&read.id_number, known.is_some()) {
            (Ok(None), _) => Below::Nothing,
            (Ok(Some(_)), false) => Below::Note(&words),
            _ => Below::Wrong(&words),
        };
        take(focus, &text_line(ui, cx, "field-id_number", &mut kept.now.id_number, below));
        if let Some(row) = known
            && basic::link(ui, &cx.t("ui-open-person")).clicked()
        {
            cx.push(Action::ShowPerson(row.uid));
        }
    }

    fn born_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, read: &Read, (born, sex_focus): (Focus, Focus)) {
        let Some(kept) = &mut self.kept else { return };
        let words = match &read.born {
            Ok(Some(born)) => born_words(cx, *born),
            _ => cx.t("form-born-hint"),
        };
        let below = if read.born.is_ok() { Below::Note(&words) } else { wrong(&read.born) };
        take(born, &text_line(ui, cx, "field-born", &mut kept.now.born, below));
        line(ui, &cx.t("field-sex"), |ui, _| {
            ui.horizontal_wrapped(|ui| {
                for (at, sex) in Sex::ALL.iter().enumerate() {
                    let radio = ui.radio_value(&mut kept.now.sex, Some(*sex), cx.of(sex));
                    take(if at == 0 { sex_focus } else { Focus::Leave }, &radio);
                }
                ui.radio_value(&mut kept.now.sex, None, cx.t("ui-unknown"));
            });
        });
    }

    fn home_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let place = match (self.about.shown(), &self.wish) {
            (Some(about), Wish::Edit { .. }) => {
                about.row.as_ref().map(|row| place_words(cx, &row.group, &row.household))
            }
            (_, Wish::Add { .. }) => None,
            _ => self.household().map(|household| {
                let row = &household.row;
                format!("{}  {}", place_words(cx, &row.group, &row.number), row.head)
            }),
        };
        let Some(kept) = &mut self.kept else { return };
        match place {
            Some(place) => {
                line(ui, &cx.t("record-household"), |ui, _| {
                    ui.horizontal_wrapped(|ui| ui.label(place));
                });
            }
            None => self.home.ui(ui, cx, &mut kept.now.home, Allowed::Any),
        }
    }

    /// Whose child: only for proposing what it is to the head.
    fn parent_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let Some(about) = self.about.shown().cloned() else { return };
        let Some(kept) = &mut self.kept else { return };
        let members = about.household.iter().flat_map(|household| household.members.iter());
        let grown: Vec<&ResidentRow> = members.filter(|member| is_grown(cx, member)).collect();
        let shown = grown.iter().find(|member| member.uid == kept.now.parent);
        let shown = shown.map_or_else(|| cx.t("ui-unknown"), |member| member.name.clone());
        line(ui, &cx.t("form-whose-child"), |ui, _| {
            let name = cx.t("form-whose-child");
            let combo = ComboBox::from_id_salt("parent").width(ui.available_width()).selected_text(shown);
            let shown = combo.show_ui(ui, |ui| {
                ui.selectable_value(&mut kept.now.parent, String::new(), cx.t("ui-unknown"));
                for member in &grown {
                    ui.push_id(&member.uid, |ui| {
                        ui.selectable_value(&mut kept.now.parent, member.uid.clone(), &member.name);
                    });
                }
            });
            shown.response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::ComboBox, true, &name));
        });
    }

    /// What a newborn is to the head follows from whose child it is, until somebody says otherwise.
    fn propose_relation(&mut self, cx: &Cx<'_>, read: &Read) {
        let Some(about) = self.about.shown().cloned() else { return };
        let Some(kept) = &mut self.kept else { return };
        let of_id = || read.id_number.as_ref().ok()?.as_ref().and_then(|(number, _)| number.sex());
        let mut members = about.household.iter().flat_map(|household| household.members.iter());
        let parent = members.find(|member| member.uid == kept.now.parent);
        let parent = parent.and_then(|row| Relation::from_code(row.relation));
        let relation = parent.zip(kept.now.sex.or_else(of_id)).and_then(|(parent, sex)| child_of(parent, sex));
        let proposed = relation_field::words(cx, relation);
        if proposed != self.proposed && (kept.now.relation.is_empty() || kept.now.relation == self.proposed) {
            kept.now.relation.clone_from(&proposed);
        }
        self.proposed = proposed;
    }

    fn relation_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, read: &Read, focus: Focus) {
        let Some(kept) = &mut self.kept else { return };
        line(ui, &cx.t("field-relation"), |ui, label| {
            let id = Id::unique("form-relation");
            if focus == Focus::Take {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            relation_field::ui(ui, cx, &mut self.relations, (id, label), &mut kept.now.relation);
            below_ui(ui, wrong(&read.relation));
        });
    }

    fn rest_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, read: &Read, (phone, lives): (Focus, Focus)) {
        let Some(kept) = &mut self.kept else { return };
        let odd = cx.t("form-phone-odd");
        let below = if read.phone_is_odd { Below::Odd(&odd) } else { wrong(&read.phone) };
        take(phone, &text_line(ui, cx, "field-phone", &mut kept.now.phone, below));
        line(ui, &cx.t("field-residency"), |ui, _| {
            ui.horizontal_wrapped(|ui| {
                for residency in [Some(Residency::Here), Some(Residency::Away), None] {
                    // Nobody forgets where somebody lives.
                    if residency.is_some() || kept.begun.residency.is_none() {
                        let radio = ui.radio_value(&mut kept.now.residency, residency, cx.t(residency_key(residency)));
                        take(if residency == Some(Residency::Here) { lives } else { Focus::Leave }, &radio);
                    }
                }
            });
        });
    }

    fn came_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let Some(kept) = &mut self.kept else { return };
        if matches!(self.wish, Wish::Edit { .. } | Wish::Newborn { .. }) {
            return;
        }
        line(ui, &cx.t("form-came"), |ui, _| {
            ui.horizontal_wrapped(|ui| {
                ui.radio_value(&mut kept.now.came, Came::Missing, cx.t("form-came-missing"));
                let moved_in = ui.radio_value(&mut kept.now.came, Came::MovedIn, cx.t("form-came-moved-in"));
                if moved_in.changed() && kept.now.residency.is_none() {
                    kept.now.residency = Some(Residency::Here);
                }
            });
        });
    }

    fn where_to(&self, cx: &Cx<'_>, text: &PersonText) -> Option<Home> {
        match &self.wish {
            Wish::AddTo { household } | Wish::Newborn { household } => Some(Home::Household(household.clone())),
            _ => self.home.home(cx, &text.home, Allowed::Any),
        }
    }

    fn source(&self, cx: &Cx<'_>, came: Came) -> String {
        match (&self.wish, came) {
            (Wish::Newborn { .. }, _) => cx.t("form-source-newborn"),
            (Wish::Add { .. } | Wish::AddTo { .. }, Came::MovedIn) => cx.t("form-source-moved-in"),
            _ => cx.t("ui-source-by-hand"),
        }
    }
}

/// Gives a field the keyboard where it is the first.
fn take(focus: Focus, field: &eframe::egui::Response) {
    if focus == Focus::Take {
        field.request_focus();
    }
}

impl Fill for ResidentForm {
    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, focus: Focus) {
        self.begin(cx);
        if let Some(uid) = self.hidden(cx) {
            return self.gate.ui(ui, cx, &uid);
        }
        let Some(kept) = &self.kept else { return };
        let read = kept.now.read(cx);
        let by_hand = kept.now.id_number.trim().is_empty();
        self.ask_known(cx, &read);
        self.came_ui(ui, cx);
        let first = self.first(by_hand);
        let on = |field| if first == field { focus } else { Focus::Leave };
        self.name_ui(ui, cx, &read, on(Field::Name));
        self.id_ui(ui, cx, &read, on(Field::IdNumber));
        if by_hand {
            self.born_ui(ui, cx, &read, (on(Field::Born), on(Field::Sex)));
        }
        self.home_ui(ui, cx);
        if self.is_newborn() {
            self.parent_ui(ui, cx);
            self.propose_relation(cx, &read);
        }
        self.relation_ui(ui, cx, &read, on(Field::Relation));
        self.rest_ui(ui, cx, &read, (on(Field::Phone), on(Field::Residency)));
        if let Some(kept) = &mut self.kept {
            kept.label = kept.now.name.chars().take(20).collect();
        }
    }

    fn command(&self, cx: &Cx<'_>) -> Option<Command> {
        let kept = self.kept.as_ref().filter(|_| self.hidden(cx).is_none())?;
        if let Ok(Some((number, _))) = &kept.now.read(cx).id_number
            && (self.known.is_waiting() || self.known(number).is_some())
        {
            return None;
        }
        let source = self.source(cx, kept.now.came);
        if let Wish::Edit { resident, .. } = &self.wish {
            let edit = Box::new(kept.now.edit(cx, &kept.begun)?);
            return Some(Command::EditResident { resident: resident.clone(), edit, source });
        }
        let new = Box::new(kept.now.new_resident(cx, &source)?);
        Some(Command::AddResident { new, home: self.where_to(cx, &kept.now)? })
    }

    fn typed(&self) -> Option<String> {
        self.kept.as_ref().and_then(to_draft)
    }

    fn save(&self) -> (Icon, &'static str) {
        match self.wish {
            Wish::Edit { .. } => (Icon::Check, "form-save"),
            _ => (Icon::UserPlus, "ui-add"),
        }
    }

    fn failure(&self) -> Option<&Message> {
        self.about.failure()
    }
}

fn place_words(cx: &Cx<'_>, group: &str, number: &str) -> String {
    format!("{} {}", group_words(cx, group), household_words(cx, number))
}

/// What the number decides: birth and sex; and how it was understood, where it was not typed so.
fn decided_words(cx: &Cx<'_>, number: &IdNumber, note: Option<&str>) -> String {
    let mut words = Vec::new();
    words.extend(note.map(str::to_owned));
    if let Some(born) = number.born() {
        let age = born_words(cx, crate::domain::partial_date::PartialDate::Day(born));
        let sex = number.sex().map_or_else(String::new, |sex| cx.of(&sex));
        words.push(cx.say(&Message::new("form-id-decides").date("born", born).text("age", age).text("sex", sex)));
    }
    words.join(" ")
}

fn is_grown(cx: &Cx<'_>, member: &ResidentRow) -> bool {
    let grown = |born: crate::domain::partial_date::PartialDate| {
        crate::domain::partial_date::age_on(born.earliest(), cx.today) >= 16
    };
    member.facts.standing.value == Standing::Present && member.born().is_none_or(grown)
}
