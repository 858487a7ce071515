//! Joining a program: the form, what it refuses, and what it promises.

use crate::ledger::on_both;
use crate::support::books::{Engine, stamp};
use crate::support::site::{Between, Site};
use domain::program::ProgramStatus;
use domain::terms::SelfEnrollment;
use server::setup;

async fn joining_leads_to_a_card_that_stays(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let card = site.join(0, "Léa").await;
    assert!(card.starts_with("/c/"), "{card}");
    for _ in 0..2 {
        let page = site.get(&card).await;
        page.is(200)
            .says("Hello, Léa")
            .says("0 of 10 stamps, 10 to go")
            .says("<svg class=\"qr\"")
            .says("noindex");
    }
    let nameless = site.join(1, "").await;
    site.get(&nameless).await.is(200).says("Your card").says_not("Hello");
    assert!(site.get(&card).await.title().starts_with("stamps · "));
    site.books.audited().await;
}

async fn the_same_form_twice_opens_one_card(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let path = site.join_path(0).await;
    let key = site.get(&path).await.field("idempotency_key");
    let mut led = Vec::new();
    // Going back and sending the form again, even under another name, leads to the card that is there.
    for name in ["Léa", "Léa", "Lea"] {
        let fields = [("idempotency_key", &*key), ("first_name", name), ("terms", "1")];
        led.push(site.post(&path, &fields).await.is(303).header("location").to_owned());
    }
    assert!(led.iter().all(|link| *link == led[0]), "{led:?}");
    assert_eq!(site.books.audited().await.cards, 1);
    assert_ne!(site.join(0, "Léa").await, led[0]);
}

async fn what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let path = site.join_path(0).await;
    let key = site.get(&path).await.field("idempotency_key");
    let fields = [
        ("idempotency_key", &*key),
        ("first_name", "Léa \"<b>"),
        ("locale", "fr"),
    ];
    let form = site.post(&path, &fields).await;
    form.is(422)
        .says("role=\"alert\"")
        .says("href=\"#terms\"")
        .says("aria-invalid=\"true\"");
    form.says("Please accept the terms.")
        .says("L\u{e9}a &#34;&#60;b&#62;")
        .says("value=\"fr\" lang=\"fr\" selected");
    assert_eq!(site.books.audited().await.cards, 0);
    let long = "x".repeat(81);
    let fields = [("idempotency_key", &*key), ("first_name", &*long), ("terms", "1")];
    site.post(&path, &fields)
        .await
        .is(422)
        .says("at most 80 letters")
        .says("href=\"#first_name\"")
        .says_not("href=\"#terms\"");
    let fields = [
        ("idempotency_key", &*key),
        ("first_name", "Léa\u{202e}"),
        ("terms", "1"),
    ];
    let form = site.post(&path, &fields).await;
    form.is(422)
        .says("characters that are not allowed")
        .says("href=\"#first_name\"");
    // A form that was sent before leads to its card, whatever holds for new ones.
    let fields = [("idempotency_key", &*key), ("terms", "1")];
    let first = site.post(&path, &fields).await.is(303).header("location").to_owned();
    let fields = [("idempotency_key", &*key), ("terms", "7")];
    assert_eq!(site.post(&path, &fields).await.is(303).header("location"), first);
    let key = site.get(&path).await.field("idempotency_key");
    // The box was ticked under terms that are no longer in force.
    let fields = [("idempotency_key", &*key), ("terms", "7")];
    site.post(&path, &fields)
        .await
        .is(422)
        .says("The terms have changed")
        .says_not(" checked");
    let fields = [("idempotency_key", "short"), ("terms", "1")];
    site.post(&path, &fields).await.is(400);
}

async fn programs_that_fill_in_the_form_get_no_card_and_people_try_again(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let path = site.join_path(0).await;
    let form = site.get(&path).await;
    let (key, at_once) = (form.field("idempotency_key"), form.field("shown"));
    let (old, forged) = (site.shown(86_401), site.app.secrets.cursor("events", 0));
    let sent = |shown: &str, more: &str| {
        let fields = [
            ("idempotency_key", key.clone()),
            ("first_name", "Léa".to_owned()),
            ("terms", "1".to_owned()),
            ("shown", shown.to_owned()),
            ("more", more.to_owned()),
        ];
        let (site, path) = (&site, &path);
        async move {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            site.post(path, &fields).await
        }
    };
    let read = site.shown(2);
    for (shown, more) in [(&*at_once, ""), (&old, ""), (&forged, ""), ("", ""), (&read, "x")] {
        let again = sent(shown, more).await;
        // What was typed stays, so that one more press is all a person needs.
        again
            .is(403)
            .says("press the button once more")
            .says("value=\"Léa\"")
            .says(" checked");
    }
    assert_eq!(site.books.audited().await.cards, 0);
    let card = sent(&read, "").await.is(303).header("location").to_owned();
    // The form has its card; sent again, whenever that is, it leads there.
    assert_eq!(sent(&old, "").await.is(303).header("location"), card);
    assert_eq!(site.books.audited().await.cards, 1);
}

async fn a_program_for_adults_asks_the_year_of_birth_and_keeps_nothing_of_it(engine: Engine) {
    let site = Site::open(engine, |terms| terms.min_age = 18).await;
    let path = site.join_path(0).await;
    let form = site.get(&path).await;
    form.says("name=\"birth_year\"").says("It is not kept.");
    let year = 2026;
    let key = form.field("idempotency_key");
    for (born_in, words) in [
        ("".to_owned(), "in four digits"),
        ("late".to_owned(), "in four digits"),
        ((year + 1).to_string(), "in four digits"),
        ((year - 18).to_string(), "of a certain age"),
    ] {
        let fields = [("idempotency_key", &*key), ("birth_year", &*born_in), ("terms", "1")];
        let again = site.post(&path, &fields).await;
        again
            .is(422)
            .says(words)
            .says("href=\"#birth_year\"")
            .says(&format!("value=\"{born_in}\""));
    }
    let born_in = (year - 19).to_string();
    let fields = [("idempotency_key", &*key), ("birth_year", &*born_in), ("terms", "1")];
    site.post(&path, &fields).await.is(303);
    assert_eq!(site.books.audited().await.cards, 1);
}

async fn a_program_that_takes_nobody_says_so_kindly(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let (merchant, program) = (site.books.merchant, site.books.programs[0]);
    let path = site.join_path(0).await;
    let key = site.get(&path).await.field("idempotency_key");
    for (status, answer, words) in [
        (ProgramStatus::Paused, 409, "takes no new cards"),
        (ProgramStatus::Ended, 409, "This program has ended."),
        (ProgramStatus::Draft, 404, "nothing at this address"),
    ] {
        let change = move |tx: &mut db::Transaction<'_>| setup::program_status(tx, merchant, program, status);
        site.app.db.write(change).await.unwrap();
        site.books
            .clock
            .set(domain::moment::Instant(site.books.clock.now().0 + 1_000_000));
        site.get(&path).await.is(answer).says(words).says_not("name=\"terms\"");
        site.post(&path, &[("idempotency_key", &key), ("terms", "1")])
            .await
            .is(answer)
            .says(words);
    }
    for bad in ["/j/nobody/stamps", &format!("/j/{}/nothing", site.slug().await)] {
        site.get(bad).await.is(404).says("nothing at this address");
    }
    assert_eq!(site.books.audited().await.cards, 0);
}

async fn a_welcome_is_promised_until_the_first_visit_brings_it(engine: Engine) {
    let site = Site::open(engine, |terms| {
        terms.welcome_stamps = 2;
        terms.welcome_points = 0;
    })
    .await;
    let promise = "Welcome: 2 stamps on your first visit";
    let path = site.join_path(0).await;
    site.get(&path).await.is(200).says(promise).says("name=\"description\"");
    // What a program does not collect is no part of its welcome.
    let points = site.join_path(1).await;
    site.get(&points).await.is(200).says_not("Welcome:");
    let link = site.join(0, "").await;
    site.get(&link).await.is(200).says(promise);
    let card = site.app.secrets.card_of_link(&link[3..]).unwrap().card;
    site.books.give(card, stamp()).await.unwrap();
    site.get(&link).await.is(200).says("3 of 10 stamps").says_not(promise);
}

async fn staff_open_the_cards_of_some_programs(engine: Engine) {
    let site = Site::open(engine, |terms| terms.self_enrollment = SelfEnrollment::Off).await;
    let path = site.join_path(0).await;
    site.get(&path).await.is(403).says("opened by our staff");
    let fields = [("idempotency_key", "0123456789abcdef"), ("terms", "1")];
    site.post(&path, &fields).await.is(403).says("opened by our staff");
}

async fn the_store_of_the_poster_becomes_the_cards_home(engine: Engine) {
    let site = Site::open(engine, |terms| terms.cross_store_earn = false).await;
    let path = site.join_path(0).await;
    let form = site.get(&format!("{path}?store=GR")).await;
    let action = form.text.between("<form method=\"post\" action=\"/j/", "\"");
    assert!(action.ends_with("?store=GR"), "{action}");
    let fields = [("idempotency_key", &*form.field("idempotency_key")), ("terms", "1")];
    let link = site
        .post(&format!("/j/{action}"), &fields)
        .await
        .is(303)
        .header("location")
        .to_owned();
    site.get(&format!("{link}/history")).await.is(200).says("Grand-Rue");
    let elsewhere = site.get(&format!("{path}?store=elsewhere")).await;
    assert!(
        !elsewhere
            .is(200)
            .text
            .between("<form method=\"post\" action=\"/j/", "\"")
            .contains("store")
    );
}

async fn what_is_agreed_to_is_kept_with_its_version(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let path = site.join_path(0).await;
    let form = site.get(&path).await;
    form.says("name=\"marketing\" value=\"1\"").says_not(" checked");
    let key = form.field("idempotency_key");
    let both = [("idempotency_key", &*key), ("terms", "1"), ("marketing", "1")];
    // Without an address there is nobody to write to, whatever was ticked.
    site.post(&path, &both).await.is(303);
    assert_eq!(site.books.agreed().await, [("terms".to_owned(), 1, 0)]);
    let key = site.get(&path).await.field("idempotency_key");
    let faulty = [
        ("idempotency_key", &*key),
        ("marketing", "1"),
        ("contact", "lea@example.lu"),
    ];
    let form = site.post(&path, &faulty).await;
    form.is(422).says("name=\"marketing\" value=\"1\" checked");
    let fields = [&faulty[..], &[("terms", "1")]].concat();
    site.post(&path, &fields).await.is(303);
    let agreed = site.books.agreed().await;
    assert!(
        agreed.contains(&("marketing".to_owned(), 1, 1)) && agreed.len() == 3,
        "{agreed:?}"
    );
    site.books.audited().await;
}

on_both!(
    what_is_agreed_to_is_kept_with_its_version,
    joining_leads_to_a_card_that_stays,
    the_same_form_twice_opens_one_card,
    what_is_wrong_is_said_at_the_field_and_what_was_typed_stays,
    a_program_for_adults_asks_the_year_of_birth_and_keeps_nothing_of_it,
    programs_that_fill_in_the_form_get_no_card_and_people_try_again,
    a_program_that_takes_nobody_says_so_kindly,
    a_welcome_is_promised_until_the_first_visit_brings_it,
    staff_open_the_cards_of_some_programs,
    the_store_of_the_poster_becomes_the_cards_home,
);
