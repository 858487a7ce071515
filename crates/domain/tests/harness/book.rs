//! A ledger in memory: it loads what a decision may look at, keeps what was decided, and checks on the way what must
//! hold for every event. It must not know a rule; it keeps books.

use super::checks::check;
use super::merging;
use domain::claim::{Chance, Claim, ClaimStatus};
use domain::command::{Command, Wanted};
use domain::counter::{CounterKey, Counters};
use domain::decide::{counter_keys, decide, merge_counter_keys};
use domain::event::{Event, Line, Origin, Reason};
use domain::facts::{Authority, OrderEvents, StaffFacts, Target, Waiting};
use domain::ids::{CardId, ClaimId, RewardId};
use domain::moment::Moment;
use domain::order::{Order, OrderRef};
use domain::program::Program;
use domain::proof::Proof;
use domain::reward::{Cost, Reward};
use domain::{Card, Decision, Facts, Rejection};
use std::collections::{BTreeMap, BTreeSet};

/// A card with its whole history.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The fold of its events.
    pub card: Card,
    /// Everything that happened to it.
    pub events: Vec<Event>,
    /// What was taken back.
    pub voided: BTreeSet<i64>,
    /// Its claims in the order in which they were made.
    pub claims: Vec<ClaimId>,
}

/// The books of one program.
#[derive(Clone, Debug)]
pub struct Book {
    /// The program.
    pub program: Program,
    /// What it offers.
    pub rewards: Vec<Reward>,
    /// Its cards.
    pub cards: BTreeMap<CardId, History>,
    /// Every claim.
    pub claims: BTreeMap<ClaimId, Claim>,
    /// Every order, with the card it belongs to.
    pub orders: BTreeMap<OrderRef, (CardId, Order)>,
    /// Every shared counter.
    pub counters: BTreeMap<CounterKey, i64>,
    /// Which card each person got last.
    pub people: BTreeMap<String, CardId>,
    /// How often chance was asked.
    pub chances: u128,
}

/// Who opens a card when a story does not say.
pub const NOBODY: &str = "holder";

/// One command with its circumstances.
#[derive(Clone, Debug)]
pub struct Ask {
    /// To which card.
    pub card: CardId,
    /// When.
    pub moment: Moment,
    /// What the clock says, if it stands before the card's last event.
    pub clock: Option<Moment>,
    /// From where.
    pub origin: Origin,
    /// With which right.
    pub authority: Authority,
    pub proof: Proof,
    pub override_reason: Option<Reason>,
    /// Served by whom.
    pub staff: Option<StaffFacts>,
    /// What.
    pub command: Command,
}

impl Book {
    /// Empty books.
    pub fn new(program: Program, rewards: Vec<Reward>) -> Self {
        let (cards, claims, orders) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self {
            program,
            rewards,
            cards,
            claims,
            orders,
            counters: BTreeMap::new(),
            people: BTreeMap::new(),
            chances: 0,
        }
    }

    /// What a full card turns into.
    pub fn completion(&self) -> Option<&Reward> {
        self.rewards.iter().find(|reward| reward.cost == Cost::Completion)
    }

    fn reward(&self, id: RewardId) -> Option<&Reward> {
        self.rewards.iter().find(|reward| reward.id == id)
    }

    fn target(&self, card: CardId, sequence: i64) -> Option<Target> {
        let history = self.cards.get(&card)?;
        let event = history.events.iter().find(|event| event.sequence == sequence)?.clone();
        let claims = event
            .claims
            .iter()
            .filter_map(|note| self.claims.get(&note.id).cloned())
            .collect();
        Some(Target {
            voided: history.voided.contains(&sequence),
            claims,
            event,
        })
    }

    /// The claims that a close would void.
    fn waiting(&self, ask: &Ask) -> Vec<Waiting> {
        match ask.command {
            Command::Close { .. } => self.waiting_on(ask.card),
            _ => Vec::new(),
        }
    }

    /// The claims of a card that wait.
    pub fn waiting_on(&self, card: CardId) -> Vec<Waiting> {
        let claims = self.cards.get(&card).map_or(&[][..], |history| &history.claims);
        let claims = claims.iter().filter_map(|id| self.claims.get(id));
        claims
            .filter(|claim| claim.status == ClaimStatus::Issued)
            .filter_map(|claim| {
                Some(Waiting {
                    claim: claim.clone(),
                    minted: self.target(card, claim.minted_by)?.event,
                })
            })
            .collect()
    }

    fn order_of(&self, ask: &Ask) -> Option<&Order> {
        let known = |reference: &OrderRef| self.orders.get(reference).map(|(_, order)| order);
        match &ask.command {
            Command::Earn(purchase) | Command::Purchase(purchase) => purchase.order.as_ref().and_then(known),
            Command::Redeem { order, .. } => order.as_ref().and_then(known),
            Command::Return { order, .. } => known(order),
            Command::Void { event, .. } => {
                let mut own = self
                    .orders
                    .values()
                    .filter(|(card, _)| *card == ask.card)
                    .map(|(_, order)| order);
                own.find(|order| order.earned_by == Some(*event) || order.redeemed_by == Some(*event))
            }
            _ => None,
        }
    }

    fn order_events(&self, ask: &Ask) -> OrderEvents {
        let Some(order) = self.order_of(ask) else {
            return OrderEvents::default();
        };
        let find = |sequence: Option<i64>| self.target(ask.card, sequence?);
        let told = |found: &Target| (found.event.clone(), found.voided);
        match &ask.command {
            Command::Return { .. } => {
                let earned = find(order.earned_by);
                OrderEvents {
                    earned: earned.as_ref().map(told),
                    claims: earned.map(|found| found.claims).unwrap_or_default(),
                    redeemed: find(order.redeemed_by).as_ref().map(told),
                }
            }
            Command::Earn(_) | Command::Purchase(_) => OrderEvents {
                redeemed: find(order.redeemed_by).as_ref().map(told),
                ..OrderEvents::default()
            },
            _ => OrderEvents::default(),
        }
    }

    /// An order belongs to one card; the ledger sees that before it asks for a decision (`IDM-4`).
    fn other_card(&self, ask: &Ask) -> Option<Rejection> {
        let (reference, refusal) = match &ask.command {
            Command::Earn(purchase) | Command::Purchase(purchase) => {
                (purchase.order.as_ref(), Rejection::OrderRefConflict)
            }
            Command::Redeem { order, .. } => (order.as_ref(), Rejection::OrderRefConflict),
            Command::Return { order, .. } => (Some(order), Rejection::OrderNotFound),
            _ => return None,
        };
        let (card, _) = self.orders.get(reference?)?;
        (*card != ask.card).then_some(refusal)
    }

    /// A person has one open card of a program; the ledger looks that up before it asks for a decision (`ENR-4`). Whoever
    /// a story does not name is nobody in particular.
    fn has_a_card(&self, ask: &Ask) -> bool {
        let Command::Enroll {
            person: Some(person), ..
        } = &ask.command
        else {
            return false;
        };
        let other = self.people.get(person).filter(|card| **card != ask.card);
        let open = |card: &CardId| {
            self.cards
                .get(card)
                .is_some_and(|history| history.card.status != domain::card::CardStatus::Closed)
        };
        person != NOBODY && other.is_some_and(open)
    }

    /// Decides without keeping anything.
    pub fn ask(&self, ask: &Ask) -> Result<Decision, Rejection> {
        if self.has_a_card(ask) {
            return Err(Rejection::AlreadyEnrolled);
        }
        if let Some(refusal) = self.other_card(ask) {
            return Err(refusal);
        }
        let blank = Card::blank();
        let target = match &ask.command {
            Command::Void { event, .. } => self.target(ask.card, *event),
            _ => None,
        };
        let claim = match &ask.command {
            Command::Redeem {
                wanted: Wanted::Claim(id),
                ..
            } => self.claims.get(id),
            _ => None,
        };
        let reward = match &ask.command {
            Command::Redeem {
                wanted: Wanted::Reward(id),
                ..
            } => self.reward(*id),
            Command::Redeem { .. } => claim.and_then(|claim| self.reward(claim.reward)),
            _ => None,
        };
        let order_events = self.order_events(ask);
        let waiting = self.waiting(ask);
        let coming = merging::Coming::of(self, ask);
        let rewards: Vec<&Reward> = self.rewards.iter().collect();
        let mut taken = taken(target.as_ref(), &order_events, &waiting);
        taken.extend(coming.iter().flat_map(|coming| coming.minted()));
        let facts = Facts {
            moment: ask.moment,
            clock: ask.clock.unwrap_or(ask.moment),
            origin: ask.origin,
            authority: ask.authority,
            proof: ask.proof,
            override_reason: ask.override_reason,
            program: &self.program,
            card_id: ask.card,
            card: self.cards.get(&ask.card).map_or(&blank, |history| &history.card),
            staff: ask.staff,
            reward,
            completion: self.completion(),
            claim,
            waiting: &waiting,
            target: target.as_ref(),
            order: self.order_of(ask),
            order_events: &order_events,
            merging: coming.as_ref().map(|coming| coming.facts(self, &rewards)),
            counters: &self.locked(ask, &taken),
            chance: Chance(uuid::Uuid::from_u128(self.chances << 64), self.chances as u64),
        };
        let first = decide(&facts, &ask.command);
        assert_eq!(
            first,
            decide(&facts, &ask.command),
            "the same facts give the same answer"
        );
        if let Ok(decision) = &first {
            for (key, _) in &decision.counters {
                assert!(self.keys(ask, &taken).contains(key), "{key:?} was not locked");
            }
        }
        first
    }

    fn keys(&self, ask: &Ask, taken: &[&Event]) -> Vec<CounterKey> {
        let clock = ask.clock.unwrap_or(ask.moment);
        let place = (&clock, &ask.origin);
        let find = |id| self.reward(id);
        if let Command::Merge { from, .. } = ask.command {
            return merge_counter_keys([from, ask.card], &clock, self.rewards.iter(), taken);
        }
        counter_keys(
            &ask.command,
            &self.program,
            ask.card,
            place,
            self.completion(),
            find,
            taken,
        )
    }

    /// Only the counters that a ledger would have locked.
    fn locked(&self, ask: &Ask, taken: &[&Event]) -> Counters {
        let mut counters = Counters::default();
        for key in self.keys(ask, taken) {
            let used = self.counters.get(&key).copied().unwrap_or(0);
            counters.set(key, used);
        }
        counters
    }

    /// Keeps what was decided.
    pub fn keep(&mut self, ask: &Ask, decision: &Decision) {
        self.chances += 1;
        if let Command::Enroll {
            person: Some(person), ..
        } = &ask.command
        {
            self.people.insert(person.clone(), ask.card);
        }
        let reference = match &ask.command {
            Command::Earn(purchase) | Command::Purchase(purchase) => purchase.order.clone(),
            Command::Redeem { order, .. } => order.clone(),
            Command::Return { order, .. } => Some(order.clone()),
            _ => None,
        };
        if let Some(order) = &decision.order {
            let reference = reference.expect("an order is decided only where one is named");
            self.orders.insert(reference, (ask.card, order.clone()));
        }
        for (key, amount) in &decision.counters {
            *self.counters.entry(key.clone()).or_insert(0) += amount;
        }
        if let Some(other) = &decision.other {
            self.write(other.card, &other.claims, &other.event, &other.event.why);
        }
        self.keep_claims(ask.card, &decision.claims);
        if let Some(event) = &decision.event {
            self.write(ask.card, &[], event, &decision.why);
        }
    }

    fn keep_claims(&mut self, card: CardId, claims: &[Claim]) {
        let history = self.cards.entry(card).or_default();
        for claim in claims {
            let before = self.claims.insert(claim.id, claim.clone());
            assert_eq!(
                claim.version,
                before.map_or(0, |before| before.version) + 1,
                "claims change one step at a time"
            );
            if !history.claims.contains(&claim.id) {
                history.claims.push(claim.id);
            }
        }
    }

    fn write(&mut self, card: CardId, claims: &[Claim], event: &Event, why: &[Line]) {
        self.keep_claims(card, claims);
        let history = self.cards.entry(card).or_default();
        history.voided.extend(event.reverses);
        history.card.apply(event);
        history.events.push(event.clone());
        check(&self.program, history, event, why);
    }
}

/// The events whose rewards a command may give back.
fn taken<'a>(target: Option<&'a Target>, order: &'a OrderEvents, waiting: &'a [Waiting]) -> Vec<&'a Event> {
    let voided = target.into_iter().map(|target| &target.event);
    let returned = order.earned.iter().map(|(event, _)| event);
    let left = waiting.iter().map(|waiting| &waiting.minted);
    voided.chain(returned).chain(left).collect()
}
