//! What can be earned and redeemed: programs and rewards in the caller's language.

use crate::catalogue::{Catalogue, ProgramEntry, RewardEntry};
use crate::locale::Locale;
use crate::problem::rfc3339;
use domain::moment::Instant;
use domain::reward::{Cost, RewardKind};
use serde::Serialize;
use utoipa::ToSchema;

/// A program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Program)]
pub struct ProgramView {
    /// Its id.
    #[schema(example = "prg_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub id: String,
    /// Its name in addresses.
    #[schema(example = "coffee")]
    pub slug: String,
    /// `stamps`, `points` or `hybrid`.
    #[schema(example = "stamps")]
    pub kind: &'static str,
    /// `draft`, `active`, `paused` or `ended`.
    #[schema(example = "active")]
    pub status: &'static str,
    /// Whether cards can earn and be opened now.
    pub running: bool,
    /// Its name.
    #[schema(example = "Coffee card")]
    pub name: String,
    /// A sentence about it.
    pub description: String,
    /// How it works.
    pub how_it_works: String,
    /// The currency of its amounts.
    #[schema(example = "EUR")]
    pub currency: String,
    /// The version that prices new events.
    pub version: i64,
    /// Stamps of a full card; null for points.
    pub stamp_target: Option<i64>,
    /// Points for each `points_per_minor` of an amount; null for stamps.
    pub points_rate: Option<i64>,
    /// The amount, in minor units, that `points_rate` is for; null for stamps.
    pub points_per_minor: Option<i64>,
    /// The smallest purchase that counts, in minor units.
    pub min_purchase_minor: i64,
}

impl ProgramView {
    /// A program in a language.
    pub fn new(entry: &ProgramEntry, catalogue: &Catalogue, locale: Locale, now: Instant) -> Self {
        let (program, terms) = (&entry.program, entry.program.terms());
        let text = entry.texts.in_locale(locale.code(), &catalogue.merchant.default_locale);
        let kind = program.kind();
        Self {
            id: program.id().to_string(),
            slug: entry.slug.clone(),
            kind: kind.code(),
            status: program.status().code(),
            running: program.is_running(now),
            name: text.name,
            description: text.description,
            how_it_works: text.how_it_works,
            currency: program.currency().to_string(),
            version: program.version().number,
            stamp_target: kind.has_stamps().then_some(terms.stamp_target),
            points_rate: kind.has_points().then_some(terms.points_rate),
            points_per_minor: kind.has_points().then_some(terms.points_per_minor),
            min_purchase_minor: terms.min_purchase_minor,
        }
    }
}

/// A reward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Reward)]
pub struct RewardView {
    /// Its id.
    #[schema(example = "rew_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub id: String,
    /// Of which program.
    #[schema(example = "prg_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub program: String,
    /// What the customer gets.
    #[schema(example = "free_item")]
    pub kind: &'static str,
    /// Its name.
    #[schema(example = "A coffee")]
    pub name: String,
    /// A sentence about it.
    pub description: String,
    /// `stamp` or `point`.
    #[schema(example = "stamp")]
    pub unit: &'static str,
    /// What it costs; null where the customer chooses how many points.
    pub cost: Option<i64>,
    /// Whether it is what a full stamp card gives.
    pub completes_card: bool,
    /// Basis points off the price; null for other kinds.
    pub percent_off_basis_points: Option<i64>,
    /// Points it pays; null for other kinds.
    pub points: Option<i64>,
    /// The smallest purchase it takes, in minor units.
    pub min_purchase_minor: i64,
    /// The first instant it is offered.
    #[schema(format = DateTime)]
    pub valid_from: Option<String>,
    /// The first instant it is no longer offered.
    #[schema(format = DateTime)]
    pub valid_until: Option<String>,
    /// Only in these stores; empty for all.
    pub stores: Vec<String>,
}

impl RewardView {
    /// A reward in a language.
    pub fn new(entry: &RewardEntry, catalogue: &Catalogue, locale: Locale) -> Self {
        let reward = &entry.reward;
        let text = entry.texts.in_locale(locale.code(), &catalogue.merchant.default_locale);
        let target = catalogue
            .program(entry.program)
            .map(|known| known.program.terms().stamp_target);
        Self {
            id: reward.id.to_string(),
            program: entry.program.to_string(),
            kind: reward.kind.code(),
            name: text.name,
            description: text.description,
            unit: reward.unit.code(),
            cost: match reward.cost {
                Cost::Completion => target,
                Cost::Fixed(cost) => Some(cost),
                Cost::Chosen => None,
            },
            completes_card: reward.cost == Cost::Completion,
            percent_off_basis_points: match reward.kind {
                RewardKind::PercentOff { basis_points } => Some(basis_points),
                _ => None,
            },
            points: match reward.kind {
                RewardKind::Points { points } => Some(points),
                _ => None,
            },
            min_purchase_minor: reward.conditions.min_purchase_minor,
            valid_from: reward.conditions.valid_from.map(rfc3339),
            valid_until: reward.conditions.valid_until.map(rfc3339),
            stores: reward.conditions.stores.iter().map(ToString::to_string).collect(),
        }
    }
}

/// All programs, in the merchant's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgramList {
    /// The programs.
    pub data: Vec<ProgramView>,
    /// Where the next page begins; null on the last.
    pub next_cursor: Option<String>,
}

/// All rewards, in the merchant's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RewardList {
    /// The rewards.
    pub data: Vec<RewardView>,
    /// Where the next page begins; null on the last.
    pub next_cursor: Option<String>,
}
