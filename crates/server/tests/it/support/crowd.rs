//! People who sign in with a password, in every role, each with a browser of their own.

use super::books::id;
use super::site::Site;
use super::street::Shown;
use db::params;
use domain::ids::{MerchantId, PasskeyId, SessionId, StoreId, UserId};
use server::error::Error;
use server::people::Ticket;
use server::people::invitations::{Invited, NewPerson};
use server::permissions::Role;
use server::sql;

/// Where the cookie of a person stands.
pub const COOKIE: &str = "__Host-trei_session";
/// A hash that no password has, for who signs in with none.
pub const NO_PASSWORD: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Somebody.
#[derive(Clone, Debug)]
pub struct Person {
    pub merchant: MerchantId,
    pub user: UserId,
    pub role: Role,
    pub address: String,
}

/// Makes somebody whose password has this hash.
pub async fn person(site: &Site, merchant: MerchantId, role: Role, password_hash: &str) -> Person {
    made(site, merchant, (role, Vec::new()), password_hash).await
}

/// The same without a password, for some stores alone.
pub async fn person_in(site: &Site, merchant: MerchantId, role: Role, stores: &[StoreId]) -> Person {
    made(site, merchant, (role, stores.to_vec()), NO_PASSWORD).await
}

async fn made(site: &Site, merchant: MerchantId, (role, stores): (Role, Vec<StoreId>), password_hash: &str) -> Person {
    let user = UserId(id());
    let address = format!("{}@marked.example", user.0.simple());
    let new = NewPerson {
        invited: Invited {
            merchant,
            role,
            stores,
            address: Some(address.clone()),
        },
        user,
        name: "Nadine Marked".to_owned(),
        password_hash: password_hash.to_owned(),
    };
    let (secrets, now) = (site.app.secrets.clone(), site.app.clock.now());
    let write = site.app.db.write(move |tx| new.write(tx, &secrets, now));
    write.await.unwrap();
    Person {
        merchant,
        user,
        role,
        address,
    }
}

impl Person {
    /// A browser in which they have just signed in.
    pub async fn signed_in(&self, site: &Site) -> (SessionId, String) {
        let (token, ticket) = Ticket::new(&site.app.secrets, self.merchant).unwrap();
        let (session, now) = (SessionId(id()), site.app.clock.now());
        let values = params![
            ticket.merchant.0,
            ticket.hash,
            session.0,
            self.user.0,
            "whole",
            "Firefox, Linux",
            "192.0.2.7",
            now.0,
            now.plus_minutes(60 * 24).0
        ];
        let write = move |tx: &mut db::Transaction<'_>| tx.run(&sql::sessions::BEGIN, &values).map_err(Error::from);
        site.app.db.write(write).await.unwrap();
        (session, format!("{COOKIE}={token}"))
    }

    /// A passkey of theirs that no device has.
    pub async fn passkey(&self, site: &Site) -> PasskeyId {
        let (passkey, now) = (PasskeyId(id()), site.app.clock.now());
        let credential = passkey.0.as_bytes().to_vec();
        let values = params![
            self.merchant.0,
            passkey.0,
            self.user.0,
            credential,
            "{}",
            "Marked key",
            now.0
        ];
        let write = move |tx: &mut db::Transaction<'_>| tx.run(&sql::passkeys::ADD, &values).map_err(Error::from);
        site.app.db.write(write).await.unwrap();
        passkey
    }

    /// The same as what a request shows.
    pub async fn shown(&self, site: &Site) -> Shown {
        Shown::Cookie(self.signed_in(site).await.1)
    }
}
