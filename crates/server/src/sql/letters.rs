//! Letters that wait to be sent. One constant, one statement, the tenant first.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[&INSERT, &DUE, &LEASE, &ENDED, &LATER, &EARLIER, &LATELY, &PRUNE];

/// A new letter.
pub const INSERT: Statement = Statement::new(
    "letters.insert",
    "insert into letters (merchant_id, letter_id, purpose, locale, lookup, sealed, useful_until_at, created_at, due_at,
       status, attempts)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)",
);

/// Some letters of a merchant that are due.
pub const DUE: Statement = Statement::new(
    "letters.due",
    "select letter_id, purpose, locale, lookup, sealed, attempts, created_at, useful_until_at from letters
     where merchant_id = $1 and status = 'waiting' and due_at <= $2 order by due_at limit 20",
);

/// Takes a letter until an instant; touches no row when somebody else was faster.
pub const LEASE: Statement = Statement::new(
    "letters.lease",
    "update letters set attempts = attempts + 1, due_at = $4
     where merchant_id = $1 and letter_id = $2 and attempts = $3 and status = 'waiting'",
);

/// A letter that was taken has come to its end; its content is forgotten.
pub const ENDED: Statement = Statement::new(
    "letters.ended",
    "update letters set status = $4, sealed = $5
     where merchant_id = $1 and letter_id = $2 and attempts = $3 and status = 'waiting'",
);

/// A letter that was taken could not be sent now.
pub const LATER: Statement = Statement::new(
    "letters.later",
    "update letters set due_at = $4, last_error = $5
     where merchant_id = $1 and letter_id = $2 and attempts = $3 and status = 'waiting'",
);

/// How many letters for one purpose were written to a contact since an instant, before a letter.
pub const EARLIER: Statement = Statement::new(
    "letters.earlier",
    "select count(*) as earlier from letters
     where merchant_id = $1 and lookup = $2 and created_at > $3 and purpose = $4 and status <> 'limited'
       and (created_at < $5 or (created_at = $5 and letter_id < $6))",
);

/// The newest letters since an instant.
pub const LATELY: Statement = Statement::new(
    "letters.lately",
    "select letter_id, purpose, locale, sealed, status, created_at from letters
     where merchant_id = $1 and created_at > $2 order by created_at desc limit $3",
);

/// Forgets some letters that are old; called again while it finds any.
pub const PRUNE: Statement = Statement::new(
    "letters.prune",
    "delete from letters where merchant_id = $1 and letter_id in (
       select letter_id from letters where merchant_id = $1 and created_at <= $2 limit 500)",
);
