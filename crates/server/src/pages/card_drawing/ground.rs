//! The ground of the card: gradient, sheen and the engraved rosette that each merchant has for itself.
//!
//! Owns: everything behind the text. Must not know: balances.

use std::fmt::Write as _;

use super::{CardFacts, HEIGHT, WIDTH, seed};

/// Ellipses of the rosette: enough to read as engraving, few enough to weigh half a kilobyte compressed.
const PETALS: u32 = 22;

pub fn draw(svg: &mut String, facts: &CardFacts, id: &str) {
    let face = facts.face;
    let _ = write!(
        svg,
        r#"<defs><radialGradient id="{id}g" gradientUnits="userSpaceOnUse" cx="20" cy="0" r="760"><stop offset="0" stop-color="{}"/><stop offset=".48" stop-color="{}"/><stop offset="1" stop-color="{}"/></radialGradient><clipPath id="{id}c"><rect width="{WIDTH}" height="{HEIGHT}" rx="28"/></clipPath></defs><g clip-path="url(#{id}c)"><rect width="{WIDTH}" height="{HEIGHT}" fill="url(#{id}g)"/>"#,
        face.lit, face.main, face.deep
    );
    rosette(svg, facts);
    // A hairline of light along the edge, as on a laminated card.
    let _ = write!(
        svg,
        r#"<rect x="1" y="1" width="{}" height="{}" rx="27" fill="none" stroke="{}" stroke-opacity=".16" stroke-width="2"/></g>"#,
        WIDTH - 2.0,
        HEIGHT - 2.0,
        face.ink
    );
}

/// A guilloche like those on banknotes: turned ellipses whose proportions come from the merchant's name.
fn rosette(svg: &mut String, facts: &CardFacts) {
    let seed = seed(&facts.merchant);
    let slim = 74 + seed % 90;
    let reach = 290 + (seed >> 8) % 60;
    let (x, y) = (430 + (seed >> 16) % 130, 170 + (seed >> 24) % 130);
    let _ = write!(
        svg,
        r#"<g fill="none" stroke="{}" stroke-opacity=".085" stroke-width="1.1" transform="translate({x} {y})">"#,
        facts.face.ink
    );
    for petal in 0..PETALS {
        let turn = f64::from(petal) * 180.0 / f64::from(PETALS);
        let _ = write!(
            svg,
            r#"<ellipse rx="{reach}" ry="{slim}" transform="rotate({turn:.1})"/>"#
        );
    }
    svg.push_str("</g>");
}
