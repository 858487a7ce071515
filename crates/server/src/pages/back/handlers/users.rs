//! `/back/users` and `/operator/users`: who signs in, as what and where (`SIGN-2`). Whoever changes it proved lately who they
//! are.

use axum::extract::{Path, Query, RawForm, State};
use axum::http::StatusCode;
use domain::ids::{MerchantId, StoreId, UserId};

use super::{Asked, is_ours, places, stores, trouble};
use crate::app::App;
use crate::audit_log::Who;
use crate::locale::Locale;
use crate::pages::back::fields::Fields;
use crate::pages::back::log::Choice;
use crate::pages::back::users::{InvitedRow, Made, UserPage, UserRow, UsersPage};
use crate::pages::back::{StoreChoice, Trouble};
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::people::session::{From, Operator, PROOF, Signed, User, to};
use crate::pages::people::words;
use crate::people::account::Fresh;
use crate::people::invitations::{self, GOOD_MINUTES, Invited};
use crate::people::members::{self, Deed, Member};
use crate::people::{OPERATORS, Refusal, Visitor, address};
use crate::permissions::{Action, Group, Role};
use crate::problem::{Code, Problem};

const USERS: &str = "/back/users";
const OPERATORS_PAGE: &str = "/operator/users";

/// Whose people, and who looks after them.
struct Desk<'a> {
    app: &'a App,
    signed: &'a Signed,
    /// The user, where it is a merchant's.
    user: Option<&'a User>,
    merchant: MerchantId,
    group: Group,
    address: &'static str,
}

fn of_merchant<'a>(app: &'a App, user: &'a User) -> Result<Desk<'a>, Failure> {
    user.may(Action::ManageUsers)?;
    Ok(Desk {
        app,
        signed: user.signed(),
        user: Some(user),
        merchant: user.catalogue().merchant.id,
        group: Group::Users,
        address: USERS,
    })
}

fn of_installation<'a>(app: &'a App, operator: &'a Operator) -> Result<Desk<'a>, Failure> {
    operator.may(Action::ManageOperators)?;
    Ok(Desk {
        app,
        signed: operator.signed(),
        user: None,
        merchant: OPERATORS,
        group: Group::Operators,
        address: OPERATORS_PAGE,
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

impl Desk<'_> {
    async fn list(&self, done: bool) -> Answered {
        let page = self.page(&Fields::read(b""), None).await?;
        html(StatusCode::OK, &UsersPage { done, ..page })
    }

    async fn page(&self, fields: &Fields, trouble: Option<Trouble>) -> Result<UsersPage, Failure> {
        let text = self.signed.text();
        let mut members = members::list(self.app, self.merchant).await?;
        // Who signs in first.
        members.sort_by_key(|one| !one.active);
        let invited = invitations::open(self.app, self.merchant).await?;
        let invited = invited.into_iter().filter_map(|one| {
            Some(InvitedRow {
                address: one.address?,
                role: words::role(text, one.role),
                until: one.expires_at.0,
            })
        });
        Ok(UsersPage {
            page: self.signed.page(text.back_users(), self.address),
            bar: self.signed.bar(),
            address: self.address,
            lead: match self.group {
                Group::Operators => text.operator_users_lead(),
                _ => text.back_users_lead(),
            },
            users: members.into_iter().map(|one| self.row(one)).collect(),
            invited: invited.collect(),
            roles: self.roles(fields.text("role")),
            stores: self.stores(|id| fields.all("store").any(|store| store == id.to_string())),
            typed: fields.text("address").to_owned(),
            made: None,
            fresh: self.is_fresh(),
            done: false,
            trouble,
        })
    }

    fn row(&self, one: Member) -> UserRow {
        UserRow {
            id: one.id.to_string(),
            role: words::role(self.signed.text(), one.role),
            stores: self.user.map_or_else(String::new, |user| places(user, &one.stores)),
            active: one.active,
            has_factor: one.has_factor,
            seen_at: one.seen_at.map(|at| at.0),
            is_self: one.id == self.signed.person().id(),
            address: one.address,
            name: one.name,
        }
    }

    /// The roles to choose from; who looks and changes nothing, unless somebody says otherwise.
    fn roles(&self, chosen: &str) -> Vec<Choice> {
        let known: Vec<Role> = self.group.roles().collect();
        let least = known.last().map_or("", |role| role.code());
        let chosen = Role::of(self.group, chosen).map_or(least, Role::code);
        let choice = |role: &Role| Choice::new(role.code(), words::role(self.signed.text(), *role), chosen);
        known.iter().map(choice).collect()
    }

    fn stores(&self, chosen: impl Fn(StoreId) -> bool) -> Vec<StoreChoice> {
        self.user.map_or_else(Vec::new, |user| stores(user, chosen))
    }

    fn is_fresh(&self) -> bool {
        Fresh::of(self.app, self.signed.person()).is_some()
    }

    fn who(&self, visitor: &Visitor) -> Who {
        let person = self.signed.person();
        Who::person(person.id(), person.role()).at(visitor.address)
    }

    fn locale(&self) -> Locale {
        self.signed.page("", self.address).locale
    }

    /// The role and the stores of a form.
    ///
    /// # Errors
    /// `not_found` for a store that is not there, and for a role that no page offers.
    fn rights(&self, fields: &Fields) -> Result<(Role, Vec<StoreId>), Failure> {
        let role = Role::of(self.group, fields.text("role")).ok_or_else(Failure::bad_request)?;
        let chosen: Option<Vec<StoreId>> = fields.all("store").map(|id| id.parse().ok()).collect();
        let chosen = chosen.ok_or_else(Failure::not_found)?;
        let known = |store: &StoreId| {
            let user = self.user.filter(|user| user.catalogue().store(*store).is_some());
            user.is_some_and(|user| is_ours(user, &[*store]))
        };
        if !chosen.iter().all(known) {
            return Err(Failure::not_found());
        }
        // Whoever may do everything does it everywhere.
        Ok((role, if role.code() == "owner" { Vec::new() } else { chosen }))
    }

    async fn invite(&self, visitor: &Visitor, fields: &Fields) -> Answered {
        if !self.is_fresh() {
            return Ok(to(&format!("{PROOF}?next={}", self.address)));
        }
        let (role, stores) = self.rights(fields)?;
        let text = self.signed.text();
        let Some(address) = address(fields.text("address")) else {
            return self.refused(fields, "unreadable", text.users_unreadable()).await;
        };
        let invited = Invited {
            merchant: self.merchant,
            role,
            stores,
            address: Some(address.clone()),
        };
        let from = self
            .user
            .map_or_else(|| "Trei".to_owned(), |user| user.catalogue().merchant.name.clone());
        let letter = Some((self.locale(), from));
        match invitations::by(self.app, self.who(visitor), invited, letter).await {
            Ok(path) => {
                let page = self.page(&Fields::read(b""), None).await?;
                let made = Some(Made {
                    address,
                    link: self.app.config.address(&path),
                    until: self.app.clock.now().plus_minutes(GOOD_MINUTES).0,
                });
                html(StatusCode::CREATED, &UsersPage { made, ..page })
            }
            Err(Refusal::AddressTaken) => self.refused(fields, "address_taken", text.welcome_taken()).await,
            Err(refusal) => Err(refusal.into()),
        }
    }

    async fn refused(&self, fields: &Fields, code: &'static str, sentence: String) -> Answered {
        let trouble = Trouble {
            field: "address",
            code,
            sentence,
        };
        let page = self.page(fields, Some(trouble)).await?;
        html(StatusCode::UNPROCESSABLE_ENTITY, &page)
    }

    /// One of them, but not oneself: nobody takes their own rights away, or gives themselves others.
    async fn find(&self, id: &str) -> Result<Member, Failure> {
        let id: UserId = id.parse().map_err(|_| Failure::not_found())?;
        let members = members::list(self.app, self.merchant).await?;
        let one = members.into_iter().find(|one| one.id == id);
        let one = one.ok_or_else(Failure::not_found)?;
        if one.id == self.signed.person().id() {
            return Err(Problem::from(Code::Forbidden).into());
        }
        Ok(one)
    }

    async fn one(&self, id: &str, done: bool) -> Answered {
        let page = self.member(self.find(id).await?, None);
        html(StatusCode::OK, &UserPage { done, ..page })
    }

    fn member(&self, one: Member, trouble: Option<Trouble>) -> UserPage {
        let address = format!("{}/{}", self.address, one.id);
        UserPage {
            page: self.signed.page(one.name.clone(), address),
            bar: self.signed.bar(),
            address: self.address,
            roles: self.roles(one.role.code()),
            stores: self.stores(|id| one.stores.contains(&id)),
            row: self.row(one),
            fresh: self.is_fresh(),
            done: false,
            trouble,
        }
    }

    async fn act(&self, visitor: &Visitor, id: &str, fields: &Fields) -> Answered {
        let one = self.find(id).await?;
        if !self.is_fresh() {
            return Ok(to(&format!("{PROOF}?next={}", self.address)));
        }
        let deed = match fields.text("deed") {
            "change" => {
                let (role, stores) = self.rights(fields)?;
                Deed::Change(role, stores)
            }
            "end" => Deed::End,
            "return" => Deed::Return,
            "reset" => Deed::Reset,
            _ => return Err(Failure::bad_request()),
        };
        match members::act(self.app, self.who(visitor), self.merchant, one.id, deed).await {
            Ok(()) => Ok(to(&format!("{}/{}?done=1", self.address, one.id))),
            Err(Refusal::Problem(problem)) => {
                let status = problem.code.status();
                let trouble = trouble(problem, self.locale())?;
                html(status, &self.member(one, Some(trouble)))
            }
            Err(refusal) => Err(refusal.into()),
        }
    }
}
