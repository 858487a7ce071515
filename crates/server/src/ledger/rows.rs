//! How values of the rules become columns.

use super::Change;
use super::books::CardRow;
use super::receipt::Extra;
use crate::error::Error;
use db::{Value, params};
use domain::card::balance_of;
use domain::follow_up::FollowUp;
use domain::ids::CardId;

/// The columns that inserts and updates share, in their order.
pub fn card_values(id: CardId, row: &CardRow) -> Result<Vec<Value>, Error> {
    let card = &row.card;
    let balance = balance_of(&card.buckets);
    let due = card.next_due_on().map(|day| day.to_string());
    let state = json("card", card)?;
    Ok(params![
        id.0,
        card.status.code(),
        card.version,
        balance.stamps,
        balance.points,
        due,
        card.last_activity_at.0,
        row.hash.clone(),
        state
    ]
    .to_vec())
}

/// A value as it is stored.
pub fn json<T: serde::Serialize>(what: &str, value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::malformed(what, error))
}

/// What a receipt keeps beside its event, as it is stored.
pub fn extra_text(extra: &Extra) -> Result<Option<String>, Error> {
    if *extra == Extra::default() {
        Ok(None)
    } else {
        json("receipt", extra).map(Some)
    }
}

/// A follow-up as it is stored.
pub fn payload_of(follow_up: &FollowUp) -> String {
    match follow_up {
        FollowUp::Signal(signal) => format!("signal:{}", signal.code()),
        FollowUp::Look => "look".to_owned(),
    }
}

/// PostgreSQL carries at most 8000 bytes in a notice; more changes than fit are told as "anything".
pub fn payload_of_changes(changes: &[Change]) -> String {
    const CHANGES_IN_NOTICE_MAX: usize = 80;
    if changes.len() > CHANGES_IN_NOTICE_MAX {
        return String::new();
    }
    let told = changes.iter().filter_map(|change| change.card);
    told.map(|(merchant, card, version)| format!("{merchant}:{card}:{version}"))
        .collect::<Vec<_>>()
        .join(",")
}
