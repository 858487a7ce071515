//! `/signin`, `/signin/code` and `/signout`.

use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use serde::Deserialize;

use super::{answered, passkeys, trouble};
use crate::app::App;
use crate::client_address::Client;
use crate::pages::context::Reader;
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::people::session::{CODE, From, SIGN_IN, Waiting, holds, home, keep, to, token, way};
use crate::pages::people::sign_in::{CodePage, SignInPage, Trouble};
use crate::people::sign_in::{self, Came};
use crate::people::{Held, Ticket, Visitor};
use crate::rate_limits::Kind;

/// Where to go then.
#[derive(Deserialize, Default)]
pub(crate) struct Next {
    #[serde(default)]
    pub(crate) next: String,
}

#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    address: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(crate) struct TypedCode {
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

/// Who is in already is sent on.
pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    Query(asked): Query<Next>,
) -> Answered {
    let next = way(&asked.next);
    match holds(&app, &headers).await? {
        Held::Whole(person) if next.is_empty() => Ok(to(home(person.role()))),
        Held::Whole(_) => Ok(to(&next)),
        _ => html(StatusCode::OK, &page(&app, &reader, &next, String::new(), None)),
    }
}

pub(super) fn page(app: &App, reader: &Reader, next: &str, address: String, trouble: Option<Trouble>) -> SignInPage {
    let mut page = reader.page(app);
    page.title = page.text().signin_title();
    page.path = with_next(SIGN_IN, next);
    let next = next.to_owned();
    SignInPage {
        page,
        next,
        address,
        origin: passkeys::origin(app),
        trouble,
    }
}

pub(super) fn with_next(place: &str, next: &str) -> String {
    if next.is_empty() {
        place.to_owned()
    } else {
        format!("{place}?next={next}")
    }
}

/// Whoever signs in where somebody is signed in takes their place: what the browser had before is over.
pub(super) async fn end_before(app: &App, visitor: &Visitor, headers: &HeaderMap) -> Result<(), Failure> {
    if let Some(ticket) = token(app, headers).and_then(|token| Ticket::read(&token)) {
        sign_in::out(app, visitor, ticket).await?;
    }
    Ok(())
}

pub(crate) async fn begin(
    State(app): State<App>,
    reader: Reader,
    client: Client,
    From(visitor): From,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Answered {
    app.limit(Kind::SignIn, &client.counted().to_string()).await?;
    let next = way(&typed.next);
    match sign_in::password(&app, &visitor, &typed.address, &typed.password).await {
        Ok(came) => {
            end_before(&app, &visitor, &headers).await?;
            match came {
                Came::In(token) => keep(&app, &token, &with_next(SIGN_IN, &next)),
                Came::Halfway(token) => keep(&app, &token, &with_next(CODE, &next)),
            }
        }
        Err(problem) => {
            let (status, trouble) = trouble(problem, reader.page(&app).locale)?;
            let page = page(&app, &reader, &next, typed.address, Some(trouble));
            Ok(answered(html(status, &page)?))
        }
    }
}

pub(crate) async fn show_code(
    State(app): State<App>,
    reader: Reader,
    _waiting: Waiting,
    Query(asked): Query<Next>,
) -> Answered {
    html(StatusCode::OK, &code_page(&app, &reader, &way(&asked.next), None))
}

fn code_page(app: &App, reader: &Reader, next: &str, trouble: Option<Trouble>) -> CodePage {
    let mut page = reader.page(app);
    page.title = page.text().signin_code_title();
    page.path = with_next(CODE, next);
    let next = next.to_owned();
    CodePage { page, next, trouble }
}

pub(crate) async fn code(
    State(app): State<App>,
    reader: Reader,
    client: Client,
    From(visitor): From,
    Waiting(halfway): Waiting,
    Form(typed): Form<TypedCode>,
) -> Answered {
    app.limit(Kind::SignIn, &client.counted().to_string()).await?;
    let next = way(&typed.next);
    match sign_in::second_factor(&app, &visitor, &halfway, &typed.code).await {
        Ok(token) => keep(&app, &token, &with_next(SIGN_IN, &next)),
        Err(problem) => {
            let (status, trouble) = trouble(problem, reader.page(&app).locale)?;
            let page = code_page(&app, &reader, &next, Some(trouble));
            Ok(answered(html(status, &page)?))
        }
    }
}

pub(crate) async fn out(State(app): State<App>, From(visitor): From, headers: HeaderMap) -> Answered {
    end_before(&app, &visitor, &headers).await?;
    Ok(keep(&app, "", SIGN_IN)?.into_response())
}
