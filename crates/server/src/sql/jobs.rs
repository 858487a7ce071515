//! What must happen after a commit: follow-ups, signals, and the versions that passes should show.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[&INSERT_FOLLOW_UP, &WANT_PASS, &DUE, &DONE, &FAILED, &RAISE_SIGNAL];

/// New follow-ups: the key is their cause, so each exists once.
pub const INSERT_FOLLOW_UP: Statement = Statement::new(
    "follow_ups.insert",
    "insert into follow_ups (merchant_id, card_id, sequence, number, payload, due_at, attempts)
     values ($1, $2, $3, $4, $5, $6, 0)",
);

/// A card moved on: its passes should too. Cards without a pass have no row here.
pub const WANT_PASS: Statement = Statement::new(
    "wallet_work.want",
    "update wallet_work set wanted = $3, due_at = $4 where merchant_id = $1 and card_id = $2",
);

/// Some follow-ups of a merchant that are due.
pub const DUE: Statement = Statement::new(
    "follow_ups.due",
    "select merchant_id, card_id, sequence, number, payload from follow_ups
     where merchant_id = $1 and due_at <= $2 order by due_at limit 100",
);

/// A follow-up is taken to be done; touches no row when somebody else was faster.
pub const DONE: Statement = Statement::new(
    "follow_ups.done",
    "delete from follow_ups where merchant_id = $1 and card_id = $2 and sequence = $3 and number = $4",
);

/// A follow-up failed; it is tried again later.
pub const FAILED: Statement = Statement::new(
    "follow_ups.failed",
    "update follow_ups set due_at = $5, attempts = attempts + 1, last_error = $6
     where merchant_id = $1 and card_id = $2 and sequence = $3 and number = $4",
);

/// Something a manager should look at; once for its cause.
pub const RAISE_SIGNAL: Statement = Statement::new(
    "signals.raise",
    "insert into signals (merchant_id, card_id, sequence, kind, raised_at) values ($1, $2, $3, $4, $5)
     on conflict (merchant_id, card_id, sequence, kind) do nothing",
);
