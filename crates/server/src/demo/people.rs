//! Who the customers of the demonstration are: names, languages and habits. All invented; addresses are of the domains
//! that are kept free for examples.

use super::chance::Chance;
use domain::contact::{Contact, ContactKind};

/// How often somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// Several times a week, at the same hour.
    Regular,
    /// About once a week.
    Weekly,
    /// Now and then.
    Occasional,
    /// A few times, then no more.
    Passing,
}

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What they like to be called, if they said so.
    pub first_name: Option<&'static str>,
    /// How they can be reached, if they said so.
    pub contact: Option<Contact>,
    /// Their language.
    pub locale: &'static str,
    /// How often they come.
    pub habit: Habit,
    /// Visits in a hundred weeks.
    pub visits: i64,
    /// The rush they come in, if it is always the same.
    pub rush: Option<usize>,
}

const LB: &[&str] = &[
    "Mina",
    "Luc",
    "Josette",
    "Jempi",
    "Claudine",
    "Pol",
    "Martine",
    "Guy",
    "Sandra",
    "Tom",
    "Lis",
    "Fränk",
    "Nathalie",
    "Marco",
    "Yolande",
    "Jos",
    "Carole",
    "Steve",
    "Liz",
    "Gilles",
    "Danielle",
    "Roby",
    "Anouk",
    "Kim",
    "Véronique",
];
const FR: &[&str] = &[
    "Camille", "Hugo", "Élodie", "Antoine", "Manon", "Julien", "Chloé", "Nicolas", "Inès", "Mathieu", "Sophie",
    "Karim", "Léa", "Thomas", "Aurélie", "Benoît", "Jeanne", "Samir", "Margaux", "Paul", "Fatou", "Clément", "Agathe",
    "Rémi",
];
const DE: &[&str] = &[
    "Anna",
    "Jonas",
    "Katharina",
    "Lukas",
    "Sabine",
    "Stefan",
    "Lena",
    "Markus",
    "Ursula",
    "Felix",
    "Marie",
    "Matthias",
    "Birgit",
    "Tobias",
    "Greta",
    "Jürgen",
    "Nele",
    "Emre",
    "Johanna",
    "Kai",
    "Hannelore",
    "Philipp",
    "Svenja",
    "Till",
];
const EN: &[&str] = &[
    "Olivia", "James", "Priya", "Daniel", "Amara", "Tom", "Grace", "Mohammed", "Emily", "Oscar", "Zoe", "Harry",
    "Aisha", "Ben", "Niamh", "George", "Chidi", "Rosie", "Imran", "Holly", "Callum", "Mei", "Freddie", "Saoirse",
    "Leo",
];
const SURNAMES: &[&str] = &[
    "weber", "schmit", "muller", "hoffmann", "martin", "bernard", "klein", "becker", "wagner", "thill", "roux",
    "petit", "harris", "patel", "clarke", "okafor", "simon", "keller", "faber", "lang", "moreau", "walsh", "reuter",
    "braun",
];
/// The languages customers of a shop speak, by the shop's own: the first is the commonest.
fn languages(shop: &str) -> ([&'static str; 4], [i64; 4]) {
    match shop {
        "lb" => (["lb", "fr", "de", "en"], [50, 28, 10, 12]),
        "fr" => (["fr", "de", "en", "lb"], [88, 6, 4, 2]),
        "de" => (["de", "lb", "en", "fr"], [86, 6, 5, 3]),
        _ => (["en", "fr", "de", "lb"], [94, 3, 2, 1]),
    }
}

fn names(locale: &str) -> &'static [&'static str] {
    match locale {
        "lb" => LB,
        "fr" => FR,
        "de" => DE,
        _ => EN,
    }
}

/// Draws the customer of a number in a shop; no two of a shop have the same contact.
pub fn person(chance: &mut Chance, number: usize, shop_locale: &str, rushes: usize) -> Person {
    let (locales, shares) = languages(shop_locale);
    let locale = locales.get(chance.weighted(&shares)).copied().unwrap_or("en");
    let name = chance.pick(names(locale));
    let said = chance.weighted(&[38, 30, 32]);
    let contact = (said == 0).then(|| contact(chance, name, number, shop_locale));
    let (habit, visits) = match chance.weighted(&[22, 26, 34, 18]) {
        0 => (Habit::Regular, chance.between(160, 480)),
        1 => (Habit::Weekly, chance.between(70, 130)),
        2 => (Habit::Occasional, chance.between(15, 50)),
        _ => (Habit::Passing, chance.between(30, 90)),
    };
    let always = habit == Habit::Regular || chance.in_thousand(300);
    let rush = always.then(|| usize::try_from(chance.below(i64::try_from(rushes).unwrap_or(1))).unwrap_or(0));
    Person {
        first_name: (said < 2).then_some(name),
        contact,
        locale,
        habit,
        visits,
        rush,
    }
}

/// An address of a domain kept for examples; some Britons and French leave a phone number of a range kept for stories.
fn contact(chance: &mut Chance, name: &str, number: usize, shop_locale: &str) -> Contact {
    let phone = match shop_locale {
        "en" if number < 1_000 => Some(format!("+447700900{number:03}")),
        "fr" if number < 10_000 => Some(format!("+3363998{number:04}")),
        _ => None,
    };
    if let Some(text) = phone.filter(|_| chance.in_thousand(350)) {
        return Contact {
            kind: ContactKind::Phone,
            text,
        };
    }
    let plain: String = name.chars().map(without_accent).collect::<String>().to_lowercase();
    let host = chance.pick(&["example.com", "example.org", "example.net"]);
    Contact {
        kind: ContactKind::Email,
        text: format!("{plain}.{}{number}@{host}", chance.pick(SURNAMES)),
    }
}

fn without_accent(letter: char) -> char {
    match letter {
        'é' | 'è' | 'É' => 'e',
        'ä' => 'a',
        'ü' => 'u',
        'î' => 'i',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_in_their_one_form() {
        for (locale, country) in [("lb", "LU"), ("fr", "FR"), ("de", "DE"), ("en", "GB")] {
            for number in 0..400 {
                let person = person(&mut Chance::of(3, locale, number), number, locale, 4);
                if let Some(contact) = person.contact {
                    assert_eq!(domain::contact::parse(&contact.text, country), Ok(contact));
                }
            }
        }
    }
}
