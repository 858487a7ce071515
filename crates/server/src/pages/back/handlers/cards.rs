//! `/back/cards`: a card is found and shown, and its balance put right (`ADJ-1`). Whoever does that proved lately who they are.

use axum::extract::{Path, Query, RawForm, State};
use axum::http::StatusCode;
use domain::card::CardStatus;
use domain::event::{Actor, Event, EventKind, Reason};
use domain::ids::{CardId, StoreId};
use domain::number;
use domain::program::ProgramKind;
use domain::quantity::Unit;
use serde::Deserialize;

use super::names::{self, Names};
use super::{is_fresh, is_ours, not_ours, prove, stores, trouble, who};
use crate::app::App;
use crate::approvals::{self, Corrected, Correction};
use crate::locale::Messages;
use crate::pages::back::cards::{CardPage, CardsPage, Form, FoundRow, Sent, Typed};
use crate::pages::back::fields::Fields;
use crate::pages::back::log::Choice;
use crate::pages::back::{Trouble, words};
use crate::pages::failure::{Answered, Failure};
use crate::pages::find::{self, Search, Searcher};
use crate::pages::found::{self, Found};
use crate::pages::handlers::html;
use crate::pages::people::session::{From, User, to};
use crate::pages::telling;
use crate::permissions::Action;
use crate::problem::{Code, Detail, Fault, Kind as Expected, Problem};
use crate::rate_limits::Kind;
use crate::texts;

const CARDS: &str = "/back/cards";
/// How many lines of its history.
const LINES_SHOWN: usize = 6;
/// Letters of a note.
const NOTE_MAX: usize = 500;

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    q: String,
}

/// How the page of a card was reached.
#[derive(Deserialize)]
pub(crate) struct Came {
    #[serde(default)]
    done: String,
    #[serde(default)]
    waits: String,
}

pub(crate) async fn find(State(app): State<App>, user: User, Query(wish): Query<Wish>) -> Answered {
    user.may(Action::SeeCards)?;
    let typed = wish.q.trim();
    if typed.is_empty() {
        return html(StatusCode::OK, &search_page(&user, typed));
    }
    app.limits
        .check(Kind::Lookup, &user.signed().person().id().to_string())?;
    let text = user.signed().text();
    let searcher = Searcher {
        catalogue: user.catalogue(),
        locale: user.signed().page("", "").locale.code(),
        now: app.clock.now(),
    };
    let (status, code, sentence) = match find::search(&app, searcher, typed).await? {
        Search::Card(card) | Search::Shown(card, _) => return Ok(to(&format!("{CARDS}/{card}"))),
        Search::Several(cards) => {
            let row = |(card, program): (CardId, String)| FoundRow {
                card: card.to_string(),
                program,
            };
            let found = cards.into_iter().map(row).collect();
            let page = search_page(&user, typed);
            return html(StatusCode::OK, &CardsPage { found, ..page });
        }
        Search::Replaced => (StatusCode::CONFLICT, "card_replaced", text.found_replaced()),
        Search::Link => (StatusCode::UNPROCESSABLE_ENTITY, "card_link", text.found_link()),
        Search::Unknown => (StatusCode::NOT_FOUND, "not_found", text.back_cards_unknown()),
    };
    let trouble = Some(Trouble {
        field: "q",
        code,
        sentence,
    });
    let page = search_page(&user, typed);
    html(status, &CardsPage { trouble, ..page })
}

fn search_page(user: &User, query: &str) -> CardsPage {
    let signed = user.signed();
    CardsPage {
        page: signed.page(signed.text().back_cards(), CARDS),
        bar: signed.bar(),
        query: query.to_owned(),
        found: Vec::new(),
        trouble: None,
    }
}

pub(crate) async fn show(
    State(app): State<App>,
    user: User,
    Path(card): Path<String>,
    Query(came): Query<Came>,
) -> Answered {
    user.may(Action::SeeCards)?;
    let found = card_of(&app, &user, &card).await?;
    if let Some(survivor) = found.card.survivor {
        return Ok(to(&format!("{CARDS}/{survivor}")));
    }
    let sent = match (came.done.as_str(), came.waits.as_str()) {
        ("1", _) => Sent::Done,
        (_, "1") => Sent::Waits,
        _ => Sent::Nothing,
    };
    let page = page(&app, &user, &found, &Fields::read(b""), None).await?;
    html(StatusCode::OK, &CardPage { sent, ..page })
}

/// A card of this merchant; one of another is one that is not there.
async fn card_of(app: &App, user: &User, id: &str) -> Result<Found, Failure> {
    let id: CardId = id.parse().map_err(|_| Failure::not_found())?;
    let read = found::read(app, user.catalogue().merchant.id, id).await?;
    read.ok_or_else(Failure::not_found)
}

async fn page(
    app: &App,
    user: &User,
    found: &Found,
    fields: &Fields,
    trouble: Option<Trouble>,
) -> Result<CardPage, Failure> {
    let (signed, catalogue) = (user.signed(), user.catalogue());
    let (text, entry) = (signed.text(), found.entry(catalogue)?);
    let title = found.first_name.clone().unwrap_or_else(|| text.back_card());
    let page = signed.page(title, format!("{CARDS}/{}", found.id));
    let kind = entry.program.kind();
    let day = catalogue.moment(None, app.clock.now()).day;
    let program = entry
        .texts
        .in_locale(page.locale.code(), &catalogue.merchant.default_locale)
        .name;
    let names = names::of(app, catalogue.merchant.id, Some(catalogue)).await?;
    let lines = found.lines(&page, catalogue, entry, LINES_SHOWN).into_iter();
    let told = found.events.iter().map(|event| by(text, &names, found, event));
    Ok(CardPage {
        events: lines.zip(told).collect(),
        bar: signed.bar(),
        card: found.id.to_string(),
        program,
        number: number::group(&found.number),
        stopped: match found.card.status {
            CardStatus::Blocked => Some(text.error_card_blocked()),
            CardStatus::Closed => Some(text.error_card_closed()),
            CardStatus::Active | CardStatus::Unclaimed | CardStatus::Merged => None,
        },
        balance: telling::balance(kind, found.card.balance_on(day)),
        form: match user.may(Action::Adjust) {
            Ok(()) => Some(form(app, user, found, kind, fields)?),
            Err(_) => None,
        },
        sent: Sent::Nothing,
        trouble,
        page,
    })
}

/// Who did it, and of a correction why.
fn by(text: &Messages, names: &Names, found: &Found, event: &Event) -> String {
    let (called, note) = found.beside.get(&event.sequence).cloned().unwrap_or_default();
    let id = match (event.origin.staff, event.origin.actor) {
        (Some(staff), _) => staff.to_string(),
        (None, Actor::User(user)) => user.to_string(),
        (None, Actor::Key(key)) => key.to_string(),
        (None, Actor::Terminal(terminal)) => terminal.to_string(),
        (None, Actor::Customer(_) | Actor::Public | Actor::System) => String::new(),
    };
    let who = called.or_else(|| names.get(&id).cloned());
    let is_correction = event.kind == EventKind::Adjusted;
    let why = event
        .reason
        .filter(|_| is_correction)
        .map(|why| words::reason(text, why.code()));
    let told: Vec<String> = [who, why, note].into_iter().flatten().collect();
    told.join(" · ")
}

fn form(app: &App, user: &User, found: &Found, kind: ProgramKind, fields: &Fields) -> Result<Form, Failure> {
    let text = user.signed().text();
    let chosen = fields.text("unit");
    let units = [
        (kind.has_stamps(), Unit::Stamp, text.correct_stamps()),
        (kind.has_points(), Unit::Point, text.correct_points()),
    ];
    let mut units: Vec<Choice> = units
        .into_iter()
        .filter(|(collects, _, _)| *collects)
        .map(|(_, unit, words)| Choice::new(unit.code(), words, chosen))
        .collect();
    if let (false, Some(first)) = (units.iter().any(|unit| unit.chosen), units.first_mut()) {
        first.chosen = true;
    }
    let reason = |reason: Reason| Choice::new(reason.code(), words::reason(text, reason.code()), fields.text("reason"));
    // Where it was chosen, or where the card is at home.
    let home = found.card.home.map(|store| store.to_string()).unwrap_or_default();
    let store = Some(fields.text("store")).filter(|store| !store.is_empty());
    let store = store.unwrap_or(&home);
    let now = app.clock.now();
    Ok(Form {
        units,
        reasons: Reason::ADJUST.into_iter().map(reason).collect(),
        stores: stores(user, |id| id.to_string() == store),
        typed: Typed {
            takes: fields.text("direction") == "take",
            amount: fields.text("amount").to_owned(),
            note: fields.text("note").to_owned(),
        },
        key: app.secrets.new_id(now)?.to_string(),
        fresh: is_fresh(app, user),
    })
}

pub(crate) async fn correct(
    State(app): State<App>,
    user: User,
    From(visitor): From,
    Path(card): Path<String>,
    RawForm(body): RawForm,
) -> Answered {
    user.may(Action::Adjust)?;
    let (found, fields) = (card_of(&app, &user, &card).await?, Fields::read(&body));
    let place = format!("{CARDS}/{}", found.id);
    let person = user.signed().person();
    if !is_fresh(&app, &user) {
        return prove(&place);
    }
    let done = match correction(&user, found.id, &fields)? {
        Ok(wanted) => approvals::correct(&app, who(&user, &visitor), person, wanted).await,
        Err(fault) => Err(fault.into()),
    };
    match done {
        Ok(Corrected::Booked) => Ok(to(&format!("{place}?done=1"))),
        Ok(Corrected::Asked(_)) => Ok(to(&format!("{place}?waits=1"))),
        Err(problem) => refused(&app, &user, &found, &fields, problem).await,
    }
}

async fn refused(app: &App, user: &User, found: &Found, fields: &Fields, problem: Problem) -> Answered {
    let (status, is_no_number) = (problem.code.status(), problem.code == Code::InvalidType);
    let mut trouble = trouble(problem, user.signed().page("", CARDS).locale)?;
    if is_no_number {
        trouble.sentence = user.signed().text().correct_whole();
    }
    html(status, &page(app, user, found, fields, Some(trouble)).await?)
}

/// What the form asks for. What no page offers is no form of ours; what is typed wrongly is said at its field.
fn correction(user: &User, card: CardId, fields: &Fields) -> Result<Result<Correction, Fault>, Failure> {
    let unit = Unit::from_code(fields.text("unit")).ok_or_else(Failure::bad_request)?;
    let reason = fields.text("reason").parse().map_err(|_| Failure::bad_request())?;
    let key = fields.text("idempotency_key");
    if key.is_empty() || key.len() > 128 || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Failure::bad_request());
    }
    let typed = (|| {
        let amount = amount(fields.text("amount"))?;
        let note = fields.text("note");
        let note = match note {
            "" => None,
            note => Some(texts::text(note, NOTE_MAX, true).map_err(|(code, max)| match max {
                Some(max) => Fault::with("/note", code, "max", Detail::Number(max as i64)),
                None => Fault::new("/note", code),
            })?),
        };
        let store: Option<StoreId> = fields.text("store").parse().ok();
        let ours = store.filter(|store| user.catalogue().store(*store).is_some() && is_ours(user, &[*store]));
        Ok(Correction {
            card,
            store: ours.ok_or_else(|| not_ours(user))?,
            unit,
            amount: if fields.text("direction") == "take" {
                -amount
            } else {
                amount
            },
            reason,
            note,
            key: key.to_owned(),
        })
    })();
    Ok(typed)
}

/// A whole number as it is typed, with blanks between its groups; what is more than the books hold, the rules refuse.
fn amount(typed: &str) -> Result<i64, Fault> {
    let plain: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    if plain.is_empty() {
        return Err(Fault::new("/amount", Code::Required));
    }
    if !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::with(
            "/amount",
            Code::InvalidType,
            "expected",
            Detail::Kind(Expected::WholeNumber),
        ));
    }
    Ok(plain.parse().unwrap_or(i64::MAX))
}
