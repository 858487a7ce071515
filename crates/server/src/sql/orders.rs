//! Orders of points of sale, and their returns.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[&READ, &PUT, &INSERT, &READ_RETURN, &INSERT_RETURN];

/// An order by what the point of sale calls it.
pub const READ: Statement = Statement::new(
    "orders.read",
    "select source, order_ref, card_id, state, extra from orders where merchant_id = $1 and source = $2 and order_ref = $3",
);

/// An order that nobody knew. The key is the wall: another process that was faster makes this fail.
pub const INSERT: Statement = Statement::new(
    "orders.insert",
    "insert into orders (merchant_id, source, order_ref, card_id, state, extra) values ($1, $2, $3, $4, $5, $6)",
);

/// An order as it stands after a batch.
pub const PUT: Statement = Statement::new(
    "orders.put",
    "update orders set state = $5, extra = $6
     where merchant_id = $1 and source = $2 and order_ref = $3 and card_id = $4",
);

/// A return by what the point of sale calls it.
pub const READ_RETURN: Statement = Statement::new(
    "returns.read",
    "select source, order_ref, return_ref, amount_minor, card_id, sequence, extra from returns
     where merchant_id = $1 and source = $2 and order_ref = $3 and return_ref = $4",
);

/// A new return.
pub const INSERT_RETURN: Statement = Statement::new(
    "returns.insert",
    "insert into returns (merchant_id, source, order_ref, return_ref, amount_minor, card_id, sequence, extra)
     values ($1, $2, $3, $4, $5, $6, $7, $8)",
);
