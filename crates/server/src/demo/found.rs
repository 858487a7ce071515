//! Opens the shops: merchants, stores, staff, terminals, API keys, programs and rewards, and the sealed note that says
//! which year this is, in one transaction. It must not know cards.

use super::credentials::{Begun, OPERATOR, PEOPLE, ShopTokens, address};
use super::place::Place;
use super::shops::{LOCALES, ProgramFacts, RewardFacts};
use super::year::Year;
use crate::catalogue::Text;
use crate::error::Error;
use crate::identity::{Scope, scopes_text};
use crate::people::invitations::{Invited, NewPerson};
use crate::people::{OPERATORS, hashed};
use crate::permissions::Role;
use crate::pins::{self, Pin};
use crate::secrets::{Secrets, base62};
use crate::tokens::{TokenOf, hash, new_token};
use crate::{setup, sql};
use db::{Db, Transaction, params};
use domain::ids::{RewardId, UserId};
use domain::moment::Instant;
use domain::reward::Reward;

/// When a business day begins, in minutes after midnight.
const CUTOVER_MINUTES: i64 = 240;
/// How many of a scarce reward are left at the end of the year.
const STOCK_LEFT: i64 = 24;

/// Makes the tokens of all shops.
///
/// # Errors
/// When the system gives no chance.
pub fn tokens(secrets: &Secrets, places: &[Place]) -> Result<Vec<ShopTokens>, Error> {
    let chance = |error| Error::malformed("token", error);
    places
        .iter()
        .map(|place| {
            let key = new_token(secrets, place.merchant, TokenOf::Key(place.key)).map_err(chance)?;
            let terminals = place.terminals.iter();
            let terminals = terminals.map(|(id, _, _)| new_token(secrets, place.merchant, TokenOf::Terminal(*id)));
            Ok(ShopTokens {
                key,
                terminals: terminals.collect::<Result<_, _>>().map_err(chance)?,
                passwords: PEOPLE.iter().map(|_| password(secrets)).collect::<Result<_, _>>()?,
            })
        })
        .collect()
}

/// A password nobody can guess.
///
/// # Errors
/// When the system gives no chance.
pub fn password(secrets: &Secrets) -> Result<String, Error> {
    let chance: [u8; 15] = secrets.random().map_err(|error| Error::malformed("password", error))?;
    Ok(base62::encode(&chance))
}

/// The operator, and the people of each shop's back office.
fn people(secrets: &Secrets, year: &Year, begun: &Begun) -> Result<Vec<NewPerson>, Error> {
    let person = |merchant, role, (address, name): (String, &str), password: &str| {
        let id = secrets.new_id(year.founded);
        Ok::<_, Error>(NewPerson {
            invited: Invited {
                merchant,
                role,
                stores: Vec::new(),
                address: Some(address),
            },
            user: UserId(id.map_err(|error| Error::malformed("a person", error))?),
            name: name.to_owned(),
            password_hash: hashed(secrets, password)?,
        })
    };
    let operator = (OPERATOR.to_owned(), "Operator");
    let mut all = vec![person(OPERATORS, Role::OperatorOwner, operator, &begun.operator)?];
    for (place, tokens) in year.places.iter().zip(&begun.shops) {
        for ((name, shown, role), password) in PEOPLE.iter().zip(&tokens.passwords) {
            let address = address(name, place.shop.slug);
            all.push(person(place.merchant, *role, (address, *shown), password)?);
        }
    }
    Ok(all)
}

/// Opens all shops, or nothing.
///
/// # Errors
/// When the database refuses.
pub async fn found(db: &Db, secrets: &Secrets, year: &Year, begun: &Begun) -> Result<(), Error> {
    let note = begun.sealed(secrets)?;
    let (places, tokens, founded) = (year.places.clone(), begun.shops.clone(), year.founded);
    let stocks = stocks(year);
    let (people, secrets) = (people(secrets, year, begun)?, secrets.clone());
    db.write(move |tx| {
        for (number, (place, tokens)) in places.iter().zip(&tokens).enumerate() {
            let at = founded.plus_minutes(i64::try_from(number).unwrap_or(0));
            open(tx, &secrets, place, tokens, at)?;
            for (position, program) in (0i64..).zip(&place.shop.programs) {
                offer(
                    tx,
                    place,
                    (position, program),
                    stocks.get(number).map_or(&[][..], Vec::as_slice),
                    at,
                )?;
            }
        }
        tx.run(&sql::catalogue::PUT_SETTING, &params![super::BEGUN, note])?;
        for person in &people {
            person.write(tx, &secrets, founded)?;
        }
        Ok::<_, Error>(())
    })
    .await
}

/// How many of each reward there were, by shop, program and reward; what the year takes, and some more.
fn stocks(year: &Year) -> Vec<Vec<Vec<i64>>> {
    let mut stocks: Vec<Vec<Vec<i64>>> = year
        .places
        .iter()
        .map(|place| {
            place
                .shop
                .programs
                .iter()
                .map(|program| vec![STOCK_LEFT; program.rewards.len()])
                .collect()
        })
        .collect();
    for life in &year.lives {
        for (reward, _) in &life.taken {
            let program = stocks.get_mut(life.place).and_then(|shop| shop.get_mut(life.program));
            // A reward taken back is out of stock for a moment all the same: one more for each that was.
            if let Some(stock) = program.and_then(|program| program.get_mut(*reward)) {
                *stock += 1;
            }
        }
    }
    stocks
}

fn open(
    tx: &mut Transaction<'_>,
    secrets: &Secrets,
    place: &Place,
    tokens: &ShopTokens,
    at: Instant,
) -> Result<(), Error> {
    let shop = &place.shop;
    let new = setup::NewMerchant {
        slug: shop.slug.into(),
        name: shop.name.into(),
        country: shop.country.into(),
        timezone: shop.timezone.into(),
        default_locale: shop.locale.into(),
        currency: shop.currency.into(),
        colour: shop.colour.into(),
        mark: shop.mark.into(),
        cutover_minutes: CUTOVER_MINUTES,
    };
    setup::merchant(tx, place.merchant, &new, at)?;
    for (id, facts) in place.stores.iter().zip(shop.stores) {
        setup::store(tx, place.merchant, *id, *facts, at)?;
    }
    for (colleague, facts) in place.staff.iter().zip(shop.staff) {
        setup::staff(tx, place.merchant, (colleague.id, colleague.pin_id), *facts, at)?;
        let pin = Pin::typed(colleague.pin.clone());
        pins::fill(tx, secrets, (place.merchant, colleague.id), &pin, at)?;
    }
    for ((id, store, name), token) in place.terminals.iter().zip(&tokens.terminals) {
        let store = place.stores.get(*store).map(|store| store.0).unwrap_or_default();
        let values = params![place.merchant.0, id.0, store, &**name, hash(token), "paired", at.0];
        tx.run(&sql::credentials::ADD_TERMINAL, &values)?;
    }
    let values = params![
        place.merchant.0,
        place.key.0,
        "Demonstration",
        hash(&tokens.key),
        scopes_text(&Scope::ALL),
        "",
        at.0
    ];
    tx.run(&sql::credentials::ADD_KEY, &values)?;
    Ok(())
}

fn offer(
    tx: &mut Transaction<'_>,
    place: &Place,
    (position, program): (i64, &ProgramFacts),
    stocks: &[Vec<i64>],
    at: Instant,
) -> Result<(), Error> {
    let number = usize::try_from(position).unwrap_or(0);
    let Some((id, rewards)) = place.programs.get(number) else {
        return Ok(());
    };
    let text = |(name, description, how): &(&str, &str, &str)| Text {
        name: (*name).into(),
        description: (*description).into(),
        how_it_works: (*how).into(),
    };
    let new = setup::NewProgram {
        slug: program.slug.into(),
        kind: program.kind,
        terms: program.terms.clone(),
        position,
        texts: LOCALES
            .iter()
            .zip(&program.texts)
            .map(|(locale, told)| ((*locale).into(), text(told)))
            .collect(),
    };
    setup::program(tx, place.merchant, *id, &new, place.shop.currency, at)?;
    for (of_program, (facts, reward)) in program.rewards.iter().zip(rewards).enumerate() {
        let stock = stocks.get(number).and_then(|stocks| stocks.get(of_program)).copied();
        let reward = reward_of(facts, *reward, stock);
        let text = |(name, description): &(&str, &str)| Text {
            name: (*name).into(),
            description: (*description).into(),
            ..Text::default()
        };
        let texts: Vec<(String, Text)> = LOCALES
            .iter()
            .zip(&facts.texts)
            .map(|(locale, told)| ((*locale).into(), text(told)))
            .collect();
        let of_program = i64::try_from(of_program).unwrap_or(0);
        setup::reward(tx, place.merchant, *id, &reward, position * 10 + of_program, &texts)?;
    }
    Ok(())
}

fn reward_of(facts: &RewardFacts, id: RewardId, stock: Option<i64>) -> Reward {
    Reward {
        id,
        kind: facts.kind,
        unit: facts.unit,
        cost: facts.cost,
        stock: stock.filter(|_| facts.scarce),
        conditions: facts.conditions.clone(),
        active: true,
    }
}
