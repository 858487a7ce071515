//! People who sign in: users, their recovery codes, invitations, and tries to sign in. Only hashes of passwords, codes and
//! links stand here, and sealed addresses and seeds. One constant, one statement, the merchant first.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[
    &ADD,
    &BY_EMAIL,
    &USER,
    &LIST,
    &LOCK_OWNERS,
    &LOCK,
    &SET_ROLE,
    &RETURN,
    &OPEN_LINKS,
    &DROP_LINK,
    &SET_PASSWORD,
    &OFFER_SEED,
    &TAKE_SEED,
    &DROP_SEED,
    &TAKE_STEP,
    &DISABLE,
    &ADD_CODE,
    &USE_CODE,
    &DROP_CODES,
    &COUNT_CODES,
    &ADD_LINK,
    &LINK,
    &USE_LINK,
    &DROP_OPEN_LINKS,
    &TRY,
    &FORGET_TRIES,
    &PRUNE_TRIES,
    &MERCHANTS,
];

/// A new person.
pub const ADD: Statement = Statement::new(
    "users.add",
    "insert into users (merchant_id, user_id, email_lookup, email, name, role, stores, password_hash, totp_step, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)",
);

/// Who has an address; whoever signs in names no merchant.
pub const BY_EMAIL: Statement = Statement::new(
    "users.by_email",
    "select merchant_id, user_id, role, password_hash, totp_seed, disabled_at from users where email_lookup = $1",
);

/// A person.
pub const USER: Statement = Statement::new(
    "users.one",
    "select email_lookup, email, role, password_hash, totp_seed, totp_offered, disabled_at from users
     where merchant_id = $1 and user_id = $2",
);

/// The people of a merchant; the operators for 00000000-….
pub const LIST: Statement = Statement::new(
    "users.list",
    "select user_id, email, name, role, disabled_at, stores, totp_seed,
       (select max(s.seen_at) from sessions s where s.merchant_id = $1 and s.user_id = u.user_id) as seen_at
     from users u where merchant_id = $1 order by created_at, user_id",
);

/// Who may do everything and signs in, locked.
pub const LOCK_OWNERS: Statement = Statement::new(
    "users.lock_owners",
    "select user_id from users where merchant_id = $1 and role = 'owner' and disabled_at is null
     order by user_id /*pg for update*/",
);

/// A person, locked.
pub const LOCK: Statement = Statement::new(
    "users.lock",
    "select role, stores, disabled_at, email from users where merchant_id = $1 and user_id = $2 /*pg for update*/",
);

/// Another role, or other stores.
pub const SET_ROLE: Statement = Statement::new(
    "users.set_role",
    "update users set role = $3, stores = $4 where merchant_id = $1 and user_id = $2",
);

/// Somebody may sign in again.
pub const RETURN: Statement = Statement::new(
    "users.return",
    "update users set disabled_at = null where merchant_id = $1 and user_id = $2",
);

/// Another password.
pub const SET_PASSWORD: Statement = Statement::new(
    "users.set_password",
    "update users set password_hash = $3 where merchant_id = $1 and user_id = $2",
);

/// A seed that is shown, and counts once a code of it was typed.
pub const OFFER_SEED: Statement = Statement::new(
    "users.offer_seed",
    "update users set totp_offered = $3 where merchant_id = $1 and user_id = $2",
);

/// The offered seed counts from now on, with the step whose code proved it; unless another was offered meanwhile.
pub const TAKE_SEED: Statement = Statement::new(
    "users.take_seed",
    "update users set totp_seed = totp_offered, totp_offered = null, totp_step = $4
     where merchant_id = $1 and user_id = $2 and totp_offered = $3",
);

/// No second factor any more.
pub const DROP_SEED: Statement = Statement::new(
    "users.drop_seed",
    "update users set totp_seed = null, totp_offered = null where merchant_id = $1 and user_id = $2",
);

/// The code of a step is taken; touches no row when it, or a later one, was taken before.
pub const TAKE_STEP: Statement = Statement::new(
    "users.take_step",
    "update users set totp_step = $3 where merchant_id = $1 and user_id = $2 and totp_step < $3",
);

/// Somebody may no longer sign in.
pub const DISABLE: Statement = Statement::new(
    "users.disable",
    "update users set disabled_at = $3 where merchant_id = $1 and user_id = $2 and disabled_at is null",
);

/// A recovery code.
pub const ADD_CODE: Statement = Statement::new(
    "recovery_codes.add",
    "insert into recovery_codes (merchant_id, user_id, code_hash) values ($1, $2, $3)",
);

/// Uses a recovery code up; touches no row when it is not one, or was used.
pub const USE_CODE: Statement = Statement::new(
    "recovery_codes.use",
    "delete from recovery_codes where merchant_id = $1 and user_id = $2 and code_hash = $3",
);

/// Forgets all recovery codes of a person.
pub const DROP_CODES: Statement = Statement::new(
    "recovery_codes.drop",
    "delete from recovery_codes where merchant_id = $1 and user_id = $2",
);

/// How many recovery codes are left.
pub const COUNT_CODES: Statement = Statement::new(
    "recovery_codes.count",
    "select count(*) as codes from recovery_codes where merchant_id = $1 and user_id = $2",
);

/// An invitation.
pub const ADD_LINK: Statement = Statement::new(
    "setup_links.add",
    "insert into setup_links (merchant_id, link_hash, role, stores, email, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)",
);

/// An invitation as it stands.
pub const LINK: Statement = Statement::new(
    "setup_links.one",
    "select role, stores, email, expires_at, used_at from setup_links where merchant_id = $1 and link_hash = $2",
);

/// Invitations that name an address and that nobody followed, good or over, the oldest first.
pub const OPEN_LINKS: Statement = Statement::new(
    "setup_links.open",
    "select link_hash, role, stores, email, expires_at from setup_links
     where merchant_id = $1 and used_at is null and email is not null order by created_at, link_hash",
);

/// Voids an invitation; touches no row when it was followed.
pub const DROP_LINK: Statement = Statement::new(
    "setup_links.drop",
    "delete from setup_links where merchant_id = $1 and link_hash = $2 and used_at is null",
);

/// Uses an invitation up; touches no row when it is over.
pub const USE_LINK: Statement = Statement::new(
    "setup_links.use",
    "update setup_links set used_at = $3
     where merchant_id = $1 and link_hash = $2 and used_at is null and expires_at > $3",
);

/// Voids the invitations that name nobody.
pub const DROP_OPEN_LINKS: Statement = Statement::new(
    "setup_links.drop_open",
    "delete from setup_links where merchant_id = $1 and email is null and used_at is null",
);

/// Counts a try within a span of time that began after $3, or begins one; says how many there were, and since when.
pub const TRY: Statement = Statement::new(
    "sign_in_tries.count",
    "insert into sign_in_tries (account, began_at, tries) values ($1, $2, 1)
     on conflict (account) do update set
       tries = case when sign_in_tries.began_at <= $3 then 1 else sign_in_tries.tries + 1 end,
       began_at = case when sign_in_tries.began_at <= $3 then $2 else sign_in_tries.began_at end
     returning tries, began_at",
);

/// Somebody got in: their tries count no more.
pub const FORGET_TRIES: Statement =
    Statement::new("sign_in_tries.forget", "delete from sign_in_tries where account = $1");

/// Forgets some tries that count no more; called again while it finds any.
pub const PRUNE_TRIES: Statement = Statement::new(
    "sign_in_tries.prune",
    "delete from sign_in_tries where account in (select account from sign_in_tries where began_at <= $1 limit 500)",
);

/// Merchants of any state, for operators.
pub const MERCHANTS: Statement = Statement::new(
    "merchants.page",
    "select merchant_id from merchants order by slug limit $1",
);
