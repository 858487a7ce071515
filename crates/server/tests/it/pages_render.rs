//! Every page, in every sample, language and look, renders, and keeps the promises that all pages make.

use server::locale::Locale;
use server::pages::page::Theme;
use server::pages::samples::{self, Sample};
use server::pages::{CONTENT_SECURITY_POLICY, style::StylePage, till::preview::PreviewFragment};

fn every_sample() -> impl Iterator<Item = (Locale, Theme, Sample)> {
    let looks = Locale::ALL
        .into_iter()
        .flat_map(|locale| Theme::ALL.map(|theme| (locale, theme)));
    looks.flat_map(|(locale, theme)| {
        samples::all(locale, theme)
            .into_iter()
            .map(move |sample| (locale, theme, sample))
    })
}

#[test]
fn every_page_renders_in_every_language_and_look() {
    let mut count = 0;
    for (locale, theme, sample) in every_sample() {
        let at = format!(
            "{}/{} in {} and {}",
            sample.page,
            sample.name,
            locale.code(),
            theme.code()
        );
        let html = sample.html.unwrap_or_else(|error| panic!("{at}: {error}"));
        assert!(
            html.contains(&format!(
                "<html lang=\"{}\" data-theme=\"{}\">",
                locale.code(),
                theme.code()
            )),
            "{at}: language or look"
        );
        let title = html
            .split("<title>")
            .nth(1)
            .and_then(|rest| rest.split("</title>").next())
            .unwrap_or_default();
        assert!(title.contains("Trei") || title.contains(" · "), "{at}: title {title:?}");
        assert_eq!(html.matches("<main").count(), 1, "{at}: one main");
        assert_eq!(html.matches("<h1").count(), 1, "{at}: one first heading");
        assert!(html.contains("class=\"skip\""), "{at}: skip link");
        count += 1;
    }
    assert!(count > 12 * 30, "only {count} renderings");
}

#[test]
fn no_page_breaks_its_content_security_policy() {
    assert!(!CONTENT_SECURITY_POLICY.contains("unsafe"));
    for (locale, _, sample) in every_sample() {
        let at = format!("{}/{} in {}", sample.page, sample.name, locale.code());
        let html = sample.html.unwrap();
        for forbidden in [
            "style=\"",
            "<style",
            "javascript:",
            " onclick=",
            " onload=",
            "http-equiv",
        ] {
            assert!(!html.contains(forbidden), "{at}: {forbidden}");
        }
        for script in html.split("<script").skip(1) {
            assert!(
                script.starts_with(" type=\"module\" src=\"/assets/"),
                "{at}: a script that is not ours"
            );
        }
        for address in html
            .split([' ', '\n'])
            .filter_map(|word| word.strip_prefix("src=\"").or(word.strip_prefix("href=\"")))
        {
            assert!(
                address.starts_with('/') || address.starts_with('#'),
                "{at}: {address} leads elsewhere"
            );
            assert!(
                !address.starts_with("/assets/\"") && !address.starts_with('"'),
                "{at}: a file that was not built"
            );
        }
    }
}

#[test]
fn every_id_on_a_page_is_there_once_and_every_label_meets_its_field() {
    for (locale, _, sample) in every_sample() {
        let at = format!("{}/{} in {}", sample.page, sample.name, locale.code());
        let html = sample.html.unwrap();
        let values = |name: &str| -> Vec<String> {
            html.split(&format!(" {name}=\""))
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .map(str::to_owned)
                .collect()
        };
        let mut ids = values("id");
        ids.sort();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{at}: an id stands twice in {ids:?}");
        let pointed = ["for", "aria-labelledby", "aria-describedby", "commandfor"]
            .into_iter()
            .flat_map(&values);
        for target in pointed.flat_map(|targets| targets.split(' ').map(str::to_owned).collect::<Vec<_>>()) {
            assert!(ids.contains(&target), "{at}: nothing has the id {target:?}");
        }
        for button in html.split("<button").skip(1) {
            let (opening, rest) = button.split_once('>').unwrap();
            let content = rest.split("</button>").next().unwrap();
            let words = content
                .split('<')
                .filter_map(|piece| piece.split_once('>').map(|(_, text)| text).or(Some(piece)))
                .any(|text| text.chars().any(char::is_alphanumeric));
            assert!(
                words || opening.contains("aria-label="),
                "{at}: a button without a name: {opening}"
            );
        }
    }
}

#[test]
fn no_message_is_left_unsaid() {
    for (locale, _, sample) in every_sample() {
        let at = format!("{}/{} in {}", sample.page, sample.name, locale.code());
        let html = sample.html.unwrap();
        assert!(
            !html.contains("{ $") && !html.contains("{$"),
            "{at}: a variable without value"
        );
        assert!(
            !html.contains('\u{2068}') && !html.contains('\u{2069}'),
            "{at}: bidi marks"
        );
        for tag in ["h1", "h2", "button", "label", "dt", "a"] {
            assert!(!html.contains(&format!("<{tag}></{tag}>")), "{at}: an empty <{tag}>");
        }
    }
}

#[test]
fn pages_of_customers_stay_light() {
    // 60 KB over the wire: 45 for fonts, styles and scripts (see the test of the assets), 15 for the page.
    // Uncompressed a page may be larger; gzip takes more than two thirds of it.
    for (locale, _, sample) in every_sample().filter(|(_, _, sample)| sample.page.starts_with("storefront")) {
        let bytes = sample.html.unwrap().len();
        assert!(
            bytes < 40_000,
            "{}/{} in {}: {bytes} bytes",
            sample.page,
            sample.name,
            locale.code()
        );
    }
}

#[test]
fn the_style_page_and_the_fragments_render_too() {
    use askama::Template;
    for locale in Locale::ALL {
        assert!(
            StylePage::new(locale, Theme::System)
                .render()
                .unwrap()
                .contains("The card")
        );
        for (name, fragment) in PreviewFragment::samples(locale, Theme::System) {
            assert!(!fragment.render().unwrap().trim().is_empty(), "{name}");
        }
    }
}
