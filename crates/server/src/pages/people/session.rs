//! Who signed in with a password, and from where: the cookie, and the proofs that a request comes from a person, an
//! operator or a user of a merchant. Only this file makes them.
//!
//! Owns: the cookie, [`Signed`], [`Operator`] and [`User`]. Must not know: what a person does.

mod device;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::ids::{CardId, StaffId};
use std::convert::Infallible;
use std::sync::Arc;

use super::{Bar, menu, words};
use crate::app::App;
use crate::catalogue::Catalogue;
use crate::client_address::Client;
use crate::config::Config;
use crate::locale::Messages;
use crate::pages::context::Reader;
use crate::pages::cookies::Cookie;
use crate::pages::failure::{Answered, Failure};
use crate::pages::page::Page;
use crate::people::{Halfway, Held, KEEP_MINUTES, OPERATORS, Person, Visitor, held};
use crate::permissions::{Action, Group, Role};
use crate::problem::{Code, Problem};

const COOKIE: Cookie = Cookie("trei_session");
/// Where a browser goes when it has nobody.
pub(crate) const SIGN_IN: &str = "/signin";
/// Where a browser goes that still lacks the second factor.
pub(crate) const CODE: &str = "/signin/code";
/// Where a person goes for a dangerous action whose last proof is too long ago.
pub(crate) const PROOF: &str = "/account/proof";
/// Where people may be sent after signing in: nowhere else, whatever a link says.
const WAYS: [&str; 13] = [
    "/account",
    "/operator",
    "/operator/log",
    "/operator/users",
    "/back",
    "/back/cards",
    "/back/approvals",
    "/back/staff",
    "/back/staff/rules",
    "/back/terminals",
    "/back/keys",
    "/back/users",
    "/back/log",
];

/// Where to go then, if it is one of our ways, or the page of a card or of a member of staff; else nothing.
pub(crate) fn way(next: &str) -> String {
    let card = next.strip_prefix("/back/cards/").and_then(|id| id.parse().ok());
    let staff = next.strip_prefix("/back/staff/").and_then(|id| id.parse().ok());
    match (card, staff) {
        (Some(card), _) => format!("/back/cards/{}", CardId::to_string(&card)),
        (_, Some(staff)) => format!("/back/staff/{}", StaffId::to_string(&staff)),
        _ => WAYS.into_iter().find(|way| *way == next).unwrap_or_default().to_owned(),
    }
}

/// The first page of a role.
pub(crate) fn home(role: Role) -> &'static str {
    match role.group() {
        Group::Operators => "/operator",
        _ => "/back",
    }
}

/// From where a request comes. An extractor that never fails.
pub(crate) struct From(pub(crate) Visitor);

impl<S> FromRequestParts<S> for From
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let client = Client::from_request_parts(parts, state).await?;
        let agent = parts
            .headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok());
        Ok(Self(Visitor {
            address: client.address(),
            device: device::name(agent.unwrap_or_default()),
        }))
    }
}

/// A person who signed in, whoever it is.
pub(crate) struct Signed {
    person: Person,
    page: Page,
    title: String,
}

impl Signed {
    /// The person.
    pub(crate) fn person(&self) -> &Person {
        &self.person
    }

    /// The messages in the language of who reads.
    pub(crate) fn text(&self) -> &'static Messages {
        self.page.text()
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
        Bar {
            title: self.title.clone(),
            home: home(self.person.role()),
            name: self.person.name().to_owned(),
            role: words::role(self.text(), self.person.role()),
            menu: menu::of(self.person.role(), self.person.stores().is_empty(), self.text()),
        }
    }

    /// What the person may do, in words.
    pub(crate) fn may_do(&self) -> Vec<String> {
        let actions = self.person.role().actions();
        actions.map(|action| words::action(self.text(), action)).collect()
    }
}

/// An operator who signed in.
pub(crate) struct Operator(Signed);

impl Operator {
    /// As any person who signed in.
    pub(crate) fn signed(&self) -> &Signed {
        &self.0
    }

    /// Refuses what they may not do.
    ///
    /// # Errors
    /// `forbidden`.
    pub(crate) fn may(&self, action: Action) -> Result<(), Problem> {
        self.0.person.may(action)
    }
}

/// A user of a merchant's back office who signed in.
pub(crate) struct User {
    signed: Signed,
    catalogue: Arc<Catalogue>,
}

impl User {
    /// As any person who signed in.
    pub(crate) fn signed(&self) -> &Signed {
        &self.signed
    }

    /// What the merchant offers.
    pub(crate) fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// Refuses what they may not do.
    ///
    /// # Errors
    /// `forbidden`.
    pub(crate) fn may(&self, action: Action) -> Result<(), Problem> {
        self.signed.person.may(action)
    }
}

/// The token of a request, if it has one.
pub(crate) fn token(app: &App, headers: &HeaderMap) -> Option<String> {
    COOKIE.read(&app.config, headers)
}

/// What the cookie of a request is good for.
pub(crate) async fn holds(app: &App, headers: &HeaderMap) -> Result<Held, Failure> {
    match token(app, headers) {
        Some(token) => Ok(held(app, &token).await?),
        None => Ok(Held::Nothing),
    }
}

/// The person of a request, or the answer that says what is missing.
async fn signed(parts: &mut Parts, app: &App) -> Result<(Signed, Option<Arc<Catalogue>>), Response> {
    let Ok(reader) = Reader::from_request_parts(parts, app).await;
    let person = match holds(app, &parts.headers).await.map_err(IntoResponse::into_response)? {
        Held::Whole(person) => *person,
        Held::Halfway(_) => return Err(missing(parts, CODE, Code::MfaRequired)),
        Held::Nothing => return Err(missing(parts, SIGN_IN, Code::Unauthenticated)),
    };
    let catalogue = match person.merchant() {
        OPERATORS => None,
        merchant => app
            .catalogue(merchant)
            .await
            .map_err(|error| Failure::from(error).into_response())?,
    };
    let (page, title) = match &catalogue {
        Some(catalogue) => (
            reader.merchant_page(app, catalogue, None),
            catalogue.merchant.name.clone(),
        ),
        None => (reader.page(app), "Trei".to_owned()),
    };
    Ok((Signed { person, page, title }, catalogue))
}

/// A look is sent to where it can sign in, and comes back; a write is refused.
fn missing(parts: &Parts, place: &str, code: Code) -> Response {
    if parts.method != Method::GET {
        let ended = Failure::because(code.status(), |text| text.signin_ended());
        return ended.into_response();
    }
    match way(parts.uri.path()).as_str() {
        "" => to(place),
        next => to(&format!("{place}?next={next}")),
    }
}

/// Sends a browser somewhere else on this server.
pub(crate) fn to(place: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, place.to_owned())]).into_response()
}

impl<S> FromRequestParts<S> for Signed
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let app = App::from_ref(state);
        Ok(signed(parts, &app).await?.0)
    }
}

impl<S> FromRequestParts<S> for Operator
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let app = App::from_ref(state);
        let (signed, _) = signed(parts, &app).await?;
        if signed.person.merchant() != OPERATORS {
            return Err(Failure::from(Problem::from(Code::Forbidden)).into_response());
        }
        Ok(Self(signed))
    }
}

impl<S> FromRequestParts<S> for User
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let app = App::from_ref(state);
        let (signed, catalogue) = signed(parts, &app).await?;
        let Some(catalogue) = catalogue else {
            return Err(Failure::from(Problem::from(Code::Forbidden)).into_response());
        };
        if !catalogue.merchant.active {
            let suspended = Failure::because(StatusCode::FORBIDDEN, |text| text.back_suspended());
            let suspended = suspended.then(|text| text.back_suspended_next());
            return Err(suspended.of(&catalogue).into_response());
        }
        Ok(Self { signed, catalogue })
    }
}

/// Somebody whose password was right and whose second factor is still missing.
pub(crate) struct Waiting(pub(crate) Halfway);

impl<S> FromRequestParts<S> for Waiting
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let app = App::from_ref(state);
        match holds(&app, &parts.headers).await {
            Ok(Held::Halfway(halfway)) => Ok(Self(halfway)),
            Ok(_) => Err(to(SIGN_IN)),
            Err(failure) => Err(failure.into_response()),
        }
    }
}

/// The header that keeps a session, or ends it when nothing is to be kept.
fn cookie(config: &Config, token: &str) -> String {
    COOKIE.keep(config, token, KEEP_MINUTES * 60)
}

/// Goes on under a token, or under none.
pub(crate) fn keep(app: &App, token: &str, place: &str) -> Answered {
    let headers = [
        (header::SET_COOKIE, cookie(&app.config, token)),
        (header::LOCATION, place.to_owned()),
    ];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_anywhere_else() {
        for hostile in [
            "https://evil.example",
            "//evil.example",
            "/account/../x",
            "/account\r\nx: y",
            "",
            "account",
            "/back/cards/",
            "/back/cards/card_1",
            "/back/cards/../x",
        ] {
            assert_eq!(way(hostile), "", "{hostile}");
        }
        assert_eq!(way("/operator"), "/operator");
    }

    #[test]
    fn the_cookie_is_bound_and_out_of_reach() {
        let config = Config::from(|name| (name == "LOYALTY_PUBLIC_URL").then(|| "https://a.example".to_owned()));
        let cookie = cookie(&config.unwrap(), "x");
        assert!(cookie.starts_with("__Host-trei_session=x; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"));
        assert!(cookie.ends_with("; Secure"));
    }
}
