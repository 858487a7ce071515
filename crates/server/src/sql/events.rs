//! Events and claims, as the ledger reads and writes them.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[
    &READ,
    &WELCOMES,
    &REVERSED,
    &INSERT,
    &CLAIM,
    &WAITING_CLAIMS,
    &PUT_CLAIM,
];

/// Events by key.
pub const READ: Statement = Statement::new(
    "events.read",
    "select card_id, sequence, body, order_source, order_ref from events
     where merchant_id = $1 and card_id = $2 and sequence = $3",
);

/// The events of a card that speak of a welcome (`WEL-1`): the one that brought it, what took it back, what came over.
pub const WELCOMES: Statement = Statement::new(
    "events.welcomes",
    "select body from events where merchant_id = $1 and card_id = $2 and body like '%\"welcome%' order by sequence limit 1000",
);

/// Whether an event was taken back.
pub const REVERSED: Statement = Statement::new(
    "events.reversed",
    "select card_id, reverses from events where merchant_id = $1 and card_id = $2 and reverses = $3",
);

/// New events.
pub const INSERT: Statement = Statement::new(
    "events.insert",
    "insert into events (merchant_id, card_id, sequence, kind, occurred_at, recorded_at, terminal_id, reverses,
       order_source, order_ref, staff_name, note, hash, body)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
);

/// A claim.
pub const CLAIM: Statement = Statement::new(
    "claims.read",
    "select claim_id, card_id, state from claims where merchant_id = $1 and claim_id = $2",
);

/// The claims of a card that wait to be handed over.
pub const WAITING_CLAIMS: Statement = Statement::new(
    "claims.waiting",
    "select claim_id, state from claims where merchant_id = $1 and card_id = $2 and status = 'issued'
     order by minted_by, claim_id limit 1000",
);

/// A claim as it stands after a batch.
pub const PUT_CLAIM: Statement = Statement::new(
    "claims.put",
    "insert into claims (merchant_id, claim_id, card_id, reward_id, status, minted_by, state)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (merchant_id, claim_id) do update set status = excluded.status, state = excluded.state",
);
