//! How to sign in to a demonstration: the shape that scripts read, and how it is kept sealed in the database, so that
//! a second run can say it again. Never for real data.

use super::deed::Life;
use super::fill::number_of;
use super::listing;
use super::place::Place;
use super::year::Year;
use super::{Plan, Size};
use crate::error::Error;
use crate::permissions::Role;
use crate::secrets::Secrets;
use domain::ids::{CardId, MerchantId, PinId, ProgramId, RewardId, StaffId, StoreId, TerminalId};
use domain::moment::Instant;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// How to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// Where the installation is reached.
    pub base_url: String,
    /// Who runs it.
    pub operator: OperatorAccess,
    /// Its merchants.
    pub merchants: Vec<MerchantAccess>,
}

/// The operator's way in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorAccess {
    /// Address.
    pub email: String,
    /// Password.
    pub password: String,
    /// Secret of the second factor, if there is one.
    pub totp_secret: Option<String>,
}

/// One merchant's ways in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MerchantAccess {
    /// Its id.
    pub id: MerchantId,
    /// Its name in addresses.
    pub slug: String,
    /// Its API key.
    pub api_key: String,
    /// Its currency.
    pub currency: String,
    /// People of its back office.
    pub users: Vec<UserAccess>,
    /// Its stores.
    pub stores: Vec<StoreRef>,
    /// Its programs.
    pub programs: Vec<ProgramRef>,
    /// Its rewards.
    pub rewards: Vec<RewardRef>,
    /// Its terminals.
    pub terminals: Vec<TerminalAccess>,
    /// Its staff.
    pub staff: Vec<StaffAccess>,
    /// Some of its cards: in use, not blocked, outside any cooldown.
    pub cards: Vec<CardRef>,
}

/// A person of the back office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserAccess {
    /// Address.
    pub email: String,
    /// Password.
    pub password: String,
    /// Role.
    pub role: String,
}

/// A store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreRef {
    /// Its id.
    pub id: StoreId,
    /// Its code.
    pub code: String,
}

/// A program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramRef {
    /// Its id.
    pub id: ProgramId,
    /// What it collects.
    pub kind: String,
}

/// A reward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RewardRef {
    /// Its id.
    pub id: RewardId,
    /// Of which program.
    pub program: ProgramId,
    /// What it costs; the smallest amount where the customer chooses.
    pub cost: i64,
    /// Of which unit.
    pub unit: String,
}

/// A terminal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminalAccess {
    /// Its id.
    pub id: TerminalId,
    /// Where it stands.
    pub store: StoreId,
    /// Its token.
    pub token: String,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffAccess {
    /// Their id.
    pub id: StaffId,
    /// Their name.
    pub name: String,
    /// Their PIN.
    pub pin: String,
    /// Their PIN as a resource.
    pub pin_id: PinId,
    /// `cashier` or `manager`.
    pub role: String,
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRef {
    /// Its id.
    pub id: CardId,
    /// Its number.
    pub number: String,
    /// Its page.
    pub link: String,
}

/// The tokens of one shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopTokens {
    /// Of its API key.
    pub key: String,
    /// Of its terminals, in their order.
    pub terminals: Vec<String>,
    /// Passwords of the people of its back office, in the order of [`PEOPLE`].
    #[serde(default)]
    pub passwords: Vec<String>,
}

/// The people of a shop's back office: name in the address, name, role.
pub const PEOPLE: [(&str, &str, Role); 3] = [
    ("owner", "Owner", Role::Owner),
    ("manager", "Manager", Role::Manager),
    ("office", "Office", Role::Accountant),
];
/// The operator's address.
pub const OPERATOR: &str = "operator@trei.example";

/// The address of somebody of a shop's back office.
pub fn address(name: &str, slug: &str) -> String {
    format!("{name}@{slug}.example")
}

/// What was begun: enough to go on after an interruption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// How much.
    pub size: Size,
    /// Which year.
    pub seed: u64,
    /// When it ends, in microseconds.
    pub until: Instant,
    /// The tokens of all shops.
    pub shops: Vec<ShopTokens>,
    /// The operator's password.
    #[serde(default)]
    pub operator: String,
}

impl Begun {
    /// The plan it carries out.
    pub fn plan(&self) -> Plan {
        Plan {
            size: self.size,
            seed: self.seed,
            until: self.until,
        }
    }

    /// As it is kept.
    ///
    /// # Errors
    /// When the system gives no chance.
    pub fn sealed(&self, secrets: &Secrets) -> Result<String, Error> {
        seal(secrets, self)
    }
}

/// Seals a value as text.
///
/// # Errors
/// When the system gives no chance.
pub fn seal<T: Serialize>(secrets: &Secrets, value: &T) -> Result<String, Error> {
    let text = serde_json::to_string(value).map_err(|error| Error::malformed("demonstration", error))?;
    let sealed = secrets
        .seal("demonstration", &text)
        .map_err(|error| Error::malformed("demonstration", error))?;
    Ok(sealed.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Opens what [`seal`] sealed.
///
/// # Errors
/// When another key sealed it.
pub fn unseal<T: DeserializeOwned>(secrets: &Secrets, sealed: &str) -> Result<T, Error> {
    let malformed = |reason: &str| Error::malformed("the note of the demonstration", reason);
    let pair = |place: usize| {
        sealed
            .get(place..place + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
    };
    let bytes: Option<Vec<u8>> = (0..sealed.len()).step_by(2).map(pair).collect();
    let bytes = bytes.ok_or_else(|| malformed("it is not hexadecimal"))?;
    let text = secrets
        .open("demonstration", &bytes)
        .map_err(|error| malformed(&error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| malformed(&error.to_string()))
}

/// Says how to sign in to a year.
pub fn of_year(secrets: &Secrets, begun: &Begun, year: &Year) -> Credentials {
    let merchants = year
        .places
        .iter()
        .zip(&begun.shops)
        .enumerate()
        .map(|(number, (place, tokens))| merchant(secrets, begun, year, (number, place), tokens))
        .collect();
    Credentials {
        base_url: String::new(),
        operator: OperatorAccess {
            email: OPERATOR.to_owned(),
            password: begun.operator.clone(),
            totp_secret: None,
        },
        merchants,
    }
    .at("")
}

impl Credentials {
    /// The same, with addresses that begin with a base.
    #[must_use]
    pub fn at(mut self, base_url: &str) -> Self {
        let base = base_url.trim_end_matches('/');
        for card in self.merchants.iter_mut().flat_map(|merchant| &mut merchant.cards) {
            let path = card.link.strip_prefix(&self.base_url).unwrap_or(&card.link);
            card.link = format!("{base}{path}");
        }
        self.base_url = base.to_owned();
        self
    }
}

fn merchant(
    secrets: &Secrets,
    begun: &Begun,
    year: &Year,
    (number, place): (usize, &Place),
    tokens: &ShopTokens,
) -> MerchantAccess {
    let shop = &place.shop;
    let people = PEOPLE.iter().zip(&tokens.passwords);
    let people = people.map(|((name, _, role), password)| UserAccess {
        email: address(name, shop.slug),
        password: password.clone(),
        role: role.code().to_owned(),
    });
    let card = |life: &Life| {
        let replaced = life.replacements(i64::MAX);
        let generation = i64::try_from(replaced).unwrap_or(i64::MAX);
        CardRef {
            id: life.card,
            number: number_of(begun.seed, life, replaced).as_str().to_owned(),
            link: format!("/c/{}", secrets.card_link(place.merchant, life.card, generation)),
        }
    };
    let cards = listing::of_place(year, number, begun.until);
    MerchantAccess {
        id: place.merchant,
        slug: shop.slug.to_owned(),
        api_key: tokens.key.clone(),
        currency: shop.currency.to_owned(),
        users: people.collect(),
        stores: stores(place),
        programs: programs(place),
        rewards: rewards(place),
        terminals: terminals(place, tokens),
        staff: staff(place),
        cards: cards.into_iter().map(card).collect(),
    }
}

fn stores(place: &Place) -> Vec<StoreRef> {
    let stores = place.stores.iter().zip(place.shop.stores);
    let stores = stores.map(|(id, (code, _, _))| StoreRef {
        id: *id,
        code: (*code).to_owned(),
    });
    stores.collect()
}

fn programs(place: &Place) -> Vec<ProgramRef> {
    let programs = place.programs.iter().zip(&place.shop.programs);
    let programs = programs.map(|((id, _), facts)| ProgramRef {
        id: *id,
        kind: facts.kind.code().to_owned(),
    });
    programs.collect()
}

fn rewards(place: &Place) -> Vec<RewardRef> {
    let programs = place.programs.iter().zip(&place.shop.programs);
    let rewards = programs.flat_map(|((program, ids), facts)| {
        ids.iter().zip(&facts.rewards).map(|(id, reward)| RewardRef {
            id: *id,
            program: *program,
            cost: reward.price(&facts.terms),
            unit: reward.unit.code().to_owned(),
        })
    });
    rewards.collect()
}

fn terminals(place: &Place, tokens: &ShopTokens) -> Vec<TerminalAccess> {
    let terminals = place.terminals.iter().zip(&tokens.terminals);
    let terminals = terminals.filter_map(|((id, store, _), token)| {
        Some(TerminalAccess {
            id: *id,
            store: place.stores.get(*store).copied()?,
            token: token.clone(),
        })
    });
    terminals.collect()
}

fn staff(place: &Place) -> Vec<StaffAccess> {
    let staff = place.staff.iter().zip(place.shop.staff);
    let staff = staff.map(|(colleague, (name, role))| StaffAccess {
        id: colleague.id,
        name: (*name).to_owned(),
        pin: colleague.pin.clone(),
        pin_id: colleague.pin_id,
        role: (*role).to_owned(),
    });
    staff.collect()
}
