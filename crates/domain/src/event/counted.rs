//! The counters of rewards that an event moved: what leaves with it is known from the event alone, whatever the shop
//! changes at the reward later.

use crate::counter::CounterKey;
use crate::ids::{CardId, RewardId};
use serde::{Deserialize, Serialize};

/// One counter of a reward, and by how much it moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Of which reward.
    pub reward: RewardId,
    /// The period of the card's own share, empty for ever; none for the stock, which all cards share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// How many more were taken; negative when they came back.
    pub amount: i64,
}

impl Counted {
    /// A move of a counter, if it is one of a reward.
    pub fn new(key: &CounterKey, amount: i64) -> Option<Self> {
        let (reward, period) = match key {
            CounterKey::Stock(reward) => (*reward, None),
            CounterKey::RewardLimit(reward, _, period) => (*reward, Some(period.clone())),
            CounterKey::AdjustedBy(_) | CounterKey::OpenedBy(_) | CounterKey::Welcome(..) => return None,
        };
        Some(Self { reward, period, amount })
    }

    /// The counter, for a card.
    pub fn key(&self, card: CardId) -> CounterKey {
        match &self.period {
            None => CounterKey::Stock(self.reward),
            Some(period) => CounterKey::RewardLimit(self.reward, card, period.clone()),
        }
    }
}
