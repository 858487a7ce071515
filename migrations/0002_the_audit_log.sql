-- Who managed what, append-only. `body` is the hashed record: it names ids and codes, and the digest of `detail`, in which
-- stands what may have to be forgotten (from where, before and after, with a salt). The installation's own rows have the
-- merchant 00000000-0000-0000-0000-000000000000.
create table audit_log (
  merchant_id uuid not null,
  sequence bigint not null,
  recorded_at bigint not null,
  actor text not null,
  action text not null,
  subject text,
  body text not null,
  detail text,
  hash bytea not null,
  constraint audit_log_pk primary key (merchant_id, sequence)
);

create index audit_log_by_actor on audit_log (merchant_id, actor, sequence);
create index audit_log_by_subject on audit_log (merchant_id, subject, sequence) where subject is not null;
create index audit_log_by_action on audit_log (merchant_id, action, sequence);
create index audit_log_by_time on audit_log (merchant_id, recorded_at);

-- The end of each chain: the row that is locked while a link is added.
create table audit_heads (
  merchant_id uuid not null,
  sequence bigint not null,
  hash bytea not null,
  constraint audit_heads_pk primary key (merchant_id)
);
