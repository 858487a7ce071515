//! What somebody must approve.
//!
//! Owns: the view of `/back/approvals`. Must not know: what is over a limit.

use askama::Template;

use super::Trouble;
use crate::pages::events::Amount;
use crate::pages::page::Page;
use crate::pages::people::Bar;

/// A correction that a till asked for.
#[derive(Debug, Clone)]
pub struct ApprovalRow {
    /// Its public id.
    pub id: String,
    /// By how much.
    pub amount: Amount,
    /// The public id of the card.
    pub card_id: String,
    /// The number of the card.
    pub card: String,
    /// Who asked; the till where nobody is named.
    pub who: String,
    /// Whether who looks asked: nobody decides that.
    pub is_own: bool,
    /// Where.
    pub store: String,
    /// Why: the code of the reason.
    pub reason: &'static str,
    /// More about it.
    pub note: Option<String>,
    /// When it was asked for, in microseconds.
    pub asked_at: i64,
    /// Until when somebody may decide, in microseconds.
    pub until: i64,
    /// `waiting`, `approved`, `denied` or `expired`.
    pub state: &'static str,
}

/// `/back/approvals`
#[derive(Template, Clone)]
#[template(path = "back/approvals.html")]
pub struct ApprovalsPage {
    pub page: Page,
    pub bar: Bar,
    /// What waits, the oldest first, and then the newest of the others.
    pub rows: Vec<ApprovalRow>,
    /// Whether who looks proved lately who they are.
    pub fresh: bool,
    pub done: bool,
    pub trouble: Option<Trouble>,
}

impl ApprovalsPage {
    fn what(&self, row: &ApprovalRow) -> String {
        row.amount.signed_words(&self.page)
    }

    fn state(&self, row: &ApprovalRow) -> String {
        let text = self.page.text();
        match row.state {
            "approved" => text.back_approved(),
            "denied" => text.back_denied(),
            "expired" => text.back_expired(),
            _ => text.back_approval_until(self.page.spoken(row.until)),
        }
    }

    fn waits(&self, row: &ApprovalRow) -> bool {
        row.state == "waiting"
    }

    /// Whether there is something that who looks decides.
    fn is_asked(&self) -> bool {
        self.rows.iter().any(|row| self.decides(row))
    }

    /// Whether who looks decides it.
    fn decides(&self, row: &ApprovalRow) -> bool {
        self.waits(row) && !row.is_own
    }

    fn reason(&self, row: &ApprovalRow) -> String {
        super::words::reason(self.page.text(), row.reason)
    }
}
