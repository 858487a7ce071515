//! What somebody who serves is called, as what they serve and where (`J9`).

use super::Office;
use crate::ledger::on_both;
use crate::support::books::Engine;
use crate::support::crowd;
use server::permissions::Role;

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
        (&[("name", "Zoe"), ("store", "sto_x"), ("store", &other)], 303, ""),
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

on_both!(somebody_serves_elsewhere_and_manages);
