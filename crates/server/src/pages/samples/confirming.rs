//! A till that waits for an invented customer.

use super::till::{bar, till_page};
use super::{Sample, reward_name, sample};
use crate::locale::Locale;
use crate::pages::page::Theme;
use crate::pages::till::confirming::{ConfirmingPage, Standing};

pub fn all(locale: Locale, theme: Theme) -> Vec<Sample> {
    let page = |standing| ConfirmingPage {
        page: till_page(locale, theme, 0),
        bar: bar(),
        card: "card_01sample".to_owned(),
        address: "/style/till-confirming/waiting".to_owned(),
        who: "Mina K.".to_owned(),
        what: reward_name(locale),
        standing,
        kept: vec![("reward".to_owned(), "rew_01sample".to_owned())],
        proof: "cnf_01sample".to_owned(),
        idempotency_key: "sample".to_owned(),
    };
    let of = |name, standing| sample("till-confirming", name, &page(standing));
    vec![
        of("waiting", Standing::Waiting),
        of("yes", Standing::Yes),
        of("no", Standing::No),
        of("over", Standing::Over),
    ]
}
