//! Handing letters to an SMTP server. It must not know why they were written or what becomes of those it cannot send.

use super::Letter;
use crate::config::MailSettings;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::time::Duration;
use uuid::Uuid;

/// How long a server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Who hands letters to the server.
pub struct Postman {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Address,
}

/// Why a letter was not sent. Its causes may repeat the recipient: log its [`SendError::kind`] only.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The setting of the server or the sender cannot be used.
    #[error("the settings of the mail server cannot be used")]
    Settings,
    /// The letter itself cannot be written as mail.
    #[error("a letter cannot be written as mail")]
    Letter,
    /// The server refused or was not there.
    #[error("the mail server did not take a letter")]
    Server(#[source] smtp::Error),
}

impl SendError {
    /// Whether trying again is of no use.
    pub fn is_hopeless(&self) -> bool {
        match self {
            SendError::Settings => false,
            SendError::Letter => true,
            // Other permanent answers are about the server and its settings, which somebody may mend.
            SendError::Server(error) => error.status().is_some_and(|code| code.to_string().starts_with("55")),
        }
    }

    /// What kind of failure it was, without what the server said.
    pub fn kind(&self) -> String {
        match self {
            SendError::Settings => "settings".to_owned(),
            SendError::Letter => "letter".to_owned(),
            SendError::Server(error) => match error.status() {
                Some(code) => format!("the server answered {code}"),
                None if error.is_timeout() => "timeout".to_owned(),
                None if error.is_tls() => "tls".to_owned(),
                None => "no connection".to_owned(),
            },
        }
    }
}

impl Postman {
    /// For the settings.
    ///
    /// # Errors
    /// [`SendError::Settings`].
    pub fn new(settings: &MailSettings) -> Result<Self, SendError> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&settings.url).map_err(|_| SendError::Settings)?;
        Ok(Self {
            transport: builder.timeout(Some(PATIENCE)).build(),
            from: settings.from.parse().map_err(|_| SendError::Settings)?,
        })
    }

    /// Sends a letter. Its id becomes the message's, so that a server that got it twice can tell.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send(&self, id: Uuid, letter: &Letter) -> Result<(), SendError> {
        let message = self.message(id, letter).ok_or(SendError::Letter)?;
        self.transport.send(message).await.map_err(SendError::Server)?;
        Ok(())
    }

    fn message(&self, id: Uuid, letter: &Letter) -> Option<Message> {
        let written = letter.written();
        let name: String = letter
            .content
            .merchant
            .chars()
            .filter(|one| !one.is_control())
            .collect();
        let domain = self.from.domain();
        let automatic = HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        );
        let mut message = Message::builder()
            .from(Mailbox::new(Some(name), self.from.clone()))
            .to(Mailbox::new(None, letter.to().parse().ok()?))
            .message_id(Some(format!("<{id}@{domain}>")))
            .subject(written.subject)
            .multipart(MultiPart::alternative_plain_html(written.text, written.html))
            .ok()?;
        message.headers_mut().insert_raw(automatic);
        Some(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;
    use crate::mail::letter::{Content, Purpose};

    #[tokio::test]
    async fn nobody_adds_a_header_by_a_name_or_an_address() {
        let settings = MailSettings {
            url: "smtp://127.0.0.1:25".to_owned(),
            from: "cards@shop.example".to_owned(),
        };
        let postman = Postman::new(&settings).unwrap();
        let to = |to: &str| {
            let content = Content {
                to: to.to_owned(),
                merchant: "Caf\u{e9}\r\nBcc: thief@evil.example".to_owned(),
                link: None,
                code: Some("123456".to_owned()),
            };
            let (purpose, locale) = (Purpose::Confirm, Locale::En);
            let letter = Letter {
                purpose,
                locale,
                content,
            };
            postman.message(Uuid::nil(), &letter).map(|message| message.formatted())
        };
        let bytes = to("mina@example.lu").unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let names: Vec<&str> = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, _)| name)
            .collect();
        assert!(names.contains(&"To") && names.contains(&"Subject"), "{head}");
        assert!(!names.iter().any(|name| name.eq_ignore_ascii_case("bcc")), "{head}");
        for hostile in [
            "mina@example.lu\r\nBcc: thief@evil.example",
            "mina@example.lu, thief@evil.example",
            "",
            "mina",
        ] {
            assert!(to(hostile).is_none(), "{hostile:?}");
        }
    }
}
