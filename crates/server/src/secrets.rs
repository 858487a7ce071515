//! Keys derived from the one secret key, one a purpose: what finds contacts, seals them, proves card tokens and cursors,
//! and fingerprints requests. It also is the one source of chance. It must not know where the secret key is kept.

pub mod base62;
mod card_token;

pub use card_token::{CardCode, CardLink};

use domain::claim::Chance;
use domain::contact::ContactKind;
use domain::ids::{CardId, CustomerId, MerchantId, TerminalId, UserId};
use domain::moment::Instant;
use domain::number::CardNumber;
use domain::proof::Live;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use ring::{digest, hmac};
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;

/// Bytes of a keyed hash that proves a token.
const PROOF_LENGTH: usize = 16;

/// Something secret could not be made or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// The secret key is too short to derive anything from.
    #[error("the secret key must have at least 16 characters")]
    ShortKey,
    /// The system gave no chance.
    #[error("the system's source of chance failed")]
    Chance,
    /// What was sealed cannot be opened: another key sealed it, or it was changed.
    #[error("the sealed value cannot be opened")]
    Sealed,
}

/// The derived keys; clones share them. Prints nothing of them.
#[derive(Clone)]
pub struct Secrets(Arc<Keys>);

struct Keys {
    fingerprint: String,
    contacts: hmac::Key,
    cards: hmac::Key,
    pins: hmac::Key,
    pepper: Vec<u8>,
    cursors: hmac::Key,
    inputs: hmac::Key,
    recovery: hmac::Key,
    sealing: LessSafeKey,
    chance: SystemRandom,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// Derives all keys.
    ///
    /// # Errors
    /// [`SecretError::ShortKey`] for a key that anybody could guess.
    #[expect(clippy::disallowed_methods, reason = "the one place that makes the source of chance")]
    pub fn from_key(key: &str) -> Result<Self, SecretError> {
        const KEY_LENGTH_MIN: usize = 16;
        if key.len() < KEY_LENGTH_MIN {
            return Err(SecretError::ShortKey);
        }
        let root = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
        let derived = |purpose: &str| hmac::sign(&root, format!("trei/1/{purpose}").as_bytes());
        let hashing = |purpose| hmac::Key::new(hmac::HMAC_SHA256, derived(purpose).as_ref());
        let sealing = UnboundKey::new(&AES_256_GCM, derived("sealing").as_ref()).map_err(|_| SecretError::Sealed)?;
        let fingerprint = base62::encode(&derived("fingerprint").as_ref()[..PROOF_LENGTH]);
        Ok(Self(Arc::new(Keys {
            fingerprint,
            contacts: hashing("contacts"),
            cards: hashing("cards"),
            pins: hashing("pins"),
            pepper: derived("pepper").as_ref().to_vec(),
            cursors: hashing("cursors"),
            inputs: hashing("inputs"),
            recovery: hashing("recovery"),
            sealing: LessSafeKey::new(sealing),
            chance: SystemRandom::new(),
        })))
    }

    /// Says which key this is without giving it away; stored, so that another key is noticed at start.
    pub fn fingerprint(&self) -> &str {
        &self.0.fingerprint
    }

    /// The keyed hash by which a merchant finds a normalised contact; another merchant's says nothing about it.
    pub fn lookup(&self, merchant: MerchantId, kind: ContactKind, text: &str) -> Vec<u8> {
        let parts = [merchant.0.as_bytes(), kind.code().as_bytes(), text.as_bytes()];
        sign(&self.0.contacts, &parts).as_ref().to_vec()
    }

    /// Seals a text for one place: a nonce, then the text under AES-256-GCM, which opens nowhere else. See
    /// [`contact_of`].
    ///
    /// # Errors
    /// [`SecretError::Chance`].
    pub fn seal(&self, place: &str, text: &str) -> Result<Vec<u8>, SecretError> {
        let nonce: [u8; NONCE_LEN] = self.random()?;
        let mut sealed = text.as_bytes().to_vec();
        let key = &self.0.sealing;
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place), &mut sealed)
            .map_err(|_| SecretError::Sealed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Secrets::seal`] sealed for this place.
    ///
    /// # Errors
    /// [`SecretError::Sealed`].
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<String, SecretError> {
        let (nonce, rest) = sealed.split_at_checked(NONCE_LEN).ok_or(SecretError::Sealed)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SecretError::Sealed)?;
        let mut text = rest.to_vec();
        let plain = self
            .0
            .sealing
            .open_in_place(nonce, Aad::from(place), &mut text)
            .map_err(|_| SecretError::Sealed)?;
        String::from_utf8(plain.to_vec()).map_err(|_| SecretError::Sealed)
    }

    /// The keyed hash of what a request asks (`IDM-2`): route, path and the body in its one form.
    pub fn input_hash(&self, route: &str, path: &str, body: &str) -> Vec<u8> {
        sign(&self.0.inputs, &[route.as_bytes(), path.as_bytes(), body.as_bytes()])
            .as_ref()
            .to_vec()
    }

    /// The keyed hash under which a person's recovery code is stored: too short to be kept by a plain one.
    pub fn recovery_hash(&self, user: UserId, code: &str) -> Vec<u8> {
        sign(&self.0.recovery, &[user.0.as_bytes(), code.as_bytes()])
            .as_ref()
            .to_vec()
    }

    /// What is mixed into every hash of a PIN, so that the database alone is not enough to guess one (`PIN-3`).
    pub fn pepper(&self) -> &[u8] {
        &self.0.pepper
    }

    /// The tag by which a PIN that somebody showed at a place is known again for a few minutes.
    pub fn pin_tag(&self, place: &[u8], pin: &str) -> Vec<u8> {
        sign(&self.0.pins, &[b"tag", place, pin.as_bytes()]).as_ref().to_vec()
    }

    /// What proves that a staff session was opened here, for this place.
    pub fn session_proof(&self, place: &[u8], session: &[u8]) -> Vec<u8> {
        sign(&self.0.pins, &[b"session", place, session]).as_ref().to_vec()
    }

    /// The token in the address of a card's page: it shows the card until another one is given in its place.
    pub fn card_link(&self, merchant: MerchantId, card: CardId, generation: i64) -> String {
        card_token::link(&self.0.cards, merchant, card, generation)
    }

    /// What a link says; none for a link that was not made here. Whether it is the card's link of today, the card knows.
    pub fn card_of_link(&self, token: &str) -> Option<CardLink> {
        card_token::read_link(&self.0.cards, token)
    }

    /// The code on a card: it only finds the card at a terminal, until a replacement raises the generation (`CRD-2`).
    pub fn card_code(&self, merchant: MerchantId, card: CardId, generation: i64) -> String {
        card_token::code(&self.0.cards, merchant, card, generation)
    }

    /// The code that a card's page shows in one step: for half a minute it proves that the page is open (`CRD-3`).
    pub fn live_code(&self, merchant: MerchantId, card: CardId, generation: i64, step: i64) -> String {
        card_token::live(&self.0.cards, merchant, card, (generation, step))
    }

    /// What a terminal keeps of a live code that it has seen.
    pub fn seen(&self, merchant: MerchantId, card: CardId, terminal: TerminalId, live: &Live) -> String {
        card_token::seen(&self.0.cards, merchant, card, terminal, live)
    }

    /// The live code that this terminal has seen.
    pub fn live_of_seen(&self, token: &str, terminal: TerminalId) -> Option<(MerchantId, CardId, Live)> {
        card_token::read_seen(&self.0.cards, token, terminal)
    }

    /// The card that a code finds; none for a code that was not made here.
    pub fn card_of_code(&self, code: &str) -> Option<CardCode> {
        card_token::read_code(&self.0.cards, code)
    }

    /// A place in a list, which only the same list accepts back.
    pub fn cursor(&self, list: &str, position: i64) -> String {
        let place = position.to_be_bytes();
        let proof = sign(&self.0.cursors, &[list.as_bytes(), &place]);
        base62::encode(&[place.as_slice(), &proof.as_ref()[..PROOF_LENGTH]].concat())
    }

    /// The place that a cursor names; none when it was forged or belongs to another list.
    pub fn cursor_position(&self, list: &str, cursor: &str) -> Option<i64> {
        let bytes = base62::decode::<{ 8 + PROOF_LENGTH }>(cursor)?;
        let (place, proof) = bytes.split_first_chunk::<8>()?;
        let expected = sign(&self.0.cursors, &[list.as_bytes(), place]);
        is_same(&expected.as_ref()[..PROOF_LENGTH], proof).then(|| i64::from_be_bytes(*place))
    }

    /// Random bytes.
    ///
    /// # Errors
    /// [`SecretError::Chance`].
    pub fn random<const LENGTH: usize>(&self) -> Result<[u8; LENGTH], SecretError> {
        let mut bytes = [0; LENGTH];
        self.0.chance.fill(&mut bytes).map_err(|_| SecretError::Chance)?;
        Ok(bytes)
    }

    /// A new UUIDv7 of an instant.
    ///
    /// # Errors
    /// [`SecretError::Chance`].
    pub fn new_id(&self, now: Instant) -> Result<Uuid, SecretError> {
        let milliseconds = u64::try_from(now.0 / 1000).unwrap_or(0);
        Ok(uuid::Builder::from_unix_timestamp_millis(milliseconds, &self.random()?).into_uuid())
    }

    /// A new card number (`CRD-1`).
    ///
    /// # Errors
    /// [`SecretError::Chance`].
    pub fn new_number(&self) -> Result<CardNumber, SecretError> {
        Ok(CardNumber::from_bits(u64::from_be_bytes(self.random()?)))
    }

    /// The chance of one command.
    ///
    /// # Errors
    /// [`SecretError::Chance`].
    pub fn new_chance(&self, now: Instant) -> Result<Chance, SecretError> {
        Ok(Chance(self.new_id(now)?, u64::from_be_bytes(self.random()?)))
    }
}

/// The hash under which a token is stored: the token itself is random enough to need no salt.
pub fn token_hash(token: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, token.as_bytes()).as_ref().to_vec()
}

/// Compares without telling how much was alike.
pub fn is_same(left: &[u8], right: &[u8]) -> bool {
    subtle::ConstantTimeEq::ct_eq(left, right).into()
}

/// The place for which a person's contact is sealed.
pub fn contact_of(merchant: MerchantId, customer: CustomerId) -> String {
    format!("contact:{merchant}:{customer}")
}

/// The keyed hash of parts; each is preceded by its length, so that moving a border changes the hash.
fn sign(key: &hmac::Key, parts: &[&[u8]]) -> hmac::Tag {
    let mut context = hmac::Context::with_key(key);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    context.sign()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> Secrets {
        Secrets::from_key("a key for tests only, long enough").unwrap()
    }

    #[test]
    fn what_is_sealed_opens_and_looks_different_each_time() {
        let (one, two) = (
            secrets().seal("here", "mina@example.lu").unwrap(),
            secrets().seal("here", "mina@example.lu").unwrap(),
        );
        assert_ne!(one, two);
        assert_eq!(secrets().open("here", &one).as_deref(), Ok("mina@example.lu"));
        let mut changed = one.clone();
        changed[NONCE_LEN] ^= 1;
        assert_eq!(secrets().open("here", &changed), Err(SecretError::Sealed));
        assert_eq!(secrets().open("there", &one), Err(SecretError::Sealed));
        assert_eq!(secrets().open("here", &one[..5]), Err(SecretError::Sealed));
        let other = Secrets::from_key("another key, also long enough").unwrap();
        assert_eq!(other.open("here", &one), Err(SecretError::Sealed));
        assert_ne!(other.fingerprint(), secrets().fingerprint());
    }

    #[test]
    fn a_contact_is_another_at_each_merchant() {
        let at = |bits| secrets().lookup(MerchantId(Uuid::from_u128(bits)), ContactKind::Email, "mina@example.lu");
        assert_eq!(at(1), at(1));
        assert_ne!(at(1), at(2));
    }

    #[test]
    fn a_cursor_works_in_its_own_list_only() {
        let cursor = secrets().cursor("events of one card", 41);
        assert_eq!(secrets().cursor_position("events of one card", &cursor), Some(41));
        assert_eq!(secrets().cursor_position("events of another", &cursor), None);
        for forged in ["", "1", "41", &cursor[1..], &format!("{cursor}0")] {
            assert_eq!(
                secrets().cursor_position("events of one card", forged),
                None,
                "{forged}"
            );
        }
    }

    #[test]
    fn a_border_cannot_be_moved() {
        let hash = |route, path, body| secrets().input_hash(route, path, body);
        assert_ne!(hash("ab", "c", "{}"), hash("a", "bc", "{}"));
        assert_eq!(hash("a", "b", "{}"), hash("a", "b", "{}"));
    }

    #[test]
    fn a_short_key_and_a_printed_key_are_refused() {
        assert!(matches!(Secrets::from_key("short"), Err(SecretError::ShortKey)));
        assert_eq!(format!("{:?}", secrets()), "Secrets(…)");
    }
}
