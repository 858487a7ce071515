//! Invented pages of a back office.

use super::people::bar;
use super::{MINUTE, NOW_AT, Sample, page, sample, shops};
use crate::audit_log::Action;
use crate::identity::Scope;
use crate::locale::Locale;
use crate::pages::back::approvals::{ApprovalRow, ApprovalsPage};
use crate::pages::back::keys::{self, KeyRow, KeysPage, ScopeChoice};
use crate::pages::back::log::{Choice, LogPage, LogRow};
use crate::pages::back::staff::{PersonPage, StaffPage, StaffRow, Typed};
use crate::pages::back::terminals::{Code, TerminalRow, TerminalsPage};
use crate::pages::back::{StoreChoice, Trouble, words};
use crate::pages::events::Amount;
use crate::pages::page::{Page, Theme};
use crate::permissions::Role;

pub fn all(locale: Locale, theme: Theme) -> Vec<Sample> {
    let mut all = staff(locale, theme);
    all.extend(terminals(locale, theme));
    all.push(approvals(locale, theme));
    all.push(keys(locale, theme));
    all.push(log(locale, theme));
    all
}

pub(super) fn back(locale: Locale, theme: Theme, title: &str, path: &str) -> Page {
    page(locale, theme, Some(shops()[0].clone()), title, path)
}

fn row(locale: Locale, name: &str) -> StaffRow {
    StaffRow {
        id: "stf_01sample".to_owned(),
        name: name.to_owned(),
        role: locale.messages().role_cashier(),
        stores: "Grand-Rue".to_owned(),
        active: true,
        has_pin: true,
        must_change: false,
        locked_until: None,
        used_at: Some(NOW_AT - 12 * MINUTE),
        is_ours: true,
    }
}

pub(super) fn stores() -> Vec<StoreChoice> {
    let store = |name: &str| StoreChoice {
        id: format!("sto_{name}"),
        name: name.to_owned(),
        chosen: false,
    };
    vec![store("Grand-Rue"), store("Belval")]
}

fn staff(locale: Locale, theme: Theme) -> Vec<Sample> {
    let text = locale.messages();
    let one = |name| row(locale, name);
    let locked = StaffRow {
        locked_until: Some(NOW_AT + 15 * MINUTE),
        ..one("Idris Bello")
    };
    let manager = StaffRow {
        role: text.role_staff_manager(),
        stores: text.back_everywhere(),
        ..one("Ada Okafor")
    };
    let fresh = StaffRow {
        has_pin: false,
        used_at: None,
        ..one("Noor Haddad")
    };
    let gone = StaffRow {
        active: false,
        ..one("Tom Ashby")
    };
    let list = StaffPage {
        page: back(locale, theme, &text.back_staff(), "/back/staff"),
        bar: bar(locale, Role::Owner, "Bäckerei Wester"),
        staff: vec![manager, locked.clone(), one("Mina Klein"), fresh, gone],
        stores: stores(),
        digits: (4, 6),
        typed: Typed::default(),
        rules: true,
        fresh: true,
        done: false,
        trouble: None,
    };
    let refused = StaffPage {
        typed: Typed {
            name: "Mina Klein".to_owned(),
            manages: true,
            card: String::new(),
        },
        trouble: Some(Trouble {
            field: "pin",
            code: "pin_weak",
            sentence: text.error_pin_weak(),
        }),
        ..list.clone()
    };
    let person = person(locale, theme, locked);
    let stale = PersonPage {
        fresh: false,
        done: false,
        ..person.clone()
    };
    vec![
        sample("back-staff", "list", &list),
        sample("back-staff", "refused", &refused),
        sample("back-person", "locked", &person),
        sample("back-person", "proof", &stale),
    ]
}

fn person(locale: Locale, theme: Theme, row: StaffRow) -> PersonPage {
    PersonPage {
        page: back(locale, theme, "Idris Bello", "/back/staff/stf_01sample"),
        bar: bar(locale, Role::Owner, "Bäckerei Wester"),
        typed: Typed {
            name: "Idris Bello".to_owned(),
            manages: false,
            card: "4KQ7 29FM X3AY".to_owned(),
        },
        stores: stores(),
        row,
        digits: 4,
        fresh: true,
        done: true,
        trouble: None,
    }
}

fn terminals(locale: Locale, theme: Theme) -> Vec<Sample> {
    let text = locale.messages();
    let till = |name: &str, status: &str, seen_at| TerminalRow {
        id: "trm_01sample".to_owned(),
        name: name.to_owned(),
        store: "Grand-Rue".to_owned(),
        status: status.to_owned(),
        seen_at,
        is_ours: true,
        locked_until: None,
    };
    let list = TerminalsPage {
        page: back(locale, theme, &text.back_terminals(), "/back/terminals"),
        bar: bar(locale, Role::Manager, "Bäckerei Wester"),
        terminals: vec![
            till("T1", "paired", Some(NOW_AT - 3 * MINUTE)),
            TerminalRow {
                locked_until: Some(NOW_AT + 15 * MINUTE),
                ..till("T3", "paired", Some(NOW_AT - MINUTE))
            },
            till("T2", "waiting", None),
            till("T0", "revoked", Some(NOW_AT - 60 * MINUTE)),
        ],
        stores: stores(),
        name: String::new(),
        code: None,
        fresh: true,
        done: false,
        trouble: None,
    };
    let made = TerminalsPage {
        code: Some(Code {
            code: "7K4Q-9M2X".to_owned(),
            name: "T2".to_owned(),
            until: NOW_AT + 10 * MINUTE,
        }),
        ..list.clone()
    };
    vec![
        sample("back-terminals", "list", &list),
        sample("back-terminals", "made", &made),
    ]
}

fn approvals(locale: Locale, theme: Theme) -> Sample {
    let text = locale.messages();
    let row = |points: i64, state| ApprovalRow {
        id: "apr_01sample".to_owned(),
        amount: Amount::points(points),
        card_id: "card_01sample".to_owned(),
        card: "4KQ7 29FM X3".to_owned(),
        who: "Mina Klein".to_owned(),
        is_own: false,
        store: "Grand-Rue".to_owned(),
        reason: "goodwill",
        note: Some("Machine broken, waited half an hour".to_owned()),
        asked_at: NOW_AT - 25 * MINUTE,
        until: NOW_AT + 1_415 * MINUTE,
        state,
    };
    let page = ApprovalsPage {
        page: back(locale, theme, &text.back_approvals(), "/back/approvals"),
        bar: bar(locale, Role::Owner, "Bäckerei Wester"),
        rows: vec![
            row(900, "waiting"),
            ApprovalRow {
                is_own: true,
                ..row(2_500, "waiting")
            },
            row(-600, "denied"),
            row(700, "approved"),
            row(800, "expired"),
        ],
        fresh: true,
        done: false,
        trouble: None,
    };
    sample("back-approvals", "list", &page)
}

fn keys(locale: Locale, theme: Theme) -> Sample {
    let text = locale.messages();
    let key = |name: &str, revoked| KeyRow {
        id: "key_01sample".to_owned(),
        name: name.to_owned(),
        scopes: "cards:read earn redeem".to_owned(),
        stores: "Grand-Rue".to_owned(),
        networks: "192.0.2.7".to_owned(),
        expires_at: None,
        used_at: Some(NOW_AT - 5 * MINUTE),
        revoked,
    };
    let scope = |scope: Scope| ScopeChoice {
        code: scope.code(),
        chosen: scope == Scope::Earn,
    };
    let page = KeysPage {
        page: back(locale, theme, &text.back_keys(), "/back/keys"),
        bar: bar(locale, Role::Owner, "Bäckerei Wester"),
        keys: vec![key("Webshop", false), key("Old register", true)],
        scopes: Scope::ALL.map(scope).to_vec(),
        stores: stores(),
        typed: keys::Typed::default(),
        token: Some("trei_key_sampleNeverGood".to_owned()),
        fresh: true,
        done: false,
        trouble: None,
    };
    sample("back-keys", "made", &page)
}

fn log(locale: Locale, theme: Theme) -> Sample {
    let text = locale.messages();
    let noted = |action: Action, minutes: i64| LogRow {
        sequence: minutes,
        at: NOW_AT - minutes * MINUTE,
        who: "Anouk Reding".to_owned(),
        actor: "usr_01sample".to_owned(),
        role: text.role_owner(),
        what: words::noted(text, action),
        subject: Some("Mina Klein".to_owned()),
        address: Some("203.0.113.7".to_owned()),
        changes: Vec::new(),
    };
    let added = LogRow {
        changes: vec![
            ("name".to_owned(), String::new(), "Mina Klein".to_owned()),
            ("role".to_owned(), "cashier".to_owned(), "manager".to_owned()),
        ],
        ..noted(Action::StaffAdded, 90)
    };
    let stranger = LogRow {
        who: text.log_stranger(),
        actor: "stranger".to_owned(),
        role: String::new(),
        subject: None,
        ..noted(Action::TerminalPairingRefused, 44)
    };
    let choice = |action: &Action| Choice::new(action.code(), words::noted(text, *action), "");
    let page = LogPage {
        page: back(locale, theme, &text.back_log(), "/back/log"),
        bar: bar(locale, Role::Owner, "Bäckerei Wester"),
        address: "/back/log",
        rows: vec![noted(Action::PinUnlocked, 5), stranger, added],
        actions: Action::ALL.iter().map(choice).collect(),
        people: vec![Choice::new("usr_01sample", "Anouk Reding".to_owned(), "")],
        day: String::new(),
        older: Some("/back/log?before=3".to_owned()),
        query: String::new(),
        exports: true,
    };
    sample("back-log", "list", &page)
}
