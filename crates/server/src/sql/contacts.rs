//! Contacts that wait to be proved, the links and codes that prove them, and the sessions of customers. Only hashes of
//! secrets stand here. One constant, one statement, the tenant first.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[
    &INSERT_PENDING,
    &PENDING,
    &FORGET_PENDING,
    &INSERT_LINK,
    &LINK,
    &LOCK_LINK,
    &USE_LINK,
    &WRONG_CODE,
    &PRUNE_LINKS,
    &ADD,
    &VERIFY,
    &VERIFY_MAIL_OF,
    &OWN_CARD,
    &BEGIN_SESSION,
    &SESSION,
    &END_SESSION,
    &PRUNE_SESSIONS,
];

/// A contact that waits on a new card.
pub const INSERT_PENDING: Statement = Statement::new(
    "pending_contacts.insert",
    "insert into pending_contacts (merchant_id, card_id, kind, lookup, sealed, created_at) values ($1, $2, $3, $4, $5, $6)",
);

/// The contact that waits on a card.
pub const PENDING: Statement = Statement::new(
    "pending_contacts.read",
    "select kind, lookup, sealed from pending_contacts where merchant_id = $1 and card_id = $2",
);

/// It waits no more.
pub const FORGET_PENDING: Statement = Statement::new(
    "pending_contacts.forget",
    "delete from pending_contacts where merchant_id = $1 and card_id = $2",
);

/// A new link.
pub const INSERT_LINK: Statement = Statement::new(
    "links.insert",
    "insert into links (merchant_id, link_id, purpose, hash, code_hash, card_id, customer_id, created_at, expires_at, wrong)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)",
);

/// A link by its id.
pub const LINK: Statement = Statement::new(
    "links.read",
    "select purpose, hash, code_hash, card_id, customer_id, wrong, expires_at, used_at from links
     where merchant_id = $1 and link_id = $2",
);

/// A link by its id, locked: what is typed at the same time is judged one after the other.
pub const LOCK_LINK: Statement = Statement::new(
    "links.lock",
    "select purpose, hash, code_hash, card_id, customer_id, wrong, expires_at, used_at from links
     where merchant_id = $1 and link_id = $2 /*pg for update*/",
);

/// A link is used up; touches no row when somebody else was faster.
pub const USE_LINK: Statement = Statement::new(
    "links.use",
    "update links set used_at = $3 where merchant_id = $1 and link_id = $2 and used_at is null",
);

/// A wrong code was typed, which is allowed so often.
pub const WRONG_CODE: Statement = Statement::new(
    "links.wrong_code",
    "update links set wrong = wrong + 1 where merchant_id = $1 and link_id = $2 and wrong < $3 returning wrong",
);

/// Forgets some links that are over; called again while it finds any.
pub const PRUNE_LINKS: Statement = Statement::new(
    "links.prune",
    "delete from links where merchant_id = $1 and link_id in (
       select link_id from links where merchant_id = $1 and expires_at <= $2 limit 500)",
);

/// A contact that was proved; touches no row when somebody has it.
pub const ADD: Statement = Statement::new(
    "contacts.add_proved",
    "insert into contacts (merchant_id, customer_id, kind, lookup, sealed, created_at, verified_at)
     values ($1, $2, $3, $4, $5, $6, $6) on conflict do nothing",
);

/// Its owner proved that a contact is theirs.
pub const VERIFY: Statement = Statement::new(
    "contacts.verify",
    "update contacts set verified_at = $4 where merchant_id = $1 and kind = $2 and lookup = $3 and verified_at is null",
);

/// Who could read a letter proved that the mail address is theirs.
pub const VERIFY_MAIL_OF: Statement = Statement::new(
    "contacts.verify_mail_of",
    "update contacts set verified_at = $3
     where merchant_id = $1 and customer_id = $2 and kind = 'email' and verified_at is null",
);

/// A card is a known person's from now on.
pub const OWN_CARD: Statement = Statement::new(
    "cards.own",
    "update cards set customer_id = $3 where merchant_id = $1 and card_id = $2",
);

/// A new session.
pub const BEGIN_SESSION: Statement = Statement::new(
    "customer_sessions.begin",
    "insert into customer_sessions (merchant_id, session_hash, customer_id, created_at, expires_at)
     values ($1, $2, $3, $4, $5)",
);

/// A session that has not expired.
pub const SESSION: Statement = Statement::new(
    "customer_sessions.read",
    "select customer_id from customer_sessions where merchant_id = $1 and session_hash = $2 and expires_at > $3",
);

/// Ends a session, and says whose it was.
pub const END_SESSION: Statement = Statement::new(
    "customer_sessions.end",
    "delete from customer_sessions where merchant_id = $1 and session_hash = $2 returning customer_id",
);

/// Forgets some sessions that are over; called again while it finds any.
pub const PRUNE_SESSIONS: Statement = Statement::new(
    "customer_sessions.prune",
    "delete from customer_sessions where merchant_id = $1 and session_hash in (
       select session_hash from customer_sessions where merchant_id = $1 and expires_at <= $2 limit 500)",
);
