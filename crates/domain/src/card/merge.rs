//! What a merge leaves of the one card, and brings to the other (`MRG-1`). It must not know value: that is moved like any
//! other.

use super::{Award, Card, CardStatus};
use crate::event::{Brought, Event};

/// The most merges that lie between a card and the one that goes on in its place (`CARD-STATE`).
pub const HOPS_MAX: i64 = 5;

impl Card {
    /// What a card brings to the one it is merged into.
    pub fn brings(&self) -> Brought {
        // Numbers of another card's history mean nothing on this one: no event of it can be taken back there.
        let of_another = |award: &Award| Award {
            first: 0,
            last: 0,
            ..*award
        };
        Brought {
            awards: self.awards.iter().map(of_another).collect(),
            lifetime_stamps: self.lifetime_stamps,
            lifetime_points: self.lifetime_points,
            visits: self.visits,
            last_activity_at: self.last_activity_at,
            hops: self.hops,
            welcome: Vec::new(),
        }
    }

    /// Makes one half of a merge true.
    pub(super) fn merge(&mut self, event: &Event) {
        let Some(merged) = &event.merged else { return };
        let Some(brought) = &merged.brought else {
            self.status = CardStatus::Merged;
            self.survivor = Some(merged.card);
            self.welcome_due = false;
            self.awards.clear();
            (self.lifetime_stamps, self.lifetime_points, self.visits) = (0, 0, 0);
            return;
        };
        self.awards.extend_from_slice(&brought.awards);
        self.awards.sort_by_key(|award| award.at);
        self.lifetime_stamps = self.lifetime_stamps.saturating_add(brought.lifetime_stamps);
        self.lifetime_points = self.lifetime_points.saturating_add(brought.lifetime_points);
        self.visits += brought.visits;
        self.last_activity_at = self.last_activity_at.max(brought.last_activity_at);
        self.hops = self.hops.max(brought.hops + 1);
        // Whoever was welcomed on the one is not welcomed again on the other (`WEL-1`).
        self.welcome_due &= brought.welcome.is_empty();
    }
}
