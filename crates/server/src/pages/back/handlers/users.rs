//! `/back/users`, `/operator/users` and `/operator/merchants/{merchant}/users`: who signs in, as what and where (`SIGN-2`).
//! Whoever changes it proved lately who they are.

use axum::extract::{Path, Query, RawForm, State};

use super::Asked;
use super::desk::Desk;
use crate::app::App;
use crate::pages::back::fields::Fields;
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::merchant;
use crate::pages::people::session::{From, Operator, User};
use crate::people::OPERATORS;
use crate::permissions::{Action, Group};

const USERS: &str = "/back/users";
const OPERATORS_PAGE: &str = "/operator/users";

fn of_merchant<'a>(app: &'a App, user: &'a User) -> Result<Desk<'a>, Failure> {
    user.may(Action::ManageUsers)?;
    Ok(Desk {
        app,
        signed: user.signed(),
        user: Some(user),
        owners_of: None,
        merchant: user.catalogue().merchant.id,
        group: Group::Users,
        address: USERS.to_owned(),
        next: USERS,
    })
}

fn of_installation<'a>(app: &'a App, operator: &'a Operator) -> Result<Desk<'a>, Failure> {
    operator.may(Action::ManageOperators)?;
    Ok(Desk {
        app,
        signed: operator.signed(),
        user: None,
        owners_of: None,
        merchant: OPERATORS,
        group: Group::Operators,
        address: OPERATORS_PAGE.to_owned(),
        next: OPERATORS_PAGE,
    })
}

async fn of_owners<'a>(app: &'a App, operator: &'a Operator, slug: &str) -> Result<Desk<'a>, Failure> {
    operator.may(Action::ManageUsers)?;
    let catalogue = merchant(app, slug).await?;
    Ok(Desk {
        app,
        signed: operator.signed(),
        user: None,
        merchant: catalogue.merchant.id,
        group: Group::Users,
        address: format!("/operator/merchants/{}/users", catalogue.merchant.slug),
        next: "/operator",
        owners_of: Some(catalogue),
    })
}

pub(crate) async fn users(State(app): State<App>, user: User, Query(asked): Query<Asked>) -> Answered {
    of_merchant(&app, &user)?.list(asked.done()).await
}

pub(crate) async fn operators(State(app): State<App>, operator: Operator, Query(asked): Query<Asked>) -> Answered {
    of_installation(&app, &operator)?.list(asked.done()).await
}

pub(crate) async fn invite_user(
    State(app): State<App>,
    user: User,
    From(visitor): From,
    RawForm(body): RawForm,
) -> Answered {
    of_merchant(&app, &user)?.invite(&visitor, &Fields::read(&body)).await
}

pub(crate) async fn invite_operator(
    State(app): State<App>,
    operator: Operator,
    From(visitor): From,
    RawForm(body): RawForm,
) -> Answered {
    let desk = of_installation(&app, &operator)?;
    desk.invite(&visitor, &Fields::read(&body)).await
}

pub(crate) async fn user(
    State(app): State<App>,
    user: User,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answered {
    of_merchant(&app, &user)?.one(&id, asked.done()).await
}

pub(crate) async fn operator(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answered {
    of_installation(&app, &operator)?.one(&id, asked.done()).await
}

pub(crate) async fn change_user(
    State(app): State<App>,
    user: User,
    From(visitor): From,
    Path(id): Path<String>,
    RawForm(body): RawForm,
) -> Answered {
    let desk = of_merchant(&app, &user)?;
    desk.act(&visitor, &id, &Fields::read(&body)).await
}

pub(crate) async fn change_operator(
    State(app): State<App>,
    operator: Operator,
    From(visitor): From,
    Path(id): Path<String>,
    RawForm(body): RawForm,
) -> Answered {
    let desk = of_installation(&app, &operator)?;
    desk.act(&visitor, &id, &Fields::read(&body)).await
}

pub(crate) async fn owners(
    State(app): State<App>,
    operator: Operator,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Answered {
    of_owners(&app, &operator, &slug).await?.list(asked.done()).await
}

pub(crate) async fn invite_owner(
    State(app): State<App>,
    operator: Operator,
    From(visitor): From,
    Path(slug): Path<String>,
    RawForm(body): RawForm,
) -> Answered {
    let desk = of_owners(&app, &operator, &slug).await?;
    desk.invite(&visitor, &Fields::read(&body)).await
}

pub(crate) async fn withdraw_owner(
    State(app): State<App>,
    operator: Operator,
    From(visitor): From,
    Path(slug): Path<String>,
    RawForm(body): RawForm,
) -> Answered {
    let desk = of_owners(&app, &operator, &slug).await?;
    desk.withdraw(&visitor, &Fields::read(&body)).await
}

pub(crate) async fn withdraw_user(
    State(app): State<App>,
    user: User,
    From(visitor): From,
    RawForm(body): RawForm,
) -> Answered {
    of_merchant(&app, &user)?.withdraw(&visitor, &Fields::read(&body)).await
}

pub(crate) async fn withdraw_operator(
    State(app): State<App>,
    operator: Operator,
    From(visitor): From,
    RawForm(body): RawForm,
) -> Answered {
    let desk = of_installation(&app, &operator)?;
    desk.withdraw(&visitor, &Fields::read(&body)).await
}
