//! A programme's file: read key by key, and held to be whole. An error names file, line, field and what was expected.

use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;

use crate::domain::programme::clause::Raw;
use crate::domain::programme::local::TITLE;
use crate::domain::programme::{
    Amount, Ask, Bilingual, Conditions, Document, InForce, Kind, LocalDef, Programme, Publicity, Repetition, Source,
    Status, Step, Subject, Tell, Visit, Who,
};

/// A programme's file, read key by key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    id: String,
    kind: Kind,
    subject: Subject,
    status: Status,
    names: Bilingual,
    #[serde(default)]
    in_force: InForce,
    clauses: Vec<Raw>,
    ask: Option<Ask>,
    #[serde(default)]
    tell: Tell,
    #[serde(default)]
    conditions: Conditions,
    #[serde(default)]
    publicity: Publicity,
    #[serde(default = "sixty")]
    tell_days_before_end: i64,
    repetition: Repetition,
    amount: Option<Amount>,
    #[serde(default)]
    documents: Vec<Document>,
    #[serde(default)]
    steps: Vec<Step>,
    #[serde(default)]
    authority_decides: Vec<Bilingual>,
    #[serde(default)]
    local: Vec<LocalDef>,
    visit: Option<Visit>,
    note: Option<Bilingual>,
    #[serde(rename = "source")]
    sources: Vec<Source>,
}

fn sixty() -> i64 {
    60
}

impl TryFrom<File> for Programme {
    type Error = String;

    fn try_from(file: File) -> Result<Self, String> {
        let clauses = file.clauses.into_iter().map(|raw| raw.read(&file.id)).collect::<Result<_, _>>()?;
        let programme = Self {
            id: file.id,
            kind: file.kind,
            subject: file.subject,
            status: file.status,
            names: file.names,
            in_force: file.in_force,
            clauses,
            ask: file.ask,
            tell: file.tell,
            conditions: file.conditions,
            publicity: file.publicity,
            tell_days_before_end: file.tell_days_before_end,
            repetition: file.repetition,
            amount: file.amount,
            documents: file.documents,
            steps: file.steps,
            authority_decides: file.authority_decides,
            local: file.local,
            visit: file.visit,
            note: file.note,
            sources: file.sources,
        };
        programme.whole().map(|()| programme)
    }
}

/// Why a programme's file was not accepted. The files are compiled in: nobody's data is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The field, as it stands in that line.
    pub field: String,
    /// What is wrong and what was expected.
    pub expected: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}, {}: {}", self.file, self.line, self.field, self.expected)
    }
}

impl std::error::Error for FileError {}

impl Programme {
    /// Reads one programme's file.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, FileError> {
        toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start).min(text.len());
            let line = text.get(..start).unwrap_or_default().matches('\n').count();
            let content = text.lines().nth(line).unwrap_or_default();
            let field = content.split_once('=').map_or(content, |(key, _)| key).trim();
            FileError {
                file: file.to_owned(),
                line: line + 1,
                field: field.trim_start_matches(['{', '[', ' ']).trim_end_matches([']', ' ']).to_owned(),
                expected: error.message().to_owned(),
            }
        })
    }

    /// Holds that what is named is there: every value left to the county is one it may set, every source has an address.
    fn whole(&self) -> Result<(), String> {
        let unknown = self.local_keys().into_iter().find(|key| self.local.iter().all(|local| local.key != *key));
        if let Some(key) = unknown {
            return Err(format!("local value {key}: expected one of [[local]]"));
        }
        let named = self.local_keys();
        for local in &self.local {
            local.whole()?;
            if !named.contains(&local.key.as_str()) {
                return Err(format!("local value {}: nothing in this file uses it", local.key));
            }
        }
        if self.publicity == Publicity::None && self.steps.iter().any(|step| step.public_days.is_some()) {
            return Err("public_days: expected none where publicity is none".to_owned());
        }
        let keys: HashSet<&str> = self.documents.iter().map(|document| document.key.as_str()).collect();
        if keys.len() < self.documents.len() {
            return Err("documents: expected each key once".to_owned());
        }
        let holders: HashSet<Who> = self.steps.iter().map(|step| step.who).collect();
        if holders.len() < self.steps.len() {
            return Err("steps: expected each who once".to_owned());
        }
        if self.sources.is_empty() || self.sources.iter().any(|source| source.title.is_empty()) {
            return Err("source: expected a title and an address".to_owned());
        }
        Ok(())
    }

    /// The keys of all values that are left to the county.
    fn local_keys(&self) -> Vec<&str> {
        let mut keys = Vec::new();
        self.clauses.iter().for_each(|clause| clause.local_keys(&mut keys));
        self.repetition.local_keys(&mut keys);
        self.steps.iter().filter_map(|step| step.public_days.as_ref()).for_each(|days| keys.extend(days.local_key()));
        if let Some(amount) = &self.amount {
            amount.local_keys(&mut keys);
        }
        // A notice may be called by what the village writes.
        keys.extend(
            self.local.iter().map(|local| local.key.as_str()).filter(|key| *key == TITLE && self.kind == Kind::Notice),
        );
        keys
    }
}
