//! Two shops on one database, next door to each other: one that has everything, and a neighbour who wants to know.

use super::addresses::{Address, Call};
use super::books::{Engine, MONDAY, id};
use super::crowd::{self, Person};
use super::premises::{Premises, key, neighbour, premises};
use super::site::{Seen, Site};
use super::tills;
use axum::body::Body;
use axum::response::Response;
use domain::ids::{PinId, StaffId, StoreId};
use domain::program::ProgramKind;
use domain::terms::Terms;
use http::{Method, Request, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use server::identity::Scope;
use server::people::OPERATORS;
use server::permissions::Role;
use server::pins::{self, Pin};
use server::setup;
use tower::ServiceExt;

/// Cookies that mean something, whoever sets them.
pub const COOKIES: [&str; 2] = ["__Host-trei_till", crowd::COOKIE];
/// What a form of ours sends, all fields at once: each page takes what it knows.
const FORM: [(&str, &str); 9] = [
    ("idempotency_key", "0123456789abcdef0123"),
    ("amount", "12.50"),
    ("reason", "mistake"),
    ("lang", "fr"),
    ("theme", "dark"),
    ("back", "/"),
    ("first_name", "Outsider"),
    ("terms", "1"),
    ("token", "trei_trm_0"),
];

/// How somebody shows who they are.
#[derive(Clone, Debug)]
pub enum Shown {
    /// Not at all.
    Nothing,
    /// With a header `Authorization`.
    Bearer(String),
    /// With a header `Cookie`.
    Cookie(String),
}

/// The street.
pub struct Street {
    pub site: Site,
    pub victim: Premises,
    pub neighbour: Premises,
    /// Who owns the victim's account.
    pub owner: Person,
    /// Who runs the installation.
    pub operator: Person,
    /// What the neighbour may never read, by what stands in for it in addresses and bodies.
    pub treasures: Vec<(&'static str, String)>,
}

impl Street {
    /// Opens both; the first has a card with a person, a purchase and a member of staff.
    pub async fn open(engine: Engine) -> Self {
        let site = Site::with(
            engine,
            |_: &mut Terms| {},
            |config| {
                config.development = true;
                // Passkeys need a name.
                config.public_url = "https://trei.example".parse().unwrap();
            },
        )
        .await;
        let (merchant, store) = (site.books.merchant, site.books.store);
        let victim = premises(&site, merchant, site.slug().await, store).await;
        let neighbour = neighbour(&site).await;
        let owner = crowd::person(&site, merchant, Role::Owner, crowd::NO_PASSWORD).await;
        let operator = crowd::person(&site, OPERATORS, Role::OperatorOwner, crowd::NO_PASSWORD).await;
        let mut street = Self {
            site,
            victim,
            neighbour,
            owner,
            operator,
            treasures: Vec::new(),
        };
        street.furnish().await;
        street
    }

    async fn furnish(&mut self) {
        let (merchant, staff, pin) = (self.victim.merchant, StaffId(id()), PinId(id()));
        let secrets = self.site.app.secrets.clone();
        // Somebody who is still there when the other was let go.
        let colleague = StaffId(id());
        let hire = move |tx: &mut db::Transaction<'_>| {
            setup::staff(tx, merchant, (staff, pin), ("Quentin Marked", "cashier"), MONDAY)?;
            setup::staff(
                tx,
                merchant,
                (colleague, PinId(id())),
                ("Rita Marked", "cashier"),
                MONDAY,
            )?;
            pins::fill(tx, &secrets, (merchant, colleague), &Pin::typed("8264"), MONDAY)?;
            pins::fill(tx, &secrets, (merchant, staff), &Pin::typed("8264"), MONDAY)
        };
        self.site.app.db.write(hire).await.unwrap();
        let (program, store) = (self.site.books.programs[2].to_string(), self.victim.store.to_string());
        let person =
            json!({ "program": program, "store": store, "contact": "marked@example.lu", "first_name": "Zylphia" });
        let card = self.own("/cards", &person).await;
        let text = |name: &str| card[name].as_str().unwrap().to_owned();
        let (number, code, link) = (text("number"), text("code"), text("link"));
        let card = text("id");
        let order = "order-of-the-victim";
        let bought = json!({ "amount_minor": 5000, "currency": "EUR", "store": store, "order_ref": order });
        let earned = self.own(&format!("/cards/{card}/purchases"), &bought).await;
        let approval = self.asked().await;
        let link = link.rsplit('/').next().unwrap().to_owned();
        let event = earned["event"].as_str().unwrap().to_owned();
        let reward = self.site.books.coffee.to_string();
        let (session, _) = self.owner.signed_in(&self.site).await;
        let passkey = self.owner.passkey(&self.site).await;
        let user = crowd::person(&self.site, merchant, Role::Viewer, crowd::NO_PASSWORD).await;
        let helper = crowd::person(&self.site, OPERATORS, Role::OperatorSupport, crowd::NO_PASSWORD).await;
        // Another than the till that goes on being used.
        let spare = self.terminal_in(self.victim.store).await;
        let spare_key = key(&self.site, self.victim.merchant, &Scope::ALL).await;
        self.treasures = vec![
            ("session", session.to_string()),
            ("passkey", passkey.to_string()),
            ("user", user.user.to_string()),
            ("helper", helper.user.to_string()),
            ("card", card),
            ("number", number),
            ("code", code),
            ("link", link),
            ("contact", "marked@example.lu".to_owned()),
            ("first_name", "Zylphia".to_owned()),
            ("event", event),
            ("order_ref", order.to_owned()),
            ("program", program),
            ("reward", reward),
            ("store", store),
            ("staff", staff.to_string()),
            ("pin_id", pin.to_string()),
            ("approval", approval),
            ("colleague", colleague.to_string()),
            ("terminal", tills::public_id(&spare)),
            ("key", tills::public_id(&spare_key)),
        ];
        let confirmation = self.confirming().await;
        self.treasures.push(("confirmation", confirmation));
    }

    /// What the till asked the owner of the card.
    async fn confirming(&self) -> String {
        let path = format!("/till/cards/{}/confirmations", self.treasure("card"));
        let till = Shown::Cookie(self.victim.till.clone());
        let asked = self.form_at(&till, (Method::POST, &path), &[], "same-origin");
        let asked = self.send(asked).await;
        let place = asked.is(303).header("location");
        place.rsplit('/').next().unwrap().to_owned()
    }

    /// What the till asked for on a card of its own, and somebody must approve.
    async fn asked(&self) -> String {
        let (program, store) = (self.site.books.programs[2].to_string(), self.victim.store.to_string());
        let card = self.own("/cards", &json!({ "program": program, "store": store })).await;
        let path = format!("/api/v1/cards/{}/adjustments", card["id"].as_str().unwrap());
        let body = json!({ "unit": "point", "amount": 600, "reason": "goodwill" });
        let till = Shown::Bearer(self.victim.terminal.clone());
        let seen = self.call(&till, Method::POST, &path, &body).await;
        assert_eq!(seen.status.as_u16(), 202, "{}", seen.text);
        let told: Value = serde_json::from_str(&seen.text).unwrap();
        told["approval"].as_str().unwrap().to_owned()
    }

    async fn own(&self, path: &str, body: &Value) -> Value {
        let shown = Shown::Bearer(self.victim.key.clone());
        let path = format!("/api/v1{path}");
        let seen = self.call(&shown, Method::POST, &path, body).await;
        assert_eq!(seen.status.as_u16(), 201, "{}", seen.text);
        serde_json::from_str(&seen.text).unwrap()
    }

    /// A browser of the victim's in which the till and the owner are signed in, the owner only now.
    pub async fn insider(&self) -> Shown {
        let (_, session) = self.owner.signed_in(&self.site).await;
        Shown::Cookie(format!("{}; {session}", self.victim.till))
    }

    /// One of the treasures.
    pub fn treasure(&self, name: &str) -> &str {
        let found = self.treasures.iter().find(|(known, _)| *known == name);
        &found.unwrap_or_else(|| panic!("the street has no {name}")).1
    }

    /// What stands in for a parameter of a path: what the victim has. A link is a secret, so outsiders hold a spoilt one.
    fn stand_in(&self, address: &Address, name: &str) -> String {
        match name {
            "merchant" | "slug" => self.victim.slug.clone(),
            "program" if !address.is_call() => ProgramKind::Hybrid.code().to_owned(),
            "token" | "link" => spoilt(self.treasure("link")),
            "file" => assets::url("app.css").rsplit('/').next().unwrap().to_owned(),
            "user" if address.pattern.starts_with("/operator") => self.treasure("helper").to_owned(),
            "page" => "storefront-card".to_owned(),
            "sample" => "stamps".to_owned(),
            known => self.treasure(known).to_owned(),
        }
    }

    /// The path of an address with what the victim has.
    pub fn path(&self, address: &Address) -> String {
        let mut path = address.pattern.clone();
        for name in address.parameters() {
            path = path.replace(&format!("{{{name}}}"), &self.stand_in(address, name));
        }
        path
    }

    /// The paths of a call: as it is, and with each search that the document knows.
    pub fn searches(&self, call: &Call) -> Vec<String> {
        let path = self.path(&call.address);
        let parameters = call.operation["parameters"].as_array().into_iter().flatten();
        let known = parameters.filter(|one| one["in"] == "query").filter_map(|one| {
            let name = one["name"].as_str()?;
            let (_, value) = self.treasures.iter().find(|(known, _)| *known == name)?;
            Some(format!("{path}?{name}={value}"))
        });
        let found: Vec<String> = known.collect();
        if found.is_empty() { vec![path] } else { found }
    }

    /// The example of a call, with the victim's things in it.
    pub fn body(&self, call: &Call) -> Value {
        let mut body = call.example();
        self.fit(&mut body);
        body
    }

    fn fit(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields.iter_mut() {
                    match name.as_str() {
                        "merchant" => *inner = json!(self.victim.slug),
                        "order_ref" => *inner = json!(self.treasure("order_ref")),
                        _ => self.fit(inner),
                    }
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|inner| self.fit(inner)),
            Value::String(text) => {
                let prefixes = [
                    ("sto_", "store"),
                    ("prg_", "program"),
                    ("rew_", "reward"),
                    ("evt_", "event"),
                    ("card_", "card"),
                    ("stf_", "staff"),
                    ("pin_", "pin_id"),
                ];
                if let Some((_, name)) = prefixes.iter().find(|(prefix, _)| text.starts_with(prefix)) {
                    *text = self.treasure(name).to_owned();
                }
            }
            _ => {}
        }
    }

    /// A call of the API.
    pub async fn call(&self, shown: &Shown, method: Method, path: &str, body: &Value) -> Seen {
        let mut request = show(Request::builder().method(&method).uri(path), shown);
        request = request.header("idempotency-key", id().to_string());
        let body = if method == Method::GET {
            Body::empty()
        } else {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(body.to_string())
        };
        self.send(request.body(body).unwrap()).await
    }

    /// A look at a page, or its form sent from this site with everything that a form may hold.
    pub async fn visit(&self, shown: &Shown, address: &Address) -> Seen {
        self.send(self.form(shown, address, &[], "same-origin")).await
    }

    /// What a browser sends when it looks at a page or sends its form; `fields` win over what each form holds, and `site`
    /// is where the form stood.
    pub fn form(&self, shown: &Shown, address: &Address, fields: &[(&str, &str)], site: &str) -> Request<Body> {
        self.form_at(shown, (address.method(), &self.path(address)), fields, site)
    }

    /// The same at a path.
    pub fn form_at(
        &self,
        shown: &Shown,
        (method, path): (Method, &str),
        fields: &[(&str, &str)],
        site: &str,
    ) -> Request<Body> {
        let is_look = method == Method::GET;
        let mut request = show(Request::builder().method(method).uri(path), shown);
        request = request
            .header("sec-fetch-site", site)
            .header(header::ACCEPT_LANGUAGE, "en");
        let body = if is_look {
            Body::empty()
        } else {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            form.extend_pairs(
                FORM.iter()
                    .filter(|(name, _)| !fields.iter().any(|(known, _)| known == name)),
            );
            form.extend_pairs(fields);
            form.append_pair("shown", &self.site.shown(10));
            let own = ["reward", "event"].map(|name| (name, self.treasure(name)));
            form.extend_pairs(
                own.iter()
                    .filter(|(name, _)| !fields.iter().any(|(known, _)| known == name)),
            );
            Body::from(form.finish())
        };
        request.body(body).unwrap()
    }

    /// Sends a request. A stream has no end, so nobody waits for it.
    pub async fn send(&self, request: Request<Body>) -> Seen {
        let answer: Response = self.site.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let kind = parts.headers.get(header::CONTENT_TYPE);
        let endless = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        let bytes = if endless {
            Vec::new()
        } else {
            body.collect().await.unwrap().to_bytes().to_vec()
        };
        Seen {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// A new key of the victim.
    pub async fn key_with(&self, scopes: &[Scope]) -> String {
        key(&self.site, self.victim.merchant, scopes).await
    }

    /// A new terminal of the victim.
    pub async fn terminal_in(&self, store: StoreId) -> String {
        tills::paired(&self.site, self.victim.merchant, store).await
    }
}

fn show(request: http::request::Builder, shown: &Shown) -> http::request::Builder {
    match shown {
        Shown::Nothing => request,
        Shown::Bearer(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
        Shown::Cookie(cookie) => request.header(header::COOKIE, cookie),
    }
}

/// The same text with another end.
pub fn spoilt(text: &str) -> String {
    let last = if text.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", &text[..text.len() - 1])
}
