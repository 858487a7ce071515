//! `/back/terminals`: tills are made with a code that pairs a device, and taken back at once.

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use domain::ids::{StoreId, TerminalId};
use serde::Deserialize;

use super::{Asked, called, is_fresh, is_ours, not_ours, places, prove, stores, trouble, who};
use crate::app::App;
use crate::pages::back::Trouble;
use crate::pages::back::terminals::{Code as Shown, TerminalRow, TerminalsPage};
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::people::session::{From, User, to};
use crate::permissions::Action;
use crate::pins;
use crate::problem::{Code, Problem};
use crate::terminals::{self, Listed};

const TERMINALS: &str = "/back/terminals";

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    name: String,
    #[serde(default)]
    store: String,
}

pub(crate) async fn show(State(app): State<App>, user: User, Query(asked): Query<Asked>) -> Answered {
    user.may(Action::ManageTerminals)?;
    let page = page(&app, &user, (String::new(), None), None).await?;
    let done = asked.done();
    html(StatusCode::OK, &TerminalsPage { done, ..page })
}

async fn page(
    app: &App,
    user: &User,
    (name, store): (String, Option<StoreId>),
    trouble: Option<Trouble>,
) -> Result<TerminalsPage, Failure> {
    let signed = user.signed();
    let mut listed = terminals::list(app, user.catalogue().merchant.id).await?;
    // Those that work first.
    listed.sort_by_key(|one| one.status == "revoked");
    Ok(TerminalsPage {
        page: signed.page(signed.text().back_terminals(), TERMINALS),
        bar: signed.bar(),
        terminals: listed.into_iter().map(|one| row(user, one)).collect(),
        stores: stores(user, |id| Some(id) == store),
        name,
        code: None,
        fresh: is_fresh(app, user),
        done: false,
        trouble,
    })
}

fn row(user: &User, one: Listed) -> TerminalRow {
    TerminalRow {
        id: one.terminal.to_string(),
        store: places(user, &[one.store]),
        seen_at: one.last_seen_at.map(|at| at.0),
        is_ours: is_ours(user, &[one.store]),
        locked_until: one.locked_until.map(|until| until.0),
        name: one.name,
        status: one.status,
    }
}

pub(crate) async fn make(State(app): State<App>, user: User, From(visitor): From, Form(wish): Form<Wish>) -> Answered {
    user.may(Action::ManageTerminals)?;
    if !is_fresh(&app, &user) {
        return prove(TERMINALS);
    }
    let name = wish.name.trim().to_owned();
    let store = match wish.store.trim() {
        "" => None,
        store => Some(known(&user, store)?),
    };
    match wanted(&user, &name, store) {
        Err(problem) => {
            let locale = user.signed().page("", TERMINALS).locale;
            let (status, trouble) = (problem.code.status(), trouble(problem, locale)?);
            html(status, &page(&app, &user, (name, store), Some(trouble)).await?)
        }
        Ok(store) => {
            let merchant = user.catalogue().merchant.id;
            let made = terminals::make(&app, who(&user, &visitor), merchant, store, &name).await?;
            let page = page(&app, &user, (String::new(), None), None).await?;
            let code = Some(Shown {
                code: made.code,
                name,
                until: made.expires_at.0,
            });
            html(StatusCode::CREATED, &TerminalsPage { code, ..page })
        }
    }
}

/// A store of the merchant.
///
/// # Errors
/// `not_found`.
fn known(user: &User, store: &str) -> Result<StoreId, Failure> {
    let id: Option<StoreId> = store.parse().ok();
    let known = id.filter(|store| user.catalogue().store(*store).is_some());
    known.ok_or_else(Failure::not_found)
}

fn wanted(user: &User, name: &str, store: Option<StoreId>) -> Result<StoreId, Problem> {
    called(name)?;
    let ours = store.filter(|store| is_ours(user, &[*store]));
    ours.ok_or_else(|| not_ours(user).into())
}

pub(crate) async fn revoke(
    State(app): State<App>,
    user: User,
    From(visitor): From,
    Path(terminal): Path<String>,
) -> Answered {
    user.may(Action::ManageTerminals)?;
    let one = ours(&app, &user, &terminal).await?;
    let merchant = user.catalogue().merchant.id;
    terminals::revoke(&app, who(&user, &visitor), merchant, one).await?;
    Ok(to(&format!("{TERMINALS}?done=1")))
}

/// Ends the lock of a till at which too many wrong PINs were tried (`PIN-5`).
pub(crate) async fn unlock(
    State(app): State<App>,
    user: User,
    From(visitor): From,
    Path(terminal): Path<String>,
) -> Answered {
    user.may(Action::UnlockPins)?;
    let one = ours(&app, &user, &terminal).await?;
    if !is_fresh(&app, &user) {
        return prove(TERMINALS);
    }
    let merchant = user.catalogue().merchant.id;
    pins::unlock_terminal(&app, who(&user, &visitor), merchant, one).await?;
    Ok(to(&format!("{TERMINALS}?done=1")))
}

/// A till that the user looks after.
///
/// # Errors
/// `not_found`; `forbidden` for one in another store.
async fn ours(app: &App, user: &User, terminal: &str) -> Result<TerminalId, Failure> {
    let id: TerminalId = terminal.parse().map_err(|_| Failure::not_found())?;
    let listed = terminals::list(app, user.catalogue().merchant.id).await?;
    let one = listed.into_iter().find(|one| one.terminal == id);
    let one = one.ok_or_else(Failure::not_found)?;
    if is_ours(user, &[one.store]) {
        Ok(id)
    } else {
        Err(Problem::from(Code::Forbidden).into())
    }
}
