//! The forms of 住户: who lives where, entered and corrected in the side panel; and what holds every form, those of
//! 体检安排 too, which stand with their tab. One is open at a time; what is typed is kept as a draft, so that neither a
//! power cut nor a locked window costs any typing. A form only makes a command.

mod drafts;
mod group;
mod head;
mod home_field;
mod household;
mod join;
mod keeper;
pub(super) mod line;
pub(super) mod people;
mod relation_field;
mod relocate;
mod resident;
mod resident_text;

pub use drafts::Forms;

use eframe::egui::Ui;

use crate::domain::message::Message;
use crate::domain::resident::Field;
use crate::ledger::command::Command;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tabs::Tab;
use crate::ui::tabs::campaigns::form::CampaignForm;
use crate::ui::tabs::campaigns::session_form::{SessionForm, SessionsForm};

/// A form that is wanted, and whom it is about.
#[derive(Clone, PartialEq, Eq)]
pub enum Wish {
    /// Enter somebody, perhaps into this group (bare name).
    Add {
        /// The group; empty for none in particular.
        group: String,
    },
    /// Enter somebody into a household.
    AddTo {
        /// The household's uid.
        household: String,
    },
    /// Enter a newborn.
    Newborn {
        /// The household's uid.
        household: String,
    },
    /// Correct what is known of somebody.
    Edit {
        /// The resident's uid.
        resident: String,
        /// The field that has the keyboard first.
        at: Field,
    },
    /// Members go to another household.
    Move {
        /// The uid of the household they leave.
        household: String,
        /// Who is meant to go, by uid.
        ticked: Vec<String>,
    },
    /// Members begin a household of their own.
    Split {
        /// The uid of the household they leave.
        household: String,
        /// Who is meant to go, by uid.
        ticked: Vec<String>,
    },
    /// Two households become one.
    Join {
        /// The one household's uid.
        household: String,
    },
    /// Another head, and how all are related to it.
    Head {
        /// The household's uid.
        household: String,
    },
    /// Correct number, address or group.
    Household {
        /// The household's uid.
        household: String,
    },
    /// Give a group another name.
    Group {
        /// The group's uid.
        group: String,
    },
    /// Start a campaign, or correct one.
    Campaign {
        /// Its uid; empty for a new one.
        campaign: String,
    },
    /// Add sessions to a campaign.
    Sessions {
        /// Its uid.
        campaign: String,
    },
    /// Correct a session.
    Session {
        /// The campaign's uid.
        campaign: String,
        /// The session's uid.
        session: String,
    },
}

impl Wish {
    /// The tab in which the form stands.
    pub fn tab(&self) -> Tab {
        Self::tab_of(self.key().0)
    }

    /// The tab in which a kind of form stands.
    pub fn tab_of(kind: &str) -> Tab {
        match kind {
            "campaign" | "sessions" | "session" => Tab::Campaigns,
            _ => Tab::Residents,
        }
    }

    /// Under what its draft is kept: the kind of form, and whom it is about.
    pub fn key(&self) -> (&'static str, String) {
        match self {
            Self::Add { .. } => ("add", String::new()),
            Self::AddTo { household } => ("member", household.clone()),
            Self::Newborn { household } => ("newborn", household.clone()),
            Self::Edit { resident, .. } => ("resident", resident.clone()),
            Self::Move { household, ticked } => ("move", leaving(household, ticked)),
            Self::Split { household, ticked } => ("split", leaving(household, ticked)),
            Self::Join { household } => ("join", household.clone()),
            Self::Head { household } => ("head", household.clone()),
            Self::Household { household } => ("household", household.clone()),
            Self::Group { group } => ("group", group.clone()),
            Self::Campaign { campaign } => ("campaign", campaign.clone()),
            Self::Sessions { campaign } => ("sessions", campaign.clone()),
            Self::Session { campaign, session } => ("session", format!("{campaign} {session}")),
        }
    }

    /// The form whose draft was kept under this.
    fn of_draft(kind: &str, about: &str) -> Option<Self> {
        let mut parts = about.split(' ').map(str::to_owned);
        let first = parts.next().unwrap_or_default();
        let about = || first.clone();
        Some(match kind {
            "add" => Self::Add { group: String::new() },
            "member" => Self::AddTo { household: about() },
            "newborn" => Self::Newborn { household: about() },
            "resident" => Self::Edit { resident: about(), at: Field::Name },
            "move" => Self::Move { household: about(), ticked: parts.collect() },
            "split" => Self::Split { household: about(), ticked: parts.collect() },
            "join" => Self::Join { household: about() },
            "head" => Self::Head { household: about() },
            "household" => Self::Household { household: about() },
            "group" => Self::Group { group: about() },
            "campaign" => Self::Campaign { campaign: about() },
            "sessions" => Self::Sessions { campaign: about() },
            "session" => Self::Session { campaign: about(), session: parts.next().unwrap_or_default() },
            _ => return None,
        })
    }

    /// The key of the form's name.
    fn title(&self) -> &'static str {
        match self {
            Self::Add { .. } => "ui-add-person",
            Self::AddTo { .. } => "form-add-to",
            Self::Newborn { .. } => "form-newborn",
            Self::Edit { .. } => "op-edit-resident",
            Self::Move { .. } => "op-move",
            Self::Split { .. } => "op-split-household",
            Self::Join { .. } => "op-join-households",
            Self::Head { .. } => "form-head",
            Self::Household { .. } => "op-edit-household",
            Self::Group { .. } => "op-rename-group",
            Self::Campaign { campaign } if campaign.is_empty() => "campaign-form-new",
            Self::Campaign { .. } => "campaign-form-correct",
            Self::Sessions { .. } => "campaign-form-more",
            Self::Session { .. } => "campaign-form-correct-session",
        }
    }

    /// The form, filled from the ledger or from its draft.
    fn form(&self, draft: Option<&str>) -> Box<dyn Fill> {
        match self {
            Self::Add { .. } | Self::AddTo { .. } | Self::Newborn { .. } | Self::Edit { .. } => {
                Box::new(resident::ResidentForm::new(self.clone(), draft))
            }
            Self::Move { household, ticked } => {
                Box::new(relocate::RelocateForm::new(relocate::Kind::Move, household, ticked, draft))
            }
            Self::Split { household, ticked } => {
                Box::new(relocate::RelocateForm::new(relocate::Kind::Split, household, ticked, draft))
            }
            Self::Join { household } => Box::new(join::JoinForm::new(household, draft)),
            Self::Head { household } => Box::new(head::HeadForm::new(household, draft)),
            Self::Household { household } => Box::new(household::HouseholdForm::new(household, draft)),
            Self::Group { group } => Box::new(group::GroupForm::new(group, draft)),
            Self::Campaign { campaign } => Box::new(CampaignForm::new(campaign, draft)),
            Self::Sessions { campaign } => Box::new(SessionsForm::new(campaign, draft)),
            Self::Session { campaign, session } => Box::new(SessionForm::new(campaign, session, draft)),
        }
    }
}

/// Whoever was clicked belongs to what the draft is about: what was begun for one person is not gone on with for another.
fn leaving(household: &str, ticked: &[String]) -> String {
    let uids: Vec<&str> = std::iter::once(household).chain(ticked.iter().map(String::as_str)).collect();
    uids.join(" ")
}

/// A form that can be filled in.
pub(in crate::ui) trait Fill {
    /// Draws the fields.
    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, focus: Focus);
    /// What it does, once everything needed is there and nothing is wrong.
    fn command(&self, cx: &Cx<'_>) -> Option<Command>;
    /// Whether it could be saved; cheaper than the command where that is long.
    fn is_ready(&self, cx: &Cx<'_>) -> bool {
        self.command(cx).is_some()
    }
    /// What is still missing, in a sentence, where the form can say it; shown beside the button.
    fn missing(&self, _cx: &Cx<'_>) -> Option<String> {
        None
    }
    /// Everything typed, as JSON with a `label` that says whom it is about; none until the ledger's values are in it.
    fn typed(&self) -> Option<String>;
    /// The button that saves.
    fn save(&self) -> (Icon, &'static str);
    /// What is to be filled in once this is saved.
    fn then(&self) -> Option<Wish> {
        None
    }
    /// Why it cannot be filled in at all, as when the household is gone.
    fn failure(&self) -> Option<&Message> {
        None
    }
}

/// Whether the first field is to take the focus.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Focus {
    /// It is.
    Take,
    /// The keyboard stays where it is.
    Leave,
}

/// Reads what a form typed; a draft of another version begins anew.
pub(in crate::ui) fn of_draft<T: serde::de::DeserializeOwned>(draft: Option<&str>) -> Option<T> {
    draft.and_then(|draft| serde_json::from_str(draft).ok())
}

/// What a form typed, as JSON.
pub(in crate::ui) fn to_draft<T: serde::Serialize>(text: &T) -> Option<String> {
    serde_json::to_string(text).ok()
}
