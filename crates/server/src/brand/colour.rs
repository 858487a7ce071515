//! Colours as numbers: sRGB for screens, OKLCH for thinking, and the contrast of two.
//!
//! Owns: the conversions (Björn Ottosson's Oklab, https://bottosson.github.io/posts/oklab/) and WCAG's contrast ratio.
//! Must not know: what a colour is for.

use std::fmt;

/// A colour of the screen, eight bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb {
    red: u8,
    green: u8,
    blue: u8,
}

/// The same colour as lightness (0 to 1), chroma (0 to about 0.4) and hue (degrees).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Oklch {
    /// 0 (black) to 1 (white).
    pub lightness: f64,
    /// 0 (grey) to about 0.4.
    pub chroma: f64,
    /// Degrees.
    pub hue: f64,
}

impl Rgb {
    /// A colour from its channels.
    pub const fn new(red: u8, green: u8, blue: u8) -> Rgb {
        Rgb { red, green, blue }
    }

    /// Reads `#rrggbb`.
    pub fn parse(hex: &str) -> Option<Rgb> {
        let digits = hex.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = value.to_be_bytes();
        Some(Rgb { red, green, blue })
    }

    /// The same colour in OKLCH.
    pub fn to_oklch(self) -> Oklch {
        let [red, green, blue] = self.linear();
        let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let medium = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        let a = 1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short;
        let b = 0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short;
        Oklch {
            lightness: 0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short,
            chroma: a.hypot(b),
            hue: b.atan2(a).to_degrees(),
        }
    }

    fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// Relative luminance, 0 (black) to 1 (white).
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl Oklch {
    /// The nearest colour of the screen with this lightness and hue: chroma gives way first.
    pub fn to_rgb(self) -> Rgb {
        let mut colour = self;
        loop {
            let linear = colour.to_linear();
            if colour.chroma <= 0.0 || linear.iter().all(|channel| (-0.0005..=1.0005).contains(channel)) {
                let [red, green, blue] = linear.map(encode);
                return Rgb { red, green, blue };
            }
            colour.chroma = if colour.chroma < 0.004 {
                0.0
            } else {
                colour.chroma - 0.004
            };
        }
    }

    /// The first colour on the way to black that passes.
    pub fn darkened_until(self, passes: impl Fn(Rgb) -> bool) -> Rgb {
        self.moved_until(-0.01, passes)
    }

    /// The first colour on the way to white that passes.
    pub fn lightened_until(self, passes: impl Fn(Rgb) -> bool) -> Rgb {
        self.moved_until(0.01, passes)
    }

    fn moved_until(self, step: f64, passes: impl Fn(Rgb) -> bool) -> Rgb {
        let mut colour = self;
        loop {
            let rgb = colour.to_rgb();
            if passes(rgb) || !(0.0..=1.0).contains(&(colour.lightness + step)) {
                return rgb;
            }
            colour.lightness += step;
        }
    }

    fn to_linear(self) -> [f64; 3] {
        let (sine, cosine) = self.hue.to_radians().sin_cos();
        let (a, b) = (self.chroma * cosine, self.chroma * sine);
        let long = (self.lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let medium = (self.lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let short = (self.lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
        ]
    }
}

/// WCAG's contrast ratio of two colours, 1 to 21.
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// One linear channel as eight bits, clipped to what the screen has.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0..=255 in the line before"
)]
fn encode(linear: f64) -> u8 {
    let value = if linear <= 0.003_130_8 {
        linear * 12.92
    } else {
        1.055 * linear.powf(1.0 / 2.4) - 0.055
    };
    let scaled = (value * 255.0).round().clamp(0.0, 255.0);
    scaled as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_survives_the_way_there_and_back() {
        for hex in ["#000000", "#ffffff", "#8f3d2e", "#0a7c66", "#ffe000", "#1240ab"] {
            assert_eq!(Rgb::parse(hex).unwrap().to_oklch().to_rgb().to_string(), hex);
        }
    }

    #[test]
    fn contrast_is_the_known_one() {
        let black = Rgb::new(0, 0, 0);
        let white = Rgb::new(255, 255, 255);
        assert!((contrast(black, white) - 21.0).abs() < 0.01);
        assert!((contrast(Rgb::new(0x76, 0x76, 0x76), white) - 4.54).abs() < 0.01);
    }
}
