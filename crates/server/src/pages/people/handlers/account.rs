//! `/account`: the password, where one is signed in, and proving again who one is.

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use domain::ids::SessionId;
use serde::Deserialize;

use super::sign_in::Next;
use super::{answered, passkeys, trouble, trouble_of};
use crate::app::App;
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::people::account::{AccountPage, SessionRow};
use crate::pages::people::session::{From, PROOF, Signed, keep, to, way};
use crate::pages::people::sign_in::{ProofPage, Trouble};
use crate::people::account::{self, Fresh};
use crate::people::sign_in;

/// The account's own address.
pub(crate) const ACCOUNT: &str = "/account";
/// The same, told that something was done.
pub(crate) const DONE: &str = "/account?done=1";

#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    #[serde(default)]
    done: String,
}

#[derive(Deserialize)]
pub(crate) struct Passwords {
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
}

#[derive(Deserialize)]
pub(crate) struct Proof {
    #[serde(default)]
    secret: String,
    #[serde(default)]
    next: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    signed: Signed,
    From(visitor): From,
    Query(asked): Query<Asked>,
) -> Answered {
    let page = page(&app, &signed, asked.done == "1", None).await?;
    let page = AccountPage {
        device: visitor.device,
        ..page
    };
    html(StatusCode::OK, &page)
}

pub(super) async fn page(
    app: &App,
    signed: &Signed,
    done: bool,
    trouble: Option<Trouble>,
) -> Result<AccountPage, Failure> {
    let person = signed.person();
    let account = account::look(app, person).await?;
    let row = |one: account::Listed| SessionRow {
        end: format!("/account/sessions/{}/end", one.id),
        is_this: one.id == person.session(),
        device: one.device,
        address: one.address,
        seen_at: one.seen_at.0,
    };
    Ok(AccountPage {
        page: signed.page(signed.text().account_title(), ACCOUNT),
        bar: signed.bar(),
        address: person.address().to_owned(),
        has_factor: person.has_factor(),
        codes: account.codes,
        passkeys: passkeys::rows(app, person).await?,
        origin: passkeys::origin(app),
        device: String::new(),
        fresh: person.is_fresh(app.clock.now()),
        refused: false,
        sessions: account.sessions.into_iter().map(row).collect(),
        done,
        trouble,
    })
}

pub(crate) async fn password(
    State(app): State<App>,
    signed: Signed,
    From(visitor): From,
    Form(typed): Form<Passwords>,
) -> Answered {
    let passwords = (&*typed.old, &*typed.new);
    match account::change_password(&app, &visitor, signed.person(), passwords).await {
        Ok(token) => keep(&app, &token, DONE),
        Err(refusal) => {
            let page_locale = signed.page("", ACCOUNT).locale;
            let (status, mut trouble) = trouble_of(refusal, page_locale)?;
            if trouble.code == "invalid_credentials" {
                trouble.sentence = signed.text().password_wrong();
            }
            let page = page(&app, &signed, false, Some(trouble)).await?;
            Ok(answered(html(status, &page)?))
        }
    }
}

pub(crate) async fn show_proof(State(app): State<App>, signed: Signed, Query(asked): Query<Next>) -> Answered {
    html(StatusCode::OK, &proof_page(&app, &signed, &asked.next, None))
}

pub(super) fn proof_page(app: &App, signed: &Signed, next: &str, trouble: Option<Trouble>) -> ProofPage {
    ProofPage {
        page: signed.page(signed.text().proof_title(), PROOF),
        address: signed.person().address().to_owned(),
        next: way(next),
        origin: passkeys::origin(app),
        trouble,
    }
}

pub(crate) async fn proof(
    State(app): State<App>,
    signed: Signed,
    From(visitor): From,
    Form(typed): Form<Proof>,
) -> Answered {
    match sign_in::again(&app, &visitor, signed.person(), &typed.secret).await {
        Ok(token) => keep(&app, &token, &proven(&typed.next)),
        Err(problem) => {
            let page = proof_page(&app, &signed, &typed.next, None);
            let (status, trouble) = trouble(problem, page.page.locale)?;
            let trouble = Some(trouble);
            Ok(answered(html(status, &ProofPage { trouble, ..page })?))
        }
    }
}

/// Where somebody goes who proved who they are.
pub(super) fn proven(next: &str) -> String {
    let way = Some(way(next)).filter(|way| !way.is_empty());
    way.unwrap_or_else(|| ACCOUNT.to_owned())
}

/// The proof that a dangerous action needs, or the way to it.
pub(super) fn fresh<'a>(app: &App, signed: &'a Signed) -> Result<Fresh<'a>, String> {
    Fresh::of(app, signed.person()).ok_or_else(|| format!("{PROOF}?next={ACCOUNT}"))
}

pub(crate) async fn end_session(
    State(app): State<App>,
    signed: Signed,
    From(visitor): From,
    Path(session): Path<String>,
) -> Answered {
    let session: SessionId = session.parse().map_err(|_| Failure::not_found())?;
    match fresh(&app, &signed) {
        Ok(fresh) => account::end_session(&app, &visitor, &fresh, session).await?,
        Err(way) => return Ok(to(&way)),
    }
    Ok(to(DONE))
}

pub(crate) async fn end_others(State(app): State<App>, signed: Signed, From(visitor): From) -> Answered {
    match fresh(&app, &signed) {
        Ok(fresh) => account::end_others(&app, &visitor, &fresh).await?,
        Err(way) => return Ok(to(&way)),
    }
    Ok(to(DONE))
}
