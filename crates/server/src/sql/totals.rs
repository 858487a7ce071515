//! Figures that pages show, kept by the ledger's own commit.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[&ADD, &OF_STORE_DAY, &LAST_OF_TERMINAL];

/// Adds to figures.
pub const ADD: Statement = Statement::new(
    "daily_totals.add",
    "insert into daily_totals (merchant_id, day, store_id, program_id, measure, amount) values ($1, $2, $3, $4, $5, $6)
     on conflict (merchant_id, day, store_id, program_id, measure)
     do update set amount = daily_totals.amount + excluded.amount",
);

/// A store's figures of a day.
pub const OF_STORE_DAY: Statement = Statement::new(
    "daily_totals.of_store_day",
    "select measure, cast(sum(amount) as bigint) as amount from daily_totals
     where merchant_id = $1 and day = $2 and store_id = $3 group by measure order by measure",
);

/// The last events of a terminal, newest first, with the name and number of each card.
pub const LAST_OF_TERMINAL: Statement = Statement::new(
    "events.last_of_terminal",
    "select e.card_id, e.sequence, e.body, e.occurred_at, c.number, p.first_name,
       (select r.sequence from events r
        where r.merchant_id = $1 and r.card_id = e.card_id and r.reverses = e.sequence) as voided_by
     from events e
     join cards c on c.merchant_id = $1 and c.card_id = e.card_id
     left join customers p on p.merchant_id = $1 and p.customer_id = c.customer_id
     where e.merchant_id = $1 and e.terminal_id = $2
     order by e.occurred_at desc limit 5",
);
