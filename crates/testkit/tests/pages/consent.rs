//! A mailbox is connected by consent: to the provider and back, once, in one session, and every no is told.

use axum::http::StatusCode;
use desk::entitled::ByDesk;
use domain::id::{InboxId, PersonId};
use jiff::SignedDuration;
use store::inbox::Purpose;
use testkit::TestDesk;
use testkit::provider::{CLIENT, CLIENT_SECRET, Mood, Provider, REFRESH_TOKEN, asked};

use crate::browser::{Answer, Browser, office};

struct Stage {
    desk: TestDesk,
    amal: PersonId,
    administrator: Browser,
    provider: Provider,
    inbox: InboxId,
}

const BACK: &str = "/admin/inboxes/consent";

fn stage() -> Stage {
    let (desk, amal, administrator, place) = office();
    let inbox = desk.inbox("help@desk.example", place, |_| {});
    desk.set_up(|act| desk::base_url::set(act, &ByDesk, "https://desk.example"));
    let stage = Stage { desk, amal, administrator, provider: Provider::start(), inbox };
    stage.saves(CLIENT_SECRET, stage.provider.port);
    stage
}

impl Stage {
    fn here(&self) -> String {
        format!("/admin/inboxes/{}", self.inbox)
    }

    /// The servers by the form, with the provider on loopback.
    fn saves(&self, client_secret: &str, port: u16) {
        let root = web::guard::urlencode(&self.provider.certificate);
        let form = format!(
            "preset=own-oauth&receive=imap&in_host=imap.example&in_port=993&in_security=tls&in_name=help%40desk.example\
             &in_inside=yes&in_root={root}&folder=INBOX&after_fetch=leave&move_to=&authority=&send=smtp\
             &out_host=smtp.example&out_port=465&out_security=tls&out_signing=same&out_inside=yes&out_root={root}\
             &client={CLIENT}&client_secret={client_secret}&refresh_token=&authorize_url=https%3A%2F%2Flogin.example%2Fask\
             &token_url=https%3A%2F%2Flocalhost%3A{port}%2Ftoken&scope=mail+offline"
        );
        let saved = self.administrator.post(&format!("{}/servers", self.here()), &form);
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    }

    /// Presses the button; gives the way to the provider.
    fn begins(&self) -> String {
        let page = self.administrator.post(&format!("{}/consent", self.here()), "");
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let at = page.body.find("https://login.example/ask?").expect("a way to the provider");
        page.body[at..].split('"').next().unwrap().replace("&amp;", "&")
    }

    fn comes_back(&self, query: &str) -> Answer {
        self.administrator.get(&format!("{BACK}?{query}"))
    }

    /// What is kept for both directions.
    fn secrets(&self) -> [String; 2] {
        let inbox = self.inbox;
        [Purpose::Incoming, Purpose::Outgoing].map(|purpose| {
            self.desk.set_up(move |act| Ok(store::inbox::secret(act.tx, inbox, purpose)?)).unwrap_or_default()
        })
    }

    fn nothing_is_kept(&self) {
        assert_eq!(self.secrets(), [format!("{CLIENT_SECRET}\n"), format!("{CLIENT_SECRET}\n")]);
    }

    /// The answer leads to a page that says so.
    fn is_told(&self, answer: &Answer, words: &str) {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let page = self.administrator.get(&answer.location);
        assert!(page.has(words), "{} does not say “{words}”: {}", answer.location, page.body);
        assert!(!page.has("theirs") && !page.has("words of the provider"), "{}", page.body);
    }
}

#[test]
fn a_mailbox_is_connected_at_the_provider_and_its_token_is_on_no_page() {
    let stage = stage();
    let page = stage.administrator.get(&stage.here());
    assert!(page.has("not connected yet") && page.has("https://desk.example/admin/inboxes/consent"));
    let url = stage.begins();
    let question = asked(&url);
    assert_eq!(question["redirect_uri"], "https://desk.example/admin/inboxes/consent");
    assert_eq!(question["scope"], "mail offline");
    assert_eq!(question["login_hint"], "help@desk.example");
    stage.nothing_is_kept();
    let answer = stage.comes_back(&stage.provider.agrees(&url));
    stage.is_told(&answer, "The mailbox is connected");
    assert!(!answer.location.contains("code"), "{}", answer.location);
    let kept = format!("{CLIENT_SECRET}\n{REFRESH_TOKEN}");
    assert_eq!(stage.secrets(), [kept.clone(), kept]);
    let heard = stage.provider.heard();
    assert_eq!(heard.len(), 1);
    assert!(heard[0].contains(&format!("host: localhost:{}\r\n", stage.provider.port)), "{}", heard[0]);
    for page in [stage.here(), format!("{}/servers", stage.here()), "/admin/events".to_owned()] {
        let page = stage.administrator.get(&page);
        assert_eq!(page.status, StatusCode::OK);
        for secret in [CLIENT_SECRET, REFRESH_TOKEN, "access-4711"] {
            assert!(!page.has(secret), "{}", page.body);
        }
    }
    assert!(stage.administrator.get("/admin/events").has("connected"));
}

#[test]
fn an_answer_counts_once_and_only_where_it_was_asked_for() {
    let stage = stage();
    let unknown = "belongs to nothing that was begun here";
    stage.is_told(&stage.comes_back("state=invented&code=code-0"), unknown);
    stage.is_told(&stage.comes_back(""), unknown);
    let url = stage.begins();
    let back = stage.provider.agrees(&url);
    let other = Browser::new(&stage.desk.desk).signed_in(&stage.desk.session(stage.amal));
    let answer = other.get(&format!("{BACK}?{back}"));
    stage.is_told(&answer, unknown);
    stage.is_told(&stage.comes_back(&back), unknown);
    stage.nothing_is_kept();
    assert!(stage.provider.heard().is_empty(), "no code leaves for an answer that is not ours");
    let back = stage.provider.agrees(&stage.begins());
    stage.is_told(&stage.comes_back(&back), "The mailbox is connected");
    stage.is_told(&stage.comes_back(&back), unknown);
    assert_eq!(stage.provider.heard().len(), 1);
}

#[test]
fn a_new_secret_of_the_same_client_keeps_the_connection_and_another_provider_does_not() {
    let stage = stage();
    let back = stage.provider.agrees(&stage.begins());
    stage.is_told(&stage.comes_back(&back), "The mailbox is connected");
    stage.saves("renewed", stage.provider.port);
    assert_eq!(stage.secrets()[0], format!("renewed\n{REFRESH_TOKEN}"));
    stage.saves("renewed", 4711);
    assert_eq!(stage.secrets()[0], "renewed\n");
}

#[test]
fn the_way_back_is_closed_after_ten_minutes() {
    let stage = stage();
    let back = stage.provider.agrees(&stage.begins());
    stage.desk.wait(SignedDuration::from_mins(10));
    stage.is_told(&stage.comes_back(&back), "It took too long");
    stage.nothing_is_kept();
    assert!(stage.provider.heard().is_empty());
}

#[test]
fn every_no_is_told_in_our_words_and_changes_nothing() {
    let stage = stage();
    let refused = |error: &str| stage.comes_back(&stage.provider.refuses(&stage.begins(), error));
    stage.is_told(&refused("access_denied"), "The access was not allowed");
    stage.is_told(&refused("invalid_scope"), "The provider did not ask for your consent");
    let without_code = format!("state={}", asked(&stage.begins())["state"]);
    stage.is_told(&stage.comes_back(&without_code), "could not be understood");
    assert!(stage.provider.heard().is_empty());
    for (mood, words) in [
        (Mood::WithoutRefreshToken, "gave no refresh token"),
        (Mood::Elsewhere, "could not be understood"),
        (Mood::Nonsense, "could not be understood"),
    ] {
        stage.provider.is(mood);
        let back = stage.provider.agrees(&stage.begins());
        stage.is_told(&stage.comes_back(&back), words);
    }
    stage.provider.is(Mood::Kind);
    let state = asked(&stage.begins())["state"].clone();
    stage.is_told(&stage.comes_back(&format!("state={state}&code=invented")), "too old or used already");
    stage.nothing_is_kept();
    stage.saves("wrong", stage.provider.port);
    let back = stage.provider.agrees(&stage.begins());
    stage.is_told(&stage.comes_back(&back), "does not accept the application");
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    stage.saves(CLIENT_SECRET, closed);
    let back = stage.provider.agrees(&stage.begins());
    stage.is_told(&stage.comes_back(&back), "could not reach the provider");
    stage.nothing_is_kept();
}

#[test]
fn an_answer_for_other_servers_is_not_kept() {
    let stage = stage();
    let back = stage.provider.agrees(&stage.begins());
    stage.saves("another", 4711);
    stage.is_told(&stage.comes_back(&back), "were changed meanwhile");
    assert!(stage.provider.heard().is_empty());
}

#[test]
fn without_an_address_of_the_desk_nobody_is_led_away() {
    let stage = stage();
    stage.desk.set_up(|act| desk::base_url::set(act, &ByDesk, ""));
    let page = stage.administrator.get(&stage.here());
    assert!(page.has("Say first where this desk is reached") && !page.has(BACK));
    let refused = stage.administrator.post(&format!("{}/consent", stage.here()), "");
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.has("Say first where this desk is reached"), "{}", refused.body);
}
