//! What tills, customers and the back office need before a case is tried: codes, letters, locks, what waits for approval.

use super::list::Case;
use super::ready::{Ready, Walk};
use crate::support::books::id;
use crate::support::site::Seen;
use crate::support::street::Shown;
use http::Method;
use serde_json::{Value, json};
use server::audit_log::{Action, Who};
use server::mail::{self, Content};
use server::terminals;

/// Wrong tries of a PIN before the one that locks it.
const TRIES: usize = 4;

/// A word of an answer.
fn word<'a>(told: &'a Value, name: &str) -> &'a str {
    told[name].as_str().unwrap_or_else(|| panic!("no {name} in {told}"))
}

/// What a browser keeps of an answer.
fn cookie(seen: &Seen) -> Shown {
    let cookie = seen.header("set-cookie").split(';').next().unwrap();
    Shown::Cookie(cookie.to_owned())
}

impl Walk {
    /// What a case about a shop needs.
    pub async fn shop(&self, case: &Case, plain: Ready) -> Ready {
        match &*case.name {
            "POST /till/pairings" => {
                let code = self.code(case).await;
                plain.by(Shown::Nothing).with("code", code)
            }
            "POST /api/v1/terminals/pairings" => {
                let body = json!({ "code": self.code(case).await });
                Ready {
                    body,
                    ..plain.by(Shown::Nothing)
                }
            }
            "POST /my/{merchant}/code" | "POST /s/{link}" | "POST /my/{merchant}/end" => {
                self.customer(case, plain).await
            }
            "POST /v/{link}" => {
                self.joined("proves@marked.example").await;
                let letter = self.letter("proves@marked.example").await;
                plain.by(Shown::Nothing).at(self.within(&letter.link.unwrap()))
            }
            "POST /c/{token}/letters" => {
                let card = self.joined("waits@marked.example").await;
                let card = card.split('?').next().unwrap().to_owned();
                plain.by(Shown::Nothing).at(format!("{card}/letters"))
            }
            _ if case.notes() == [Action::PinLocked] => self.locks(&case.name, plain).await,
            "POST /api/v1/pins/{pin_id}/verify" => plain.by(self.till()),
            "POST /api/v1/cards/{card}/adjustments" if !case.notes().is_empty() => plain.by(self.till()),
            "POST /back/approvals/{approval}" => {
                let amount = if case.is_refused() { -90_000 } else { 700 };
                let approval = self.waits(amount).await;
                plain.at(format!("/back/approvals/{approval}"))
            }
            "POST /till/session/end" => {
                let terminal = self.street.terminal_in(self.street.victim.store).await;
                let signed_in = self
                    .post(&Shown::Nothing, "/till/session", &[("token", &terminal)])
                    .await;
                plain.by(cookie(signed_in.is(303)))
            }
            _ => self.card(case, plain).await,
        }
    }

    /// What a case about a card needs: one that allows it.
    async fn card(&self, case: &Case, mut plain: Ready) -> Ready {
        let name = &*case.name;
        match name {
            "DELETE /api/v1/cards/{card}/blocks" => {
                let card = self.opened(2).await;
                let path = format!("/api/v1/cards/{}/blocks", word(&card, "id"));
                let blocked = self.own(&path, &json!({ "reason": "lost" })).await;
                blocked.is(201);
                plain.at(path)
            }
            "POST /api/v1/cards/{card}/merges" => {
                let (from, into) = (self.opened(2).await, self.opened(2).await);
                plain.body["into"] = into["id"].clone();
                plain.at(format!("/api/v1/cards/{}/merges", word(&from, "id")))
            }
            "POST /api/v1/cards/{card}/redemptions" => {
                let card = self.full().await;
                plain.at(format!("/api/v1/cards/{}/redemptions", word(&card, "id")))
            }
            "POST /till/cards/{card}/redemptions"
            | "POST /till/cards/{card}/redemptions/preview"
            | "POST /till/cards/{card}/confirmations" => {
                let card = self.full().await;
                let what = name.split("{card}/").nth(1).unwrap();
                plain.at(format!("/till/cards/{}/{what}", word(&card, "id")))
            }
            "POST /c/{token}/confirmations/{confirmation}" => {
                let card = self.full().await;
                let asked = format!("/till/cards/{}/confirmations", word(&card, "id"));
                let asked = self.post(&plain.shown, &asked, &[]).await;
                let id = asked.is(303).header("location").rsplit('/').next().unwrap();
                let link = word(&card, "link").rsplit('/').next().unwrap();
                plain.by(Shown::Nothing).at(format!("/c/{link}/confirmations/{id}"))
            }
            "POST /till/cards/{card}/voids" => {
                let card = format!("/till/cards/{}", word(&self.opened(0).await, "id"));
                let staff = self.street.treasure("colleague");
                let fields = [("staff", staff), ("pin", "8264"), ("idempotency_key", "given")];
                let given = self.post(&plain.shown, &format!("{card}/stamps"), &fields).await;
                let (event, path) = (given.is(201).field("event"), format!("{card}/voids"));
                plain.with("event", event).at(path)
            }
            _ => plain,
        }
    }

    /// The till itself, at the API.
    fn till(&self) -> Shown {
        Shown::Bearer(self.street.victim.terminal.clone())
    }

    /// A call with the shop's key.
    async fn own(&self, path: &str, body: &Value) -> Seen {
        let key = Shown::Bearer(self.street.victim.key.clone());
        self.street.call(&key, Method::POST, path, body).await
    }

    /// A new card of the n-th program.
    async fn opened(&self, program: usize) -> Value {
        let program = self.street.site.books.programs[program].to_string();
        let body = json!({ "program": program, "store": self.street.victim.store.to_string() });
        let opened = self.own("/api/v1/cards", &body).await;
        serde_json::from_str(&opened.is(201).text).unwrap()
    }

    /// A card of stamps that has all of them.
    async fn full(&self) -> Value {
        let card = self.opened(0).await;
        let path = format!("/api/v1/cards/{}/adjustments", word(&card, "id"));
        let body = json!({ "unit": "stamp", "amount": 10, "reason": "goodwill" });
        self.own(&path, &body).await.is(201);
        card
    }

    /// A code that pairs a device, or a slip of it.
    async fn code(&self, case: &Case) -> String {
        let (app, victim) = (&self.street.site.app, &self.street.victim);
        let made = terminals::make(app, Who::console(), victim.merchant, victim.store, "Till 2").await;
        let code = made.unwrap().code;
        if !case.is_refused() {
            return code;
        }
        let last = if code.ends_with('7') { '8' } else { '7' };
        format!("{}{last}", &code[..code.len() - 1])
    }

    /// Joins with a contact, and answers with the card's address.
    async fn joined(&self, contact: &str) -> String {
        let site = &self.street.site;
        let path = site.join_path(2).await;
        let key = site.get(&path).await.field("idempotency_key");
        let fields = [
            ("idempotency_key", &*key),
            ("contact", contact),
            ("locale", "en"),
            ("terms", "1"),
        ];
        site.post(&path, &fields).await.is(303).header("location").to_owned()
    }

    /// The newest letter to somebody.
    async fn letter(&self, to: &str) -> Content {
        let street = &self.street;
        let mut kept = mail::kept(&street.site.app, street.victim.merchant, 50).await.unwrap();
        kept.sort_by_key(|kept| (kept.created_at, kept.id));
        let letters = kept.into_iter().rev().filter_map(|kept| kept.letter);
        let mut contents = letters.map(|letter| letter.content);
        contents.find(|content| content.to == to).unwrap()
    }

    /// A link without the installation's name.
    fn within(&self, link: &str) -> String {
        link.strip_prefix(&self.street.site.app.config.address(""))
            .unwrap()
            .to_owned()
    }

    /// A customer who asked for a letter.
    async fn customer(&self, case: &Case, plain: Ready) -> Ready {
        let clock = &self.street.site.books.clock;
        let contact = format!("{}@marked.example", id().simple());
        self.joined(&contact).await;
        let proof = self.within(&self.letter(&contact).await.link.unwrap());
        self.post(&Shown::Nothing, &proof, &[]).await.is(303);
        clock.set(domain::moment::Instant(clock.now().0 + 1_000_000));
        let home = format!("/my/{}", self.street.victim.slug);
        let asked = self.post(&Shown::Nothing, &home, &[("address", &contact)]).await;
        let place = asked.is(303).header("location").to_owned();
        let attempt = place.split_once("attempt=").unwrap().1;
        let letter = self.letter(&contact).await;
        let (link, code) = (self.within(&letter.link.unwrap()), letter.code.unwrap());
        let plain = plain.by(Shown::Nothing);
        match &*case.name {
            "POST /s/{link}" => plain.at(link),
            "POST /my/{merchant}/end" => {
                let opened = self.post(&Shown::Nothing, &link, &[]).await;
                let cookie = opened
                    .is(303)
                    .header("set-cookie")
                    .split(';')
                    .next()
                    .unwrap()
                    .to_owned();
                plain.by(Shown::Cookie(cookie))
            }
            _ if case.is_refused() => plain.with("attempt", attempt).with("code", "x"),
            _ => plain.with("attempt", attempt).with("code", code),
        }
    }

    /// As many wrong tries as are borne; the next one locks.
    async fn locks(&self, name: &str, plain: Ready) -> Ready {
        let address = super::list::write(name);
        let plain = if address.is_call() {
            let terminal = self.street.terminal_in(self.street.victim.store).await;
            plain.by(Shown::Bearer(terminal))
        } else {
            plain
        };
        for _ in 0..TRIES {
            let seen = self.send(&address, plain.clone()).await;
            assert_eq!(seen.status.as_u16(), 401, "{name}");
        }
        plain
    }

    /// A correction over the limit that the till asked for on a card of its own.
    async fn waits(&self, amount: i64) -> String {
        let card = self.opened(2).await;
        let path = format!("/api/v1/cards/{}/adjustments", word(&card, "id"));
        let body = json!({ "unit": "point", "amount": amount, "reason": "goodwill" });
        let asked = self.street.call(&self.till(), Method::POST, &path, &body).await;
        let asked: Value = serde_json::from_str(&asked.is(202).text).unwrap();
        word(&asked, "approval").to_owned()
    }
}
