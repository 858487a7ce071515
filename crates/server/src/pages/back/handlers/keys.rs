//! `/back/keys`: API keys are made, shown once, and taken back. Whoever does it proved lately who they are.

use axum::extract::{Path, Query, RawForm, State};
use axum::http::StatusCode;
use domain::ids::{KeyId, StoreId};
use domain::moment::Instant;
use jiff::civil::Date;

use super::{Asked, called, is_fresh, is_ours, named, not_ours, places, prove, stores, trouble, who};
use crate::app::App;
use crate::client_address;
use crate::identity::Scope;
use crate::keys::{self, InvalidKey, Listed, NewKey};
use crate::pages::back::Trouble;
use crate::pages::back::fields::Fields;
use crate::pages::back::keys::{KeyRow, KeysPage, ScopeChoice, Typed};
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::people::session::{From, User, to};
use crate::permissions::Action;
use crate::problem::{Code, Detail, Fault, Problem};

const KEYS: &str = "/back/keys";

pub(crate) async fn show(State(app): State<App>, user: User, Query(asked): Query<Asked>) -> Answered {
    user.may(Action::ManageKeys)?;
    let page = page(&app, &user, &Fields::read(b""), None).await?;
    let done = asked.done();
    html(StatusCode::OK, &KeysPage { done, ..page })
}

async fn page(app: &App, user: &User, fields: &Fields, trouble: Option<Trouble>) -> Result<KeysPage, Failure> {
    let signed = user.signed();
    let mut listed = keys::list(app, user.catalogue().merchant.id).await?;
    // Those that work first.
    listed.sort_by_key(|one| one.revoked_at.is_some());
    let role = signed.person().role();
    let scopes = Scope::ALL.into_iter().filter(|scope| role.may_as(*scope));
    Ok(KeysPage {
        page: signed.page(signed.text().back_keys(), KEYS),
        bar: signed.bar(),
        keys: listed.into_iter().map(|one| row(user, one)).collect(),
        scopes: scopes
            .map(|scope| ScopeChoice {
                code: scope.code(),
                chosen: fields.all("scope").any(|code| code == scope.code()),
            })
            .collect(),
        stores: stores(user, |id| fields.all("store").any(|store| store == id.to_string())),
        typed: Typed {
            name: fields.text("name").to_owned(),
            networks: fields.text("networks").to_owned(),
            expires: fields.text("expires").to_owned(),
        },
        token: None,
        fresh: is_fresh(app, user),
        done: false,
        trouble,
    })
}

fn row(user: &User, one: Listed) -> KeyRow {
    let stores: Vec<StoreId> = one.stores.split_whitespace().filter_map(|id| id.parse().ok()).collect();
    KeyRow {
        id: one.key.to_string(),
        name: one.name,
        scopes: one.scopes,
        stores: places(user, &stores),
        networks: one.networks,
        expires_at: one.expires_at.map(|at| at.0),
        used_at: one.last_used_at.map(|at| at.0),
        revoked: one.revoked_at.is_some(),
    }
}

pub(crate) async fn make(State(app): State<App>, user: User, From(visitor): From, RawForm(body): RawForm) -> Answered {
    user.may(Action::ManageKeys)?;
    if !is_fresh(&app, &user) {
        return prove(KEYS);
    }
    let fields = Fields::read(&body);
    let chosen = (scopes(&user, &fields)?, named(&user, &fields)?);
    let made = match read(&user, &fields, chosen) {
        Err(trouble) => Err(trouble),
        Ok(new) => {
            let made = keys::make(&app, who(&user, &visitor), user.catalogue().merchant.id, &new).await?;
            made.map_err(|invalid| told(&user, invalid))
        }
    };
    match made {
        Ok((_, token)) => {
            let page = page(&app, &user, &Fields::read(b""), None).await?;
            let token = Some(token);
            html(StatusCode::CREATED, &KeysPage { token, ..page })
        }
        Err(trouble) => {
            let page = page(&app, &user, &fields, Some(trouble)).await?;
            html(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// What is wrong with a field.
fn at(field: &'static str, sentence: String) -> Trouble {
    let code = "invalid_key";
    Trouble { field, code, sentence }
}

fn told(user: &User, invalid: InvalidKey) -> Trouble {
    let text = user.signed().text();
    match invalid {
        InvalidKey::NoScopes => at("scope", text.error_required()),
        InvalidKey::EndsInThePast => at("expires", text.back_key_past()),
    }
}

/// The scopes that a form names: one that is ignored would be one that somebody relies on.
///
/// # Errors
/// `scope_exceeds_role` for one beyond what the user may do; `invalid_choice` for one that there is not.
fn scopes(user: &User, fields: &Fields) -> Result<Vec<Scope>, Problem> {
    let role = user.signed().person().role();
    let allowed = || Scope::ALL.map(Scope::code).join(", ");
    let unknown = || Fault::with("/scope", Code::InvalidChoice, "allowed", Detail::Word(allowed()));
    let named = fields.all("scope").map(|code| Scope::of(code).ok_or_else(unknown));
    let named = named.collect::<Result<Vec<_>, _>>()?;
    if named.iter().all(|scope| role.may_as(*scope)) {
        Ok(named)
    } else {
        Err(Code::ScopeExceedsRole.into())
    }
}

/// The key that the form asks for, or what is wrong with it.
fn read(user: &User, fields: &Fields, (scopes, chosen): (Vec<Scope>, Vec<StoreId>)) -> Result<NewKey, Trouble> {
    let text = user.signed().text();
    let locale = user.signed().page("", KEYS).locale;
    let of_fault = |fault: Fault| {
        let sentence = crate::problem::Problem::from(fault.clone()).sentence(locale);
        trouble(fault.into(), locale).unwrap_or_else(|_| at("", sentence))
    };
    let name = called(fields.text("name")).map_err(of_fault)?;
    let networks =
        client_address::list(fields.text("networks")).map_err(|_| at("networks", text.back_key_no_network()))?;
    if !is_ours(user, &chosen) {
        return Err(of_fault(not_ours(user)));
    }
    Ok(NewKey {
        name,
        scopes,
        stores: chosen,
        networks,
        expires_at: end(user, fields.text("expires")).map_err(|()| at("expires", text.back_key_past()))?,
    })
}

/// The end of a day on the shop's wall; none for good.
fn end(user: &User, day: &str) -> Result<Option<Instant>, ()> {
    if day.is_empty() {
        return Ok(None);
    }
    let day: Date = day.parse().map_err(|_| ())?;
    let zone = user.catalogue().zone(None).clone();
    let midnight = day.tomorrow().and_then(|next| next.to_zoned(zone)).map_err(|_| ())?;
    Ok(Some(Instant(midnight.timestamp().as_microsecond())))
}

pub(crate) async fn revoke(
    State(app): State<App>,
    user: User,
    From(visitor): From,
    Path(key): Path<String>,
) -> Answered {
    user.may(Action::ManageKeys)?;
    if !is_fresh(&app, &user) {
        return prove(KEYS);
    }
    let key: KeyId = key.parse().map_err(|_| Failure::not_found())?;
    let merchant = user.catalogue().merchant.id;
    let known = keys::list(&app, merchant).await?;
    if !known.iter().any(|one| one.key == key) {
        return Err(Failure::not_found());
    }
    keys::revoke(&app, who(&user, &visitor), merchant, key).await?;
    Ok(to(&format!("{KEYS}?done=1")))
}
