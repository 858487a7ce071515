//! Claims as a card's events tell them: made, used and taken back by the notes that each event keeps.

use domain::claim::{Claim, ClaimStatus};
use domain::event::{ClaimNote, Event, LineRule};
use domain::ids::ClaimId;
use domain::quantity::Unit;
use std::collections::BTreeMap;

/// The claims of one card.
#[derive(Debug, Default)]
pub struct Claims(BTreeMap<ClaimId, Claim>);

/// A claim as its row has it: the state, and what stands beside it.
#[derive(Debug)]
pub struct ClaimRow {
    /// Its id.
    pub id: ClaimId,
    /// The columns beside the state: reward, status and the event that made it.
    pub columns: (uuid::Uuid, String, i64),
    /// The state.
    pub state: String,
}

impl Claims {
    /// Makes the notes of an event true; says what cannot be.
    pub fn take(&mut self, event: &Event) -> Vec<String> {
        let mut faults = Vec::new();
        for (place, note) in event.claims.iter().enumerate() {
            match self.0.get_mut(&note.id) {
                Some(claim) if note.version == claim.version + 1 => change(claim, note, event),
                Some(claim) => faults.push(format!(
                    "event {} leaves claim {} at version {} after {}",
                    event.sequence, note.id, note.version, claim.version
                )),
                None => drop(self.0.insert(note.id, made(note, event, place))),
            }
        }
        faults
    }

    /// Compares with the rows; says what differs.
    pub fn compare(mut self, rows: Vec<ClaimRow>) -> Vec<String> {
        let mut faults = Vec::new();
        for row in rows {
            let Some(told) = self.0.remove(&row.id) else {
                faults.push(format!("no event tells of claim {}", row.id));
                continue;
            };
            let columns = (told.reward.0, told.status.code().to_owned(), told.minted_by);
            let kept = serde_json::from_str::<Claim>(&row.state).ok();
            if kept.as_ref() != Some(&told) || row.columns != columns {
                let (status, version) = (told.status.code(), told.version);
                faults.push(format!(
                    "claim {} stands otherwise than its events say: {status}, version {version}, made by event {}, used by {}",
                    row.id,
                    told.minted_by,
                    told.used_by.map_or("none".to_owned(), |sequence| format!("event {sequence}"))
                ));
            }
        }
        faults.extend(
            self.0
                .into_values()
                .map(|claim| format!("claim {} of event {} is not there", claim.id, claim.minted_by)),
        );
        faults
    }
}

/// A claim that an event made, perhaps in the step that used it. What it cost stands in the breakdown: a line for each
/// full card, or the price of the one reward.
fn made(note: &ClaimNote, event: &Event, place: usize) -> Claim {
    let price = event.why.iter().find(|line| line.rule == LineRule::RewardCost);
    let line = price.or_else(|| event.why.iter().filter(|line| line.completes()).nth(place));
    let mut claim = Claim {
        id: note.id,
        code: note.code.clone(),
        reward: note.reward,
        cost: note.cost.or(line.map(|line| -line.contribution)).unwrap_or(0),
        unit: line.map_or(Unit::Stamp, |line| line.unit),
        status: ClaimStatus::Issued,
        minted_by: event.sequence,
        used_by: None,
        used_at: None,
        used_in: None,
        version: note.version,
    };
    change(&mut claim, note, event);
    claim
}

fn change(claim: &mut Claim, note: &ClaimNote, event: &Event) {
    claim.status = note.status;
    claim.version = note.version;
    match note.status {
        ClaimStatus::Redeemed => {
            claim.used_by = Some(event.sequence);
            claim.used_at = Some(event.at);
            claim.used_in = event.origin.store;
        }
        ClaimStatus::Issued => {
            claim.used_by = None;
            claim.used_at = None;
            claim.used_in = None;
        }
        // When it was used stays known.
        ClaimStatus::Voided => {}
    }
}
