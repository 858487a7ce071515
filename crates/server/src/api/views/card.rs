//! A card as the API shows it: what stands on it, whose it is, what it can be redeemed for.

use crate::api::Api;
use crate::api::receipts::{BalanceView, ClaimView};
use crate::catalogue::{Catalogue, ProgramEntry, RewardEntry};
use crate::locale::Locale;
use crate::problem::rfc3339;
use crate::sql::lookups::CardRow;
use domain::claim::Claim;
use domain::event::Balance;
use domain::ids::{CardId, CustomerId};
use domain::moment::{Instant, Moment};
use domain::quantity::Unit;
use domain::reward::Cost;
use domain::{Card, CardStatus};
use serde::Serialize;
use utoipa::ToSchema;

/// The person who holds a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Customer)]
pub struct CustomerView {
    /// Their id; absent in the answer that opened the card.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "cus_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub id: Option<String>,
    /// What they like to be called.
    #[schema(example = "Mina")]
    pub first_name: Option<String>,
    /// Their language.
    #[schema(example = "lb")]
    pub locale: String,
}

/// An amount with the days that bound its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Bucket)]
pub struct BucketView {
    /// `stamp` or `point`.
    #[schema(example = "point")]
    pub unit: &'static str,
    /// How much; negative for debt.
    pub amount: i64,
    /// The day from which it can be spent; null when it can be now.
    #[schema(format = Date)]
    pub active_on: Option<String>,
    /// The last day of its life; null for ever.
    #[schema(format = Date)]
    pub expires_on: Option<String>,
    /// Whether it is owed rather than held.
    pub debt: bool,
}

/// A reward from the card's point of view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CardReward {
    /// The reward.
    #[schema(example = "rew_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub id: String,
    /// Its name.
    #[schema(example = "A coffee")]
    pub name: String,
    /// `stamp` or `point`.
    #[schema(example = "stamp")]
    pub unit: &'static str,
    /// What it costs this card; the fewest points where the customer chooses.
    pub cost: i64,
    /// How many times the balance pays for it now.
    pub ready: i64,
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Card)]
pub struct CardView {
    /// Its id.
    #[schema(example = "card_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub id: String,
    /// Its number, for people.
    #[schema(example = "4KQ729FMX3AY")]
    pub number: String,
    /// The private address of its page.
    #[schema(example = "https://loyalty.example/c/…")]
    pub link: String,
    /// What its QR code holds: finds the card at a terminal, until it is replaced.
    pub code: String,
    /// Of which program.
    #[schema(example = "prg_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub program: String,
    /// `unclaimed`, `active`, `blocked`, `closed` or `merged`.
    #[schema(example = "active")]
    pub status: &'static str,
    /// The card that goes on in the place of one that is `merged`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "card_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub merged_into: Option<String>,
    /// The card whose number, code or contact was searched for, where it went into this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "card_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub followed_from: Option<String>,
    /// Raised by each event.
    pub version: i64,
    /// What it holds today.
    pub balance: BalanceView,
    /// Whose it is; null for a card without a name.
    pub customer: Option<CustomerView>,
    /// When it was opened.
    #[schema(example = "2026-03-02T10:15:00Z", format = DateTime)]
    pub enrolled_at: String,
    /// When it last earned, was redeemed or opened.
    #[schema(example = "2026-03-02T10:15:00Z", format = DateTime)]
    pub last_activity_at: String,
    /// Stamps this card must reach; null for points.
    pub stamp_target: Option<i64>,
    /// The tier; null where the program has none.
    pub tier: Option<String>,
    /// What it can be redeemed for, in the merchant's order.
    pub rewards: Vec<CardReward>,
    /// Claims that wait to be handed over.
    pub claims: Vec<ClaimView>,
    /// What the balance is made of, in spending order.
    pub buckets: Vec<BucketView>,
}

/// The answer that opened a card: only what will never change, so that a repeated call gets the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OpenedCard {
    /// Its id.
    #[schema(example = "card_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub id: String,
    /// Its number, for people.
    #[schema(example = "4KQ729FMX3AY")]
    pub number: String,
    /// The private address of its page.
    #[schema(example = "https://loyalty.example/c/…")]
    pub link: String,
    /// What its QR code holds.
    pub code: String,
    /// Of which program.
    #[schema(example = "prg_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub program: String,
    /// `unclaimed` or `active`.
    #[schema(example = "active")]
    pub status: &'static str,
    /// 1: its first event.
    pub version: i64,
    /// What it was opened with.
    pub balance: BalanceView,
    /// Whose it is; null for a card without a name.
    pub customer: Option<CustomerView>,
    /// When it was opened.
    #[schema(example = "2026-03-02T10:15:00Z", format = DateTime)]
    pub enrolled_at: String,
}

/// Cards that were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CardList {
    /// The cards.
    pub data: Vec<CardView>,
    /// Where the next page begins; null on the last.
    pub next_cursor: Option<String>,
}

/// What was read of a card and its person.
pub struct Read {
    /// The card's row.
    pub row: CardRow,
    /// First name and language of its person.
    pub customer: Option<(Option<String>, String)>,
    /// Its waiting claims, as the rules know them.
    pub claims: Vec<String>,
    /// The card that was searched for, where it went into this one.
    pub followed_from: Option<CardId>,
}

impl CardView {
    /// A card on a day, in a language.
    ///
    /// # Errors
    /// When a record cannot be understood.
    pub fn new(api: &Api, catalogue: &Catalogue, read: Read, locale: Locale) -> Result<Self, serde_json::Error> {
        let card: Card = serde_json::from_str(&read.row.state)?;
        let id = CardId(read.row.card);
        let entry = catalogue
            .programs
            .iter()
            .find(|entry| entry.program.id().0 == read.row.program);
        let moment = catalogue.moment(card.home, api.app.clock.now());
        let balance = card.balance_on(moment.day);
        let has_stamps = entry.filter(|entry| entry.program.kind().has_stamps());
        let customer = read.customer.map(|(first_name, locale)| CustomerView {
            id: read.row.customer.map(|id| CustomerId(id).to_string()),
            first_name,
            locale,
        });
        Ok(Self {
            id: id.to_string(),
            link: api.link(catalogue, id, card.generation),
            number: read.row.number,
            code: api.app.secrets.card_code(catalogue.merchant.id, id, card.generation),
            program: domain::ids::ProgramId(read.row.program).to_string(),
            status: card.status.code(),
            merged_into: card.survivor.map(|survivor| survivor.to_string()),
            followed_from: read.followed_from.map(|card| card.to_string()),
            version: card.version,
            balance: balance.into(),
            customer,
            enrolled_at: rfc3339(Instant(read.row.enrolled_at)),
            last_activity_at: rfc3339(card.last_activity_at),
            stamp_target: has_stamps.map(|entry| entry.program.effective_target(card.round())),
            tier: None,
            rewards: entry
                .map(|entry| rewards(entry, &card, balance, catalogue, &moment, locale))
                .unwrap_or_default(),
            claims: read.claims.iter().map(|state| claim(state)).collect::<Result<_, _>>()?,
            buckets: buckets(&card, &moment),
        })
    }
}

fn claim(state: &str) -> Result<ClaimView, serde_json::Error> {
    let claim: Claim = serde_json::from_str(state)?;
    Ok(ClaimView {
        id: claim.id.to_string(),
        code: claim.code,
        reward: claim.reward.to_string(),
        status: claim.status.code(),
        version: claim.version,
    })
}

fn buckets(card: &Card, moment: &Moment) -> Vec<BucketView> {
    let today = card.buckets.on(moment.day.max(card.day));
    let view = |bucket: &domain::bucket::Bucket| BucketView {
        unit: bucket.unit.code(),
        amount: bucket.amount,
        active_on: bucket.key.active_on.map(|day| day.to_string()),
        expires_on: bucket.key.expires_on.map(|day| day.to_string()),
        debt: bucket.key.debt,
    };
    today.iter().map(view).collect()
}

/// What the card can be redeemed for: rewards on offer, with their cost for this card (`STP-2`, `STP-7`).
fn rewards(
    entry: &ProgramEntry,
    card: &Card,
    balance: Balance,
    catalogue: &Catalogue,
    moment: &Moment,
    locale: Locale,
) -> Vec<CardReward> {
    let usable =
        matches!(card.status, CardStatus::Active | CardStatus::Unclaimed) && entry.program.is_redeemable(moment.at);
    let offered = |known: &&RewardEntry| known.reward.availability(moment, card.home).is_ok();
    let view = |known: &RewardEntry| {
        let reward = &known.reward;
        let cost = match reward.cost {
            Cost::Completion => entry.program.effective_target(card.round()),
            Cost::Fixed(cost) => cost,
            Cost::Chosen => entry.program.terms().redeem_min_points.max(1),
        };
        let held = if reward.unit == Unit::Stamp {
            balance.stamps
        } else {
            balance.points
        };
        let times = if reward.cost == Cost::Chosen {
            i64::from(held >= cost)
        } else {
            held.max(0) / cost.max(1)
        };
        let times = if usable { times } else { 0 };
        let name = known
            .texts
            .in_locale(locale.code(), &catalogue.merchant.default_locale)
            .name;
        CardReward {
            id: reward.id.to_string(),
            name,
            unit: reward.unit.code(),
            cost,
            ready: times,
        }
    };
    catalogue
        .rewards_of(entry.program.id())
        .filter(offered)
        .map(view)
        .collect()
}

impl Api {
    /// The private address of a card's page.
    pub fn link(&self, catalogue: &Catalogue, card: CardId, generation: i64) -> String {
        let token = self.app.secrets.card_link(catalogue.merchant.id, card, generation);
        self.app.config.address(&format!("/c/{token}"))
    }
}
