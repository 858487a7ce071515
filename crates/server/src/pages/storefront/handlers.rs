//! The storefront's answers, one file an endpoint: each turns a request into a look at the books or one command to the
//! ledger, and the answer into a view. They must not know: rules, tables.

pub(crate) mod card;
pub(crate) mod code;
pub(crate) mod confirm;
pub(crate) mod history;
pub(crate) mod join;
pub(crate) mod open;
pub(crate) mod prove;
pub(crate) mod stream;
