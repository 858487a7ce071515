//! Invented pages of people who sign in with a password.
//!
//! Owns: their states. Must not know: anything real.

use super::{DAY, HOUR, NOW_AT, Sample, page, sample, shops};
use crate::locale::Locale;
use crate::pages::page::{Page, Theme};
use crate::pages::people::account::{AccountPage, CodesPage, FactorPage, PasskeyRow, SessionRow};
use crate::pages::people::home::{BackPage, MerchantRow, OperatorPage, ProgramRow, StoreRow};
use crate::pages::people::menu;
use crate::pages::people::permissions::PermissionsPage;
use crate::pages::people::sign_in::{CodePage, ProofPage, SignInPage, Trouble, WelcomePage};
use crate::pages::people::{Bar, words};
use crate::permissions::Role;
use crate::problem::{Code, Problem};

pub fn all(locale: Locale, theme: Theme) -> Vec<Sample> {
    let mut all = entering(locale, theme);
    all.extend(account(locale, theme));
    all.extend(homes(locale, theme));
    all
}

pub(super) fn house(locale: Locale, theme: Theme, title: String, path: &str) -> Page {
    page(locale, theme, None, &title, path)
}

fn trouble(locale: Locale, code: Code) -> Option<Trouble> {
    Some(Trouble {
        code: code.text(),
        sentence: Problem::from(code).sentence(locale),
    })
}

pub(super) fn bar(locale: Locale, role: Role, title: &str) -> Bar {
    Bar {
        title: title.to_owned(),
        home: "/style",
        name: "Anouk Reding".to_owned(),
        role: words::role(locale.messages(), role),
        menu: menu::of(role, true, locale.messages()),
    }
}

fn entering(locale: Locale, theme: Theme) -> Vec<Sample> {
    let text = locale.messages();
    let sign_in = SignInPage {
        page: house(locale, theme, text.signin_title(), "/style/sign-in/first"),
        next: String::new(),
        address: String::new(),
        origin: Some("https://trei.example".to_owned()),
        trouble: None,
    };
    let refused = SignInPage {
        address: "anouk@wester.example".to_owned(),
        trouble: trouble(locale, Code::InvalidCredentials),
        ..sign_in.clone()
    };
    let code = CodePage {
        page: house(locale, theme, text.signin_code_title(), "/style/sign-in-code/first"),
        next: String::new(),
        trouble: None,
    };
    let wrong = CodePage {
        trouble: trouble(locale, Code::MfaInvalid),
        ..code.clone()
    };
    let proof = ProofPage {
        page: house(locale, theme, text.proof_title(), "/style/proof/first"),
        address: "anouk@wester.example".to_owned(),
        next: String::new(),
        origin: None,
        trouble: None,
    };
    let welcome = WelcomePage {
        page: house(locale, theme, text.welcome_title(), "/style/welcome/operator"),
        action: "/style/welcome/operator".to_owned(),
        role: words::role(text, Role::OperatorOwner),
        whose: "Trei".to_owned(),
        known_address: None,
        address: String::new(),
        name: String::new(),
        trouble: None,
    };
    let weak = WelcomePage {
        known_address: Some("anouk@wester.example".to_owned()),
        name: "Anouk Reding".to_owned(),
        trouble: Some(Trouble {
            code: "password_weak",
            sentence: text.password_common(),
        }),
        ..welcome.clone()
    };
    vec![
        sample("sign-in", "first", &sign_in),
        sample("sign-in", "refused", &refused),
        sample("sign-in-code", "first", &code),
        sample("sign-in-code", "wrong", &wrong),
        sample("proof", "first", &proof),
        sample("welcome", "operator", &welcome),
        sample("welcome", "weak", &weak),
    ]
}

fn passkeys() -> Vec<PasskeyRow> {
    vec![
        PasskeyRow {
            end: "/style/account/bare".to_owned(),
            name: "iPhone".to_owned(),
            created_at: NOW_AT - 9 * DAY,
            used_at: Some(NOW_AT - 2 * HOUR),
        },
        PasskeyRow {
            end: "/style/account/bare".to_owned(),
            name: "YubiKey 5C".to_owned(),
            created_at: NOW_AT - DAY,
            used_at: None,
        },
    ]
}

fn account(locale: Locale, theme: Theme) -> Vec<Sample> {
    let text = locale.messages();
    let row = |device: &str, before: i64| SessionRow {
        end: "/style/account/bare".to_owned(),
        device: device.to_owned(),
        address: "192.0.2.7".to_owned(),
        seen_at: NOW_AT - before,
        is_this: before == 0,
    };
    let bare = AccountPage {
        page: house(locale, theme, text.account_title(), "/style/account/bare"),
        bar: bar(locale, Role::OperatorOwner, "Trei"),
        address: "anouk@trei.example".to_owned(),
        has_factor: false,
        codes: 0,
        passkeys: Vec::new(),
        origin: None,
        device: "Firefox · Linux".to_owned(),
        fresh: false,
        refused: false,
        sessions: vec![row("Firefox · Linux", 0)],
        done: false,
        trouble: None,
    };
    let full = AccountPage {
        has_factor: true,
        codes: 1,
        passkeys: passkeys(),
        origin: Some("https://trei.example".to_owned()),
        fresh: true,
        sessions: vec![
            row("Firefox · Linux", 0),
            row("Safari · iPhone", HOUR),
            row("Chrome · Windows", 3 * DAY),
        ],
        done: true,
        trouble: trouble(locale, Code::InvalidCredentials),
        ..bare.clone()
    };
    let factor = FactorPage {
        page: house(locale, theme, text.factor_title(), "/style/factor/first"),
        bar: bare.bar.clone(),
        seed: "otpauth://totp/Trei:anouk%40trei.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Trei".to_owned(),
        typed: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP".to_owned(),
        trouble: None,
    };
    let wrong = FactorPage {
        trouble: trouble(locale, Code::MfaInvalid),
        ..factor.clone()
    };
    let codes = CodesPage {
        page: house(locale, theme, text.codes_title(), "/style/recovery-codes/new"),
        bar: bare.bar.clone(),
        codes: ["4KQ72-9FMX3", "8TR4M-2WC9P", "7XR2K-95DNB", "2WJ6P-H4V8E"]
            .map(str::to_owned)
            .to_vec(),
    };
    vec![
        sample("account", "bare", &bare),
        sample("account", "full", &full),
        sample("factor", "first", &factor),
        sample("factor", "wrong", &wrong),
        sample("recovery-codes", "new", &codes),
    ]
}

fn may(locale: Locale, role: Role) -> Vec<String> {
    let text = locale.messages();
    role.actions().map(|action| words::action(text, action)).collect()
}

fn homes(locale: Locale, theme: Theme) -> Vec<Sample> {
    let text = locale.messages();
    let operator = OperatorPage {
        page: house(locale, theme, text.operator_title(), "/style/operator/full"),
        bar: bar(locale, Role::OperatorOwner, "Trei"),
        invites: true,
        floors: true,
        merchants: shops()
            .into_iter()
            .enumerate()
            .map(|(place, look)| MerchantRow {
                look,
                active: place != 2,
            })
            .collect(),
        may: may(locale, Role::OperatorOwner),
    };
    let empty = OperatorPage {
        merchants: Vec::new(),
        ..operator.clone()
    };
    let [shop, ..] = shops();
    let back = BackPage {
        bar: bar(locale, Role::Manager, &shop.name),
        page: page(
            locale,
            theme,
            Some(shop),
            &text.home_merchants_title(),
            "/style/back/full",
        ),
        stores: vec![
            StoreRow {
                name: "Grand-Rue".to_owned(),
                code: "GR".to_owned(),
                open: true,
            },
            StoreRow {
                name: "Gare".to_owned(),
                code: "GA".to_owned(),
                open: false,
            },
        ],
        programs: vec![ProgramRow {
            name: "Kaffiskaart".to_owned(),
            join: "/style/storefront-join/open".to_owned(),
        }],
        may: may(locale, Role::Manager),
    };
    let permissions = PermissionsPage {
        page: house(locale, theme, text.permissions_title(), "/style/permissions/all"),
    };
    vec![
        sample("operator", "full", &operator),
        sample("operator", "empty", &empty),
        sample("back", "full", &back),
        sample("permissions", "all", &permissions),
    ]
}
