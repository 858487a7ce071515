//! Sessions of terminals: a browser that showed a terminal's token once. Only hashes of session tokens stand here. One
//! function, one statement, the tenant first.

use db::{Error, Row, Statement, Transaction, params};
use uuid::Uuid;

/// Every statement here.
pub const ALL: &[&Statement] = &[&BEGIN_SESSION, &SESSION, &END_SESSION, &PRUNE_SESSIONS];

/// A new session.
pub const BEGIN_SESSION: Statement = Statement::new(
    "terminal_sessions.begin",
    "insert into terminal_sessions (merchant_id, session_hash, terminal_id, created_at, expires_at)
     values ($1, $2, $3, $4, $5)",
);

/// A session that has not expired, with its terminal.
pub const SESSION: Statement = Statement::new(
    "terminal_sessions.read",
    "select t.terminal_id, t.store_id, t.name, t.status, u.used_at from terminal_sessions s
     join terminals t on t.merchant_id = $1 and t.terminal_id = s.terminal_id
     left join credential_uses u on u.merchant_id = $1 and u.credential_id = s.terminal_id
     where s.merchant_id = $1 and s.session_hash = $2 and s.expires_at > $3",
);

/// Ends a session, and says whose it was.
pub const END_SESSION: Statement = Statement::new(
    "terminal_sessions.end",
    "delete from terminal_sessions where merchant_id = $1 and session_hash = $2 returning terminal_id",
);

/// Forgets some sessions that are over; called again while it finds any.
pub const PRUNE_SESSIONS: Statement = Statement::new(
    "terminal_sessions.prune",
    "delete from terminal_sessions where merchant_id = $1 and session_hash in (
       select session_hash from terminal_sessions where merchant_id = $1 and expires_at <= $2 limit 500)",
);

/// The terminal of a session.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Its id.
    pub terminal: Uuid,
    /// Where it stands.
    pub store: Uuid,
    /// What it is called.
    pub name: String,
    /// `paired` or `revoked`.
    pub status: String,
    /// When it was seen last, to the minute.
    pub last_seen_at: Option<i64>,
}

/// Begins a session of a terminal that ends by itself.
///
/// # Errors
/// When the database refuses; so for every function here.
pub fn begin_session(
    tx: &mut Transaction<'_>,
    merchant: Uuid,
    hash: &[u8],
    terminal: Uuid,
    (created_at, expires_at): (i64, i64),
) -> Result<(), Error> {
    tx.run(
        &BEGIN_SESSION,
        &params![merchant, hash, terminal, created_at, expires_at],
    )?;
    Ok(())
}

/// The terminal of a session that has not expired.
///
/// # Errors
/// As [`begin_session`].
pub fn session(tx: &mut Transaction<'_>, merchant: Uuid, hash: &[u8], now: i64) -> Result<Option<SessionRow>, Error> {
    let read = |row: Row| {
        Ok(SessionRow {
            terminal: row.get(0)?,
            store: row.get(1)?,
            name: row.get(2)?,
            status: row.get(3)?,
            last_seen_at: row.get(4)?,
        })
    };
    tx.row(&SESSION, &params![merchant, hash, now])?.map(read).transpose()
}

/// Ends a session, and says whose it was; none when it is over already.
///
/// # Errors
/// As [`begin_session`].
pub fn end_session(tx: &mut Transaction<'_>, merchant: Uuid, hash: &[u8]) -> Result<Option<Uuid>, Error> {
    tx.row(&END_SESSION, &params![merchant, hash])?
        .map(|row| row.get(0))
        .transpose()
}
