//! Who may sign in (`SIGN-2`), beside what `back/users.rs` shows: invitations made anew and taken back, the letter of a reset,
//! the first owner of a merchant, and who stays where two end each other.

use super::{House, PASSWORD, address};
use crate::ledger::on_both;
use crate::support::books::Engine;
use crate::support::browser::{Browser, Shown};
use domain::ids::{MerchantId, UserId};
use server::audit_log::Who;
use server::mail;
use server::people::members::{self, Deed, Member};
use server::people::{OPERATORS, Refusal};
use server::permissions::Role;
use server::problem::Code;

const USERS: &str = "/back/users";
const OPERATORS_PAGE: &str = "/operator/users";

async fn people(house: &House, merchant: MerchantId) -> Vec<Member> {
    members::list(&house.app, merchant).await.unwrap()
}

/// The newest letter: to whom, and what it says.
async fn letter(house: &House, merchant: MerchantId) -> (String, String) {
    let kept = mail::kept(&house.app, merchant, 10).await.unwrap();
    let letter = kept[0].letter.clone().unwrap();
    (letter.to().to_owned(), letter.written().text)
}

/// The link that a page shows once, within the installation.
fn link(shown: &Shown) -> String {
    let (_, rest) = shown.html.split_once("<p class=\"seed-typed\"><code>").unwrap();
    let link = rest.split('<').next().unwrap();
    format!("/welcome/{}", link.rsplit('/').next().unwrap())
}

async fn invites(browser: &Browser, base: &str, to: &str, role: &str) -> Shown {
    browser.post(base, &[("address", to), ("role", role)]).await
}

/// Follows a link at another process, and is signed in there.
async fn follows(house: &House, link: &str, name: &str) -> Browser {
    let mut browser = Browser::new(&house.other);
    let answer = browser.post(link, &[("name", name), ("password", PASSWORD)]).await;
    browser.keep(answer.leads_to("/signin"));
    browser
}

async fn an_invitation_made_anew_ends_the_one_before(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    let (owner, merchant) = (house.signed_in("owner").await, house.books.merchant);
    let first = link(invites(&owner, USERS, "Mina@Example.lu ", "manager").await.is(201));
    // Over after a day, it still stands there to be made anew.
    house.books.clock.set(house.app.clock.now().plus_minutes(24 * 60));
    let owner = house.signed_in("owner").await;
    let page = owner.get(USERS).await;
    assert!(
        page.is(200).says("mina@example.lu") && page.says("link has expired"),
        "{}",
        page.html
    );
    let second = link(invites(&owner, USERS, "mina@example.lu", "manager").await.is(201));
    let third = link(invites(&owner, USERS, "mina@example.lu", "manager").await.is(201));
    for over in [&first, &second] {
        Browser::new(&house.other).get(over).await.is(410);
    }
    let (to, text) = letter(&house, merchant).await;
    assert!(to == "mina@example.lu" && text.contains(&third), "{text}");
    let mina = follows(&house, &third, "Mina").await;
    mina.get("/back/staff").await.is(200);
    Browser::new(&house.app).get(&third).await.is(410);
    assert!(!owner.get(USERS).await.is(200).says("/withdrawals"));
    let noted = format!("{:?}", house.log(merchant).await);
    assert!(
        !noted.contains("/welcome/") && !noted.contains("mina@example.lu"),
        "{noted}"
    );
    house.end().await;
}

async fn an_invitation_is_taken_back(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    house.person("manager", Role::Manager).await;
    let owner = house.signed_in("owner").await;
    let link = link(invites(&owner, USERS, "mina@example.lu", "viewer").await.is(201));
    let place = format!("{USERS}/withdrawals");
    let mina = [("address", "mina@example.lu")];
    house.signed_in("manager").await.post(&place, &mina).await.is(403);
    owner.post(&place, &mina).await.leads_to("/back/users?done=1");
    owner.post(&place, &mina).await.is(404);
    Browser::new(&house.app).get(&link).await.is(410);
    let actions = house.actions(house.books.merchant).await;
    assert_eq!(actions[0], "user.invitation_withdrawn");
    let late = house.app.clock.now().plus_minutes(11);
    house.books.clock.set(late);
    owner
        .post(&place, &mina)
        .await
        .leads_to("/account/proof?next=/back/users");
    house.end().await;
}

async fn whoever_lost_a_device_is_told_by_a_letter(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    let user = house.person("mina", Role::Manager).await;
    let (owner, mina) = (house.signed_in("owner").await, house.signed_in("mina").await);
    super::factor::set_up(&house, &mina).await;
    assert!(people(&house, house.books.merchant).await[1].has_factor);
    owner
        .post(&format!("{USERS}/{user}"), &[("deed", "reset")])
        .await
        .is(303);
    let there = mina.at(&house.other);
    there.get("/account").await.leads_to("/signin?next=/account");
    let again = Browser::new(&house.other).typed("mina", PASSWORD).await;
    again.leads_to("/signin");
    assert!(!people(&house, house.books.merchant).await[1].has_factor);
    let (to, text) = letter(&house, house.books.merchant).await;
    assert!(to == address("mina") && text.contains("/signin"), "{text}");
    house.end().await;
}

/// Ends somebody, or gives them less.
async fn goes(browser: &Browser, base: &str, user: UserId, lowered: bool) -> u16 {
    let lower = if base == USERS { "manager" } else { "support" };
    let fields = if lowered {
        vec![("deed", "change"), ("role", lower)]
    } else {
        vec![("deed", "end")]
    };
    let answer = browser.post(&format!("{base}/{user}"), &fields).await;
    answer.status.as_u16()
}

/// Two who end each other at once, in two processes: one of them stays, whoever they are.
async fn somebody_stays_who_may_do_everything(engine: Engine) {
    let house = House::open(engine).await;
    for (base, role, merchant) in [
        (USERS, Role::Owner, house.books.merchant),
        (OPERATORS_PAGE, Role::OperatorOwner, OPERATORS),
    ] {
        let names = [format!("a{}", role as u8), format!("b{}", role as u8)];
        let first = house.person(&names[0], role).await;
        let second = house.person(&names[1], role).await;
        for lowered in [true, false, true, false] {
            let here = house.signed_in(&names[0]).await;
            let there = house.signed_in(&names[1]).await.at(&house.other);
            let told = tokio::join!(goes(&here, base, second, lowered), goes(&there, base, first, lowered));
            let owners = people(&house, merchant).await;
            let left: Vec<_> = owners.iter().filter(|one| one.active && one.role == role).collect();
            assert_eq!(left.len(), 1, "{told:?}");
            let gone = if left[0].id == first { second } else { first };
            still_asks(&house, merchant, role, (gone, left[0].id)).await;
            let stays = house.signed_in(left[0].address.split('@').next().unwrap()).await;
            let place = format!("{base}/{gone}");
            stays.post(&place, &[("deed", "return")]).await.is(303);
            let whole = [("deed", "change"), ("role", "owner")];
            stays.post(&place, &whole).await.is(303);
        }
    }
    house.end().await;
}

/// Whoever asked before they were ended, and comes to it after, does nothing any more.
async fn still_asks(house: &House, merchant: MerchantId, role: Role, (gone, left): (UserId, UserId)) {
    let act = |user, deed| members::act(&house.other, Who::person(gone, role), merchant, user, deed);
    assert_eq!(
        act(left, Deed::End).await,
        Err(Refusal::Problem(Code::LastOwner.into()))
    );
    assert_eq!(
        act(gone, Deed::Return).await,
        Err(Refusal::Problem(Code::Forbidden.into()))
    );
}

async fn an_operator_invites_operators_and_the_owners_of_a_merchant(engine: Engine) {
    let house = House::open(engine).await;
    house.person("anouk", Role::OperatorOwner).await;
    house.person("viewer", Role::Viewer).await;
    let anouk = house.signed_in("anouk").await;
    let helper = link(
        invites(&anouk, OPERATORS_PAGE, "helps@example.lu", "support")
            .await
            .is(201),
    );
    assert_eq!(letter(&house, OPERATORS).await.0, "helps@example.lu");
    let helper = follows(&house, &helper, "Helps").await;
    let page = anouk.get("/operator").await;
    let (_, rest) = page.is(200).html.split_once("href=\"/operator/merchants/").unwrap();
    let place = format!("/operator/merchants/{}", rest.split('"').next().unwrap());
    assert!(!helper.get("/operator").await.is(200).says("/operator/merchants/"));
    helper.get(&place).await.is(403);
    // Owners, and nobody else; neither invited nor shown.
    invites(&anouk, &place, "boss@example.lu", "viewer").await.is(400);
    let boss = link(invites(&anouk, &place, "boss@example.lu", "owner").await.is(201));
    assert_eq!(letter(&house, house.books.merchant).await.0, "boss@example.lu");
    let boss = follows(&house, &boss, "Boss").await;
    boss.get(USERS).await.is(200);
    let page = anouk.get(&place).await;
    assert!(page.is(200).says("boss@example.lu") && !page.says(&address("viewer")));
    anouk.get("/operator/merchants/nowhere/users").await.is(404);
    let log = house.log(house.books.merchant).await;
    let invited = log.iter().find(|row| row.action == "user.invited").unwrap();
    assert_eq!(invited.role, "operator:owner");
    house.end().await;
}

on_both!(
    an_invitation_made_anew_ends_the_one_before,
    an_invitation_is_taken_back,
    whoever_lost_a_device_is_told_by_a_letter,
    somebody_stays_who_may_do_everything,
    an_operator_invites_operators_and_the_owners_of_a_merchant,
);
