//! The till: signing in, finding, giving, redeeming, taking back, and every way it says no.

use crate::support::books::{Books, Engine, id, postgres, sqlite};
use crate::support::browser::{Browser, Shown, installation};
use axum::http::StatusCode;
use db::params;
use domain::ids::{CardId, MerchantId, StoreId, TerminalId};
use domain::terms::{StampBasis, Terms};
use server::app::App;
use server::error::Error;
use server::sql;
use server::tokens::{self, TokenOf};

/// A shop with a paired terminal, and the browser that stands at it.
pub(super) struct Shop {
    pub(super) books: Books,
    app: App,
    token: String,
    till: Browser,
}

impl Shop {
    pub(super) async fn open(engine: Engine, change: impl FnOnce(&mut Terms)) -> Self {
        let books = Books::open(engine, change).await;
        let app = installation(&books);
        let token = terminal(&app, books.merchant, books.store).await;
        let till = signed_in(&app, &token).await;
        Self {
            books,
            app,
            token,
            till,
        }
    }

    async fn number(&self, card: CardId) -> String {
        let merchant = self.books.merchant;
        let row = self
            .app
            .db
            .read(move |tx| sql::lookups::card(tx, merchant.0, card.0))
            .await
            .unwrap();
        row.unwrap().number
    }

    pub(super) async fn card(&self, card: CardId) -> Shown {
        self.till.get(&format!("/till/cards/{card}")).await
    }

    /// Opens the card and gives a stamp with the key of the page.
    async fn stamp(&self, card: CardId) -> Shown {
        let key = self.fresh_key(card).await;
        self.press(card, "stamps", &[("idempotency_key", &key)]).await
    }

    async fn fresh_key(&self, card: CardId) -> String {
        let page = self.card(card).await;
        if page.says("name=\"idempotency_key\"") {
            page.field("idempotency_key")
        } else {
            id().to_string()
        }
    }

    pub(super) async fn press(&self, card: CardId, what: &str, fields: &[(&str, &str)]) -> Shown {
        self.till.post(&format!("/till/cards/{card}/{what}"), fields).await
    }
}

async fn terminal(app: &App, merchant: MerchantId, store: StoreId) -> String {
    let terminal = TerminalId(id());
    let token = tokens::new_token(&app.secrets, merchant, TokenOf::Terminal(terminal)).unwrap();
    let hash = tokens::hash(&token);
    let write = app.db.write(move |tx| {
        let values = params![merchant.0, terminal.0, store.0, "T1", hash, "paired", 0i64];
        tx.run(&sql::credentials::ADD_TERMINAL, &values)?;
        Ok::<_, Error>(())
    });
    write.await.unwrap();
    token
}

async fn signed_in(app: &App, token: &str) -> Browser {
    let mut browser = Browser::new(app);
    let answer = browser.post("/till/session", &[("token", token)]).await;
    assert_eq!(
        (answer.status, answer.location.as_deref()),
        (StatusCode::SEE_OTHER, Some("/till"))
    );
    let cookie = answer.cookie.unwrap();
    assert!(
        cookie.starts_with("__Host-trei_till=") && cookie.contains("HttpOnly; SameSite=Lax; Secure"),
        "{cookie}"
    );
    browser.cookie = cookie.split(';').next().unwrap().to_owned();
    browser
}

async fn only_a_paired_terminal_gets_in(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let stranger = Browser::new(&shop.app);
    let pairing = stranger.get("/till").await;
    assert!(pairing.status == StatusCode::OK && pairing.says("action=\"/till/session\""));
    let slip = format!("{}!", &shop.token[..shop.token.len() - 1]);
    for wrong in ["", "not-a-token", &slip, &"a".repeat(5_000)] {
        let answer = stranger.post("/till/session", &[("token", wrong)]).await;
        assert_eq!((answer.status, answer.cookie), (StatusCode::UNAUTHORIZED, None));
        assert!(answer.html.contains("role=\"alert\""));
    }
    let card = shop.books.enroll(shop.books.programs[0]).await;
    let write = stranger
        .post(&format!("/till/cards/{card}/stamps"), &[("idempotency_key", "a")])
        .await;
    assert_eq!(write.status, StatusCode::UNAUTHORIZED);
    let crossing = [("idempotency_key", "a")];
    let foreign_page = shop
        .till
        .post_from(&format!("/till/cards/{card}/stamps"), &crossing, "cross-site")
        .await;
    assert_eq!(foreign_page.status, StatusCode::FORBIDDEN);
    assert!(shop.till.get("/till").await.says("Grand-Rue"));
    let ended = shop.till.post("/till/session/end", &[]).await;
    assert!(ended.cookie.unwrap().contains("Max-Age=0"));
    assert!(
        shop.till.get("/till").await.says("action=\"/till/session\""),
        "the session is over on the server too"
    );
}

async fn a_card_is_found_by_code_and_number_and_no_other_way(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    let (merchant, number) = (shop.books.merchant, shop.number(card).await);
    let spaced = format!("{}-{}", number[..4].to_lowercase(), &number[4..]);
    let code = shop.app.secrets.card_code(merchant, card, 0);
    for typed in [&number, &spaced, &code] {
        let found = shop.till.get(&format!("/till?q={typed}")).await;
        assert_eq!(
            (found.status, found.location),
            (StatusCode::SEE_OTHER, Some(format!("/till/cards/{card}")))
        );
    }
    let old = shop.app.secrets.card_code(merchant, card, 7);
    let other = Books::open(sqlite().await, |_| {}).await;
    let elsewhere = shop.app.secrets.card_code(other.merchant, card, 0);
    let link = format!("http://127.0.0.1:8080/c/{}", shop.app.secrets.card_link(merchant, card));
    let unknown = "Not one of our cards";
    for (typed, status, words) in [
        (old.as_str(), StatusCode::CONFLICT, "was replaced"),
        (&link, StatusCode::UNPROCESSABLE_ENTITY, "customer’s page"),
        (&elsewhere, StatusCode::NOT_FOUND, unknown),
        ("ZZZZZZZZZZ", StatusCode::NOT_FOUND, unknown),
        ("nobody%40example.lu", StatusCode::NOT_FOUND, unknown),
        ("%3Cscript%3E", StatusCode::NOT_FOUND, unknown),
    ] {
        let answer = shop.till.get(&format!("/till?q={typed}")).await;
        assert!(answer.status == status && answer.says(words), "{typed}: {answer:?}");
        assert!(!answer.says("<script>"));
    }
    for address in [format!("/till/cards/{}", CardId(id())), "/till/cards/card_x".to_owned()] {
        let answer = shop.till.get(&address).await;
        assert!(
            answer.status == StatusCode::NOT_FOUND && answer.says(unknown),
            "{answer:?}"
        );
    }
}

async fn another_shops_card_is_not_there(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    // The same database, another merchant.
    let foreign = signed_in(&shop.app, &neighbour(&shop).await).await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    let number = shop.number(card).await;
    let missing = foreign.get(&format!("/till/cards/{}", CardId(id()))).await;
    let theirs = foreign.get(&format!("/till/cards/{card}")).await;
    assert_eq!(
        (theirs.status, missing.status),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
    assert_eq!(
        theirs.html.replace(&card.to_string(), ""),
        missing.html.replace(&missing.path_of_card(), "")
    );
    assert_eq!(
        foreign.get(&format!("/till?q={number}")).await.status,
        StatusCode::NOT_FOUND
    );
    let write = foreign
        .post(&format!("/till/cards/{card}/stamps"), &[("idempotency_key", "a")])
        .await;
    assert_eq!(write.status, StatusCode::NOT_FOUND);
    shop.books.audited().await;
}

impl Shown {
    /// The card's id that stands in the page's own address.
    fn path_of_card(&self) -> String {
        let (_, rest) = self.html.split_once("/till/cards/").unwrap();
        rest.chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
            .collect()
    }
}

/// A terminal of another merchant in the same database.
async fn neighbour(shop: &Shop) -> String {
    let (merchant, store) = (MerchantId(id()), StoreId(id()));
    let write = shop.app.db.write(move |tx| {
        let new = server::setup::NewMerchant {
            slug: "neighbour".into(),
            name: "Nopesch".into(),
            country: "LU".into(),
            timezone: "Europe/Luxembourg".into(),
            default_locale: "en".into(),
            currency: "EUR".into(),
            colour: "#1f4e79".into(),
            mark: "bike".into(),
            cutover_minutes: 240,
        };
        server::setup::merchant(tx, merchant, &new, crate::support::books::MONDAY)?;
        server::setup::store(
            tx,
            merchant,
            store,
            ("N", "Nopesch", "2, Grand-Rue"),
            crate::support::books::MONDAY,
        )
    });
    write.await.unwrap();
    terminal(&shop.app, merchant, store).await
}

async fn a_stamp_counts_once_and_the_next_one_waits(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.stamp_cooldown_minutes = 60).await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    let key = shop.card(card).await.field("idempotency_key");
    let first = shop.press(card, "stamps", &[("idempotency_key", &key)]).await;
    assert!(
        first.status == StatusCode::CREATED && first.tone() == Some("yes"),
        "{first:?}"
    );
    assert!(first.says("1 of 10") && first.says("/voids"));
    let again = shop.press(card, "stamps", &[("idempotency_key", &key)]).await;
    assert!(again.status == StatusCode::OK && again.tone() == Some("yes") && again.says("1 of 10"));
    let second = shop.press(card, "stamps", &[("idempotency_key", "another")]).await;
    assert!(
        second.status == StatusCode::CONFLICT && second.tone() == Some("wait"),
        "{second:?}"
    );
    // 08:00 UTC is 09:00 in Luxembourg, and the cooldown an hour.
    assert!(second.says("wait 60 min") && second.says("10:00"), "{}", second.html);
    let page = shop.card(card).await;
    assert!(
        page.says("10:00") && !page.says("/stamps\""),
        "the card says so before it is tried"
    );
    let other = shop
        .press(card, "stamps", &[("idempotency_key", &key), ("count", "1")])
        .await;
    assert_eq!(
        other.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the same key for something else"
    );
    let reload = shop.till.get(&format!("/till/cards/{card}/stamps")).await;
    assert_eq!(
        (reload.status, reload.location),
        (StatusCode::SEE_OTHER, Some(format!("/till/cards/{card}")))
    );
    let start = shop.till.get("/till").await;
    assert!(start.says("class=\"who\"") && start.says("+1 stamp"), "{}", start.html);
    assert_eq!(shop.books.audited().await.events, 2);
}

async fn a_mistake_is_undone_once_and_can_be_given_again(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.stamp_cooldown_minutes = 60).await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    let given = shop.stamp(card).await;
    let undo = [
        ("event", given.field("event")),
        ("reason", "mistake".into()),
        ("idempotency_key", given.field("idempotency_key")),
    ];
    let undo: Vec<(&str, &str)> = undo.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let undone = shop.press(card, "voids", &undo).await;
    assert!(
        undone.status == StatusCode::CREATED && undone.says("Taken back"),
        "{undone:?}"
    );
    assert!(undone.says("0 of 10") && !undone.says("/voids\""));
    let twice = shop.press(card, "voids", &undo).await;
    assert_eq!((twice.status, twice.tone()), (StatusCode::OK, Some("yes")));
    let mut fresh = undo.clone();
    fresh[2].1 = "another-key";
    let other = shop.press(card, "voids", &fresh).await;
    assert!(
        other.status == StatusCode::CONFLICT && other.says("taken back before"),
        "{other:?}"
    );
    assert!(shop.till.get("/till").await.says("class=\"voided\""));
    assert_eq!(
        shop.stamp(card).await.status,
        StatusCode::CREATED,
        "the void gave the cooldown back"
    );
    shop.books.clock.set(domain::moment::Instant(
        crate::support::books::MONDAY.0 + 20 * 60_000_000,
    ));
    let late = shop.card(card).await;
    assert!(!late.says("data-undo"), "after the window nothing is offered");
    let event = domain::ids::EventId { card, sequence: 4 }.to_string();
    let late = shop
        .press(
            card,
            "voids",
            &[("event", &event), ("reason", "mistake"), ("idempotency_key", "late")],
        )
        .await;
    assert!(
        late.status == StatusCode::FORBIDDEN && late.says("too late"),
        "{late:?}"
    );
    shop.books.audited().await;
}

async fn an_amount_is_shown_and_then_given(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.min_purchase_minor = 100).await;
    let card = shop.books.enroll(shop.books.programs[1]).await;
    let preview = shop.press(card, "points/preview", &[("amount", "23,50")]).await;
    assert!(
        preview.status == StatusCode::OK && preview.says("+23 points"),
        "{preview:?}"
    );
    assert!(
        shop.press(card, "points/preview", &[("amount", "0,5x")])
            .await
            .says("preview-problem")
    );
    let key = shop.fresh_key(card).await;
    let give = [
        ("amount", "23.50"),
        ("order_ref", "2026-118"),
        ("idempotency_key", &*key),
    ];
    let given = shop.press(card, "points", &give).await;
    assert!(
        given.status == StatusCode::CREATED && given.says("+23 points"),
        "{given:?}"
    );
    let mut again = give;
    again[2].1 = "another-key";
    let again = shop.press(card, "points", &again).await;
    assert!(
        again.status == StatusCode::OK && again.says("Already recorded") && again.says("+23 points"),
        "{again:?}"
    );
    let conflict = [
        ("amount", "24"),
        ("order_ref", "2026-118"),
        ("idempotency_key", "third"),
    ];
    let conflict = shop.press(card, "points", &conflict).await;
    assert!(conflict.status == StatusCode::CONFLICT && conflict.tone() == Some("no"));
    let small = shop
        .press(card, "points", &[("amount", "0,99"), ("idempotency_key", "small")])
        .await;
    assert!(
        small.status == StatusCode::OK && small.says("€1.00") && small.tone() == Some("no"),
        "{small:?}"
    );
    for bad in ["", "0", "-5", "12,505", "abc"] {
        let kept = shop
            .press(card, "points", &[("amount", bad), ("idempotency_key", "k")])
            .await;
        assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert!(
            kept.says("role=\"alert\"") && kept.says(&format!("name=\"amount\" value=\"{bad}\"")),
            "{bad}"
        );
    }
    let large = shop
        .press(card, "points", &[("amount", "5000"), ("idempotency_key", "large")])
        .await;
    assert!(
        large.status == StatusCode::FORBIDDEN && large.says("€1,000.00"),
        "{large:?}"
    );
    let hybrid = shop.books.enroll(shop.books.programs[2]).await;
    let both = shop
        .press(hybrid, "purchases", &[("amount", "12"), ("idempotency_key", "both")])
        .await;
    assert!(
        both.status == StatusCode::CREATED && both.says("+1 stamp") && both.says("+12 points"),
        "{both:?}"
    );
    assert_eq!(shop.books.audited().await.events, 4);
}

async fn what_an_amount_promises_it_gives_even_with_a_welcome(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.welcome_points = 10).await;
    let card = shop.books.enroll(shop.books.programs[1]).await;
    let preview = shop.press(card, "points/preview", &[("amount", "50")]).await;
    assert!(preview.says("+60 points"), "{preview:?}");
    let given = shop
        .press(card, "points", &[("amount", "50"), ("idempotency_key", "a")])
        .await;
    let told = given.says("+60 points") && given.says("included: 10 points");
    assert!(told, "{given:?}");
}

async fn a_reward_is_ready_then_given_then_gone(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.stamp_target = 2).await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    shop.stamp(card).await;
    let early = [
        ("reward", &*shop.books.coffee.to_string()),
        ("idempotency_key", "early"),
    ];
    let early = shop.press(card, "redemptions", &early).await;
    let told = (early.status, early.says("this reward: 1."));
    assert_eq!(told, (StatusCode::CONFLICT, true), "{early:?}");
    assert!(!shop.card(card).await.says("commandfor=\"redeem-"));
    shop.stamp(card).await;
    let page = shop.card(card).await;
    assert!(page.says(&format!("commandfor=\"redeem-{}\"", shop.books.coffee)));
    let take = [("reward", &*shop.books.coffee.to_string()), ("idempotency_key", "take")];
    let taken = shop.press(card, "redemptions", &take).await;
    assert!(
        taken.status == StatusCode::CREATED && taken.says("class=\"claim\"") && taken.says("0 of 2"),
        "{taken:?}"
    );
    assert_eq!(shop.press(card, "redemptions", &take).await.status, StatusCode::OK);
    let nonsense = shop
        .press(card, "redemptions", &[("reward", "rew_x"), ("idempotency_key", "n")])
        .await;
    assert_eq!(nonsense.status, StatusCode::UNPROCESSABLE_ENTITY);
    shop.books.audited().await;
}

async fn a_number_of_stamps_is_asked_for_only_where_staff_may_say(engine: Engine) {
    let shop = Shop::open(engine, |terms| {
        terms.stamp_basis = StampBasis::ManualQuantity;
        terms.stamps_max_per_txn = 5;
    })
    .await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    assert!(shop.card(card).await.says("max=\"5\""));
    let given = shop
        .press(card, "stamps", &[("count", "3"), ("idempotency_key", "a")])
        .await;
    assert!(given.says("3 of 10"), "{given:?}");
    for bad in ["6", "0", "x"] {
        let answer = shop
            .press(card, "stamps", &[("count", bad), ("idempotency_key", "b")])
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
    let keyless = shop.press(card, "stamps", &[("count", "1")]).await;
    assert_eq!(keyless.status, StatusCode::BAD_REQUEST);
    shop.books.audited().await;
}

macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite { $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name(super::sqlite().await).await; })+ }
        mod on_postgres { $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name(super::postgres().await).await; })+ }
    };
}

on_both!(
    only_a_paired_terminal_gets_in,
    a_card_is_found_by_code_and_number_and_no_other_way,
    another_shops_card_is_not_there,
    a_stamp_counts_once_and_the_next_one_waits,
    a_mistake_is_undone_once_and_can_be_given_again,
    an_amount_is_shown_and_then_given,
    what_an_amount_promises_it_gives_even_with_a_welcome,
    a_reward_is_ready_then_given_then_gone,
    a_number_of_stamps_is_asked_for_only_where_staff_may_say,
);
