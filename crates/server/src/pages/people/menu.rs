//! Where somebody who signed in may go, as the table of permissions says.

use crate::locale::Messages;
use crate::permissions::{Action, Group, Role};

/// What a page is called.
type Name = fn(&Messages) -> String;

/// The pages of operators.
const OPERATORS: [(&str, Action, Name); 3] = [
    ("/operator", Action::SeeMerchants, Messages::operator_title),
    ("/operator/users", Action::ManageOperators, Messages::back_users),
    ("/operator/log", Action::SeeAuditLog, Messages::back_log),
];
/// The pages of a back office.
const USERS: [(&str, Action, Name); 8] = [
    ("/back", Action::SeePrograms, Messages::home_merchants_title),
    ("/back/cards", Action::SeeCards, Messages::back_cards),
    ("/back/approvals", Action::Approve, Messages::back_approvals),
    ("/back/staff", Action::ManageStaff, Messages::back_staff),
    ("/back/terminals", Action::ManageTerminals, Messages::back_terminals),
    ("/back/keys", Action::ManageKeys, Messages::back_keys),
    ("/back/users", Action::ManageUsers, Messages::back_users),
    ("/back/log", Action::SeeAuditLog, Messages::back_log),
];

/// What concerns every store of a merchant: whoever has stores of their own does not see it.
const OF_ALL_STORES: [&str; 1] = ["/back/log"];

/// The pages of a role: address and name.
pub fn of(role: Role, everywhere: bool, text: &Messages) -> Vec<(&'static str, String)> {
    let pages: &[(&'static str, Action, Name)] = match role.group() {
        Group::Operators => &OPERATORS,
        _ => &USERS,
    };
    let open = pages.iter().filter(|(_, action, _)| role.may(*action));
    let open = open.filter(|(address, ..)| everywhere || !OF_ALL_STORES.contains(address));
    open.map(|(address, _, name)| (*address, name(text))).collect()
}
