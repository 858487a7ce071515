//! Links and codes that prove a contact: a link carries the merchant, its id and a secret; a code is six digits that are
//! typed where the link cannot be opened. Both work once and end. Only hashes are stored.

use crate::error::Error;
use crate::secrets::{SecretError, Secrets, base62, is_same, token_hash};
use crate::sql;
use db::{Row, Transaction, Value, params};
use domain::ids::{CardId, CustomerId, MerchantId};
use domain::moment::Instant;
use uuid::Uuid;

use super::Purpose;

const ID_LENGTH: usize = 16;
const SECRET_LENGTH: usize = 24;
/// How many wrong codes end a link.
pub const WRONG_MAX: i64 = 3;
/// Six digits.
const CODES: u64 = 1_000_000;

/// A link as it stands in an address: well-formed, not known to be true.
#[derive(Clone)]
pub struct Link {
    /// Whose.
    pub merchant: MerchantId,
    /// Which.
    pub id: Uuid,
    hash: Vec<u8>,
}

impl Link {
    /// Reads the text of an address.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = base62::decode::<{ 2 * ID_LENGTH + SECRET_LENGTH }>(text)?;
        let (merchant, rest) = bytes.split_first_chunk::<ID_LENGTH>()?;
        let (id, _) = rest.split_first_chunk::<ID_LENGTH>()?;
        Some(Self {
            merchant: MerchantId(Uuid::from_bytes(*merchant)),
            id: Uuid::from_bytes(*id),
            hash: token_hash(text),
        })
    }

    /// Whether the row is this link's, for this purpose.
    pub fn is_of(&self, row: &LinkRow, purpose: Purpose) -> bool {
        is_same(&self.hash, &row.hash) && row.purpose == purpose.code()
    }
}

/// A link that was just made: its texts go into a letter, its row into the database.
pub struct NewLink {
    /// Its id.
    pub id: Uuid,
    /// As it stands in an address.
    pub text: String,
    /// Six digits.
    pub code: String,
    /// See `sql::contacts::INSERT_LINK`, after the merchant.
    pub row: Vec<Value>,
}

impl NewLink {
    /// Makes one for a card or a customer; for neither, it proves nothing.
    ///
    /// # Errors
    /// [`SecretError::Chance`].
    pub fn new(
        secrets: &Secrets,
        merchant: MerchantId,
        purpose: Purpose,
        (card, customer): (Option<CardId>, Option<CustomerId>),
        now: Instant,
    ) -> Result<Self, SecretError> {
        let id = secrets.new_id(now)?;
        let secret: [u8; SECRET_LENGTH] = secrets.random()?;
        let text = base62::encode(&[merchant.0.as_bytes().as_slice(), id.as_bytes(), &secret].concat());
        let code = format!("{:06}", u64::from_be_bytes(secrets.random()?) % CODES);
        let code_hash = (purpose == Purpose::SignIn).then(|| code_hash(secrets, id, &code));
        let row = params![
            id,
            purpose.code(),
            token_hash(&text),
            code_hash,
            card.map(|card| card.0),
            customer.map(|customer| customer.0),
            now.0,
            now.0 + purpose.useful()
        ];
        let row = row.to_vec();
        Ok(Self { id, text, code, row })
    }
}

/// The keyed hash of a code, which only its link accepts.
pub fn code_hash(secrets: &Secrets, link: Uuid, code: &str) -> Vec<u8> {
    secrets.input_hash("the code of a link", &link.to_string(), code)
}

/// A link as stored.
#[derive(Clone, Debug)]
pub struct LinkRow {
    purpose: String,
    hash: Vec<u8>,
    /// The keyed hash of its code.
    pub code_hash: Option<Vec<u8>>,
    /// Whose contact it proves.
    pub card: Option<CardId>,
    /// Who signs in with it.
    pub customer: Option<CustomerId>,
    /// How many wrong codes were typed.
    pub wrong: i64,
    expires_at: i64,
    used: bool,
}

impl LinkRow {
    /// Reads the row of an id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn find(tx: &mut Transaction<'_>, merchant: MerchantId, id: Uuid) -> Result<Option<Self>, Error> {
        Self::read(tx.row(&sql::contacts::LINK, &params![merchant.0, id])?)
    }

    /// The same, locked until the transaction ends.
    ///
    /// # Errors
    /// As [`LinkRow::find`].
    pub fn lock(tx: &mut Transaction<'_>, merchant: MerchantId, id: Uuid) -> Result<Option<Self>, Error> {
        Self::read(tx.row(&sql::contacts::LOCK_LINK, &params![merchant.0, id])?)
    }

    fn read(row: Option<Row>) -> Result<Option<Self>, Error> {
        let read = |row: Row| {
            Ok(Self {
                purpose: row.get(0)?,
                hash: row.get(1)?,
                code_hash: row.get(2)?,
                card: row.get::<Option<Uuid>>(3)?.map(CardId),
                customer: row.get::<Option<Uuid>>(4)?.map(CustomerId),
                wrong: row.get(5)?,
                expires_at: row.get(6)?,
                used: row.get::<Option<i64>>(7)?.is_some(),
            })
        };
        row.map(read).transpose()
    }

    /// Whether it was used.
    pub fn is_used(&self) -> bool {
        self.used
    }

    /// Whether its time is over.
    pub fn is_over(&self, now: Instant) -> bool {
        self.expires_at <= now.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_back_and_proves_itself_only() {
        let secrets = Secrets::from_key("a key for tests only, long enough").unwrap();
        let merchant = MerchantId(Uuid::from_u128(7));
        let made = NewLink::new(&secrets, merchant, Purpose::SignIn, (None, None), Instant(1)).unwrap();
        let link = Link::read(&made.text).unwrap();
        assert_eq!((link.merchant, link.id), (merchant, made.id));
        assert_eq!(made.code.len(), 6);
        assert!(Link::read(&made.text[1..]).is_none());
        assert_ne!(
            code_hash(&secrets, made.id, &made.code),
            code_hash(&secrets, merchant.0, &made.code)
        );
    }
}
