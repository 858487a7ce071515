//! A guard: passwords, seeds, codes, links and tokens of sessions are never logged, noted or told again.

use super::factor::set_up;
use super::{House, PASSWORD};
use crate::ledger::on_both;
use crate::support::books::Engine;
use crate::support::browser::Browser;
use crate::support::heard::{Heard, listener};
use server::people::OPERATORS;
use server::people::invitations;
use server::permissions::Role;
use std::sync::OnceLock;
use tracing_subscriber::util::SubscriberInitExt;

fn listen() -> Heard {
    static HEARD: OnceLock<Heard> = OnceLock::new();
    let heard = HEARD.get_or_init(|| {
        let heard = Heard::default();
        listener("trace", heard.clone()).try_init().unwrap();
        heard
    });
    heard.clone()
}

async fn nothing_secret_is_logged_or_noted(engine: Engine) {
    let heard = listen();
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    let owner = house.signed_in("owner").await;
    let (totp, codes) = set_up(&house, &owner).await;
    let link = invitations::first_operator(&house.app).await.unwrap().unwrap();
    let said = "dat hei ass geheim genuch";
    let fields = [("name", "Anouk"), ("address", "anouk@example.lu"), ("password", said)];
    let mut boss = Browser::new(&house.app);
    let answer = boss.post(&link, &fields).await;
    boss.keep(answer.leads_to("/signin"));
    boss.typed("owner", "e falscht Passwuert").await.is(401);
    owner.post("/account/proof", &[("secret", PASSWORD)]).await.is(303);
    let (seed, token, welcome) = (totp.secret().to_base32(), owner.token(), &link["/welcome/".len()..]);
    let mut secrets = vec![
        PASSWORD,
        said,
        "e falscht Passwuert",
        &*seed,
        token,
        boss.token(),
        welcome,
    ];
    secrets.extend(codes.iter().map(String::as_str));
    let told = heard.text();
    assert!(told.contains("/welcome/{link}"), "is anybody listening?");
    let mut noted = house.log(house.books.merchant).await;
    noted.extend(house.log(OPERATORS).await);
    assert!(noted.len() >= 6);
    let noted = serde_json::to_string(&noted).unwrap();
    let account = boss.get("/account").await.html;
    for secret in secrets {
        assert!(!told.contains(secret), "{secret:?} was logged");
        assert!(!noted.contains(secret), "{secret:?} was noted");
        assert!(!account.contains(secret), "{secret:?} is shown");
    }
    assert!(!noted.contains("@example.lu"), "an address was noted");
    house.end().await;
}

on_both!(nothing_secret_is_logged_or_noted,);
