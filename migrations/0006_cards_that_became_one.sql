-- A card that went into another one is no longer the card a person has of a program (MRG-1): the one that goes on is.
drop index cards_one_per_customer;
create unique index cards_one_per_customer on cards (merchant_id, program_id, customer_id)
  where customer_id is not null and status <> 'closed' and status <> 'merged';
