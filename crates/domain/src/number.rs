//! Card numbers (`CRD-1`): twelve characters of Crockford's base 32, the last of them a check character, so that one
//! mistyped character, and almost any two swapped neighbours, are noticed. Look-alikes fold: O is 0, I and L are 1, case is nothing,
//! blanks and hyphens are nothing. Randomness is an argument.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a number.
pub const LENGTH: usize = 12;

/// A card number in its canonical form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardNumber(String);

impl CardNumber {
    /// Makes a number of 55 random bits.
    pub fn from_bits(bits: u64) -> Self {
        let mut text: String = (0..LENGTH - 1)
            .map(|place| char::from(ALPHABET[(bits >> (place * 5)) as usize & 31]))
            .collect();
        text.push(char::from(ALPHABET[usize::from(check(&text))]));
        Self(text)
    }

    /// Reads what a person typed; `None` when it is not a number or its check character is wrong.
    pub fn parse(typed: &str) -> Option<Self> {
        let text = fold(typed);
        let well_formed = text.len() == LENGTH && text.bytes().all(|letter| value(letter).is_some());
        let (body, last) = text.split_at_checked(LENGTH - 1)?;
        let matches = well_formed && last.bytes().next().and_then(value) == Some(check(body));
        matches.then_some(Self(text))
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups of four, as people read it.
    pub fn grouped(&self) -> String {
        group(&self.0)
    }
}

/// In groups of four, as people read it.
pub fn group(number: &str) -> String {
    let letters: Vec<char> = number.chars().collect();
    letters
        .chunks(4)
        .map(|part| part.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What was typed, without separators and with look-alikes folded.
pub fn fold(typed: &str) -> String {
    typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '·' | '.'))
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            upper => upper,
        })
        .collect()
}

fn value(letter: u8) -> Option<u8> {
    ALPHABET
        .iter()
        .position(|&known| known == letter)
        .and_then(|place| u8::try_from(place).ok())
}

/// Luhn's check over base 32.
fn check(body: &str) -> u8 {
    let mut sum = 0u16;
    for (place, letter) in body.bytes().rev().enumerate() {
        let digit = u16::from(value(letter).unwrap_or(0));
        let doubled = if place % 2 == 0 { digit * 2 } else { digit };
        sum += doubled / 32 + doubled % 32;
    }
    ((32 - sum % 32) % 32) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_typed() {
        let number = CardNumber::from_bits(0x0012_3456_789a_bcde);
        let typed = number
            .grouped()
            .to_lowercase()
            .replace('0', "o")
            .replace('1', "l")
            .replace(' ', " - ");
        assert_eq!(CardNumber::parse(&typed), Some(number));
        for bad in ["", "4KQ7", "4KQ7 29FM X3AA U", "ééééééééééé", "00000000000U"] {
            assert_eq!(CardNumber::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn one_wrong_character_is_noticed() {
        for seed in 0..200u64 {
            let number = CardNumber::from_bits(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            for place in 0..LENGTH {
                let mut letters = number.as_str().as_bytes().to_vec();
                let other = ALPHABET[(usize::from(value(letters[place]).unwrap()) + 1 + seed as usize % 31) % 32];
                if other == letters[place] {
                    continue;
                }
                letters[place] = other;
                assert_eq!(CardNumber::parse(std::str::from_utf8(&letters).unwrap()), None);
            }
        }
    }
}
