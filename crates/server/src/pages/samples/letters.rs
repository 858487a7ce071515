//! Invented pages of customers who sign in by a letter, and of the mailbox.
//!
//! Owns: these pages in their states. Must not know: anything real.

use super::{MINUTE, NOW_AT, Sample, card, page, sample, shops};
use crate::locale::Locale;
use crate::mail::{Content, Letter, Purpose};
use crate::pages::mailbox::{MailboxPage, Shown};
use crate::pages::my::{AskPage, CardsPage, CodePage, LinkPage, OwnCard};
use crate::pages::page::{Page, Theme};

const HOME: &str = "/my/wester";

pub fn all(locale: Locale, theme: Theme) -> Vec<Sample> {
    let text = locale.messages();
    let shop = |title: String, path: &str| page(locale, theme, Some(shops()[0].clone()), &title, path);
    let ask = |name: &str, trouble: Option<String>| AskPage {
        page: shop(text.my_title(), &format!("/style/my-ask/{name}")),
        action: HOME.to_owned(),
        typed: trouble.as_ref().map(|_| "mina@".to_owned()).unwrap_or_default(),
        trouble,
    };
    let code = |name: &str, trouble: Option<String>| CodePage {
        page: shop(text.my_code_title(), &format!("/style/my-code/{name}")),
        home: HOME.to_owned(),
        attempt: "sample".to_owned(),
        trouble,
    };
    let cards = |name: &str, cards: Vec<OwnCard>| CardsPage {
        page: shop(text.my_title(), &format!("/style/my-cards/{name}")),
        cards,
        home: HOME.to_owned(),
    };
    let own = OwnCard {
        card: card(0),
        link: "/style/storefront-card/stamps".to_owned(),
    };
    let link = LinkPage {
        page: shop(text.my_title(), "/style/my-link/link"),
        action: "/s/sample".to_owned(),
    };
    let house = |name: &str| {
        page(
            locale,
            theme,
            None,
            &text.mailbox_title(),
            &format!("/style/mailbox/{name}"),
        )
    };
    vec![
        sample("my-ask", "empty", &ask("empty", None)),
        sample("my-ask", "wrong", &ask("wrong", Some(text.error_invalid_email()))),
        sample("my-code", "empty", &code("empty", None)),
        sample("my-code", "wrong", &code("wrong", Some(text.my_code_wrong()))),
        sample("my-link", "link", &link),
        sample("my-cards", "one", &cards("one", vec![own])),
        sample("my-cards", "none", &cards("none", Vec::new())),
        sample("mailbox", "empty", &mailbox(house("empty"), Vec::new())),
        sample("mailbox", "one", &mailbox(house("one"), vec![shown(locale)])),
    ]
}

fn mailbox(page: Page, letters: Vec<Shown>) -> MailboxPage {
    MailboxPage { page, letters }
}

fn shown(locale: Locale) -> Shown {
    let content = Content {
        to: "mina@example.lu".to_owned(),
        merchant: shops()[0].name.clone(),
        link: Some("https://shop.example/s/sample".to_owned()),
        code: Some("123456".to_owned()),
    };
    let purpose = Purpose::SignIn;
    let letter = Letter {
        purpose,
        locale,
        content,
    };
    Shown {
        at: NOW_AT - 3 * MINUTE,
        to: letter.to().to_owned(),
        written: letter.written(),
        link: Some("/s/sample".to_owned()),
        code: letter.content.code,
    }
}
