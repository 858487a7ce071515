//! The four shops of the demonstration: what they are called, what they offer, who serves, and when they are busy.
//! Facts only; ids and visits are made elsewhere.

mod london;
mod luxembourg;
mod metz;
mod trier;

use super::calendar::{Country, Hours};
use domain::program::ProgramKind;
use domain::quantity::Unit;
use domain::reward::{Conditions, Cost, RewardKind};
use domain::terms::Terms;

/// The four languages, in the order in which texts stand here.
pub const LOCALES: [&str; 4] = ["en", "fr", "de", "lb"];

/// A store: code, name, address.
pub type StoreFacts = (&'static str, &'static str, &'static str);

/// Name, description, how it works, in the order of [`LOCALES`].
pub type ProgramTexts = [(&'static str, &'static str, &'static str); 4];

/// A shop.
#[derive(Clone, Debug)]
pub struct Shop {
    /// Its name in addresses.
    pub slug: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Where it is.
    pub town: &'static str,
    /// ISO 3166 code.
    pub country: &'static str,
    /// Its holidays.
    pub holidays: Country,
    /// IANA name.
    pub timezone: &'static str,
    /// Its language.
    pub locale: &'static str,
    /// ISO 4217 code.
    pub currency: &'static str,
    /// Its colour.
    pub colour: &'static str,
    /// Its mark.
    pub mark: &'static str,
    /// How many of a hundred cards of the demonstration are its own.
    pub share: usize,
    /// Its stores; the first is the busiest.
    pub stores: &'static [StoreFacts],
    /// Who serves: name and role.
    pub staff: &'static [(&'static str, &'static str)],
    /// What its web shop calls itself in order references, if it has one.
    pub web_shop: Option<&'static str>,
    /// When it is busy.
    pub hours: Hours,
    /// What it offers.
    pub programs: Vec<ProgramFacts>,
    /// What staff write beside a gift of goodwill.
    pub apologies: &'static [&'static str],
}

/// A program.
#[derive(Clone, Debug)]
pub struct ProgramFacts {
    /// Its name in addresses.
    pub slug: &'static str,
    /// What it collects.
    pub kind: ProgramKind,
    /// Its terms.
    pub terms: Terms,
    /// Name, description, how it works, in the order of [`LOCALES`].
    pub texts: ProgramTexts,
    /// How many of a hundred cards of the shop are of it.
    pub share: usize,
    /// How often people come, in percent of their habit.
    pub pace: i64,
    /// The smallest and the largest usual purchase, in minor units.
    pub ticket: (i64, i64),
    /// Its rewards, the completion reward first.
    pub rewards: Vec<RewardFacts>,
}

/// A reward.
#[derive(Clone, Debug)]
pub struct RewardFacts {
    /// What the customer gets.
    pub kind: RewardKind,
    /// What it is paid with.
    pub unit: Unit,
    /// What it costs.
    pub cost: Cost,
    /// Whether there are only so many.
    pub scarce: bool,
    /// When and how often.
    pub conditions: Conditions,
    /// Name and description, in the order of [`LOCALES`].
    pub texts: [(&'static str, &'static str); 4],
}

impl RewardFacts {
    /// A thing for nothing, at any time.
    fn free(unit: Unit, cost: Cost, texts: [(&'static str, &'static str); 4]) -> Self {
        Self {
            kind: RewardKind::FreeItem,
            unit,
            cost,
            scarce: false,
            conditions: Conditions::default(),
            texts,
        }
    }

    /// What it costs a card of a program now; the smallest amount where the customer chooses.
    pub fn price(&self, terms: &Terms) -> i64 {
        match self.cost {
            Cost::Completion => terms.stamp_target,
            Cost::Fixed(cost) => cost,
            Cost::Chosen => terms.redeem_min_points.max(terms.redeem_step),
        }
    }
}

/// All four, in the order of the house's languages from home outward.
pub fn all() -> Vec<Shop> {
    vec![luxembourg::shop(), metz::shop(), trier::shop(), london::shop()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shops_are_sound() {
        let shops = all();
        assert_eq!(shops.iter().map(|shop| shop.share).sum::<usize>(), 100);
        for shop in &shops {
            assert_eq!(
                shop.programs.iter().map(|program| program.share).sum::<usize>(),
                100,
                "{}",
                shop.slug
            );
            assert!(shop.staff.iter().any(|(_, role)| *role == "manager"));
            for program in &shop.programs {
                assert_eq!(program.terms.faults(), vec![]);
                let first = &program.rewards[0];
                let plain = !first.scarce && first.conditions == Conditions::default();
                assert!(plain, "{}", program.slug);
                assert_eq!(first.cost == Cost::Completion, program.kind.has_stamps());
            }
        }
    }

    #[test]
    fn no_text_is_missing_and_none_shouts() {
        for program in all().iter().flat_map(|shop| &shop.programs) {
            let of_rewards = program
                .rewards
                .iter()
                .flat_map(|reward| reward.texts)
                .flat_map(|(name, told)| [name, told]);
            let of_program = program.texts.iter().flat_map(|(name, told, how)| [*name, *told, *how]);
            for text in of_rewards.chain(of_program) {
                assert!(!text.is_empty() && !text.contains('!'), "{}: {text}", program.slug);
            }
        }
    }
}
