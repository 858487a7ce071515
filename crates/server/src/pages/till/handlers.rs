//! The till's answers, one file an endpoint: each turns a request into one question to the ledger, and its answer into
//! a view. They must not know: rules, tables.

pub(crate) mod card;
pub(crate) mod confirm;
pub(crate) mod enroll;
pub(crate) mod own_pin;
pub(crate) mod pair;
pub(crate) mod points;
pub(crate) mod redeem;
pub(crate) mod sign_in;
pub(crate) mod stamp;
pub(crate) mod start;
pub(crate) mod turn;
pub(crate) mod void;

pub(crate) use crate::pages::handlers::html;
