//! What others must hear about an event: rows written in the same commit and run by a job, once each, under a key
//! derived from their cause. It must not know how they are delivered.

use crate::codes::codes;
use serde::{Deserialize, Serialize};

/// What must happen after the commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "signal")]
pub enum FollowUp {
    /// Something a manager should look at.
    Signal(Signal),
    /// The card's last visits are looked at together, and may be a signal ([`looked`](crate::decide::looked)).
    Look,
}

/// What deserves a look; never an accusation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// A member of staff served a card of their own (`STF-1`).
    OwnCard,
    /// A reward already handed over was taken back in the books (`VOID-3`).
    VoidedRedemption,
    /// A card earned more often in a day than cards do (`FRD-1`).
    ManyEarns,
    /// A manager passed over cooldown and caps (`COOL-1`).
    Overridden,
    /// A card earned in two stores within minutes (`FRD-2`).
    TwoPlaces,
    /// A correction stayed just under the limit from which somebody else must agree (`FRD-3`).
    NearLimit,
    /// A terminal opened more cards in a day than terminals do (`FRD-4`).
    ManyOpenings,
    /// One person alone serves a card where several do (`FRD-5`).
    OneHand,
    /// A card is used more often in two weeks than people come (`FRD-6`).
    ManyVisits,
}

codes!(Signal {
    OwnCard => "own_card",
    VoidedRedemption => "voided_redemption",
    ManyEarns => "many_earns",
    Overridden => "overridden",
    TwoPlaces => "two_places",
    NearLimit => "near_limit",
    ManyOpenings => "many_openings",
    OneHand => "one_hand",
    ManyVisits => "many_visits",
});
