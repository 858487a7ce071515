//! Everything the log tells of, by a stable code: a noun and a past participle.

macro_rules! actions {
    ($($(#[$meaning:meta])* $name:ident $code:literal,)*) => {
        /// What was done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[$meaning])* $name,)*
        }

        impl Action {
            /// All of them.
            pub const ALL: &[Action] = &[$(Action::$name),*];

            /// The code, which never changes.
            pub const fn code(self) -> &'static str {
                match self { $(Action::$name => $code,)* }
            }

            /// The action of a code.
            pub fn of(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.code() == code)
            }
        }
    };
}

actions! {
    /// A till began a session with a terminal's token.
    TerminalSignedIn "terminal.signed_in",
    /// A till ended its session.
    TerminalSignedOut "terminal.signed_out",
    /// Somebody tried a terminal's token that is not good.
    TerminalSignInRefused "terminal.sign_in_refused",
    /// A customer signed in by a letter.
    CustomerSignedIn "customer.signed_in",
    /// Somebody typed a code of a letter that is not right.
    CustomerSignInRefused "customer.sign_in_refused",
    /// A customer signed out.
    CustomerSignedOut "customer.signed_out",
    /// Somebody was invited to become an operator or a user.
    UserInvited "user.invited",
    /// An invitation that nobody followed was taken back.
    UserInvitationWithdrawn "user.invitation_withdrawn",
    /// Somebody followed an invitation.
    UserMade "user.made",
    /// Somebody may do something else, or elsewhere.
    UserChanged "user.changed",
    /// Somebody may sign in again.
    UserReturned "user.returned",
    /// Somebody may no longer sign in.
    UserDisabled "user.disabled",
    /// Somebody signed in with a password or a passkey.
    UserSignedIn "user.signed_in",
    /// Somebody tried to sign in, or to prove who they are, and failed.
    UserSignInRefused "user.sign_in_refused",
    /// Somebody signed out.
    UserSignedOut "user.signed_out",
    /// Somebody proved again who they are.
    UserProven "user.proven",
    /// Somebody chose another password.
    UserPasswordChanged "user.password_changed",
    /// Somebody set a second factor up.
    UserSecondFactorSet "user.second_factor_set",
    /// Somebody's second factor is gone: they gave it up, or it was reset for them.
    UserSecondFactorRemoved "user.second_factor_removed",
    /// Somebody had new recovery codes made.
    UserRecoveryCodesRenewed "user.recovery_codes_renewed",
    /// Somebody added a passkey of theirs.
    UserPasskeyAdded "user.passkey_added",
    /// Somebody took a passkey of theirs away.
    UserPasskeyRemoved "user.passkey_removed",
    /// Somebody ended sessions of theirs.
    UserSessionsEnded "user.sessions_ended",
    /// Somebody began to serve.
    StaffAdded "staff.added",
    /// Somebody is called otherwise, or serves otherwise or elsewhere.
    StaffChanged "staff.changed",
    /// Somebody serves no more.
    StaffLeft "staff.left",
    /// Somebody's PIN was set for them.
    PinSet "pin.set",
    /// Somebody chose another PIN.
    PinChanged "pin.changed",
    /// There were too many wrong tries of somebody's PIN, or at a terminal.
    PinLocked "pin.locked",
    /// A lock was ended.
    PinUnlocked "pin.unlocked",
    /// How staff prove who they are was set.
    PinRulesSet "pin_rules.set",
    /// What tills ask for at least was set.
    PolicyFloorSet "policy_floor.set",
    /// A till or a user asked for approval of a correction.
    ApprovalAsked "approval.asked",
    /// Somebody approved a correction over a limit.
    ApprovalApproved "approval.approved",
    /// What somebody approved could not be booked, and waits on.
    ApprovalNotBooked "approval.not_booked",
    /// Somebody denied a correction over a limit.
    ApprovalDenied "approval.denied",
    /// A terminal was made, with a code that pairs a device.
    TerminalMade "terminal.made",
    /// A device was paired by a code.
    TerminalPaired "terminal.paired",
    /// Somebody tried a code of a terminal that is not good.
    TerminalPairingRefused "terminal.pairing_refused",
    /// A terminal was taken back.
    TerminalRevoked "terminal.revoked",
    /// An API key was made.
    KeyMade "key.made",
    /// An API key was taken back.
    KeyRevoked "key.revoked",
}

#[cfg(test)]
mod tests {
    use super::Action;
    use std::collections::HashSet;

    #[test]
    fn every_action_has_a_code_of_its_own() {
        let codes: HashSet<_> = Action::ALL.iter().map(|action| action.code()).collect();
        assert_eq!(codes.len(), Action::ALL.len());
        for action in Action::ALL {
            assert_eq!(Action::of(action.code()), Some(*action));
        }
        assert_eq!(Action::of("nothing"), None);
    }
}
