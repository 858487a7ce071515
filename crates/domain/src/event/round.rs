//! What an event does to the round of a card (`STP-7`). It must not know targets.

use serde::{Deserialize, Serialize};

/// What an event does to the card's round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Round {
    /// It begins one, under this version of the program.
    Begun(i64),
    /// The one that this earlier event began never was.
    TakenBack(i64),
}
