//! What tills of a merchant ask for at least (`PIN-1`): set by who runs the installation, shown to the merchant.

use super::House;
use crate::ledger::on_both;
use crate::support::books::Engine;
use domain::pin::{Policies, Policy};
use server::audit_log::Noted;
use server::permissions::Role;
use server::pins::PinRules;

const ASKED: [(&str, &str); 5] = [
    ("earn", "optional"),
    ("redeem", "required"),
    ("void", "required"),
    ("adjust", "disabled"),
    ("enroll", "disabled"),
];

/// The page of the merchant's floor.
async fn place(house: &House) -> String {
    let catalogue = house.app.catalogue(house.books.merchant).await.unwrap().unwrap();
    format!("/operator/merchants/{}/floor", catalogue.merchant.slug)
}

/// What the other process knows a minute later.
async fn known(house: &House) -> PinRules {
    house.books.clock.set(house.app.clock.now().plus_minutes(1));
    let catalogue = house.other.catalogue(house.books.merchant).await;
    catalogue.unwrap().unwrap().merchant.pins
}

async fn the_floor_is_set_by_who_runs_the_installation(engine: Engine) {
    let house = House::open(engine).await;
    house.person("anouk", Role::OperatorOwner).await;
    house.person("helper", Role::OperatorSupport).await;
    house.person("owner", Role::Owner).await;
    let (anouk, helper) = (house.signed_in("anouk").await, house.signed_in("helper").await);
    let (merchant, place) = (house.books.merchant, place(&house).await);
    assert!(anouk.get("/operator").await.is(200).says(&place));
    assert!(!helper.get("/operator").await.is(200).says("/floor"));
    helper.get(&place).await.is(403);
    helper.post(&place, &ASKED).await.is(403);
    house.signed_in("owner").await.get(&place).await.is(403);
    anouk.get("/operator/merchants/nowhere/floor").await.is(404);
    let never = [("earn", "never"), ASKED[1], ASKED[2], ASKED[3], ASKED[4]];
    for bad in [&[][..], &ASKED[..4], &never] {
        anouk.post(&place, bad).await.is(400);
    }
    let set = |log: &[Noted]| log.iter().find(|row| row.action == "policy_floor.set").cloned();
    assert!(set(&house.log(merchant).await).is_none());
    anouk.post(&place, &ASKED).await.leads_to(&format!("{place}?done=1"));
    let noted = set(&house.log(merchant).await).unwrap();
    assert_eq!(noted.role, "operator:owner");
    let fields = noted.change.unwrap().fields();
    let redeem = fields.iter().find(|(name, ..)| name == "redeem").unwrap();
    assert_eq!(redeem.2.as_ref().unwrap(), "required");
    assert_eq!(known(&house).await.floor, expected());
    // Nobody changes it whose last proof is too long ago.
    house.books.clock.set(house.app.clock.now().plus_minutes(11));
    anouk
        .post(&place, &ASKED)
        .await
        .leads_to("/account/proof?next=/operator");
    house.end().await;
}

async fn the_merchant_reads_it_and_leaves_it_as_it_is(engine: Engine) {
    let house = House::open(engine).await;
    house.person("anouk", Role::OperatorOwner).await;
    house.person("owner", Role::Owner).await;
    let place = place(&house).await;
    house.signed_in("anouk").await.post(&place, &ASKED).await.is(303);
    let (owner, rules) = (house.signed_in("owner").await, "/back/staff/rules");
    house.books.clock.set(house.app.clock.now().plus_minutes(1));
    assert!(
        owner
            .get(rules)
            .await
            .is(200)
            .says("wants a PIN for: Rewards, Taking back.")
    );
    let own = [("length", "5"), ("tries", "4"), ("minutes", "20")];
    owner.post(rules, &own).await.leads_to(&format!("{rules}?done=1"));
    let known = known(&house).await;
    assert_eq!((known.length, known.floor), (5, expected()));
    house.end().await;
}

fn expected() -> Policies {
    Policies {
        earn: Policy::Optional,
        redeem: Policy::Required,
        void: Policy::Required,
        ..Policies::default()
    }
}

on_both!(
    the_floor_is_set_by_who_runs_the_installation,
    the_merchant_reads_it_and_leaves_it_as_it_is,
);
