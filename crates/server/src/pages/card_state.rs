//! A card as it stands now, for every surface that draws it: its facts, its rewards, what is on its way.
//!
//! Owns: how a folded card and a catalogue become the facts of views. Must not know: requests, tables.

use super::card_drawing::{Balance, CardFacts, NextReward, Points, Stamps};
use super::context::look;
use super::events::Amount;
use super::page::Page;
use super::storefront::card::{CardState, Expiry, RewardRow, RewardState};
use super::telling;
use crate::catalogue::{Catalogue, ProgramEntry, RewardEntry};
use domain::card::{Card, CardStatus};
use domain::claim::Claim;
use domain::ids::RewardId;
use domain::moment::Moment;
use domain::program::ProgramKind;
use domain::quantity::Unit;
use domain::reward::Cost;
use std::collections::HashSet;

/// A card with its program, at a moment.
pub(crate) struct Standing<'a> {
    /// What the merchant offers.
    pub(crate) catalogue: &'a Catalogue,
    /// Its program.
    pub(crate) entry: &'a ProgramEntry,
    /// The card; a blank one stands for a card that is not opened yet.
    pub(crate) card: &'a Card,
    /// Rewards minted and not handed over yet.
    pub(crate) claims: &'a [Claim],
    /// Now, where the card is at home.
    pub(crate) moment: Moment,
}

impl Standing<'_> {
    /// What the drawing shows.
    pub(crate) fn facts(&self, page: &Page, number: Option<String>) -> CardFacts {
        let look = look(&self.catalogue.merchant);
        CardFacts {
            merchant: look.name,
            program: self.name(page),
            mark: look.mark,
            face: look.brand.face,
            balance: self.balance(page),
            number,
        }
    }

    /// The program's name in the page's language.
    pub(crate) fn name(&self, page: &Page) -> String {
        self.entry
            .texts
            .in_locale(page.locale.code(), &self.catalogue.merchant.default_locale)
            .name
    }

    fn balance(&self, page: &Page) -> Balance {
        let stamps = Stamps {
            have: self.held(Unit::Stamp),
            target: self.target(),
        };
        let have = self.held(Unit::Point);
        let points = Points {
            have,
            next: self.next(page, have),
        };
        match self.entry.program.kind() {
            ProgramKind::Stamps => Balance::Stamps(stamps),
            ProgramKind::Points => Balance::Points(points),
            ProgramKind::Hybrid => Balance::Hybrid(stamps, points),
        }
    }

    /// Stamps that a full card takes.
    pub(crate) fn target(&self) -> i64 {
        let program = &self.entry.program;
        if self.card.version == 0 {
            program.terms().stamp_target
        } else {
            program.effective_target(self.card.round())
        }
    }

    fn held(&self, unit: Unit) -> i64 {
        let balance = self.card.balance_on(self.moment.day);
        if unit == Unit::Stamp {
            balance.stamps
        } else {
            balance.points - balance.debt
        }
    }

    /// The cheapest reward that the points do not reach yet.
    pub(crate) fn next(&self, page: &Page, have: i64) -> Option<NextReward> {
        let dearer = self.offered().filter_map(|entry| match entry.reward.cost {
            Cost::Fixed(cost) if entry.reward.unit == Unit::Point && cost > have => Some((cost, entry)),
            _ => None,
        });
        let (cost, entry) = dearer.min_by_key(|(cost, _)| *cost)?;
        Some(NextReward {
            cost,
            name: self.reward_name(page, entry),
        })
    }

    fn offered(&self) -> impl Iterator<Item = &RewardEntry> {
        self.catalogue
            .rewards_of(self.entry.program.id())
            .filter(|entry| entry.reward.active)
    }

    /// A reward's name in the page's language.
    pub(crate) fn reward_name(&self, page: &Page, entry: &RewardEntry) -> String {
        entry
            .texts
            .in_locale(page.locale.code(), &self.catalogue.merchant.default_locale)
            .name
    }

    /// What a reward costs this card.
    pub(crate) fn cost(&self, entry: &RewardEntry) -> Amount {
        let amount = match entry.reward.cost {
            Cost::Completion => self.target(),
            Cost::Fixed(cost) => cost,
            Cost::Chosen => least(self.entry),
        };
        Amount {
            unit: telling::unit(entry.reward.unit),
            amount,
        }
    }

    /// What a new customer is welcomed with, one sentence a unit (`WEL-1`).
    pub(crate) fn welcome(&self, page: &Page) -> impl Iterator<Item = String> {
        let gifts = self.entry.program.welcome().into_iter();
        gifts.filter(|&(_, amount)| amount > 0).map(|(unit, amount)| {
            let unit = telling::unit(unit);
            page.text().welcome_promise(Amount { unit, amount }.words(page))
        })
    }

    /// The rewards that the balance reaches, with the fewest points where they are chosen.
    pub(crate) fn reached(&self) -> impl Iterator<Item = (RewardId, Option<i64>)> {
        self.offered().filter_map(|entry| {
            let cost = self.cost(entry).amount;
            let chosen = (entry.reward.cost == Cost::Chosen).then_some(cost);
            (self.held(entry.reward.unit) >= cost).then_some((entry.reward.id, chosen))
        })
    }

    /// The rewards of the program, and how near they are; ready ones first. `refused` are those that the balance
    /// reaches in vain.
    pub(crate) fn rewards(&self, page: &Page, refused: &HashSet<RewardId>) -> Vec<RewardRow> {
        let row = |entry: &RewardEntry| self.reward(page, entry, refused.contains(&entry.reward.id));
        let mut rows: Vec<RewardRow> = self.offered().map(row).collect();
        rows.sort_by_key(|row| !matches!(row.state, RewardState::Ready { .. }));
        rows
    }

    fn reward(&self, page: &Page, entry: &RewardEntry, refused: bool) -> RewardRow {
        let (cost, have) = (self.cost(entry), self.held(entry.reward.unit));
        let times = if refused {
            0
        } else {
            self.bought(entry, cost.amount, have)
        };
        let times = times + self.waiting(entry);
        let state = match times {
            1.. if self.is_at_rest() => RewardState::Away,
            1.. => RewardState::Ready { times },
            _ if have >= cost.amount => RewardState::Away,
            _ => RewardState::Missing(Amount {
                amount: cost.amount - have,
                ..cost
            }),
        };
        RewardRow {
            name: self.reward_name(page, entry),
            state,
            cost,
            have,
        }
    }

    /// How often the balance buys it; nobody looked further than once where there is only so much of it.
    fn bought(&self, entry: &RewardEntry, cost: i64, have: i64) -> i64 {
        let reward = &entry.reward;
        let once = reward.cost == Cost::Chosen || reward.stock.is_some() || reward.conditions.limit.is_some();
        if once {
            i64::from(have >= cost)
        } else {
            have.max(0) / cost.max(1)
        }
    }

    /// Minted and not handed over yet: paid for, whatever became of the offer since.
    fn waiting(&self, entry: &RewardEntry) -> i64 {
        let minted = self.claims.iter().filter(|claim| claim.reward == entry.reward.id);
        i64::try_from(minted.count()).unwrap_or(0)
    }

    /// Nothing at all can be handed over.
    fn is_at_rest(&self) -> bool {
        let in_use = matches!(self.card.status, CardStatus::Active | CardStatus::Unclaimed);
        !in_use || !self.entry.program.is_redeemable(self.moment.at)
    }

    /// Points that become spendable, by day.
    pub(crate) fn coming(&self) -> Vec<Expiry> {
        self.buckets(|key| key.active_on)
    }

    /// Value that ends, by day.
    pub(crate) fn ending(&self) -> Vec<Expiry> {
        self.buckets(|key| key.expires_on)
    }

    fn buckets(&self, day: impl Fn(&domain::bucket::BucketKey) -> Option<jiff::civil::Date>) -> Vec<Expiry> {
        let today = self.card.buckets.on(self.moment.day.max(self.card.day));
        let dated = today.iter().filter_map(|bucket| {
            let amount = Amount {
                unit: telling::unit(bucket.unit),
                amount: bucket.amount,
            };
            day(&bucket.key).map(|on| Expiry { amount, on })
        });
        let mut dated: Vec<Expiry> = dated.collect();
        dated.sort_by_key(|expiry| expiry.on);
        dated
    }

    /// Whether the card can be used now.
    pub(crate) fn state(&self) -> CardState {
        match self.card.status {
            CardStatus::Blocked => CardState::Blocked,
            CardStatus::Closed | CardStatus::Merged => CardState::Closed,
            _ if self.entry.program.is_over(self.moment.at) => CardState::ProgramEnded,
            _ if !self.entry.program.is_running(self.moment.at) => CardState::ProgramPaused,
            _ => CardState::Active,
        }
    }
}

/// The fewest points that a reward of a chosen amount takes: the least, in whole steps (`RED-3`).
pub(crate) fn least(entry: &ProgramEntry) -> i64 {
    let terms = entry.program.terms();
    let step = terms.redeem_step.max(1);
    (terms.redeem_min_points.max(1) + step - 1) / step * step
}
