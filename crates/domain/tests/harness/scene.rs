//! The scene of a story: what is given before its first step, and the names by which its people, places and times go.

use super::book::Book;
use domain::Decision;
use domain::counter::CounterKey;
use domain::decide::looked;
use domain::facts::StaffFacts;
use domain::follow_up::{FollowUp, Signal};
use domain::ids::{CardId, ProgramId, RewardId, StaffId, StoreId};
use domain::moment::{Instant, Moment, plus_days};
use domain::program::{Program, ProgramFacts, ProgramKind, ProgramStatus, Version};
use domain::quantity::Unit;
use domain::reward::{Conditions, Cost, LimitPeriod, Reward, RewardKind};
use domain::terms::Terms;
use jiff::civil::{Date, DateTime, Weekday, date};
use serde_json::{Map, Value, json};
use std::sync::Arc;

const STORES: [&str; 3] = ["Kirchberg", "Belval", "Gare"];
const MINUTE: i64 = 60_000_000;
/// The Monday of the week in which stories without a date happen.
const MONDAY: Date = date(2026, 11, 16);

/// Everything given, and the books.
pub struct Scene {
    facts: ProgramFacts,
    versions: Vec<Version>,
    rewards: Vec<(String, Reward)>,
    /// Minutes after midnight at which the business day begins.
    cutover: i64,
    own_cards: Vec<(String, String)>,
    /// Whether several people serve.
    several: bool,
    book: Book,
}

/// The same id for the same name.
fn number(name: &str) -> uuid::Uuid {
    let mix = |sum: u128, byte: u8| (sum ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    uuid::Uuid::from_u128(name.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, mix))
}

/// The card of a name.
pub fn card(name: &str) -> CardId {
    CardId(number(name))
}

/// The store of a name.
pub fn store(name: &str) -> Result<StoreId, String> {
    STORES
        .contains(&name)
        .then(|| StoreId(number(name)))
        .ok_or(format!("no store {name}"))
}

/// The device on the counter of a store.
pub fn terminal(store: &str) -> domain::ids::TerminalId {
    domain::ids::TerminalId(number(&format!("till of {store}")))
}

impl Scene {
    /// Builds the scene from the given lines.
    pub fn new(given: &[&str]) -> Result<Self, String> {
        let facts = ProgramFacts {
            id: ProgramId(number("program")),
            kind: ProgramKind::Stamps,
            status: ProgramStatus::Active,
            starts_at: None,
            ends_at: None,
            redeem_until: None,
            currency: "EUR".parse().map_err(|_| "EUR")?,
        };
        let version = Version {
            number: 1,
            terms: Arc::new(Terms::default()),
        };
        let versions = vec![version];
        let program = Program::new(facts.clone(), versions.clone()).map_err(|fault| format!("{fault:?}"))?;
        let (rewards, own_cards) = (Vec::new(), Vec::new());
        let book = Book::new(program, Vec::new());
        let mut scene = Self {
            facts,
            versions,
            rewards,
            cutover: 0,
            own_cards,
            several: true,
            book,
        };
        for line in given {
            scene.give(line)?;
        }
        scene.refresh()?;
        Ok(scene)
    }

    /// The books.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The books, to be written.
    pub fn book_mut(&mut self) -> &mut Book {
        &mut self.book
    }

    /// Something that is so from now on; also what the shop changes between two steps.
    pub fn give(&mut self, line: &str) -> Result<(), String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "program" => {
                let (kind, settings) = rest.split_once(':').unwrap_or((rest, ""));
                self.facts.kind = kind.trim().parse().map_err(|_| format!("no kind {kind}"))?;
                self.versions = vec![version(1, settings)?];
            }
            "publish" => self.versions.push(version(self.versions.len() as i64 + 1, rest)?),
            "reward" => {
                let (name, about) = rest.split_once(':').ok_or("a reward needs a colon")?;
                let reward = self.reward_of(name.trim(), about)?;
                self.rewards.retain(|(known, _)| known != name.trim());
                self.rewards.push((name.trim().to_owned(), reward));
            }
            "starts" => self.facts.starts_at = Some(self.moment(rest)?.at),
            "ends" => self.facts.ends_at = Some(self.moment(rest)?.at),
            "redeem" => self.facts.redeem_until = Some(self.moment(rest.trim_start_matches("until "))?.at),
            "status" => self.facts.status = rest.parse().map_err(|_| format!("no status {rest}"))?,
            "opened" => {
                let (many, place) = rest.split_once(" cards at ").ok_or("opened 3 cards at Belval")?;
                let many = many.parse().map_err(|_| format!("not a number: {many}"))?;
                let key = CounterKey::OpenedBy(format!("{}:{MONDAY}", terminal(place)));
                self.book.counters.insert(key, many);
            }
            "one" if rest == "person serves" => self.several = false,
            "day" => self.cutover = minutes(rest.trim_start_matches("begins "))?,
            _ => {
                let (who, whose) = line
                    .split_once(" holds card ")
                    .ok_or(format!("not understood: {line}"))?;
                self.own_cards.push((who.to_owned(), whose.to_owned()));
            }
        }
        self.refresh()
    }

    fn refresh(&mut self) -> Result<(), String> {
        let program = Program::new(self.facts.clone(), self.versions.clone());
        self.book.program = program.map_err(|fault| format!("{fault:?}"))?;
        self.book.rewards = self.rewards.iter().map(|(_, reward)| reward.clone()).collect();
        Ok(())
    }

    /// What a manager hears after a decision that is kept.
    pub fn signals(&self, card: CardId, decision: &Decision) -> Vec<Signal> {
        let mut signals = Vec::new();
        for follow_up in &decision.follow_ups {
            match follow_up {
                FollowUp::Signal(signal) => signals.push(*signal),
                FollowUp::Look => {
                    let history = self.book.cards.get(&card);
                    let mut events = history.map_or_else(Vec::new, |history| history.events.clone());
                    events.reverse();
                    signals.extend(looked(&events, self.several));
                }
            }
        }
        signals
    }

    /// The member of staff of a name.
    pub fn staff(&self, name: &str) -> StaffFacts {
        let own = self.own_cards.iter().find(|(who, _)| who == name);
        let id = StaffId(number(name));
        StaffFacts {
            id,
            own_card: own.map(|(_, whose)| card(whose)),
        }
    }

    /// The reward of a name; one that nobody gave is an id that nobody knows.
    pub fn reward(&self, name: &str) -> RewardId {
        RewardId(number(name))
    }

    /// The name of a reward.
    pub fn reward_name(&self, id: RewardId) -> &str {
        self.rewards
            .iter()
            .find(|(_, reward)| reward.id == id)
            .map_or("?", |(name, _)| name)
    }

    /// The name of a card, as stories call them.
    pub fn card_name(&self, id: CardId) -> &'static str {
        ["A", "B", "C", "D", "E", "F", "G"]
            .into_iter()
            .find(|name| card(name) == id)
            .unwrap_or("?")
    }

    /// The name of a store.
    pub fn store_name(&self, id: StoreId) -> &'static str {
        STORES.iter().find(|name| store(name) == Ok(id)).copied().unwrap_or("?")
    }

    /// A time as stories tell it: `Mon 09:00` in the week of the stories, or a date and a time.
    pub fn moment(&self, told: &str) -> Result<Moment, String> {
        let (day, clock) = told.trim().split_once(' ').ok_or(format!("not a time: {told}"))?;
        let day: Date = match weekday(day) {
            Some(offset) => plus_days(MONDAY, offset),
            None => day.parse().map_err(|_| format!("not a day: {day}"))?,
        };
        let minute = minutes(clock)?;
        let at = Instant((days_since_1970(day) * 24 * 60 + minute) * MINUTE);
        let business_day = if minute < self.cutover { plus_days(day, -1) } else { day };
        let minute_of_day = u16::try_from(minute).map_err(|_| "a minute of the day")?;
        Ok(Moment {
            at,
            day: business_day,
            minute_of_day,
        })
    }

    /// The same, the other way round.
    pub fn clock(&self, at: Instant) -> String {
        let minute = at.0.div_euclid(MINUTE);
        let day = plus_days(date(1970, 1, 1), minute.div_euclid(24 * 60));
        let (hour, minute) = (minute.rem_euclid(24 * 60) / 60, minute.rem_euclid(60));
        let told = (0..7).find(|&offset| plus_days(MONDAY, offset) == day);
        let day = told.map_or(day.to_string(), |offset| WEEK[offset as usize].to_owned());
        format!("{day} {hour:02}:{minute:02}")
    }

    fn reward_of(&self, name: &str, about: &str) -> Result<Reward, String> {
        let mut reward = Reward {
            id: self.reward(name),
            kind: RewardKind::FreeItem,
            unit: if self.facts.kind == ProgramKind::Points {
                Unit::Point
            } else {
                Unit::Stamp
            },
            cost: Cost::Completion,
            stock: None,
            conditions: Conditions::default(),
            active: true,
        };
        for part in about.split(',') {
            self.condition(&mut reward, part.trim())?;
        }
        Ok(reward)
    }

    fn condition(&self, reward: &mut Reward, part: &str) -> Result<(), String> {
        let words: Vec<&str> = part.split_whitespace().collect();
        let whole = |text: &str| text.parse::<i64>().map_err(|_| format!("not a number: {text}"));
        let conditions = &mut reward.conditions;
        match words.as_slice() {
            ["free_item"] => reward.kind = RewardKind::FreeItem,
            ["amount_off"] => reward.kind = RewardKind::AmountOff,
            ["pays", points, "points"] => reward.kind = RewardKind::Points { points: whole(points)? },
            ["for", "a", "full", "card"] => reward.cost = Cost::Completion,
            ["for", "chosen", "points"] => (reward.unit, reward.cost) = (Unit::Point, Cost::Chosen),
            ["for", cost, "stamps"] => (reward.unit, reward.cost) = (Unit::Stamp, Cost::Fixed(whole(cost)?)),
            ["for", cost, "points"] => (reward.unit, reward.cost) = (Unit::Point, Cost::Fixed(whole(cost)?)),
            ["stock", stock] => reward.stock = Some(whole(stock)?),
            ["inactive"] => reward.active = false,
            ["only", "in", place] => conditions.stores.push(store(place)?),
            ["on", day] => {
                let offset = weekday(day).ok_or(format!("no weekday {day}"))?;
                conditions.weekdays.push(offset as i8 + 1);
            }
            ["from", from, "to", to] => {
                conditions.minutes = Some((minutes(from)? as u16, minutes(to)? as u16));
            }
            ["valid", "from", day, clock] => {
                conditions.valid_from = Some(self.moment(&format!("{day} {clock}"))?.at);
            }
            ["valid", "until", day, clock] => {
                conditions.valid_until = Some(self.moment(&format!("{day} {clock}"))?.at);
            }
            ["purchase", "of", amount] => conditions.min_purchase_minor = money(amount)?,
            ["limit", most, period] => conditions.limit = Some((whole(most)?, period_of(period)?)),
            _ => return Err(format!("not understood: {part}")),
        }
        Ok(())
    }
}

fn period_of(word: &str) -> Result<LimitPeriod, String> {
    match word {
        "ever" => Ok(LimitPeriod::Ever),
        "daily" => Ok(LimitPeriod::Day),
        "weekly" => Ok(LimitPeriod::Week),
        "monthly" => Ok(LimitPeriod::Month),
        _ => Err(format!("no period {word}")),
    }
}

const WEEK: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

fn weekday(word: &str) -> Option<i64> {
    WEEK.iter().position(|day| *day == word).map(|place| place as i64)
}

fn minutes(clock: &str) -> Result<i64, String> {
    let (hour, minute) = clock.trim().split_once(':').ok_or(format!("not a clock: {clock}"))?;
    let whole = |text: &str| text.parse::<i64>().map_err(|_| format!("not a clock: {clock}"));
    Ok(whole(hour)? * 60 + whole(minute)?)
}

fn days_since_1970(day: Date) -> i64 {
    let midnight = DateTime::from_parts(day, jiff::civil::Time::midnight());
    let seconds = midnight
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_or(0, |zoned| zoned.timestamp().as_second());
    assert_eq!(date(1970, 1, 1).weekday(), Weekday::Thursday);
    seconds.div_euclid(24 * 60 * 60)
}

/// `12.50` in minor units.
pub fn money(text: &str) -> Result<i64, String> {
    let fault = || format!("not an amount: {text}");
    let (whole, part) = text.split_once('.').ok_or_else(fault)?;
    if part.len() != 2 {
        return Err(fault());
    }
    format!("{whole}{part}").parse().map_err(|_| fault())
}

/// A version whose settings are named as the terms name them: `stamp_target 8, stamp_overflow block`.
fn version(number: i64, settings: &str) -> Result<Version, String> {
    let mut named = Map::new();
    for setting in settings.split(',').map(str::trim).filter(|setting| !setting.is_empty()) {
        let (name, value) = setting
            .split_once(' ')
            .ok_or(format!("a setting needs a value: {setting}"))?;
        named.insert(name.to_owned(), value_of(name, value)?);
    }
    let terms: Terms = serde_json::from_value(Value::Object(named)).map_err(|fault| fault.to_string())?;
    Ok(Version {
        number,
        terms: Arc::new(terms),
    })
}

fn value_of(name: &str, value: &str) -> Result<Value, String> {
    if name.starts_with("excluded_") {
        return Ok(value.split('+').collect());
    }
    if let Some((key, days)) = value.split_once(' ') {
        return Ok(json!({ key: days.parse::<u8>().map_err(|_| format!("not days: {days}"))? }));
    }
    let number = value.parse::<i64>().map(Value::from);
    Ok(number
        .or_else(|_| value.parse::<bool>().map(Value::from))
        .unwrap_or_else(|_| Value::from(value)))
}
