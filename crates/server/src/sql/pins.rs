//! PINs of staff, and what was tried. Only hashes stand here. One constant, one statement; the merchant first.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[
    &BEGIN_TERMINAL,
    &LOCK_TERMINAL,
    &PUT_TERMINAL,
    &STAFF_OF_PIN,
    &STAFF_BY_ID,
    &LOCK_STAFF,
    &STORES,
    &LOCK_PIN,
    &PUT_GUARD,
    &USED,
    &PUT_PIN,
    &RAISE_PIN,
    &SET_STATUS,
    &MANAGERS,
    &NAMED,
    &ADD_STORE,
    &PROGRAM_OF_CARD,
    &RULES,
    &SET_RULES,
    &FLOOR,
    &SET_STAFF,
    &STORES_OF,
    &CLEAR_STORES,
    &PIN_LENGTH,
    &SET_FLOOR,
    &LISTED,
];

/// Makes a terminal's row, so that it can be locked.
pub const BEGIN_TERMINAL: Statement = Statement::new(
    "terminal_pins.begin",
    "insert into terminal_pins (merchant_id, terminal_id, guard, stranger_id, stranger) values ($1, $2, '{}', $3, '{}')
     on conflict (merchant_id, terminal_id) do nothing",
);

/// What was tried at a terminal, locked.
pub const LOCK_TERMINAL: Statement = Statement::new(
    "terminal_pins.lock",
    "select guard, stranger_id, stranger from terminal_pins
     where merchant_id = $1 and terminal_id = $2 /*pg for update*/",
);

/// What was tried at a terminal, after a try.
pub const PUT_TERMINAL: Statement = Statement::new(
    "terminal_pins.put",
    "update terminal_pins set guard = $3, stranger_id = $4, stranger = $5 where merchant_id = $1 and terminal_id = $2",
);

/// Whose a PIN is.
pub const STAFF_OF_PIN: Statement = Statement::new(
    "staff.of_pin",
    "select staff_id, pin_id, name, role, status from staff where merchant_id = $1 and pin_id = $2",
);

/// A member of staff.
pub const STAFF_BY_ID: Statement = Statement::new(
    "staff.by_id",
    "select staff_id, pin_id, name, role, status from staff where merchant_id = $1 and staff_id = $2",
);

/// A member of staff, locked.
pub const LOCK_STAFF: Statement = Statement::new(
    "staff.lock",
    "select staff_id, pin_id, name, role, status, own_card_id from staff
     where merchant_id = $1 and staff_id = $2 /*pg for update*/",
);

/// Where all staff serve that do not serve everywhere.
pub const STORES: Statement = Statement::new(
    "staff_stores.list",
    "select staff_id, store_id from staff_stores where merchant_id = $1",
);

/// A PIN, locked.
pub const LOCK_PIN: Statement = Statement::new(
    "staff_pins.lock",
    "select hash, former, must_change, guard, version from staff_pins
     where merchant_id = $1 and staff_id = $2 /*pg for update*/",
);

/// What was tried, and the version that a lock raises.
pub const PUT_GUARD: Statement = Statement::new(
    "staff_pins.put_guard",
    "update staff_pins set guard = $3, version = $4 where merchant_id = $1 and staff_id = $2",
);

/// A right try.
pub const USED: Statement = Statement::new(
    "staff_pins.used",
    "update staff_pins set guard = $3, last_used_at = $4 where merchant_id = $1 and staff_id = $2",
);

/// A PIN, new or another.
pub const PUT_PIN: Statement = Statement::new(
    "staff_pins.put",
    "insert into staff_pins (merchant_id, staff_id, hash, former, length, must_change, set_at, guard, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (merchant_id, staff_id) do update set hash = excluded.hash, former = excluded.former,
       length = excluded.length, must_change = excluded.must_change, set_at = excluded.set_at, guard = excluded.guard,
       version = excluded.version",
);

/// Ends what was verified before.
pub const RAISE_PIN: Statement = Statement::new(
    "staff_pins.raise",
    "update staff_pins set version = version + 1 where merchant_id = $1 and staff_id = $2",
);

/// Whether somebody serves.
pub const SET_STATUS: Statement = Statement::new(
    "staff.set_status",
    "update staff set status = $3 where merchant_id = $1 and staff_id = $2",
);

/// What somebody is called, and as what they serve.
pub const SET_STAFF: Statement = Statement::new(
    "staff.set",
    "update staff set name = $3, role = $4 where merchant_id = $1 and staff_id = $2",
);

/// Where somebody serves, in the order of ids.
pub const STORES_OF: Statement = Statement::new(
    "staff_stores.of",
    "select store_id from staff_stores where merchant_id = $1 and staff_id = $2 order by store_id",
);

/// They serve in none of them any more.
pub const CLEAR_STORES: Statement = Statement::new(
    "staff_stores.clear",
    "delete from staff_stores where merchant_id = $1 and staff_id = $2",
);

/// How many digits somebody's PIN has.
pub const PIN_LENGTH: Statement = Statement::new(
    "staff_pins.length",
    "select length from staff_pins where merchant_id = $1 and staff_id = $2",
);

/// The managers who serve, locked, so that two of them who leave at once do not both find the other.
pub const MANAGERS: Statement = Statement::new(
    "staff.managers",
    "select staff_id from staff where merchant_id = $1 and role = 'manager' and status = 'active'
     order by staff_id /*pg for update*/",
);

/// The names of those who serve.
pub const NAMED: Statement = Statement::new(
    "staff.names",
    "select name from staff where merchant_id = $1 and status = 'active'",
);

/// A store in which somebody serves.
pub const ADD_STORE: Statement = Statement::new(
    "staff_stores.add",
    "insert into staff_stores (merchant_id, staff_id, store_id) values ($1, $2, $3)",
);

/// The program of a card.
pub const PROGRAM_OF_CARD: Statement = Statement::new(
    "cards.program",
    "select program_id from cards where merchant_id = $1 and card_id = $2",
);

/// How a merchant's staff prove who they are, locked.
pub const RULES: Statement = Statement::new(
    "merchants.pin_rules",
    "select pin_length, pin_lock_threshold, pin_lock_minutes from merchants where merchant_id = $1 /*pg for update*/",
);

/// Sets it.
pub const SET_RULES: Statement = Statement::new(
    "merchants.set_pin_rules",
    "update merchants set pin_length = $2, pin_lock_threshold = $3, pin_lock_minutes = $4 where merchant_id = $1",
);

/// What tills of a merchant ask for at least, locked.
pub const FLOOR: Statement = Statement::new(
    "merchants.pin_policy_floor",
    "select pin_policy_floor from merchants where merchant_id = $1 /*pg for update*/",
);

/// Sets it.
pub const SET_FLOOR: Statement = Statement::new(
    "merchants.set_pin_policy_floor",
    "update merchants set pin_policy_floor = $2 where merchant_id = $1",
);

/// Everybody who serves or served, with the state of their PIN; who serves first.
pub const LISTED: Statement = Statement::new(
    "staff.listed",
    "select s.staff_id, s.name, s.role, s.status, p.must_change, p.guard, p.last_used_at, c.number from staff s
     left join staff_pins p on p.merchant_id = $1 and p.staff_id = s.staff_id
     left join cards c on c.merchant_id = $1 and c.card_id = s.own_card_id
     where s.merchant_id = $1 order by s.status, s.name, s.staff_id",
);
