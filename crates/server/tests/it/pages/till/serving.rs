//! Who serves at the till (`PIN-1` to `PIN-6`): the pad, somebody's turn, and a manager on the spot.

use super::{Shop, on_both};
use crate::support::books::{Engine, id};
use crate::support::browser::{Browser, Shown};
use domain::ids::{CardId, StaffId};
use domain::pin::{Policies, Policy};
use domain::terms::Terms;
use server::audit_log::Who;
use server::pins::{self, Pin};

pub(super) const PIN: &str = "4718";
const OTHER_PIN: &str = "8351";
pub(super) const MANAGER_PIN: &str = "471829";

/// A shop whose programs ask for PINs, its till, and who serves there.
pub(super) struct Staffed {
    pub(super) shop: Shop,
    pub(super) mina: StaffId,
    pub(super) odile: StaffId,
}

impl Staffed {
    pub(super) async fn open(engine: Engine, change: impl FnOnce(&mut Terms)) -> Self {
        let shop = Shop::open(engine, |terms| {
            (terms.stamp_cooldown_minutes, terms.daily_stamp_cap) = (0, 0);
            terms.pin_policy = Policies::USUAL;
            change(terms);
        })
        .await;
        let mina = hire(&shop, "Mina", "cashier", PIN).await;
        let odile = hire(&shop, "Odile", "manager", MANAGER_PIN).await;
        // What readers cached a moment ago is old by now.
        pass_minutes(&shop, 1);
        Self { shop, mina, odile }
    }

    pub(super) async fn card(&self) -> CardId {
        self.shop.books.enroll(self.shop.books.programs[0]).await
    }

    /// Presses a button in a browser, with what the pad adds to the form.
    pub(super) async fn press(&self, till: &Browser, (card, what): (CardId, &str), fields: &[(&str, &str)]) -> Shown {
        let key = id().to_string();
        let fields = [&[("idempotency_key", &*key)], fields].concat();
        till.post(&format!("/till/cards/{card}/{what}"), &fields).await
    }

    /// The till after somebody showed a PIN for a stamp: its browser keeps what it is told to keep.
    pub(super) async fn in_turn(&self, card: CardId, staff: StaffId, pin: &str) -> Browser {
        let staff = staff.to_string();
        let given = self
            .press(&self.shop.till, (card, "stamps"), &[("staff", &staff), ("pin", pin)])
            .await;
        assert_eq!(given.tone(), Some("yes"), "{given:?}");
        let cookie = given.cookie.unwrap();
        assert!(
            cookie.starts_with("trei_turn=")
                && cookie.contains("; Path=/till; Max-Age=300; HttpOnly; SameSite=Lax; Secure"),
            "{cookie}"
        );
        let mut till = self.shop.till.clone();
        till.cookie = format!("{}; {}", till.cookie, cookie.split(';').next().unwrap());
        till
    }

    /// A stamp with a name and a PIN.
    async fn shows(&self, card: CardId, staff: &str, pin: &str) -> Shown {
        let fields = [("staff", staff), ("pin", pin)];
        self.press(&self.shop.till, (card, "stamps"), &fields).await
    }

    async fn stamps(&self, card: CardId) -> bool {
        self.shop.card(card).await.says("1 of 10 stamps")
    }
}

fn pass_minutes(shop: &Shop, minutes: i64) {
    let clock = &shop.books.clock;
    clock.set(clock.now().plus_minutes(minutes));
}

pub(super) async fn hire(shop: &Shop, name: &str, role: &str, pin: &str) -> StaffId {
    let pin = Pin::typed(pin);
    let (who, about) = (Who::console(), (name, role, &[shop.books.store][..]));
    let added = pins::add(&shop.app, who, shop.books.merchant, about, Some((&pin, false))).await;
    added.unwrap().staff
}

async fn a_press_asks_who_serves_and_keeps_what_was_asked(engine: Engine) {
    let staffed = Staffed::open(engine, |_| {}).await;
    let card = staffed.card().await;
    let pad = staffed
        .press(&staffed.shop.till, (card, "stamps"), &[("count", "1")])
        .await;
    assert_eq!((pad.status.as_u16(), pad.tone()), (200, None));
    assert!(
        pad.says("Who serves?") && pad.says(">Mina<") && pad.says(">Odile<"),
        "{pad:?}"
    );
    assert!(pad.says("type=\"password\"") && pad.says("autocomplete=\"off\""));
    assert_eq!(pad.field("count"), "1");
    assert!(!staffed.stamps(card).await);
    let mina = staffed.mina.to_string();
    let wrong = staffed
        .press(
            &staffed.shop.till,
            (card, "stamps"),
            &[("staff", &mina), ("pin", OTHER_PIN)],
        )
        .await;
    assert_eq!(wrong.status.as_u16(), 401);
    assert!(
        wrong.says("Name and PIN do not belong together here.") && !wrong.says(OTHER_PIN),
        "{wrong:?}"
    );
    assert!(!staffed.stamps(card).await);
    let nobody = StaffId(id()).to_string();
    for (who, pin) in [(&*nobody, PIN), ("", PIN), ("Mina", PIN)] {
        let unknown = staffed
            .press(&staffed.shop.till, (card, "stamps"), &[("staff", who), ("pin", pin)])
            .await;
        assert_eq!(unknown.status.as_u16(), 401, "{who}");
    }
    let till = staffed.in_turn(card, staffed.mina, PIN).await;
    assert!(staffed.stamps(card).await);
    assert!(till.get("/till").await.says("action=\"/till/turn/end\""));
    staffed.shop.books.audited().await;
}

async fn the_same_press_counts_once_whoever_confirms_it(engine: Engine) {
    let staffed = Staffed::open(engine, |_| {}).await;
    let (card, mina) = (staffed.card().await, staffed.mina.to_string());
    let key = id().to_string();
    let fields = [("idempotency_key", &*key), ("staff", &*mina), ("pin", PIN)];
    let path = format!("/till/cards/{card}/stamps");
    let asked = staffed.shop.till.post(&path, &fields[..1]).await;
    assert_eq!(asked.field("idempotency_key"), key);
    for status in [201, 200] {
        assert_eq!(staffed.shop.till.post(&path, &fields).await.status.as_u16(), status);
    }
    assert!(staffed.stamps(card).await);
}

async fn a_turn_earns_and_asks_again_where_value_leaves(engine: Engine) {
    let staffed = Staffed::open(engine, |terms| terms.stamp_target = 2).await;
    let (card, mina) = (staffed.card().await, staffed.mina.to_string());
    let till = staffed.in_turn(card, staffed.mina, PIN).await;
    let full = staffed.press(&till, (card, "stamps"), &[]).await;
    assert_eq!(full.tone(), Some("yes"), "{full:?}");
    assert!(full.says("Mina") && full.cookie.is_some(), "the turn goes on");
    let event = full.field("event");
    let fields = [("event", &*event), ("reason", "mistake")];
    let void = staffed.press(&till, (card, "voids"), &fields).await;
    assert!(void.tone().is_none() && void.says("Who serves?"), "{void:?}");
    assert!(void.says(&format!("value=\"{mina}\" required checked")), "{void:?}");
    // Five minutes without a press, and it is nobody's turn.
    pass_minutes(&staffed.shop, 6);
    assert!(staffed.press(&till, (card, "stamps"), &[]).await.says("Who serves?"));
    // Handed over.
    let card = staffed.card().await;
    let till = staffed.in_turn(card, staffed.mina, PIN).await;
    let ended = till.post("/till/turn/end", &[]).await;
    assert!(ended.cookie.unwrap().contains("trei_turn=; Path=/till; Max-Age=0"));
}

async fn a_turn_ends_with_its_pin(engine: Engine) {
    let staffed = Staffed::open(engine, |_| {}).await;
    let card = staffed.card().await;
    let till = staffed.in_turn(card, staffed.mina, PIN).await;
    let other = Pin::typed(OTHER_PIN);
    let (app, merchant) = (&staffed.shop.app, staffed.shop.books.merchant);
    pins::reset(app, Who::console(), merchant, staffed.mina, (&other, false))
        .await
        .unwrap();
    let asked = staffed.press(&till, (card, "stamps"), &[]).await;
    assert!(asked.tone().is_none() && asked.says("Who serves?"), "{asked:?}");
}

async fn too_many_wrong_tries_close_the_pad_for_a_while(engine: Engine) {
    let staffed = Staffed::open(engine, |_| {}).await;
    let (card, mina) = (staffed.card().await, staffed.mina.to_string());
    let mut last = None;
    for _ in 0..5 {
        last = Some(staffed.shows(card, &mina, OTHER_PIN).await);
    }
    let last = last.unwrap();
    assert_eq!(last.status.as_u16(), 423, "{last:?}");
    assert!(last.says("Too many wrong tries. It works again from "), "{last:?}");
    // The right one does not help now, and a manager is not locked out by it.
    assert_eq!(staffed.shows(card, &mina, PIN).await.status.as_u16(), 423);
    staffed.in_turn(card, staffed.odile, MANAGER_PIN).await;
}

async fn where_a_pin_may_be_absent_nobody_asks_and_a_wrong_one_is_refused(engine: Engine) {
    let optional = |terms: &mut Terms| terms.pin_policy.earn = Policy::Optional;
    let staffed = Staffed::open(engine, optional).await;
    let (card, mina) = (staffed.card().await, staffed.mina.to_string());
    let free = staffed.press(&staffed.shop.till, (card, "stamps"), &[]).await;
    assert_eq!((free.tone(), free.cookie.as_deref()), (Some("yes"), None));
    let wrong = staffed.shows(card, &mina, OTHER_PIN).await;
    assert_eq!(wrong.status.as_u16(), 401);
    assert!(wrong.says("Go on without a PIN"), "{wrong:?}");
    let alone = [("staff", &*mina), ("without", "1")];
    let without = staffed.press(&staffed.shop.till, (card, "stamps"), &alone).await;
    assert_eq!(without.tone(), Some("yes"));
}

async fn somebody_may_say_who_serves_before_anything_is_pressed(engine: Engine) {
    let staffed = Staffed::open(engine, |_| {}).await;
    let mina = staffed.mina.to_string();
    assert!(staffed.shop.till.get("/till").await.says("href=\"/till/turn\""));
    assert!(staffed.shop.till.get("/till/turn").await.says("Who serves?"));
    let wrong = staffed
        .shop
        .till
        .post("/till/turn", &[("staff", &mina), ("pin", OTHER_PIN)])
        .await;
    assert_eq!((wrong.status.as_u16(), wrong.cookie), (401, None));
    let begun = staffed
        .shop
        .till
        .post("/till/turn", &[("staff", &mina), ("pin", PIN)])
        .await;
    assert_eq!((begun.status.as_u16(), begun.location.as_deref()), (303, Some("/till")));
    assert!(begun.cookie.unwrap().starts_with("trei_turn=ses_"));
}

async fn whoever_chooses_another_pin_shows_the_one_before(engine: Engine) {
    let staffed = Staffed::open(engine, |_| {}).await;
    let (card, mina) = (staffed.card().await, staffed.mina.to_string());
    let (app, merchant) = (&staffed.shop.app, staffed.shop.books.merchant);
    pins::reset(app, Who::console(), merchant, staffed.mina, (&Pin::typed("6149"), true))
        .await
        .unwrap();
    let begun = staffed
        .shop
        .till
        .post("/till/turn", &[("staff", &mina), ("pin", "6149")])
        .await;
    assert_eq!(begun.location.as_deref(), Some("/till/pin?must=1"));
    // Also whoever shows it for a press, without a turn, is told; nobody is held up for it.
    let pressed = staffed.shows(staffed.card().await, &mina, "6149").await;
    assert_eq!(pressed.tone(), Some("yes"));
    assert!(pressed.says("href=\"/till/pin?must=1\""), "{pressed:?}");
    assert!(
        staffed
            .shop
            .till
            .get("/till/pin?must=1")
            .await
            .says("Please choose a PIN of your own")
    );
    let typed = |old: &'static str, pin: &'static str, again: &'static str| {
        let (mina, till) = (mina.clone(), staffed.shop.till.clone());
        async move {
            let fields = [("staff", &*mina), ("old", old), ("pin", pin), ("again", again)];
            till.post("/till/pin", &fields).await
        }
    };
    for (old, pin, again, status, field) in [
        ("", OTHER_PIN, OTHER_PIN, 403, "old_error"),
        ("9999", OTHER_PIN, OTHER_PIN, 401, "old_error"),
        ("6149", OTHER_PIN, "8315", 422, "again_error"),
        ("6149", "2222", "2222", 422, "pin_error"),
        ("6149", PIN, PIN, 422, "pin_error"),
    ] {
        let refused = typed(old, pin, again).await;
        assert_eq!(refused.status.as_u16(), status, "{refused:?}");
        assert!(refused.says(&format!("id=\"{field}\"")), "{refused:?}");
        assert!(!refused.says("9999") && !refused.says("2222"), "{refused:?}");
    }
    assert_eq!(typed("6149", OTHER_PIN, OTHER_PIN).await.status.as_u16(), 303);
    assert_eq!(staffed.shows(card, &mina, "6149").await.status.as_u16(), 401);
    let own = staffed.shows(card, &mina, OTHER_PIN).await;
    assert_eq!(own.tone(), Some("yes"));
    assert!(!own.says("/till/pin?must=1"), "{own:?}");
}

async fn opening_a_card_asks_where_the_program_does(engine: Engine) {
    let staffed = Staffed::open(engine, |terms| terms.pin_policy.enroll = Policy::Required).await;
    let (program, mina) = (staffed.shop.books.programs[0].to_string(), staffed.mina.to_string());
    let key = id().to_string();
    let fields = [
        ("program", &*program),
        ("nameless", "1"),
        ("terms", "1"),
        ("idempotency_key", &*key),
        ("staff", &*mina),
        ("pin", PIN),
    ];
    let asked = staffed.shop.till.post("/till/enrolments", &fields[..4]).await;
    assert!(asked.says("Who serves?") && asked.field("terms") == "1", "{asked:?}");
    let opened = staffed.shop.till.post("/till/enrolments", &fields).await;
    assert_eq!(opened.status.as_u16(), 303, "{opened:?}");
    assert_eq!(staffed.shop.books.audited().await.cards, 1);
}

on_both!(
    whoever_chooses_another_pin_shows_the_one_before,
    a_press_asks_who_serves_and_keeps_what_was_asked,
    the_same_press_counts_once_whoever_confirms_it,
    a_turn_earns_and_asks_again_where_value_leaves,
    a_turn_ends_with_its_pin,
    too_many_wrong_tries_close_the_pad_for_a_while,
    where_a_pin_may_be_absent_nobody_asks_and_a_wrong_one_is_refused,
    somebody_may_say_who_serves_before_anything_is_pressed,
    opening_a_card_asks_where_the_program_does,
);
