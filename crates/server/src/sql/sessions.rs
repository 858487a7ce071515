//! Sessions of people who signed in with a password. Only hashes of session tokens stand here. One constant, one
//! statement, the merchant first.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[
    &BEGIN,
    &FIND,
    &SEEN,
    &STANDS,
    &RENEW,
    &LIST,
    &END,
    &END_ONE,
    &END_OTHERS,
    &END_ALL,
    &PRUNE,
];

/// A new session.
pub const BEGIN: Statement = Statement::new(
    "sessions.begin",
    "insert into sessions (merchant_id, session_hash, session_id, user_id, stage, device, address,
       created_at, seen_at, expires_at, proven_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $8)",
);

/// A session that lasts, with the person it is of, unless they may no longer sign in.
pub const FIND: Statement = Statement::new(
    "sessions.find",
    "select s.session_id, s.stage, s.seen_at, s.proven_at, u.user_id, u.name, u.role, u.stores, u.email, u.email_lookup,
       u.totp_seed
     from sessions s join users u on u.merchant_id = $1 and u.user_id = s.user_id
     where s.merchant_id = $1 and s.session_hash = $2 and s.expires_at > $3 and s.seen_at > $4
       and u.disabled_at is null",
);

/// A session was used.
pub const SEEN: Statement = Statement::new(
    "sessions.seen",
    "update sessions set seen_at = $3 where merchant_id = $1 and session_hash = $2 and seen_at < $3",
);

/// A session that is not over.
pub const STANDS: Statement = Statement::new(
    "sessions.stands",
    "select session_id from sessions where merchant_id = $1 and session_hash = $2 and expires_at > $3",
);

/// A session goes on under another token, since its person proved who they are; touches no row when it is over.
pub const RENEW: Statement = Statement::new(
    "sessions.renew",
    "update sessions set session_hash = $3, proven_at = $4, seen_at = $4 where merchant_id = $1 and session_hash = $2",
);

/// The sessions of a person, the last used first.
pub const LIST: Statement = Statement::new(
    "sessions.list",
    "select session_id, device, address, created_at, seen_at from sessions
     where merchant_id = $1 and user_id = $2 and stage = 'whole' and expires_at > $3 and seen_at > $4
     order by seen_at desc limit 50",
);

/// Ends a session by its token, and says whose it was.
pub const END: Statement = Statement::new(
    "sessions.end",
    "delete from sessions where merchant_id = $1 and session_hash = $2 returning user_id, stage",
);

/// Ends one session of a person.
pub const END_ONE: Statement = Statement::new(
    "sessions.end_one",
    "delete from sessions where merchant_id = $1 and user_id = $2 and session_id = $3",
);

/// Ends all sessions of a person but one.
pub const END_OTHERS: Statement = Statement::new(
    "sessions.end_others",
    "delete from sessions where merchant_id = $1 and user_id = $2 and session_id <> $3",
);

/// Ends all sessions of a person.
pub const END_ALL: Statement = Statement::new(
    "sessions.end_all",
    "delete from sessions where merchant_id = $1 and user_id = $2",
);

/// Forgets some sessions that are over; called again while it finds any.
pub const PRUNE: Statement = Statement::new(
    "sessions.prune",
    "delete from sessions where merchant_id = $1 and session_hash in (
       select session_hash from sessions where merchant_id = $1 and expires_at <= $2 limit 500)",
);
