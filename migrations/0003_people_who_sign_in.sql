-- People who sign in with a password: operators (their merchant is 00000000-0000-0000-0000-000000000000) and users of a
-- merchant's back office. They are few, and whoever signs in names no merchant: their addresses are unique over all.
create table users (
  merchant_id uuid not null,
  user_id uuid not null,
  -- A keyed hash of the address, and the address sealed.
  email_lookup bytea not null,
  email bytea not null,
  name text not null,
  role text not null,
  -- Ids separated by blanks; empty for every store.
  stores text not null,
  password_hash text not null,
  -- Sealed; none without a second factor.
  totp_seed bytea,
  -- Sealed; shown, and not proven yet.
  totp_offered bytea,
  -- The last step of thirty seconds whose code was taken.
  totp_step bigint not null,
  created_at bigint not null,
  disabled_at bigint,
  constraint users_pk primary key (merchant_id, user_id),
  constraint users_email unique (email_lookup)
);

-- Codes for whoever lost the second factor; keyed hashes, each good for once.
create table recovery_codes (
  merchant_id uuid not null,
  user_id uuid not null,
  code_hash bytea not null,
  constraint recovery_codes_pk primary key (merchant_id, user_id, code_hash)
);

-- Browsers that signed in. Only a hash of the cookie stands here.
create table sessions (
  merchant_id uuid not null,
  session_hash bytea not null,
  session_id uuid not null,
  user_id uuid not null,
  -- `halfway` until the second factor is shown, then `whole`.
  stage text not null,
  device text not null,
  address text not null,
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null,
  -- When the person last proved who they are.
  proven_at bigint not null,
  constraint sessions_pk primary key (merchant_id, session_hash)
);

create index sessions_by_user on sessions (merchant_id, user_id);
create index sessions_by_end on sessions (merchant_id, expires_at);

-- Invitations: a link that makes one person, once. Without an address whoever opens it says theirs.
create table setup_links (
  merchant_id uuid not null,
  link_hash bytea not null,
  role text not null,
  stores text not null,
  email bytea,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  constraint setup_links_pk primary key (merchant_id, link_hash)
);

-- Tries to sign in, by the keyed hash of what was typed as an address, known or not.
create table sign_in_tries (
  account bytea not null,
  began_at bigint not null,
  tries bigint not null,
  constraint sign_in_tries_pk primary key (account)
);

create index sign_in_tries_by_time on sign_in_tries (began_at);
