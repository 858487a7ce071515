//! One file a page: who asks, what is asked, one call, the answer.

pub(crate) mod approvals;
pub(crate) mod cards;
mod desk;
mod export;
pub(crate) mod floors;
pub(crate) mod keys;
pub(crate) mod log;
pub(crate) mod rules;
pub(crate) mod staff;
pub(crate) mod terminals;
pub(crate) mod users;

use domain::ids::StoreId;
use serde::Deserialize;

use super::{StoreChoice, Trouble};
use crate::audit_log::Who;
use crate::locale::Locale;
use crate::pages::failure::Failure;
use crate::pages::people::session::User;
use crate::people::Visitor;
use crate::problem::{Code, Detail, Fault, Problem};

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
        _ => "",
    };
    Ok(Trouble {
        field,
        code: problem.code.text(),
        sentence: problem.sentence(locale),
    })
}
