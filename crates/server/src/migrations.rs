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
];
