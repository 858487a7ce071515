//! Who managed what: the chained log, and the end of each chain.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[
    &BEGIN,
    &LOCK,
    &ADVANCE,
    &ADD,
    &NEWEST,
    &OF_ACTOR,
    &OF_SUBJECT,
    &OF_ACTION,
    &OF_ACTOR_DOING,
    &PAGE,
    &HEAD,
];

/// How many rows a page of the proof has.
pub const ROWS_PER_PAGE: usize = 1_000;

/// Begins a chain that does not exist yet, so that its end can be locked.
pub const BEGIN: Statement = Statement::new(
    "audit_log.begin",
    "insert into audit_heads (merchant_id, sequence, hash) values ($1, 0, $2) on conflict (merchant_id) do nothing",
);

/// The end of a chain, locked until the transaction ends.
pub const LOCK: Statement = Statement::new(
    "audit_log.lock",
    "select sequence, hash from audit_heads where merchant_id = $1 /*pg for update*/",
);

/// The end of a chain, as it is.
pub const HEAD: Statement = Statement::new(
    "audit_log.head",
    "select sequence, hash from audit_heads where merchant_id = $1",
);

/// Moves the end of a chain.
pub const ADVANCE: Statement = Statement::new(
    "audit_log.advance",
    "update audit_heads set sequence = $2, hash = $3 where merchant_id = $1",
);

/// A new row.
pub const ADD: Statement = Statement::new(
    "audit_log.add",
    "insert into audit_log (merchant_id, sequence, recorded_at, actor, action, subject, body, detail, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);

/// A page, newest first: rows before a number, between two instants.
pub const NEWEST: Statement = Statement::new(
    "audit_log.newest",
    "select sequence, recorded_at, actor, action, subject, body, detail from audit_log
     where merchant_id = $1 and sequence < $2 and recorded_at >= $3 and recorded_at < $4
     order by sequence desc limit $5",
);

/// The same of one actor.
pub const OF_ACTOR: Statement = Statement::new(
    "audit_log.of_actor",
    "select sequence, recorded_at, actor, action, subject, body, detail from audit_log
     where merchant_id = $1 and sequence < $2 and recorded_at >= $3 and recorded_at < $4 and actor = $6
     order by sequence desc limit $5",
);

/// The same about one thing.
pub const OF_SUBJECT: Statement = Statement::new(
    "audit_log.of_subject",
    "select sequence, recorded_at, actor, action, subject, body, detail from audit_log
     where merchant_id = $1 and sequence < $2 and recorded_at >= $3 and recorded_at < $4 and subject = $6
     order by sequence desc limit $5",
);

/// The same of one action.
pub const OF_ACTION: Statement = Statement::new(
    "audit_log.of_action",
    "select sequence, recorded_at, actor, action, subject, body, detail from audit_log
     where merchant_id = $1 and sequence < $2 and recorded_at >= $3 and recorded_at < $4 and action = $6
     order by sequence desc limit $5",
);

/// The same of one action by one actor.
pub const OF_ACTOR_DOING: Statement = Statement::new(
    "audit_log.of_actor_doing",
    "select sequence, recorded_at, actor, action, subject, body, detail from audit_log
     where merchant_id = $1 and sequence < $2 and recorded_at >= $3 and recorded_at < $4 and actor = $6 and action = $7
     order by sequence desc limit $5",
);

/// A page in the order of the chain, with its hashes, for the proof.
pub const PAGE: Statement = Statement::new(
    "audit_log.page",
    "select sequence, recorded_at, actor, action, subject, body, detail, hash from audit_log
     where merchant_id = $1 and sequence > $2 order by sequence limit $3",
);
