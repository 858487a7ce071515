//! Joining, the card, its history, and the stream of an open page.

use crate::support::books::{Engine, earn, id, postgres, redeem, sqlite, stamp, void};
use crate::support::site::{Between, Site};
use axum::body::Body;
use domain::command::Command;
use domain::event::Reason;
use domain::ids::{CardId, RewardId};
use domain::program::ProgramStatus;
use domain::quantity::Unit;
use domain::reward::{Conditions, Cost, Reward, RewardKind};
use domain::terms::{AwardAt, SelfEnrollment};
use http::Request;
use http_body_util::BodyExt;
use server::setup;
use std::time::Duration;

async fn joining_leads_to_a_card_that_stays(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let card = site.join(0, "Léa").await;
    assert!(card.starts_with("/c/"), "{card}");
    for _ in 0..2 {
        let page = site.get(&card).await;
        page.is(200)
            .says("Hello, Léa")
            .says("0 of 10 stamps, 10 to go")
            .says("<svg class=\"qr\"")
            .says("noindex");
    }
    let nameless = site.join(1, "").await;
    site.get(&nameless).await.is(200).says("Your card").says_not("Hello");
    assert!(site.get(&card).await.title().starts_with("stamps · "));
    site.books.audited().await;
}

async fn the_same_form_twice_opens_one_card(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let path = site.join_path(0).await;
    let key = site.get(&path).await.field("idempotency_key");
    let mut led = Vec::new();
    // Going back and sending the form again, even under another name, leads to the card that is there.
    for name in ["Léa", "Léa", "Lea"] {
        let fields = [("idempotency_key", &*key), ("first_name", name), ("terms", "1")];
        led.push(site.post(&path, &fields).await.is(303).header("location").to_owned());
    }
    assert!(led.iter().all(|link| *link == led[0]), "{led:?}");
    assert_eq!(site.books.audited().await.cards, 1);
    assert_ne!(site.join(0, "Léa").await, led[0]);
}

async fn what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let path = site.join_path(0).await;
    let key = site.get(&path).await.field("idempotency_key");
    let fields = [
        ("idempotency_key", &*key),
        ("first_name", "Léa \"<b>"),
        ("locale", "fr"),
    ];
    let form = site.post(&path, &fields).await;
    form.is(422)
        .says("role=\"alert\"")
        .says("href=\"#terms\"")
        .says("aria-invalid=\"true\"");
    form.says("Please accept the terms.")
        .says("L\u{e9}a &#34;&#60;b&#62;")
        .says("value=\"fr\" lang=\"fr\" selected");
    assert_eq!(site.books.audited().await.cards, 0);
    let long = "x".repeat(81);
    let fields = [("idempotency_key", &*key), ("first_name", &*long), ("terms", "1")];
    site.post(&path, &fields)
        .await
        .is(422)
        .says("at most 80 letters")
        .says("href=\"#first_name\"")
        .says_not("href=\"#terms\"");
    // A form that was sent before leads to its card, whatever holds for new ones.
    let fields = [("idempotency_key", &*key), ("terms", "1")];
    let first = site.post(&path, &fields).await.is(303).header("location").to_owned();
    let fields = [("idempotency_key", &*key), ("terms", "7")];
    assert_eq!(site.post(&path, &fields).await.is(303).header("location"), first);
    let key = site.get(&path).await.field("idempotency_key");
    // The box was ticked under terms that are no longer in force.
    let fields = [("idempotency_key", &*key), ("terms", "7")];
    site.post(&path, &fields)
        .await
        .is(422)
        .says("The terms have changed")
        .says_not(" checked");
    let fields = [("idempotency_key", "short"), ("terms", "1")];
    site.post(&path, &fields).await.is(400);
}

async fn a_program_that_takes_nobody_says_so_kindly(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let (merchant, program) = (site.books.merchant, site.books.programs[0]);
    let path = site.join_path(0).await;
    let key = site.get(&path).await.field("idempotency_key");
    for (status, answer, words) in [
        (ProgramStatus::Paused, 409, "takes no new cards"),
        (ProgramStatus::Ended, 409, "takes no new cards"),
        (ProgramStatus::Draft, 404, "nothing at this address"),
    ] {
        let change = move |tx: &mut db::Transaction<'_>| setup::program_status(tx, merchant, program, status);
        site.app.db.write(change).await.unwrap();
        site.books
            .clock
            .set(domain::moment::Instant(site.books.clock.now().0 + 1_000_000));
        site.get(&path).await.is(answer).says(words).says_not("name=\"terms\"");
        site.post(&path, &[("idempotency_key", &key), ("terms", "1")])
            .await
            .is(answer)
            .says(words);
    }
    for bad in ["/j/nobody/stamps", &format!("/j/{}/nothing", site.slug().await)] {
        site.get(bad).await.is(404).says("nothing at this address");
    }
    assert_eq!(site.books.audited().await.cards, 0);
}

async fn staff_open_the_cards_of_some_programs(engine: Engine) {
    let site = Site::open(engine, |terms| terms.self_enrollment = SelfEnrollment::Off).await;
    let path = site.join_path(0).await;
    site.get(&path).await.is(403).says("opened by our staff");
    let fields = [("idempotency_key", "0123456789abcdef"), ("terms", "1")];
    site.post(&path, &fields).await.is(403).says("opened by our staff");
}

async fn the_store_of_the_poster_becomes_the_cards_home(engine: Engine) {
    let site = Site::open(engine, |terms| terms.cross_store_earn = false).await;
    let path = site.join_path(0).await;
    let form = site.get(&format!("{path}?store=GR")).await;
    let action = form.text.between("<form method=\"post\" action=\"/j/", "\"");
    assert!(action.ends_with("?store=GR"), "{action}");
    let fields = [("idempotency_key", &*form.field("idempotency_key")), ("terms", "1")];
    let link = site
        .post(&format!("/j/{action}"), &fields)
        .await
        .is(303)
        .header("location")
        .to_owned();
    site.get(&format!("{link}/history")).await.is(200).says("Grand-Rue");
    let elsewhere = site.get(&format!("{path}?store=elsewhere")).await;
    assert!(
        !elsewhere
            .is(200)
            .text
            .between("<form method=\"post\" action=\"/j/", "\"")
            .contains("store")
    );
}

async fn the_card_follows_the_till(engine: Engine) {
    let site = Site::open(engine, |terms| terms.stamp_target = 3).await;
    let link = site.join(0, "").await;
    let (_, card) = site.app.secrets.card_of_link(&link[3..]).unwrap();
    site.books.give(card, stamp()).await.unwrap();
    let page = site.get(&link).await;
    page.is(200)
        .says("1 of 3 stamps, 2 to go")
        .says("data-version=\"2\"")
        .says("2 stamps to go");
    page.says("For the visit")
        .says("Balance afterwards: 1 stamp")
        .says("Grand-Rue");
    for _ in 0..2 {
        site.books.give(card, stamp()).await.unwrap();
    }
    let part = site.get(&format!("{link}/fragment")).await;
    part.is(200)
        .says("3 of 3 stamps, a reward is ready")
        .says("data-version=\"4\"")
        .says("ready")
        .says_not("<html");
    // Stamps beyond the target stay for the next round, and are not hidden.
    site.books.give(card, stamp()).await.unwrap();
    site.get(&link).await.says("4 stamps, a reward is ready");
    site.books.give(card, redeem(site.books.coffee)).await.unwrap();
    site.get(&link)
        .await
        .says("1 of 3 stamps")
        .says("For the reward")
        .says("\u{2212}3 stamps");
    site.books
        .give(card, Command::Block { reason: Reason::Lost })
        .await
        .unwrap();
    site.get(&link)
        .await
        .is(200)
        .says("This card is blocked. Please speak to us")
        .says_not("lost");
    site.books.give(card, Command::Unblock).await.unwrap();
    site.books.give(card, Command::Close { confirm: true }).await.unwrap();
    site.get(&link)
        .await
        .is(200)
        .says("This card is closed.")
        .says_not("<svg class=\"qr\"");
    site.books.audited().await;
}

async fn what_a_till_would_refuse_is_not_called_ready(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let (scarce, once) = (RewardId(id()), RewardId(id()));
    for (id, stock, limit) in [
        (scarce, Some(1), None),
        (once, None, Some((1, domain::reward::LimitPeriod::Ever))),
    ] {
        let conditions = Conditions {
            limit,
            ..Conditions::default()
        };
        let reward = Reward {
            id,
            kind: RewardKind::Gift,
            unit: Unit::Point,
            cost: Cost::Fixed(10),
            stock,
            conditions,
            active: true,
        };
        site.books.offer(reward).await;
    }
    let link = site.join(1, "").await;
    let (_, card) = site.app.secrets.card_of_link(&link[3..]).unwrap();
    let other = site.books.enroll(site.books.programs[1]).await;
    for card in [card, other] {
        site.books.give(card, earn(10_000, None)).await.unwrap();
    }
    let ready = |text: &str| text.matches("<li class=\"ready\">").count();
    assert_eq!(ready(&site.get(&link).await.text), 3);
    site.books.give(other, redeem(scarce)).await.unwrap();
    assert_eq!(
        ready(&site.get(&link).await.text),
        2,
        "the last one went to somebody else"
    );
    site.books.give(card, redeem(once)).await.unwrap();
    assert_eq!(ready(&site.get(&link).await.text), 1, "this card has had its one");
    let reason = Reason::Lost;
    site.books.give(card, Command::Block { reason }).await.unwrap();
    let blocked = site.get(&link).await;
    assert_eq!(ready(&blocked.text), 0);
    blocked.says("This card is blocked").says("not available now");
}

async fn points_on_their_way_show_their_day(engine: Engine) {
    let site = Site::open(engine, |terms| terms.award_at = AwardAt::AfterDays(14)).await;
    let link = site.join(1, "").await;
    let (_, card) = site.app.secrets.card_of_link(&link[3..]).unwrap();
    site.books.give(card, earn(1_500, None)).await.unwrap();
    site.get(&link)
        .await
        .is(200)
        .says("On their way")
        .says("15 points")
        .says("from 16 March 2026")
        .says("20 points to go");
}

async fn a_history_is_paged_filtered_and_explained(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let link = site.join(1, "").await;
    let (_, card) = site.app.secrets.card_of_link(&link[3..]).unwrap();
    for turn in 0..24 {
        site.books.give(card, earn(1_000 + turn, None)).await.unwrap();
    }
    let wrong = site.books.give(card, earn(500, None)).await.unwrap();
    site.books.give(card, void(wrong.receipt.version)).await.unwrap();
    site.books.give(card, redeem(site.books.voucher)).await.unwrap();
    // 28 events: enrolled, 24 earned, one earned by mistake, its void, a reward.
    let rows = |text: &str| text.matches("class=\"event").count();
    let first = site.get(&format!("{link}/history")).await;
    first
        .is(200)
        .says("Taken back: Points for a purchase")
        .says("event voided")
        .says("For the amount")
        .says("March 2026");
    assert_eq!(rows(&first.text), 20);
    let next = first.text.between("rel=\"next\" href=\"", "\"").replace("&#38;", "&");
    let second = site.get(&next).await;
    second.is(200).says("Newest").says("Welcome").says_not("rel=\"next\"");
    assert_eq!(rows(&second.text), 8);
    for (kind, expected) in [("redeemed", 1), ("other", 2), ("earned", 20)] {
        let page = site.get(&format!("{link}/history?kind={kind}")).await;
        assert_eq!(rows(&page.text), expected, "{kind}");
    }
    let none = site.join(1, "").await;
    site.get(&format!("{none}/history?kind=redeemed"))
        .await
        .is(200)
        .says("There is nothing of this kind yet.");
    // A cursor belongs to its list and to its card.
    let cursor = next.split("cursor=").nth(1).unwrap();
    site.get(&format!("{link}/history?kind=earned&cursor={cursor}"))
        .await
        .is(404);
    site.get(&format!("{none}/history?cursor={cursor}")).await.is(404);
}

async fn a_link_that_is_not_ours_is_a_page(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let link = site.join(0, "Léa").await;
    let last = if link.ends_with('a') { 'b' } else { 'a' };
    let tampered = format!("{}{last}", &link[..link.len() - 1]);
    let code = site.app.secrets.card_code(site.books.merchant, CardId(id()), 0);
    let unknown = site.card_path(CardId(id()));
    for bad in [&tampered, &format!("/c/{code}"), &unknown, "/c/nobody", "/c/%20%C3%A9"] {
        for below in ["", "/fragment", "/history", "/stream"] {
            let page = site.get(&format!("{bad}{below}")).await;
            page.is(404)
                .says("There is nothing at this address.")
                .says("<h1")
                .says_not("Léa");
        }
    }
}

async fn an_open_page_hears_of_its_card(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let link = site.join(0, "").await;
    let (_, card) = site.app.secrets.card_of_link(&link[3..]).unwrap();
    let request = Request::builder()
        .uri(format!("{link}/stream"))
        .body(Body::empty())
        .unwrap();
    let answer = site.response(request).await;
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert!(answer.headers().get("content-encoding").is_none());
    let mut body = answer.into_body();
    let mut next = async || -> Option<String> {
        let frame = tokio::time::timeout(Duration::from_secs(5), body.frame())
            .await
            .expect("nothing came")?;
        Some(String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap())
    };
    assert!(next().await.unwrap().contains("id: 1\n"));
    let other = site.books.enroll(site.books.programs[0]).await;
    site.books.give(other, stamp()).await.unwrap();
    site.books.give(card, stamp()).await.unwrap();
    let told = next().await.unwrap();
    assert!(told.contains("id: 2\n") && told.contains("event: card\n"), "{told}");
    site.stop.send(true).unwrap();
    assert_eq!(next().await, None);
}

macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite { $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name(super::sqlite().await).await; })+ }
        mod on_postgres { $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name(super::postgres().await).await; })+ }
    };
}

on_both!(
    joining_leads_to_a_card_that_stays,
    the_same_form_twice_opens_one_card,
    what_is_wrong_is_said_at_the_field_and_what_was_typed_stays,
    a_program_that_takes_nobody_says_so_kindly,
    staff_open_the_cards_of_some_programs,
    the_store_of_the_poster_becomes_the_cards_home,
    the_card_follows_the_till,
    what_a_till_would_refuse_is_not_called_ready,
    points_on_their_way_show_their_day,
    a_history_is_paged_filtered_and_explained,
    a_link_that_is_not_ours_is_a_page,
    an_open_page_hears_of_its_card,
);
