//! The second factor: set up with a code, asked for at sign-in, each code good once, recovery codes for who lost it.

use super::{House, PASSWORD};
use crate::ledger::on_both;
use crate::support::books::{Engine, all_of};
use crate::support::browser::{Browser, Shown};
use server::app::App;
use server::permissions::Role;
use totp_rs::{Builder, Secret, Totp};

/// What an app makes of the key that the page shows.
fn authenticator(shown: &Shown) -> Totp {
    let (_, rest) = shown.html.split_once("class=\"seed-typed\">").unwrap();
    let key: String = rest.split('<').next().unwrap().replace(' ', "");
    Builder::new()
        .with_secret(Secret::try_from_base32(key).unwrap())
        .build()
        .unwrap()
}

fn code(totp: &Totp, app: &App) -> String {
    totp.generate(u64::try_from(app.clock.now().0 / 1_000_000).unwrap())
        .to_string()
}

fn recovery_codes(shown: &Shown) -> Vec<String> {
    let (_, list) = shown.html.split_once("recovery-codes").unwrap();
    let pieces = list.split("</ul>").next().unwrap().split("<code>").skip(1);
    pieces
        .map(|piece| piece.split('<').next().unwrap().to_owned())
        .collect()
}

/// Sets a second factor up; gives the app and the recovery codes.
pub(super) async fn set_up(house: &House, browser: &Browser) -> (Totp, Vec<String>) {
    browser.post("/account/factor", &[]).await.leads_to("/account/factor");
    let totp = authenticator(browser.get("/account/factor").await.is(200));
    let wrong = browser.post("/account/factor/code", &[("code", "000000")]).await;
    assert_eq!(wrong.is(401).trouble(), Some("mfa_invalid"));
    let taken = browser
        .post("/account/factor/code", &[("code", &code(&totp, &house.app))])
        .await;
    let codes = recovery_codes(taken.is(200));
    assert_eq!(codes.len(), 10);
    (totp, codes)
}

/// As far as the second factor.
async fn halfway(app: &App) -> Browser {
    let mut browser = Browser::new(app);
    let answer = browser.typed("owner", PASSWORD).await;
    answer.leads_to("/signin/code");
    browser.keep(&answer);
    browser
}

async fn later(house: &House) {
    house.books.clock.set(house.app.clock.now().plus_minutes(1));
}

async fn without_the_code_nobody_gets_in(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    let first = house.signed_in("owner").await;
    let (totp, _) = set_up(&house, &first).await;
    later(&house).await;
    let mut browser = halfway(&house.app).await;
    browser.get("/back").await.leads_to("/signin/code?next=/back");
    browser.post("/account/sessions/end", &[]).await.is(401);
    let wrong = browser.post("/signin/code", &[("code", "000000")]).await;
    assert_eq!(wrong.is(401).trouble(), Some("mfa_invalid"));
    let before = browser.token().to_owned();
    let answer = browser
        .post("/signin/code", &[("code", &code(&totp, &house.app))])
        .await;
    answer.leads_to("/signin");
    browser.keep(&answer);
    assert_ne!(browser.token(), before, "who proved more has another token");
    browser.get("/back").await.is(200);
    let actions = house.actions(house.books.merchant).await;
    assert_eq!(actions[..2], ["user.signed_in", "user.sign_in_refused"]);
    house.end().await;
}

async fn a_code_is_good_once(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    let (totp, codes) = set_up(&house, &house.signed_in("owner").await).await;
    // The code that set it up is used up, too.
    let early = halfway(&house.app).await;
    early
        .post("/signin/code", &[("code", &code(&totp, &house.app))])
        .await
        .is(401);
    later(&house).await;
    for shown in [code(&totp, &house.app), codes[0].to_lowercase()] {
        let browsers = [halfway(&house.app).await, halfway(&house.other).await];
        let fields = [("code", &*shown)];
        let tries = browsers.iter().map(|browser| browser.post("/signin/code", &fields));
        let mut answers: Vec<u16> = all_of(tries)
            .await
            .iter()
            .map(|answer| answer.status.as_u16())
            .collect();
        answers.sort_unstable();
        assert_eq!(answers, [303, 401], "{shown}");
        let again = halfway(&house.app).await;
        again.post("/signin/code", &fields).await.is(401);
    }
    house.end().await;
}

async fn new_codes_end_the_old_ones_and_no_factor_ends_all(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    let mut owner = house.signed_in("owner").await;
    let (totp, old) = set_up(&house, &owner).await;
    let new = recovery_codes(owner.post("/account/recovery-codes", &[]).await.is(200));
    let browser = halfway(&house.app).await;
    browser.post("/signin/code", &[("code", &old[0])]).await.is(401);
    browser
        .post("/signin/code", &[("code", &new[0])])
        .await
        .leads_to("/signin");
    assert!(owner.get("/account").await.says("9 recovery codes are left"));
    // Dangerous after a while: first who it is, by password or code.
    for _ in 0..11 {
        later(&house).await;
    }
    owner
        .post("/account/factor/end", &[])
        .await
        .leads_to("/account/proof?next=/account");
    let wrong = owner.post("/account/proof", &[("secret", "something else")]).await;
    assert_eq!(wrong.is(401).trouble(), Some("invalid_credentials"));
    let before = owner.clone();
    let proven = owner
        .post(
            "/account/proof",
            &[("secret", &*code(&totp, &house.app)), ("next", "/account")],
        )
        .await;
    proven.leads_to("/account");
    owner.keep(&proven);
    before.get("/account").await.leads_to("/signin?next=/account");
    owner.post("/account/factor/end", &[]).await.leads_to("/account?done=1");
    Browser::new(&house.app)
        .typed("owner", PASSWORD)
        .await
        .leads_to("/signin");
    let actions = house.actions(house.books.merchant).await;
    for action in [
        "user.second_factor_removed",
        "user.proven",
        "user.recovery_codes_renewed",
        "user.second_factor_set",
    ] {
        assert!(actions.iter().any(|noted| noted == action), "{action}: {actions:?}");
    }
    house.end().await;
}

async fn guesses_of_the_code_are_counted(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    let (totp, _) = set_up(&house, &house.signed_in("owner").await).await;
    later(&house).await;
    let browser = halfway(&house.app).await;
    // One of the ten tries was the password.
    for number in 0..9 {
        let browser = if number % 2 == 0 {
            browser.clone()
        } else {
            browser.at(&house.other)
        };
        browser.post("/signin/code", &[("code", "000000")]).await.is(401);
    }
    let answer = browser
        .post("/signin/code", &[("code", &code(&totp, &house.app))])
        .await;
    assert_eq!(answer.is(429).trouble(), Some("too_many_attempts"));
    house.end().await;
}

on_both!(
    without_the_code_nobody_gets_in,
    a_code_is_good_once,
    new_codes_end_the_old_ones_and_no_factor_ends_all,
    guesses_of_the_code_are_counted,
);
