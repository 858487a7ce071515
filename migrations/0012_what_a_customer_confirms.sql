-- A till asks on the page of an open card whether a reward is to be handed out; its owner says yes or no (`CRD-3`). The answer
-- counts for minutes, and for what was asked alone; that it pays once stands in the card.
create table confirmations (
  merchant_id uuid not null,
  confirmation_id uuid not null,
  card_id uuid not null,
  -- Of the card: what was asked before a replacement counts no more.
  generation bigint not null,
  terminal_id uuid not null,
  reward_id uuid not null,
  claim_id uuid,
  points bigint,
  payable_minor bigint,
  asked_at bigint not null,
  expires_at bigint not null,
  -- yes or no
  answer text,
  answered_at bigint,
  constraint confirmations_pk primary key (merchant_id, confirmation_id)
);

create index confirmations_of_card on confirmations (merchant_id, card_id, expires_at);
