//! The township's form: what its cells are bound to, remembered for every blank of the same form, and the numbers that are
//! asked for, each from the list that the screens show.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::str::FromStr as _;

use chrono::NaiveDate;

use crate::domain::form_word::FormWord;
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::domain::rule::Holds;
use crate::ledger::Ledger;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::exchange::form::{At, Form};
use crate::ledger::lists::{List, ListRow};
use crate::ledger::material::{Gathered, Material, PaperWish};
use crate::ledger::sections::Section;
use crate::ledger::store::settings;
use crate::ledger::view::View;

/// A bound cell: the place of its sheet, and the cell.
pub type BoundCell = (usize, At);

/// What is bound in a form.
pub type Bindings = BTreeMap<BoundCell, FormWord>;

/// A form with what is bound in it.
#[derive(Clone)]
pub struct BoundForm {
    /// The form.
    pub form: Form,
    /// What is bound.
    pub bindings: Bindings,
}

/// What the bound cells ask of the ledger.
pub struct FormFacts {
    /// The village's name.
    pub village: String,
    /// Everybody who is of the village.
    pub residents: u64,
    /// Their households.
    pub households: u64,
    /// The list of each programme that is asked for, by id.
    pub rosters: BTreeMap<String, Gathered>,
    /// The day it is made for.
    pub on: NaiveDate,
}

impl FormFacts {
    fn list(&self, programme: &str) -> Option<&List> {
        match self.rosters.get(programme).map(|gathered| &gathered.material) {
            Some(Material::Roster(file)) => Some(&file.list),
            _ => None,
        }
    }

    /// The number of a section, as the overview has it: told are all who were told, whatever came of it.
    pub fn count(&self, programme: &str, section: &str) -> u64 {
        match (self.list(programme), Section::from_word(section)) {
            (Some(list), Some(Section::Told)) => list.counts.told,
            (Some(list), Some(Section::Eligible)) => list.counts.eligible,
            _ => self.counted(programme, section).len() as u64,
        }
    }

    /// The names behind a number. Who declined is counted and never named.
    pub fn counted(&self, programme: &str, section: &str) -> Vec<&ListRow> {
        let (Some(list), Some(section)) = (self.list(programme), Section::from_word(section)) else {
            return Vec::new();
        };
        let is_counted = |row: &&ListRow| match section {
            Section::Told => row.holds == Holds::Yes && row.state.is_told(),
            section => section.keeps(row),
        };
        list.rows.iter().filter(is_counted).collect()
    }
}

fn setting(signature: &str) -> String {
    format!("form:{signature}")
}

impl View {
    /// Reads a form, with what was bound in its like before.
    ///
    /// # Errors
    /// Those of [`Form::open`].
    pub fn form(&self, path: &Path) -> Result<BoundForm> {
        let form = Form::open(path)?;
        let kept = settings::get(self.conn(), &setting(&form.signature))?.unwrap_or_default();
        let kept: BTreeMap<String, String> = serde_json::from_str(&kept).unwrap_or_default();
        let bindings = kept.iter().filter_map(|(place, word)| bound(&form, place, word)).collect();
        Ok(BoundForm { form, bindings })
    }

    /// Whether a cell may be bound to a word; the cell that stands for it.
    ///
    /// # Errors
    /// A formula, a place within merged cells, a programme or section that does not exist.
    pub fn may_bind(&self, form: &Form, (sheet, at): BoundCell, word: &FormWord) -> Result<BoundCell> {
        let Some(found) = form.sheets.get(sheet) else {
            return Err(LedgerError::refused("township-form-no-such-sheet"));
        };
        let at = found.first_of(at);
        if !found.is_free(at) {
            let message = Message::new("township-form-is-formula").text("cell", at.to_string());
            return Err(LedgerError::new(ErrorKind::Refused, message));
        }
        if let FormWord::Count { programme, section } | FormWord::Column { programme, section, .. } = word {
            if !may_be_counted(&*self.programme(programme)?) {
                return Err(LedgerError::refused("paper-tells-nothing"));
            }
            if Section::from_word(section).is_none() {
                return Err(LedgerError::refused("township-form-no-such-word"));
            }
        }
        Ok((sheet, at))
    }

    /// What the bound cells ask for, as of a day.
    pub fn form_facts(&self, bindings: &Bindings, on: NaiveDate) -> Result<FormFacts> {
        let programmes: BTreeSet<&String> = bindings
            .values()
            .filter_map(|word| match word {
                FormWord::Count { programme, .. } | FormWord::Column { programme, .. } => Some(programme),
                _ => None,
            })
            .collect();
        let mut rosters = BTreeMap::new();
        for programme in programmes {
            let wish = PaperWish::Roster { programme: programme.clone(), section: Section::Eligible };
            rosters.insert(programme.clone(), self.gather(&wish, on)?);
        }
        let groups = self.groups()?;
        let sum = |count: i64| u64::try_from(count).unwrap_or(0);
        Ok(FormFacts {
            village: self.village()?.name,
            residents: groups.iter().map(|group| sum(group.residents)).sum(),
            households: groups.iter().map(|group| sum(group.households)).sum(),
            rosters,
            on,
        })
    }
}

/// Whether a programme's numbers may stand in a form.
pub fn may_be_counted(programme: &Programme) -> bool {
    programme.lists_people() && programme.may_be_told_of()
}

/// A remembered binding that still fits the form.
fn bound(form: &Form, place: &str, word: &str) -> Option<(BoundCell, FormWord)> {
    let (sheet, cell) = place.split_once('!')?;
    let (sheet, at) = (usize::from_str(sheet).ok()?, At::parse(cell)?);
    let is_free = form.sheets.get(sheet).is_some_and(|found| found.is_free(at));
    Some(((sheet, at), FormWord::parse(word)?)).filter(|_| is_free)
}

impl Ledger {
    /// Remembers what is bound in forms of this signature, on this device.
    pub fn remember_form(&mut self, signature: &str, bindings: &Bindings) -> Result<()> {
        let kept: BTreeMap<String, String> =
            bindings.iter().map(|((sheet, at), word)| (format!("{sheet}!{at}"), word.to_string())).collect();
        self.set_local_setting(&setting(signature), &serde_json::to_string(&kept).unwrap_or_default())
    }
}
