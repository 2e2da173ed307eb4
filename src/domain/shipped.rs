//! What the program is made of, with the licence of each part: a list made from the manifests by `assets/licences/make.py`.

use std::collections::BTreeMap;

use serde::Serialize;

/// A part of the program as it is shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// A crate, a library within one, a font or a table.
    pub name: &'static str,
    /// Its version; empty where it has none of its own.
    pub version: &'static str,
    /// Its licence, as an SPDX expression where there is one.
    pub licence: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}

/// All parts, by name.
pub fn parts() -> impl Iterator<Item = Part> {
    include_str!("../../assets/licences/shipped.tsv").lines().filter_map(|line| {
        let mut fields = line.split('\t');
        let (name, version) = (fields.next()?, fields.next()?);
        Some(Part { name, version, licence: fields.next()?, source: fields.next()? })
    })
}

/// The names of the parts under each licence, the licence of most first.
pub fn by_licence() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for part in parts() {
        let names = found.entry(part.licence).or_default();
        if names.last() != Some(&part.name) {
            names.push(part.name);
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_a_part_with_its_licence() {
        let lines = include_str!("../../assets/licences/shipped.tsv").lines().count();
        let whole = |part: &Part| !part.name.is_empty() && !part.licence.is_empty() && !part.source.is_empty();
        assert_eq!(parts().filter(whole).count(), lines);
        assert!(parts().any(|part| part.name == "SQLCipher") && parts().any(|part| part.name == "egui"));
        let grouped = by_licence();
        assert!(grouped.is_sorted_by(|(_, one), (_, next)| one.len() >= next.len()));
    }
}
