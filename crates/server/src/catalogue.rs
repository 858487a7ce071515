//! What a merchant offers and where: stores, staff, programs, rewards and their texts, as one immutable value. The
//! ledger compares its revision in every batch; pages and the API read it from the cache.

mod business_day;

use crate::pins::PinRules;
use domain::event::Actor;
use domain::facts::StaffFacts;
use domain::ids::{KeyId, MerchantId, PinId, ProgramId, RewardId, StaffId, StoreId, TerminalId};
use domain::moment::{Instant, Moment};
use domain::program::Program;
use domain::quantity::Currency;
use domain::reward::{Cost, Reward};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// The tenant, as every surface needs it.
#[derive(Clone, Debug)]
pub struct Merchant {
    /// Its id.
    pub id: MerchantId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// ISO 3166 code; supplies the prefix of national phone numbers.
    pub country: String,
    /// Zone of its stores, unless a store says otherwise.
    pub zone: TimeZone,
    /// Language when nothing else says one.
    pub default_locale: String,
    /// Currency of its programs.
    pub currency: Currency,
    /// Brand colour, `#rrggbb`.
    pub colour: String,
    /// Name of the mark its stamps show.
    pub mark: String,
    /// Whether its tills may work.
    pub active: bool,
    /// Minutes after midnight at which a business day begins (`TIME-1`).
    pub cutover_minutes: i64,
    /// How its staff prove who they are.
    pub pins: PinRules,
}

/// A place where cards are served.
#[derive(Clone, Debug)]
pub struct Store {
    /// Its id.
    pub id: StoreId,
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its own zone, if it has one.
    pub zone: Option<TimeZone>,
    /// Whether it serves.
    pub open: bool,
}

/// A person who serves.
#[derive(Clone, Debug)]
pub struct StaffMember {
    /// Their id.
    pub id: StaffId,
    /// Their PIN as a resource.
    pub pin_id: PinId,
    /// Their name at the till.
    pub name: String,
    /// `cashier` or `manager`.
    pub role: String,
    /// Whether they serve; who left stays in the history.
    pub active: bool,
    /// Which state of their PIN is good; none where there is none (`PIN-6`).
    pub pin_version: Option<i64>,
    /// Where they serve; empty for everywhere.
    pub stores: Vec<StoreId>,
    /// What the rules need to know.
    pub facts: StaffFacts,
}

/// A name and a sentence in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The name.
    pub name: String,
    /// A sentence.
    pub description: String,
    /// How it works; programs only.
    pub how_it_works: String,
}

/// Texts by language code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub BTreeMap<String, Text>);

impl Texts {
    /// The text in a language, else in the merchant's, else any.
    pub fn in_locale(&self, locale: &str, fallback: &str) -> Text {
        let found = self
            .0
            .get(locale)
            .or_else(|| self.0.get(fallback))
            .or_else(|| self.0.values().next());
        found.cloned().unwrap_or_default()
    }
}

/// A program with its texts.
#[derive(Clone, Debug)]
pub struct ProgramEntry {
    /// Its name in addresses.
    pub slug: String,
    /// The rules of it.
    pub program: Program,
    /// Its texts.
    pub texts: Texts,
}

/// A reward with its texts.
#[derive(Clone, Debug)]
pub struct RewardEntry {
    /// Of which program.
    pub program: ProgramId,
    /// The rules of it.
    pub reward: Reward,
    /// Its texts.
    pub texts: Texts,
}

/// Everything a merchant offers.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Raised by every change.
    pub revision: i64,
    /// The tenant.
    pub merchant: Merchant,
    /// Its stores, by name.
    pub stores: Vec<Store>,
    /// Its staff, by name, with those who left.
    pub staff: Vec<StaffMember>,
    /// Its programs, in their order.
    pub programs: Vec<ProgramEntry>,
    /// Its rewards, in their order.
    pub rewards: Vec<RewardEntry>,
    /// Its API keys and terminals that were taken back last: whoever verified one of them a moment ago must not trust it.
    pub revoked: HashSet<Uuid>,
}

impl StaffMember {
    /// Whether they serve in a store.
    pub fn serves_in(&self, store: StoreId) -> bool {
        self.stores.is_empty() || self.stores.contains(&store)
    }
}

impl Catalogue {
    /// Whether somebody serves in a store with this state of their PIN.
    pub fn stands(&self, staff: StaffId, version: i64, store: Option<StoreId>) -> bool {
        self.serving(staff).is_some_and(|member| {
            member.pin_version == Some(version) && store.is_none_or(|store| member.serves_in(store))
        })
    }

    /// Whether a caller's credential was taken back.
    pub fn is_revoked(&self, actor: Actor) -> bool {
        match actor {
            Actor::Key(KeyId(id)) | Actor::Terminal(TerminalId(id)) => self.revoked.contains(&id),
            _ => false,
        }
    }

    /// Whether more than one person serves in a store, or anywhere where none is named.
    pub fn several_serve(&self, store: Option<StoreId>) -> bool {
        let here = |member: &&StaffMember| member.active && store.is_none_or(|store| member.serves_in(store));
        self.staff.iter().filter(here).nth(1).is_some()
    }

    /// A store by id.
    pub fn store(&self, id: StoreId) -> Option<&Store> {
        self.stores.iter().find(|store| store.id == id)
    }

    /// A program by id.
    pub fn program(&self, id: ProgramId) -> Option<&ProgramEntry> {
        self.programs.iter().find(|entry| entry.program.id() == id)
    }

    /// A reward by id.
    pub fn reward(&self, id: RewardId) -> Option<&RewardEntry> {
        self.rewards.iter().find(|entry| entry.reward.id == id)
    }

    /// The rewards of a program, in their order.
    pub fn rewards_of(&self, program: ProgramId) -> impl Iterator<Item = &RewardEntry> {
        self.rewards.iter().filter(move |entry| entry.program == program)
    }

    /// The reward that a full stamp card of a program gives.
    pub fn completion(&self, program: ProgramId) -> Option<&Reward> {
        self.rewards_of(program)
            .map(|entry| &entry.reward)
            .find(|reward| reward.active && reward.cost == Cost::Completion)
    }

    /// A member of staff by id, also one who left.
    pub fn staff_member(&self, id: StaffId) -> Option<&StaffMember> {
        self.staff.iter().find(|member| member.id == id)
    }

    /// A member of staff who serves, by id.
    pub fn serving(&self, id: StaffId) -> Option<&StaffMember> {
        self.staff_member(id).filter(|member| member.active)
    }

    /// A member of staff who serves, by name, however it is capitalised.
    pub fn serving_named(&self, name: &str) -> Option<&StaffMember> {
        let wanted = name.to_lowercase();
        let mut serving = self.staff.iter().filter(|member| member.active);
        serving.find(|member| member.name.to_lowercase() == wanted)
    }

    /// The zone of a store, else the merchant's.
    pub fn zone(&self, store: Option<StoreId>) -> &TimeZone {
        store
            .and_then(|id| self.store(id))
            .and_then(|store| store.zone.as_ref())
            .unwrap_or(&self.merchant.zone)
    }

    /// An instant as it reads on a store's wall, and the business day it belongs to (`TIME-1`): the day begins at the
    /// cutover, in the store's zone, whatever daylight saving does that night.
    pub fn moment(&self, store: Option<StoreId>, at: Instant) -> Moment {
        business_day::moment(self.zone(store), self.merchant.cutover_minutes, at)
    }
}
