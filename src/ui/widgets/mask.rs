//! Numbers that need not be read over a shoulder are shown in part.

/// An id number with its middle hidden; shown in full only where one person is opened.
pub fn id_number(number: &str) -> String {
    let characters: Vec<char> = number.chars().collect();
    if characters.len() < 10 {
        return number.to_owned();
    }
    let head: String = characters[..4].iter().collect();
    let tail: String = characters[characters.len() - 4..].iter().collect();
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_both_ends_of_an_id_number_are_shown() {
        assert_eq!(id_number("421399195003010027"), "4213…0027");
        assert_eq!(id_number(""), "");
    }
}
