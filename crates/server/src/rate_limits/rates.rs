//! How often something may be tried: the table of what is limited, and the setting that changes it.

use std::num::NonZeroU32;

/// The most tries that a limit can name.
const TRIES_MAX: u32 = 1_000_000;
/// Windows from this length on are counted in the database: they hold in all processes together, and after a restart.
const KEPT_SECONDS_MIN: u64 = 60 * 60;

macro_rules! kinds {
    ($($(#[$meaning:meta])* $name:ident $code:literal $usual:literal,)*) => {
        /// What is limited.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind {
            $($(#[$meaning])* $name,)*
        }

        impl Kind {
            /// All of them.
            pub const ALL: &[Kind] = &[$(Kind::$name),*];

            /// The name in the setting and in the headers of answers.
            pub const fn code(self) -> &'static str {
                match self { $(Kind::$name => $code,)* }
            }

            /// The limit unless another is set.
            const fn usual(self) -> &'static str {
                match self { $(Kind::$name => $usual,)* }
            }
        }
    };
}

kinds! {
    /// Joining a program, by address (`ENR-7`).
    EnrolAddress "enrol_address" "5/m,30/h",
    /// Joining with a contact, by merchant and contact (`ENR-7`).
    EnrolContact "enrol_contact" "3/d",
    /// Joining, by merchant: from however many addresses, one shop is not flooded.
    EnrolMerchant "enrol_merchant" "120/m",
    /// Signing in, by address.
    SignIn "sign_in" "10/m",
    /// Letters with a code that signs in, by contact: those beyond open nothing (`ENR-3`).
    SignInContact "sign_in_contact" "10/d",
    /// Looking a card up at a terminal (`CRD-6`).
    Lookup "lookup" "30/m",
    /// Looking a card up with an API key: programs are faster than people, but do not guess.
    LookupByKey "lookup_by_key" "600/m",
    /// Pairing a terminal, by address.
    Pairing "pairing" "10/m",
    /// Verifying a PIN, by terminal.
    PinVerify "pin_verify" "10/m",
    /// Asking for pages of cards that are not there, by address.
    CardGuess "card_guess" "20/m",
}

impl Kind {
    /// Whether it counts what others did, too: what is left of it would tell of them.
    pub(super) const fn is_of_others(self) -> bool {
        matches!(self, Kind::EnrolContact | Kind::EnrolMerchant | Kind::SignInContact)
    }
}

/// So many tries in such a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub tries: NonZeroU32,
    /// In which time.
    pub seconds: u64,
}

impl Rate {
    /// Whether the database counts it: what is long, and tries of secrets, which must not be spread over processes (`PIN-7`).
    pub fn is_kept(self, kind: Kind) -> bool {
        matches!(kind, Kind::PinVerify | Kind::SignIn | Kind::Pairing) || self.seconds >= KEPT_SECONDS_MIN
    }

    /// Reads `5/m`.
    fn read(text: &str) -> Option<Self> {
        let (tries, unit) = text.split_once('/')?;
        let seconds = match unit {
            "s" => 1,
            "m" => 60,
            "h" => 60 * 60,
            "d" => 24 * 60 * 60,
            _ => return None,
        };
        let digits = !tries.is_empty() && tries.bytes().all(|byte| byte.is_ascii_digit());
        let tries = digits.then(|| tries.parse().ok()).flatten()?;
        let tries = NonZeroU32::new(tries).filter(|tries| tries.get() <= TRIES_MAX)?;
        Some(Self { tries, seconds })
    }
}

/// The limits of an installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates(Vec<(Kind, Vec<Rate>)>);

impl Default for Rates {
    fn default() -> Self {
        let all = Kind::ALL.iter();
        Self(
            all.map(|&kind| (kind, list(kind.usual()).unwrap_or_default()))
                .collect(),
        )
    }
}

impl Rates {
    /// No limits at all.
    pub fn off() -> Self {
        Self(Kind::ALL.iter().map(|&kind| (kind, Vec::new())).collect())
    }

    /// The limits of one kind; none where it is not limited.
    pub fn of(&self, kind: Kind) -> &[Rate] {
        let found = self.0.iter().find(|(known, _)| *known == kind);
        found.map_or(&[], |(_, rates)| rates)
    }

    /// Reads a setting such as `enrol_address=5/m,30/h;lookup=off`; what it does not name stays as usual. `off` alone
    /// turns all off, wherever it stands, so that what follows it is turned on again.
    ///
    /// # Errors
    /// The part that cannot be read.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut rates = Self::default();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            if part == "off" {
                rates = Self::off();
                continue;
            }
            let read = part.split_once('=').and_then(|(name, limits)| {
                let place = rates.0.iter_mut().find(|(kind, _)| kind.code() == name.trim())?;
                place.1 = if limits.trim() == "off" {
                    Vec::new()
                } else {
                    list(limits)?
                };
                Some(())
            });
            read.ok_or_else(|| part.to_owned())?;
        }
        Ok(rates)
    }
}

fn list(text: &str) -> Option<Vec<Rate>> {
    text.split(',').map(|one| Rate::read(one.trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_limit_can_be_read() {
        for &kind in Kind::ALL {
            assert!(!Rates::default().of(kind).is_empty(), "{}", kind.code());
        }
        let joining: Vec<_> = Rates::default().of(Kind::EnrolAddress).to_vec();
        assert_eq!(
            joining
                .iter()
                .map(|rate| (rate.tries.get(), rate.seconds, rate.is_kept(Kind::EnrolAddress)))
                .collect::<Vec<_>>(),
            [(5, 60, false), (30, 3_600, true)]
        );
    }

    #[test]
    fn a_setting_changes_what_it_names() {
        let rates = Rates::read(" lookup = 7/s ; sign_in=off;").unwrap();
        assert_eq!(rates.of(Kind::Lookup)[0].tries.get(), 7);
        assert_eq!(rates.of(Kind::SignIn), []);
        assert_eq!(rates.of(Kind::Pairing), Rates::default().of(Kind::Pairing));
        let most = Rates::read("off;lookup=1/m").unwrap();
        assert_eq!((most.of(Kind::Pairing).len(), most.of(Kind::Lookup).len()), (0, 1));
        assert_eq!(Rates::read("").unwrap(), Rates::default());
        for wrong in [
            "lookup",
            "lookup=",
            "nothing=1/m",
            "lookup=0/m",
            "lookup=5/w",
            "lookup=+5/m",
            "lookup=5000000/m",
        ] {
            assert_eq!(Rates::read(wrong), Err(wrong.to_owned()));
        }
    }
}
