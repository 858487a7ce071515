//! What the log of who managed what says, in words.

use crate::audit_log::Action;
use crate::locale::Messages;
use crate::pages::people::words as people;
use crate::permissions::{Group, Role};

/// What was done.
pub fn noted(text: &Messages, action: Action) -> String {
    match action {
        Action::TerminalSignedIn => text.log_terminal_signed_in(),
        Action::TerminalSignedOut => text.log_terminal_signed_out(),
        Action::TerminalSignInRefused => text.log_terminal_sign_in_refused(),
        Action::CustomerSignedIn => text.log_customer_signed_in(),
        Action::CustomerSignInRefused => text.log_customer_sign_in_refused(),
        Action::CustomerSignedOut => text.log_customer_signed_out(),
        Action::UserInvited => text.log_user_invited(),
        Action::UserInvitationWithdrawn => text.log_user_invitation_withdrawn(),
        Action::UserMade => text.log_user_made(),
        Action::UserChanged => text.log_user_changed(),
        Action::UserReturned => text.log_user_returned(),
        Action::UserDisabled => text.log_user_disabled(),
        Action::UserSignedIn => text.log_user_signed_in(),
        Action::UserSignInRefused => text.log_user_sign_in_refused(),
        Action::UserSignedOut => text.log_user_signed_out(),
        Action::UserProven => text.log_user_proven(),
        Action::UserPasswordChanged => text.log_user_password_changed(),
        Action::UserSecondFactorSet => text.log_user_second_factor_set(),
        Action::UserSecondFactorRemoved => text.log_user_second_factor_removed(),
        Action::UserRecoveryCodesRenewed => text.log_user_recovery_codes_renewed(),
        Action::UserPasskeyAdded => text.log_user_passkey_added(),
        Action::UserPasskeyRemoved => text.log_user_passkey_removed(),
        Action::UserSessionsEnded => text.log_user_sessions_ended(),
        Action::StaffAdded => text.log_staff_added(),
        Action::StaffChanged => text.log_staff_changed(),
        Action::StaffLeft => text.log_staff_left(),
        Action::PinSet => text.log_pin_set(),
        Action::PinChanged => text.log_pin_changed(),
        Action::PinLocked => text.log_pin_locked(),
        Action::PinUnlocked => text.log_pin_unlocked(),
        Action::PinRulesSet => text.log_pin_rules_set(),
        Action::PolicyFloorSet => text.log_policy_floor_set(),
        Action::ApprovalAsked => text.log_approval_asked(),
        Action::ApprovalApproved => text.log_approval_approved(),
        Action::ApprovalNotBooked => text.log_approval_not_booked(),
        Action::ApprovalDenied => text.log_approval_denied(),
        Action::TerminalMade => text.log_terminal_made(),
        Action::TerminalPaired => text.log_terminal_paired(),
        Action::TerminalPairingRefused => text.log_terminal_pairing_refused(),
        Action::TerminalRevoked => text.log_terminal_revoked(),
        Action::KeyMade => text.log_key_made(),
        Action::KeyRevoked => text.log_key_revoked(),
    }
}

/// Why a balance was corrected, by the code of the reason.
pub fn reason(text: &Messages, code: &str) -> String {
    match code {
        "goodwill" => text.pin_reason_goodwill(),
        "complaint" => text.pin_reason_complaint(),
        "correction" => text.back_reason_correction(),
        "lost_card" => text.back_reason_lost(),
        "import" => text.back_reason_import(),
        _ => text.pin_reason_other(),
    }
}

/// What changed, by the name of the field as it was noted; one that has no words here is told as it stands.
pub fn field(text: &Messages, name: &str) -> String {
    match name {
        "name" => text.noted_name(),
        "role" => text.noted_role(),
        "stores" | "store" => text.noted_stores(),
        "own_card" => text.noted_own_card(),
        "has_pin" => text.noted_has_pin(),
        "status" => text.noted_status(),
        "session" => text.noted_session(),
        "device" | "devices" => text.noted_device(),
        "why" => text.noted_why(),
        "card" => text.noted_card(),
        "unit" => text.noted_unit(),
        "amount" => text.noted_amount(),
        "reason" => text.noted_reason(),
        "pin_length" => text.noted_length(),
        "lock_threshold" => text.noted_threshold(),
        "lock_minutes" => text.noted_minutes(),
        "addresses" => text.noted_addresses(),
        "scopes" => text.noted_scopes(),
        "expires_at" => text.noted_until(),
        "active" => text.noted_active(),
        "with" => text.noted_with(),
        "earn" => text.floor_earn(),
        "redeem" => text.floor_redeem(),
        "void" => text.floor_void(),
        "adjust" => text.floor_adjust(),
        "enroll" => text.floor_enroll(),
        other => other.to_owned(),
    }
}

/// A value that was noted as a code, in words; nothing for what is no code.
pub fn value(text: &Messages, (field, group): (&str, Group), word: &str) -> Option<String> {
    match (field, word) {
        ("reason", _) => Some(reason(text, word)),
        ("role", _) => Role::of(group, word).map(|role| people::role(text, role)),
        ("unit", "stamp") => Some(text.correct_stamps()),
        ("unit", "point") => Some(text.correct_points()),
        ("why", "invalid_credentials") => Some(text.error_invalid_credentials()),
        ("why", "mfa_invalid") => Some(text.error_mfa_invalid()),
        ("why", "too_many_attempts") => Some(text.noted_too_often()),
        ("status", "revoked") => Some(text.back_revoked()),
        // Nobody knows a session by its id.
        ("session", _) => Some(String::new()),
        _ => None,
    }
}

/// What it means that a field was left empty; nothing where it means nothing.
pub fn unsaid(text: &Messages, field: &str) -> Option<String> {
    matches!(field, "stores" | "store").then(|| text.back_everywhere())
}

/// Whoever has no public id.
pub fn actor(text: &Messages, actor: &str) -> Option<String> {
    match actor {
        "console" => Some(text.log_console()),
        "system" => Some(text.log_system()),
        "stranger" => Some(text.log_stranger()),
        _ => None,
    }
}

/// In which role, as it was noted: `user:owner`, `staff:manager`, `terminal` …
pub fn role(text: &Messages, noted: &str) -> String {
    let (kind, role) = noted.split_once(':').unwrap_or((noted, noted));
    let group = match kind {
        "operator" => Group::Operators,
        "user" => Group::Users,
        "staff" | "terminal" => Group::Staff,
        "customer" => Group::Customers,
        _ => return String::new(),
    };
    let role = Role::of(group, role).or_else(|| (kind == "operator").then_some(Role::OperatorOwner));
    role.map(|role| people::role(text, role)).unwrap_or_default()
}
