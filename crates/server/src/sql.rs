//! All SQL of the house. One function or constant, one statement, the tenant first. It knows tables, never HTTP, rules
//! or time. Every text stands in [`all`], which tests prepare on both engines.

pub mod approvals;
pub mod audit;
pub mod audit_log;
pub mod cards;
pub mod catalogue;
pub mod confirmations;
pub mod consents;
pub mod contacts;
pub mod credentials;
pub mod events;
pub mod jobs;
pub mod letters;
pub mod limits;
pub mod lookups;
pub mod orders;
pub mod pairing;
pub mod passkeys;
pub mod people;
pub mod pins;
pub mod receipts;
pub mod sessions;
pub mod shared;
pub mod storefront;
pub mod till;
pub mod totals;

use db::Statement;

/// Every statement of the house.
pub fn all() -> Vec<&'static Statement> {
    [
        approvals::ALL,
        audit::ALL,
        audit_log::ALL,
        cards::ALL,
        catalogue::ALL,
        contacts::ALL,
        letters::ALL,
        confirmations::ALL,
        consents::ALL,
        credentials::ALL,
        limits::ALL,
        lookups::ALL,
        events::ALL,
        jobs::ALL,
        orders::ALL,
        passkeys::ALL,
        people::ALL,
        pairing::ALL,
        pins::ALL,
        receipts::ALL,
        sessions::ALL,
        shared::ALL,
        storefront::ALL,
        till::ALL,
        totals::ALL,
    ]
    .concat()
}
