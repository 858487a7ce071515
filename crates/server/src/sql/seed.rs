//! What filling a database needs to know to go on after an interruption.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[&CARD_VERSIONS];

/// How far each card of a merchant is. Reads all of them: for the demonstration before it serves, never for a request.
pub const CARD_VERSIONS: Statement = Statement::new(
    "seed.card_versions",
    "select card_id, version from cards where merchant_id = $1 order by card_id",
);
