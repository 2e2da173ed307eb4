//! 关爱 on the person's page: pairing in sight, a child's being left behind only after it was said why
//! and written down.

use eframe::egui::Ui;

use crate::domain::care::CareKind;
use crate::ledger::care::CareRow;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::care::CareCard;
use crate::ui::widgets::child::LookGate;

/// Whether somebody is of the age at which a child or pupil may be left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Under eighteen.
    Minor,
    /// Grown up, or not known.
    Other,
}

/// The part.
#[derive(Default)]
pub struct CarePart {
    of: String,
    pairing: Cached<(i64, String), Option<CareRow>>,
    child: Cached<(i64, String), Option<CareRow>>,
    pair_card: CareCard,
    child_card: CareCard,
    gate: LookGate,
    /// Whether it is asked for.
    is_asked: bool,
}

impl CarePart {
    /// Draws the part of somebody who is here.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, uid: &str, age: Age) {
        if self.of != uid {
            uid.clone_into(&mut self.of);
            self.is_asked = false;
        }
        let words = cx.t("lists-page-care");
        basic::fold(ui, &words).id_salt("care").show(ui, |ui| {
            let asked = uid.to_owned();
            let key = (cx.revision, uid.to_owned());
            let row =
                self.pairing.get(cx.desk, key.clone(), move |view| view.care_of(&asked, CareKind::Pairing)).cloned();
            if let Some(row) = row {
                self.pair_card.ui(ui, cx, (uid, CareKind::Pairing), row.as_ref().as_ref());
            }
            if age == Age::Other {
                return;
            }
            if !cx.seen.care.iter().any(|seen| seen == uid) {
                if self.is_asked {
                    self.gate.care_ui(ui, cx, uid, || vec![uid.to_owned()]);
                } else if button(ui, Icon::Eye, &cx.t("care-look-one")).clicked() {
                    self.is_asked = true;
                    self.gate = LookGate::default();
                }
                return;
            }
            let asked = uid.to_owned();
            let row = self.child.get(cx.desk, key, move |view| view.care_of(&asked, CareKind::LeftBehind)).cloned();
            if let Some(row) = row {
                self.child_card.ui(ui, cx, (uid, CareKind::LeftBehind), row.as_ref().as_ref());
            }
        });
    }
}
