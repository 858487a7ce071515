//! The key under which a caller may repeat a command.

use ring::digest::{Context, SHA256};
use uuid::Uuid;

/// Under which name a receipt is found: 122 bits of a SHA-256 over principal, route and key, as a UUID of version 8
/// (RFC 9562). Sixteen bytes, where the three texts would make a receipt as wide as an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReceiptName(pub Uuid);

/// What a caller repeats a command with (`IDM-1`), and a keyed hash of what was asked (`IDM-2`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Whose key, on which route, and which.
    pub name: ReceiptName,
    /// Keyed hash of route, path and body without `pin` and `proof`.
    pub input_hash: Vec<u8>,
}

impl IdempotencyKey {
    /// A key of a principal (the public id of the credential) on a route (method and path template): 1 to 128 visible
    /// ASCII characters.
    pub fn new(principal: &str, route: &str, key: &str, input_hash: Vec<u8>) -> Self {
        let mut context = Context::new(&SHA256);
        for text in [principal, route, key] {
            // Its length first, so that no two triples of texts read the same.
            context.update(&(text.len() as u64).to_be_bytes());
            context.update(text.as_bytes());
        }
        let mut half = [0; 16];
        half.copy_from_slice(&context.finish().as_ref()[..16]);
        Self {
            name: ReceiptName(uuid::Builder::from_custom_bytes(half).into_uuid()),
            input_hash,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_counts_where_it_stands() {
        let name = |principal, route, key| IdempotencyKey::new(principal, route, key, Vec::new()).name;
        let one = name("key_1", "POST /stamps", "a");
        assert_eq!(one, name("key_1", "POST /stamps", "a"));
        assert_eq!(one.0.get_version_num(), 8);
        for other in [
            name("key_2", "POST /stamps", "a"),
            name("key_1", "POST /points", "a"),
            name("key_1", "POST /stamps", "b"),
            name("key_1P", "OST /stamps", "a"),
            name("key_1", "POST /stampsa", ""),
        ] {
            assert_ne!(one, other);
        }
    }
}
