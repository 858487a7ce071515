//! Where letters go, as set. It must not know how they are sent.

use super::InvalidSetting;
use std::fmt;
use std::net::IpAddr;
use url::{Host, Url};

/// An SMTP server and who writes. Prints nothing of the address: it may hold a password.
#[derive(Clone)]
pub struct MailSettings {
    /// The server: `smtp://…`, `smtps://…`, with a user and a password if it wants them.
    pub url: String,
    /// The address that letters come from.
    pub from: String,
}

impl fmt::Debug for MailSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "MailSettings(…, {})", self.from)
    }
}

/// Reads the settings; the address of the server may stand in a file.
///
/// # Errors
/// The first one that cannot be used.
pub(super) fn settings(
    url: Option<String>,
    file: Option<String>,
    from: Option<String>,
) -> Result<Option<MailSettings>, InvalidSetting> {
    let (name, url) = match (url, file) {
        (Some(url), _) => ("LOYALTY_SMTP_URL", url),
        (None, Some(file)) => {
            let name = "LOYALTY_SMTP_URL_FILE";
            let read = std::fs::read_to_string(&file);
            let read = read.map_err(|error| InvalidSetting::new(name, format!("cannot read `{file}`: {error}")));
            (name, read?)
        }
        (None, None) => return Ok(None),
    };
    let url = url.trim().to_owned();
    let known = Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "smtp" | "smtps") && url.has_host());
    if !known {
        // Not repeated: it may hold a password.
        let sentence = "it is not the address of a mail server, such as smtps://user:password@mail.example:465";
        return Err(InvalidSetting::new(name, sentence));
    }
    if is_exposed(&url) {
        let sentence = "its password would travel in the clear: use smtps://, or add ?tls=required";
        return Err(InvalidSetting::new(name, sentence));
    }
    let sender = "LOYALTY_MAIL_FROM";
    let from = from.ok_or_else(|| InvalidSetting::new(sender, "letters need an address they come from"))?;
    if from.parse::<lettre::Address>().is_err() {
        let sentence = format!("`{from}` is not a mail address, such as cards@shop.example");
        return Err(InvalidSetting::new(sender, sentence));
    }
    Ok(Some(MailSettings { url, from }))
}

/// Whether a password may leave this machine in the clear: `opportunistic` encrypts only if nobody in between minds.
fn is_exposed(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let local = match url.host() {
        // Of a scheme that browsers do not know, every host is a name.
        Some(Host::Domain(name)) => {
            let address = name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
            name.eq_ignore_ascii_case("localhost") || address
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let encrypted = url.scheme() == "smtps" || url.query_pairs().any(|pair| pair == ("tls".into(), "required".into()));
    url.password().is_some() && !local && !encrypted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_needs_a_sender_and_is_never_printed() {
        let text = |text: &str| Some(text.to_owned());
        let good = settings(text("smtps://me:hidden@mail.example"), None, text("cards@shop.example"));
        let printed = format!("{:?}", good.unwrap().unwrap());
        assert!(!printed.contains("hidden"), "{printed}");
        for good in [
            "smtp://me:hidden@mail.example:587?tls=required",
            "smtp://me:hidden@localhost:1025",
            "smtp://me:hidden@127.0.0.1:1025",
            "smtp://me:hidden@[::1]:1025",
        ] {
            assert!(settings(text(good), None, text("cards@shop.example")).is_ok(), "{good}");
        }
        assert!(settings(None, None, text("cards@shop.example")).unwrap().is_none());
        for (url, from, wrong) in [
            (
                text("http://me:hidden@mail.example"),
                text("cards@shop.example"),
                "LOYALTY_SMTP_URL",
            ),
            (text("smtp://mail.example"), None, "LOYALTY_MAIL_FROM"),
            (
                text("smtp://me:hidden@mail.example?tls=opportunistic"),
                text("cards@shop.example"),
                "LOYALTY_SMTP_URL",
            ),
            (text("smtp://mail.example"), text("nobody"), "LOYALTY_MAIL_FROM"),
        ] {
            let error = settings(url, None, from).unwrap_err();
            assert_eq!(error.name, wrong);
            assert!(!error.to_string().contains("hidden"));
        }
    }
}
