//! From one colour of a merchant to the colours of their pages and cards.
//!
//! Owns: the way from a colour to accents for light and dark, the gradient of the card, and the proof of
//! contrast (4.5:1 for text, 3:1 for shapes). A colour that would fail is moved, never refused.
//! Must not know: pages, HTTP, tables. Pure.

#![allow(
    missing_docs,
    reason = "the parts of a colour scheme are named after what they colour"
)]

mod colour;

pub use colour::{Oklch, Rgb, contrast};

/// Text needs this contrast to what is behind it (WCAG 2.2, 1.4.3).
pub const TEXT_CONTRAST: f64 = 4.5;
/// Shapes that carry meaning need this contrast (WCAG 2.2, 1.4.11).
pub const SHAPE_CONTRAST: f64 = 3.0;

/// The paper and the surface of each mode, as in `tokens.css`: what an accent is measured against.
const LIGHT_PAPERS: [Rgb; 2] = [Rgb::new(0xfa, 0xf7, 0xf1), Rgb::new(0xf4, 0xf0, 0xe8)];
const DARK_PAPERS: [Rgb; 2] = [Rgb::new(0x16, 0x11, 0x0d), Rgb::new(0x20, 0x1b, 0x17)];

const CREAM: Rgb = Rgb::new(0xff, 0xf8, 0xec);
const NIGHT: Rgb = Rgb::new(0x1d, 0x16, 0x12);
/// Text on buttons.
const PALE: Rgb = Rgb::new(0xff, 0xfc, 0xf7);
const DARK: Rgb = Rgb::new(0x14, 0x0d, 0x09);
const PALE_GOLD: Rgb = Rgb::new(0xff, 0xe3, 0xb3);
/// A little over the target, so that rounding to eight bits never falls under it.
const MARGIN: f64 = 0.1;

/// The colours of one mode, light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    /// Fill of the primary button and of progress.
    pub accent: Rgb,
    /// Text on that fill.
    pub on_accent: Rgb,
    /// A soft ground for marks and notes.
    pub accent_soft: Rgb,
    /// The accent as text, on paper and on the soft ground.
    pub accent_ink: Rgb,
}

/// The colours of the drawn card, equal in both modes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Face {
    /// The gradient from the upper left to the lower right.
    pub lit: Rgb,
    /// The merchant's own colour, as far as text reads on it.
    pub main: Rgb,
    /// The lower right.
    pub deep: Rgb,
    /// Text on any of the three.
    pub ink: Rgb,
    /// The ring of the last stamp, the one that completes a round.
    pub gift: Rgb,
    /// The merchant's mark on a pressed stamp, whose disc has the colour of `ink`.
    pub on_disc: Rgb,
}

/// Everything that one colour of a merchant becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brand {
    /// The colour that was asked for.
    pub colour: Rgb,
    /// On paper.
    pub light: Scheme,
    /// In the dark.
    pub dark: Scheme,
    /// On the card.
    pub face: Face,
}

impl Brand {
    /// The colours of the house, for pages that belong to no merchant.
    pub fn house() -> Brand {
        Brand::from_colour(Rgb::new(0x8f, 0x3d, 0x2e))
    }

    /// Reads `#rrggbb`; `None` for anything else.
    pub fn parse(hex: &str) -> Option<Brand> {
        Rgb::parse(hex).map(Brand::from_colour)
    }

    /// Derives all colours from one.
    pub fn from_colour(colour: Rgb) -> Brand {
        let seed = colour.to_oklch();
        Brand {
            colour,
            light: light(seed),
            dark: dark(seed),
            face: face(seed),
        }
    }

    /// True if the colour itself could not be used for buttons on paper and was moved; the editor tells the merchant so.
    pub fn was_corrected(&self) -> bool {
        self.light.accent != self.colour
    }

    /// The stylesheet that gives a merchant's pages their colours.
    pub fn stylesheet(&self) -> String {
        let Brand { light, dark, .. } = self;
        format!(
            ":root{{--accent:light-dark({},{});--on-accent:light-dark({},{});--accent-soft:light-dark({},{});--accent-ink:light-dark({},{})}}\n",
            light.accent,
            dark.accent,
            light.on_accent,
            dark.on_accent,
            light.accent_soft,
            dark.accent_soft,
            light.accent_ink,
            dark.accent_ink,
        )
    }

    /// A short mark of the stylesheet's content for its address.
    pub fn stylesheet_hash(&self) -> String {
        // FNV-1a: enough to tell one stylesheet from the next; nothing secret hangs on it.
        let hash = self.stylesheet().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{:08x}", hash >> 32)
    }
}

/// Whether a colour is told from all that it may stand on.
fn stands_out(colour: Rgb, papers: &[Rgb], least: f64) -> bool {
    papers.iter().all(|paper| contrast(colour, *paper) >= least + MARGIN)
}

fn light(seed: Oklch) -> Scheme {
    let accent =
        seed.darkened_until(|colour| carries_text(colour) && stands_out(colour, &LIGHT_PAPERS, SHAPE_CONTRAST));
    let accent_soft = Oklch {
        lightness: 0.94,
        chroma: seed.chroma.min(0.03),
        hue: seed.hue,
    }
    .to_rgb();
    let behind = [LIGHT_PAPERS[0], LIGHT_PAPERS[1], accent_soft];
    let accent_ink = seed.darkened_until(|colour| stands_out(colour, &behind, TEXT_CONTRAST));
    Scheme {
        accent,
        on_accent: readable_on(accent),
        accent_soft,
        accent_ink,
    }
}

fn dark(seed: Oklch) -> Scheme {
    // In the dark a colour glows: lighter and a little calmer than on paper.
    let calm = Oklch {
        lightness: seed.lightness.max(0.72),
        chroma: seed.chroma.min(0.125),
        hue: seed.hue,
    };
    let accent =
        calm.lightened_until(|colour| carries_text(colour) && stands_out(colour, &DARK_PAPERS, SHAPE_CONTRAST));
    let accent_soft = Oklch {
        lightness: 0.3,
        chroma: seed.chroma.min(0.05),
        hue: seed.hue,
    }
    .to_rgb();
    let behind = [DARK_PAPERS[0], DARK_PAPERS[1], accent_soft];
    let pale = Oklch {
        lightness: calm.lightness.max(0.8),
        chroma: seed.chroma.min(0.1),
        hue: seed.hue,
    };
    let accent_ink = pale.lightened_until(|colour| stands_out(colour, &behind, TEXT_CONTRAST));
    Scheme {
        accent,
        on_accent: readable_on(accent),
        accent_soft,
        accent_ink,
    }
}

fn face(seed: Oklch) -> Face {
    // Whichever ink reads better on the merchant's own colour stays; the gradient then moves away from that ink.
    let on_dark = contrast(CREAM, seed.to_rgb()) >= 3.2;
    let ink = if on_dark { CREAM } else { NIGHT };
    let stop = |by: f64, turn: f64, strength: f64| {
        let moved = Oklch {
            lightness: (seed.lightness + by).clamp(0.0, 1.0),
            chroma: seed.chroma * strength,
            hue: seed.hue + turn,
        };
        let reads = |colour: Rgb| contrast(colour, ink) >= TEXT_CONTRAST + MARGIN;
        if on_dark {
            moved.darkened_until(reads)
        } else {
            moved.lightened_until(reads)
        }
    };
    let (lit, main, deep) = if on_dark {
        (stop(0.085, 7.0, 1.06), stop(0.0, 0.0, 1.0), stop(-0.105, -5.0, 0.85))
    } else {
        (stop(0.07, 4.0, 0.8), stop(0.0, 0.0, 1.0), stop(-0.055, -6.0, 1.0))
    };
    let on_disc = if on_dark {
        seed.darkened_until(|colour| contrast(colour, ink) >= TEXT_CONTRAST + MARGIN)
    } else {
        lit
    };
    let gift = if on_dark { PALE_GOLD } else { ink };
    Face {
        lit,
        main,
        deep,
        ink,
        gift,
        on_disc,
    }
}

/// Near-white where it reads on this colour, else near-black.
fn readable_on(colour: Rgb) -> Rgb {
    if contrast(PALE, colour) >= TEXT_CONTRAST {
        PALE
    } else {
        DARK
    }
}

/// True if one of the two text colours reads on this one; a narrow band of middling colours carries neither.
fn carries_text(colour: Rgb) -> bool {
    contrast(readable_on(colour), colour) >= TEXT_CONTRAST
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grid over all of sRGB, corners included, and the colours people really choose.
    fn many_colours() -> impl Iterator<Item = Rgb> {
        let steps = [0u8, 24, 51, 85, 119, 128, 153, 187, 221, 238, 255];
        steps.into_iter().flat_map(move |red| {
            steps
                .into_iter()
                .flat_map(move |green| steps.into_iter().map(move |blue| Rgb::new(red, green, blue)))
        })
    }

    #[test]
    fn every_colour_becomes_readable_pages() {
        for colour in many_colours() {
            let brand = Brand::from_colour(colour);
            for (scheme, papers) in [(brand.light, LIGHT_PAPERS), (brand.dark, DARK_PAPERS)] {
                assert!(
                    contrast(scheme.on_accent, scheme.accent) >= TEXT_CONTRAST,
                    "{colour}: text on accent {scheme:?}"
                );
                assert!(
                    contrast(scheme.accent_ink, scheme.accent_soft) >= TEXT_CONTRAST,
                    "{colour}: accent on soft {scheme:?}"
                );
                for paper in papers {
                    assert!(
                        contrast(scheme.accent, paper) >= SHAPE_CONTRAST,
                        "{colour}: accent on {paper} {scheme:?}"
                    );
                    assert!(
                        contrast(scheme.accent_ink, paper) >= TEXT_CONTRAST,
                        "{colour}: accent text on {paper} {scheme:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_colour_becomes_a_readable_card() {
        for colour in many_colours() {
            let face = Brand::from_colour(colour).face;
            for stop in [face.lit, face.main, face.deep] {
                assert!(
                    contrast(face.ink, stop) >= TEXT_CONTRAST,
                    "{colour}: text on card {face:?}"
                );
                assert!(
                    contrast(face.gift, stop) >= SHAPE_CONTRAST,
                    "{colour}: gift ring on card {face:?}"
                );
            }
            assert!(
                contrast(face.on_disc, face.ink) >= TEXT_CONTRAST,
                "{colour}: mark on stamp {face:?}"
            );
        }
    }

    #[test]
    fn a_good_colour_stays_as_it_is() {
        let brand = Brand::parse("#8f3d2e").unwrap();
        assert!(!brand.was_corrected());
        assert_eq!(brand.light.accent.to_string(), "#8f3d2e");
        assert_eq!(brand.face.main.to_string(), "#8f3d2e");
    }

    #[test]
    fn a_glaring_colour_is_moved_and_keeps_its_hue() {
        let brand = Brand::parse("#ffe000").unwrap();
        assert!(brand.was_corrected());
        let moved = brand.light.accent.to_oklch().hue - brand.colour.to_oklch().hue;
        assert!(moved.abs() < 8.0, "hue moved by {moved}");
    }

    #[test]
    fn only_six_hex_digits_are_a_colour() {
        for bad in ["", "#fff", "8f3d2e", "#8f3d2", "#8f3d2e00", "#8f3d2g", "red", "#+f3d2e"] {
            assert!(Brand::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn the_stylesheet_sets_only_the_four_properties() {
        let css = Brand::house().stylesheet();
        assert!(css.starts_with(":root{--accent:light-dark(#"));
        assert_eq!(css.matches("--").count(), 4);
        assert_ne!(
            Brand::house().stylesheet_hash(),
            Brand::parse("#123456").unwrap().stylesheet_hash()
        );
    }
}
