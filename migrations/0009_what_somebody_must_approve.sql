-- What a till asked for that is over a limit, and that somebody of the back office must approve (APR-1): the correction as
-- it was asked for, under the key of the call that asked and with the keyed hash of its input, so that a repeated call asks
-- once and the key serves for nothing else. `approving` is for the moment
-- between a decision and its event, which have the approval's id as their key; whoever comes later goes on from there.
create table approvals (
  merchant_id uuid not null,
  approval_id uuid not null,
  card_id uuid not null,
  store_id uuid not null,
  terminal_id uuid not null,
  staff_id uuid,
  request_key uuid not null,
  input_hash bytea not null,
  unit text not null,
  amount bigint not null,
  reason text not null,
  note text,
  requested_at bigint not null,
  expires_at bigint not null,
  status text not null,
  decided_by text,
  decided_at bigint,
  constraint approvals_pk primary key (merchant_id, approval_id),
  constraint approvals_request unique (merchant_id, request_key)
);

create index approvals_newest on approvals (merchant_id, requested_at);
