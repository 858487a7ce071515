//! What tills of an invented merchant ask for at least.

use super::people::{bar, house};
use super::{Sample, sample};
use crate::locale::Locale;
use crate::pages::back::floors::{self, FloorPage};
use crate::pages::page::Theme;
use crate::permissions::Role;
use domain::pin::Policies;

pub fn all(locale: Locale, theme: Theme) -> Vec<Sample> {
    let text = locale.messages();
    let set = FloorPage {
        page: house(locale, theme, text.floor_title("Bäckerei Wester"), "/operator"),
        bar: bar(locale, Role::OperatorOwner, "Trei"),
        address: "/operator/merchants/wester/floor".to_owned(),
        rows: floors::rows(text, &Policies::USUAL),
        next: "/operator",
        fresh: true,
        done: true,
    };
    let stale = FloorPage {
        fresh: false,
        done: false,
        ..set.clone()
    };
    vec![sample("floor", "set", &set), sample("floor", "stale", &stale)]
}
