//! People who sign in with a password: getting in, the second factor, sessions, invitations. Here is the house with its
//! people; the stories stand in files of their own.

mod factor;
mod floors;
mod invitations;
mod managing;
mod passkeys;
mod secrets;
mod sessions;
mod signing_in;

use crate::support::books::{Books, Engine};
use crate::support::browser::{Browser, Shown, unlimited};
use db::Db;
use domain::ids::{MerchantId, UserId};
use server::app::{App, Parts};
use server::audit_log::{self, Filter, Noted};
use server::config::Config;
use server::error::Error;
use server::people::invitations::{Invited, NewPerson};
use server::people::{OPERATORS, Passwords, hashed};
use server::permissions::{Group, Role};
use server::rate_limits::Limits;
use server::secrets::Secrets;
use uuid::Uuid;

pub(super) const PASSWORD: &str = "de Kaffi ass prett";
pub(super) const KEY: &str = "a key for tests only, long enough";

/// A merchant's books with people, and two processes on one database.
pub(super) struct House {
    pub(super) books: Books,
    pub(super) app: App,
    pub(super) other: App,
}

impl House {
    pub(super) async fn open(engine: Engine) -> Self {
        let books = Books::open(engine, |_| {}).await;
        let second = Db::open(&books.engine.options).await.unwrap();
        let app = process(&books, books.engine.db.clone());
        let other = process(&books, second);
        Self { books, app, other }
    }

    /// Somebody in a role, who signs in as `{name}@example.lu`.
    pub(super) async fn person(&self, name: &str, role: Role) -> UserId {
        let merchant = match role.group() {
            Group::Operators => OPERATORS,
            _ => self.books.merchant,
        };
        let (user, now, secrets) = (UserId(Uuid::now_v7()), self.app.clock.now(), self.app.secrets.clone());
        let person = NewPerson {
            invited: Invited {
                merchant,
                role,
                stores: Vec::new(),
                address: Some(address(name)),
            },
            user,
            name: name.to_owned(),
            password_hash: hashed(&secrets, PASSWORD).unwrap(),
        };
        let write = self.app.db.write(move |tx| person.write(tx, &secrets, now));
        write.await.unwrap();
        user
    }

    /// A browser at the first process in which somebody signed in.
    pub(super) async fn signed_in(&self, name: &str) -> Browser {
        let mut browser = Browser::new(&self.app);
        let answer = browser.typed(name, PASSWORD).await;
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.html);
        browser.keep(&answer);
        browser
    }

    pub(super) async fn log(&self, merchant: MerchantId) -> Vec<Noted> {
        let read = move |tx: &mut db::Transaction<'_>| audit_log::read(tx, merchant, &Filter::default(), 200);
        self.app.db.read(read).await.unwrap()
    }

    /// The codes of what was noted, newest first.
    pub(super) async fn actions(&self, merchant: MerchantId) -> Vec<String> {
        self.log(merchant).await.into_iter().map(|row| row.action).collect()
    }

    pub(super) async fn end(self) {
        self.books.audited().await;
        self.other.db.clone().close().await;
    }

    pub(super) async fn run(&self, statement: &'static db::Statement, values: Vec<db::Value>) {
        let write = self.app.db.write(move |tx| Ok::<_, Error>(tx.run(statement, &values)?));
        write.await.unwrap();
    }
}

/// A process of its own, in which only the account is limited: all come from one address.
fn process(books: &Books, db: Db) -> App {
    configured(books, db, unlimited())
}

pub(super) fn configured(books: &Books, db: Db, config: Config) -> App {
    App::new(Parts {
        limits: Limits::new(&config.rate_limits),
        config,
        db,
        clock: books.clock.clone(),
        ledger: books.ledger.clone(),
        secrets: Secrets::from_key(KEY).unwrap(),
        catalogues: server::catalogues::Catalogues::default(),
        passwords: Passwords::default(),
        pins: Default::default(),
    })
}

pub(super) fn address(name: &str) -> String {
    format!("{name}@example.lu")
}

impl Browser {
    /// Sends the form of `/signin`.
    pub(super) async fn typed(&self, name: &str, password: &str) -> Shown {
        let fields = [("address", &*address(name)), ("password", password)];
        self.post("/signin", &fields).await
    }

    /// Keeps the cookie of an answer, as a browser does.
    pub(super) fn keep(&mut self, answer: &Shown) {
        if let Some(cookie) = &answer.cookie {
            self.cookie = cookie.split(';').next().unwrap().to_owned();
        }
    }

    /// The same cookies at another process.
    pub(super) fn at(&self, app: &App) -> Browser {
        let mut other = Browser::new(app);
        other.cookie.clone_from(&self.cookie);
        other
    }

    /// The token in the cookie.
    pub(super) fn token(&self) -> &str {
        self.cookie.split_once('=').unwrap().1
    }
}

impl Shown {
    #[track_caller]
    pub(super) fn leads_to(&self, place: &str) -> &Self {
        assert_eq!(
            (self.status.as_u16(), self.location.as_deref()),
            (303, Some(place)),
            "{}",
            self.html
        );
        self
    }

    #[track_caller]
    pub(super) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.html);
        self
    }

    /// The code of what a form says is wrong.
    pub(super) fn trouble(&self) -> Option<&str> {
        let (_, rest) = self.html.split_once("data-code=\"")?;
        rest.split('"').next()
    }
}
