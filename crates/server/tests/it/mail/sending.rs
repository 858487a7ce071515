//! Letters on their way: a real conversation with a server, what happens when it is away or says no, two processes, and
//! how many a day.

use super::{card_of, join, later, letters};
use crate::ledger::on_both;
use crate::support::books::{Engine, all_of};
use crate::support::rows::Look;
use crate::support::site::Site;
use server::config::MailSettings;
use server::contacts;
use server::jobs::forget;
use server::locale::Locale;
use server::mail::{Postman, deliver};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

const MINA: &str = "mina@example.lu";
const DAY: i64 = 24 * 60 * 60;

/// A mail server that takes what it is given, or answers a recipient with something else.
#[derive(Clone)]
struct Server {
    address: String,
    answer: Arc<Mutex<&'static str>>,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap().to_string(),
            answer: Arc::new(Mutex::new("250 fine")),
            taken: Arc::default(),
        };
        let all = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let one = all.clone();
                tokio::spawn(async move { one.talk(stream).await });
            }
        });
        server
    }

    async fn talk(&self, stream: TcpStream) -> Option<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 a stand-in\r\n").await.ok()?;
        while let Some(line) = lines.next_line().await.ok()? {
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            let answer = match &*verb {
                "RCPT" => (*self.answer.lock().unwrap()).to_owned(),
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await.ok()?;
                    let mut letter = String::new();
                    while let Some(line) = lines.next_line().await.ok()? {
                        if line == "." {
                            break;
                        }
                        letter.push_str(&line);
                        letter.push('\n');
                    }
                    self.taken.lock().unwrap().push(letter);
                    "250 taken".to_owned()
                }
                "QUIT" => {
                    write.write_all(b"221 bye\r\n").await.ok()?;
                    return None;
                }
                _ => "250 fine".to_owned(),
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        }
        None
    }

    fn says(&self, answer: &'static str) {
        *self.answer.lock().unwrap() = answer;
    }

    fn postman(&self) -> Postman {
        Postman::new(&MailSettings {
            url: format!("smtp://{}", self.address),
            from: "cards@shop.example".to_owned(),
        })
        .unwrap()
    }

    fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

async fn statuses(site: &Site) -> Vec<String> {
    letters(site).await.into_iter().map(|kept| kept.status).collect()
}

async fn send(site: &Site, postman: &Postman) -> usize {
    deliver(&site.app, postman, site.books.merchant).await.unwrap()
}

async fn a_letter_is_sent_and_its_content_forgotten(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let server = Server::start().await;
    join(&site, 0, MINA).await;
    assert_eq!(send(&site, &server.postman()).await, 1);
    assert_eq!(send(&site, &server.postman()).await, 0);
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    for words in [
        "To: mina@example.lu",
        "<cards@shop.example>",
        "Subject: Confirm your address for",
        "Auto-Submitted: auto-generated",
        "Message-ID: <",
        "text/plain",
        "text/html",
        "/v/",
    ] {
        assert!(taken[0].contains(words), "{words} is missing in {}", taken[0]);
    }
    let kept = letters(&site).await;
    assert_eq!(
        (kept.len(), &*kept[0].status, kept[0].letter.is_none()),
        (1, "sent", true)
    );
    // What stands in the tables tells nobody who it was.
    let open = Look::of_a_thief(&site.app.db).await.now().await.with(MINA);
    assert!(open.is_empty(), "the address stands open in {open:?}");
}

async fn a_server_that_is_away_is_tried_again_later_and_later(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let server = Server::start().await;
    let postman = server.postman();
    join(&site, 0, MINA).await;
    server.says("451 not now");
    assert_eq!(send(&site, &postman).await, 0);
    server.says("250 fine");
    // Not yet: it waits.
    assert_eq!(send(&site, &postman).await, 0);
    later(&site, 29);
    assert_eq!(send(&site, &postman).await, 0);
    later(&site, 20);
    assert_eq!(send(&site, &postman).await, 1);
    assert_eq!(statuses(&site).await, ["sent"]);
}

async fn what_nobody_takes_is_dead_at_last(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let server = Server::start().await;
    let postman = server.postman();
    join(&site, 0, MINA).await;
    server.says("550 nobody of that name");
    assert_eq!(send(&site, &postman).await, 0);
    assert_eq!(statuses(&site).await, ["dead"]);
    join(&site, 0, "theo@example.lu").await;
    server.says("451 not now");
    for _ in 0..10 {
        send(&site, &postman).await;
        later(&site, 2 * 60 * 60);
    }
    assert_eq!(statuses(&site).await, ["dead", "dead"]);
    server.says("250 fine");
    assert_eq!(send(&site, &postman).await, 0);
}

async fn two_processes_send_each_letter_once(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let server = Server::start().await;
    for name in ["a", "b", "c", "d", "e", "f"] {
        join(&site, 0, &format!("{name}@example.lu")).await;
    }
    let postmen = [server.postman(), server.postman(), server.postman()];
    let sent = all_of(postmen.iter().map(|postman| send(&site, postman)).collect::<Vec<_>>()).await;
    assert_eq!(sent.iter().sum::<usize>(), 6);
    assert_eq!(server.taken().len(), 6);
}

async fn a_contact_gets_three_letters_a_day(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let server = Server::start().await;
    let postman = server.postman();
    let address = join(&site, 0, MINA).await;
    let catalogue = site.app.catalogue(site.books.merchant).await.unwrap().unwrap();
    let card = card_of(&site, &address);
    let again = || contacts::write_again(&site.app, &catalogue, card, Locale::En);
    for _ in 0..4 {
        later(&site, 60);
        again().await.unwrap();
    }
    send(&site, &postman).await;
    assert_eq!(server.taken().len(), 3);
    later(&site, DAY);
    again().await.unwrap();
    send(&site, &postman).await;
    assert_eq!(server.taken().len(), 4);
    // Old letters are forgotten.
    later(&site, 9 * DAY);
    forget(&site.app).await.unwrap();
    assert!(letters(&site).await.is_empty());
}

async fn a_letter_that_came_too_late_is_not_sent(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let server = Server::start().await;
    join(&site, 0, MINA).await;
    later(&site, 7 * DAY);
    send(&site, &server.postman()).await;
    assert!(server.taken().is_empty());
    assert_eq!(statuses(&site).await, ["stale"]);
}

async fn without_a_server_letters_wait_and_development_shows_them(engine: Engine) {
    let site = Site::with(engine, |_| {}, |config| config.development = true).await;
    site.get("/dev/mail").await.is(200).says("No e-mail was written yet.");
    join(&site, 0, MINA).await;
    site.get("/dev/mail")
        .await
        .is(200)
        .says("Confirm your address for")
        .says("href=\"/v/");
    site.get("/dev/mail?to=theo@example.lu")
        .await
        .is(200)
        .says_not("href=\"/v/");
    let plain = Site::with(crate::support::books::sqlite().await, |_| {}, |_| {}).await;
    plain.get("/dev/mail").await.is(404);
}

on_both!(
    a_letter_is_sent_and_its_content_forgotten,
    a_server_that_is_away_is_tried_again_later_and_later,
    what_nobody_takes_is_dead_at_last,
    two_processes_send_each_letter_once,
    a_contact_gets_three_letters_a_day,
    a_letter_that_came_too_late_is_not_sent,
    without_a_server_letters_wait_and_development_shows_them,
);
