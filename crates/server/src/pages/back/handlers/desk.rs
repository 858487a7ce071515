//! A desk at which people are looked after: what its pages show, and what is done at it (`SIGN-2`). Whoever changes something
//! proved lately who they are.

use axum::http::StatusCode;
use domain::ids::{MerchantId, StoreId, UserId};
use std::sync::Arc;

use super::{is_ours, named, places, stores, trouble};
use crate::app::App;
use crate::audit_log::Who;
use crate::catalogue::Catalogue;
use crate::locale::Locale;
use crate::pages::back::fields::Fields;
use crate::pages::back::log::Choice;
use crate::pages::back::users::{InvitedRow, Made, UserPage, UserRow, UsersPage};
use crate::pages::back::{StoreChoice, Trouble};
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::people::session::{PROOF, Signed, User, to};
use crate::pages::people::words;
use crate::people::account::Fresh;
use crate::people::invitations::{self, GOOD_MINUTES, Invited};
use crate::people::members::{self, Deed, Member};
use crate::people::waiting::{self, Waiting};
use crate::people::{Refusal, Visitor, address};
use crate::permissions::{Group, Role};
use crate::problem::{Code, Problem};

/// Whose people, and who looks after them.
pub(super) struct Desk<'a> {
    pub(super) app: &'a App,
    pub(super) signed: &'a Signed,
    /// The user, where it is a merchant's.
    pub(super) user: Option<&'a User>,
    /// The merchant, where an operator looks after its owners and nobody else.
    pub(super) owners_of: Option<Arc<Catalogue>>,
    pub(super) merchant: MerchantId,
    pub(super) group: Group,
    pub(super) address: String,
    /// Where a proof of who looks leads back to.
    pub(super) next: &'static str,
}

impl Desk<'_> {
    pub(super) async fn list(&self, done: bool) -> Answered {
        let page = self.page(&Fields::read(b""), None).await?;
        html(StatusCode::OK, &UsersPage { done, ..page })
    }

    async fn page(&self, fields: &Fields, trouble: Option<Trouble>) -> Result<UsersPage, Failure> {
        let (title, lead) = self.words();
        let mut members = members::list(self.app, self.merchant).await?;
        members.retain(|one| self.gives(one.role));
        // Who signs in first.
        members.sort_by_key(|one| !one.active);
        let mut invited = waiting::list(self.app, self.merchant).await?;
        invited.retain(|one| self.gives(one.role));
        Ok(UsersPage {
            page: self.signed.page(title, self.address.clone()),
            bar: self.signed.bar(),
            address: self.address.clone(),
            next: self.next,
            manage: self.owners_of.is_none(),
            lead,
            users: members.into_iter().map(|one| self.row(one)).collect(),
            invited: invited.into_iter().map(|one| self.waits(one)).collect(),
            roles: self.roles(fields.text("role")),
            stores: self.stores(|id| fields.all("store").any(|store| store == id.to_string())),
            typed: fields.text("address").to_owned(),
            made: None,
            fresh: self.is_fresh(),
            done: false,
            trouble,
        })
    }

    /// The title of its list and what stands below.
    fn words(&self) -> (String, String) {
        let text = self.signed.text();
        match (&self.owners_of, self.group) {
            (Some(catalogue), _) => (text.users_of(&*catalogue.merchant.name), text.users_of_lead()),
            (None, Group::Operators) => (text.back_users(), text.operator_users_lead()),
            (None, _) => (text.back_users(), text.back_users_lead()),
        }
    }

    /// In whose name letters go out.
    fn whose(&self) -> String {
        let catalogue = self.owners_of.as_ref().or(self.user.map(User::catalogue));
        catalogue.map_or_else(|| "Trei".to_owned(), |catalogue| catalogue.merchant.name.clone())
    }

    /// Whether a role can be given here.
    fn gives(&self, role: Role) -> bool {
        self.owners_of.is_none() || role == Role::Owner
    }

    fn waits(&self, one: Waiting) -> InvitedRow {
        let is_good = one.expires_at > self.app.clock.now();
        InvitedRow {
            role: words::role(self.signed.text(), one.role),
            role_code: one.role.code(),
            stores: one.stores.iter().map(ToString::to_string).collect(),
            until: is_good.then_some(one.expires_at.0),
            address: one.address,
        }
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
        let known: Vec<Role> = self.group.roles().filter(|role| self.gives(*role)).collect();
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
        self.signed.page("", "").locale
    }

    /// The role and the stores of a form.
    ///
    /// # Errors
    /// `not_found` for a store that is not there, and for a role that no page offers.
    fn rights(&self, fields: &Fields) -> Result<(Role, Vec<StoreId>), Failure> {
        let role = Role::of(self.group, fields.text("role")).filter(|role| self.gives(*role));
        let role = role.ok_or_else(Failure::bad_request)?;
        let chosen = match self.user {
            Some(user) => named(user, fields)?,
            // Where nobody's stores are offered, none can be meant.
            None if fields.all("store").next().is_some() => return Err(Failure::not_found()),
            None => Vec::new(),
        };
        if let Some(user) = self.user
            && !chosen.iter().all(|store| is_ours(user, &[*store]))
        {
            return Err(Failure::not_found());
        }
        // Whoever may do everything does it everywhere.
        Ok((role, if role.code() == "owner" { Vec::new() } else { chosen }))
    }

    pub(super) async fn invite(&self, visitor: &Visitor, fields: &Fields) -> Answered {
        if !self.is_fresh() {
            return self.prove();
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
        let letter = Some((self.locale(), self.whose()));
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

    /// Takes back an invitation that nobody followed.
    pub(super) async fn withdraw(&self, visitor: &Visitor, fields: &Fields) -> Answered {
        if !self.is_fresh() {
            return self.prove();
        }
        let address = fields.text("address").to_owned();
        let waiting = waiting::list(self.app, self.merchant).await?;
        let is_here = |one: &Waiting| one.address == address && self.gives(one.role);
        if !waiting.iter().any(is_here) {
            return Err(Failure::not_found());
        }
        waiting::withdraw(self.app, self.who(visitor), self.merchant, address).await?;
        Ok(to(&format!("{}?done=1", self.address)))
    }

    fn prove(&self) -> Answered {
        Ok(to(&format!("{PROOF}?next={}", self.next)))
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

    pub(super) async fn one(&self, id: &str, done: bool) -> Answered {
        let page = self.member(self.find(id).await?, None);
        html(StatusCode::OK, &UserPage { done, ..page })
    }

    fn member(&self, one: Member, trouble: Option<Trouble>) -> UserPage {
        let address = format!("{}/{}", self.address, one.id);
        UserPage {
            page: self.signed.page(one.name.clone(), address),
            bar: self.signed.bar(),
            address: self.address.clone(),
            next: self.next,
            roles: self.roles(one.role.code()),
            stores: self.stores(|id| one.stores.contains(&id)),
            row: self.row(one),
            fresh: self.is_fresh(),
            done: false,
            trouble,
        }
    }

    pub(super) async fn act(&self, visitor: &Visitor, id: &str, fields: &Fields) -> Answered {
        let one = self.find(id).await?;
        if !self.is_fresh() {
            return self.prove();
        }
        let deed = match fields.text("deed") {
            "change" => {
                let (role, stores) = self.rights(fields)?;
                Deed::Change(role, stores)
            }
            "end" => Deed::End,
            "return" => Deed::Return,
            "reset" => Deed::Reset(self.locale(), self.whose()),
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
