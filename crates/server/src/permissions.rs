//! Who may do what (`WHO-1`): one table of roles and actions. Extractors, command line, documentation and the tests that walk every
//! route read it; nothing else decides by role. It must not know how anybody proves who they are.

use crate::identity::Scope;
use crate::problem::{Code, Problem};

/// What somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Runs the installation.
    OperatorOwner,
    /// Helps merchants of the installation.
    OperatorSupport,
    /// Looks at what happened on the installation, and changes nothing.
    OperatorAuditor,
    /// Owns the merchant's account.
    Owner,
    /// Runs a merchant's shops.
    Manager,
    /// Reads a merchant's figures.
    Accountant,
    /// Looks, and changes nothing.
    Viewer,
    /// A paired till at which nobody said who they are.
    Terminal,
    /// A member of staff.
    Cashier,
    /// A member of staff who decides on the spot.
    StaffManager,
    /// A person who holds cards.
    Customer,
}

/// Who belongs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// People who run the installation.
    Operators,
    /// People of a merchant's back office.
    Users,
    /// Whoever serves at a till.
    Staff,
    /// People who hold cards.
    Customers,
}

impl Group {
    /// All groups, in the order of the table.
    pub const ALL: [Group; 4] = [Group::Operators, Group::Users, Group::Staff, Group::Customers];

    /// Its roles, in the order of the table.
    pub fn roles(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| role.group() == self)
    }
}

impl Role {
    /// All roles, in the order of the table's columns.
    pub const ALL: [Role; 11] = [
        Role::OperatorOwner,
        Role::OperatorSupport,
        Role::OperatorAuditor,
        Role::Owner,
        Role::Manager,
        Role::Accountant,
        Role::Viewer,
        Role::Terminal,
        Role::Cashier,
        Role::StaffManager,
        Role::Customer,
    ];

    /// The name within its group: in the database, on the command line and in the log of who managed what.
    pub const fn code(self) -> &'static str {
        match self {
            Role::OperatorOwner | Role::Owner => "owner",
            Role::OperatorSupport => "support",
            Role::OperatorAuditor => "auditor",
            Role::Manager | Role::StaffManager => "manager",
            Role::Accountant => "accountant",
            Role::Viewer => "viewer",
            Role::Terminal => "terminal",
            Role::Cashier => "cashier",
            Role::Customer => "customer",
        }
    }

    /// Who it belongs to.
    pub const fn group(self) -> Group {
        match self {
            Role::OperatorOwner | Role::OperatorSupport | Role::OperatorAuditor => Group::Operators,
            Role::Owner | Role::Manager | Role::Accountant | Role::Viewer => Group::Users,
            Role::Terminal | Role::Cashier | Role::StaffManager => Group::Staff,
            Role::Customer => Group::Customers,
        }
    }

    /// The role of a name within a group.
    pub fn of(group: Group, code: &str) -> Option<Self> {
        group.roles().find(|role| role.code() == code)
    }

    /// Whether it may do something, as the table says.
    pub fn may(self, action: Action) -> bool {
        action.row()[self as usize]
    }

    /// Refuses what it may not do.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn check(self, action: Action) -> Result<(), Problem> {
        if self.may(action) {
            Ok(())
        } else {
            Err(Code::Forbidden.into())
        }
    }

    /// Everything it may do, in the order of the table.
    pub fn actions(self) -> impl Iterator<Item = Action> {
        Action::ALL.iter().copied().filter(move |action| self.may(*action))
    }

    /// Whether it may do everything that a scope of API keys opens.
    pub fn may_as(self, scope: Scope) -> bool {
        Action::ALL
            .iter()
            .filter(|action| action.scope() == Some(scope))
            .all(|action| self.may(*action))
    }
}

macro_rules! cell {
    (x) => {
        true
    };
    (_) => {
        false
    };
}

macro_rules! scope {
    (_) => {
        None
    };
    ($scope:ident) => {
        Some(Scope::$scope)
    };
}

macro_rules! permissions {
    ($($name:ident $code:literal $scope:tt [$($cell:tt)*])*) => {
        /// What can be done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the codes say it, and the documentation page in four languages")]
        pub enum Action {
            $($name,)*
        }

        impl Action {
            /// Everything, in the order of the table.
            pub const ALL: &[Action] = &[$(Action::$name),*];

            /// The name, which never changes: a noun and a verb.
            pub const fn code(self) -> &'static str {
                match self { $(Action::$name => $code,)* }
            }

            /// The scope with which an API key may do it; none for what no key may.
            pub const fn scope(self) -> Option<Scope> {
                match self { $(Action::$name => scope!($scope),)* }
            }

            /// Who may, in the order of [`Role::ALL`].
            const fn row(self) -> &'static [bool; Role::ALL.len()] {
                match self { $(Action::$name => &[$(cell!($cell)),*],)* }
            }
        }
    };
}

// Operators:       owner, support, auditor.
// Merchant's users: owner, manager, accountant, viewer.
// Staff:           terminal alone, cashier, manager.
// Customers.
permissions! {
    //                                                  operators  merchant's  staff   customer
    OwnAccount       "account.manage"    _             [x x x      x x x x     _ _ _   _]
    OwnCards         "own_cards.see"     _             [_ _ _      _ _ _ _     _ _ _   x]
    SeeCards         "cards.see"         CardsRead     [_ x _      x x x x     x x x   _]
    EnrolCards       "cards.enrol"       CardsWrite    [_ _ _      x x _ _     x x x   _]
    ManageCards      "cards.manage"      CardsWrite    [_ _ _      x x _ _     x x x   _]
    MergeCards       "cards.merge"       CardsWrite    [_ _ _      x x _ _     _ _ _   _]
    CloseCards       "cards.close"       CardsWrite    [_ _ _      x x _ _     _ _ _   _]
    Earn             "value.earn"        Earn          [_ _ _      x x _ _     x x x   _]
    Redeem           "value.redeem"      Redeem        [_ _ _      x x _ _     x x x   _]
    Void             "value.void"        Void          [_ _ _      x x _ _     x x x   _]
    Return           "value.return"      Returns       [_ _ _      x x _ _     x x x   _]
    Adjust           "value.adjust"      Adjust        [_ _ _      x x _ _     x x x   _]
    Approve          "value.approve"     _             [_ _ _      x x _ _     _ _ x   _]
    Backdate         "value.backdate"    Backdate      [_ _ _      x x _ _     _ _ _   _]
    SeePrograms      "programs.see"      ProgramsRead  [x x x      x x x x     x x x   _]
    ManagePrograms   "programs.manage"   _             [_ _ _      x x _ _     _ _ _   _]
    SeeFigures       "figures.see"       _             [_ x x      x x x x     _ _ _   _]
    ManageStaff      "staff.manage"      _             [_ _ _      x x _ _     _ _ _   _]
    ResetPins        "pins.reset"        _             [_ _ _      x x _ _     _ _ _   _]
    UnlockPins       "pins.unlock"       _             [_ x _      x x _ _     _ _ x   _]
    ManageTerminals  "terminals.manage"  _             [_ x _      x x _ _     _ _ _   _]
    ManageKeys       "keys.manage"       _             [_ _ _      x _ _ _     _ _ _   _]
    ManageUsers      "users.manage"      _             [x _ _      x _ _ _     _ _ _   _]
    ManageSettings   "settings.manage"   _             [_ _ _      x x _ _     _ _ _   _]
    SeeAuditLog      "audit_log.see"     _             [x x x      x x _ _     _ _ _   _]
    ExportAuditLog   "audit_log.export"  _             [x _ x      x _ _ _     _ _ _   _]
    SeeMerchants     "merchants.see"     _             [x x x      _ _ _ _     _ _ _   _]
    ManageMerchants  "merchants.manage"  _             [x _ _      _ _ _ _     _ _ _   _]
    SuspendMerchants "merchants.suspend" _             [x _ _      _ _ _ _     _ _ _   _]
    SetPolicyFloor   "policy_floor.set"  _             [x _ _      _ _ _ _     _ _ _   _]
    ManageOperators  "operators.manage"  _             [x _ _      _ _ _ _     _ _ _   _]
}

impl Action {
    /// The action of a name.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.code() == code)
    }

    /// Whether an API key may do it with the right scope, or somebody in a role may.
    pub fn who(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| role.may(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_action_has_a_name_of_its_own_and_somebody_who_may() {
        let names: HashSet<_> = Action::ALL.iter().map(|action| action.code()).collect();
        assert_eq!(names.len(), Action::ALL.len());
        for &action in Action::ALL {
            assert_eq!(Action::of(action.code()), Some(action));
            assert!(action.who().next().is_some(), "{action:?}");
        }
        assert_eq!(Action::of("everything.do"), None);
    }

    #[test]
    fn columns_stand_in_the_order_of_the_roles() {
        for (place, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, place);
            assert_eq!(Role::of(role.group(), role.code()), Some(role));
        }
        assert_eq!(Role::of(Group::Operators, "accountant"), None);
    }

    #[test]
    fn every_scope_opens_something() {
        for scope in Scope::ALL {
            assert!(
                Action::ALL.iter().any(|action| action.scope() == Some(scope)),
                "{scope:?}"
            );
        }
    }

    #[test]
    fn who_only_looks_changes_nothing() {
        let harmless = ["see", "export"];
        for role in [Role::Viewer, Role::Accountant, Role::OperatorAuditor] {
            for action in role.actions().filter(|action| *action != Action::OwnAccount) {
                let (_, verb) = action.code().split_once('.').unwrap();
                assert!(harmless.contains(&verb), "{role:?} {action:?}");
            }
        }
    }

    #[test]
    fn operators_move_no_value_and_merchants_touch_no_other() {
        for action in Action::ALL {
            if action.code().starts_with("value.") {
                assert!(Group::Operators.roles().all(|role| !role.may(*action)), "{action:?}");
            }
            if action.code().starts_with("merchants.") || action.code().starts_with("operators.") {
                assert!(action.who().all(|role| role.group() == Group::Operators), "{action:?}");
            }
        }
    }

    #[test]
    fn a_till_may_what_a_key_may_but_end_cards_and_say_when() {
        let not = [Action::MergeCards, Action::CloseCards, Action::Backdate];
        for action in Action::ALL.iter().filter(|action| action.scope().is_some()) {
            assert_eq!(Role::Terminal.may(*action), !not.contains(action), "{action:?}");
        }
    }
}
