-- Passkeys (WebAuthn) of people who sign in: the public half of a key pair that a device keeps, found by the id that the
-- device gave it, which is unique over all. What is shown to sign in names no merchant.
create table passkeys (
  merchant_id uuid not null,
  passkey_id uuid not null,
  user_id uuid not null,
  credential_id bytea not null,
  -- The public key, its counter and flags, as JSON.
  credential text not null,
  name text not null,
  created_at bigint not null,
  used_at bigint,
  constraint passkeys_pk primary key (merchant_id, passkey_id),
  constraint passkeys_credential unique (credential_id)
);

create index passkeys_by_user on passkeys (merchant_id, user_id);

-- What was asked of a device and is not answered yet. Taken by the answer, good for a few minutes.
create table passkey_ceremonies (
  ceremony_hash bytea not null,
  state text not null,
  expires_at bigint not null,
  constraint passkey_ceremonies_pk primary key (ceremony_hash)
);

create index passkey_ceremonies_by_end on passkey_ceremonies (expires_at);
