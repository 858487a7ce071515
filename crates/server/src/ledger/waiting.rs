//! The claims of a card that wait to be handed over, for its end (`CRD-5`): loaded only when a card is closed.

use super::books::{Books, parse};
use crate::error::Error;
use crate::sql;
use db::{Transaction, params};
use domain::claim::{Claim, ClaimStatus};
use domain::facts::Waiting;
use domain::ids::CardId;

impl Books {
    /// What waits, this batch included, in the order in which it was minted. What waits beyond the statement's limit stays
    /// as it is: a closed card hands nothing over.
    pub fn waiting(&mut self, tx: &mut Transaction<'_>, card: CardId) -> Result<Vec<Waiting>, Error> {
        for row in tx.rows(&sql::events::WAITING_CLAIMS, &params![self.merchant.0, card.0])? {
            let state: String = row.get(1)?;
            self.keep_claim(card, parse("claim", &state)?);
        }
        let mut claims: Vec<Claim> = self
            .claims_of(card)
            .filter(|claim| claim.status == ClaimStatus::Issued)
            .cloned()
            .collect();
        claims.sort_by_key(|claim| (claim.minted_by, claim.id));
        let mut waiting = Vec::new();
        for claim in claims {
            let Some((minted, _)) = self.event(tx, card, claim.minted_by)? else {
                return Err(Error::malformed("claim", "the event that minted it is missing"));
            };
            waiting.push(Waiting { claim, minted });
        }
        Ok(waiting)
    }
}
