//! The hash chain of a card's events: each hash covers the one before it and the whole record, and the first one whose
//! card it is, so that nothing can be changed, dropped, put in between or carried to another card without `trei audit`
//! noticing.

use domain::ids::{CardId, MerchantId, ProgramId};
use ring::digest::{Context, SHA256};

/// What the first event of a card is chained to (SHA-256 of the 16 bytes each of merchant, card and program).
pub fn beginning(merchant: MerchantId, card: CardId, program: ProgramId) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    for id in [merchant.0, card.0, program.0] {
        context.update(id.as_bytes());
    }
    context.finish().as_ref().to_vec()
}

/// The hash of a record that follows another (SHA-256 of the hash before, then the record's bytes).
pub fn link(before: &[u8], body: &str) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    context.update(before);
    context.update(body.as_bytes());
    context.finish().as_ref().to_vec()
}
