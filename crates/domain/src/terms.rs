//! The settings of a program version: immutable once published, and invalid ones cannot become a
//! [`Program`](crate::program::Program). Settings whose rules are not built yet stand here with neutral values, so that
//! versions written today stay readable.

use crate::pin::Policies;
use serde::{Deserialize, Serialize};

/// How the number of stamps of a visit is found (`STP-1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StampBasis {
    /// One a visit.
    PerVisit,
    /// One for each full step of the amount.
    PerAmount,
    /// As many as staff type, up to the most a transaction may have.
    ManualQuantity,
}

/// What happens to stamps beyond the target (`STP-3`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StampOverflow {
    /// They count for the next round.
    Carry,
    /// The card fills up to the target, not beyond.
    Cap,
    /// A full card takes no stamp.
    Block,
}

/// When a full card turns into a reward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StampCompletion {
    /// When the customer asks for it.
    OnRedeem,
    /// At once: a claim is minted with the last stamp.
    AutoClaim,
}

/// How an amount becomes points (`PTS-2`, `PTS-3`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepMode {
    /// In proportion, rounded once.
    Proportional,
    /// Only full steps count.
    FullStep,
}

/// Which way the one rounding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Down.
    Floor,
    /// To the nearest, halves up.
    HalfUp,
    /// Up.
    Ceil,
}

/// Which amount of a purchase counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EarnBasis {
    /// With tax.
    Gross,
    /// Without tax.
    NetOfTax,
}

/// When earned points can be spent (`PTS-6`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AwardAt {
    /// At once.
    Immediately,
    /// So many business days later: points wait out the return window.
    AfterDays(u8),
}

/// What a day or a week is for a cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapWindow {
    /// The store's business day, and the week from Monday.
    BusinessDay,
    /// The last 24 hours, and the last seven times 24 hours.
    #[serde(rename = "rolling_24h")]
    Rolling,
}

/// Whether the cooldown is one for the card, or one for each store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CooldownScope {
    /// One for the card.
    Card,
    /// One for the card in each store.
    CardAndStore,
}

/// What happens when value that must be taken back is already spent (`RET-4`, `STP-5`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NegativePolicy {
    /// The card goes into debt; what is earned next pays it.
    AllowDebt,
    /// Down to zero; the missing part is a loss. A void is refused instead.
    Clamp,
    /// Only value that is still pending is taken. A void is refused instead.
    PendingOnly,
}

/// What staff may do with a card of their own (`STF-1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SelfEarn {
    /// Refuse.
    Block,
    /// Allow.
    Allow,
    /// Allow, and record a signal.
    Flag,
}

/// When a return gives redeemed points back (`RET-3`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnRestores {
    /// Only when nothing of the order remains.
    FullOnly,
    /// In proportion to what came back.
    Proportional,
    /// Never.
    Never,
}

/// Who may open a card without staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SelfEnrollment {
    /// Anyone.
    Open,
    /// Only with an invitation.
    Invite,
    /// Nobody.
    Off,
}

/// All settings of one program version. Amounts of money are minor units of the program's currency; zero means "none"
/// for caps and limits unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Terms {
    /// Stamps for a reward, 2 to 100.
    pub stamp_target: i64,
    /// How stamps are counted.
    pub stamp_basis: StampBasis,
    /// The step of an amount that gives one stamp; needed for [`StampBasis::PerAmount`].
    pub stamp_amount_step_minor: i64,
    /// The most stamps staff may give at once, 1 to 20.
    pub stamps_max_per_txn: i64,
    /// Stamps beyond the target.
    pub stamp_overflow: StampOverflow,
    /// When a full card becomes a reward.
    pub stamp_completion: StampCompletion,
    /// Points for each `points_per_minor` of money.
    pub points_rate: i64,
    /// The money that earns `points_rate` points.
    pub points_per_minor: i64,
    /// Proportional or full steps.
    pub points_step_mode: StepMode,
    /// The one rounding.
    pub rounding: Rounding,
    /// Gross or net.
    pub earn_basis: EarnBasis,
    /// Shipping does not count.
    pub exclude_shipping: bool,
    /// Tips do not count.
    pub exclude_tips: bool,
    /// Categories of lines that do not count.
    pub excluded_categories: Vec<String>,
    /// Articles that do not count.
    pub excluded_skus: Vec<String>,
    /// Whether the part of an order paid with points earns.
    pub earn_on_redeemed_value: bool,
    /// The smallest basis that earns (`PTS-1`); inclusive.
    pub min_purchase_minor: i64,
    /// When points become spendable.
    pub award_at: AwardAt,
    /// Stamps given once (`WEL-1`).
    pub welcome_stamps: i64,
    /// Points given once (`WEL-1`).
    pub welcome_points: i64,
    /// Minutes between stamps, 0 to 10080.
    pub stamp_cooldown_minutes: i64,
    /// Minutes between earns of points, 0 to 10080.
    pub points_cooldown_minutes: i64,
    /// One cooldown, or one a store.
    pub cooldown_scope: CooldownScope,
    /// Stamps a day.
    pub daily_stamp_cap: i64,
    /// Points a day.
    pub daily_points_cap: i64,
    /// Stamps a week.
    pub weekly_stamp_cap: i64,
    /// Points a week.
    pub weekly_points_cap: i64,
    /// What a day is.
    pub cap_window: CapWindow,
    /// The most points one purchase gives, 1 to 1,000,000.
    pub max_points_per_txn: i64,
    /// Above this a till needs a manager.
    pub max_basis_minor: i64,
    /// Where staff show a PIN at a terminal (`PIN-1`).
    pub pin_policy: Policies,
    /// Minutes in which a cashier may void.
    pub void_window_minutes: i64,
    /// Days in which a manager, or an API key, may void.
    pub void_window_days: i64,
    /// Value already spent.
    pub negative_policy: NegativePolicy,
    /// The most one adjustment at a till may move.
    pub adjust_limit_per_txn: i64,
    /// The most one person may adjust in a day.
    pub adjust_limit_per_staff_day: i64,
    /// Above this two people must agree.
    pub adjust_four_eyes_above: i64,
    /// Fewest points of a chosen redemption.
    pub redeem_min_points: i64,
    /// Step of a chosen redemption.
    pub redeem_step: i64,
    /// Share of an order that points may pay, in percent.
    pub redeem_max_percent_of_order: i64,
    /// Minor units that one point pays; 0 switches money-off rewards off.
    pub redeem_point_value_minor: i64,
    /// The smallest coin, in minor units: payable totals are rounded to it (`RED-3`).
    pub cash_rounding_minor: i64,
    /// Cards earn in stores other than the one that opened them (`XST-1`).
    pub cross_store_earn: bool,
    /// Cards are redeemed in stores other than the one that opened them (`XST-1`).
    pub cross_store_redeem: bool,
    /// Joining without staff.
    pub self_enrollment: SelfEnrollment,
    /// How old one must be to join without staff, in years; 0 asks nobody (`ENR-7`).
    pub min_age: i64,
    /// The largest balance of a card nobody has claimed; 0 is no cap (`CARD-STATE`, `ENR-6`).
    pub anonymous_balance_cap: i64,
    /// Staff and their own cards.
    pub staff_self_earn: SelfEarn,
    /// Returns and redeemed points.
    pub return_restores_points: ReturnRestores,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            stamp_target: 10,
            stamp_basis: StampBasis::PerVisit,
            stamp_amount_step_minor: 0,
            stamps_max_per_txn: 1,
            stamp_overflow: StampOverflow::Carry,
            stamp_completion: StampCompletion::OnRedeem,
            points_rate: 1,
            points_per_minor: 100,
            points_step_mode: StepMode::Proportional,
            rounding: Rounding::Floor,
            earn_basis: EarnBasis::Gross,
            exclude_shipping: true,
            exclude_tips: true,
            excluded_categories: Vec::new(),
            excluded_skus: Vec::new(),
            earn_on_redeemed_value: false,
            min_purchase_minor: 0,
            award_at: AwardAt::Immediately,
            welcome_stamps: 0,
            welcome_points: 0,
            stamp_cooldown_minutes: 60,
            points_cooldown_minutes: 0,
            cooldown_scope: CooldownScope::Card,
            daily_stamp_cap: 3,
            daily_points_cap: 0,
            weekly_stamp_cap: 0,
            weekly_points_cap: 0,
            cap_window: CapWindow::BusinessDay,
            max_points_per_txn: 10_000,
            max_basis_minor: 100_000,
            pin_policy: Policies::default(),
            void_window_minutes: 15,
            void_window_days: 30,
            negative_policy: NegativePolicy::AllowDebt,
            adjust_limit_per_txn: 500,
            adjust_limit_per_staff_day: 2_000,
            adjust_four_eyes_above: 2_000,
            redeem_min_points: 0,
            redeem_step: 1,
            redeem_max_percent_of_order: 100,
            redeem_point_value_minor: 0,
            cash_rounding_minor: 1,
            cross_store_earn: true,
            cross_store_redeem: true,
            self_enrollment: SelfEnrollment::Open,
            min_age: 0,
            anonymous_balance_cap: 0,
            staff_self_earn: SelfEarn::Flag,
            return_restores_points: ReturnRestores::Proportional,
        }
    }
}

/// A setting and the range it must lie in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutOfRange {
    /// The setting's name.
    pub setting: &'static str,
    /// Smallest allowed value.
    pub min: i64,
    /// Largest allowed value.
    pub max: i64,
}

impl Terms {
    /// Whether somebody born in that year is old enough for certain: the year alone is asked, so a birthday of this year
    /// counts from the next one on (`ENR-7`).
    pub fn is_of_age(&self, born_in: i64, year: i64) -> bool {
        self.min_age == 0 || year.saturating_sub(born_in) > self.min_age
    }

    /// Every setting that is out of its range; empty when the terms are sound.
    pub fn faults(&self) -> Vec<OutOfRange> {
        use crate::quantity::{AMOUNT_MAX, MONEY_MINOR_MAX};
        let step_min = i64::from(self.stamp_basis == StampBasis::PerAmount);
        let award_days = match self.award_at {
            AwardAt::Immediately => 1,
            AwardAt::AfterDays(days) => i64::from(days),
        };
        let checks: [(&'static str, i64, i64, i64); 29] = [
            ("stamp_target", self.stamp_target, 2, 100),
            (
                "stamp_amount_step_minor",
                self.stamp_amount_step_minor,
                step_min,
                MONEY_MINOR_MAX,
            ),
            ("stamps_max_per_txn", self.stamps_max_per_txn, 1, 20),
            ("points_rate", self.points_rate, 1, 1_000_000),
            ("points_per_minor", self.points_per_minor, 1, 1_000_000_000),
            ("min_purchase_minor", self.min_purchase_minor, 0, MONEY_MINOR_MAX),
            ("award_at", award_days, 1, 90),
            ("welcome_stamps", self.welcome_stamps, 0, 100),
            ("welcome_points", self.welcome_points, 0, 1_000_000),
            ("stamp_cooldown_minutes", self.stamp_cooldown_minutes, 0, 10_080),
            ("points_cooldown_minutes", self.points_cooldown_minutes, 0, 10_080),
            ("daily_stamp_cap", self.daily_stamp_cap, 0, 1_000),
            ("daily_points_cap", self.daily_points_cap, 0, AMOUNT_MAX),
            ("weekly_stamp_cap", self.weekly_stamp_cap, 0, 1_000),
            ("weekly_points_cap", self.weekly_points_cap, 0, AMOUNT_MAX),
            ("max_points_per_txn", self.max_points_per_txn, 1, 1_000_000),
            ("max_basis_minor", self.max_basis_minor, 0, MONEY_MINOR_MAX),
            ("void_window_minutes", self.void_window_minutes, 0, 1_440),
            ("void_window_days", self.void_window_days, 0, 366),
            ("adjust_limit_per_txn", self.adjust_limit_per_txn, 0, AMOUNT_MAX),
            (
                "adjust_limit_per_staff_day",
                self.adjust_limit_per_staff_day,
                0,
                AMOUNT_MAX,
            ),
            ("adjust_four_eyes_above", self.adjust_four_eyes_above, 0, AMOUNT_MAX),
            ("redeem_min_points", self.redeem_min_points, 0, AMOUNT_MAX),
            ("redeem_step", self.redeem_step, 1, 1_000_000),
            ("redeem_max_percent_of_order", self.redeem_max_percent_of_order, 1, 100),
            ("redeem_point_value_minor", self.redeem_point_value_minor, 0, 1_000_000),
            ("cash_rounding_minor", self.cash_rounding_minor, 1, 100),
            ("min_age", self.min_age, 0, 99),
            ("anonymous_balance_cap", self.anonymous_balance_cap, 0, AMOUNT_MAX),
        ];
        checks
            .into_iter()
            .filter(|&(_, value, min, max)| value < min || value > max)
            .map(|(setting, _, min, max)| OutOfRange { setting, min, max })
            .collect()
    }
}

#[cfg(test)]
mod tests;
