//! What a paper is made of: plain read models, gathered by one read. What may not stand on a paper is not gathered.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use crate::domain::consent::{ConsentState, Purpose};
use crate::domain::mask::MaskedName;
use crate::domain::programme::{Kind, Programme, Who};
use crate::domain::pyramid::Pyramid;
use crate::domain::resident::Standing;
use crate::domain::village_record::{Entry, RecordKind};
use crate::ledger::campaigns::sheets::{CampaignPaper, CampaignSheet, DoorSheet};
use crate::ledger::charts::ProgrammeChart;
use crate::ledger::children::Children;
use crate::ledger::departure::Departure;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::hand_over::HandOverSheet;
use crate::ledger::lists::List;
use crate::ledger::months::MonthSheet;
use crate::ledger::person_file::PersonFile;
use crate::ledger::privacy::kept::KeptDays;
use crate::ledger::privacy::report::{PrivacyPaper, PrivacyReport};
use crate::ledger::rounds::RoundSheet;
use crate::ledger::sections::Section;
use crate::ledger::self_check::SelfCheck;
use crate::ledger::store::consents;
use crate::ledger::view::View;
use crate::ledger::village::{Village, group_order};

/// What is to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperWish {
    /// 服务名单 of a programme.
    Roster {
        /// Its id.
        programme: String,
        /// Who stands on it.
        section: Section,
    },
    /// 公示 of a programme.
    PublicSheet {
        /// Its id.
        programme: String,
    },
    /// 本人信息 of the resident with this uid.
    Person(String),
    /// 迁移告知单 of the resident with this uid, who moved away.
    MoveSlip(String),
    /// A leaflet's slip.
    Slip {
        /// Its id.
        programme: String,
    },
    /// 通知单 of a programme: stub and slip, the name written by hand.
    ToldSlip {
        /// Its id.
        programme: String,
    },
    /// 人口图: the people by age and sex.
    Pyramid,
    /// A picture of a programme.
    Chart {
        /// Its id.
        programme: String,
        /// Which picture.
        kind: ChartKind,
    },
    /// 走访单: the newest round.
    Round,
    /// 村级自查表: five points about the village's own work.
    SelfCheck,
    /// 月报 or 年报: what happened in a month (2026-11) or year (2026).
    Month(String),
    /// 交接清单: what is compared and done when the ledger goes to another laptop.
    HandOver,
    /// A paper about how data is handled.
    Privacy(PrivacyPaper),
    /// 办事指南, 群众意见, 常用电话.
    VillageRecord(RecordKind),
    /// 告知书和同意书 for a purpose, the name written by hand.
    ConsentNotice(Purpose),
    /// A paper of a campaign.
    Campaign {
        /// Its uid.
        campaign: String,
        /// Only this session, by its uid; none for all of them.
        session: Option<String>,
        /// Which paper.
        paper: CampaignPaper,
    },
}

/// Which picture of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChartKind {
    /// Who had been told by the end of each month.
    Told,
    /// How old those are who are still to be told.
    Ages,
}

/// What was gathered.
pub struct Gathered {
    /// The village.
    pub village: Village,
    /// The day.
    pub on: NaiveDate,
    /// For which paper.
    pub material: Material,
}

/// What a paper is made of.
pub enum Material {
    /// A programme's list.
    Roster(Box<RosterFile>),
    /// Whoever's application the village has in hand, masked.
    PublicSheet(PublicSheet),
    /// All that is kept of one person.
    Person(Box<PersonFile>),
    /// What goes along with somebody who moved away.
    MoveSlip(Box<Departure>),
    /// What a leaflet says.
    Slip(Arc<Programme>),
    /// What a programme says.
    ToldSlip(Arc<Programme>),
    /// Entries of the village's own record.
    VillageRecord(RecordKind, Vec<Entry>),
    /// The people by age and sex.
    Pyramid(Box<Pyramid>),
    /// The five points.
    SelfCheck(Box<SelfCheck>),
    /// What happened in a month or year, in numbers.
    Month(Box<MonthSheet>),
    /// What is compared and done when the ledger goes to another laptop.
    HandOver(Box<HandOverSheet>),
    /// The numbers of a paper about how data is handled.
    Privacy(PrivacyPaper, Box<PrivacyReport>),
    /// A picture of a programme.
    Chart(ChartKind, Box<ProgrammeChart>),
    /// A round by households.
    Round(Box<RoundSheet>),
    /// What is agreed to, and how long what is kept of it.
    ConsentNotice(Purpose, KeptDays),
    /// Who has a day ahead, in the order of a walk.
    AppointmentSlips(Box<CampaignSheet>),
    /// Who is expected.
    SessionRoster(Box<CampaignSheet>),
    /// Who is expected, masked.
    DoorList(Box<DoorSheet>),
    /// Who is expected; who of them may go to the clinic is decided where the list is made.
    ClinicList(Box<CampaignSheet>),
}

/// A programme's list, and what decides whose name goes to an office.
pub struct RosterFile {
    /// The list.
    pub list: List,
    /// What stands for handing name and phone to the clinic, by uid; nothing where nobody has asked yet.
    pub clinic: HashMap<String, ConsentState>,
    /// Of its children, whose word sends them to an office and who heads their household.
    pub children: Children,
}

/// A masked sheet.
#[derive(Clone, Debug)]
pub struct PublicSheet {
    /// The programme.
    pub programme: Arc<Programme>,
    /// The day it is put up.
    pub put_up_on: NaiveDate,
    /// The last day it may hang.
    pub down_by: NaiveDate,
    /// Who stands on it, by group.
    pub rows: Vec<PublicRow>,
}

/// Somebody on a masked sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicRow {
    /// The masked name.
    pub name: MaskedName,
    /// The year of birth, where known.
    pub born: Option<i32>,
    /// Bare name of the group.
    pub group: String,
}

impl View {
    /// Gathers what a paper is made of.
    ///
    /// # Errors
    /// The programme has no such paper; there is no such person.
    pub fn gather(&self, wish: &PaperWish, on: NaiveDate) -> Result<Gathered> {
        let material = match wish {
            PaperWish::Roster { programme, .. } => {
                let clinic = consents::standing_by_uid(self.conn(), Purpose::Clinic)?;
                let (list, children) = (self.list(programme, on)?, self.children(on)?);
                Material::Roster(Box::new(RosterFile { list, clinic, children }))
            }
            PaperWish::PublicSheet { programme } => Material::PublicSheet(self.public_sheet(programme, on)?),
            PaperWish::Person(uid) => Material::Person(Box::new(self.person_file(uid, on)?)),
            PaperWish::MoveSlip(uid) => Material::MoveSlip(Box::new(self.move_slip(uid, on)?)),
            PaperWish::Slip { programme } => Material::Slip(self.leaflet(programme)?),
            PaperWish::ToldSlip { programme } => {
                let programme = self.programme(programme)?;
                if !programme.lists_people() {
                    return Err(LedgerError::refused("paper-lists-nobody"));
                }
                Material::ToldSlip(programme)
            }
            PaperWish::VillageRecord(kind) => Material::VillageRecord(*kind, self.village_record(*kind)?),
            PaperWish::Pyramid => Material::Pyramid(Box::new(self.pyramid(on)?)),
            PaperWish::Chart { programme, kind } => {
                Material::Chart(*kind, Box::new(self.programme_chart(programme, on)?))
            }
            PaperWish::SelfCheck => Material::SelfCheck(Box::new(self.self_check(on)?)),
            PaperWish::Month(of) => Material::Month(Box::new(self.month_sheet(of)?)),
            PaperWish::Privacy(paper) => Material::Privacy(paper.clone(), Box::new(self.privacy_report(paper, on)?)),
            PaperWish::HandOver => Material::HandOver(Box::new(self.hand_over_sheet()?)),
            PaperWish::Round => Material::Round(Box::new(self.round_sheet(None)?)),
            PaperWish::ConsentNotice(purpose) => Material::ConsentNotice(*purpose, self.kept_days()?),
            PaperWish::Campaign { campaign, session, paper } => {
                self.campaign_paper((campaign, session.as_deref()), *paper, on)?
            }
        };
        Ok(Gathered { village: self.village()?, on, material })
    }

    fn move_slip(&self, uid: &str, on: NaiveDate) -> Result<Departure> {
        let departure = self.departure(uid, on)?;
        if departure.row.facts.standing.value != Standing::MovedOut {
            return Err(LedgerError::refused("error-has-not-left"));
        }
        Ok(departure)
    }

    fn leaflet(&self, id: &str) -> Result<Arc<Programme>> {
        let programme = self.programme(id)?;
        if programme.kind != Kind::Leaflet {
            return Err(LedgerError::refused("paper-no-leaflet"));
        }
        Ok(programme)
    }

    /// The sheet for the notice board, as it would hang from this day.
    ///
    /// # Errors
    /// The village puts up none for this programme.
    pub fn public_sheet(&self, id: &str, put_up_on: NaiveDate) -> Result<PublicSheet> {
        let programme = self.programme(id)?;
        let days = programme.public_days().ok_or_else(|| LedgerError::refused("paper-no-public-sheet"))?;
        // The day it is put up is the first of them.
        let down_by = put_up_on.checked_add_days(Days::new(days - 1)).unwrap_or(put_up_on);
        let mut rows = Vec::new();
        for row in self.applications()? {
            let kept = &row.application;
            let is_in_hand = kept.holder == Who::Village && kept.answer.is_none() && kept.taken_back.is_none();
            if row.programme.id == id && row.standing == Standing::Present && is_in_hand {
                let person = self.resident(&row.uid)?;
                let born = person.facts.born.map(|born| born.value.year());
                rows.push(PublicRow { name: MaskedName::of(&person.name), born, group: person.group });
            }
        }
        rows.sort_by_cached_key(|row| (group_order(&row.group), row.born, row.name.as_str().to_owned()));
        Ok(PublicSheet { programme, put_up_on, down_by, rows })
    }
}
