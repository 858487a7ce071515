//! The hash chain of a card's events: each hash covers the one before it and the whole record, so that nothing can be
//! changed, dropped or put in between without `trei audit` noticing.

use ring::digest::{Context, SHA256};

/// What the first event of a card is chained to.
pub const FIRST_HASH: [u8; 32] = [0; 32];

/// The hash of a record that follows another (SHA-256 of the hash before, then the record's bytes).
pub fn link(before: &[u8], body: &str) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    context.update(before);
    context.update(body.as_bytes());
    context.finish().as_ref().to_vec()
}
