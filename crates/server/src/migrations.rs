//! The schema's history, one text for both engines.

use db::Migration;

/// Every step, in order. A released step never changes.
pub const ALL: &[Migration] = &[
    Migration {
        number: 1,
        name: "the first tables",
        text: include_str!("../../../migrations/0001_the_first_tables.sql"),
    },
    Migration {
        number: 2,
        name: "the audit log",
        text: include_str!("../../../migrations/0002_the_audit_log.sql"),
    },
    Migration {
        number: 3,
        name: "people who sign in",
        text: include_str!("../../../migrations/0003_people_who_sign_in.sql"),
    },
    Migration {
        number: 4,
        name: "keys and terminals with limits",
        text: include_str!("../../../migrations/0004_keys_and_terminals_with_limits.sql"),
    },
    Migration {
        number: 5,
        name: "pins and policies",
        text: include_str!("../../../migrations/0005_pins_and_policies.sql"),
    },
    Migration {
        number: 6,
        name: "cards that became one",
        text: include_str!("../../../migrations/0006_cards_that_became_one.sql"),
    },
    Migration {
        number: 7,
        name: "what people agreed to",
        text: include_str!("../../../migrations/0007_what_people_agreed_to.sql"),
    },
    Migration {
        number: 8,
        name: "letters and contacts to confirm",
        text: include_str!("../../../migrations/0008_letters_and_contacts_to_confirm.sql"),
    },
    Migration {
        number: 9,
        name: "what somebody must approve",
        text: include_str!("../../../migrations/0009_what_somebody_must_approve.sql"),
    },
    Migration {
        number: 10,
        name: "passkeys",
        text: include_str!("../../../migrations/0010_passkeys.sql"),
    },
    Migration {
        number: 11,
        name: "who asked in the back office",
        text: include_str!("../../../migrations/0011_who_asked_in_the_back_office.sql"),
    },
    Migration {
        number: 12,
        name: "what a customer confirms",
        text: include_str!("../../../migrations/0012_what_a_customer_confirms.sql"),
    },
];
