//! Which cards a demonstration shows: of every program, in use, not blocked, outside any cooldown, with balances of all
//! kinds, some with a reward ready. Pure.

use super::deed::Life;
use super::place::Place;
use super::shops::RewardFacts;
use super::year::Year;
use domain::moment::Instant;
use domain::quantity::Unit;

/// The most cards listed for a merchant.
pub const CARDS_MAX: usize = 50;
/// A card whose last event is younger may be inside a cooldown, or have had its share of the day: in minutes.
const RESTED_MINUTES: i64 = 18 * 60;

/// How far a card is from its program's first reward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Band {
    /// More than half-way.
    Near,
    /// It is ready.
    Ready,
    /// Another one is.
    Other,
    /// On the way.
    Begun,
    /// Nothing yet, or owing.
    Bare,
}

const BANDS: [Band; 5] = [Band::Near, Band::Ready, Band::Other, Band::Begun, Band::Bare];
/// Bare cards are shown in one turn of so many.
const BARE_EVERY: usize = 5;

/// The cards of a shop that are listed, the programs in turn, and in each the bands in turn; people with a name first.
pub fn of_place(year: &Year, number: usize, until: Instant) -> Vec<&Life> {
    let Some(place) = year.places.get(number) else {
        return Vec::new();
    };
    let usable = |life: &&Life| {
        life.place == number && !life.standing.stopped && until.is_minutes_after(life.standing.last_at, RESTED_MINUTES)
    };
    let mut queues: Vec<(Band, Vec<&Life>)> = Vec::new();
    for band in BANDS {
        for program in 0..place.programs.len() {
            let of_band = |life: &&Life| life.program == program && band_of(place, life) == band;
            let mut lives: Vec<&Life> = year.lives.iter().filter(usable).filter(of_band).collect();
            // Last seen first, among those with a name, then among the others.
            lives.sort_by_key(|life| (life.person.first_name.is_none(), -life.standing.last_at.0, life.number));
            queues.push((band, lives));
        }
    }
    let mut listed = Vec::new();
    let longest = queues.iter().map(|(_, lives)| lives.len()).max().unwrap_or(0);
    for turn in 0..longest * BARE_EVERY {
        for (band, lives) in &queues {
            let place = match band {
                Band::Bare if turn % BARE_EVERY == 0 => turn / BARE_EVERY,
                Band::Bare => continue,
                _ => turn,
            };
            listed.extend(lives.get(place).copied());
        }
    }
    listed.truncate(CARDS_MAX);
    listed
}

fn band_of(place: &Place, life: &Life) -> Band {
    let facts = place.shop.programs.get(life.program);
    let Some((reward, facts)) = facts.and_then(|facts| Some((facts.rewards.first()?, facts))) else {
        return Band::Bare;
    };
    let held = |unit| {
        if unit == Unit::Stamp {
            life.standing.stamps
        } else {
            life.standing.points
        }
    };
    let is_ready = |reward: &RewardFacts| held(reward.unit) >= reward.price(&facts.terms);
    let (price, have) = (reward.price(&facts.terms), held(reward.unit));
    if is_ready(reward) {
        Band::Ready
    } else if have * 2 > price {
        Band::Near
    } else if facts.rewards.iter().any(is_ready) {
        Band::Other
    } else if have > 0 {
        Band::Begun
    } else {
        Band::Bare
    }
}
