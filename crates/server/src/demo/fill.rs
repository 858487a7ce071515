//! Gives the year to the ledger, deed by deed, many at once: a lane of one hand keeps the order in which it is asked, so
//! that each card's own order holds. Everything a card has comes through the ledger's one door.

use super::chance::Chance;
use super::deed::{By, Deed, Life, What};
use super::place::Place;
use super::year::Year;
use crate::clock::Clock;
use crate::error::Error;
use crate::ledger::{Answer, Ledger, Opening, OpeningCustomer, Refusal, SealedContact, Submission, When, person_of};
use crate::pins::Presented;
use crate::secrets::{Secrets, contact_of};
use domain::command::{Command, Purchase, Returned, Wanted};
use domain::event::{Actor, Origin};
use domain::facts::Authority;
use domain::ids::CardId;
use domain::number::CardNumber;
use domain::order::OrderRef;
use domain::program::ProgramKind;
use domain::proof::{Live, Proof, step_of};
use std::collections::{HashMap, VecDeque};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

/// How many submissions are under way at once: two full batches, so that one fills while the other is written.
const UNDER_WAY_MAX: usize = 512;
/// The last deeds go one by one: they are recorded exactly when they happened, as a till's own list shows them.
const ONE_BY_ONE: usize = 160;
/// A year of which more than one deed in so many is refused was drawn wrongly.
const REFUSED_ONE_IN: usize = 1_000;
/// How often progress is told.
const TOLD_EVERY: usize = 256;

type Answering<'a> = Pin<Box<dyn Future<Output = Result<Answer, Refusal>> + Send + 'a>>;

/// Submits what is not in the books yet; `known` says which version each card already has.
///
/// # Errors
/// When the ledger cannot write, or refuses more than a mishap would explain.
pub async fn submit_all(
    (ledger, clock, secrets): (&Ledger, &Clock, &Secrets),
    (seed, year): (u64, &Year),
    known: &HashMap<CardId, i64>,
    mut progress: impl FnMut(u64, u64),
) -> Result<(), Error> {
    let order = year.in_order();
    let mut flight = Flight {
        under_way: VecDeque::new(),
        refused: 0,
    };
    for (done, &(life, deed)) in order.iter().enumerate() {
        if done % TOLD_EVERY == 0 {
            progress(done as u64, order.len() as u64);
        }
        let Some((life, deed)) = year
            .lives
            .get(life)
            .and_then(|life| Some((life, life.deeds.get(deed)?)))
        else {
            continue;
        };
        let Some(place) = year.places.get(life.place) else {
            continue;
        };
        if known.get(&life.card).is_some_and(|&version| version >= deed.version) {
            continue;
        }
        let room = if order.len() - done <= ONE_BY_ONE {
            1
        } else {
            UNDER_WAY_MAX
        };
        flight.wait_for(room).await?;
        clock.set(deed.at);
        let submission = submission(secrets, seed, place, life, deed)?;
        flight.start(Box::pin(ledger.submit(submission))).await;
    }
    flight.wait_for(1).await?;
    progress(order.len() as u64, order.len() as u64);
    if flight.refused > 0 {
        tracing::warn!(
            refused = flight.refused,
            "the ledger refused some deeds of the demonstration"
        );
    }
    if flight.refused * REFUSED_ONE_IN > order.len() {
        let refused = flight.refused;
        return Err(Error::Unfit(format!(
            "the ledger refused {refused} deeds of the demonstration"
        )));
    }
    Ok(())
}

/// Submissions that were asked, oldest first.
struct Flight<'a> {
    under_way: VecDeque<Answering<'a>>,
    refused: usize,
}

impl<'a> Flight<'a> {
    /// Asks: the first poll puts the submission into its lane's queue, in the order of the calls.
    async fn start(&mut self, mut answering: Answering<'a>) {
        let first = poll_fn(|context| Poll::Ready(answering.as_mut().poll(context))).await;
        self.under_way.push_back(match first {
            Poll::Ready(outcome) => Box::pin(std::future::ready(outcome)),
            Poll::Pending => answering,
        });
    }

    /// Waits until fewer than so many are under way.
    async fn wait_for(&mut self, room: usize) -> Result<(), Error> {
        while self.under_way.len() >= room {
            let Some(oldest) = self.under_way.pop_front() else {
                break;
            };
            match oldest.await {
                Ok(_) => {}
                Err(Refusal::Rejected(rejection)) => {
                    self.refused += 1;
                    tracing::debug!(code = rejection.code(), "a deed of the demonstration was refused");
                }
                Err(other) => {
                    return Err(Error::Unfit(format!(
                        "the demonstration could not be written: {other:?}"
                    )));
                }
            }
        }
        Ok(())
    }
}

/// The number of a card after so many replacements.
pub fn number_of(seed: u64, life: &Life, replacements: usize) -> CardNumber {
    let mut chance = Chance::of(seed, "numbers", life.number);
    let bits = (0..=replacements).fold(0, |_, _| chance.next());
    CardNumber::from_bits(bits)
}

fn submission(secrets: &Secrets, seed: u64, place: &Place, life: &Life, deed: &Deed) -> Result<Submission, Error> {
    let contact = life.person.contact.as_ref();
    let person =
        contact.map(|contact| person_of(contact, &secrets.lookup(place.merchant, contact.kind, &contact.text)));
    let opening = match deed.what {
        What::Join => Some(opening(secrets, place, life, number_of(seed, life, 0))?),
        _ => None,
    };
    let replacements = life.replacements(deed.version);
    let new_number = matches!(deed.what, What::Replace(_)).then(|| number_of(seed, life, replacements));
    let return_ref = match &deed.what {
        What::Return(order, _) => Some(format!("R-{order}")),
        _ => None,
    };
    let note = match deed.what {
        What::Adjust(_, _, words) => Some(words.to_owned()),
        _ => None,
    };
    Ok(Submission {
        merchant: place.merchant,
        card: life.card,
        command: command(place, life, deed, person),
        opening,
        pending: None,
        consents: Vec::new(),
        new_number,
        origin: origin(place, deed),
        authority: authority(deed.by),
        proof: shown(deed, replacements),
        override_reason: None,
        when: When::At(deed.at),
        presented: presented(place, deed),
        objection: None,
        key: None,
        return_ref,
        staff_name: None,
        note,
        locale: life.person.locale.into(),
    })
}

/// Whoever is named showed their PIN, as the story goes: the first one that they were given.
fn presented(place: &Place, deed: &Deed) -> Presented {
    let staff = origin(place, deed).staff;
    staff.map_or(Presented::Nothing, |staff| Presented::Pin { staff, version: 1 })
}

/// At a till the customer shows the open card when there is something to be had (`CRD-3`).
fn shown(deed: &Deed, replacements: usize) -> Proof {
    match deed.what {
        What::Redeem(..) => Proof::Live(Live {
            generation: i64::try_from(replacements).unwrap_or(i64::MAX),
            step: step_of(deed.at),
            seen_at: deed.at,
        }),
        _ => Proof::None,
    }
}

fn opening(secrets: &Secrets, place: &Place, life: &Life, number: CardNumber) -> Result<Opening, Error> {
    let person = &life.person;
    let sealed = |contact: &domain::contact::Contact| {
        Ok::<_, Error>(SealedContact {
            kind: contact.kind.code(),
            lookup: secrets.lookup(place.merchant, contact.kind, &contact.text),
            sealed: secrets
                .seal(&contact_of(place.merchant, life.customer), &contact.text)
                .map_err(|error| Error::malformed("contact", error))?,
        })
    };
    let contact = person.contact.as_ref().map(sealed).transpose()?;
    let known = contact.is_some() || person.first_name.is_some();
    let customer = known.then(|| OpeningCustomer {
        id: life.customer,
        first_name: person.first_name.map(str::to_owned),
        locale: person.locale.into(),
        via: if contact.is_some() { "till" } else { "join" }.into(),
        contact,
    });
    let program = place.programs.get(life.program).map(|(id, _)| *id);
    let program = program.ok_or_else(|| Error::malformed("demonstration", "a card of no program"))?;
    Ok(Opening {
        program,
        number,
        customer,
        address: String::new(),
    })
}

fn origin(place: &Place, deed: &Deed) -> Origin {
    let actor = match deed.by {
        By::Till(terminal) | By::Manager(terminal) => place
            .terminals
            .get(terminal)
            .map_or(Actor::System, |(id, _, _)| Actor::Terminal(*id)),
        By::Key => Actor::Key(place.key),
        By::Customer => Actor::Public,
    };
    let staff = deed
        .staff
        .and_then(|staff| place.staff.get(staff))
        .map(|colleague| colleague.id);
    Origin {
        actor,
        store: place.stores.get(deed.store).copied(),
        staff,
    }
}

fn authority(by: By) -> Authority {
    match by {
        By::Till(_) => Authority::Cashier,
        By::Manager(_) => Authority::Manager,
        By::Key => Authority::Key,
        By::Customer => Authority::Customer,
    }
}

fn command(place: &Place, life: &Life, deed: &Deed, person: Option<String>) -> Command {
    let source = place.shop.web_shop.unwrap_or_default();
    let order_ref = |order: &String| OrderRef {
        source: source.into(),
        reference: order.clone(),
    };
    let currency = place.currency;
    let kind = place.shop.programs.get(life.program).map(|program| program.kind);
    match &deed.what {
        What::Join => Command::Enroll {
            claimed: person.is_some(),
            person,
        },
        What::Stamp(count) => Command::Stamp {
            count: *count,
            amount_minor: None,
        },
        What::Buy {
            amount_minor,
            redeemed_minor,
            order,
        } => {
            let purchase = Purchase {
                amount_minor: *amount_minor,
                tax_minor: 0,
                redeemed_minor: *redeemed_minor,
                currency,
                lines: Vec::new(),
                order: order.as_ref().map(order_ref),
            };
            if kind == Some(ProgramKind::Hybrid) {
                Command::Purchase(purchase)
            } else {
                Command::Earn(purchase)
            }
        }
        What::Redeem(reward, chosen) => {
            let rewards = place.programs.get(life.program).map(|(_, rewards)| rewards);
            let id = rewards.and_then(|rewards| rewards.get(*reward)).copied();
            Command::Redeem {
                wanted: Wanted::Reward(id.unwrap_or(domain::ids::RewardId(uuid::Uuid::nil()))),
                points: chosen.map(|(points, _)| points),
                payable_minor: chosen.map(|(_, payable)| payable),
                order: None,
            }
        }
        What::Void(event, reason) => Command::Void {
            event: *event,
            reason: *reason,
        },
        What::Return(order, amount) => Command::Return {
            order: order_ref(order),
            returned: Returned::Amount(*amount),
            currency,
        },
        What::Adjust(unit, amount, _) => Command::Adjust {
            unit: *unit,
            amount: *amount,
            reason: domain::event::Reason::Goodwill,
        },
        What::Block(reason) => Command::Block { reason: *reason },
        What::Unblock => Command::Unblock,
        What::Replace(reason) => Command::Replace { reason: *reason },
        What::Close => Command::Close { confirm: true },
    }
}
