//! Why the business says no: stable codes. A rejection is a value, never an error; it changes
//! nothing. Sentences for people are made elsewhere, from the code and the parameters here.

use crate::ids::{CardId, StoreId};
use crate::moment::Instant;
use crate::quantity::Unit;
use crate::reward::Unavailable;

/// A refusal. Declared about in the order in which they are found: the card, the program, the place, the amounts, the
/// limits, the balance. When several apply, the ladder of the command decides which one is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The card is blocked.
    CardBlocked,
    /// The card is closed.
    CardClosed,
    /// The card went into another one (`MRG-1`).
    CardMerged {
        /// The one that goes on.
        into: CardId,
    },
    /// The command needs another state of the card.
    InvalidState,
    /// A card cannot go into itself (`MRG-1`).
    SameCard,
    /// Cards of two programs cannot become one (`MRG-1`).
    ProgramMismatch,
    /// A known contact already has a card here (`ENR-4`).
    AlreadyEnrolled,
    /// The program takes no new cards.
    EnrollmentClosed,
    /// Nobody may open a card without staff.
    SelfEnrollmentDisabled,
    /// The program does not collect this.
    WrongProgramKind,
    /// The program is not running.
    ProgramInactive,
    /// Rewards can no longer be taken.
    RedeemClosed,
    /// Cards of this program are served in the store that opened them (`XST-1`).
    StoreNotAllowed {
        /// That store.
        home: StoreId,
    },
    /// The code that was shown is too old, or was used before (`CRD-3`).
    CredentialStale,
    /// Value leaves only with something fresh, and nothing was shown (`CRD-3`).
    ConfirmationRequired,
    /// Staff may not serve their own card (`STF-1`).
    SelfServiceBlocked,
    /// This person may not do that.
    Forbidden,
    /// The command happened before the card's last event.
    OccurredAtOutOfRange,
    /// A number is outside its range.
    OutOfRange {
        /// Which field; empty when no field says the number.
        field: &'static str,
        /// Smallest allowed.
        min: i64,
        /// Largest allowed.
        max: i64,
    },
    /// A field is needed here.
    Required {
        /// Which.
        field: &'static str,
    },
    /// Not an amount that can be paid.
    AmountInvalid {
        /// Which field.
        field: &'static str,
        /// Of which line, counted from zero; none for a field of the whole.
        line: Option<usize>,
    },
    /// Another currency than the program's.
    CurrencyMismatch {
        /// The program's.
        expected: String,
    },
    /// The lines do not sum to the amount.
    LinesMismatch {
        /// What they sum to.
        sum: i64,
    },
    /// The order was recorded with another card or amount (`IDM-4`).
    OrderRefConflict,
    /// No such order (`RET-1`).
    OrderNotFound,
    /// More came back than was bought (`RET-5`).
    ReturnExceedsOrder {
        /// What may still come back, in minor units.
        remaining_minor: i64,
    },
    /// The return was recorded with another amount (`RET-5`).
    ReturnRefConflict,
    /// A till needs a manager for such an amount.
    ManagerPinRequired {
        /// The most a till may do alone, in minor units.
        limit_minor: i64,
    },
    /// Too little for a stamp (`STP-1`).
    BelowMinimum {
        /// What is needed, in minor units.
        needed_minor: i64,
    },
    /// Too soon (`COOL-1`).
    CooldownActive {
        /// When it works again.
        retry_at: Instant,
    },
    /// No more today or this week (`CAP-1`).
    DailyCapReached {
        /// What is still allowed.
        remaining: i64,
    },
    /// The card is full (`STP-3`).
    CardFull,
    /// A card nobody has claimed holds no more (`ENR-6`).
    AnonymousCapReached {
        /// The most it holds.
        cap: i64,
    },
    /// No such reward, claim or event.
    NotFound {
        /// Which field named it.
        field: &'static str,
    },
    /// The reward is not to be had now (`RED-1`).
    RewardNotAvailable {
        /// What named it: the reward, or a claim.
        field: &'static str,
        /// Why.
        reason: Unavailable,
    },
    /// The purchase is too small for the reward.
    OrderBelowRewardMinimum {
        /// What is needed, in minor units.
        needed_minor: i64,
    },
    /// Fewer points than may be redeemed (`RED-3`).
    RedeemBelowMinimum {
        /// The fewest.
        needed: i64,
    },
    /// Not a whole number of steps (`RED-3`).
    RedeemStep {
        /// The step.
        step: i64,
    },
    /// More than may be paid with points (`RED-3`).
    RedeemExceedsShare {
        /// The most points for this order.
        most: i64,
    },
    /// The card owes something (`RED-7`).
    BalanceInDebt {
        /// Of what.
        unit: Unit,
        /// How many.
        debt: i64,
    },
    /// Not enough on the card (`RED-1`).
    InsufficientBalance {
        /// What it takes.
        needed: i64,
        /// What there is.
        available: i64,
    },
    /// The claim was used before (`RED-5`).
    AlreadyRedeemed {
        /// When.
        at: Instant,
        /// Where.
        store: Option<StoreId>,
    },
    /// Events of this kind cannot be taken back (`VOID-1`).
    NotVoidable,
    /// It was taken back before (`VOID-1`).
    AlreadyVoided,
    /// Too late; an adjustment is the way (`VOID-1`).
    VoidWindowPassed,
    /// Spent already, and the program does not allow debt (`VOID-2`).
    ValueAlreadySpent {
        /// How much is missing.
        missing: i64,
    },
    /// Nothing is not an adjustment (`ADJ-1`).
    ZeroAmount,
    /// The reason is not in the list.
    UnknownReason,
    /// Over a limit; somebody must approve (`APR-1`).
    ApprovalRequired {
        /// The most without approval.
        limit: i64,
    },
    /// Something is left on the card (`CRD-5`).
    BalanceNotEmpty,
}

/// Gives every refusal its code, and the list of all codes; a refusal without a code does not compile.
macro_rules! rejection_codes {
    ($($variant:ident => $code:literal),+ $(,)?) => {
        impl Rejection {
            /// Every code, in the order of precedence.
            pub const CODES: [&'static str; [$($code),+].len()] = [$($code),+];

            /// The stable code, as clients and translations know it.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Rejection::$variant { .. } => $code),+
                }
            }
        }
    };
}

rejection_codes! {
    CardBlocked => "card_blocked",
    CardClosed => "card_closed",
    CardMerged => "card_merged",
    InvalidState => "invalid_state",
    SameCard => "same_card",
    ProgramMismatch => "program_mismatch",
    AlreadyEnrolled => "already_enrolled",
    EnrollmentClosed => "enrollment_closed",
    SelfEnrollmentDisabled => "self_enrollment_disabled",
    WrongProgramKind => "wrong_program_kind",
    ProgramInactive => "program_inactive",
    RedeemClosed => "redeem_closed",
    StoreNotAllowed => "store_not_allowed",
    CredentialStale => "credential_stale",
    ConfirmationRequired => "confirmation_required",
    SelfServiceBlocked => "self_service_blocked",
    Forbidden => "forbidden",
    OccurredAtOutOfRange => "occurred_at_out_of_range",
    OutOfRange => "out_of_range",
    Required => "required",
    AmountInvalid => "amount_invalid",
    CurrencyMismatch => "currency_mismatch",
    LinesMismatch => "lines_mismatch",
    OrderRefConflict => "order_ref_conflict",
    OrderNotFound => "order_not_found",
    ReturnExceedsOrder => "return_exceeds_order",
    ReturnRefConflict => "return_ref_conflict",
    ManagerPinRequired => "manager_pin_required",
    BelowMinimum => "below_minimum",
    CooldownActive => "cooldown_active",
    DailyCapReached => "daily_cap_reached",
    CardFull => "card_full",
    AnonymousCapReached => "anonymous_cap_reached",
    NotFound => "not_found",
    RewardNotAvailable => "reward_not_available",
    OrderBelowRewardMinimum => "order_below_reward_minimum",
    RedeemBelowMinimum => "redeem_below_minimum",
    RedeemStep => "redeem_step",
    RedeemExceedsShare => "redeem_exceeds_share",
    BalanceInDebt => "balance_in_debt",
    InsufficientBalance => "insufficient_balance",
    AlreadyRedeemed => "already_redeemed",
    NotVoidable => "not_voidable",
    AlreadyVoided => "already_voided",
    VoidWindowPassed => "void_window_passed",
    ValueAlreadySpent => "value_already_spent",
    ZeroAmount => "zero_amount",
    UnknownReason => "unknown_reason",
    ApprovalRequired => "approval_required",
    BalanceNotEmpty => "balance_not_empty",
}

impl Rejection {
    /// Whether the same command may be accepted later without anybody changing anything: only time has to pass.
    pub fn is_transient(&self) -> bool {
        match self {
            Rejection::CooldownActive { .. } | Rejection::DailyCapReached { .. } => true,
            Rejection::RewardNotAvailable { reason, .. } => *reason == Unavailable::OutsideWindow,
            Rejection::CardBlocked
            | Rejection::CardClosed
            | Rejection::CardMerged { .. }
            | Rejection::InvalidState
            | Rejection::SameCard
            | Rejection::ProgramMismatch
            | Rejection::AlreadyEnrolled
            | Rejection::EnrollmentClosed
            | Rejection::SelfEnrollmentDisabled
            | Rejection::WrongProgramKind
            | Rejection::ProgramInactive
            | Rejection::RedeemClosed
            | Rejection::StoreNotAllowed { .. }
            | Rejection::CredentialStale
            | Rejection::ConfirmationRequired
            | Rejection::SelfServiceBlocked
            | Rejection::Forbidden
            | Rejection::OccurredAtOutOfRange
            | Rejection::OutOfRange { .. }
            | Rejection::Required { .. }
            | Rejection::AmountInvalid { .. }
            | Rejection::CurrencyMismatch { .. }
            | Rejection::LinesMismatch { .. }
            | Rejection::OrderRefConflict
            | Rejection::OrderNotFound
            | Rejection::ReturnExceedsOrder { .. }
            | Rejection::ReturnRefConflict
            | Rejection::ManagerPinRequired { .. }
            | Rejection::BelowMinimum { .. }
            | Rejection::CardFull
            | Rejection::AnonymousCapReached { .. }
            | Rejection::NotFound { .. }
            | Rejection::OrderBelowRewardMinimum { .. }
            | Rejection::RedeemBelowMinimum { .. }
            | Rejection::RedeemStep { .. }
            | Rejection::RedeemExceedsShare { .. }
            | Rejection::BalanceInDebt { .. }
            | Rejection::InsufficientBalance { .. }
            | Rejection::AlreadyRedeemed { .. }
            | Rejection::NotVoidable
            | Rejection::AlreadyVoided
            | Rejection::VoidWindowPassed
            | Rejection::ValueAlreadySpent { .. }
            | Rejection::ZeroAmount
            | Rejection::UnknownReason
            | Rejection::ApprovalRequired { .. }
            | Rejection::BalanceNotEmpty => false,
        }
    }
}
