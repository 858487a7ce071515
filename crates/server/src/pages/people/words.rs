//! Roles, groups and actions in the words of a language.
//!
//! Owns: which message says which. Must not know: who may do what.

use crate::locale::Messages;
use crate::people::{LENGTH_MIN, Weak};
use crate::permissions::{Action, Group, Role};

/// A role.
pub fn role(text: &Messages, role: Role) -> String {
    match role {
        Role::OperatorOwner => text.role_operator_owner(),
        Role::OperatorSupport => text.role_operator_support(),
        Role::OperatorAuditor => text.role_operator_auditor(),
        Role::Owner => text.role_owner(),
        Role::Manager => text.role_manager(),
        Role::Accountant => text.role_accountant(),
        Role::Viewer => text.role_viewer(),
        Role::Terminal => text.role_terminal(),
        Role::Cashier => text.role_cashier(),
        Role::StaffManager => text.role_staff_manager(),
        Role::Customer => text.role_customer(),
    }
}

/// A group of roles.
pub fn group(text: &Messages, group: Group) -> String {
    match group {
        Group::Operators => text.group_operators(),
        Group::Users => text.group_users(),
        Group::Staff => text.group_staff(),
        Group::Customers => text.group_customers(),
    }
}

/// An action.
pub fn action(text: &Messages, action: Action) -> String {
    match action {
        Action::OwnAccount => text.action_own_account(),
        Action::OwnCards => text.action_own_cards(),
        Action::SeeCards => text.action_see_cards(),
        Action::EnrolCards => text.action_enrol_cards(),
        Action::ManageCards => text.action_manage_cards(),
        Action::MergeCards => text.action_merge_cards(),
        Action::CloseCards => text.action_close_cards(),
        Action::Earn => text.action_earn(),
        Action::Redeem => text.action_redeem(),
        Action::Void => text.action_void(),
        Action::Return => text.action_return(),
        Action::Adjust => text.action_adjust(),
        Action::Approve => text.action_approve(),
        Action::Backdate => text.action_backdate(),
        Action::SeePrograms => text.action_see_programs(),
        Action::ManagePrograms => text.action_manage_programs(),
        Action::SeeFigures => text.action_see_figures(),
        Action::ManageStaff => text.action_manage_staff(),
        Action::ResetPins => text.action_reset_pins(),
        Action::UnlockPins => text.action_unlock_pins(),
        Action::ManageTerminals => text.action_manage_terminals(),
        Action::ManageKeys => text.action_manage_keys(),
        Action::ManageUsers => text.action_manage_users(),
        Action::ManageSettings => text.action_manage_settings(),
        Action::SeeAuditLog => text.action_see_audit_log(),
        Action::ExportAuditLog => text.action_export_audit_log(),
        Action::SeeMerchants => text.action_see_merchants(),
        Action::ManageMerchants => text.action_manage_merchants(),
        Action::SuspendMerchants => text.action_suspend_merchants(),
        Action::SetPolicyFloor => text.action_set_policy_floor(),
        Action::ManageOperators => text.action_manage_operators(),
    }
}

/// Why a password is too easy.
pub fn weak(text: &Messages, weak: Weak) -> String {
    match weak {
        Weak::Short => text.password_short(LENGTH_MIN),
        Weak::Long => text.password_long(),
        Weak::Common => text.password_common(),
        Weak::Address => text.password_address(),
    }
}
