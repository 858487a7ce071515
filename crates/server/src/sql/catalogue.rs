//! What merchants offer and where.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[
    &REVISION,
    &MERCHANT,
    &MERCHANTS,
    &STORES,
    &STAFF,
    &PROGRAMS,
    &VERSIONS,
    &PROGRAM_TEXTS,
    &REWARDS,
    &REWARD_TEXTS,
    &INSERT_MERCHANT,
    &RAISE_REVISION,
    &INSERT_STORE,
    &INSERT_STAFF,
    &SET_OWN_CARD,
    &INSERT_PROGRAM,
    &SET_PROGRAM_STATUS,
    &INSERT_VERSION,
    &INSERT_PROGRAM_TEXT,
    &INSERT_REWARD,
    &INSERT_REWARD_TEXT,
    &SETTING,
    &PUT_SETTING,
    &MARK,
];

/// Whether the cache still holds.
pub const REVISION: Statement = Statement::new(
    "merchants.revision",
    "select catalogue_revision from merchants where merchant_id = $1",
);

/// A merchant.
pub const MERCHANT: Statement = Statement::new(
    "merchants.read",
    "select merchant_id, slug, display_name, country, timezone, default_locale, currency, colour, mark, status,
       cutover_minutes, catalogue_revision, pin_length, pin_lock_threshold, pin_lock_minutes, pin_policy_floor
     from merchants where merchant_id = $1",
);

/// All merchants of this installation, for its first page and for jobs.
pub const MERCHANTS: Statement = Statement::new(
    "merchants.list",
    "select merchant_id, slug, display_name from merchants order by created_at, slug",
);

/// A merchant's stores.
pub const STORES: Statement = Statement::new(
    "stores.list",
    "select store_id, code, name, timezone, status from stores where merchant_id = $1 order by created_at, code",
);

/// A merchant's staff, with those who left: they stay in the history.
pub const STAFF: Statement = Statement::new(
    "staff.list",
    "select s.staff_id, s.pin_id, s.name, s.role, s.own_card_id, s.status, p.version from staff s
     left join staff_pins p on p.merchant_id = $1 and p.staff_id = s.staff_id
     where s.merchant_id = $1 order by s.name, s.staff_id",
);

/// A merchant's programs.
pub const PROGRAMS: Statement = Statement::new(
    "programs.list",
    "select program_id, slug, kind, status, currency, starts_at, ends_at, redeem_until from programs
     where merchant_id = $1 order by position, program_id",
);

/// All versions of a merchant's programs.
pub const VERSIONS: Statement = Statement::new(
    "program_versions.list",
    "select program_id, version, terms from program_versions where merchant_id = $1 order by program_id, version",
);

/// The texts of a merchant's programs.
pub const PROGRAM_TEXTS: Statement = Statement::new(
    "program_texts.list",
    "select program_id, locale, name, description, how_it_works from program_texts where merchant_id = $1",
);

/// A merchant's rewards.
pub const REWARDS: Statement = Statement::new(
    "rewards.list",
    "select reward_id, program_id, terms from rewards where merchant_id = $1 order by position, reward_id",
);

/// The texts of a merchant's rewards.
pub const REWARD_TEXTS: Statement = Statement::new(
    "reward_texts.list",
    "select reward_id, locale, name, description from reward_texts where merchant_id = $1",
);

/// A new merchant.
pub const INSERT_MERCHANT: Statement = Statement::new(
    "merchants.insert",
    "insert into merchants (merchant_id, slug, legal_name, display_name, country, timezone, default_locale, locales,
       currency, colour, mark, status, cutover_minutes, catalogue_revision, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14)",
);

/// Says that something of what a merchant offers changed.
pub const RAISE_REVISION: Statement = Statement::new(
    "merchants.raise_revision",
    "update merchants set catalogue_revision = catalogue_revision + 1 where merchant_id = $1",
);

/// A new store.
pub const INSERT_STORE: Statement = Statement::new(
    "stores.insert",
    "insert into stores (merchant_id, store_id, code, name, address, timezone, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)",
);

/// A new member of staff.
pub const INSERT_STAFF: Statement = Statement::new(
    "staff.insert",
    "insert into staff (merchant_id, staff_id, pin_id, name, role, status, created_at)
     values ($1, $2, $3, $4, $5, 'active', $6)",
);

/// A member of staff's own card (`STF-1`).
pub const SET_OWN_CARD: Statement = Statement::new(
    "staff.set_own_card",
    "update staff set own_card_id = $3 where merchant_id = $1 and staff_id = $2",
);

/// A new program.
pub const INSERT_PROGRAM: Statement = Statement::new(
    "programs.insert",
    "insert into programs (merchant_id, program_id, slug, kind, status, currency, starts_at, ends_at, redeem_until,
       position, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
);

/// A program's state.
pub const SET_PROGRAM_STATUS: Statement = Statement::new(
    "programs.set_status",
    "update programs set status = $3 where merchant_id = $1 and program_id = $2",
);

/// A new version of a program.
pub const INSERT_VERSION: Statement = Statement::new(
    "program_versions.insert",
    "insert into program_versions (merchant_id, program_id, version, terms, published_at) values ($1, $2, $3, $4, $5)",
);

/// A program's text in one language.
pub const INSERT_PROGRAM_TEXT: Statement = Statement::new(
    "program_texts.insert",
    "insert into program_texts (merchant_id, program_id, locale, name, description, how_it_works)
     values ($1, $2, $3, $4, $5, $6)",
);

/// A new reward.
pub const INSERT_REWARD: Statement = Statement::new(
    "rewards.insert",
    "insert into rewards (merchant_id, reward_id, program_id, position, terms) values ($1, $2, $3, $4, $5)",
);

/// A reward's text in one language.
pub const INSERT_REWARD_TEXT: Statement = Statement::new(
    "reward_texts.insert",
    "insert into reward_texts (merchant_id, reward_id, locale, name, description) values ($1, $2, $3, $4, $5)",
);

/// A fact of the installation.
pub const SETTING: Statement = Statement::new("installation.read", "select value from installation where name = $1");

/// Puts a fact of the installation, once.
pub const PUT_SETTING: Statement = Statement::new(
    "installation.put",
    "insert into installation (name, value) values ($1, $2) on conflict (name) do nothing",
);

/// Writes a fact of the installation that changes: whether it can is what the writer wants to know.
pub const MARK: Statement = Statement::new(
    "installation.mark",
    "insert into installation (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value",
);
