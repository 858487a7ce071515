//! One card's year, day by day: when its customer comes, what they buy, what goes wrong. It keeps the card's balance as
//! it goes, so that rewards are asked for when they are ready. Pure.

use super::calendar::instant;
use super::chance::Chance;
use super::deed::{By, Deed, Life, Standing, What};
use super::people::{Habit, person};
use super::place::Place;
use super::shops::ProgramFacts;
use domain::event::Reason;
use domain::ids::{CardId, CustomerId};
use domain::moment::Instant;
use domain::quantity::Unit;
use jiff::civil::Date;

/// The days of the year, and how busy each is in a shop.
pub struct Days<'a> {
    /// The days, oldest first.
    pub dates: &'a [Date],
    /// How busy the shop is on each.
    pub weights: &'a [i64],
    /// The end of the year: now.
    pub until: Instant,
    /// How often people come, in a thousand of their habit.
    pub pace: i64,
}

/// What may go wrong once in a card's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Incident {
    Lost,
    Found,
    Fraud,
    Damaged,
    Apology,
    Farewell,
}

/// A diary being written.
pub struct Diary<'a> {
    pub(super) place: &'a Place,
    pub(super) program: &'a ProgramFacts,
    pub(super) chance: Chance,
    pub(super) life: Life,
    pub(super) home: usize,
    pub(super) due: Option<(usize, String, i64)>,
    until: Instant,
    over: bool,
}

/// Writes the year of the card of a number: `of_shop` counts within the shop.
pub fn write(
    seed: u64,
    (number, of_shop): (usize, usize),
    (place_number, place): (usize, &Place),
    (program_number, program): (usize, &ProgramFacts),
    days: &Days<'_>,
) -> Life {
    let mut chance = Chance::of(seed, "cards", number);
    let rushes = place.shop.hours.weekday.len();
    let who = person(&mut chance, of_shop, place.shop.locale, rushes);
    let others = i64::try_from(place.stores.len()).unwrap_or(1);
    let home = chance.below(others).min(chance.below(others));
    let joined = joined(&mut chance, days);
    let date = days.dates.get(joined).copied().unwrap_or_default();
    let midnight = instant(date, 0, 0, &place.zone);
    let life = Life {
        number,
        place: place_number,
        program: program_number,
        card: CardId(chance.id(midnight)),
        customer: CustomerId(chance.id(midnight)),
        person: who,
        deeds: Vec::new(),
        standing: Standing::default(),
        taken: Vec::new(),
    };
    let home = usize::try_from(home).unwrap_or(0);
    let mut diary = Diary {
        place,
        program,
        chance,
        life,
        home,
        due: None,
        until: days.until,
        over: false,
    };
    diary.live(Chance::of(seed, "days", number), joined, days);
    diary.life
}

/// The day a card is opened: many in the first weeks, the others all through the year, never on the last day.
fn joined(chance: &mut Chance, days: &Days<'_>) -> usize {
    let last = i64::try_from(days.dates.len()).unwrap_or(2) - 2;
    let wanted = if chance.in_thousand(330) {
        chance.between(0, 45.min(last))
    } else {
        chance.between(0, last)
    };
    let wanted = usize::try_from(wanted).unwrap_or(0);
    let open = |place: &usize| days.weights.get(*place).is_some_and(|weight| *weight > 0);
    (0..=wanted).rev().find(open).unwrap_or(0)
}

impl Diary<'_> {
    fn live(&mut self, mut daily: Chance, joined: usize, days: &Days<'_>) {
        let last = days.dates.len() - 1;
        let (leaves, incident) = self.fate(joined, last);
        let Some(&first) = days.dates.get(joined) else { return };
        let at = self.moment(first);
        self.join(at);
        if self.chance.in_thousand(850) {
            let soon = at.plus_minutes(self.chance.between(1, 4));
            self.visit(soon, first, joined);
        }
        let mut incident = incident;
        for place in joined + 1..=last {
            let (Some(&day), Some(&weight)) = (days.dates.get(place), days.weights.get(place)) else {
                break;
            };
            // Drawn every day, so that what happens on one does not move the others.
            let drawn = daily.below(1_000_000);
            // A demonstration's last day is a working day.
            let weight = if place == last { weight.max(60) } else { weight };
            if self.over || place > leaves || weight == 0 {
                continue;
            }
            if self.due.as_ref().is_some_and(|(due, _, _)| *due <= place) {
                self.bring_back(day);
            } else if let Some((_, what)) = incident.filter(|(due, _)| *due <= place) {
                incident = self.suffer(what, day, place);
            } else if !self.life.standing.stopped
                && drawn < self.life.person.visits * self.program.pace / 100 * weight * days.pace / 70
            {
                let at = self.moment(day);
                self.visit(at, day, place);
                let early = self.life.person.rush.is_some_and(|rush| rush < 2);
                if early && self.life.person.habit == Habit::Regular && self.chance.in_thousand(60) {
                    let later = at.plus_minutes(self.chance.between(200, 290));
                    self.visit(later, day, place);
                }
            }
        }
    }

    /// When the customer stays away for good, and what goes wrong on the way.
    fn fate(&mut self, joined: usize, last: usize) -> (usize, Option<(usize, Incident)>) {
        let whole = i64::try_from(last - joined).unwrap_or(1);
        let lapses = self.chance.in_thousand(230);
        let stays = match self.life.person.habit {
            Habit::Passing => self.chance.between(20, 70),
            _ if lapses => self.chance.between(whole / 4, whole),
            _ => whole,
        };
        let incident = match self.chance.below(1_000) {
            0..8 => Some(Incident::Lost),
            8..10 => Some(Incident::Fraud),
            10..22 => Some(Incident::Damaged),
            22..60 => Some(Incident::Apology),
            60..63 => Some(Incident::Farewell),
            _ => None,
        };
        let when = joined + 1 + usize::try_from(self.chance.below(stays)).unwrap_or(0);
        (
            joined + usize::try_from(stays).unwrap_or(0),
            incident.map(|what| (when, what)),
        )
    }

    /// A time of a day at which this customer comes.
    fn moment(&mut self, day: Date) -> Instant {
        let rushes = self.place.shop.hours.rushes(day);
        let weights: Vec<i64> = rushes.iter().map(|(_, _, weight)| *weight).collect();
        let drawn = self.chance.weighted(&weights);
        let which = self
            .life
            .person
            .rush
            .filter(|rush| *rush < rushes.len())
            .unwrap_or(drawn);
        let (from, to, _) = rushes.get(which).copied().unwrap_or((600, 1_080, 100));
        let minute = self.chance.between(from, to - 1);
        instant(day, minute, self.chance.below(60), &self.place.zone)
    }

    fn join(&mut self, at: Instant) {
        let till = self.till(self.home);
        let (by, staff) = if self.life.person.contact.is_some() {
            (By::Till(till), Some(self.colleague()))
        } else {
            (By::Customer, None)
        };
        if self.note(at, (self.home, staff, by), What::Join) && self.life.person.contact.is_some() {
            self.welcome();
        }
    }

    /// The gift for the first time; a card without a contact gets it with its first earn (`WEL-1`).
    pub(super) fn welcome(&mut self) -> (i64, i64) {
        let (kind, terms, standing) = (self.program.kind, &self.program.terms, &mut self.life.standing);
        if standing.welcomed {
            return (0, 0);
        }
        standing.welcomed = true;
        let stamps = if kind.has_stamps() { terms.welcome_stamps } else { 0 };
        let points = if kind.has_points() { terms.welcome_points } else { 0 };
        standing.stamps += stamps;
        standing.points += points;
        (stamps, points)
    }

    /// Goods of a web order come back.
    fn bring_back(&mut self, day: Date) {
        let Some((_, order, amount)) = self.due.take() else {
            return;
        };
        let at = instant(day, 10 * 60, self.chance.below(60), &self.place.zone);
        let gone = self.points_of(amount);
        if self.note(at, (0, None, By::Key), What::Return(order, amount)) {
            self.life.standing.points -= gone;
        }
    }

    /// Something goes wrong; answers what will follow.
    fn suffer(&mut self, what: Incident, day: Date, place: usize) -> Option<(usize, Incident)> {
        let minute = 11 * 60 + self.chance.below(50);
        let at = instant(day, minute, self.chance.below(60), &self.place.zone);
        let from = (self.home, Some(self.manager()), By::Manager(self.till(self.home)));
        match what {
            Incident::Lost => {
                self.life.standing.stopped = self.note(at, from, What::Block(Reason::Lost));
                self.chance.in_thousand(600).then_some((place + 1, Incident::Found))
            }
            Incident::Found => {
                let replaced = self.note(at, from, What::Replace(Reason::Lost));
                let goes_on = replaced && self.note(at.plus_minutes(1), from, What::Unblock);
                self.life.standing.stopped = !goes_on;
                None
            }
            Incident::Fraud => {
                self.life.standing.stopped = self.note(at, from, What::Block(Reason::Fraud));
                None
            }
            Incident::Damaged => {
                self.note(at, from, What::Replace(Reason::Damaged));
                None
            }
            Incident::Apology => {
                let (unit, amount) = if self.program.kind.has_points() {
                    (Unit::Point, 25)
                } else {
                    (Unit::Stamp, 1)
                };
                let words = self.chance.pick(self.place.shop.apologies);
                if self.note(at, from, What::Adjust(unit, amount, words)) {
                    match unit {
                        Unit::Stamp => self.life.standing.stamps += amount,
                        Unit::Point => self.life.standing.points += amount,
                    }
                }
                None
            }
            Incident::Farewell => {
                self.life.standing.stopped = self.note(at, from, What::Close);
                self.over |= self.life.standing.stopped;
                None
            }
        }
    }

    /// A terminal of a store.
    pub(super) fn till(&mut self, store: usize) -> usize {
        self.chance.pick(&self.place.terminals_of(store))
    }

    /// Somebody who serves; managers do too, now and then.
    pub(super) fn colleague(&mut self) -> usize {
        let role = if self.chance.in_thousand(120) {
            "manager"
        } else {
            "cashier"
        };
        self.chance.pick(&self.place.staff_of(role))
    }

    pub(super) fn manager(&mut self) -> usize {
        self.chance.pick(&self.place.staff_of("manager"))
    }

    /// Notes a deed. What would happen after the end of the year does not happen, and nothing after it.
    pub(super) fn note(&mut self, at: Instant, (store, staff, by): (usize, Option<usize>, By), what: What) -> bool {
        if self.over || at > self.until || at <= self.life.standing.last_at {
            self.over |= at > self.until;
            return false;
        }
        self.life.standing.last_at = at;
        let version = i64::try_from(self.life.deeds.len()).unwrap_or(0) + 1;
        self.life.deeds.push(Deed {
            at,
            store,
            staff,
            by,
            what,
            version,
        });
        true
    }
}
