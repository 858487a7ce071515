//! People who signed in, in every role of the table of permissions: each comes through the doors that the table opens and
//! through no other. Which action opens which door stands in `doors.txt`; a page that stands neither there nor among the
//! public ones fails the walk.

use super::{Away, Watch, at_the_door, away, doors};
use crate::ledger::on_both;
use crate::support::addresses::{self, Address};
use crate::support::books::Engine;
use crate::support::crowd::{NO_PASSWORD, Person, person};
use crate::support::rows::Look;
use crate::support::street::Street;
use server::people::OPERATORS;
use server::permissions::{Action, Group, Role};

/// Whether a door is open to a role.
fn is_open(who: &str, role: Role) -> bool {
    let Some((kind, code)) = who.split_once(' ') else {
        return false;
    };
    let action = Action::of(code).unwrap_or_else(|| panic!("{code} is no action of the table"));
    let belongs = match kind {
        "signed" => true,
        "operator" => role.group() == Group::Operators,
        "user" => role.group() == Group::Users,
        _ => panic!("{kind} is nobody"),
    };
    belongs && role.may(action)
}

/// How a role is turned away at a door that is not theirs. What a door leads to is there, so nobody may be told otherwise.
fn turned_away(address: &Address, who: &str) -> Away {
    match who.split_once(' ') {
        // They are signed in, as somebody else.
        Some(_) => Away::Forbidden,
        None => at_the_door(address, who),
    }
}

/// Looks at open doors behind which there is nothing yet: a second factor is shown while it is set up.
const NOTHING_YET: [&str; 1] = ["GET /account/factor"];

async fn people(street: &Street) -> Vec<Person> {
    let mut people = Vec::new();
    for role in Role::ALL {
        let merchant = match role.group() {
            Group::Operators => OPERATORS,
            Group::Users => street.victim.merchant,
            // They come with what a till or a link is.
            Group::Staff | Group::Customers => continue,
        };
        people.push(person(&street.site, merchant, role, NO_PASSWORD).await);
    }
    assert_eq!(people.len(), 7);
    people
}

async fn each_role_comes_through_its_own_doors(engine: Engine) {
    let street = Street::open(engine).await;
    let people = people(&street).await;
    for (address, who) in doors() {
        for somebody in &people {
            let shown = somebody.shown(&street.site).await;
            let what = format!("{address} as {:?}", somebody.role);
            let opens = is_open(&who, somebody.role);
            // What a form of an open door does, audited.rs tries.
            if opens && !address.is_look() {
                continue;
            }
            let watch = Watch::new(Look::at_all(&street.site.app.db).await).await;
            let seen = street.visit(&shown, &address).await;
            if !opens {
                assert_eq!(
                    away(&seen),
                    Some(turned_away(&address, &who)),
                    "{what}: {} {}",
                    seen.status,
                    seen.text
                );
            } else {
                let is_there = !NOTHING_YET.contains(&&*address.to_string());
                let expected = if is_there { 200 } else { 404 };
                assert_eq!(seen.status.as_u16(), expected, "{what}: {}", seen.text);
            }
            watch.nothing_happened(&what).await;
        }
    }
}

/// How somebody with every right next door is turned away; nothing at what is their own.
fn next_door(address: &Address, who: &str) -> Option<Away> {
    match who.split_once(' ') {
        Some(("operator", _)) => Some(Away::Forbidden),
        // An id of another merchant is one that does not exist.
        Some(_) => (!address.parameters().is_empty()).then_some(Away::Missing),
        None => Some(at_the_door(address, who)),
    }
}

async fn an_owner_next_door_changes_nothing_here(engine: Engine) {
    let street = Street::open(engine).await;
    let stranger = person(&street.site, street.neighbour.merchant, Role::Owner, NO_PASSWORD).await;
    for (address, who) in doors() {
        let shown = stranger.shown(&street.site).await;
        let watch = Watch::new(Look::at(&street.site.app.db, street.victim.merchant.0).await).await;
        let seen = street.visit(&shown, &address).await;
        let what = format!("{address} ({who})");
        match next_door(&address, &who) {
            Some(how) => assert_eq!(away(&seen), Some(how), "{what}: {} {}", seen.status, seen.text),
            // A form of their own may be misunderstood.
            None => assert!(
                !seen.status.is_server_error() && seen.status.as_u16() != 429,
                "{what}: {}",
                seen.text
            ),
        }
        let sent = street.path(&address);
        for (name, treasure) in &street.treasures {
            let is_secret = !sent.contains(treasure.as_str());
            assert!(
                !(is_secret && seen.text.contains(treasure.as_str())),
                "{what} shows the {name}"
            );
        }
        assert!(!seen.text.contains(&street.owner.address), "{what} shows the owner");
        watch.nothing_happened(&what).await;
    }
}

/// A session is for pages: it opens no call of the API, whoever's it is.
async fn no_session_opens_the_api(engine: Engine) {
    let street = Street::open(engine).await;
    let owner = street.owner.shown(&street.site).await;
    for call in addresses::calls() {
        let is_public = call.operation["security"][0]
            .as_object()
            .is_none_or(serde_json::Map::is_empty);
        if is_public {
            continue;
        }
        let body = street.body(&call);
        let seen = street
            .call(&owner, call.address.method(), &street.path(&call.address), &body)
            .await;
        assert_eq!(seen.status.as_u16(), 401, "{}", call.address);
    }
}

/// What the table promises and no page opens yet, by who would come. It may only shrink.
const NO_DOOR_YET: [(Group, &[Action]); 2] = [
    (
        Group::Operators,
        &[
            Action::SeeCards,
            Action::SeePrograms,
            Action::SeeFigures,
            Action::UnlockPins,
            Action::ManageTerminals,
            Action::ManageMerchants,
            Action::SuspendMerchants,
        ],
    ),
    (
        Group::Users,
        &[
            Action::EnrolCards,
            Action::ManageCards,
            Action::MergeCards,
            Action::CloseCards,
            Action::Earn,
            Action::Redeem,
            Action::Void,
            Action::Return,
            Action::Backdate,
            Action::ManagePrograms,
            Action::SeeFigures,
        ],
    ),
];

#[test]
fn who_1_every_cell_opens_a_door() {
    let doors = doors();
    for (group, missing) in NO_DOOR_YET {
        let kind = if group == Group::Operators { "operator" } else { "user" };
        let promised = Action::ALL
            .iter()
            .filter(|action| group.roles().any(|role| role.may(**action)));
        let closed = promised.filter(|action| {
            let opens =
                |who: &str| who == format!("{kind} {}", action.code()) || who == format!("signed {}", action.code());
            !doors.iter().any(|(_, who)| opens(who))
        });
        assert_eq!(
            closed.collect::<Vec<_>>(),
            missing.iter().collect::<Vec<_>>(),
            "{group:?}"
        );
    }
}

on_both!(
    each_role_comes_through_its_own_doors,
    an_owner_next_door_changes_nothing_here,
    no_session_opens_the_api,
);
