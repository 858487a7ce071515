//! What a case needs before it is tried: who comes, with what, and what must be there already.

use super::PASSWORD;
use super::list::Case;
use crate::support::addresses::{self, Address};
use crate::support::crowd::{Person, person};
use crate::support::site::Seen;
use crate::support::street::{Shown, Street};
use http::Method;
use serde_json::{Value, json};
use server::permissions::Role;
use server::tokens::{self, Token};

/// The street, and the hash of the password that its people have.
pub struct Walk {
    pub street: Street,
    pub hash: String,
}

/// A request, but for its method.
#[derive(Clone)]
pub struct Ready {
    pub shown: Shown,
    pub path: String,
    pub fields: Vec<(String, String)>,
    pub body: Value,
}

impl Ready {
    /// With another field.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.into()));
        self
    }

    /// By somebody else.
    pub fn by(self, shown: Shown) -> Self {
        Self { shown, ..self }
    }

    /// Somewhere else.
    pub fn at(self, path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            ..self
        }
    }
}

impl Walk {
    /// Opens the street; its owner has a password, and what stands in for what an account has is theirs.
    pub async fn open(street: Street) -> Self {
        let app = &street.site.app;
        let hash = app.passwords.hash(&app.secrets, PASSWORD.to_owned()).await.unwrap();
        let mut walk = Self { street, hash };
        let owner = walk.somebody().await;
        let (session, _) = owner.signed_in(&walk.street.site).await;
        let passkey = owner.passkey(&walk.street.site).await;
        for (name, own) in [("session", session.to_string()), ("passkey", passkey.to_string())] {
            walk.street.treasures.retain(|(known, _)| *known != name);
            walk.street.treasures.push((name, own));
        }
        walk.street.owner = owner;
        walk
    }

    /// Another owner, with the password.
    pub async fn somebody(&self) -> Person {
        let merchant = self.street.victim.merchant;
        person(&self.street.site, merchant, Role::Owner, &self.hash).await
    }

    /// Who may use an address, with everything they have.
    pub async fn rightful(&self, address: &Address) -> Shown {
        let street = &self.street;
        if address.is_call() {
            Shown::Bearer(street.victim.key.clone())
        } else if address.pattern.starts_with("/operator") {
            street.operator.shown(&street.site).await
        } else {
            street.insider().await
        }
    }

    /// What stands in for a word in brackets: what the street has.
    fn value(&self, text: &str) -> String {
        let Some(name) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) else {
            return text.to_owned();
        };
        match name {
            "till" => self.street.victim.terminal.clone(),
            // Of the same terminal, with another secret.
            "another" => {
                let Token { merchant, of } = tokens::parse(&self.street.victim.terminal).unwrap();
                tokens::new_token(&self.street.site.app.secrets, merchant, of).unwrap()
            }
            "address" => self.street.owner.address.clone(),
            "password" => PASSWORD.to_owned(),
            treasure => self.street.treasure(treasure).to_owned(),
        }
    }

    /// Sends it.
    pub async fn send(&self, address: &Address, ready: Ready) -> Seen {
        let street = &self.street;
        if address.is_call() || address.pattern == "/noop-bare" {
            return street
                .call(&ready.shown, address.method(), &ready.path, &ready.body)
                .await;
        }
        let fields: Vec<(&str, &str)> = ready.fields.iter().map(|(name, text)| (&**name, &**text)).collect();
        let form = street.form_at(&ready.shown, (address.method(), &ready.path), &fields, "same-origin");
        street.send(form).await
    }

    /// A form that is sent on the way there.
    pub async fn post(&self, shown: &Shown, path: &str, fields: &[(&str, &str)]) -> Seen {
        let form = self.street.form_at(shown, (Method::POST, path), fields, "same-origin");
        self.street.send(form).await
    }

    /// With what the list says, by who may.
    async fn plain(&self, case: &Case, address: &Address) -> Ready {
        let fields = case.fields.iter();
        let fields: Vec<(String, String)> = fields.map(|(name, text)| (name.clone(), self.value(text))).collect();
        let call = addresses::calls().into_iter().find(|call| call.address == *address);
        let mut body = call.map_or(json!({}), |call| self.street.body(&call));
        for (name, text) in &fields {
            if address.is_call() {
                let number = text.parse::<i64>().ok().filter(|_| !body[name].is_string());
                body[name] = number.map_or_else(|| json!(text), |number| json!(number));
            }
        }
        Ready {
            shown: self.rightful(address).await,
            path: self.street.path(address),
            fields,
            body,
        }
    }

    /// What a case needs.
    pub async fn ready(&self, case: &Case, address: &Address) -> Ready {
        let plain = self.plain(case, address).await;
        let is_account = ["/account/", "/signin/", "/welcome/"]
            .iter()
            .any(|root| address.pattern.starts_with(root));
        if is_account {
            self.account(case, plain).await
        } else {
            self.shop(case, plain).await
        }
    }
}
