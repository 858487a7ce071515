//! All SQL of the house. One function or constant, one statement, the tenant first. It knows tables, never HTTP, rules
//! or time. Every text stands in [`all`], which tests prepare on both engines.

pub mod audit;
pub mod audit_log;
pub mod cards;
pub mod catalogue;
pub mod contacts;
pub mod credentials;
pub mod events;
pub mod jobs;
pub mod letters;
pub mod lookups;
pub mod orders;
pub mod receipts;
pub mod shared;
pub mod storefront;
pub mod till;
pub mod totals;

use db::Statement;

/// Every statement of the house.
pub fn all() -> Vec<&'static Statement> {
    [
        audit::ALL,
        audit_log::ALL,
        cards::ALL,
        catalogue::ALL,
        contacts::ALL,
        credentials::ALL,
        letters::ALL,
        lookups::ALL,
        events::ALL,
        jobs::ALL,
        orders::ALL,
        receipts::ALL,
        shared::ALL,
        storefront::ALL,
        till::ALL,
        totals::ALL,
    ]
    .concat()
}
