//! What tills ask on open cards, and what was answered (`CRD-3`). One constant, one statement; the merchant first.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[&ADD, &GIVE_UP, &FIND, &WAITING, &ANSWER, &PRUNE];

/// A question.
pub const ADD: Statement = Statement::new(
    "confirmations.add",
    "insert into confirmations (merchant_id, confirmation_id, card_id, generation, terminal_id, reward_id, claim_id, points,
       payable_minor, asked_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
);

/// What was asked on a card before and waits still, waits no more: one question at a time.
pub const GIVE_UP: Statement = Statement::new(
    "confirmations.give_up",
    "update confirmations set expires_at = $3
     where merchant_id = $1 and card_id = $2 and expires_at > $3 and answer is null",
);

/// One of them.
pub const FIND: Statement = Statement::new(
    "confirmations.find",
    "select confirmation_id, card_id, generation, terminal_id, reward_id, claim_id, points, payable_minor, asked_at,
       expires_at, answer, answered_at
     from confirmations where merchant_id = $1 and confirmation_id = $2",
);

/// What waits on a card.
pub const WAITING: Statement = Statement::new(
    "confirmations.waiting",
    "select confirmation_id, card_id, generation, terminal_id, reward_id, claim_id, points, payable_minor, asked_at,
       expires_at, answer, answered_at
     from confirmations where merchant_id = $1 and card_id = $2 and expires_at > $3 and answer is null
     order by expires_at desc limit 1",
);

/// The answer of the card's owner; touches no row where there was one, or where it is too late.
pub const ANSWER: Statement = Statement::new(
    "confirmations.answer",
    "update confirmations set answer = $4, answered_at = $5
     where merchant_id = $1 and confirmation_id = $2 and card_id = $3 and answer is null and expires_at > $5",
);

/// Some that are long over; a no stays.
pub const PRUNE: Statement = Statement::new(
    "confirmations.prune",
    "delete from confirmations where merchant_id = $1 and confirmation_id in
       (select confirmation_id from confirmations where merchant_id = $1 and expires_at < $2
          and (answer is null or answer = 'yes') limit 500)",
);
