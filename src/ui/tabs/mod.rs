//! The tabs: six of a village, six of an office.

pub mod benefits;
pub mod campaigns;
pub mod charts;
pub mod contact;
pub mod duplicates;
mod escrow;
pub mod hand_over;
pub mod handup;
mod hits;
mod household_panel;
pub mod import;
pub mod join;
pub mod lists;
pub mod month;
pub mod months;
pub(in crate::ui) mod paper;
mod person;
pub mod person_panel;
pub mod privacy;
pub mod quality;
pub mod reconcile;
pub mod rehearsal;
pub mod residents;
mod roll;
pub mod township;
pub mod township_form;
pub mod worklist;

use crate::domain::area_code::Level;
use crate::ui::icon::Icon;

/// A tab of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// 工作清单: what to do today.
    #[default]
    Worklist,
    /// 服务名单: who may have what and has not been told.
    Lists,
    /// 体检安排: who comes when.
    Campaigns,
    /// 住户: who lives here.
    Residents,
    /// 上报备份: what leaves, and copies.
    HandUp,
    /// 隐私保护: what is kept how long, what left, who looked, what was lost.
    Privacy,
    /// 各村: where everybody was told, and where help is needed. Of an office.
    Villages,
    /// 收文件: the files that the villages brought. Of an office.
    Shelf,
    /// 邀请: who hands up. Of an office.
    Members,
    /// 月报: what happened, month by month. Of an office.
    Months,
}

impl Tab {
    /// The tabs of a ledger, in their order: an office has no residents and no worklist.
    pub fn of(level: Level) -> &'static [Self] {
        match level {
            Level::Village => {
                &[Self::Worklist, Self::Lists, Self::Campaigns, Self::Residents, Self::HandUp, Self::Privacy]
            }
            Level::Township | Level::County => {
                &[Self::Villages, Self::Shelf, Self::Members, Self::Months, Self::HandUp, Self::Privacy]
            }
        }
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Worklist => "ui-tab-worklist",
            Self::Lists => "ui-tab-lists",
            Self::Campaigns => "ui-tab-campaigns",
            Self::Residents => "ui-tab-residents",
            Self::HandUp => "ui-tab-handup",
            Self::Privacy => "ui-tab-privacy",
            Self::Villages => "ui-tab-villages",
            Self::Shelf => "ui-tab-shelf",
            Self::Members => "ui-tab-members",
            Self::Months => "ui-tab-months",
        }
    }

    /// Its icon.
    pub fn icon(self) -> Icon {
        match self {
            Self::Worklist => Icon::ClipboardList,
            Self::Lists => Icon::ListChecks,
            Self::Campaigns => Icon::CalendarDays,
            Self::Residents => Icon::House,
            Self::HandUp => Icon::HardDrive,
            Self::Privacy => Icon::Shield,
            Self::Villages => Icon::Map,
            Self::Shelf => Icon::Inbox,
            Self::Members => Icon::MailPlus,
            Self::Months => Icon::CalendarCheck,
        }
    }
}
