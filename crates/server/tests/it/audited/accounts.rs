//! What people who sign in need before a case is tried: second factors, passkeys, invitations.

use super::PASSWORD;
use super::list::Case;
use super::ready::{Ready, Walk};
use crate::support::books::id;
use crate::support::device::{Device, Manner};
use crate::support::site::Between;
use crate::support::street::Shown;
use http::Method;
use serde_json::Value;
use server::people::invitations::{Invited, invite};
use server::permissions::Role;
use totp_rs::{Builder, Secret};

/// A code that is not right.
const WRONG: &str = "000000";
/// A device as it should be, at the street's name.
const MANNER: Manner = Manner {
    origin: "https://trei.example",
    verifies: true,
    counter: 0,
};

impl Walk {
    /// What a case about an account needs.
    pub async fn account(&self, case: &Case, plain: Ready) -> Ready {
        let (name, is_refused) = (&*case.name, case.is_refused());
        match name {
            "POST /account/factor/code" => {
                let (shown, code) = self.begun_factor().await;
                let code = if is_refused { WRONG.to_owned() } else { code };
                plain.by(shown).with("code", code)
            }
            "POST /account/factor/end" | "POST /account/recovery-codes" => {
                let (_, shown, _) = self.with_factor().await;
                plain.by(shown)
            }
            "POST /signin/code" => {
                let (address, _, codes) = self.with_factor().await;
                let fields = [("address", &*address), ("password", PASSWORD)];
                let halfway = self.post(&Shown::Nothing, "/signin", &fields).await;
                assert_eq!(halfway.header("location"), "/signin/code");
                let cookie = halfway.header("set-cookie").split(';').next().unwrap();
                let code = if is_refused { WRONG } else { &codes[0] };
                plain.by(Shown::Cookie(cookie.to_owned())).with("code", code)
            }
            "POST /account/passkeys" => {
                let (ceremony, options) = self.asked(&plain.shown, "/account/passkeys/options").await;
                let answer = Device::new(b"another").makes(&options, MANNER);
                let ready = plain.with("ceremony", ceremony).with("answer", answer);
                ready.with("name", "Telefon")
            }
            "POST /account/proof/passkey" | "POST /signin/passkey" => {
                let (shown, device) = self.with_device().await;
                let shown = if name.contains("proof") { shown } else { Shown::Nothing };
                let (ceremony, options) = self.asked(&Shown::Nothing, "/signin/passkey/options").await;
                let answer = device.shows(&options, MANNER);
                let answer = if is_refused {
                    answer.replace("signature", "nothing")
                } else {
                    answer
                };
                plain.by(shown).with("ceremony", ceremony).with("answer", answer)
            }
            "POST /account/sessions/{session}/end" => {
                let (session, _) = self.street.owner.signed_in(&self.street.site).await;
                plain.at(format!("/account/sessions/{session}/end"))
            }
            "POST /welcome/{link}" => {
                let invited = Invited {
                    merchant: self.street.victim.merchant,
                    role: Role::Viewer,
                    stores: Vec::new(),
                    address: Some("follows@marked.example".to_owned()),
                };
                let path = invite(&self.street.site.app, invited).await.unwrap();
                plain.by(Shown::Nothing).at(path)
            }
            _ => plain,
        }
    }

    /// A browser in which a second factor is being set up, and the code that takes it.
    async fn begun_factor(&self) -> (Shown, String) {
        let shown = self.somebody().await.shown(&self.street.site).await;
        (shown.clone(), self.factor_code(&shown).await)
    }

    /// The code of a second factor that somebody begins to set up.
    async fn factor_code(&self, shown: &Shown) -> String {
        self.post(shown, "/account/factor", &[]).await.is(303);
        let page = self
            .street
            .call(shown, Method::GET, "/account/factor", &Value::Null)
            .await;
        let key = page.is(200).text.between("class=\"seed-typed\">", "<").replace(' ', "");
        let totp = Builder::new().with_secret(Secret::try_from_base32(key).unwrap());
        let seconds = self.street.site.app.clock.now().0 / 1_000_000;
        let totp = totp.build().unwrap();
        totp.generate(u64::try_from(seconds).unwrap()).to_string()
    }

    /// Somebody with a second factor: their address, a browser of theirs, their recovery codes.
    async fn with_factor(&self) -> (String, Shown, Vec<String>) {
        let person = self.somebody().await;
        let shown = person.shown(&self.street.site).await;
        let code = self.factor_code(&shown).await;
        let taken = self.post(&shown, "/account/factor/code", &[("code", &code)]).await;
        let list = taken.is(200).text.between("recovery-codes", "</ul>");
        let codes = list
            .split("<code>")
            .skip(1)
            .map(|piece| piece.split('<').next().unwrap().to_owned());
        (person.address, shown, codes.collect())
    }

    /// Somebody's browser, and the device that signs them in.
    async fn with_device(&self) -> (Shown, Device) {
        let shown = self.somebody().await.shown(&self.street.site).await;
        let (ceremony, options) = self.asked(&shown, "/account/passkeys/options").await;
        let mut device = Device::new(id().as_bytes());
        let answer = device.makes(&options, MANNER);
        let fields = [("name", "Telefon"), ("ceremony", &*ceremony), ("answer", &answer)];
        self.post(&shown, "/account/passkeys", &fields).await.is(303);
        (shown, device)
    }

    /// What a device is asked for.
    async fn asked(&self, shown: &Shown, path: &str) -> (String, Value) {
        let asked = self.post(shown, path, &[]).await;
        let told: Value = serde_json::from_str(&asked.is(200).text).unwrap();
        (told["ceremony"].as_str().unwrap().to_owned(), told["publicKey"].clone())
    }
}
