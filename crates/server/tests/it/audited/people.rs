//! People who come, change what they sign in with, and go: each leaves its row.

use super::list::write;
use super::{PASSWORD, logs, watched};
use crate::ledger::on_both;
use crate::support::books::Engine;
use crate::support::crowd::person;
use crate::support::street::Street;
use server::audit_log::Who;
use server::people::invitations::{Invited, invite};
use server::people::members::{Deed, act};
use server::permissions::Role;

/// The newest row of the victim's log.
async fn newest(street: &Street) -> String {
    logs(street).await[0].first().cloned().unwrap()
}

async fn people_come_and_go_with_a_trace(engine: Engine) {
    let mut street = Street::open(engine).await;
    let app = street.site.app.clone();
    let merchant = street.victim.merchant;
    let invited = Invited {
        merchant,
        role: Role::Viewer,
        stores: Vec::new(),
        address: Some("comes@marked.example".to_owned()),
    };
    invite(&app, invited).await.unwrap();
    assert_eq!(newest(&street).await, "user.invited");
    let hash = app.passwords.hash(&app.secrets, PASSWORD.to_owned()).await.unwrap();
    street.owner = person(&street.site, merchant, Role::Owner, &hash).await;
    let passwords = [("old", PASSWORD), ("new", "eng-aner-Passwuert")];
    for (name, fields, code) in [
        ("POST /account/sessions/end", &[][..], "user.sessions_ended"),
        ("POST /account/password", &passwords[..], "user.password_changed"),
    ] {
        let address = write(name);
        // Another browser, which is there to be ended.
        street.owner.signed_in(&street.site).await;
        let shown = street.insider().await;
        let request = street.form(&shown, &address, fields, "same-origin");
        let (seen, changed, noted) = watched(&street, street.send(request)).await;
        seen.is(303);
        assert!(changed.iter().any(|table| table == "sessions"), "{name}: {changed:?}");
        assert_eq!(noted, [code], "{name}");
    }
    let user = street.owner.user;
    assert!(act(&app, Who::console(), merchant, user, Deed::End).await.is_ok());
    assert_eq!(newest(&street).await, "user.disabled");
    street.site.books.audited().await;
}

on_both!(people_come_and_go_with_a_trace);
