//! The whole year of all shops: so many cards, and at least so many events. Pure: the same plan is the same year.

use super::Plan;
use super::calendar::day_of;
use super::deed::Life;
use super::diary::{self, Days};
use super::place::{Place, lay_out};
use crate::error::Error;
use domain::moment::{Instant, plus_days};
use jiff::civil::Date;

/// Days of a year.
const DAYS: i64 = 365;
/// A thousandth more than asked for is near enough.
const NEAR_THOUSANDTHS: usize = 15;
/// How often the pace is corrected before any year with enough events will do.
const CORRECTIONS_MAX: usize = 12;

/// What happens in the demonstration.
#[derive(Clone, Debug)]
pub struct Year {
    /// The shops.
    pub places: Vec<Place>,
    /// The cards.
    pub lives: Vec<Life>,
    /// When the shops were founded: just before the year.
    pub founded: Instant,
}

impl Year {
    /// How many events all cards have.
    pub fn events(&self) -> usize {
        self.lives.iter().map(|life| life.deeds.len()).sum()
    }

    /// Every deed as life and place in it, in the order of time.
    pub fn in_order(&self) -> Vec<(usize, usize)> {
        let mut order: Vec<(Instant, usize, usize)> = Vec::with_capacity(self.events());
        for (number, life) in self.lives.iter().enumerate() {
            order.extend(
                life.deeds
                    .iter()
                    .enumerate()
                    .map(|(place, deed)| (deed.at, number, place)),
            );
        }
        order.sort_unstable();
        order.into_iter().map(|(_, life, deed)| (life, deed)).collect()
    }
}

/// Draws the year of a plan: people keep their habits, and the pace of all is corrected until there are enough events.
///
/// # Errors
/// When a time zone is unknown.
pub fn year(plan: &Plan) -> Result<Year, Error> {
    let founded = plan.until.plus_minutes(-(DAYS + 1) * 24 * 60);
    let places = lay_out(plan.seed, founded)?;
    let frames: Vec<(Vec<Date>, Vec<i64>)> = places.iter().map(|place| frame(place, plan.until)).collect();
    let wanted = plan.size.events();
    let (mut pace, mut best): (i64, Option<Vec<Life>>) = (820, None);
    for _ in 0..CORRECTIONS_MAX {
        let lives = draw(plan, &places, &frames, pace);
        let events = lives.iter().map(|life| life.deeds.len()).sum::<usize>().max(1);
        let enough = events >= wanted;
        let near = enough && events <= wanted + wanted * NEAR_THOUSANDTHS / 1_000;
        let fewer = |best: &Vec<Life>| events < best.iter().map(|life| life.deeds.len()).sum::<usize>();
        if enough && best.as_ref().is_none_or(fewer) {
            best = Some(lives);
        }
        if near {
            break;
        }
        let aim = wanted + wanted * NEAR_THOUSANDTHS / 2_000;
        let corrected = i128::from(pace) * aim as i128 / events as i128;
        pace = i64::try_from(corrected).unwrap_or(pace).max(1) + i64::from(!enough);
    }
    let lives = best.ok_or_else(|| Error::malformed("demonstration", "no year has enough events"))?;
    Ok(Year { places, lives, founded })
}

/// The days of the year in a shop, and how busy it is on each.
fn frame(place: &Place, until: Instant) -> (Vec<Date>, Vec<i64>) {
    let last = day_of(until, &place.zone);
    let dates: Vec<Date> = (0..DAYS).map(|back| plus_days(last, back + 1 - DAYS)).collect();
    let weights = dates
        .iter()
        .map(|&day| place.shop.hours.weight(day, place.shop.holidays))
        .collect();
    (dates, weights)
}

fn draw(plan: &Plan, places: &[Place], frames: &[(Vec<Date>, Vec<i64>)], pace: i64) -> Vec<Life> {
    let cards = plan.size.cards();
    let mut lives = Vec::with_capacity(cards);
    let mut first = 0usize;
    for (place_number, (place, (dates, weights))) in places.iter().zip(frames).enumerate() {
        // The last shop takes what rounding left over.
        let is_last = place_number + 1 == places.len();
        let of_place = if is_last {
            cards - first
        } else {
            cards * place.shop.share / 100
        };
        let days = Days {
            dates,
            weights,
            until: plan.until,
            pace,
        };
        for of_shop in 0..of_place {
            let program_number = program_of(place, of_shop);
            let Some(program) = place.shop.programs.get(program_number) else {
                continue;
            };
            let numbers = (first + of_shop, of_shop);
            lives.push(diary::write(
                plan.seed,
                numbers,
                (place_number, place),
                (program_number, program),
                &days,
            ));
        }
        first += of_place;
    }
    lives
}

/// The program of a card, by the shares of a hundred.
fn program_of(place: &Place, of_shop: usize) -> usize {
    // Neighbours differ: a step that has no divisor in common with a hundred visits every place of it.
    let drawn = of_shop * 37 % 100;
    let mut end = 0;
    for (number, program) in place.shop.programs.iter().enumerate() {
        end += program.share;
        if drawn < end {
            return number;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Size;

    const UNTIL: Instant = Instant(1_780_000_000_000_000);

    #[test]
    fn a_year_has_all_cards_and_enough_events_and_is_the_same_again() {
        let plan = Plan {
            size: Size::Small,
            seed: 1,
            until: UNTIL,
        };
        let first = year(&plan).unwrap();
        assert_eq!(first.lives.len(), 200);
        assert!((4_000..=4_100).contains(&first.events()), "{}", first.events());
        assert_eq!(first.lives, year(&plan).unwrap().lives);
        let other = year(&Plan { seed: 2, ..plan }).unwrap();
        assert_ne!(first.lives, other.lives);
    }

    #[test]
    fn every_card_begins_by_being_opened_and_never_goes_back_in_time() {
        let year = year(&Plan {
            size: Size::Small,
            seed: 9,
            until: UNTIL,
        })
        .unwrap();
        for life in &year.lives {
            assert_eq!(life.deeds[0].what, crate::demo::deed::What::Join);
            assert!(life.deeds.is_sorted_by(|left, right| left.at < right.at));
            assert!(
                life.deeds
                    .iter()
                    .all(|deed| deed.at <= UNTIL && deed.at >= year.founded)
            );
        }
    }
}
