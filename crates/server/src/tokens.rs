//! Credentials of programs and tills as text: a prefix that secret scanners know, the merchant, the id of the
//! credential, 32 random bytes, and a checksum that spots a slip before any lookup. Only a hash of the text is stored.

use crate::secrets::{SecretError, Secrets, base62, token_hash};
use domain::ids::{KeyId, MerchantId, TerminalId};
use uuid::Uuid;

const KEY_PREFIX: &str = "trei_key_";
const TERMINAL_PREFIX: &str = "trei_trm_";
const ID_LENGTH: usize = 16;
const SECRET_LENGTH: usize = 32;
const CHECK_LENGTH: usize = 4;
const LENGTH: usize = 2 * ID_LENGTH + SECRET_LENGTH + CHECK_LENGTH;

/// Whose credential a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenOf {
    /// A program with an API key.
    Key(KeyId),
    /// A paired device.
    Terminal(TerminalId),
}

/// A token that is well-formed; whether it is known, the database says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Whose merchant's.
    pub merchant: MerchantId,
    /// Which credential.
    pub of: TokenOf,
}

/// Makes a token. The text is shown once; store its [`token_hash`].
///
/// # Errors
/// [`SecretError::Chance`].
pub fn new_token(secrets: &Secrets, merchant: MerchantId, of: TokenOf) -> Result<String, SecretError> {
    let (prefix, id) = match of {
        TokenOf::Key(id) => (KEY_PREFIX, id.0),
        TokenOf::Terminal(id) => (TERMINAL_PREFIX, id.0),
    };
    let secret: [u8; SECRET_LENGTH] = secrets.random()?;
    let body = [merchant.0.as_bytes().as_slice(), id.as_bytes(), &secret].concat();
    let check = checksum(prefix, &body).to_be_bytes();
    Ok(format!(
        "{prefix}{}",
        base62::encode(&[body.as_slice(), &check].concat())
    ))
}

/// Reads a token; none when it is not one or has a slip in it.
pub fn parse(text: &str) -> Option<Token> {
    let (prefix, rest) = [KEY_PREFIX, TERMINAL_PREFIX]
        .into_iter()
        .find_map(|prefix| text.strip_prefix(prefix).map(|rest| (prefix, rest)))?;
    let bytes = base62::decode::<LENGTH>(rest)?;
    let (body, check) = bytes.split_last_chunk::<CHECK_LENGTH>()?;
    if checksum(prefix, body) != u32::from_be_bytes(*check) {
        return None;
    }
    let (merchant, rest) = body.split_first_chunk::<ID_LENGTH>()?;
    let (id, _) = rest.split_first_chunk::<ID_LENGTH>()?;
    let id = Uuid::from_bytes(*id);
    let of = if prefix == KEY_PREFIX {
        TokenOf::Key(KeyId(id))
    } else {
        TokenOf::Terminal(TerminalId(id))
    };
    Some(Token {
        merchant: MerchantId(Uuid::from_bytes(*merchant)),
        of,
    })
}

/// What is stored of a token.
pub fn hash(text: &str) -> Vec<u8> {
    token_hash(text)
}

/// CRC-32 as in IEEE 802.3. It guards against slips, not against people.
fn checksum(prefix: &str, body: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    let mut register = u32::MAX;
    for &byte in prefix.as_bytes().iter().chain(body) {
        register ^= u32::from(byte);
        for _ in 0..8 {
            register = (register >> 1) ^ (POLYNOMIAL & (register & 1).wrapping_neg());
        }
    }
    !register
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_carries_its_merchant_and_notices_a_slip() {
        let secrets = Secrets::from_key("a key for tests only, long enough").unwrap();
        let merchant = MerchantId(Uuid::from_u128(7));
        for of in [
            TokenOf::Key(KeyId(Uuid::from_u128(8))),
            TokenOf::Terminal(TerminalId(Uuid::from_u128(9))),
        ] {
            let text = new_token(&secrets, merchant, of).unwrap();
            assert_eq!(parse(&text), Some(Token { merchant, of }));
            let last = if text.ends_with('0') { '1' } else { '0' };
            assert_eq!(parse(&format!("{}{last}", &text[..text.len() - 1])), None);
            assert_eq!(parse(&text[1..]), None);
            assert_eq!(hash(&text).len(), 32);
            assert_ne!(text, new_token(&secrets, merchant, of).unwrap());
        }
        assert_eq!(parse(""), None);
    }

    #[test]
    fn the_checksum_is_the_known_one() {
        assert_eq!(checksum("", b"123456789"), 0xcbf4_3926);
    }
}
