//! What an audit has found so far: a bounded list of sentences, and how many more there were.

use domain::ids::{CardId, MerchantId};

/// How many differences are told; the rest is only counted.
const DIFFERENCES_MAX: usize = 1_000;

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// Whose.
    pub merchant: MerchantId,
    /// Which card; none for what cards share.
    pub card: Option<CardId>,
    /// What does not agree.
    pub what: String,
}

/// What was found at one merchant.
#[derive(Debug)]
pub struct Findings {
    merchant: MerchantId,
    /// The first of them.
    pub differences: Vec<Difference>,
    /// How many more there are.
    pub more: i64,
}

impl Findings {
    /// Nothing yet.
    pub fn of(merchant: MerchantId) -> Self {
        Self {
            merchant,
            differences: Vec::new(),
            more: 0,
        }
    }

    /// A card differs.
    pub fn card(&mut self, card: CardId, what: impl Into<String>) {
        self.add(Some(card), what.into());
    }

    /// Something that cards share differs.
    pub fn shared(&mut self, what: impl Into<String>) {
        self.add(None, what.into());
    }

    fn add(&mut self, card: Option<CardId>, what: String) {
        if self.differences.len() >= DIFFERENCES_MAX {
            self.more += 1;
            return;
        }
        self.differences.push(Difference {
            merchant: self.merchant,
            card,
            what,
        });
    }
}
