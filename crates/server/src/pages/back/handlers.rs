//! One file a page: who asks, what is asked, one call, the answer.

pub(crate) mod approvals;
pub(crate) mod cards;
mod desk;
mod export;
pub(crate) mod floors;
pub(crate) mod keys;
pub(crate) mod log;
mod names;
pub(crate) mod rules;
pub(crate) mod staff;
pub(crate) mod terminals;
pub(crate) mod users;

use domain::ids::StoreId;
use serde::Deserialize;
use std::collections::BTreeSet;

use super::fields::Fields;
use super::{StoreChoice, Trouble};
use crate::app::App;
use crate::audit_log::Who;
use crate::locale::Locale;
use crate::pages::failure::{Answered, Failure};
use crate::pages::people::session::{PROOF, User, to};
use crate::people::Visitor;
use crate::people::account::Fresh;
use crate::problem::{Code, Detail, Fault, Problem};
use crate::texts;

/// Letters of a name.
const NAME_MAX: usize = 80;

/// How a page was reached.
#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    #[serde(default)]
    done: String,
}

impl Asked {
    /// Whether something was just done.
    fn done(&self) -> bool {
        self.done == "1"
    }
}

/// Who does it, from where, as the log names them.
fn who(user: &User, visitor: &Visitor) -> Who {
    let person = user.signed().person();
    Who::person(person.id(), person.role()).at(visitor.address)
}

/// Whether something in these stores is the user's: whoever has stores of their own looks after what is in them alone.
fn is_ours(user: &User, stores: &[StoreId]) -> bool {
    let own = user.signed().person().stores();
    own.is_empty() || (!stores.is_empty() && stores.iter().all(|store| own.contains(store)))
}

/// The stores that a form names, each once.
///
/// # Errors
/// `not_found` for one that is not the merchant's: ignored, it would mean every store.
fn named(user: &User, fields: &Fields) -> Result<Vec<StoreId>, Failure> {
    let named: Option<BTreeSet<StoreId>> = fields.all("store").map(|id| id.parse().ok()).collect();
    let known = named.filter(|named| named.iter().all(|store| user.catalogue().store(*store).is_some()));
    let known = known.ok_or_else(Failure::not_found)?;
    Ok(known.into_iter().collect())
}

/// A name, or what is wrong with it.
fn called(typed: &str) -> Result<String, Fault> {
    if typed.trim().is_empty() {
        return Err(Fault::new("/name", Code::Required));
    }
    texts::text(typed, NAME_MAX, false).map_err(|(code, most)| match most {
        Some(most) => Fault::with(
            "/name",
            code,
            "max",
            Detail::Number(i64::try_from(most).unwrap_or(i64::MAX)),
        ),
        None => Fault::new("/name", code),
    })
}

/// Refuses what concerns every store to whoever has stores of their own.
fn everywhere(user: &User) -> Result<(), Problem> {
    let own = user.signed().person().stores();
    if own.is_empty() {
        Ok(())
    } else {
        Err(Code::StoreNotAllowed.into())
    }
}

/// Whether a user proved lately who they are: what is dangerous needs it.
fn is_fresh(app: &App, user: &User) -> bool {
    Fresh::of(app, user.signed().person()).is_some()
}

/// Leads to where a user proves who they are, and from there back.
fn prove(next: &str) -> Answered {
    Ok(to(&format!("{PROOF}?next={next}")))
}

/// The stores that a user looks after.
fn stores(user: &User, chosen: impl Fn(StoreId) -> bool) -> Vec<StoreChoice> {
    let stores = user.catalogue().stores.iter();
    let ours = stores.filter(|store| store.open && is_ours(user, &[store.id]));
    ours.map(|store| StoreChoice {
        id: store.id.to_string(),
        name: store.name.clone(),
        chosen: chosen(store.id),
    })
    .collect()
}

/// A store that is not the user's, or none at all, was chosen.
fn not_ours(user: &User) -> Fault {
    let names: Vec<String> = stores(user, |_| false).into_iter().map(|store| store.name).collect();
    Fault::with("/store", Code::InvalidChoice, "allowed", Detail::Word(names.join(", ")))
}

/// The names of stores; of none, that it is everywhere.
fn places(user: &User, stores: &[StoreId]) -> String {
    if stores.is_empty() {
        return user.signed().text().back_everywhere();
    }
    let names = stores.iter().filter_map(|id| user.catalogue().store(*id));
    names.map(|store| store.name.clone()).collect::<Vec<_>>().join(", ")
}

/// What a form says of a problem, at the field that it is about; what is no fault of who typed is a page of its own.
fn trouble(problem: Problem, locale: Locale) -> Result<Trouble, Failure> {
    let status = problem.code.status();
    let is_for_others = matches!(problem.code, Code::FourEyes | Code::SelfServiceBlocked);
    if !is_for_others && !matches!(status.as_u16(), 409 | 410 | 422) {
        return Err(problem.into());
    }
    let pointer = problem.faults.first().map(|fault| fault.pointer.as_ref());
    let field = match pointer {
        Some("/name") => "name",
        Some("/pin") => "pin",
        Some("/store") => "store",
        Some("/role") => "role",
        Some("/amount") => "amount",
        Some("/note") => "note",
        Some("/card") => "card",
        _ => "",
    };
    Ok(Trouble {
        field,
        code: problem.code.text(),
        sentence: problem.sentence(locale),
    })
}
