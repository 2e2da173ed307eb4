//! Area codes of the statistics: twelve digits, six for the county, three for the township, three for the village.
//! Source: GB/T 2260-2007 (county), GB/T 10114-2003 (township), the statistical office's rules for the last three.

/// What a code names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A county: the last six digits are 0.
    County,
    /// A township, street or town: the last three digits are 0.
    Township,
    /// A village or neighbourhood.
    #[default]
    Village,
}

/// A code of twelve digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AreaCode(String);

impl AreaCode {
    /// Reads a code; a shorter one of a county (6 digits) or township (9 digits) is filled up with zeros.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = matches!(text.len(), 6 | 9 | 12) && text.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| Self(format!("{text:0<12}")))
    }

    /// Reads the code of a village to be started; else the key of what is wrong with it.
    ///
    /// # Errors
    /// No code at all; the code of an office, under which no village may hand up.
    pub fn of_village(text: &str) -> Result<Self, &'static str> {
        let code = Self::parse(text).ok_or("error-village-code")?;
        if code.level() == Level::Village { Ok(code) } else { Err("error-code-of-office") }
    }

    /// Reads the code of a township or county to be started; else the key of what is wrong with it.
    ///
    /// # Errors
    /// Anything else.
    pub fn of_office(text: &str) -> Result<Self, &'static str> {
        Self::parse(text).filter(|code| code.level() != Level::Village).ok_or("error-office-code")
    }

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it names.
    pub fn level(&self) -> Level {
        match (self.0.ends_with("000000"), self.0.ends_with("000")) {
            (true, _) => Level::County,
            (false, true) => Level::Township,
            (false, false) => Level::Village,
        }
    }

    /// Whether this one lies directly below another: a village in its township, a township in its county.
    pub fn is_directly_in(&self, other: &Self) -> bool {
        match (self.level(), other.level()) {
            (Level::Village, Level::Township) => self.0[..9] == other.0[..9],
            (Level::Township, Level::County) => self.0[..6] == other.0[..6],
            _ => false,
        }
    }
}

/// The digits: a place is nobody's secret.
impl std::fmt::Debug for AreaCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_tells_its_level_and_what_it_lies_in() {
        let code = |text: &str| AreaCode::parse(text).expect("a code");
        let (county, township, village) = (code("421399"), code("421399100"), code("421399100201"));
        assert_eq!(county.as_str(), "421399000000");
        assert_eq!(
            [&county, &township, &village].map(AreaCode::level),
            [Level::County, Level::Township, Level::Village]
        );
        assert!(village.is_directly_in(&township) && township.is_directly_in(&county));
        assert!(!village.is_directly_in(&county) && !township.is_directly_in(&township));
        assert!(!village.is_directly_in(&code("421399101")));
        assert_eq!(AreaCode::of_village("421399100201"), Ok(village));
        assert_eq!(AreaCode::of_office("421399100"), Ok(township));
        assert_eq!(AreaCode::of_village("421399100000"), Err("error-code-of-office"));
        assert_eq!(AreaCode::of_village("4213991002011"), Err("error-village-code"));
        assert_eq!(AreaCode::of_office("421399100201"), Err("error-office-code"));
        for wrong in ["", "4213", "42139910020x", "4213991002011", "４２１３９９"] {
            assert_eq!(AreaCode::parse(wrong), None, "{wrong}");
        }
    }
}
