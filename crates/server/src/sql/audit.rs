//! What `trei audit` reads: everything, in key order, in pages.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[
    &NEXT_MERCHANT,
    &COUNT_CARDS,
    &COUNT_EVENTS,
    &CARDS,
    &EVENTS,
    &CLAIMS,
    &SIGNALS,
    &FOLLOW_UPS,
    &REVOKED_NUMBERS,
    &ORDERS,
    &ORDER_OF_EVENT,
    &RETURNS_OF_ORDER,
    &LOST_RETURNS,
    &RECEIPTS,
    &COUNTERS,
    &TOTALS,
];

/// How many cards a page has.
pub const CARDS_PER_PAGE: usize = 500;
/// How many events are read at once.
pub const EVENTS_PER_PAGE: usize = 2_000;
/// How many rows a page of anything else has.
pub const ROWS_PER_PAGE: usize = 1_000;

/// The next merchant that any table of the ledger speaks of, whether it has a row of its own or not: the smallest of
/// these.
pub const NEXT_MERCHANT: Statement = Statement::new(
    "audit.next_merchant",
    "select merchant_id from (select merchant_id from merchants where merchant_id > $1 order by merchant_id limit 1) a
     union all
     select merchant_id from (select merchant_id from cards where merchant_id > $1 order by merchant_id limit 1) b
     union all
     select merchant_id from (select merchant_id from events where merchant_id > $1 order by merchant_id limit 1) d
     union all
     select merchant_id from (select merchant_id from receipts where merchant_id > $1 order by merchant_id limit 1) f
     union all
     select merchant_id from (select merchant_id from orders where merchant_id > $1 order by merchant_id limit 1) g
     union all
     select merchant_id from (select merchant_id from returns where merchant_id > $1 order by merchant_id limit 1) h
     union all
     select merchant_id from (select merchant_id from claims where merchant_id > $1 order by merchant_id limit 1) i
     union all
     select merchant_id from (select merchant_id from counters where merchant_id > $1 order by merchant_id limit 1) j
     union all
     select merchant_id from (select merchant_id from revoked_numbers where merchant_id > $1
       order by merchant_id limit 1) k
     union all
     select merchant_id from (select merchant_id from follow_ups where merchant_id > $1 order by merchant_id limit 1) l
     union all
     select merchant_id from (select merchant_id from signals where merchant_id > $1 order by merchant_id limit 1) m
     union all
     select merchant_id from (select merchant_id from daily_totals where merchant_id > $1
       order by merchant_id limit 1) n
     union all
     select merchant_id from (select merchant_id from audit_log where merchant_id > $1 order by merchant_id limit 1) o
     union all
     select merchant_id from (select merchant_id from audit_heads where merchant_id > $1 order by merchant_id limit 1) p",
);

/// How many cards a merchant has.
pub const COUNT_CARDS: Statement = Statement::new(
    "audit.count_cards",
    "select cast(count(*) as bigint) as count from cards where merchant_id = $1",
);

/// How many events a merchant has.
pub const COUNT_EVENTS: Statement = Statement::new(
    "audit.count_events",
    "select cast(count(*) as bigint) as count from events where merchant_id = $1",
);

/// A page of cards, each with the row of the person it belongs to.
pub const CARDS: Statement = Statement::new(
    "audit.cards",
    "select c.card_id, c.status, c.version, c.stamps, c.points, c.next_due_on, c.last_activity_at, c.hash, c.state,
       c.program_id, c.number, c.customer_id, c.enrolled_at, p.customer_id as person_id
     from cards c left join customers p on p.merchant_id = $1 and p.customer_id = c.customer_id
     where c.merchant_id = $1 and c.card_id > $2 order by c.card_id limit 500",
);

/// Events of the cards of a page, from a place on.
pub const EVENTS: Statement = Statement::new(
    "audit.events",
    "select card_id, sequence, kind, reverses, terminal_id, occurred_at, order_source, order_ref, hash, body from events
     where merchant_id = $1 and (card_id, sequence) > ($2, $3) and card_id <= $4 order by card_id, sequence limit 2000",
);

/// The claims of a page of cards.
pub const CLAIMS: Statement = Statement::new(
    "audit.claims",
    "select card_id, claim_id, reward_id, status, minted_by, state from claims
     where merchant_id = $1 and card_id > $2 and card_id <= $3",
);

/// The signals of a page of cards.
pub const SIGNALS: Statement = Statement::new(
    "audit.signals",
    "select card_id, sequence, kind from signals where merchant_id = $1 and card_id > $2 and card_id <= $3",
);

/// The follow-ups of a page of cards.
pub const FOLLOW_UPS: Statement = Statement::new(
    "audit.follow_ups",
    "select card_id, sequence, payload from follow_ups where merchant_id = $1 and card_id > $2 and card_id <= $3",
);

/// The numbers that a page of cards had before.
pub const REVOKED_NUMBERS: Statement = Statement::new(
    "audit.revoked_numbers",
    "select card_id, number from revoked_numbers where merchant_id = $1 and card_id > $2 and card_id <= $3",
);

/// A page of orders.
pub const ORDERS: Statement = Statement::new(
    "audit.orders",
    "select source, order_ref, card_id, state from orders where merchant_id = $1 and (source, order_ref) > ($2, $3)
     order by source, order_ref limit 1000",
);

/// The order an event was for.
pub const ORDER_OF_EVENT: Statement = Statement::new(
    "audit.order_of_event",
    "select card_id, sequence, order_source, order_ref from events
     where merchant_id = $1 and card_id = $2 and sequence = $3",
);

/// The returns of an order.
pub const RETURNS_OF_ORDER: Statement = Statement::new(
    "audit.returns_of_order",
    "select source, order_ref, amount_minor, card_id, sequence from returns
     where merchant_id = $1 and source = $2 and order_ref = $3",
);

/// A page of returns, with the card of the order that each belongs to.
pub const LOST_RETURNS: Statement = Statement::new(
    "audit.lost_returns",
    "select r.source, r.order_ref, r.return_ref, r.card_id, o.card_id as order_card_id
     from returns r left join orders o
       on o.merchant_id = $1 and o.source = r.source and o.order_ref = r.order_ref
     where r.merchant_id = $1 and (r.source, r.order_ref, r.return_ref) > ($2, $3, $4)
     order by r.source, r.order_ref, r.return_ref limit 1000",
);

/// A page of receipts, each with its card and its event as they are found.
pub const RECEIPTS: Statement = Statement::new(
    "audit.receipts",
    "select r.name, r.card_id, r.sequence, r.extra, c.number, e.kind
     from receipts r
     left join cards c on c.merchant_id = $1 and c.card_id = r.card_id
     left join events e on e.merchant_id = $1 and e.card_id = r.card_id and e.sequence = r.sequence
     where r.merchant_id = $1 and r.name > $2
     order by r.name limit 1000",
);

/// A page of counters.
pub const COUNTERS: Statement = Statement::new(
    "audit.counters",
    "select kind, id, used from counters where merchant_id = $1 and (kind, id) > ($2, $3)
     order by kind, id limit 1000",
);

/// A page of figures.
pub const TOTALS: Statement = Statement::new(
    "audit.totals",
    "select day, store_id, program_id, measure, amount from daily_totals
     where merchant_id = $1 and (day, store_id, program_id, measure) > ($2, $3, $4, $5)
     order by day, store_id, program_id, measure limit 1000",
);
