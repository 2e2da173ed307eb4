//! The program's words: `assets/words/<language>/*.ftl`, and how a [`Message`] becomes a sentence.
//!
//! May use `domain`; every sentence a user reads passes through here.

use chrono::{Datelike, NaiveDate};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

use crate::domain::message::{Arg, Message, Say};
use crate::domain::programme::Bilingual;
use crate::domain::schedule::lunar_date;

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Chinese as spoken in mainland China; the first language of the program.
    #[default]
    Chinese,
    /// English.
    English,
}

/// The files of one language, compiled in.
macro_rules! files {
    ($folder:literal) => {
        &[
            include_str!(concat!("../../assets/words/", $folder, "/core.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/import.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/keys.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/recovery.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/programmes.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/benefits.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/lists.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/day.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/campaign.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/campaign_form.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/campaign_paper.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/hand_up.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/hand_up_window.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/office.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/laptops.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/privacy.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/privacy_paper.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/privacy_window.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/consents.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/notices.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/demo.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/search.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/duplicates.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/quality.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/reconcile.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/form.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/help.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/manual.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/ui.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/forms.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/window.ftl")),
            include_str!(concat!("../../assets/words/", $folder, "/paper.ftl")),
        ]
    };
}

impl Language {
    /// Both languages.
    pub const ALL: &[Self] = &[Self::Chinese, Self::English];

    /// The short code used on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// The language with this short code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.code() == code)
    }

    /// The text of its word files.
    pub fn files(self) -> &'static [&'static str] {
        match self {
            Self::Chinese => files!("zh-CN"),
            Self::English => files!("en"),
        }
    }

    fn id(self) -> LanguageIdentifier {
        match self {
            Self::Chinese => langid!("zh-CN"),
            Self::English => langid!("en"),
        }
    }
}

/// The words of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// Loads a language. A line that cannot be read is left out; a test holds that there is none.
    pub fn new(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.id()]);
        // Isolation marks around arguments would be drawn as boxes and break text comparison.
        bundle.set_use_isolating(false);
        for text in language.files() {
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The words for a key without arguments.
    pub fn text(&self, key: &str) -> String {
        self.sentence(key, None)
    }

    /// The sentence for a message; a key that has no words is shown as it is, so that it is noticed.
    pub fn say(&self, message: &Message) -> String {
        let mut args = FluentArgs::new();
        for (name, arg) in &message.args {
            args.set(*name, self.value(arg));
        }
        self.sentence(&message.key, Some(&args))
    }

    /// The words for something that can say itself.
    pub fn of(&self, thing: &impl Say) -> String {
        self.say(&thing.message())
    }

    /// The side of a bilingual text.
    pub fn pick<'a>(&self, text: &'a Bilingual) -> &'a str {
        match self.language {
            Language::Chinese => &text.zh,
            Language::English => &text.en,
        }
    }

    /// A calendar day as people write it.
    pub fn date(&self, day: NaiveDate) -> String {
        match self.language {
            Language::Chinese => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
            Language::English => day.format("%-d %b %Y").to_string(),
        }
    }

    /// The day of the week: 星期一.
    pub fn weekday(&self, day: NaiveDate) -> String {
        let at = day.weekday().num_days_from_monday() as usize;
        match self.language {
            Language::Chinese => format!("星期{}", ["一", "二", "三", "四", "五", "六", "日"][at.min(6)]),
            Language::English => day.format("%A").to_string(),
        }
    }

    /// The day of the lunar calendar as people say it: 农历十月廿九.
    pub fn lunar(&self, day: NaiveDate) -> Option<String> {
        let lunar = lunar_date(day)?;
        Some(match self.language {
            Language::Chinese => format!("农历{}", lunar.spoken()),
            Language::English => {
                let leap = if lunar.is_leap { "leap " } else { "" };
                format!("lunar {leap}month {}, day {}", lunar.month, lunar.day)
            }
        })
    }

    /// Several things after another: 姓名、电话.
    pub fn list<T: AsRef<str>>(&self, things: &[T]) -> String {
        let things: Vec<&str> = things.iter().map(AsRef::as_ref).collect();
        things.join(self.text("list-mark").trim_matches('|'))
    }

    fn value(&self, arg: &Arg) -> FluentValue<'static> {
        match arg {
            Arg::Text(text) => FluentValue::from(text.clone()),
            // As text: digits must not be grouped by the formatter.
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Date(day) => FluentValue::from(self.date(*day)),
            Arg::Word(key) => FluentValue::from(self.text(key)),
            Arg::Said(messages) => {
                let said: Vec<String> = messages.iter().map(|message| self.say(message)).collect();
                FluentValue::from(self.list(&said))
            }
        }
    }

    fn sentence(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, args, &mut errors).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(language: Language) -> BTreeSet<String> {
        let lines = language.files().iter().flat_map(|file| file.lines());
        lines
            .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
            .filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned()))
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_keys_and_every_file_reads() {
        let (chinese, english) = (keys(Language::Chinese), keys(Language::English));
        let only: Vec<_> = chinese.symmetric_difference(&english).collect();
        assert!(only.is_empty(), "only in one language: {only:?}");
        for language in Language::ALL {
            for file in language.files() {
                assert!(FluentResource::try_new((*file).to_owned()).is_ok(), "{}: {}", language.code(), &file[..40]);
            }
        }
    }

    #[test]
    fn a_message_becomes_a_sentence_in_both_languages() {
        let day = NaiveDate::from_ymd_opt(1950, 3, 1).expect("a date");
        let message = Message::new("fact-born").date("born", day).number("age", 76);
        assert_eq!(Words::new(Language::Chinese).say(&message), "1950年3月1日出生，76岁");
        assert_eq!(Words::new(Language::English).say(&message), "born 1 Mar 1950, aged 76");
    }
}
