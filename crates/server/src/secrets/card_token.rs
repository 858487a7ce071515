//! The two tokens of a card, derived and never stored: base 62 of what they are, whose they are, and a keyed hash that
//! proves it. A lookup can start without a merchant, because the token carries it.

use super::{PROOF_LENGTH, base62, is_same, sign};
use domain::ids::{CardId, MerchantId};
use ring::hmac;
use uuid::Uuid;

const LINK: u8 = 1;
const CODE: u8 = 2;
const ID_LENGTH: usize = 16;
const GENERATION_LENGTH: usize = 4;
const LINK_LENGTH: usize = 1 + 2 * ID_LENGTH + PROOF_LENGTH;
const CODE_LENGTH: usize = LINK_LENGTH + GENERATION_LENGTH;

/// What a code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardCode {
    /// Whose card.
    pub merchant: MerchantId,
    /// Which card.
    pub card: CardId,
    /// How often it had been replaced when the code was made.
    pub generation: i64,
}

pub(super) fn link(key: &hmac::Key, merchant: MerchantId, card: CardId) -> String {
    prove(
        key,
        &[[LINK].as_slice(), merchant.0.as_bytes(), card.0.as_bytes()].concat(),
    )
}

pub(super) fn code(key: &hmac::Key, merchant: MerchantId, card: CardId, generation: i64) -> String {
    let generation = u32::try_from(generation).unwrap_or(u32::MAX).to_be_bytes();
    prove(
        key,
        &[[CODE].as_slice(), merchant.0.as_bytes(), card.0.as_bytes(), &generation].concat(),
    )
}

pub(super) fn read_link(key: &hmac::Key, token: &str) -> Option<(MerchantId, CardId)> {
    let bytes = base62::decode::<LINK_LENGTH>(token)?;
    let (merchant, card, _) = proven(key, LINK, &bytes)?;
    Some((merchant, card))
}

pub(super) fn read_code(key: &hmac::Key, token: &str) -> Option<CardCode> {
    let bytes = base62::decode::<CODE_LENGTH>(token)?;
    let (merchant, card, rest) = proven(key, CODE, &bytes)?;
    let generation = u32::from_be_bytes(rest.try_into().ok()?);
    Some(CardCode {
        merchant,
        card,
        generation: i64::from(generation),
    })
}

fn prove(key: &hmac::Key, claim: &[u8]) -> String {
    let proof = sign(key, &[claim]);
    base62::encode(&[claim, &proof.as_ref()[..PROOF_LENGTH]].concat())
}

/// Whose token it is and what else it says, if the proof holds.
fn proven<'a>(key: &hmac::Key, kind: u8, bytes: &'a [u8]) -> Option<(MerchantId, CardId, &'a [u8])> {
    let (claim, proof) = bytes.split_at_checked(bytes.len().checked_sub(PROOF_LENGTH)?)?;
    let expected = sign(key, &[claim]);
    if claim.first() != Some(&kind) || !is_same(&expected.as_ref()[..PROOF_LENGTH], proof) {
        return None;
    }
    let (merchant, rest) = claim[1..].split_first_chunk::<ID_LENGTH>()?;
    let (card, rest) = rest.split_first_chunk::<ID_LENGTH>()?;
    Some((
        MerchantId(Uuid::from_bytes(*merchant)),
        CardId(Uuid::from_bytes(*card)),
        rest,
    ))
}

#[cfg(test)]
mod tests {
    use crate::secrets::Secrets;
    use domain::ids::{CardId, MerchantId};
    use uuid::Uuid;

    #[test]
    fn each_token_proves_one_thing() {
        let secrets = Secrets::from_key("a key for tests only, long enough").unwrap();
        let (merchant, card) = (MerchantId(Uuid::from_u128(7)), CardId(Uuid::from_u128(9)));
        let (link, code) = (secrets.card_link(merchant, card), secrets.card_code(merchant, card, 3));
        assert_eq!(secrets.card_of_link(&link), Some((merchant, card)));
        let found = secrets.card_of_code(&code).unwrap();
        assert_eq!((found.merchant, found.card, found.generation), (merchant, card, 3));
        assert_eq!((secrets.card_of_link(&code), secrets.card_of_code(&link)), (None, None));
        assert_ne!(code, secrets.card_code(merchant, card, 4));
        let other = Secrets::from_key("another key, also long enough").unwrap();
        assert_eq!((other.card_of_link(&link), other.card_of_code(&code)), (None, None));
        let swapped = format!(
            "{}{}",
            &code[..code.len() - 1],
            if code.ends_with('a') { 'b' } else { 'a' }
        );
        assert_eq!(secrets.card_of_code(&swapped), None);
    }
}
