//! A new customer at the till.

use super::{Shop, on_both};
use crate::support::books::Engine;
use crate::support::browser::Shown;
use axum::http::StatusCode;
use db::{Statement, params};
use domain::ids::MerchantId;
use domain::program::ProgramStatus;
use server::setup;

const START: &str = "/till/enrolments";
const CHECK: &str = "/till/enrolments/check";

const CLOSE: Statement = Statement::new(
    "tests.close_store",
    "update stores set status = 'closed' where merchant_id = $1 and store_id = $2",
);

impl Shop {
    /// Types a contact and reads it back.
    async fn looks(&self, program: usize, contact: &str) -> Shown {
        let program = self.books.programs[program].to_string();
        self.till
            .post(
                CHECK,
                &[
                    ("program", &program),
                    ("contact", contact),
                    ("first_name", "Mina"),
                    ("locale", "lb"),
                ],
            )
            .await
    }

    /// Accepts the terms on the second look and opens the card.
    async fn agrees(&self, look: &Shown, more: &[(&str, &str)]) -> Shown {
        assert_eq!(look.status, StatusCode::OK, "{look:?}");
        let kept: Vec<(&str, String)> = ["program", "contact", "first_name", "locale", "idempotency_key"]
            .map(|name| (name, look.field(name)))
            .to_vec();
        let mut fields: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fields.extend(more);
        self.till.post(START, &fields).await
    }
}

fn leads_to(answer: &Shown) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    answer.location.clone().unwrap()
}

async fn a_phone_number_is_read_back_and_becomes_a_card(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    assert!(shop.till.get("/till").await.says("href=\"/till/enrolments\""));
    let form = shop.till.get(START).await;
    assert!(form.status == StatusCode::OK && form.says("name=\"contact\"") && form.says("No details"));
    let look = shop.looks(0, "621 123484").await;
    assert!(
        look.says("+352 621 12 34 84") && look.says("is that right?"),
        "{look:?}"
    );
    assert!(
        !look.says("value=\"1\" checked") && look.says("name=\"terms\""),
        "no box is ticked before"
    );
    let opened = leads_to(&shop.agrees(&look, &[("terms", "1"), ("marketing", "1")]).await);
    for _ in 0..2 {
        let page = shop.till.get(&opened).await;
        assert!(
            page.says("Mina’s card is open") && page.says("class=\"qr\""),
            "{page:?}"
        );
    }
    let card = format!("/till/cards/{}", opened.rsplit('/').next().unwrap());
    let found = shop.till.get("/till?q=%2B352621123484").await;
    assert_eq!(found.location.as_deref(), Some(&*card));
    assert!(shop.till.get(&card).await.says("Mina"));
    let terms = |purpose: &str| (purpose.to_owned(), 1, 1);
    assert_eq!(shop.books.agreed().await, [terms("marketing"), terms("terms")]);
    shop.books.audited().await;
}

async fn a_double_tap_and_a_reload_open_one_card(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let look = shop.looks(0, "mina@example.lu").await;
    let (one, other) = tokio::join!(
        shop.agrees(&look, &[("terms", "1")]),
        shop.agrees(&look, &[("terms", "1")])
    );
    assert_eq!(leads_to(&one), leads_to(&other));
    assert_eq!(leads_to(&shop.agrees(&look, &[("terms", "1")]).await), leads_to(&one));
    assert_eq!(leads_to(&shop.till.get(CHECK).await), START);
    assert_eq!(shop.books.audited().await.cards, 1);
    assert_eq!(
        shop.books.agreed().await.len(),
        1,
        "agreed once, and not to be written to"
    );
}

async fn somebody_known_is_masked_and_their_card_is_offered(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let (early, late) = (shop.looks(0, "621 123484").await, shop.looks(0, "+352 621123484").await);
    let opened = leads_to(&shop.agrees(&early, &[("terms", "1")]).await);
    let card = format!("/till/cards/{}", opened.rsplit('/').next().unwrap());
    // Before the terms, and after them where another till was faster.
    for known in [
        shop.looks(0, "00352 621 12 34 84").await,
        shop.agrees(&late, &[("terms", "1")]).await,
    ] {
        assert_eq!(known.status, StatusCode::CONFLICT, "{known:?}");
        assert!(
            known.says("+352 621 … 84") && known.says(&format!("href=\"{card}\"")),
            "{known:?}"
        );
        assert!(
            known.says("Use this card") && !known.says("<dd>+352 621 12 34 84"),
            "{known:?}"
        );
    }
    // The same person may have a card of another program.
    let other = shop.looks(1, "621 123484").await;
    leads_to(&shop.agrees(&other, &[("terms", "1")]).await);
    assert_eq!(shop.books.audited().await.cards, 2);
}

async fn without_details_the_card_is_nobodys_yet(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.anonymous_balance_cap = 5).await;
    let program = shop.books.programs[0].to_string();
    let fields = [
        ("program", &*program),
        ("contact", "mina@example.lu"),
        ("nameless", "1"),
    ];
    let look = shop.till.post(CHECK, &fields).await;
    assert!(
        look.says("A card without details") && !look.says("mina@example.lu"),
        "{look:?}"
    );
    assert!(!look.says("name=\"marketing\""), "nobody is there to be written to");
    let opened = leads_to(
        &shop
            .agrees(&look, &[("nameless", "1"), ("terms", "1"), ("marketing", "1")])
            .await,
    );
    let page = shop.till.get(&opened).await;
    assert!(
        page.says("The card is open") && page.says("holds at most 5"),
        "{page:?}"
    );
    assert_eq!(shop.books.agreed().await, [("terms".to_owned(), 1, 0)]);
    let unknown = shop.till.get("/till?q=mina%40example.lu").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    // What was typed in vain is not typed twice.
    assert!(
        unknown.says("name=\"contact\" value=\"mina@example.lu\""),
        "{unknown:?}"
    );
    shop.books.audited().await;
}

async fn what_is_wrong_is_said_and_what_was_typed_stays(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    for (contact, words) in [
        ("", "choose “No details”"),
        ("mina@", "not a whole e-mail address"),
        ("12", "not a whole phone number"),
    ] {
        let form = shop.looks(0, contact).await;
        assert_eq!(form.status, StatusCode::UNPROCESSABLE_ENTITY, "{contact}");
        assert!(form.says(words) && form.says("value=\"Mina\"") && form.says("value=\"lb\" lang=\"lb\" selected"));
    }
    let look = shop.looks(0, "mina@example.lu").await;
    let again = shop.agrees(&look, &[("marketing", "1")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.says("Please accept the terms.") && again.says("name=\"marketing\" value=\"1\" checked"));
    let outdated = shop.agrees(&look, &[("terms", "7")]).await;
    assert!(outdated.says("The terms have changed"), "{outdated:?}");
    let back = shop
        .till
        .post(CHECK, &[("contact", "mina@example.lu"), ("correct", "1")])
        .await;
    assert!(back.status == StatusCode::OK && back.says("value=\"mina@example.lu\""));
    let nothing = shop
        .till
        .post(CHECK, &[("program", "nothing"), ("contact", "mina@example.lu")])
        .await;
    assert_eq!(nothing.status, StatusCode::BAD_REQUEST);
    assert_eq!(shop.books.audited().await.cards, 0);
}

async fn a_closed_store_and_an_ended_session_open_nothing(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let look = shop.looks(0, "mina@example.lu").await;
    let mut stranger = shop.till.clone();
    stranger.cookie = String::new();
    assert_eq!(
        stranger.post(CHECK, &[("contact", "a@b.lu")]).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(stranger.post(START, &[]).await.status, StatusCode::UNAUTHORIZED);
    for (index, status) in (0..3).zip([ProgramStatus::Paused; 3]) {
        let (merchant, program) = (shop.books.merchant, shop.books.programs[index]);
        let change = move |tx: &mut db::Transaction<'_>| setup::program_status(tx, merchant, program, status);
        shop.app.db.write(change).await.unwrap();
    }
    let clock = &shop.books.clock;
    clock.set(domain::moment::Instant(clock.now().0 + 1_000_000));
    let closed = shop.till.get(START).await;
    assert!(
        closed.status == StatusCode::CONFLICT && closed.says("takes new cards at the moment"),
        "{closed:?}"
    );
    let (merchant, store) = (shop.books.merchant.0, shop.books.store.0);
    let program = shop.books.programs[0];
    let close = move |tx: &mut db::Transaction<'_>| {
        tx.run(&CLOSE, &params![merchant, store])?;
        // So that the catalogue is read again.
        setup::program_status(tx, MerchantId(merchant), program, ProgramStatus::Active)
    };
    shop.app.db.write(close).await.unwrap();
    clock.set(domain::moment::Instant(clock.now().0 + 60_000_000));
    for answer in [shop.till.get(START).await, shop.agrees(&look, &[("terms", "1")]).await] {
        assert!(
            answer.status == StatusCode::FORBIDDEN && answer.says("store is closed"),
            "{answer:?}"
        );
    }
    assert_eq!(shop.books.audited().await.cards, 0);
}

async fn the_way_to_a_customers_page_is_shown_only_for_a_card_just_opened_here(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let other = shop.books.enroll(shop.books.programs[0]).await;
    let away = shop.till.get(&format!("{START}/{other}")).await;
    assert_eq!(leads_to(&away), format!("/till/cards/{other}"));
    let look = shop.looks(0, "mina@example.lu").await;
    let opened = leads_to(&shop.agrees(&look, &[("terms", "1")]).await);
    assert_eq!(shop.till.get(&opened).await.status, StatusCode::OK);
    let clock = &shop.books.clock;
    clock.set(clock.now().plus_minutes(15));
    let later = leads_to(&shop.till.get(&opened).await);
    assert!(later.starts_with("/till/cards/"), "{later}");
}

on_both!(
    a_phone_number_is_read_back_and_becomes_a_card,
    a_double_tap_and_a_reload_open_one_card,
    somebody_known_is_masked_and_their_card_is_offered,
    without_details_the_card_is_nobodys_yet,
    what_is_wrong_is_said_and_what_was_typed_stays,
    a_closed_store_and_an_ended_session_open_nothing,
    the_way_to_a_customers_page_is_shown_only_for_a_card_just_opened_here,
);
