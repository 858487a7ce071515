-- How a merchant's staff prove who they are: the fewest digits, how many wrong tries lock and for how long the first time,
-- and where the operator wants a PIN whatever a program says (JSON by action; nothing by itself).
alter table merchants add column pin_length bigint not null default 4;
alter table merchants add column pin_lock_threshold bigint not null default 5;
alter table merchants add column pin_lock_minutes bigint not null default 15;
alter table merchants add column pin_policy_floor text not null default '{}';

create unique index staff_by_pin on staff (merchant_id, pin_id);

-- Where somebody serves; nobody with a row serves everywhere else, who has none serves in all stores.
create table staff_stores (
  merchant_id uuid not null,
  staff_id uuid not null,
  store_id uuid not null,
  constraint staff_stores_pk primary key (merchant_id, staff_id, store_id),
  constraint staff_stores_staff_known foreign key (merchant_id, staff_id) references staff (merchant_id, staff_id),
  constraint staff_stores_store_known foreign key (merchant_id, store_id) references stores (merchant_id, store_id)
);

-- A PIN: its hash with the installation's pepper, the former hashes that may not come again (JSON), and what was tried
-- wrongly (JSON, under the row's lock). `version` moves with everything that ends what was verified before: another PIN,
-- a lock, a leave, another store; the catalogue shows it to whoever writes.
create table staff_pins (
  merchant_id uuid not null,
  staff_id uuid not null,
  hash text not null,
  former text not null,
  length bigint not null,
  must_change boolean not null,
  set_at bigint not null,
  last_used_at bigint,
  guard text not null,
  version bigint not null,
  constraint staff_pins_pk primary key (merchant_id, staff_id),
  constraint staff_pins_staff_known foreign key (merchant_id, staff_id) references staff (merchant_id, staff_id)
);

-- What was tried wrongly at a terminal, over all names; and over the last name that nobody has, so that it is answered as
-- one that somebody has.
create table terminal_pins (
  merchant_id uuid not null,
  terminal_id uuid not null,
  guard text not null,
  stranger_id uuid not null,
  stranger text not null,
  constraint terminal_pins_pk primary key (merchant_id, terminal_id)
);
