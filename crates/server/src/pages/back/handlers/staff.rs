//! `/back/staff`: who serves, their PINs, and the end of it (`PIN-2` to `PIN-5`).

use axum::extract::{Path, Query, RawForm, State};
use axum::http::StatusCode;
use db::Transaction;
use domain::card::{Card, CardStatus};
use domain::ids::{CardId, StaffId, StoreId};
use domain::number::{self, CardNumber};
use domain::pin;

use super::{Asked, called, everywhere, is_fresh, is_ours, named, not_ours, places, prove, stores, trouble, who};
use crate::app::App;
use crate::pages::back::Trouble;
use crate::pages::back::fields::Fields;
use crate::pages::back::staff::{PersonPage, StaffPage, StaffRow, Typed};
use crate::pages::failure::{Answered, Failure};
use crate::pages::found;
use crate::pages::handlers::html;
use crate::pages::people::session::{From, User, to};
use crate::permissions::Action;
use crate::pins::{self, Listed, Pin};
use crate::problem::{Code, Fault, Problem};
use crate::sql::lookups;

const STAFF: &str = "/back/staff";

pub(crate) async fn show(State(app): State<App>, user: User, Query(asked): Query<Asked>) -> Answered {
    user.may(Action::ManageStaff)?;
    let page = page(&app, &user, Typed::default(), &[], None).await?;
    let done = asked.done();
    html(StatusCode::OK, &StaffPage { done, ..page })
}

async fn page(
    app: &App,
    user: &User,
    typed: Typed,
    chosen: &[StoreId],
    trouble: Option<Trouble>,
) -> Result<StaffPage, Failure> {
    let signed = user.signed();
    let listed = pins::list(app, user.catalogue().merchant.id).await?;
    Ok(StaffPage {
        page: signed.page(signed.text().back_staff(), STAFF),
        bar: signed.bar(),
        staff: listed.into_iter().map(|one| row(user, one)).collect(),
        stores: stores(user, |id| chosen.contains(&id)),
        digits: (least(user, "cashier"), least(user, "manager")),
        typed,
        rules: user.may(Action::ManageSettings).is_ok() && everywhere(user).is_ok(),
        fresh: is_fresh(app, user),
        done: false,
        trouble,
    })
}

fn row(user: &User, one: Listed) -> StaffRow {
    let text = user.signed().text();
    let role = if pins::is_manager(&one.role) {
        text.role_staff_manager()
    } else {
        text.role_cashier()
    };
    StaffRow {
        id: one.staff.to_string(),
        role,
        stores: places(user, &one.stores),
        active: one.active,
        has_pin: one.has_pin,
        must_change: one.must_change,
        locked_until: one.locked_until.map(|until| until.0),
        used_at: one.used_at.map(|at| at.0),
        is_ours: is_ours(user, &one.stores),
        name: one.name,
    }
}

fn least(user: &User, role: &str) -> i64 {
    let least = user.catalogue().merchant.pins.length;
    if pins::is_manager(role) {
        least.max(pin::MANAGER_LENGTH_MIN)
    } else {
        least
    }
}

pub(crate) async fn add(State(app): State<App>, user: User, From(visitor): From, RawForm(body): RawForm) -> Answered {
    user.may(Action::ManageStaff)?;
    if !is_fresh(&app, &user) {
        return prove(STAFF);
    }
    let fields = Fields::read(&body);
    let (typed, role) = served(&fields);
    let wanted = named(&user, &fields)?;
    let pin = wish(&user, &fields, &wanted).and_then(|()| chosen(&fields));
    let added = match pin {
        Err(trouble) => Err(trouble),
        Ok(pin) => {
            let (merchant, who) = (user.catalogue().merchant.id, who(&user, &visitor));
            let must_change = !fields.text("change").is_empty();
            let pin = pin.as_ref().map(|pin| (pin, must_change));
            let added = pins::add(&app, who, merchant, (&typed.name, role, &wanted), pin).await;
            added.map_err(Wrong::Problem)
        }
    };
    match added {
        Ok(_) => Ok(to(&format!("{STAFF}?done=1"))),
        Err(wrong) => {
            let (status, trouble) = wrong.told(&user)?;
            html(status, &page(&app, &user, typed, &wanted, Some(trouble)).await?)
        }
    }
}

/// What a form says of somebody: as typed, and the role.
fn served(fields: &Fields) -> (Typed, &'static str) {
    let manages = fields.text("role") == "manager";
    let typed = Typed {
        name: fields.text("name").to_owned(),
        manages,
        card: fields.text("card").to_owned(),
    };
    let role = if manages { "manager" } else { "cashier" };
    (typed, role)
}

/// What is wrong with a form.
enum Wrong {
    /// As everywhere.
    Problem(Problem),
    /// The PIN was not typed the same way twice.
    Differ,
}

impl Wrong {
    fn told(self, user: &User) -> Result<(StatusCode, Trouble), Failure> {
        let page = user.signed().page("", STAFF);
        match self {
            Wrong::Problem(problem) => {
                let status = problem.code.status();
                let mut told = trouble(problem, page.locale)?;
                if told.field == "role" {
                    told.sentence = page.text().back_role_pin(least(user, "manager"));
                }
                Ok((status, told))
            }
            Wrong::Differ => {
                let differ = Trouble {
                    field: "again",
                    code: "pins_differ",
                    sentence: page.text().back_pin_differ(),
                };
                Ok((StatusCode::UNPROCESSABLE_ENTITY, differ))
            }
        }
    }
}

/// The PIN of a form, if one was typed.
fn chosen(fields: &Fields) -> Result<Option<Pin>, Wrong> {
    let pin = fields.text("pin");
    if pin != fields.text("again") {
        return Err(Wrong::Differ);
    }
    Ok((!pin.is_empty()).then(|| Pin::typed(pin)))
}

/// Whether the form can be followed: a name, and stores that are the user's.
fn wish(user: &User, fields: &Fields, wanted: &[StoreId]) -> Result<(), Wrong> {
    let fault = called(fields.text("name")).err();
    let fault = fault.or_else(|| (!is_ours(user, wanted)).then(|| not_ours(user)));
    match fault {
        Some(fault) => Err(Wrong::Problem(fault.into())),
        None => Ok(()),
    }
}

/// The page of somebody.
fn address(one: &Listed) -> String {
    format!("{STAFF}/{}", one.staff)
}

/// Somebody who serves and whom the user looks after; whoever else is not there.
async fn member(app: &App, user: &User, id: &str) -> Result<Listed, Failure> {
    let id: StaffId = id.parse().map_err(|_| Failure::not_found())?;
    let listed = pins::list(app, user.catalogue().merchant.id).await?;
    let one = listed.into_iter().find(|one| one.staff == id);
    let one = one.ok_or_else(Failure::not_found)?;
    if is_ours(user, &one.stores) {
        Ok(one)
    } else {
        Err(Problem::from(Code::Forbidden).into())
    }
}

pub(crate) async fn person(
    State(app): State<App>,
    user: User,
    Path(staff): Path<String>,
    Query(asked): Query<Asked>,
) -> Answered {
    user.may(Action::ManageStaff)?;
    let one = member(&app, &user, &staff).await?;
    if !one.active {
        return Ok(to(STAFF));
    }
    let done = asked.done();
    let page = person_page(&app, &user, one, None, None);
    html(StatusCode::OK, &PersonPage { done, ..page })
}

/// The page of somebody, as they are or as a form would have them.
fn person_page(
    app: &App,
    user: &User,
    one: Listed,
    typed: Option<(Typed, Vec<StoreId>)>,
    trouble: Option<Trouble>,
) -> PersonPage {
    let (signed, role) = (user.signed(), one.role.clone());
    let as_is = || {
        let manages = pins::is_manager(&one.role);
        let card = one.own_card.as_deref().map(number::group).unwrap_or_default();
        let name = one.name.clone();
        (Typed { name, manages, card }, one.stores.clone())
    };
    let (typed, chosen) = typed.unwrap_or_else(as_is);
    let row = row(user, one);
    PersonPage {
        page: signed.page(row.name.clone(), format!("{STAFF}/{}", row.id)),
        bar: signed.bar(),
        digits: least(user, &role),
        stores: stores(user, |id| chosen.contains(&id)),
        typed,
        fresh: is_fresh(app, user),
        row,
        done: false,
        trouble,
    }
}

pub(crate) async fn change(
    State(app): State<App>,
    user: User,
    From(visitor): From,
    Path(staff): Path<String>,
    RawForm(body): RawForm,
) -> Answered {
    user.may(Action::ManageStaff)?;
    let (one, fields) = (member(&app, &user, &staff).await?, Fields::read(&body));
    if !is_fresh(&app, &user) {
        return prove(&address(&one));
    }
    let (typed, role) = served(&fields);
    let mut wanted = named(&user, &fields)?;
    // Where there is one store only, nobody chooses.
    if user.catalogue().stores.len() < 2 {
        wanted.clone_from(&one.stores);
    }
    let done = match wish(&user, &fields, &wanted) {
        Err(wrong) => Err(wrong),
        Ok(()) => match own_card(&app, &user, &typed.card).await? {
            Err(fault) => Err(Wrong::Problem(fault.into())),
            Ok(own_card) => {
                let (merchant, who) = (user.catalogue().merchant.id, who(&user, &visitor));
                let serving = pins::Serving {
                    name: typed.name.clone(),
                    role: role.to_owned(),
                    stores: wanted.clone(),
                    own_card,
                };
                let done = pins::edit(&app, who, merchant, one.staff, serving).await;
                done.map_err(Wrong::Problem)
            }
        },
    };
    match done {
        Ok(()) => Ok(to(&format!("{}?done=1", address(&one)))),
        Err(wrong) => {
            let (status, trouble) = wrong.told(&user)?;
            html(
                status,
                &person_page(&app, &user, one, Some((typed, wanted)), Some(trouble)),
            )
        }
    }
}

/// The card of a number that was typed, if one was (`STF-1`).
async fn own_card(app: &App, user: &User, typed: &str) -> Result<Result<Option<CardId>, Fault>, Failure> {
    if typed.is_empty() {
        return Ok(Ok(None));
    }
    let unknown = || Fault::new("/card", Code::CardNumberInvalid);
    let Some(number) = CardNumber::parse(typed) else {
        return Ok(Err(unknown()));
    };
    let merchant = user.catalogue().merchant.id.0;
    let read = move |tx: &mut Transaction<'_>| lookups::card_by_number(tx, merchant, number.as_str());
    let Some(row) = app.db.read::<_, db::Error, _>(read).await? else {
        return Ok(Err(unknown()));
    };
    let card: Card = found::parse("card", &row.state)?;
    Ok(match card.status {
        CardStatus::Closed => Err(unknown()),
        // A card that went into another one: that one is theirs.
        _ => Ok(Some(card.survivor.unwrap_or(CardId(row.card)))),
    })
}

pub(crate) async fn pin(
    State(app): State<App>,
    user: User,
    From(visitor): From,
    Path(staff): Path<String>,
    RawForm(body): RawForm,
) -> Answered {
    user.may(Action::ResetPins)?;
    let one = member(&app, &user, &staff).await?;
    if !is_fresh(&app, &user) {
        return prove(&address(&one));
    }
    let fields = Fields::read(&body);
    let set = match chosen(&fields) {
        Err(wrong) => Err(wrong),
        Ok(None) => Err(Wrong::Problem(Fault::new("/pin", Code::Required).into())),
        Ok(Some(pin)) => {
            let (merchant, who) = (user.catalogue().merchant.id, who(&user, &visitor));
            let must_change = !fields.text("change").is_empty();
            let set = pins::reset(&app, who, merchant, one.staff, (&pin, must_change)).await;
            set.map_err(Wrong::Problem)
        }
    };
    settled(&app, &user, one, set)
}

pub(crate) async fn unlock(
    State(app): State<App>,
    user: User,
    From(visitor): From,
    Path(staff): Path<String>,
) -> Answered {
    user.may(Action::UnlockPins)?;
    let one = member(&app, &user, &staff).await?;
    if !is_fresh(&app, &user) {
        return prove(&address(&one));
    }
    let (merchant, who) = (user.catalogue().merchant.id, who(&user, &visitor));
    let done = pins::unlock(&app, who, merchant, one.staff).await;
    settled(&app, &user, one, done.map_err(Wrong::Problem))
}

pub(crate) async fn end(
    State(app): State<App>,
    user: User,
    From(visitor): From,
    Path(staff): Path<String>,
) -> Answered {
    user.may(Action::ManageStaff)?;
    let one = member(&app, &user, &staff).await?;
    let (merchant, who) = (user.catalogue().merchant.id, who(&user, &visitor));
    match pins::leave(&app, who, merchant, one.staff).await {
        Ok(_) => Ok(to(&format!("{STAFF}?done=1"))),
        Err(problem) => settled(&app, &user, one, Err(Wrong::Problem(problem))),
    }
}

/// Leads back to the person, or shows their page with what is wrong.
fn settled(app: &App, user: &User, one: Listed, done: Result<(), Wrong>) -> Answered {
    match done {
        Ok(()) => Ok(to(&format!("{}?done=1", address(&one)))),
        Err(wrong) => {
            let (status, trouble) = wrong.told(user)?;
            html(status, &person_page(app, user, one, None, Some(trouble)))
        }
    }
}
