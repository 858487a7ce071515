//! Counters that cards of a merchant share.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[&BEGIN, &LOCK, &READ, &ADD];

/// Makes a counter that does not exist yet, so that it can be locked.
pub const BEGIN: Statement = Statement::new(
    "counters.begin",
    "insert into counters (merchant_id, kind, id, used) values ($1, $2, $3, 0)
     on conflict (merchant_id, kind, id) do nothing",
);

/// A counter, locked until the transaction ends. Called for many counters in key order.
pub const LOCK: Statement = Statement::new(
    "counters.lock",
    "select kind, id, used from counters where merchant_id = $1 and kind = $2 and id = $3 /*pg for update*/",
);

/// A counter, as it is.
pub const READ: Statement = Statement::new(
    "counters.read",
    "select kind, id, used from counters where merchant_id = $1 and kind = $2 and id = $3",
);

/// Moves a counter.
pub const ADD: Statement = Statement::new(
    "counters.add",
    "update counters set used = used + $4 where merchant_id = $1 and kind = $2 and id = $3",
);
