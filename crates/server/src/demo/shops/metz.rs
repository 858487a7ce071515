//! A bookshop in Metz: points in the shop and in its web shop, with returns.

use super::{ProgramFacts, ProgramTexts, RewardFacts, Shop};
use crate::demo::calendar::{Country, Hours};
use domain::program::ProgramKind;
use domain::quantity::Unit;
use domain::reward::{Conditions, Cost, LimitPeriod, RewardKind};
use domain::terms::Terms;

/// What the program is called and how it works, in the order of the languages.
const TEXTS: ProgramTexts = [
    (
        "Reader’s card",
        "One point for every euro, in the shop and online.",
        "Every full euro brings one point. From fifty points on they pay up to half of a purchase: each point is worth five cents.",
    ),
    (
        "Carte du lecteur",
        "Un point pour chaque euro, en librairie et en ligne.",
        "Chaque euro entier rapporte un point. À partir de cinquante points, ils paient jusqu’à la moitié d’un achat\u{a0}: un point vaut cinq centimes.",
    ),
    (
        "Leserkarte",
        "Ein Punkt für jeden Euro, im Laden und im Netz.",
        "Jeder volle Euro bringt einen Punkt. Ab fünfzig Punkten bezahlen sie bis zur Hälfte eines Einkaufs: Ein Punkt ist fünf Cent wert.",
    ),
    (
        "Lieserkaart",
        "Ee Punkt fir all Euro, am Buttek an online.",
        "All vollen Euro bréngt ee Punkt. Vu fofzeg Punkten u bezuele se bis zu d’Hallschent vun engem Akaf: Ee Punkt ass fënnef Cent wäert.",
    ),
];

pub fn shop() -> Shop {
    Shop {
        slug: "quai",
        name: "Librairie du Quai",
        town: "Metz",
        country: "FR",
        holidays: Country::Moselle,
        timezone: "Europe/Paris",
        locale: "fr",
        currency: "EUR",
        colour: "#1f4e79",
        mark: "book-open",
        share: 22,
        stores: &[
            ("QU", "Quai Saint-Pierre", "6, quai Saint-Pierre, 57000 Metz"),
            ("GA", "Gare", "2, place du Général-de-Gaulle, 57000 Metz"),
        ],
        staff: &[
            ("Hélène", "manager"),
            ("Bastien", "cashier"),
            ("Yasmine", "cashier"),
            ("Odile", "cashier"),
        ],
        web_shop: Some("boutique"),
        hours: Hours {
            days: [45, 85, 100, 85, 105, 230, 0],
            months: [88, 84, 92, 94, 98, 104, 82, 86, 134, 100, 116, 196],
            weekday: &[(600, 720, 20), (720, 840, 27), (840, 1020, 22), (1020, 1139, 31)],
            saturday: &[(600, 780, 42), (780, 1139, 58)],
            sunday: &[],
        },
        programs: vec![ProgramFacts {
            slug: "carte-du-lecteur",
            kind: ProgramKind::Points,
            terms: Terms {
                welcome_points: 10,
                redeem_min_points: 50,
                redeem_step: 10,
                redeem_point_value_minor: 5,
                redeem_max_percent_of_order: 50,
                ..Terms::default()
            },
            texts: TEXTS,
            share: 100,
            pace: 62,
            ticket: (690, 4_600),
            rewards: rewards(),
        }],
        apologies: &[
            "Commande arrivée en retard",
            "Livre abîmé, remplacé",
            "Erreur de prix en rayon",
        ],
    }
}

fn rewards() -> Vec<RewardFacts> {
    let mut tote = RewardFacts::free(
        Unit::Point,
        Cost::Fixed(180),
        [
            (
                "The bookshop’s cotton bag",
                "Holds nine paperbacks. While stocks last, one for each reader.",
            ),
            (
                "Le sac en coton de la librairie",
                "Neuf livres de poche y tiennent. Dans la limite du stock, un par lecteur.",
            ),
            (
                "Die Baumwolltasche der Buchhandlung",
                "Fasst neun Taschenbücher. Solange der Vorrat reicht, eine je Leser.",
            ),
            (
                "D’Kotengstut vun der Librairie",
                "Do ginn néng Täschebicher dran. Soulaang der do sinn, eng pro Lieser.",
            ),
        ],
    );
    tote.kind = RewardKind::Gift;
    tote.scarce = true;
    tote.conditions = Conditions {
        limit: Some((1, LimitPeriod::Ever)),
        ..Conditions::default()
    };
    let mut money = RewardFacts::free(
        Unit::Point,
        Cost::Chosen,
        [
            (
                "Pay with points",
                "You choose how many: in steps of ten, up to half of the purchase.",
            ),
            (
                "Payer avec des points",
                "Vous choisissez combien\u{a0}: par dix, jusqu’à la moitié de l’achat.",
            ),
            (
                "Mit Punkten bezahlen",
                "Sie wählen, wie viele: in Zehnerschritten, bis zur Hälfte des Einkaufs.",
            ),
            (
                "Mat Punkte bezuelen",
                "Dir wielt, wéi vill: an Zéngerschrëtt, bis zu d’Hallschent vum Akaf.",
            ),
        ],
    );
    money.kind = RewardKind::AmountOff;
    let paperback = RewardFacts::free(
        Unit::Point,
        Cost::Fixed(150),
        [
            ("A paperback", "Any paperback from the table of the month."),
            ("Un livre de poche", "Un poche au choix sur la table du mois."),
            ("Ein Taschenbuch", "Ein Taschenbuch nach Wahl vom Tisch des Monats."),
            ("En Täschebuch", "En Täschebuch no Wiel vum Dësch vum Mount."),
        ],
    );
    vec![paperback, money, tote]
}
