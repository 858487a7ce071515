-- Letters that are sent or wait to be: recipient and content are sealed, and forgotten once a letter is sent. `due_at` is
-- also its lease: whoever takes a letter moves it ahead.
create table letters (
  merchant_id uuid not null,
  letter_id uuid not null,
  purpose text not null,
  locale text not null,
  -- The keyed hash of the contact: how many letters go to it in a day is limited.
  lookup bytea not null,
  sealed bytea not null,
  -- waiting, sent, limited, stale, dead
  status text not null,
  attempts bigint not null,
  due_at bigint not null,
  useful_until_at bigint not null,
  created_at bigint not null,
  last_error text,
  constraint letters_pk primary key (merchant_id, letter_id)
);

create index letters_due on letters (merchant_id, due_at) where status = 'waiting';
create index letters_by_contact on letters (merchant_id, lookup, created_at);
create index letters_by_time on letters (merchant_id, created_at);

-- Links and codes that prove a contact, once. Only hashes stand here. A link to sign in that has no customer went to a
-- contact that nobody has: it is refused like a wrong one.
create table links (
  merchant_id uuid not null,
  link_id uuid not null,
  purpose text not null,
  hash bytea not null,
  code_hash bytea,
  card_id uuid,
  customer_id uuid,
  wrong bigint not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  constraint links_pk primary key (merchant_id, link_id)
);

create index links_over on links (merchant_id, expires_at);

-- A contact that somebody gave when they joined, and did not prove yet (ENR-3). Nobody is found by it.
create table pending_contacts (
  merchant_id uuid not null,
  card_id uuid not null,
  kind text not null,
  lookup bytea not null,
  sealed bytea not null,
  created_at bigint not null,
  constraint pending_contacts_pk primary key (merchant_id, card_id)
);

-- When its owner proved that a contact is theirs.
alter table contacts add column verified_at bigint;

-- A customer who signed in; only a hash of their cookie.
create table customer_sessions (
  merchant_id uuid not null,
  session_hash bytea not null,
  customer_id uuid not null,
  created_at bigint not null,
  expires_at bigint not null,
  constraint customer_sessions_pk primary key (merchant_id, session_hash)
);

create index customer_sessions_over on customer_sessions (merchant_id, expires_at);
