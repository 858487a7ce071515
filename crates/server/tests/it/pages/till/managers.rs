//! A manager on the spot: what a limit forbids, and what they pass over with a reason (`COOL-1`).

use super::on_both;
use super::serving::{MANAGER_PIN, PIN, Staffed, hire};
use crate::support::books::Engine;
use domain::pin::Policies;
use server::audit_log::Who;
use server::pins;

async fn a_manager_passes_over_the_cooldown_and_says_why(engine: Engine) {
    let staffed = Staffed::open(engine, |terms| terms.stamp_cooldown_minutes = 60).await;
    let (card, odile) = (staffed.card().await, staffed.odile.to_string());
    staffed.in_turn(card, staffed.odile, MANAGER_PIN).await;
    let page = staffed.shop.card(card).await;
    assert!(page.says("name=\"ask\" value=\"manager\""), "{page:?}");
    let pad = staffed
        .press(&staffed.shop.till, (card, "stamps"), &[("ask", "manager")])
        .await;
    assert!(
        pad.says("name=\"override_reason\"") && pad.says("A complaint"),
        "{pad:?}"
    );
    let fields = |pin, reason| {
        [
            ("ask", "manager"),
            ("staff", &*odile),
            ("pin", pin),
            ("override_reason", reason),
        ]
    };
    let wrong = staffed
        .press(&staffed.shop.till, (card, "stamps"), &fields(PIN, "complaint"))
        .await;
    assert_eq!(wrong.status.as_u16(), 401);
    assert!(wrong.says("value=\"complaint\" selected"), "{wrong:?}");
    // Without a reason the cooldown holds.
    let silent = staffed
        .press(&staffed.shop.till, (card, "stamps"), &fields(MANAGER_PIN, ""))
        .await;
    assert_eq!(silent.tone(), Some("wait"), "{silent:?}");
    let given = staffed
        .press(&staffed.shop.till, (card, "stamps"), &fields(MANAGER_PIN, "complaint"))
        .await;
    assert_eq!(given.tone(), Some("yes"), "{given:?}");
    assert!(given.says("2 of 10"), "{given:?}");
    staffed.shop.books.audited().await;
}

async fn a_manager_allows_what_a_limit_forbids(engine: Engine) {
    let staffed = Staffed::open(engine, |terms| {
        terms.max_basis_minor = 5_000;
    })
    .await;
    let card = staffed.shop.books.enroll(staffed.shop.books.programs[1]).await;
    let (mina, odile) = (staffed.mina.to_string(), staffed.odile.to_string());
    let big = [("amount", "80.00")];
    let refused = staffed.press(&staffed.shop.till, (card, "points"), &big).await;
    assert_eq!(
        (refused.status.as_u16(), refused.tone()),
        (403, Some("no")),
        "{refused:?}"
    );
    assert!(refused.says("name=\"ask\" value=\"manager\"") && refused.field("amount") == "80.00");
    let ask = |fields: &[(&'static str, &str)]| {
        let fields: Vec<(&str, String)> = big
            .iter()
            .chain(&[("ask", "manager")])
            .chain(fields)
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        let staffed = &staffed;
        async move {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            staffed.press(&staffed.shop.till, (card, "points"), &fields).await
        }
    };
    let pad = ask(&[]).await;
    assert!(
        pad.says("Which manager allows it?") && pad.says(">Odile<") && !pad.says(">Mina<"),
        "{pad:?}"
    );
    // A cashier who names herself is not one.
    let cashier = ask(&[("staff", &mina), ("pin", PIN)]).await;
    assert_eq!(
        (cashier.status.as_u16(), cashier.tone()),
        (403, Some("no")),
        "{cashier:?}"
    );
    assert_eq!(ask(&[("staff", &odile), ("pin", PIN)]).await.status.as_u16(), 401);
    let allowed = ask(&[("staff", &odile), ("pin", MANAGER_PIN)]).await;
    assert_eq!(
        (allowed.status.as_u16(), allowed.tone()),
        (201, Some("yes")),
        "{allowed:?}"
    );
    staffed.shop.books.audited().await;
}

async fn a_manager_is_asked_where_no_pin_is_asked_otherwise(engine: Engine) {
    let staffed = Staffed::open(engine, |terms| {
        (terms.max_basis_minor, terms.pin_policy) = (5_000, Policies::default());
    })
    .await;
    let card = staffed.shop.books.enroll(staffed.shop.books.programs[1]).await;
    let odile = staffed.odile.to_string();
    let fields = |pin| {
        [
            ("amount", "80.00"),
            ("ask", "manager"),
            ("staff", &*odile),
            ("pin", pin),
        ]
    };
    assert_eq!(
        staffed
            .press(&staffed.shop.till, (card, "points"), &[("amount", "40.00")])
            .await
            .tone(),
        Some("yes")
    );
    let wrong = staffed.press(&staffed.shop.till, (card, "points"), &fields(PIN)).await;
    assert_eq!(wrong.status.as_u16(), 401, "{wrong:?}");
    let allowed = staffed
        .press(&staffed.shop.till, (card, "points"), &fields(MANAGER_PIN))
        .await;
    assert_eq!(allowed.tone(), Some("yes"), "{allowed:?}");
    // Whoever left manages nothing any more, remembered or not.
    let (app, merchant) = (&staffed.shop.app, staffed.shop.books.merchant);
    hire(&staffed.shop, "Pol", "manager", "583920").await;
    pins::leave(app, Who::console(), merchant, staffed.odile).await.unwrap();
    let left = staffed
        .press(&staffed.shop.till, (card, "points"), &fields(MANAGER_PIN))
        .await;
    assert_eq!(left.status.as_u16(), 401, "{left:?}");
}

on_both!(
    a_manager_passes_over_the_cooldown_and_says_why,
    a_manager_allows_what_a_limit_forbids,
    a_manager_is_asked_where_no_pin_is_asked_otherwise,
);
