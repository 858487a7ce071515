//! The one table of codes: what they are called, which status they have, and which message says them. Codes are stable:
//! clients and translations rely on them.

use crate::locale::Messages;
use axum::http::StatusCode;

macro_rules! codes {
    ($($(#[$meaning:meta])* $name:ident $status:literal $text:literal $message:ident($($detail:ident),*),)*) => {
        /// A stable code of a refusal.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[$meaning])* $name,)*
        }

        impl Code {
            /// All codes, by status.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// The code as clients know it.
            pub fn text(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// The number of its status.
            pub const fn number(self) -> u16 {
                match self { $(Code::$name => $status,)* }
            }

            /// Its sentence, with details by name.
            pub(super) fn message(self, messages: &Messages, detail: &dyn Fn(&'static str) -> String) -> String {
                match self { $(Code::$name => messages.$message($(detail(stringify!($detail))),*),)* }
            }
        }
    };
}

codes! {
    /// The body is not JSON that can be read.
    MalformedBody 400 "malformed_body" error_malformed_body(),
    /// The header `name` must come only once.
    InvalidHeader 400 "invalid_header" error_invalid_header(name),
    /// An idempotency key has 1 to 128 visible ASCII characters, without blanks; on public forms at least 16.
    IdempotencyKeyInvalid 400 "idempotency_key_invalid" error_idempotency_key_invalid(),
    /// This needs a valid API key or terminal token.
    Unauthenticated 401 "unauthenticated" error_unauthenticated(),
    /// Address or password is wrong.
    InvalidCredentials 401 "invalid_credentials" error_invalid_credentials(),
    /// The second factor is still missing.
    MfaRequired 401 "mfa_required" error_mfa_required(),
    /// This code is wrong, or was used before.
    MfaInvalid 401 "mfa_invalid" error_mfa_invalid(),
    /// This device is no longer a till: its connection was taken back.
    TerminalRevoked 401 "terminal_revoked" error_terminal_revoked(),
    /// This code does not connect a till, or its time is over.
    PairingCodeInvalid 401 "pairing_code_invalid" error_pairing_code_invalid(),
    /// Who serves must show their PIN.
    PinRequired 401 "pin_required" error_pin_required(),
    /// Name and PIN do not belong together here.
    PinInvalid 401 "pin_invalid" error_pin_invalid(),
    /// This credential does not allow that.
    Forbidden 403 "forbidden" error_forbidden(),
    /// A key cannot do more than whoever makes it.
    ScopeExceedsRole 403 "scope_exceeds_role" error_scope_exceeds_role(),
    /// That cannot be done in this store.
    StoreNotAllowed 403 "store_not_allowed" error_store_not_allowed(),
    /// The account of this merchant is suspended.
    MerchantSuspended 403 "merchant_suspended" error_merchant_suspended(),
    /// Staff cannot serve their own card.
    SelfServiceBlocked 403 "self_service_blocked" error_self_service_blocked(),
    /// Whoever asked for this cannot decide it: it takes a second person.
    FourEyes 403 "four_eyes" error_four_eyes(),
    /// Cards of this program are opened by the staff of the store.
    SelfEnrollmentDisabled 403 "self_enrollment_disabled" error_self_enrollment_disabled(),
    /// Who chooses another PIN shows the one before.
    OldPinRequired 403 "old_pin_required" error_old_pin_required(),
    /// A manager must do this: the limit is `limit_minor`.
    ManagerPinRequired 403 "manager_pin_required" error_manager_pin_required(limit_minor),
    /// It is too late to take this back. An adjustment can correct it.
    VoidWindowPassed 403 "void_window_passed" error_void_window_passed(),
    /// Somebody must approve more than `limit`.
    ApprovalRequired 403 "approval_required" error_approval_required(limit),
    /// There is nothing here.
    NotFound 404 "not_found" error_not_found(),
    /// No card was found.
    CardNotFound 404 "card_not_found" error_card_not_found(),
    /// There is no such order.
    OrderNotFound 404 "order_not_found" error_order_not_found(),
    /// This address does not take this method.
    MethodNotAllowed 405 "method_not_allowed" error_method_not_allowed(),
    /// Answers are JSON; the Accept header asks for something else.
    NotAcceptable 406 "not_acceptable" error_not_acceptable(),
    /// The same request is being carried out. Please try again in a moment.
    IdempotencyInProgress 409 "idempotency_in_progress" error_idempotency_in_progress(),
    /// This card was replaced. Please use the new one.
    CredentialRevoked 409 "credential_revoked" error_credential_revoked(),
    /// This code has connected a device already.
    PairingCodeUsed 409 "pairing_code_used" error_pairing_code_used(),
    /// This person does not serve here any more.
    StaffInactive 409 "staff_inactive" error_staff_inactive(),
    /// Somebody who serves has this name.
    NameTaken 409 "name_taken" error_name_taken(),
    /// The last manager cannot go: make somebody else one first.
    LastManager 409 "last_manager" error_last_manager(),
    /// The last owner cannot go: make somebody else one first.
    LastOwner 409 "last_owner" error_last_owner(),
    /// This card number is taken.
    CardNumberTaken 409 "card_number_taken" error_card_number_taken(),
    /// This person already has a card of this program.
    AlreadyEnrolled 409 "already_enrolled" error_already_enrolled(),
    /// This card is blocked.
    CardBlocked 409 "card_blocked" error_card_blocked(),
    /// This card is closed.
    CardClosed 409 "card_closed" error_card_closed(),
    /// This card was merged into another one, `card_id`. Please use that one.
    CardMerged 409 "card_merged" error_card_merged(),
    /// The code is too old, or was used before. Please scan the one on the customer's open card now.
    CredentialStale 409 "credential_stale" error_credential_stale(),
    /// Rewards are handed out only with the code on the customer's open card.
    ConfirmationRequired 409 "confirmation_required" error_confirmation_required(),
    /// The state of the card does not allow that.
    InvalidState 409 "invalid_state" error_invalid_state(),
    /// Cards of two programs cannot become one.
    ProgramMismatch 409 "program_mismatch" error_program_mismatch(),
    /// This program takes no new cards at the moment.
    EnrollmentClosed 409 "enrollment_closed" error_enrollment_closed(),
    /// Somebody decided this already.
    AlreadyDecided 409 "already_decided" error_already_decided(),
    /// This program does not collect that.
    WrongProgramKind 409 "wrong_program_kind" error_wrong_program_kind(),
    /// This program is not running at the moment.
    ProgramInactive 409 "program_inactive" error_program_inactive(),
    /// Rewards of this program can no longer be taken.
    RedeemClosed 409 "redeem_closed" error_redeem_closed(),
    /// This order reference was used for another card or amount.
    OrderRefConflict 409 "order_ref_conflict" error_order_ref_conflict(),
    /// More would come back than was bought: `remaining_minor` remain.
    ReturnExceedsOrder 409 "return_exceeds_order" error_return_exceeds_order(remaining_minor),
    /// This return reference was used for another amount.
    ReturnRefConflict 409 "return_ref_conflict" error_return_ref_conflict(),
    /// This card was served just now. It works again from `retry_at`.
    CooldownActive 409 "cooldown_active" error_cooldown_active(retry_at),
    /// This card has reached its limit for now; what still fits: `remaining`.
    DailyCapReached 409 "daily_cap_reached" error_daily_cap_reached(remaining),
    /// This card is full. Its reward is waiting.
    CardFull 409 "card_full" error_card_full(),
    /// A card without a name holds at most `cap`.
    AnonymousCapReached 409 "anonymous_cap_reached" error_anonymous_cap_reached(cap),
    /// This reward is not available now.
    RewardNotAvailable 409 "reward_not_available" error_reward_not_available(),
    /// The purchase is too small for this reward: it takes `needed_minor`.
    OrderBelowRewardMinimum 409 "order_below_reward_minimum" error_order_below_reward_minimum(needed_minor),
    /// This card owes `debt` first.
    BalanceInDebt 409 "balance_in_debt" error_balance_in_debt(debt),
    /// Not enough on the card: it takes `needed`, there are `available`.
    InsufficientBalance 409 "insufficient_balance" error_insufficient_balance(needed, available),
    /// This was redeemed before (`at`).
    AlreadyRedeemed 409 "already_redeemed" error_already_redeemed(at),
    /// This cannot be taken back.
    NotVoidable 409 "not_voidable" error_not_voidable(),
    /// This was taken back before.
    AlreadyVoided 409 "already_voided" error_already_voided(),
    /// This was spent already; still missing: `missing`.
    ValueAlreadySpent 409 "value_already_spent" error_value_already_spent(missing),
    /// Something is left on this card. Please confirm that it is given up.
    BalanceNotEmpty 409 "balance_not_empty" error_balance_not_empty(),
    /// Nobody decided in time; it must be asked for again.
    ApprovalExpired 410 "approval_expired" error_approval_expired(),
    /// The body is too large: at most `max` bytes.
    BodyTooLarge 413 "body_too_large" error_body_too_large(max),
    /// Please send JSON with the content type application/json.
    UnsupportedMediaType 415 "unsupported_media_type" error_unsupported_media_type(),
    /// This field is not known here.
    UnknownField 422 "unknown_field" error_unknown_field(),
    /// This has the wrong type; expected: `expected`.
    InvalidType 422 "invalid_type" error_invalid_type(expected),
    /// This is required.
    Required 422 "required" error_required(),
    /// A card cannot be merged into itself.
    SameCard 422 "same_card" error_same_card(),
    /// This is too long: at most `max` characters.
    TooLong 422 "too_long" error_too_long(max),
    /// This contains characters that are not allowed.
    InvalidCharacters 422 "invalid_characters" error_invalid_characters(),
    /// This must not be blank.
    Blank 422 "blank" error_blank(),
    /// This is not one of: `allowed`.
    InvalidChoice 422 "invalid_choice" error_invalid_choice(allowed),
    /// Only one of these may be given: `fields`.
    ConflictingFields 422 "conflicting_fields" error_conflicting_fields(fields),
    /// This is not a language we speak: en, fr, de or lb.
    InvalidLocale 422 "invalid_locale" error_invalid_locale(),
    /// This is not a currency code.
    InvalidCurrency 422 "invalid_currency" error_invalid_currency(),
    /// This is not an instant such as 2026-03-02T10:15:00Z.
    InvalidDate 422 "invalid_date" error_invalid_date(),
    /// A page has 1 to 100 entries, and a cursor comes from the page before.
    InvalidPagination 422 "invalid_pagination" error_invalid_pagination(),
    /// This idempotency key was used for another request.
    IdempotencyKeyReused 422 "idempotency_key_reused" error_idempotency_key_reused(),
    /// Please type at least `min` characters.
    QueryTooShort 422 "query_too_short" error_query_too_short(min),
    /// This is not a card number: a character is wrong.
    CardNumberInvalid 422 "card_number_invalid" error_card_number_invalid(),
    /// This is not an e-mail address.
    InvalidEmail 422 "invalid_email" error_invalid_email(),
    /// This is not a phone number.
    InvalidPhone 422 "invalid_phone" error_invalid_phone(),
    /// This program is for people of a certain age.
    AgeRestricted 422 "age_restricted" error_age_restricted(),
    /// The terms of the program must be accepted.
    TermsNotAccepted 422 "terms_not_accepted" error_terms_not_accepted(),
    /// The terms of the program have changed since; they must be read again.
    TermsOutdated 422 "terms_outdated" error_terms_outdated(),
    /// This lies in the future, too far back, or before the card’s last event.
    OccurredAtOutOfRange 422 "occurred_at_out_of_range" error_occurred_at_out_of_range(),
    /// This must lie between `min` and `max`.
    OutOfRange 422 "out_of_range" error_out_of_range(min, max),
    /// This is not an amount that can be paid.
    AmountInvalid 422 "amount_invalid" error_amount_invalid(),
    /// This program uses `expected`.
    CurrencyMismatch 422 "currency_mismatch" error_currency_mismatch(expected),
    /// The lines do not sum to the amount: they make `sum`.
    LinesMismatch 422 "lines_mismatch" error_lines_mismatch(sum),
    /// The amount is too small: it takes `needed_minor`.
    BelowMinimum 422 "below_minimum" error_below_minimum(needed_minor),
    /// Redeeming takes at least this many points: `needed`.
    RedeemBelowMinimum 422 "redeem_below_minimum" error_redeem_below_minimum(needed),
    /// Points are redeemed in steps of `step`.
    RedeemStep 422 "redeem_step" error_redeem_step(step),
    /// The most points that can pay for this order: `most`.
    RedeemExceedsShare 422 "redeem_exceeds_share" error_redeem_exceeds_share(most),
    /// The correction must not be zero.
    ZeroAmount 422 "zero_amount" error_zero_amount(),
    /// This reason is not in the list: `allowed`.
    UnknownReason 422 "unknown_reason" error_unknown_reason(allowed),
    /// A PIN has `min` to `max` digits.
    PinFormat 422 "pin_format" error_pin_format(min, max),
    /// This PIN is too easy to guess.
    PinWeak 422 "pin_weak" error_pin_weak(),
    /// This PIN was in use not long ago.
    PinReused 422 "pin_reused" error_pin_reused(),
    /// Too many wrong tries. It works again from `retry_at`.
    PinLocked 423 "pin_locked" error_pin_locked(retry_at),
    /// Please send an Idempotency-Key with this request.
    IdempotencyKeyRequired 428 "idempotency_key_required" error_idempotency_key_required(),
    /// There were too many tries. It works again from `retry_at`.
    TooManyAttempts 429 "too_many_attempts" error_too_many_attempts(retry_at),
    /// This was tried too often. It works again in `retry_after` s.
    RateLimited 429 "rate_limited" error_rate_limited(retry_after),
    /// Something broke on our side. It was written down under the request id.
    Internal 500 "internal" error_internal(),
    /// There is a lot to do right now. Please try again in a moment.
    Busy 503 "busy" error_busy(),
    /// Nothing can be stored at the moment; reading still works.
    StorageUnwritable 503 "storage_unwritable" error_storage_unwritable(),
}

impl Code {
    /// Its status.
    pub fn status(self) -> StatusCode {
        StatusCode::from_u16(self.number()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The code of a text; none for a text that is not in the table.
    pub fn of(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.text() == text)
    }

    /// The code in English words: the same for every problem of its kind.
    pub fn title(self) -> String {
        let words = self.text().replace('_', " ");
        let mut letters = words.chars();
        letters
            .next()
            .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rejection_of_the_rules_is_in_the_table() {
        for code in domain::Rejection::CODES {
            assert!(Code::of(code).is_some(), "{code}");
        }
    }

    #[test]
    fn the_table_is_in_order_and_has_no_code_twice() {
        assert!(Code::ALL.windows(2).all(|pair| pair[0].number() <= pair[1].number()));
        for &code in Code::ALL {
            assert_eq!(Code::of(code.text()), Some(code));
        }
        assert_eq!(Code::CardNotFound.title(), "Card not found");
    }
}
