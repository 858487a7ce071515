//! What every page passes: headers, languages, forms from this site only, failures as pages, probes.

use crate::support::books::sqlite;
use crate::support::site::Site;
use axum::body::Body;
use http::Request;

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_headers_that_keep_browsers_safe() {
    let site = Site::with(
        sqlite().await,
        |_| {},
        |config| {
            config.public_url = "https://loyalty.example".parse().unwrap();
        },
    );
    let site = site.await;
    let (link, join) = (site.join(0, "").await, site.join_path(0).await);
    let theme = format!("/m/{}/theme.css", site.slug().await);
    let paths = [
        "/",
        "/docs/api",
        "/healthz",
        "/readyz",
        "/favicon.ico",
        "/nowhere",
        "/api/v1/nowhere",
        &theme,
        &link,
        &join,
    ];
    let below = ["/history", "/fragment"].map(|path| format!("{link}{path}"));
    for path in paths.into_iter().chain(below.iter().map(String::as_str)) {
        let seen = site.get(path).await;
        for name in [
            "content-security-policy",
            "referrer-policy",
            "x-content-type-options",
            "cross-origin-opener-policy",
        ] {
            assert_ne!(seen.header(name), "", "{name} on {path}");
        }
        assert_eq!(seen.header("strict-transport-security"), "max-age=31536000", "{path}");
        assert_ne!(seen.header("x-request-id"), "", "{path}");
        assert_ne!(seen.header("cache-control"), "", "{path}");
        assert!(!seen.header("content-security-policy").contains("unsafe"), "{path}");
    }
    for private in [&link, &join, &below[0], &below[1]] {
        let seen = site.get(private).await;
        assert_eq!(seen.header("cache-control"), "no-store", "{private}");
        assert_eq!(
            seen.header("content-security-policy"),
            server::pages::CONTENT_SECURITY_POLICY
        );
    }
    let page = site.get(&join).await.text;
    let built = page
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|path| path.ends_with(".css"));
    assert!(
        site.get(built.unwrap())
            .await
            .header("cache-control")
            .contains("immutable")
    );
    assert!(
        site.get(&theme)
            .await
            .is(200)
            .header("cache-control")
            .contains("immutable")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_promises_no_tls() {
    let site = Site::open(sqlite().await, |_| {}).await;
    assert_eq!(site.get("/").await.header("strict-transport-security"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_asked_remembered_the_browsers_or_the_merchants() {
    let site = Site::open(sqlite().await, |_| {}).await;
    let join = site.join_path(0).await;
    // The merchant's own language is Luxembourgish.
    assert_eq!(site.get_as(&join, &[]).await.lang(), "lb");
    assert_eq!(
        site.get_as(&join, &[("accept-language", "nl,de;q=0.5")]).await.lang(),
        "de"
    );
    let chosen = [("cookie", "trei_locale=fr; trei_theme=dark"), ("accept-language", "de")];
    let page = site.get_as(&join, &chosen).await;
    assert_eq!(page.lang(), "fr");
    page.says("data-theme=\"dark\"");
    assert_eq!(page.header("set-cookie"), "");
    let asked = site.get_as(&format!("{join}?lang=en"), &chosen).await;
    assert_eq!(asked.lang(), "en");
    assert!(asked.header("set-cookie").starts_with("trei_locale=en;"));
    // `lu` is another language; it is not remembered for Luxembourgish.
    let wrong = site.get_as(&format!("{join}?lang=lu"), &chosen).await;
    assert_eq!((wrong.lang(), wrong.header("set-cookie")), ("fr", ""));
    let lb = site.get_as(&format!("{join}?lang=lb"), &[]).await;
    lb.says("Ech sinn d’accord mat de Konditioune vun dësem Programm.");
    let back = site
        .post("/locale", &[("lang", "lb"), ("back", &format!("{join}?lang=en"))])
        .await;
    assert_eq!(
        (back.is(303).header("location"), &back.header("set-cookie")[..15]),
        (&*join, "trei_locale=lb;")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_of_other_sites_are_refused_with_a_page() {
    let site = Site::open(sqlite().await, |_| {}).await;
    let join = site.join_path(0).await;
    let fields = [("idempotency_key", "0123456789abcdef"), ("terms", "1")];
    site.post_from(&join, &fields, "cross-site")
        .await
        .is(403)
        .says("<h1")
        .says("not allowed");
    site.post_from("/locale", &[("lang", "lb")], "cross-site").await.is(403);
    assert_eq!(site.books.audited().await.cards, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_is_a_page_in_the_readers_language() {
    let site = Site::open(sqlite().await, |_| {}).await;
    let join = site.join_path(0).await;
    let lost = site.get_as("/nowhere", &[("accept-language", "lb")]).await;
    assert_eq!(
        (lost.is(404).lang(), lost.header("content-type")),
        ("lb", "text/html; charset=utf-8")
    );
    let large = "x".repeat(70_000);
    site.post(&join, &[("first_name", &large)])
        .await
        .is(413)
        .says("too much at once");
    let request = Request::post(&join)
        .header("content-type", "text/plain")
        .header("sec-fetch-site", "same-origin");
    site.send(request.body(Body::from("a")).unwrap())
        .await
        .is(415)
        .says("<h1");
    let request = Request::delete(&join).header("sec-fetch-site", "same-origin");
    let refused = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(refused.is(405).header("allow"), "GET,HEAD,POST");
    site.get("/api/v1/nowhere").await.is(404).says("\"code\":\"not_found\"");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_row_is_our_failure_and_gives_nothing_away() {
    let site = Site::open(sqlite().await, |_| {}).await;
    let link = site.join(0, "").await;
    site.app
        .db
        .execute_script("update cards set state = '{\"secret\": 1}'")
        .await
        .unwrap();
    let page = site
        .get_as(&link, &[("x-request-id", "call-17"), ("accept-language", "en")])
        .await;
    page.is(500)
        .says("Something broke on our side.")
        .says("call-17")
        .says_not("secret");
    assert_eq!(page.header("x-request-id"), "call-17");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_probes_answer_and_the_samples_are_for_development() {
    let site = Site::open(sqlite().await, |_| {}).await;
    site.get("/healthz").await.is(200).says("ok");
    site.get("/readyz").await.is(200).says("ready");
    site.get("/style").await.is(404);
    let landing = site.get("/").await;
    landing
        .is(200)
        .says(&format!("/j/{}/stamps", site.slug().await))
        .says("/docs/api");
    let document = site.get("/docs/api").await;
    document.is(200).says("/cards/{card}/stamps");
    // What is shown to be sent can be sent: a body that needs one of two fields shows the others, too.
    document
        .says("&#34;order_ref&#34;: &#34;2026-0311&#34;")
        .says("&#34;reason&#34;: &#34;mistake&#34;");
    document.says_not("&#34;amount_minor&#34;: 1\n");
    let site = Site::with(sqlite().await, |_| {}, |config| config.development = true).await;
    site.get("/style").await.is(200);
    site.get("/m/wester/theme.css").await.is(200);
}
