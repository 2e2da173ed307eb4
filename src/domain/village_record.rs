//! The village's own record: services, feedback, training, phone list. Each entry has a day and a few texts; none of them is
//! about a resident.

use chrono::NaiveDate;

use crate::domain::resident::worded;

/// What is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecordKind {
    /// 办事指南: what there is, where, when, whom to call, what to bring.
    Service,
    /// 群众意见: what was said, and the answer.
    Feedback,
    /// 培训记录: the topic, and who attended.
    Training,
    /// 常用电话: office or duty, name, phone.
    Phone,
}
worded!(RecordKind, "village-record" {
    Service => "service", Feedback => "feedback", Training => "training", Phone => "phone",
});

impl RecordKind {
    /// Its table.
    pub fn table(self) -> &'static str {
        match self {
            Self::Service => "village_service",
            Self::Feedback => "feedback",
            Self::Training => "training",
            Self::Phone => "phone_list",
        }
    }

    /// Its texts, the one that must be there first.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Service => &["what", "place", "hours", "phone", "bring"],
            Self::Feedback => &["what", "answer"],
            Self::Training => &["what", "attended"],
            Self::Phone => &["what", "name", "phone"],
        }
    }

    /// The keys of what its texts are called.
    pub fn labels(self) -> &'static [&'static str] {
        match self {
            Self::Service => &[
                "record-service-what",
                "record-service-place",
                "record-service-hours",
                "record-service-phone",
                "record-service-bring",
            ],
            Self::Feedback => &["record-feedback-what", "record-feedback-answer"],
            Self::Training => &["record-training-what", "record-training-attended"],
            Self::Phone => &["record-phone-what", "record-phone-name", "record-phone-phone"],
        }
    }

    /// The key of what is said where nothing is written down yet.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Service => "record-service-hint",
            Self::Feedback => "record-feedback-hint",
            Self::Training => "record-training-hint",
            Self::Phone => "record-phone-hint",
        }
    }

    /// Whether it may hang on the notice board: who attended a training is the village's own business.
    pub fn is_printed(self) -> bool {
        self != Self::Training
    }
}

/// An entry.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// Identity; empty for a new one.
    pub uid: String,
    /// The day.
    pub on: NaiveDate,
    /// A text for each of [`RecordKind::columns`].
    pub texts: Vec<String>,
}

/// Without the texts.
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entry({} {})", self.uid, self.on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_table_of_its_own_and_no_place_for_who_said_something() {
        let tables: std::collections::HashSet<_> = RecordKind::ALL.iter().map(|kind| kind.table()).collect();
        assert_eq!(tables.len(), RecordKind::ALL.len());
        assert!(RecordKind::ALL.iter().all(|kind| kind.columns().first() == Some(&"what")));
        assert!(RecordKind::ALL.iter().all(|kind| kind.columns().len() == kind.labels().len()));
        assert_eq!(RecordKind::Feedback.columns(), ["what", "answer"]);
    }
}
