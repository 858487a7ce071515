-- Tries that are counted in all processes together: joining by address and hour, by contact and day. One row a key, in a
-- window that begins with its first try. The key is a keyed hash: neither addresses nor contacts stand here. The
-- installation's own rows have the merchant 00000000-0000-0000-0000-000000000000.
create table rate_counters (
  merchant_id uuid not null,
  name text not null,
  key_hash bytea not null,
  used bigint not null,
  ends_at bigint not null,
  constraint rate_counters_pk primary key (merchant_id, name, key_hash)
) /*sqlite without rowid*/;

create index rate_counters_over on rate_counters (merchant_id, ends_at);

-- What a key may be limited to besides scopes and stores: addresses, separated by blanks, and a time.
alter table api_keys add column ip_allow text not null default '';
alter table api_keys add column expires_at bigint;

alter table terminals add column revoked_at bigint;

-- When a key or a terminal was last used, to the minute. It stands apart from them: what says who may do something is
-- changed only by whoever manages it.
create table credential_uses (
  merchant_id uuid not null,
  credential_id uuid not null,
  used_at bigint not null,
  constraint credential_uses_pk primary key (merchant_id, credential_id)
) /*sqlite without rowid*/;

-- One-time codes that pair a device. A code has two halves: the first finds the row, the second proves it, so that wrong
-- tries are counted for the terminal that they were made at. Whoever types a code does not know the merchant yet, so the
-- first half is the key for all.
create table pairing_codes (
  selector bytea not null,
  merchant_id uuid not null,
  terminal_id uuid not null,
  code_hash bytea not null,
  tries bigint not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  constraint pairing_codes_pk primary key (selector)
);

create index pairing_codes_over on pairing_codes (expires_at);
create index pairing_codes_by_terminal on pairing_codes (merchant_id, terminal_id);
