//! Contacts, normalised so that one person is found however the address is typed (`ENR-2`): mail trimmed and in lower
//! case, phones in E.164 with the merchant's country. Landlines are welcome. Nothing here is ever part of an event.

use crate::codes::codes;

/// What kind of address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactKind {
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
}

codes!(ContactKind {
    Email => "email",
    Phone => "phone",
});

/// A contact in its one form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Contact {
    /// Mail or phone.
    pub kind: ContactKind,
    /// The normalised text.
    pub text: String,
}

/// Why a contact cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidContact {
    /// Meant as mail, but is not.
    Email,
    /// Meant as a phone number, but is not.
    Phone,
}

/// Reads a contact; `country` is the merchant's ISO code and supplies the prefix of a national phone number.
pub fn parse(typed: &str, country: &str) -> Result<Contact, InvalidContact> {
    let text = typed.trim();
    if text.contains('@') || text.chars().any(char::is_alphabetic) {
        email(text)
    } else {
        phone(text, country)
    }
}

fn email(text: &str) -> Result<Contact, InvalidContact> {
    const LOCAL_MAX: usize = 64;
    const ALL_MAX: usize = 254;
    let text = text.to_lowercase();
    let (local, host) = text.rsplit_once('@').ok_or(InvalidContact::Email)?;
    let plain = |letter: char| !letter.is_whitespace() && !letter.is_control() && !"\"(),:;<>@[\\]".contains(letter);
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    let local_fits = !local.is_empty()
        && local.len() <= LOCAL_MAX
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let host_fits = host.contains('.') && host.split('.').all(label);
    if !local_fits || !host_fits || text.len() > ALL_MAX {
        return Err(InvalidContact::Email);
    }
    Ok(Contact {
        kind: ContactKind::Email,
        text,
    })
}

fn phone(text: &str, country: &str) -> Result<Contact, InvalidContact> {
    const DIGITS_MIN: usize = 6;
    const DIGITS_MAX: usize = 15;
    if text
        .chars()
        .any(|letter| !(letter.is_ascii_digit() || letter.is_whitespace() || "+-./()".contains(letter)))
    {
        return Err(InvalidContact::Phone);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let international = if text.starts_with('+') {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else {
        let (prefix, trunk) = dialling(country).ok_or(InvalidContact::Phone)?;
        format!(
            "{prefix}{}",
            if trunk {
                digits.strip_prefix('0').unwrap_or(&digits)
            } else {
                &digits
            }
        )
    };
    let fits = (DIGITS_MIN..=DIGITS_MAX).contains(&international.len()) && !international.starts_with('0');
    if !fits || text.rfind('+').is_some_and(|place| place > 0) {
        return Err(InvalidContact::Phone);
    }
    Ok(Contact {
        kind: ContactKind::Phone,
        text: format!("+{international}"),
    })
}

/// A country's dialling prefix, and whether national numbers begin with a 0 that is dropped abroad.
fn dialling(country: &str) -> Option<(&'static str, bool)> {
    Some(match country {
        "LU" => ("352", false),
        "FR" => ("33", true),
        "DE" => ("49", true),
        "BE" => ("32", true),
        "NL" => ("31", true),
        "GB" => ("44", true),
        "IE" => ("353", true),
        "AT" => ("43", true),
        "CH" => ("41", true),
        "IT" => ("39", false),
        "ES" => ("34", false),
        "PT" => ("351", false),
        "US" | "CA" => ("1", false),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_is_one_contact_however_it_is_typed() {
        let phone = |typed, country| parse(typed, country).map(|contact| contact.text);
        assert_eq!(phone("621 123 456", "LU"), Ok("+352621123456".into()));
        assert_eq!(phone("+352 621-123-456", "FR"), Ok("+352621123456".into()));
        assert_eq!(phone("00352 621 123 456", "DE"), Ok("+352621123456".into()));
        assert_eq!(phone("03 87 11 22 33", "FR"), Ok("+33387112233".into()));
        assert_eq!(phone("0651 12345", "DE"), Ok("+4965112345".into()));
        assert_eq!(phone(" Mina@Example.LU ", "LU"), Ok("mina@example.lu".into()));
    }

    #[test]
    fn what_is_no_contact_is_refused() {
        for bad in [
            "mina",
            "@example.lu",
            "mina@",
            "mina@lu",
            "mi na@example.lu",
            "a@b..c",
            "a@-b.lu",
            ".a@b.lu",
        ] {
            assert_eq!(parse(bad, "LU"), Err(InvalidContact::Email), "{bad}");
        }
        for bad in ["", "12", "+0123456789", "1234567890123456", "12+34567"] {
            assert_eq!(parse(bad, "LU"), Err(InvalidContact::Phone), "{bad}");
        }
    }
}
