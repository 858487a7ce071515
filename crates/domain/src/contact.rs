//! Contacts, normalised so that one person is found however the address is typed (`ENR-2`): mail trimmed, in lower case
//! and with its host in ASCII, phones in E.164 with the merchant's country. Landlines are welcome. Nothing here is ever
//! part of an event.

mod echo;
mod email;
mod phone;

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
    let (kind, found) = if text.contains('@') || text.chars().any(char::is_alphabetic) {
        (ContactKind::Email, email::parse(text).ok_or(InvalidContact::Email)?)
    } else {
        (
            ContactKind::Phone,
            phone::parse(text, country).ok_or(InvalidContact::Phone)?,
        )
    };
    Ok(Contact { kind, text: found })
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
    fn a_host_and_its_ascii_form_are_one() {
        let mail = |typed| parse(typed, "LU").map(|contact| contact.text);
        let one = Ok("mina@xn--bcher-kva.example".to_owned());
        assert_eq!(mail("mina@bücher.example"), one);
        assert_eq!(mail("Mina@BÜCHER.example"), one);
        assert_eq!(mail("mina@xn--bcher-kva.example"), one);
        assert_eq!(mail("mina@bu\u{308}cher.example"), one);
        assert_eq!(mail("zoe\u{301}@example.lu"), mail("zoé@example.lu"));
    }

    #[test]
    fn what_is_in_its_one_form_stays_so() {
        for typed in [
            "mina@bücher.example",
            "İrem@example.lu",
            "+33 (0)3 87 11 22 33",
            "+39 06 1234567",
            "0036 06 30 123 4567",
        ] {
            let once = parse(typed, "LU").map(|contact| contact.text);
            assert!(once.is_ok(), "{typed}");
            let again = once
                .clone()
                .and_then(|text| parse(&text, "DE").map(|contact| contact.text));
            assert_eq!(again, once, "{typed}");
        }
    }

    #[test]
    fn the_zero_of_a_national_number_is_not_dialled_from_abroad() {
        let phone = |typed, country| parse(typed, country).map(|contact| contact.text);
        let metz = Ok("+33387112233".to_owned());
        for typed in [
            "+33 (0)3 87 11 22 33",
            "0033 (0)3 87 11 22 33",
            "+33 03 87 11 22 33",
            "(03) 87 11 22 33",
        ] {
            assert_eq!(phone(typed, "FR"), metz, "{typed}");
        }
        assert_eq!(phone("+352 (0)621 123 456", "FR"), Ok("+352621123456".into()));
        assert_eq!(phone("+39 06 1234567", "LU"), Ok("+39061234567".into()));
        assert_eq!(phone("+39 (0)6 1234567", "LU"), Ok("+39061234567".into()));
        assert_eq!(phone("+81 (0)3 1234 5678", "LU"), Ok("+81312345678".into()));
        assert_eq!(phone("06 1234567", "IT"), Ok("+39061234567".into()));
        assert_eq!(phone("06 30 123 4567", "HU"), Ok("+36301234567".into()));
        assert_eq!(phone("8 612 34567", "LT"), Ok("+37061234567".into()));
        assert_eq!(phone("800 12345", "LT"), Ok("+37080012345".into()));
    }

    #[test]
    fn shops_of_the_economic_area_read_their_own_numbers() {
        let phone = |typed, country| parse(typed, country).map(|contact| contact.text);
        for (country, typed, expected) in [
            ("AT", "0664 123456", "+43664123456"),
            ("BG", "0888 123 456", "+359888123456"),
            ("HR", "091 234 5678", "+385912345678"),
            ("CY", "96 123456", "+35796123456"),
            ("CZ", "601 123 456", "+420601123456"),
            ("DK", "32 12 34 56", "+4532123456"),
            ("EE", "5123 4567", "+37251234567"),
            ("FI", "041 2345678", "+358412345678"),
            ("GR", "691 234 5678", "+306912345678"),
            ("IS", "611 1234", "+3546111234"),
            ("LI", "660 234 567", "+423660234567"),
            ("LV", "21 234 567", "+37121234567"),
            ("MT", "9696 1234", "+35696961234"),
            ("NO", "406 12 345", "+4740612345"),
            ("PL", "512 345 678", "+48512345678"),
            ("RO", "0712 034 567", "+40712034567"),
            ("SE", "070 123 45 67", "+46701234567"),
            ("SI", "031 234 567", "+38631234567"),
            ("SK", "0912 123 456", "+421912123456"),
            ("CH", "078 123 45 67", "+41781234567"),
        ] {
            assert_eq!(phone(typed, country), Ok(expected.to_owned()), "{country}");
        }
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
            "mina@xn--a.example",
            "mina@a_b.example",
        ] {
            assert_eq!(parse(bad, "LU"), Err(InvalidContact::Email), "{bad}");
        }
        for bad in [
            "",
            "12",
            "123",
            "+352 123",
            "+33 3 87 11 22",
            "+0123456789",
            "1234567890123456",
            "12+34567",
        ] {
            assert_eq!(parse(bad, "LU"), Err(InvalidContact::Phone), "{bad}");
        }
    }
}
