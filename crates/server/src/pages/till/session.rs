//! Who stands at the till: a browser that showed a terminal's token once and keeps a session since.
//!
//! Owns: the cookie, and [`Till`], the proof that a request comes from a paired terminal. Must not know: what the
//! terminal does.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::ids::{CardId, MerchantId, StoreId, TerminalId};
use domain::moment::{Instant, Moment};
use domain::proof::{Live, Proof};
use std::sync::Arc;
use uuid::Uuid;

use super::pair::PairPage;
use super::{Bar, handlers, serving, shown, turn};
use crate::app::App;
use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::identity::seen;
use crate::locale::Messages;
use crate::pages::context::Reader;
use crate::pages::cookies::Cookie;
use crate::pages::failure::Failure;
use crate::pages::find::Searcher;
use crate::pages::page::Page;
use crate::pins::{self, Session};
use crate::secrets::{SecretError, base62, token_hash};
use crate::sql;
use crate::tokens::TokenOf;

const COOKIE: Cookie = Cookie("trei_till");
const ID_LENGTH: usize = 16;
const SECRET_LENGTH: usize = 32;
/// A till is paired once and works for a bit over a year.
pub(crate) const KEEP_SECONDS: i64 = 400 * 24 * 60 * 60;

/// A paired terminal. Only this file makes one.
#[derive(Clone)]
pub(crate) struct Till {
    merchant: MerchantId,
    terminal: TerminalId,
    name: String,
    store: StoreId,
    catalogue: Arc<Catalogue>,
    now: Instant,
    page: Page,
    seen: Option<(CardId, Live)>,
    turn: Option<Session>,
}

impl Till {
    /// Whose turn it is, as far as somebody showed their PIN lately (`PIN-6`).
    pub(crate) fn turn(&self) -> Option<Session> {
        self.turn
    }

    /// The same till in somebody's turn.
    pub(crate) fn in_turn(&self, turn: Option<Session>) -> Self {
        Self { turn, ..self.clone() }
    }

    /// Where it is, as PINs see it.
    pub(crate) fn place(&self) -> pins::Till {
        pins::Till {
            merchant: self.merchant,
            terminal: self.terminal,
            store: self.store,
        }
    }

    /// How a card was shown to this till: its live code, where that was scanned lately (`CRD-3`).
    pub(crate) fn proof(&self, card: CardId) -> Proof {
        let seen = self.seen.filter(|(seen, _)| *seen == card);
        seen.map_or(Proof::None, |(_, live)| Proof::Live(live))
    }

    pub(crate) fn merchant(&self) -> MerchantId {
        self.merchant
    }

    pub(crate) fn terminal(&self) -> TerminalId {
        self.terminal
    }

    pub(crate) fn store(&self) -> StoreId {
        self.store
    }

    pub(crate) fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// When the request came.
    pub(crate) fn now(&self) -> Instant {
        self.now
    }

    /// Who looks for a card here.
    pub(crate) fn searcher(&self) -> Searcher<'_> {
        Searcher {
            catalogue: &self.catalogue,
            locale: self.locale(),
            now: self.now,
        }
    }

    /// Now, as it reads on the store's wall.
    pub(crate) fn moment(&self) -> Moment {
        self.catalogue.moment(Some(self.store), self.now)
    }

    /// The messages in the language of who reads.
    pub(crate) fn text(&self) -> &'static Messages {
        self.page.text()
    }

    /// The code of that language.
    pub(crate) fn locale(&self) -> &'static str {
        self.page.locale.code()
    }

    /// A page with a title and the address that language and look lead back to.
    pub(crate) fn page(&self, title: impl Into<String>, path: impl Into<String>) -> Page {
        Page {
            title: title.into(),
            path: path.into(),
            ..self.page.clone()
        }
    }

    /// What stands along the top.
    pub(crate) fn bar(&self) -> Bar {
        let store = self.catalogue.store(self.store).map(|store| store.name.clone());
        Bar {
            store: store.unwrap_or_default(),
            terminal: self.name.clone(),
            turn: self.turn.and_then(|session| turn::told(self, &session)),
            asks_pin: serving::is_asked(self),
        }
    }

    /// The public id of the credential: the scope of idempotency keys (`IDM-1`).
    pub(crate) fn principal(&self) -> String {
        self.terminal.to_string()
    }

    /// A failure in the colours of the shop.
    pub(crate) fn failure(&self, failure: Failure) -> Failure {
        failure.of(&self.catalogue)
    }

    async fn of(app: &App, reader: &Reader, headers: &HeaderMap) -> Result<Option<Self>, Absent> {
        let Some(ticket) = COOKIE.read(&app.config, headers).and_then(|text| Ticket::read(&text)) else {
            return Ok(None);
        };
        let (merchant, now, hash) = (ticket.merchant, app.clock.now(), ticket.hash);
        let row = app
            .db
            .read(move |tx| sql::till::session(tx, merchant.0, &hash, now.0))
            .await?;
        let Some(row) = row else { return Ok(None) };
        if row.status == "revoked" {
            return Err(Absent::Revoked);
        }
        let terminal = TerminalId(row.terminal);
        seen::note(app, merchant, TokenOf::Terminal(terminal), row.last_seen_at);
        let Some(catalogue) = app.catalogue(merchant).await? else {
            return Ok(None);
        };
        if !catalogue.merchant.active {
            let suspended = Failure::because(StatusCode::FORBIDDEN, |text| text.till_suspended());
            let suspended = suspended.then(|text| text.till_suspended_next());
            return Err(suspended.of(&catalogue).into());
        }
        let store = StoreId(row.store);
        let place = pins::Till {
            merchant,
            terminal,
            store,
        };
        let turn = turn::read(app, headers, place, &catalogue);
        let page = reader.merchant_page(app, &catalogue, Some(store));
        Ok(Some(Self {
            merchant,
            terminal,
            name: row.name,
            store,
            catalogue,
            now,
            page,
            seen: shown::read(app, headers, merchant, terminal),
            turn,
        }))
    }
}

/// Why nobody stands at a till that has a session.
enum Absent {
    /// Its terminal was taken back.
    Revoked,
    /// Something else.
    Failed(Failure),
}

impl<T: Into<Failure>> From<T> for Absent {
    fn from(failure: T) -> Self {
        Absent::Failed(failure.into())
    }
}

impl<S> FromRequestParts<S> for Till
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let app = App::from_ref(state);
        let Ok(reader) = Reader::from_request_parts(parts, state).await;
        match Till::of(&app, &reader, &parts.headers).await {
            Ok(Some(till)) => Ok(till),
            Ok(None) => Err(unpaired(&app, &reader, parts.method == Method::GET)),
            Err(Absent::Revoked) => Err(pairing(&app, &reader, Some(Messages::pair_revoked))),
            Err(Absent::Failed(failure)) => Err(failure.into_response()),
        }
    }
}

/// Without a session a look gets the pairing page, and a write is refused with it.
fn unpaired(app: &App, reader: &Reader, is_look: bool) -> Response {
    pairing(app, reader, (!is_look).then_some(Messages::pair_ended))
}

/// The pairing page, perhaps with why the till does not open.
fn pairing(app: &App, reader: &Reader, why: Option<fn(&Messages) -> String>) -> Response {
    let mut page = reader.page(app);
    page.title = page.text().pair_title();
    page.path = "/till".to_owned();
    let problem = why.map(|why| why(page.text()));
    let status = if problem.is_some() {
        StatusCode::UNAUTHORIZED
    } else {
        StatusCode::OK
    };
    handlers::html(status, &PairPage { page, problem }).unwrap_or_else(IntoResponse::into_response)
}

/// What the cookie carries.
pub(crate) struct Ticket {
    /// Whose terminal.
    pub(crate) merchant: MerchantId,
    /// Under which the session stands in the database.
    pub(crate) hash: Vec<u8>,
}

impl Ticket {
    /// A new session's cookie text with its ticket.
    pub(crate) fn new(app: &App, merchant: MerchantId) -> Result<(String, Self), SecretError> {
        let secret: [u8; SECRET_LENGTH] = app.secrets.random()?;
        let text = base62::encode(&[merchant.0.as_bytes().as_slice(), &secret].concat());
        let hash = token_hash(&text);
        Ok((text, Self { merchant, hash }))
    }

    /// The ticket of a cookie, well-formed or none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let bytes = base62::decode::<{ ID_LENGTH + SECRET_LENGTH }>(text)?;
        let (merchant, _) = bytes.split_first_chunk::<ID_LENGTH>()?;
        Some(Self {
            merchant: MerchantId(Uuid::from_bytes(*merchant)),
            hash: token_hash(text),
        })
    }

    /// The ticket of a request.
    pub(crate) fn of(app: &App, headers: &HeaderMap) -> Option<Self> {
        COOKIE.read(&app.config, headers).and_then(|text| Self::read(&text))
    }
}

/// The header that keeps a session, or ends it when nothing is to be kept.
pub(crate) fn cookie(config: &Config, text: &str) -> String {
    COOKIE.keep(config, text, KEEP_SECONDS)
}
