//! Where a PIN is asked for (`PIN-1`, `PIN-6`), and the operator's floor under it.

use crate::command::Command;
use serde::{Deserialize, Serialize};

/// What a PIN may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Stamps and points.
    Earn,
    /// Rewards.
    Redeem,
    /// Taking back, returns with it.
    Void,
    /// Corrections.
    Adjust,
    /// Opening cards.
    Enroll,
}

impl Action {
    /// All of them.
    pub const ALL: [Action; 5] = [
        Action::Earn,
        Action::Redeem,
        Action::Void,
        Action::Adjust,
        Action::Enroll,
    ];

    /// What a command is; none for what moves no value.
    pub fn of(command: &Command) -> Option<Self> {
        match command {
            Command::Stamp { .. } | Command::Earn(_) | Command::Purchase(_) => Some(Action::Earn),
            Command::Redeem { .. } => Some(Action::Redeem),
            Command::Void { .. } | Command::Return { .. } => Some(Action::Void),
            Command::Adjust { .. } => Some(Action::Adjust),
            Command::Enroll { .. } => Some(Action::Enroll),
            _ => None,
        }
    }
}

/// Whether a PIN is asked for; the stricter is the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Never: one that is sent is dropped unread.
    #[default]
    Disabled,
    /// It may be absent; if it is there it must be right.
    Optional,
    /// Always.
    Required,
}

/// What somebody at a terminal has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nothing.
    Nothing,
    /// A right PIN, just now.
    Pin,
    /// A session that a right PIN opened a few minutes ago.
    Session,
}

impl Policy {
    /// Whether what was shown is enough. A session is for earning alone: what takes value out asks again (`PIN-6`).
    pub fn admits(self, action: Action, shown: Shown) -> bool {
        match shown {
            Shown::Pin => true,
            Shown::Session if action == Action::Earn => true,
            Shown::Session | Shown::Nothing => self != Policy::Required,
        }
    }
}

/// A policy for each action. Versions that were published before there were PINs ask for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policies {
    /// For stamps and points.
    pub earn: Policy,
    /// For rewards.
    pub redeem: Policy,
    /// For taking back.
    pub void: Policy,
    /// For corrections.
    pub adjust: Policy,
    /// For opening cards.
    pub enroll: Policy,
}

impl Policies {
    /// What a new program begins with.
    pub const USUAL: Policies = Policies {
        earn: Policy::Required,
        redeem: Policy::Required,
        void: Policy::Required,
        adjust: Policy::Required,
        enroll: Policy::Disabled,
    };

    /// The policy of an action.
    pub fn of(&self, action: Action) -> Policy {
        match action {
            Action::Earn => self.earn,
            Action::Redeem => self.redeem,
            Action::Void => self.void,
            Action::Adjust => self.adjust,
            Action::Enroll => self.enroll,
        }
    }

    /// The policy of an action above the operator's floor: a floor only makes stricter.
    pub fn over(&self, floor: &Policies, action: Action) -> Policy {
        self.of(action).max(floor.of(action))
    }

    /// The first action whose policy lies below the operator's floor; such policies cannot be published.
    pub fn below(&self, floor: &Policies) -> Option<Action> {
        Action::ALL
            .into_iter()
            .find(|&action| self.of(action) < floor.of(action))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pin_1_required_optional_and_disabled_say_who_may_act() {
        for action in Action::ALL {
            assert!(!Policy::Required.admits(action, Shown::Nothing));
            assert!(Policy::Required.admits(action, Shown::Pin));
            assert!(Policy::Optional.admits(action, Shown::Nothing));
            assert!(Policy::Disabled.admits(action, Shown::Nothing));
        }
    }

    #[test]
    fn pin_6_a_session_is_for_earning_alone() {
        let admitted = Action::ALL.map(|action| Policy::Required.admits(action, Shown::Session));
        assert_eq!(admitted, [true, false, false, false, false]);
    }

    #[test]
    fn pin_1_a_floor_only_makes_stricter() {
        let floor = Policies {
            redeem: Policy::Required,
            ..Policies::default()
        };
        let lax = Policies {
            earn: Policy::Required,
            ..Policies::default()
        };
        assert_eq!(lax.over(&floor, Action::Redeem), Policy::Required);
        assert_eq!(lax.over(&floor, Action::Earn), Policy::Required);
        assert_eq!(lax.below(&floor), Some(Action::Redeem));
        assert_eq!(Policies::USUAL.below(&floor), None);
    }
}
