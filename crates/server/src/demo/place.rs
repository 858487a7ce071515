//! A shop with its ids: drawn from the seed, so that the same seed is the same town. It must not know visits.

use super::chance::Chance;
use super::shops::{self, Shop};
use crate::error::Error;
use domain::ids::{KeyId, MerchantId, PinId, ProgramId, RewardId, StaffId, StoreId, TerminalId};
use domain::moment::Instant;
use domain::pin::{LENGTH_MIN, unfit};
use domain::quantity::Currency;
use jiff::tz::TimeZone;

/// A shop of the demonstration.
#[derive(Clone, Debug)]
pub struct Place {
    /// What is known of it.
    pub shop: Shop,
    /// Its zone.
    pub zone: TimeZone,
    /// Its currency.
    pub currency: Currency,
    /// Its id.
    pub merchant: MerchantId,
    /// Its API key.
    pub key: KeyId,
    /// Its stores, as they stand in the facts.
    pub stores: Vec<StoreId>,
    /// Its terminals: id, place of the store, name.
    pub terminals: Vec<(TerminalId, usize, String)>,
    /// Its staff, as they stand in the facts.
    pub staff: Vec<Colleague>,
    /// Its programs with their rewards, as they stand in the facts.
    pub programs: Vec<(ProgramId, Vec<RewardId>)>,
}

/// A member of staff.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// Their id.
    pub id: StaffId,
    /// Their PIN as a resource.
    pub pin_id: PinId,
    /// Their PIN. Demonstration only.
    pub pin: String,
}

impl Place {
    /// The places of the staff with a role.
    pub fn staff_of(&self, role: &str) -> Vec<usize> {
        let of_role = self
            .shop
            .staff
            .iter()
            .enumerate()
            .filter(|(_, (_, known))| *known == role);
        of_role.map(|(place, _)| place).collect()
    }

    /// The places of the terminals of a store.
    pub fn terminals_of(&self, store: usize) -> Vec<usize> {
        let of_store = self
            .terminals
            .iter()
            .enumerate()
            .filter(|(_, (_, known, _))| *known == store);
        of_store.map(|(place, _)| place).collect()
    }
}

/// The four shops, as a seed lays them out.
///
/// # Errors
/// When a time zone is unknown.
pub fn lay_out(seed: u64, founded: Instant) -> Result<Vec<Place>, Error> {
    let shops = shops::all().into_iter().enumerate();
    shops
        .map(|(number, shop)| place(Chance::of(seed, "places", number), shop, founded))
        .collect()
}

fn place(mut chance: Chance, shop: Shop, founded: Instant) -> Result<Place, Error> {
    let zone = TimeZone::get(shop.timezone).map_err(|error| Error::malformed("time zone", error))?;
    let currency = shop
        .currency
        .parse()
        .map_err(|error| Error::malformed("currency", error))?;
    let merchant = MerchantId(chance.id(founded));
    let key = KeyId(chance.id(founded));
    let stores = shop.stores.iter().map(|_| StoreId(chance.id(founded))).collect();
    let terminals = terminals(&mut chance, &shop, founded);
    let staff = shop
        .staff
        .iter()
        .map(|(_, role)| colleague(&mut chance, role, founded))
        .collect();
    let programs = shop
        .programs
        .iter()
        .map(|program| {
            let id = ProgramId(chance.id(founded));
            (
                id,
                program.rewards.iter().map(|_| RewardId(chance.id(founded))).collect(),
            )
        })
        .collect();
    Ok(Place {
        shop,
        zone,
        currency,
        merchant,
        key,
        stores,
        terminals,
        staff,
        programs,
    })
}

/// One for each store, and a second one for the busiest.
fn terminals(chance: &mut Chance, shop: &Shop, founded: Instant) -> Vec<(TerminalId, usize, String)> {
    let stores = 0..shop.stores.len();
    let second = std::iter::once((0, 2));
    stores
        .map(|store| (store, 1))
        .chain(second)
        .map(|(store, number)| {
            let name = shop.stores.get(store).map_or("", |(_, name, _)| name);
            (TerminalId(chance.id(founded)), store, format!("{name} {number}"))
        })
        .collect()
}

fn colleague(chance: &mut Chance, role: &str, founded: Instant) -> Colleague {
    let length = if role == "manager" { 6 } else { 4 };
    let (id, pin_id) = (StaffId(chance.id(founded)), PinId(chance.id(founded)));
    Colleague {
        id,
        pin_id,
        pin: pin(chance, length),
    }
}

/// One that anybody could choose (`PIN-4`).
fn pin(chance: &mut Chance, length: usize) -> String {
    let mut digits: Vec<i64> = vec![chance.below(10)];
    while digits.len() < length {
        let last = digits.last().copied().unwrap_or(0);
        digits.push((last + chance.between(2, 8)) % 10);
    }
    let chosen: String = digits.iter().map(ToString::to_string).collect();
    match unfit(&chosen, LENGTH_MIN, None) {
        Some(_) => pin(chance, length),
        None => chosen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_lays_out_the_same_town() {
        let ids = |seed| {
            let places = lay_out(seed, Instant(1_700_000_000_000_000)).unwrap();
            places
                .iter()
                .map(|place| (place.merchant, place.staff[0].pin.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(1), ids(1));
        assert_ne!(ids(1), ids(2));
    }
}
