//! Small parts that many pages share.
//!
//! Owns: components too small for a file of their own. Must not know: any one page.

use super::card_drawing::{self, CardFacts, Mark};
use super::page::{MerchantLook, Page};

/// A merchant's mark in a round field of their colour, for mastheads and lists.
pub fn merchant_mark(merchant: &MerchantLook) -> String {
    let face = merchant.brand.face;
    let inner = match &merchant.mark {
        Mark::Icon(name) => format!(
            r#"<g transform="translate(10 10) scale(.833)" fill="none" stroke="{}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{}</g>"#,
            face.ink,
            assets::icon(name).unwrap_or_default()
        ),
        Mark::Letters(letters) => {
            let letters = letters
                .chars()
                .take(2)
                .filter(|letter| letter.is_alphanumeric())
                .collect::<String>();
            format!(
                r#"<text x="20" y="26" font-size="17" font-weight="700" text-anchor="middle" fill="{}">{letters}</text>"#,
                face.ink
            )
        }
        Mark::Picture(address) => format!(
            r#"<image href="{}" x="8" y="8" width="24" height="24"/>"#,
            address
                .replace('&', "&amp;")
                .replace('"', "&quot;")
                .replace('<', "&lt;")
        ),
    };
    format!(
        r#"<svg viewBox="0 0 40 40" aria-hidden="true" focusable="false"><circle cx="20" cy="20" r="20" fill="{}"/>{inner}</svg>"#,
        face.main
    )
}

/// A merchant's mark alone, in the colour of the text around it.
pub fn plain_mark(mark: &Mark) -> String {
    let inner = match mark {
        Mark::Icon(name) => assets::icon(name).unwrap_or_default().to_owned(),
        _ => assets::icon("stamp").unwrap_or_default().to_owned(),
    };
    format!(
        r#"<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{inner}</svg>"#
    )
}

/// The drawn card with the words that say the same: `<figure>` for the page, drawing hidden from screen readers.
pub fn card_figure(page: &Page, facts: &CardFacts) -> String {
    let words = card_drawing::words(facts, page.locale)
        .replace('&', "&amp;")
        .replace('<', "&lt;");
    format!(
        r#"<figure class="card">{}<figcaption class="unseen">{words}</figcaption></figure>"#,
        card_drawing::draw(facts, page.locale)
    )
}

/// A thin bar of progress, `have` of `cost`, as decoration beside the same in words.
pub fn progress(have: i64, cost: i64) -> String {
    let share = (have.clamp(0, cost.max(1)) * 100).checked_div(cost.max(1)).unwrap_or(0);
    format!(
        r#"<svg class="progress" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="{share}" height="6" rx="2"/></svg>"#
    )
}

/// The mark of the house, for pages that belong to no merchant.
pub fn house_mark() -> String {
    r##"<svg viewBox="0 0 64 64" aria-hidden="true" focusable="false"><circle cx="32" cy="32" r="32" class="house-disc"/><circle cx="32" cy="32" r="26.5" fill="none" class="house-line" stroke-opacity=".55" stroke-width="2" stroke-dasharray="1 4.2" stroke-linecap="round"/><path d="M19 23.5h26M32 23.5V46" fill="none" class="house-line" stroke-width="6.5" stroke-linecap="round"/></svg>"##.to_owned()
}
