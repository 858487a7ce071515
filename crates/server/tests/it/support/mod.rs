//! What tests begin with: a real database of either engine, a still clock, a merchant, and people as types.

pub mod addresses;
pub mod books;
pub mod browser;
pub mod crowd;
pub mod device;
pub mod enrolled;
pub mod heard;
pub mod pointers;
pub mod premises;
pub mod process;
pub mod proxy;
pub mod rows;
pub mod shop;
pub mod site;
pub mod street;
pub mod tills;
