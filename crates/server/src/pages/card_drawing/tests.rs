//! The drawing keeps its promises: facts in, one clean SVG out.

use super::*;
use crate::brand::Brand;

fn facts(balance: Balance) -> CardFacts {
    CardFacts {
        merchant: "Bäckerei <Wester> & Fils".into(),
        program: "Coffee \"card\"".into(),
        mark: Mark::Icon("croissant"),
        face: Brand::house().face,
        balance,
        number: Some("4KQ729FMX3".into()),
    }
}

fn stamps(have: i64, target: i64) -> Balance {
    Balance::Stamps(Stamps { have, target })
}

#[test]
fn each_stamp_up_to_twelve_has_its_place() {
    for target in 2..=GRID_MAX {
        for have in [0, 1, target - 1, target, target + 3] {
            let svg = draw(&facts(stamps(have, target)), Locale::En);
            assert_eq!(
                svg.matches("data-stamp").count(),
                usize::try_from(have.min(target)).unwrap(),
                "{have} of {target}"
            );
        }
    }
}

#[test]
fn the_words_at_the_foot_end_before_the_number() {
    for locale in Locale::ALL {
        for have in [3, 10, 14] {
            let stamps = Stamps { have, target: 10 };
            let svg = draw(&facts(Balance::Stamps(stamps)), locale);
            let size = svg.split("y=\"366\" font-size=\"").nth(1).unwrap();
            let size: f64 = size.split('"').next().unwrap().parse().unwrap();
            let words = format!("{} · {}", count(stamps, locale), to_go(stamps, locale));
            let letters = u32::try_from(words.chars().count()).unwrap();
            assert!(f64::from(letters) * 0.55 * size < 335.0, "{words} at {size}");
        }
    }
}

#[test]
fn many_stamps_become_a_ring_with_a_number() {
    for target in [13, 40, 100] {
        let svg = draw(&facts(stamps(7, target)), Locale::En);
        assert_eq!(svg.matches("data-stamp").count(), 1);
        assert!(svg.contains(&format!("7 of {target}")), "{target}");
    }
}

#[test]
fn nothing_in_it_breaks_the_content_security_policy_or_the_markup() {
    let next = Some(NextReward {
        cost: 500,
        name: "Tea & <cake>".into(),
    });
    let points = Points { have: 1_240, next };
    for balance in [
        stamps(3, 10),
        stamps(3, 50),
        Balance::Points(points.clone()),
        Balance::Hybrid(Stamps { have: 12, target: 10 }, points),
    ] {
        for locale in Locale::ALL {
            let svg = draw(&facts(balance.clone()), locale);
            assert!(!svg.contains("style="), "{svg}");
            assert!(!svg.contains("<Wester>") && !svg.contains("<cake>"), "unescaped");
            assert!(svg.contains("&lt;Wester&gt; &amp; Fils"));
            assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{svg}");
            assert!(svg.len() < 12_000, "{} bytes", svg.len());
        }
    }
}

#[test]
fn the_words_say_what_the_drawing_shows() {
    assert_eq!(words(&facts(stamps(7, 10)), Locale::En), "7 of 10 stamps, 3 to go");
    assert_eq!(words(&facts(stamps(7, 10)), Locale::Lb), "7/10 Stempelen, nach 3");
    assert_eq!(
        words(&facts(stamps(12, 10)), Locale::De),
        "12 Stempel, eine Belohnung ist bereit"
    );
    for (have, french) in [
        (0, "0 tampon sur 8, encore 8"),
        (1, "1 tampon sur 8, encore 7"),
        (2, "2 tampons sur 8, encore 6"),
    ] {
        assert_eq!(words(&facts(stamps(have, 8)), Locale::Fr), french);
    }
}

#[test]
fn the_same_facts_give_the_same_drawing_and_another_merchant_another_engraving() {
    let one = facts(stamps(1, 10));
    assert_eq!(draw(&one, Locale::Fr), draw(&one, Locale::Fr));
    let other = CardFacts {
        merchant: "Librairie".into(),
        ..one.clone()
    };
    let petals = |svg: String| svg.split("<ellipse").nth(1).map(str::to_owned);
    assert_ne!(petals(draw(&one, Locale::Fr)), petals(draw(&other, Locale::Fr)));
}

#[test]
fn numbers_are_printed_in_groups_of_four() {
    assert_eq!(grouped("4KQ729FMX3"), "4KQ7 29FM X3");
    assert_eq!(grouped("4KQ7 29FM X3"), "4KQ7 29FM X3");
    assert_eq!(grouped(""), "");
}
