//! What somebody must approve (`APR-1`). One constant, one statement; the merchant first.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[&ADD, &BY_REQUEST, &FIND, &LOCK, &OPEN, &LIST, &DECIDE, &BOOKED];

/// Something that was asked for; nothing where the same call asked before.
pub const ADD: Statement = Statement::new(
    "approvals.add",
    "insert into approvals (merchant_id, approval_id, card_id, store_id, terminal_id, staff_id, user_id, request_key,
       input_hash, unit, amount, reason, note, requested_at, expires_at, status)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'waiting')
     on conflict (merchant_id, request_key) do nothing",
);

/// What a call asked for, and the keyed hash of its input.
pub const BY_REQUEST: Statement = Statement::new(
    "approvals.by_request",
    "select approval_id, card_id, store_id, terminal_id, staff_id, unit, amount, reason, note, requested_at, expires_at,
       status, decided_by, decided_at, user_id, input_hash
     from approvals where merchant_id = $1 and request_key = $2",
);

/// One of them.
pub const FIND: Statement = Statement::new(
    "approvals.find",
    "select approval_id, card_id, store_id, terminal_id, staff_id, unit, amount, reason, note, requested_at, expires_at,
       status, decided_by, decided_at, user_id
     from approvals where merchant_id = $1 and approval_id = $2",
);

/// The same, locked.
pub const LOCK: Statement = Statement::new(
    "approvals.lock",
    "select approval_id, card_id, store_id, terminal_id, staff_id, unit, amount, reason, note, requested_at, expires_at,
       status, decided_by, decided_at, user_id
     from approvals where merchant_id = $1 and approval_id = $2 /*pg for update*/",
);

/// What somebody can still decide, the oldest first.
pub const OPEN: Statement = Statement::new(
    "approvals.open",
    "select approval_id, card_id, store_id, terminal_id, staff_id, unit, amount, reason, note, requested_at, expires_at,
       status, decided_by, decided_at, user_id
     from approvals where merchant_id = $1 and status in ('waiting', 'approving') and (expires_at > $2 or status = 'approving')
     order by requested_at, approval_id limit $3",
);

/// The newest.
pub const LIST: Statement = Statement::new(
    "approvals.list",
    "select approval_id, card_id, store_id, terminal_id, staff_id, unit, amount, reason, note, requested_at, expires_at,
       status, decided_by, decided_at, user_id
     from approvals where merchant_id = $1 order by requested_at desc, approval_id desc limit $2",
);

/// What became of it.
pub const DECIDE: Statement = Statement::new(
    "approvals.decide",
    "update approvals set status = $3, decided_by = $4, decided_at = $5 where merchant_id = $1 and approval_id = $2",
);

/// What somebody approved is booked.
pub const BOOKED: Statement = Statement::new(
    "approvals.booked",
    "update approvals set status = 'approved' where merchant_id = $1 and approval_id = $2",
);
