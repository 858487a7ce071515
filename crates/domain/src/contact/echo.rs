//! A contact as it is shown for a second look (`ENR-5`): whole and in groups for who just typed it, with most of it hidden
//! for whoever only needs to recognise it (`ENR-4`).

use super::{Contact, ContactKind, phone};

impl Contact {
    /// The contact as people read it back: a phone number in groups, `+352 621 12 34 84`; mail as it is.
    pub fn grouped(&self) -> String {
        match self.kind {
            ContactKind::Email => self.text.clone(),
            ContactKind::Phone => grouped(&self.text),
        }
    }

    /// Enough of the contact to recognise it, too little to learn it: `m…@example.lu`, `+352 621 … 84`.
    pub fn masked(&self) -> String {
        match self.kind {
            ContactKind::Email => match self.text.split_once('@') {
                Some((name, host)) => format!("{}…@{host}", name.chars().take(1).collect::<String>()),
                None => "…".to_owned(),
            },
            ContactKind::Phone => {
                let grouped = grouped(&self.text);
                let groups: Vec<&str> = grouped.split(' ').collect();
                match groups.as_slice() {
                    [code, first, .., last] if groups.len() > 4 => format!("{code} {first} … {last}"),
                    [code, .., last] => format!("{code} … {last}"),
                    _ => "…".to_owned(),
                }
            }
        }
    }
}

/// A number in E.164 with blanks: its country's code, then pairs; what an odd count leaves over stands first.
fn grouped(text: &str) -> String {
    let (code, national) = phone::halves(text);
    let first = match (national.len() % 2, code) {
        (0, _) => 0,
        // One digit says which region, and then pairs: +33 3 87 11 22 33.
        (_, "+32" | "+33") => 1,
        _ => 3.min(national.len()),
    };
    let (head, pairs) = national.split_at(first);
    let pairs = (0..pairs.len()).step_by(2).map(|at| &pairs[at..at + 2]);
    let head = Some(head).filter(|head| !head.is_empty());
    [code]
        .into_iter()
        .chain(head)
        .chain(pairs)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn a_contact_is_read_back_in_groups_and_hidden_when_only_recognised() {
        for (typed, grouped, masked) in [
            ("621 123484", "+352 621 12 34 84", "+352 621 … 84"),
            ("27 12 34", "+352 27 12 34", "+352 … 34"),
            ("+33 387112233", "+33 3 87 11 22 33", "+33 3 … 33"),
            ("+44 7911 123456", "+44 79 11 12 34 56", "+44 79 … 56"),
            ("Mina@Example.LU", "mina@example.lu", "m…@example.lu"),
        ] {
            let contact = parse(typed, "LU").unwrap();
            assert_eq!((contact.grouped(), contact.masked()), (grouped.into(), masked.into()));
        }
    }

    #[test]
    fn a_number_of_a_country_that_nobody_knows_is_grouped_all_the_same() {
        let contact = parse("+99912345678", "LU").unwrap();
        assert_eq!(contact.grouped().replace(' ', ""), contact.text);
    }
}
