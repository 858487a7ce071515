//! Typed ids. Each wraps a UUIDv7 and is shown outside as a prefix and 26 characters of base 32 (the TypeID form), so
//! that a card can never be taken for a program. It must not know how ids are made: chance is an argument.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters of an encoded 128-bit id.
const ENCODED_LENGTH: usize = 26;

/// The text is not an id of the kind that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidId;

impl fmt::Display for InvalidId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not an id of this kind")
    }
}

impl std::error::Error for InvalidId {}

/// What each byte stands for in [`ALPHABET`]; 255 for what stands for nothing.
const DIGITS: [u8; 256] = {
    let mut digits = [u8::MAX; 256];
    let mut digit = 0;
    while digit < ALPHABET.len() {
        digits[ALPHABET[digit] as usize] = digit as u8;
        digit += 1;
    }
    digits
};

/// 128 bits as 26 characters, most significant first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoded([u8; ENCODED_LENGTH]);

impl Encoded {
    /// The characters.
    pub fn as_str(&self) -> &str {
        // Every byte comes from the alphabet, which is ASCII.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Encodes 128 bits as 26 characters, most significant first.
pub fn encode(id: Uuid) -> Encoded {
    let bits = id.as_u128();
    let mut text = [0; ENCODED_LENGTH];
    for (place, letter) in text.iter_mut().rev().enumerate() {
        *letter = ALPHABET[(bits >> (place * 5)) as usize & 31];
    }
    Encoded(text)
}

/// The inverse of [`encode`]; strict: lower case, exact length, no overflow.
pub fn decode(text: &str) -> Result<Uuid, InvalidId> {
    if text.len() != ENCODED_LENGTH || text.as_bytes()[0] > b'7' {
        return Err(InvalidId);
    }
    let mut bits: u128 = 0;
    for byte in text.bytes() {
        let digit = DIGITS[usize::from(byte)];
        if digit == u8::MAX {
            return Err(InvalidId);
        }
        bits = bits << 5 | u128::from(digit);
    }
    Ok(Uuid::from_u128(bits))
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl $name {
            /// What stands before the underscore outside.
            pub const PREFIX: &'static str = $prefix;
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!($prefix, "_"))?;
                formatter.write_str(encode(self.0).as_str())
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.strip_prefix(concat!($prefix, "_")).ok_or(InvalidId).and_then(decode).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(
    /// The tenant.
    MerchantId, "mer");
id!(
    /// A place of a merchant where cards are served.
    StoreId, "sto");
id!(
    /// A loyalty scheme.
    ProgramId, "prg");
id!(
    /// What can be redeemed.
    RewardId, "rew");
id!(
    /// A paired device.
    TerminalId, "trm");
id!(
    /// A person who serves.
    StaffId, "stf");
id!(
    /// A staff PIN as a resource of its own.
    PinId, "pin");
id!(
    /// One customer's membership in one program.
    CardId, "card");
id!(
    /// A stored answer.
    ReceiptId, "rcp");
id!(
    /// One redemption of a reward.
    ClaimId, "clm");
id!(
    /// A person who holds cards of one merchant.
    CustomerId, "cus");
id!(
    /// An API key.
    KeyId, "key");
id!(
    /// Something that somebody must approve.
    ApprovalId, "apr");
id!(
    /// A question to a customer whether a reward is to be handed out.
    ConfirmationId, "cnf");
id!(
    /// A person who signs in with a password.
    UserId, "usr");
id!(
    /// A browser that signed in.
    SessionId, "ses");
id!(
    /// A key pair that a device keeps for who signs in.
    PasskeyId, "psk");

/// The public id of an event: the card's part and the sequence number (`evt_<card part>_<sequence>`). An event has no
/// UUID of its own; this resolves by primary key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventId {
    /// The card the event happened to.
    pub card: CardId,
    /// Its place in the card's history, from 1.
    pub sequence: i64,
}

impl fmt::Display for EventId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "evt_{}_{}", encode(self.card.0).as_str(), self.sequence)
    }
}

impl FromStr for EventId {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let (card, sequence) = text
            .strip_prefix("evt_")
            .and_then(|rest| rest.split_once('_'))
            .ok_or(InvalidId)?;
        let canonical = !sequence.starts_with(['0', '+', '-']);
        let sequence = sequence
            .parse()
            .ok()
            .filter(|&number: &i64| canonical && number > 0)
            .ok_or(InvalidId)?;
        Ok(Self {
            card: CardId(decode(card)?),
            sequence,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_and_another_kind_does_not() {
        let card = CardId(Uuid::from_u128(0x0190_5c1e_7d2a_7000_8000_0000_0000_0001));
        assert_eq!(card.to_string().parse(), Ok(card));
        assert_eq!(card.to_string().parse::<ProgramId>(), Err(InvalidId));
        assert_eq!(decode("8zzzzzzzzzzzzzzzzzzzzzzzzz"), Err(InvalidId));
        assert_eq!(decode(encode(Uuid::max()).as_str()), Ok(Uuid::max()));
        let event = EventId { card, sequence: 12 };
        assert_eq!(event.to_string().parse(), Ok(event));
        for bad in ["evt_x_1", "evt_", "card_", "evt__1", "é"] {
            assert_eq!(bad.parse::<EventId>(), Err(InvalidId), "{bad}");
        }
        assert_eq!(
            format!("evt_{}_01", encode(card.0).as_str()).parse::<EventId>(),
            Err(InvalidId)
        );
    }
}
