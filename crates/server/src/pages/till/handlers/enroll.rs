//! `/till/enrolments`: staff open a card for a new customer (`ENR-1`). Who it is, a second look with the terms, the card.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use domain::Rejection;
use domain::card::CardStatus;
use domain::event::{Actor, Event, EventKind};
use domain::ids::CardId;
use domain::number;
use domain::pin::Action;

use super::html;
use crate::app::App;
use crate::catalogue::ProgramEntry;
use crate::ledger::Refusal;
use crate::pages::agreed;
use crate::pages::failure::{Answered, Failure};
use crate::pages::found::Found;
use crate::pages::till::enrolling::{EnrollPage, KnownPage, Offered, OpenedPage, SecondLookPage, Typed, Wrong};
use crate::pages::till::facts;
use crate::pages::till::form::Fields;
use crate::pages::till::opening::{self, Agreed, Newcomer};
use crate::pages::till::press::card_of;
use crate::pages::till::serving::{self, Asked};
use crate::pages::till::session::Till;
use crate::sql::lookups;

const START: &str = "/till/enrolments";
/// As long is the way to a new card's own page shown at the till that opened it, in minutes. The page is its owner's.
const SHOWN_MINUTES: i64 = 15;
/// Of a number, enough to compare it with the card in somebody's hand.
const ENDING: usize = 4;

/// The form.
pub(crate) async fn form(till: Till) -> Answered {
    open_for_business(&till)?;
    let typed = opening::typed(&till, &Fields::default());
    ask(&till, StatusCode::OK, typed, Wrong::default())
}

/// An address that only takes writes, opened by a reload.
pub(crate) async fn back(_: Till) -> Answered {
    Ok((StatusCode::SEE_OTHER, [(LOCATION, START)]).into_response())
}

/// The second look.
pub(crate) async fn check(State(app): State<App>, till: Till, fields: Fields) -> Answered {
    open_for_business(&till)?;
    let typed = opening::typed(&till, &fields);
    if !fields.text("correct").is_empty() {
        let typed = Typed {
            nameless: false,
            ..typed
        };
        return ask(&till, StatusCode::OK, typed, Wrong::default());
    }
    let newcomer = match opening::read(&till, &fields)? {
        Ok(newcomer) => newcomer,
        Err(wrong) => return ask(&till, StatusCode::UNPROCESSABLE_ENTITY, typed, wrong),
    };
    match known(&app, &till, &newcomer).await? {
        Some(card) => show_known(&app, &till, newcomer, card).await,
        None => look(&app, &till, newcomer, StatusCode::OK, None, false),
    }
}

/// Opens the card.
pub(crate) async fn open(State(app): State<App>, till: Till, fields: Fields) -> Answered {
    open_for_business(&till)?;
    let key = opening::key(&app, &till, &fields)?;
    let newcomer = match opening::read(&till, &fields)? {
        Ok(newcomer) => newcomer,
        Err(wrong) => {
            return ask(
                &till,
                StatusCode::UNPROCESSABLE_ENTITY,
                opening::typed(&till, &fields),
                wrong,
            );
        }
    };
    let agreed = opening::agreed(&till, &newcomer, &fields);
    let served = serving::served(&app, &till, &fields, (Action::Enroll, None)).await?;
    match newcomer.open(&app, &till, &agreed, (&key, served.as_ref())).await? {
        Ok(answer) => {
            let address = format!("{START}/{}", answer.receipt.card);
            Ok((StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response())
        }
        Err(Refusal::Pin(refusal)) => asked(&till, &fields).staff(refusal, false),
        Err(refusal) => refused(&app, &till, newcomer, agreed, refusal).await,
    }
}

/// The card that was opened here a moment ago, with the way to it for the customer's phone.
pub(crate) async fn opened(State(app): State<App>, till: Till, Path(card): Path<String>) -> Answered {
    let found = facts::find(&app, &till, card_of(&till, &card)?).await?;
    let just_now = till.now().0 - found.enrolled_at < SHOWN_MINUTES * 60 * 1_000_000;
    let is_ours =
        |event: &Event| event.kind == EventKind::Enrolled && event.origin.actor == Actor::Terminal(till.terminal());
    if !just_now || !found.events.iter().any(is_ours) {
        let address = format!("/till/cards/{}", found.id);
        return Ok((StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response());
    }
    html(StatusCode::OK, &card_view(&app, &till, found)?)
}

fn card_view(app: &App, till: &Till, found: Found) -> Result<OpenedPage, Failure> {
    let entry = found.entry(till.catalogue())?;
    let page = till.page(till.text().enrol_opened(), format!("{START}/{}", found.id));
    let cap = entry.program.terms().anonymous_balance_cap;
    let is_held = cap > 0 && found.card.status == CardStatus::Unclaimed;
    let secret = app.secrets.card_link(till.merchant(), found.id, found.card.generation);
    Ok(OpenedPage {
        bar: till.bar(),
        program: opening::name(till, entry),
        name: found.first_name,
        number: number::group(&found.number),
        card: found.id.to_string(),
        link: app.config.address(&format!("/c/{secret}")),
        code: app.secrets.card_code(till.merchant(), found.id, found.card.generation),
        holds: is_held.then(|| page.number(cap)),
        page,
    })
}

fn asked<'a>(till: &'a Till, fields: &'a Fields) -> Asked<'a> {
    Asked {
        till,
        action: START.to_owned(),
        fields,
        keeps: true,
        back: START.to_owned(),
    }
}

/// A store that is closed serves nobody.
fn open_for_business(till: &Till) -> Result<(), Failure> {
    let is_open = till.catalogue().store(till.store()).is_some_and(|store| store.open);
    let closed = Failure::because(StatusCode::FORBIDDEN, |text| text.enrol_store_closed());
    if !is_open {
        return Err(till.failure(closed.then(|text| text.enrol_store_closed_next())));
    }
    if opening::offered(till).next().is_none() {
        let closed = Failure::because(StatusCode::CONFLICT, |text| text.enrol_closed());
        return Err(till.failure(closed.then(|text| text.enrol_closed_next())));
    }
    Ok(())
}

fn ask(till: &Till, status: StatusCode, typed: Typed, wrong: Wrong) -> Answered {
    let offered = |entry: &ProgramEntry| Offered {
        id: entry.program.id().to_string(),
        name: opening::name(till, entry),
    };
    let programs: Vec<Offered> = opening::offered(till).map(offered).collect();
    let first = programs.first().map(|program| program.id.clone()).unwrap_or_default();
    let program = Some(typed.program)
        .filter(|program| !program.is_empty())
        .unwrap_or(first);
    html(
        status,
        &EnrollPage {
            page: till.page(till.text().enrol_title(), START),
            bar: till.bar(),
            programs,
            typed: Typed { program, ..typed },
            wrong,
        },
    )
}

fn look(
    app: &App,
    till: &Till,
    newcomer: Newcomer<'_>,
    status: StatusCode,
    problem: Option<String>,
    marketing: bool,
) -> Answered {
    let page = till.page(till.text().enrol_title(), START);
    let view = SecondLookPage {
        bar: till.bar(),
        program: opening::name(till, newcomer.entry),
        echo: newcomer.contact.as_ref().map(domain::contact::Contact::grouped),
        terms: agreed::terms(till.catalogue(), newcomer.entry, &page),
        typed: newcomer.typed,
        problem,
        marketing,
        idempotency_key: app.secrets.new_id(till.now())?.to_string(),
        page,
    };
    html(status, &view)
}

/// The card that the contact's owner has of this program.
async fn known(app: &App, till: &Till, newcomer: &Newcomer<'_>) -> Result<Option<CardId>, Failure> {
    let Some(contact) = &newcomer.contact else {
        return Ok(None);
    };
    let lookup = app.secrets.lookup(till.merchant(), contact.kind, &contact.text);
    let (merchant, kind, program) = (till.merchant().0, contact.kind.code(), newcomer.entry.program.id().0);
    let cards = app
        .db
        .read(
            move |tx| match lookups::customer_by_contact(tx, merchant, kind, &lookup)? {
                Some(customer) => lookups::cards_of_customer(tx, merchant, customer),
                None => Ok(Vec::new()),
            },
        )
        .await?;
    let card = cards.into_iter().find(|card| card.program == program);
    Ok(card.map(|card| CardId(card.card)))
}

async fn show_known(app: &App, till: &Till, newcomer: Newcomer<'_>, card: CardId) -> Answered {
    let found = facts::find(app, till, card).await?;
    let start = found.number.len().saturating_sub(ENDING);
    let contact = newcomer.contact.as_ref().map(domain::contact::Contact::masked);
    let view = KnownPage {
        page: till.page(till.text().enrol_title(), START),
        bar: till.bar(),
        program: opening::name(till, newcomer.entry),
        contact: contact.unwrap_or_default(),
        ending: found.number.get(start..).unwrap_or_default().to_owned(),
        card: card.to_string(),
        typed: newcomer.typed,
    };
    html(StatusCode::CONFLICT, &view)
}

async fn refused(app: &App, till: &Till, newcomer: Newcomer<'_>, agreed: Agreed, refusal: Refusal) -> Answered {
    match refusal {
        Refusal::AlreadyEnrolled(card) => show_known(app, till, newcomer, card).await,
        // Only now: terms may have changed since the form was first sent, and then it has its card.
        Refusal::Objected(_) => {
            let marketing = agreed.consents.iter().any(|consent| consent.purpose == "marketing");
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            look(app, till, newcomer, status, agreed.problem, marketing)
        }
        Refusal::Rejected(Rejection::EnrollmentClosed) => {
            let closed = Failure::because(StatusCode::CONFLICT, |text| text.enrol_closed());
            Err(till.failure(closed.then(|text| text.enrol_closed_next())))
        }
        refusal => Err(till.failure(refusal.into())),
    }
}
