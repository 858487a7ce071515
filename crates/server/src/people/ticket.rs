//! Random tokens that name their merchant: what a session's cookie and an invitation carry. Only a hash is stored.

use crate::secrets::{SecretError, Secrets, base62, token_hash};
use domain::ids::MerchantId;
use uuid::Uuid;

const ID_LENGTH: usize = 16;
const SECRET_LENGTH: usize = 32;

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Whose.
    pub merchant: MerchantId,
    /// Under which it stands in the database.
    pub hash: Vec<u8>,
}

impl Ticket {
    /// A new token with its ticket.
    ///
    /// # Errors
    /// [`SecretError::Chance`].
    pub fn new(secrets: &Secrets, merchant: MerchantId) -> Result<(String, Self), SecretError> {
        let secret: [u8; SECRET_LENGTH] = secrets.random()?;
        let text = base62::encode(&[merchant.0.as_bytes().as_slice(), &secret].concat());
        let hash = token_hash(&text);
        Ok((text, Self { merchant, hash }))
    }

    /// The ticket of a token, well-formed or none.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = base62::decode::<{ ID_LENGTH + SECRET_LENGTH }>(text)?;
        let (merchant, _) = bytes.split_first_chunk::<ID_LENGTH>()?;
        Some(Self {
            merchant: MerchantId(Uuid::from_bytes(*merchant)),
            hash: token_hash(text),
        })
    }
}
