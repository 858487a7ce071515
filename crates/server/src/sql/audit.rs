//! What `trei audit` reads: everything, in key order, in pages.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[
    &CARDS,
    &EVENTS,
    &COUNT_CARDS,
    &COUNT_EVENTS,
    &TOTALS,
    &ORDERS_OF_CARD,
    &CLAIMS_OF_CARD,
];

/// A page of cards.
pub const CARDS: Statement = Statement::new(
    "audit.cards",
    "select card_id, status, version, stamps, points, next_due_on, last_activity_at, hash, state, program_id from cards
     where merchant_id = $1 and card_id > $2 order by card_id limit 500",
);

/// The events of the cards of a page.
pub const EVENTS: Statement = Statement::new(
    "audit.events",
    "select card_id, sequence, kind, reverses, terminal_id, hash, body from events
     where merchant_id = $1 and card_id > $2 and card_id <= $3 order by card_id, sequence",
);

/// How many cards a merchant has.
pub const COUNT_CARDS: Statement = Statement::new(
    "audit.count_cards",
    "select cast(count(*) as bigint) as count from cards where merchant_id = $1",
);

/// How many events a merchant has.
pub const COUNT_EVENTS: Statement = Statement::new(
    "audit.count_events",
    "select cast(count(*) as bigint) as count from events where merchant_id = $1",
);

/// A merchant's figures, over all days and stores.
pub const TOTALS: Statement = Statement::new(
    "audit.totals",
    "select measure, cast(sum(amount) as bigint) as amount from daily_totals where merchant_id = $1 group by measure order by measure",
);

/// The orders of the cards of a merchant whose event is not in the ledger would be found by their state; this reads them.
pub const ORDERS_OF_CARD: Statement = Statement::new(
    "audit.orders",
    "select source, order_ref, card_id, state from orders where merchant_id = $1 and (source, order_ref) > ($2, $3)
     order by source, order_ref limit 500",
);

/// The claims of a page of cards.
pub const CLAIMS_OF_CARD: Statement = Statement::new(
    "audit.claims",
    "select card_id, claim_id, status from claims
     where merchant_id = $1 and card_id > $2 and card_id <= $3 order by card_id, claim_id",
);
