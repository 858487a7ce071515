//! Passkeys of people who sign in, and what was asked of a device. One constant, one statement; the merchant first, except
//! where nobody has said yet whose it is.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[
    &ASK,
    &TAKE,
    &PRUNE,
    &ADD,
    &OF_USER,
    &BY_CREDENTIAL,
    &USED,
    &REMOVE,
    &DROP,
];

/// Something is asked of a device.
pub const ASK: Statement = Statement::new(
    "passkeys.ask",
    "insert into passkey_ceremonies (ceremony_hash, state, expires_at) values ($1, $2, $3)",
);

/// Takes what was asked, once and in time.
pub const TAKE: Statement = Statement::new(
    "passkeys.take",
    "delete from passkey_ceremonies where ceremony_hash = $1 and expires_at > $2 returning state",
);

/// Forgets some of what nobody answered in time; called again while it finds any.
pub const PRUNE: Statement = Statement::new(
    "passkeys.prune",
    "delete from passkey_ceremonies
     where ceremony_hash in (select ceremony_hash from passkey_ceremonies where expires_at <= $1 limit 500)",
);

/// A passkey; nothing where a device gave the same id before.
pub const ADD: Statement = Statement::new(
    "passkeys.add",
    "insert into passkeys (merchant_id, passkey_id, user_id, credential_id, credential, name, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (credential_id) do nothing",
);

/// The passkeys of a person, the oldest first.
pub const OF_USER: Statement = Statement::new(
    "passkeys.of_user",
    "select passkey_id, name, created_at, used_at, credential_id from passkeys
     where merchant_id = $1 and user_id = $2 order by created_at, passkey_id",
);

/// The passkey of an id that a device shows, and whose it is.
pub const BY_CREDENTIAL: Statement = Statement::new(
    "passkeys.by_credential",
    "select p.merchant_id, p.user_id, p.passkey_id, p.credential, u.role, u.disabled_at, u.email_lookup
     from passkeys p join users u on u.merchant_id = p.merchant_id and u.user_id = p.user_id
     where p.credential_id = $1",
);

/// It was used; nothing where another use came first and moved its counter.
pub const USED: Statement = Statement::new(
    "passkeys.used",
    "update passkeys set credential = $4, used_at = $5 where merchant_id = $1 and passkey_id = $2 and credential = $3",
);

/// It is gone.
pub const REMOVE: Statement = Statement::new(
    "passkeys.remove",
    "delete from passkeys where merchant_id = $1 and user_id = $2 and passkey_id = $3 returning name",
);

/// All of a person's are gone.
pub const DROP: Statement = Statement::new(
    "passkeys.drop",
    "delete from passkeys where merchant_id = $1 and user_id = $2",
);
