-- What a person agreed to when a card was opened: the terms, and apart from them to be written to. One row a card and
-- purpose, written with the card and never changed; of a card that is nobody's yet the customer is empty.
create table consents (
  merchant_id uuid not null,
  card_id uuid not null,
  purpose text not null,
  customer_id uuid,
  terms_version bigint not null,
  given_at bigint not null,
  constraint consents_pk primary key (merchant_id, card_id, purpose)
);
