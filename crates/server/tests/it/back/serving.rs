//! What somebody who serves is called, as what they serve and where (`J9`).

use super::Office;
use crate::ledger::on_both;
use crate::support::books::Engine;
use crate::support::crowd;
use server::permissions::Role;
use server::sql::lookups;

async fn somebody_serves_elsewhere_and_manages(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    owner.adds("Zoe", &[]).await.is(303);
    owner.adds("Tom", &[]).await.is(303);
    let zoe = office.staff().await.into_iter().find(|one| one.name == "Zoe").unwrap();
    let place = format!("/back/staff/{}", zoe.staff);
    owner
        .get(&place)
        .await
        .is(200)
        .says("value=\"Zoe\"")
        .says("Name, role and stores");
    let other = office.other.to_string();
    for (fields, status, words) in [
        (&[("name", "")][..], 422, "This is required."),
        (&[("name", "tom")], 409, "id=\"name_error\""),
        (&[("name", "Zoe"), ("store", "sto_x"), ("store", &other)], 404, ""),
        (&[("name", "Zoe"), ("store", &other)], 303, ""),
        (
            &[("name", "Zora"), ("role", "manager"), ("store", &other)],
            422,
            "at least 6 digits",
        ),
    ] {
        owner.post(&place, fields).await.is(status).says(words);
    }
    let six = [("pin", "739182"), ("again", "739182")];
    owner.post(&format!("{place}/pin"), &six).await.is(303);
    owner
        .post(&place, &[("name", "Zora"), ("role", "manager"), ("store", &other)])
        .await
        .is(303);
    let zora = office
        .staff()
        .await
        .into_iter()
        .find(|one| one.staff == zoe.staff)
        .unwrap();
    assert_eq!(
        (zora.name.as_str(), zora.role.as_str(), zora.stores.as_slice()),
        ("Zora", "manager", &[office.other][..])
    );
    // The only manager stays one.
    owner
        .post(&place, &[("name", "Zora"), ("role", "cashier")])
        .await
        .is(409);
    let log = office.log().await;
    assert_eq!(
        (log[0].action.as_str(), log[0].role.as_str()),
        ("staff.changed", "user:owner")
    );
    let fields = log[0].change.as_ref().unwrap().fields();
    let (_, before, after) = fields.iter().find(|(name, ..)| name == "role").unwrap();
    assert_eq!(
        (before.as_ref().unwrap(), after.as_ref().unwrap()),
        (&"cashier".into(), &"manager".into())
    );
    // Whoever looks after another store alone neither sees to them nor sends them away from it.
    let here = crowd::person_in(
        &office.site,
        office.site.books.merchant,
        Role::Manager,
        &[office.site.books.store],
    )
    .await;
    let here = office.browser(here).await;
    here.post(&place, &[("name", "Zora")]).await.is(403);
}

/// A card is written down as somebody's own, and from the next write on they do not serve it (`STF-1`).
async fn stf_1_a_card_is_somebodys_own(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    owner.adds("Zoe", &[]).await.is(303);
    let zoe = office.staff().await[0].staff;
    let place = format!("/back/staff/{zoe}");
    let link = office.site.join(0, "Zoe").await;
    let card = office.site.app.secrets.card_of_link(&link[3..]).unwrap().card;
    let merchant = office.site.books.merchant;
    let read = move |tx: &mut db::Transaction<'_>| lookups::card(tx, merchant.0, card.0);
    let number = office.site.app.db.read(read).await.unwrap().unwrap().number;
    let unknown = office.site.app.secrets.new_number().unwrap();
    owner
        .post(&place, &[("name", "Zoe"), ("card", unknown.as_str())])
        .await
        .is(422)
        .says("id=\"card_error\"");
    owner
        .post(&place, &[("name", "Zoe"), ("card", &number.to_lowercase())])
        .await
        .is(303);
    let shown = domain::number::group(&number);
    owner.get(&place).await.is(200).says(&format!("value=\"{shown}\""));
    let log = office.log().await;
    let fields = log[0].change.as_ref().unwrap().fields();
    let (_, _, after) = fields.iter().find(|(name, ..)| name == "own_card").unwrap();
    assert_eq!(after.as_ref().unwrap(), &card.to_string());
    // What readers cached a moment ago is old by now.
    let clock = &office.site.books.clock;
    clock.set(clock.now().plus_minutes(1));
    let catalogue = office.site.app.catalogue(merchant).await.unwrap().unwrap();
    assert_eq!(catalogue.staff_member(zoe).unwrap().facts.own_card, Some(card));
    owner.post(&place, &[("name", "Zoe")]).await.is(303);
    assert!(office.staff().await[0].own_card.is_none());
}

on_both!(somebody_serves_elsewhere_and_manages, stf_1_a_card_is_somebodys_own);
