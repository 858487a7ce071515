//! The two tokens of a card, derived and never stored: base 62 of what they are, whose they are, and a keyed hash that
//! proves it. A lookup can start without a merchant, because the token carries it.

use super::{PROOF_LENGTH, base62, is_same, sign};
use domain::ids::{CardId, MerchantId, TerminalId};
use domain::moment::Instant;
use domain::proof::Live;
use ring::hmac;
use uuid::Uuid;

const LINK: u8 = 1;
const CODE: u8 = 2;
const LIVE: u8 = 3;
const SEEN: u8 = 4;
const ID_LENGTH: usize = 16;
const GENERATION_LENGTH: usize = 4;
const OLD_LINK_LENGTH: usize = 1 + 2 * ID_LENGTH + PROOF_LENGTH;
const CODE_LENGTH: usize = 1 + 2 * ID_LENGTH + GENERATION_LENGTH + PROOF_LENGTH;
const STEP_LENGTH: usize = 4;
const LIVE_LENGTH: usize = CODE_LENGTH + STEP_LENGTH;
const INSTANT_LENGTH: usize = 8;
const SEEN_LENGTH: usize = LIVE_LENGTH + INSTANT_LENGTH + ID_LENGTH;

/// What a code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardCode {
    /// Whose card.
    pub merchant: MerchantId,
    /// Which card.
    pub card: CardId,
    /// How often it had been replaced when the code was made.
    pub generation: i64,
    /// In which step it was shown; none for a code that is the same for ever (`CRD-3`).
    pub step: Option<i64>,
}

/// What a private link says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardLink {
    /// Whose card.
    pub merchant: MerchantId,
    /// Which card.
    pub card: CardId,
    /// How often the link had been renewed when it was made.
    pub generation: i64,
}

pub(super) fn link(key: &hmac::Key, merchant: MerchantId, card: CardId, generation: i64) -> String {
    of_generation(key, LINK, merchant, card, generation)
}

pub(super) fn code(key: &hmac::Key, merchant: MerchantId, card: CardId, generation: i64) -> String {
    of_generation(key, CODE, merchant, card, generation)
}

fn of_generation(key: &hmac::Key, kind: u8, merchant: MerchantId, card: CardId, generation: i64) -> String {
    let generation = short(generation);
    prove(
        key,
        &[[kind].as_slice(), merchant.0.as_bytes(), card.0.as_bytes(), &generation].concat(),
    )
}

pub(super) fn read_link(key: &hmac::Key, token: &str) -> Option<CardLink> {
    // Links had no generation at first: such a one is a card's link until its first renewal.
    let bytes = base62::decode::<CODE_LENGTH>(token).map(Vec::from);
    let bytes = bytes.or_else(|| base62::decode::<OLD_LINK_LENGTH>(token).map(Vec::from))?;
    let (merchant, card, generation) = proven(key, LINK, &bytes)?;
    let generation = generation.first_chunk::<GENERATION_LENGTH>().copied();
    Some(CardLink {
        merchant,
        card,
        generation: i64::from(u32::from_be_bytes(generation.unwrap_or_default())),
    })
}

/// The code that the card's page shows in one step (`CRD-3`).
pub(super) fn live(key: &hmac::Key, merchant: MerchantId, card: CardId, live: (i64, i64)) -> String {
    prove(
        key,
        &[
            [LIVE].as_slice(),
            merchant.0.as_bytes(),
            card.0.as_bytes(),
            &short(live.0),
            &short(live.1),
        ]
        .concat(),
    )
}

/// What a terminal keeps of a live code it has seen: nobody else's terminal can use it.
pub(super) fn seen(key: &hmac::Key, merchant: MerchantId, card: CardId, terminal: TerminalId, live: &Live) -> String {
    prove(
        key,
        &[
            [SEEN].as_slice(),
            merchant.0.as_bytes(),
            card.0.as_bytes(),
            &short(live.generation),
            &short(live.step),
            &live.seen_at.0.to_be_bytes(),
            terminal.0.as_bytes(),
        ]
        .concat(),
    )
}

pub(super) fn read_code(key: &hmac::Key, token: &str) -> Option<CardCode> {
    let bytes = base62::decode::<CODE_LENGTH>(token).map(Vec::from);
    let bytes = bytes.or_else(|| base62::decode::<LIVE_LENGTH>(token).map(Vec::from))?;
    let kind = if bytes.len() == LIVE_LENGTH { LIVE } else { CODE };
    let (merchant, card, rest) = proven(key, kind, &bytes)?;
    let (generation, step) = rest.split_first_chunk::<GENERATION_LENGTH>()?;
    let step = step.first_chunk::<STEP_LENGTH>();
    Some(CardCode {
        merchant,
        card,
        generation: i64::from(u32::from_be_bytes(*generation)),
        step: step.map(|step| i64::from(u32::from_be_bytes(*step))),
    })
}

pub(super) fn read_seen(key: &hmac::Key, token: &str, terminal: TerminalId) -> Option<(MerchantId, CardId, Live)> {
    let bytes = base62::decode::<SEEN_LENGTH>(token)?;
    let (merchant, card, rest) = proven(key, SEEN, &bytes)?;
    let (generation, rest) = rest.split_first_chunk::<GENERATION_LENGTH>()?;
    let (step, rest) = rest.split_first_chunk::<STEP_LENGTH>()?;
    let (seen_at, of) = rest.split_first_chunk::<INSTANT_LENGTH>()?;
    let live = Live {
        generation: i64::from(u32::from_be_bytes(*generation)),
        step: i64::from(u32::from_be_bytes(*step)),
        seen_at: Instant(i64::from_be_bytes(*seen_at)),
    };
    (of == terminal.0.as_bytes()).then_some((merchant, card, live))
}

fn short(number: i64) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes()
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
    use crate::secrets::{CardLink, Secrets};
    use domain::ids::{CardId, MerchantId, TerminalId};
    use domain::moment::Instant;
    use domain::proof::Live;
    use uuid::Uuid;

    #[test]
    fn a_live_code_says_its_step_and_what_a_terminal_saw_is_its_own() {
        let secrets = Secrets::from_key("a key for tests only, long enough").unwrap();
        let (merchant, card) = (MerchantId(Uuid::from_u128(7)), CardId(Uuid::from_u128(9)));
        let code = secrets.live_code(merchant, card, 3, 59_000_000);
        let found = secrets.card_of_code(&code).unwrap();
        assert_eq!((found.merchant, found.card), (merchant, card));
        assert_eq!((found.generation, found.step), (3, Some(59_000_000)));
        assert_ne!(code, secrets.live_code(merchant, card, 3, 59_000_001));
        assert_eq!(secrets.card_of_link(&code), None);
        let (one, other) = (TerminalId(Uuid::from_u128(1)), TerminalId(Uuid::from_u128(2)));
        let live = Live {
            generation: 3,
            step: 59_000_000,
            seen_at: Instant(1_770_000_000_000_000),
        };
        let seen = secrets.seen(merchant, card, one, &live);
        assert_eq!(secrets.live_of_seen(&seen, one), Some((merchant, card, live)));
        assert_eq!(
            (secrets.live_of_seen(&seen, other), secrets.live_of_seen(&code, one)),
            (None, None)
        );
        assert_eq!(secrets.card_of_code(&seen), None);
    }

    #[test]
    fn a_link_of_before_is_that_of_the_first_generation() {
        let secrets = Secrets::from_key("a key for tests only, long enough").unwrap();
        let (merchant, card) = (MerchantId(Uuid::from_u128(7)), CardId(Uuid::from_u128(9)));
        let claim = [[super::LINK].as_slice(), merchant.0.as_bytes(), card.0.as_bytes()].concat();
        let old = super::prove(&secrets.0.cards, &claim);
        let generation = 0;
        let shown = CardLink {
            merchant,
            card,
            generation,
        };
        assert_eq!(secrets.card_of_link(&old), Some(shown));
        assert_eq!(secrets.card_of_code(&old), None);
    }

    #[test]
    fn each_token_proves_one_thing() {
        let secrets = Secrets::from_key("a key for tests only, long enough").unwrap();
        let (merchant, card) = (MerchantId(Uuid::from_u128(7)), CardId(Uuid::from_u128(9)));
        let (link, code) = (
            secrets.card_link(merchant, card, 2),
            secrets.card_code(merchant, card, 3),
        );
        let generation = 2;
        let shown = CardLink {
            merchant,
            card,
            generation,
        };
        assert_eq!(secrets.card_of_link(&link), Some(shown));
        assert_ne!(link, secrets.card_link(merchant, card, 3));
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
