//! `/cards`: one file an endpoint. What is declared here is only the list.

pub mod adjust;
pub mod block;
pub mod close;
pub mod event;
pub mod find;
pub mod history;
pub mod merge;
pub mod open;
pub mod points;
pub mod purchase;
pub mod redeem;
pub mod replace;
pub mod show;
pub mod stamp;
pub mod void;
