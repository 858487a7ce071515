//! A bakery in Luxembourg: a stamp card for coffee.

use super::{ProgramFacts, ProgramTexts, RewardFacts, Shop};
use crate::demo::calendar::{Country, Hours};
use domain::program::ProgramKind;
use domain::quantity::Unit;
use domain::reward::Cost;
use domain::terms::Terms;

/// What the program is called and how it works, in the order of the languages.
const TEXTS: ProgramTexts = [
    (
        "Coffee card",
        "Ten coffees, and the next one is on the house.",
        "Every visit with a coffee brings one stamp. Ten stamps are a coffee of your choice, in all our bakeries.",
    ),
    (
        "Carte café",
        "Dix cafés, et le suivant vous est offert.",
        "Chaque visite avec un café rapporte un tampon. Dix tampons valent un café de votre choix, dans toutes nos boulangeries.",
    ),
    (
        "Kaffeekarte",
        "Zehn Kaffees, und der nächste geht aufs Haus.",
        "Jeder Besuch mit Kaffee bringt einen Stempel. Zehn Stempel sind ein Kaffee nach Ihrer Wahl, in allen unseren Bäckereien.",
    ),
    (
        "Kaffiskaart",
        "Zéng Kaffien, an deen nächste schenke mir Iech.",
        "All Visitt mat engem Kaffi bréngt ee Stempel. Zéng Stempele sinn ee Kaffi no Ärem Choix, an all eise Bäckereien.",
    ),
];

pub fn shop() -> Shop {
    Shop {
        slug: "wester",
        name: "Bäckerei Wester",
        town: "Luxembourg",
        country: "LU",
        holidays: Country::Luxembourg,
        timezone: "Europe/Luxembourg",
        locale: "lb",
        currency: "EUR",
        colour: "#8f3d2e",
        mark: "coffee",
        share: 36,
        stores: &[
            ("GR", "Groussgaass", "12, Grand-Rue, L-1660 Lëtzebuerg"),
            ("GA", "Gare", "41, avenue de la Gare, L-1611 Lëtzebuerg"),
            ("BE", "Belair", "7, avenue Gaston Diderich, L-1420 Lëtzebuerg"),
        ],
        staff: &[
            ("Marie-Claire", "manager"),
            ("Sven", "manager"),
            ("Lynn", "cashier"),
            ("Joao", "cashier"),
            ("Fabienne", "cashier"),
            ("Noah", "cashier"),
        ],
        web_shop: None,
        hours: Hours {
            days: [100, 100, 104, 104, 112, 125, 45],
            months: [96, 98, 102, 100, 103, 100, 92, 74, 104, 104, 106, 118],
            weekday: &[(390, 545, 50), (545, 690, 15), (690, 810, 22), (810, 1080, 13)],
            saturday: &[(420, 690, 74), (690, 990, 26)],
            sunday: &[(450, 715, 100)],
        },
        programs: vec![ProgramFacts {
            slug: "kaffiskaart",
            kind: ProgramKind::Stamps,
            terms: Terms {
                welcome_stamps: 1,
                ..Terms::default()
            },
            texts: TEXTS,
            share: 100,
            pace: 100,
            ticket: (280, 1_450),
            rewards: rewards(),
        }],
        apologies: &[
            "Laang Schlaang samschdes",
            "Falsche Kaffi gemaach",
            "Kaffismaschinn war futti",
        ],
    }
}

fn rewards() -> Vec<RewardFacts> {
    vec![
        RewardFacts::free(
            Unit::Stamp,
            Cost::Completion,
            [
                (
                    "A coffee of your choice",
                    "Any coffee from the board, with oat milk if you like.",
                ),
                (
                    "Un café de votre choix",
                    "Tout café de la carte, au lait d’avoine si vous le souhaitez.",
                ),
                (
                    "Ein Kaffee nach Wahl",
                    "Jeder Kaffee von der Tafel, auf Wunsch mit Hafermilch.",
                ),
                (
                    "E Kaffi no Wiel",
                    "All Kaffi vun der Kaart, wann Dir wëllt mat Huewermëllech.",
                ),
            ],
        ),
        RewardFacts::free(
            Unit::Stamp,
            Cost::Fixed(5),
            [
                ("A butter croissant", "For five stamps, when the coffee can wait."),
                ("Un croissant au beurre", "Pour cinq tampons, si le café peut attendre."),
                ("Ein Buttercroissant", "Für fünf Stempel, wenn der Kaffee warten kann."),
                (
                    "E Bottercroissant",
                    "Fir fënnef Stempelen, wann de Kaffi nach waarde kann.",
                ),
            ],
        ),
    ]
}
