//! Cards, their people, and their numbers.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[
    &LOCK,
    &READ,
    &INSERT,
    &UPDATE,
    &RENUMBER,
    &REVOKE_NUMBER,
    &INSERT_CUSTOMER,
    &INSERT_CONTACT,
    &HELD_NUMBER,
    &HELD_CONTACT,
];

/// A card, locked until the transaction ends. Called for many cards in key order.
pub const LOCK: Statement = Statement::new(
    "cards.lock",
    "select card_id, program_id, number, hash, state, customer_id from cards
     where merchant_id = $1 and card_id = $2 /*pg for update*/",
);

/// A card, as it is.
pub const READ: Statement = Statement::new(
    "cards.read",
    "select card_id, program_id, number, hash, state, customer_id from cards where merchant_id = $1 and card_id = $2",
);

/// A new card.
pub const INSERT: Statement = Statement::new(
    "cards.insert",
    "insert into cards (merchant_id, card_id, status, version, stamps, points, next_due_on, last_activity_at, hash,
       state, program_id, customer_id, number, enrolled_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
);

/// A card after a batch.
pub const UPDATE: Statement = Statement::new(
    "cards.update",
    "update cards set status = $3, version = $4, stamps = $5, points = $6, next_due_on = $7, last_activity_at = $8,
       hash = $9, state = $10
     where merchant_id = $1 and card_id = $2",
);

/// A replaced card's new number.
pub const RENUMBER: Statement = Statement::new(
    "cards.renumber",
    "update cards set number = $3 where merchant_id = $1 and card_id = $2",
);

/// A number that finds nothing any more.
pub const REVOKE_NUMBER: Statement = Statement::new(
    "cards.revoke_number",
    "insert into revoked_numbers (merchant_id, number, card_id, revoked_at) values ($1, $2, $3, $4)",
);

/// A new person.
pub const INSERT_CUSTOMER: Statement = Statement::new(
    "customers.insert",
    "insert into customers (merchant_id, customer_id, first_name, locale, created_via, created_at)
     values ($1, $2, $3, $4, $5, $6)",
);

/// A new person's contact, sealed.
pub const INSERT_CONTACT: Statement = Statement::new(
    "contacts.insert",
    "insert into contacts (merchant_id, customer_id, kind, lookup, sealed, created_at) values ($1, $2, $3, $4, $5, $6)",
);

/// A number that a card has, or had before it was replaced: nobody gets it again (`CRD-1`, `CRD-4`).
pub const HELD_NUMBER: Statement = Statement::new(
    "cards.held_number",
    "select number from cards where merchant_id = $1 and number = $2
     union all
     select number from revoked_numbers where merchant_id = $1 and number = $2",
);

/// Whose a contact is, and which cards that person has: a row a card, one without a card if there is none (`ENR-4`).
pub const HELD_CONTACT: Statement = Statement::new(
    "contacts.held",
    "select o.kind, o.lookup, o.customer_id, c.program_id, c.card_id, c.status
     from contacts o
     left join cards c on c.merchant_id = o.merchant_id and c.customer_id = o.customer_id and c.status <> 'closed'
     where o.merchant_id = $1 and o.kind = $2 and o.lookup = $3",
);
