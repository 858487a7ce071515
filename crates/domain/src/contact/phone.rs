//! Phone numbers in E.164. A number without a country is one of the merchant's country; the digit that is dialled only
//! inside a country is dropped, also where people write it in brackets after the country's code.

/// Digits of a number of a country that the table does not know, its code included.
const FOREIGN_DIGITS: (usize, usize) = (7, 15);

/// How the numbers of a country are dialled.
struct Plan {
    country: &'static str,
    /// Dialled before them from abroad.
    code: &'static str,
    /// Dialled before them inside the country only.
    trunk: &'static str,
    /// Digits of a national number, at least and at most, without code and trunk.
    digits: (usize, usize),
}

const fn plan(country: &'static str, code: &'static str, trunk: &'static str, digits: (usize, usize)) -> Plan {
    Plan {
        country,
        code,
        trunk,
        digits,
    }
}

/// The European economic area, its neighbours, and North America.
const PLANS: [Plan; 35] = [
    plan("AT", "43", "0", (5, 13)),
    plan("BE", "32", "0", (8, 9)),
    plan("BG", "359", "0", (6, 9)),
    plan("CA", "1", "1", (10, 10)),
    plan("CH", "41", "0", (9, 9)),
    plan("CY", "357", "", (8, 8)),
    plan("CZ", "420", "", (9, 9)),
    plan("DE", "49", "0", (5, 13)),
    plan("DK", "45", "", (8, 8)),
    plan("EE", "372", "", (7, 8)),
    plan("ES", "34", "", (9, 9)),
    plan("FI", "358", "0", (5, 12)),
    plan("FR", "33", "0", (9, 9)),
    plan("GB", "44", "0", (7, 10)),
    plan("GR", "30", "", (10, 10)),
    plan("HR", "385", "0", (7, 9)),
    plan("HU", "36", "06", (8, 9)),
    plan("IE", "353", "0", (7, 10)),
    plan("IS", "354", "", (7, 9)),
    plan("IT", "39", "", (6, 12)),
    plan("LI", "423", "", (7, 9)),
    plan("LT", "370", "0", (8, 8)),
    plan("LU", "352", "", (5, 11)),
    plan("LV", "371", "", (8, 8)),
    plan("MC", "377", "", (8, 9)),
    plan("MT", "356", "", (8, 8)),
    plan("NL", "31", "0", (9, 11)),
    plan("NO", "47", "", (8, 8)),
    plan("PL", "48", "", (9, 9)),
    plan("PT", "351", "", (9, 9)),
    plan("RO", "40", "0", (9, 9)),
    plan("SE", "46", "0", (7, 10)),
    plan("SI", "386", "0", (8, 8)),
    plan("SK", "421", "0", (9, 9)),
    plan("US", "1", "1", (10, 10)),
];

/// Reads a number; none when it is not one. `country` is the merchant's.
pub fn parse(text: &str, country: &str) -> Option<String> {
    let dialled = |letter: char| letter.is_ascii_digit() || letter.is_whitespace() || "+-./()".contains(letter);
    if !text.chars().all(dialled) || text.rfind('+').is_some_and(|place| place > 0) {
        return None;
    }
    let all = digits(text);
    let is_abroad = text.starts_with('+') || all.starts_with("00");
    if !is_abroad {
        let plan = PLANS.iter().find(|plan| plan.country == country)?;
        return plan.number(&all);
    }
    // In Italy the 0 belongs to the number, also in brackets.
    let italian = all.trim_start_matches("00").starts_with("39");
    let all = if italian {
        all
    } else {
        digits(&text.replacen("(0)", "", 1))
    };
    let abroad = if text.starts_with('+') {
        &*all
    } else {
        all.strip_prefix("00")?
    };
    // No two codes of the table begin alike, and countries that share one are dialled alike.
    match PLANS.iter().find(|plan| abroad.starts_with(plan.code)) {
        Some(plan) => plan.number(abroad.strip_prefix(plan.code)?),
        None => {
            let (least, most) = FOREIGN_DIGITS;
            let fits = (least..=most).contains(&abroad.len()) && !abroad.starts_with('0');
            fits.then(|| format!("+{abroad}"))
        }
    }
}

/// The code of a number's country with its sign, and the rest; of an unknown country the first three digits are the code.
pub fn halves(number: &str) -> (&str, &str) {
    let digits = number.strip_prefix('+').unwrap_or(number);
    let known = PLANS.iter().filter(|plan| digits.starts_with(plan.code));
    let length = known.map(|plan| plan.code.len()).max().unwrap_or(3);
    number
        .split_at_checked(number.len() - digits.len() + length)
        .unwrap_or((number, ""))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

impl Plan {
    fn number(&self, national: &str) -> Option<String> {
        let (least, most) = self.digits;
        let national = self.without_trunk(national);
        let fits = (least..=most).contains(&national.len());
        fits.then(|| format!("+{}{national}", self.code))
    }

    /// In Lithuania an 8 was dialled until the 0 came; it may also begin a number.
    fn without_trunk<'a>(&self, national: &'a str) -> &'a str {
        let old = if self.country == "LT" { "8" } else { self.trunk };
        let trunks = [self.trunk, old].into_iter().filter(|trunk| !trunk.is_empty());
        trunks
            .filter_map(|trunk| national.strip_prefix(trunk))
            .find(|rest| rest.len() >= self.digits.0)
            .unwrap_or(national)
    }
}
