-- One text for both engines; docs/database.md says what the dialect allows. Every tenant table begins its keys with
-- the merchant, so that the same schema runs on one file, on one server, and distributed by merchant. What is small and
-- seldom written has foreign keys; what the ledger writes has none, and the audit instead (docs/decisions, record 13).

create table installation (
  name text not null,
  value text not null,
  constraint installation_pk primary key (name)
);

-- Small and shared: a reference table when distributed.
create table merchants (
  merchant_id uuid not null,
  slug text not null,
  legal_name text not null,
  display_name text not null,
  country text not null,
  timezone text not null,
  default_locale text not null,
  locales text not null,
  currency text not null,
  colour text not null,
  mark text not null,
  status text not null,
  cutover_minutes bigint not null,
  -- Raised by every change of stores, staff, programs or rewards; caches compare it.
  catalogue_revision bigint not null,
  created_at bigint not null,
  constraint merchants_pk primary key (merchant_id),
  constraint merchants_slug unique (slug)
);

create table stores (
  merchant_id uuid not null,
  store_id uuid not null,
  code text not null,
  name text not null,
  address text not null,
  timezone text,
  status text not null,
  created_at bigint not null,
  constraint stores_pk primary key (merchant_id, store_id),
  constraint stores_code unique (merchant_id, code),
  constraint stores_merchant_known foreign key (merchant_id) references merchants (merchant_id)
);

create table staff (
  merchant_id uuid not null,
  staff_id uuid not null,
  pin_id uuid not null,
  name text not null,
  role text not null,
  status text not null,
  own_card_id uuid,
  created_at bigint not null,
  constraint staff_pk primary key (merchant_id, staff_id),
  constraint staff_merchant_known foreign key (merchant_id) references merchants (merchant_id)
);

create table terminals (
  merchant_id uuid not null,
  terminal_id uuid not null,
  store_id uuid not null,
  name text not null,
  token_hash bytea not null,
  status text not null,
  created_at bigint not null,
  constraint terminals_pk primary key (merchant_id, terminal_id),
  constraint terminals_store_known foreign key (merchant_id, store_id) references stores (merchant_id, store_id)
);

create table terminal_sessions (
  merchant_id uuid not null,
  session_hash bytea not null,
  terminal_id uuid not null,
  created_at bigint not null,
  expires_at bigint not null,
  constraint terminal_sessions_pk primary key (merchant_id, session_hash),
  constraint terminal_sessions_terminal_known foreign key (merchant_id, terminal_id) references terminals (merchant_id, terminal_id)
) /*sqlite without rowid*/;

create index terminal_sessions_over on terminal_sessions (merchant_id, expires_at);

create table api_keys (
  merchant_id uuid not null,
  key_id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text not null,
  stores text not null,
  created_at bigint not null,
  revoked_at bigint,
  constraint api_keys_pk primary key (merchant_id, key_id),
  constraint api_keys_merchant_known foreign key (merchant_id) references merchants (merchant_id)
);

create table programs (
  merchant_id uuid not null,
  program_id uuid not null,
  slug text not null,
  kind text not null,
  status text not null,
  currency text not null,
  starts_at bigint,
  ends_at bigint,
  redeem_until bigint,
  position bigint not null,
  created_at bigint not null,
  constraint programs_pk primary key (merchant_id, program_id),
  constraint programs_slug unique (merchant_id, slug),
  constraint programs_merchant_known foreign key (merchant_id) references merchants (merchant_id)
);

create table program_versions (
  merchant_id uuid not null,
  program_id uuid not null,
  version bigint not null,
  terms text not null,
  published_at bigint not null,
  constraint program_versions_pk primary key (merchant_id, program_id, version),
  constraint program_versions_program_known foreign key (merchant_id, program_id) references programs (merchant_id, program_id)
);

create table program_texts (
  merchant_id uuid not null,
  program_id uuid not null,
  locale text not null,
  name text not null,
  description text not null,
  how_it_works text not null,
  constraint program_texts_pk primary key (merchant_id, program_id, locale),
  constraint program_texts_program_known foreign key (merchant_id, program_id) references programs (merchant_id, program_id)
);

create table rewards (
  merchant_id uuid not null,
  reward_id uuid not null,
  program_id uuid not null,
  position bigint not null,
  -- Kind, unit, cost, stock and conditions, as the rules read them.
  terms text not null,
  constraint rewards_pk primary key (merchant_id, reward_id),
  constraint rewards_program_known foreign key (merchant_id, program_id) references programs (merchant_id, program_id)
);

create table reward_texts (
  merchant_id uuid not null,
  reward_id uuid not null,
  locale text not null,
  name text not null,
  description text not null,
  constraint reward_texts_pk primary key (merchant_id, reward_id, locale),
  constraint reward_texts_reward_known foreign key (merchant_id, reward_id) references rewards (merchant_id, reward_id)
);

create table customers (
  merchant_id uuid not null,
  customer_id uuid not null,
  first_name text,
  locale text not null,
  created_via text not null,
  created_at bigint not null,
  constraint customers_pk primary key (merchant_id, customer_id)
);

-- The value is sealed; it is found by a keyed hash of its normalised form.
create table contacts (
  merchant_id uuid not null,
  customer_id uuid not null,
  kind text not null,
  lookup bytea not null,
  sealed bytea not null,
  created_at bigint not null,
  constraint contacts_pk primary key (merchant_id, customer_id, kind),
  constraint contacts_lookup unique (merchant_id, kind, lookup)
);

-- A card is one row: what deciding needs of it stands in `state`; the columns beside it are for finding and listing,
-- and `trei audit` compares them with the fold of the events.
create table cards (
  merchant_id uuid not null,
  card_id uuid not null,
  program_id uuid not null,
  customer_id uuid,
  number text not null,
  status text not null,
  version bigint not null,
  stamps bigint not null,
  points bigint not null,
  next_due_on text,
  last_activity_at bigint not null,
  enrolled_at bigint not null,
  hash bytea not null,
  state text not null,
  constraint cards_pk primary key (merchant_id, card_id),
  constraint cards_number unique (merchant_id, number)
) /*pg with (fillfactor = 70)*/;

create unique index cards_one_per_customer on cards (merchant_id, program_id, customer_id)
  where customer_id is not null and status <> 'closed';
create index cards_by_customer on cards (merchant_id, customer_id) where customer_id is not null;
create index cards_due on cards (merchant_id, next_due_on) where next_due_on is not null;

-- Numbers that a replacement took out of use: they find nothing any more, and say so.
create table revoked_numbers (
  merchant_id uuid not null,
  number text not null,
  card_id uuid not null,
  revoked_at bigint not null,
  constraint revoked_numbers_pk primary key (merchant_id, number)
) /*sqlite without rowid*/;

create index revoked_numbers_by_card on revoked_numbers (merchant_id, card_id);

-- Append-only. `body` is the hashed record and holds no personal data and no free text; what may have to be forgotten
-- stands in columns of its own.
create table events (
  merchant_id uuid not null,
  card_id uuid not null,
  sequence bigint not null,
  kind text not null,
  -- When it happened, as the record says, and when the books heard of it.
  occurred_at bigint not null,
  recorded_at bigint not null,
  terminal_id uuid,
  reverses bigint,
  order_source text,
  order_ref text,
  staff_name text,
  note text,
  hash bytea not null,
  body text not null,
  constraint events_pk primary key (merchant_id, card_id, sequence)
);

-- An event is taken back once.
create unique index events_reversed_once on events (merchant_id, card_id, reverses) where reverses is not null;
create index events_by_terminal on events (merchant_id, terminal_id, occurred_at) where terminal_id is not null;

-- With rowids on SQLite on purpose: keys come in no order, and so an index by day that ended in the key would touch a
-- second random page for each receipt. Ending in the rowid it grows at its end.
create table receipts (
  merchant_id uuid not null,
  -- Half a hash of principal, route and key.
  name uuid not null,
  input_hash bytea not null,
  card_id uuid not null,
  -- The event it answers with; none when nothing was awarded.
  sequence bigint,
  -- What the event does not hold: the answer without an event, the number of a new card.
  extra text,
  locale text not null,
  keep_until_on text not null,
  constraint receipts_pk primary key (merchant_id, name)
);

create index receipts_keep on receipts (merchant_id, keep_until_on);

create table orders (
  merchant_id uuid not null,
  source text not null,
  order_ref text not null,
  card_id uuid not null,
  state text not null,
  -- The answer that paid it, where it is one without an event.
  extra text,
  constraint orders_pk primary key (merchant_id, source, order_ref)
) /*sqlite without rowid*/;

create table returns (
  merchant_id uuid not null,
  source text not null,
  order_ref text not null,
  return_ref text not null,
  amount_minor bigint not null,
  card_id uuid not null,
  sequence bigint,
  extra text,
  constraint returns_pk primary key (merchant_id, source, order_ref, return_ref)
) /*sqlite without rowid*/;

create table claims (
  merchant_id uuid not null,
  claim_id uuid not null,
  card_id uuid not null,
  reward_id uuid not null,
  status text not null,
  minted_by bigint not null,
  state text not null,
  constraint claims_pk primary key (merchant_id, claim_id)
);

create index claims_by_card on claims (merchant_id, card_id, status);

-- What cards of a merchant share: stock, limits, welcomes.
create table counters (
  merchant_id uuid not null,
  kind text not null,
  id text not null,
  used bigint not null,
  constraint counters_pk primary key (merchant_id, kind, id)
) /*sqlite without rowid*/;

create table follow_ups (
  merchant_id uuid not null,
  card_id uuid not null,
  sequence bigint not null,
  number bigint not null,
  payload text not null,
  due_at bigint not null,
  attempts bigint not null,
  last_error text,
  constraint follow_ups_pk primary key (merchant_id, card_id, sequence, number)
);

create index follow_ups_due on follow_ups (merchant_id, due_at);

create table signals (
  merchant_id uuid not null,
  card_id uuid not null,
  sequence bigint not null,
  kind text not null,
  raised_at bigint not null,
  constraint signals_pk primary key (merchant_id, card_id, sequence, kind)
);

-- One row a pass: which version of the card it should show, and which it shows.
create table wallet_work (
  merchant_id uuid not null,
  card_id uuid not null,
  wallet text not null,
  wanted bigint not null,
  done bigint not null,
  due_at bigint not null,
  attempts bigint not null,
  last_error text,
  state text not null,
  constraint wallet_work_pk primary key (merchant_id, card_id, wallet)
);

-- Figures that pages show, kept by the ledger's own commit.
create table daily_totals (
  merchant_id uuid not null,
  day text not null,
  store_id uuid not null,
  program_id uuid not null,
  measure text not null,
  amount bigint not null,
  constraint daily_totals_pk primary key (merchant_id, day, store_id, program_id, measure)
) /*sqlite without rowid*/;
