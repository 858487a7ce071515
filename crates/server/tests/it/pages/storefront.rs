//! The card, its history, the stream of an open page, and addresses that are nobody's.

use crate::ledger::on_both;
use crate::support::books::{Engine, earn, id, redeem, stamp, void};
use crate::support::site::{Between, Site};
use axum::body::Body;
use domain::command::Command;
use domain::event::Reason;
use domain::ids::{CardId, RewardId};
use domain::quantity::Unit;
use domain::reward::{Conditions, Cost, Reward, RewardKind};
use domain::terms::AwardAt;
use http::Request;
use http_body_util::BodyExt;
use std::time::Duration;

async fn no_letter_in_an_address_breaks_a_page(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let (slug, link) = (site.slug().await, site.join(0, "").await);
    for hostile in ["%00", "a%00b", "%01", "%F0%9F%8D%BA", "%25", "..%2F..", "A", "a'b"] {
        for address in [
            format!("/j/{hostile}/stamps"),
            format!("/j/{slug}{hostile}/stamps"),
            format!("/j/{slug}/{hostile}"),
            format!("/m/{hostile}/theme.css"),
            format!("/m/{slug}{hostile}/theme.css"),
            format!("/c/{hostile}"),
            format!("{link}{hostile}/history"),
            format!("/assets/{hostile}"),
            format!("/{hostile}"),
        ] {
            let answer = site.get(&address).await;
            assert_eq!(answer.status.as_u16(), 404, "{address}: {}", answer.text);
        }
        // What is asked besides the place is not known, and does no harm.
        for address in [
            format!("/j/{slug}/stamps?store={hostile}"),
            format!("{link}?lang={hostile}"),
            format!("{link}/history?kind={hostile}"),
        ] {
            site.get(&address).await.is(200);
        }
        site.get(&format!("{link}/history?cursor={hostile}")).await.is(404);
    }
}

async fn the_link_of_a_merged_card_leads_nobody_on(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let (old, new) = (site.join(0, "").await, site.join(0, "").await);
    let of = |link: &str| site.app.secrets.card_of_link(&link[3..]).unwrap().card;
    let (from, into) = (of(&old), of(&new));
    site.books.give(from, stamp()).await.unwrap();
    let reason = Reason::Duplicate;
    site.books.give(into, Command::Merge { from, reason }).await.unwrap();
    for part in ["", "/fragment", "/history"] {
        let answer = site.get(&format!("{old}{part}")).await;
        answer
            .is(410)
            .says("This card went into another one.")
            .says("Get my card by e-mail")
            .says_not(&new);
    }
    let page = site.get(&format!("{new}?merged=1")).await;
    page.is(200).says("Two of your cards became one").says("1 of 10 stamps");
    site.get(&new).await.is(200).says_not("Two of your cards became one");
}

async fn the_card_follows_the_till(engine: Engine) {
    let site = Site::open(engine, |terms| terms.stamp_target = 3).await;
    let link = site.join(0, "").await;
    let card = site.app.secrets.card_of_link(&link[3..]).unwrap().card;
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
    let card = site.app.secrets.card_of_link(&link[3..]).unwrap().card;
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
    let card = site.app.secrets.card_of_link(&link[3..]).unwrap().card;
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
    let card = site.app.secrets.card_of_link(&link[3..]).unwrap().card;
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
        .says("Taken back: Purchase")
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
    let card = site.app.secrets.card_of_link(&link[3..]).unwrap().card;
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

on_both!(
    the_link_of_a_merged_card_leads_nobody_on,
    no_letter_in_an_address_breaks_a_page,
    the_card_follows_the_till,
    what_a_till_would_refuse_is_not_called_ready,
    points_on_their_way_show_their_day,
    a_history_is_paged_filtered_and_explained,
    a_link_that_is_not_ours_is_a_page,
    an_open_page_hears_of_its_card,
);
