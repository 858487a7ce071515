//! Invented pages of who signs in.
//!
//! Owns: their states. Must not know: anything real.

use super::back::back;
use super::people::bar;
use super::{DAY, HOUR, NOW_AT, Sample, sample};
use crate::locale::Locale;
use crate::pages::back::log::Choice;
use crate::pages::back::users::{InvitedRow, Made, UserPage, UserRow, UsersPage};
use crate::pages::back::{StoreChoice, Trouble};
use crate::pages::page::Theme;
use crate::pages::people::words;
use crate::permissions::{Group, Role};
use crate::problem::{Code, Problem};

pub fn all(locale: Locale, theme: Theme) -> Vec<Sample> {
    let text = locale.messages();
    let page = back(locale, theme, &text.back_users(), "/back/users");
    let list = UsersPage {
        bar: bar(locale, Role::Owner, "Bäckerei Wester"),
        address: "/back/users".to_owned(),
        next: "/back/users",
        manage: true,
        lead: text.back_users_lead(),
        users: rows(locale),
        invited: vec![
            waits(locale, "carla", Some(NOW_AT + 20 * HOUR)),
            waits(locale, "denis", None),
        ],
        roles: roles(locale, Role::Viewer),
        stores: stores(),
        typed: String::new(),
        made: None,
        fresh: true,
        done: false,
        trouble: None,
        page,
    };
    let made = UsersPage {
        made: Some(Made {
            address: "carla@wester.example".to_owned(),
            link: "https://trei.example/welcome/sampleNeverGood".to_owned(),
            until: NOW_AT + DAY,
        }),
        ..list.clone()
    };
    let one = UserPage {
        page: back(locale, theme, "Bettina", "/back/users/usr_01sample"),
        bar: list.bar.clone(),
        address: "/back/users".to_owned(),
        next: "/back/users",
        row: rows(locale)[1].clone(),
        roles: roles(locale, Role::Manager),
        stores: stores(),
        fresh: true,
        done: false,
        trouble: Some(Trouble {
            field: "",
            code: Code::LastOwner.text(),
            sentence: Problem::from(Code::LastOwner).sentence(locale),
        }),
    };
    let stale = UserPage {
        fresh: false,
        trouble: None,
        ..one.clone()
    };
    vec![
        sample("back-users", "list", &list),
        sample("back-users", "made", &made),
        sample("back-user", "refused", &one),
        sample("back-user", "stale", &stale),
    ]
}

fn waits(locale: Locale, name: &str, until: Option<i64>) -> InvitedRow {
    InvitedRow {
        address: format!("{name}@wester.example"),
        role: words::role(locale.messages(), Role::Manager),
        role_code: Role::Manager.code(),
        stores: Vec::new(),
        until,
    }
}

fn rows(locale: Locale) -> Vec<UserRow> {
    let text = locale.messages();
    let row = |name: &str, role: Role, number: i64| UserRow {
        id: format!("usr_0{number}sample"),
        name: name.to_owned(),
        address: format!("{}@wester.example", name.to_lowercase()),
        role: words::role(text, role),
        stores: if number == 1 {
            "Grand-Rue".to_owned()
        } else {
            text.back_everywhere()
        },
        active: number != 2,
        has_factor: number == 0,
        seen_at: (number < 1).then_some(NOW_AT - HOUR),
        is_self: number == 0,
    };
    vec![
        row("Anouk", Role::Owner, 0),
        row("Bettina", Role::Manager, 1),
        row("Claude", Role::Accountant, 2),
    ]
}

fn roles(locale: Locale, chosen: Role) -> Vec<Choice> {
    let choice = |role: Role| Choice::new(role.code(), words::role(locale.messages(), role), chosen.code());
    Group::Users.roles().map(choice).collect()
}

fn stores() -> Vec<StoreChoice> {
    let store = |name: &str, chosen| StoreChoice {
        id: format!("sto_{}", name.to_lowercase()),
        name: name.to_owned(),
        chosen,
    };
    vec![store("Grand-Rue", true), store("Belval", false)]
}
