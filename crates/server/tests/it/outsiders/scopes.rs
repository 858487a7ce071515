//! Keys of the shop itself that lack the one right they need, and terminals that stand in another store.

use super::{Watch, code};
use crate::ledger::on_both;
use crate::support::addresses;
use crate::support::books::Engine;
use crate::support::rows::Look;
use crate::support::street::{Shown, Street};
use server::api::scope_of;
use server::identity::Scope;

async fn each_other_scope_is_the_wrong_one(engine: Engine) {
    let street = Street::open(engine).await;
    let mut keys = Vec::new();
    for scope in Scope::ALL {
        keys.push((scope, Shown::Bearer(street.key_with(&[scope]).await)));
    }
    let watch = Watch::new(Look::at_all(&street.site.app.db).await).await;
    for call in addresses::calls() {
        let Some(needed) = scope_of(&call.operation) else {
            continue;
        };
        let (path, body) = (street.path(&call.address), street.body(&call));
        for (scope, shown) in keys.iter().filter(|(scope, _)| *scope != needed) {
            let what = format!("{} with {}", call.address, scope.code());
            let seen = street.call(shown, call.address.method(), &path, &body).await;
            assert_eq!((seen.status.as_u16(), &*code(&seen)), (403, "forbidden"), "{what}");
            watch.nothing_happened(&what).await;
        }
    }
}

async fn a_terminal_acts_in_no_other_store(engine: Engine) {
    let street = Street::open(engine).await;
    let shown = Shown::Bearer(street.terminal_in(street.victim.elsewhere).await);
    let watch = Watch::new(Look::at_all(&street.site.app.db).await).await;
    let mut tried = 0;
    for call in addresses::calls()
        .into_iter()
        .filter(|call| scope_of(&call.operation).is_some())
    {
        let body = street.body(&call);
        if body.get("store").is_none() {
            continue;
        }
        let path = street.path(&call.address);
        let seen = street.call(&shown, call.address.method(), &path, &body).await;
        assert_eq!(
            (seen.status.as_u16(), &*code(&seen)),
            (403, "store_not_allowed"),
            "{}",
            call.address
        );
        watch.nothing_happened(&call.address.to_string()).await;
        tried += 1;
    }
    assert!(tried >= 5, "{tried}");
}

on_both!(each_other_scope_is_the_wrong_one, a_terminal_acts_in_no_other_store,);
