//! Inboxes and suspended mail by forms: what is set up is shown, what is secret is not, and what is wrong is said.

use axum::http::StatusCode;
use domain::id::{InboxId, MailId};
use store::inbox::Purpose;
use store::mail::State;
use testkit::TestDesk;
use testkit::inbox::Held;

use crate::browser::{Browser, office};

struct Stage {
    desk: TestDesk,
    administrator: Browser,
    place: (domain::id::UnitId, domain::id::ServiceId),
}

fn stage() -> Stage {
    let (desk, _, administrator, place) = office();
    Stage { desk, administrator, place }
}

impl Stage {
    fn done(&self, address: &str, form: &str) -> String {
        let answer = self.administrator.post(address, form);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}: {}", answer.body);
        assert_eq!(self.administrator.get(&answer.location).status, StatusCode::OK, "{}", answer.location);
        answer.location.split('?').next().unwrap().to_owned()
    }

    fn refused(&self, address: &str, form: &str, words: &str) {
        let answer = self.administrator.post(address, form);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        assert!(answer.has(words), "{address} does not say “{words}”: {}", answer.body);
    }

    /// Goes through the first step, and gives the inbox.
    fn inbox(&self) -> i64 {
        let here = self.done("/admin/inboxes/new", &self.address("help@desk.example"));
        here.split('/').nth(3).unwrap().parse().unwrap()
    }

    fn address(&self, address: &str) -> String {
        format!(
            "address={address}&aliases=&name=Help+by+mail&service={}&language=en&acknowledges=yes&signature=Kind+regards&undo_seconds=10",
            self.place.1
        )
    }

    fn secret(&self, inbox: i64, purpose: Purpose) -> Option<String> {
        self.desk.set_up(move |act| Ok(store::inbox::secret(act.tx, InboxId(inbox), purpose)?))
    }

    fn state(&self, mail: MailId) -> State {
        self.desk.set_up(move |act| Ok(store::mail::by_id(act.tx, mail)?.unwrap().state))
    }

    fn holds(&self, code: &'static str) -> MailId {
        let inbox = self.desk.inbox("info@desk.example", self.place, |_| {});
        let held = Held {
            code,
            from_address: Some("kim@example.net".to_owned()),
            from_name: Some("Kim <b>".to_owned()),
            subject: "Lamp <script>".to_owned(),
            raw: "From: kim@example.net\r\nX-Odd: <i>\r\n\r\nIt is <b>dark</b>.\r\n".to_owned(),
        };
        self.desk.holds(inbox, held)
    }
}

fn servers(host: &str, port: u16, password: &str) -> String {
    format!(
        "preset=own&receive=imap&in_host={host}&in_port={port}&in_security=plain&in_name=help&in_password={password}\
         &in_inside=yes&in_root=&folder=INBOX&after_fetch=leave&move_to=&authority=&send=smtp&out_host={host}\
         &out_port={port}&out_security=plain&out_signing=same&out_name=&out_password=&out_inside=yes&out_root="
    )
}

#[test]
fn an_inbox_is_set_up_step_by_step_and_never_shows_its_password() {
    let stage = stage();
    assert!(stage.administrator.get("/admin/inboxes").has("No inbox yet"));
    let id = stage.inbox();
    let here = format!("/admin/inboxes/{id}");
    assert!(stage.administrator.get(&format!("{here}/provider")).has("Make an app password"));
    let form = stage.administrator.get(&format!("{here}/servers?preset=gmx"));
    assert!(form.has("imap.gmx.net") && form.has("help@desk.example"), "{}", form.body);
    stage.done(&format!("{here}/servers"), &servers("mail.example", 143, "sesame-4711"));
    assert_eq!(stage.secret(id, Purpose::Incoming).as_deref(), Some("sesame-4711"));
    assert_eq!(stage.secret(id, Purpose::Outgoing).as_deref(), Some("sesame-4711"));
    for page in
        [here.clone(), format!("{here}/servers"), "/admin/inboxes".to_owned(), "/admin/events".to_owned()]
    {
        let answer = stage.administrator.get(&page);
        assert!(!answer.has("sesame-4711"), "{page}");
    }
    assert!(stage.administrator.get(&here).has("a password is set"));
    stage.done(&format!("{here}/servers"), &servers("mail.example", 143, ""));
    assert_eq!(
        stage.secret(id, Purpose::Incoming).as_deref(),
        Some("sesame-4711"),
        "an empty field keeps it"
    );
    stage.done(&format!("{here}/servers"), &servers("elsewhere.example", 143, ""));
    assert_eq!(stage.secret(id, Purpose::Incoming), None, "another server never sees it");
    assert!(stage.administrator.get(&here).has("no password yet"));
    stage.done(&format!("{here}/end"), "");
    assert_eq!(stage.administrator.get(&here).status, StatusCode::NOT_FOUND);
}

#[test]
fn what_is_wrong_with_an_inbox_is_said_and_a_typed_password_does_not_come_back() {
    let stage = stage();
    let id = stage.inbox();
    stage.refused(
        "/admin/inboxes/new",
        &stage.address("help@desk.example"),
        "belongs to Help by mail already",
    );
    stage.refused("/admin/inboxes/new", &stage.address("amal@example.org"), "belongs to Amal already");
    let here = format!("/admin/inboxes/{id}/servers");
    let wrong = stage.administrator.post(&here, &servers("not+a+host", 143, "sesame-4711"));
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("Write the server") && !wrong.has("sesame-4711"), "{}", wrong.body);
    let both = servers("mail.example", 143, "x").replace("after_fetch=leave", "after_fetch=move");
    stage.refused(&here, &both, "Say another folder");
}

#[test]
fn trying_the_servers_says_for_each_direction_what_is_wrong() {
    let stage = stage();
    let here = format!("/admin/inboxes/{}", stage.inbox());
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    stage.done(&format!("{here}/servers"), &servers("127.0.0.1", closed, "sesame"));
    let tried = stage.administrator.post(&format!("{here}/trial"), "");
    assert_eq!(tried.status, StatusCode::OK);
    assert_eq!(tried.body.matches("The server could not be reached").count(), 2, "{}", tried.body);
    for _ in 0..9 {
        stage.administrator.post(&format!("{here}/trial"), "");
    }
    let often = stage.administrator.post(&format!("{here}/trial"), "");
    assert_eq!(often.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(often.has("Try again in 10 min"), "{}", often.body);
}

#[test]
fn a_test_mail_waits_and_one_at_a_time_is_enough() {
    let stage = stage();
    let here = format!("/admin/inboxes/{}", stage.inbox());
    let early = stage.administrator.post(&format!("{here}/test-mail"), "");
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(early.has("by which server"), "{}", early.body);
    stage.done(&format!("{here}/servers"), &servers("mail.example", 25, "sesame"));
    stage.done(&format!("{here}/test-mail"), "");
    assert!(stage.administrator.get(&here).has("waiting"));
    let second = stage.administrator.post(&format!("{here}/test-mail"), "");
    assert!(second.status == StatusCode::CONFLICT && second.has("on its way"), "{}", second.body);
}

#[test]
fn trouble_and_a_stopped_inbox_are_seen_from_the_home_on() {
    let stage = stage();
    let id = stage.inbox();
    let now = stage.desk.now();
    stage.desk.set_up(move |act| {
        store::inbox_fetch::failed(
            act.tx,
            InboxId(id),
            "The server could not be reached. Check its name and port.",
            now,
        )?;
        Ok(store::inbox::set_breaker(act.tx, InboxId(id), Some(now + jiff::SignedDuration::from_mins(30)))?)
    });
    assert!(stage.administrator.get("/admin").has("Inboxes in trouble: 1"));
    let list = stage.administrator.get("/admin/inboxes");
    assert!(
        list.has("sends no automatic mail at the moment") && list.has("could not be reached"),
        "{}",
        list.body
    );
    stage.done(&format!("/admin/inboxes/{id}/breaker"), "");
    assert!(!stage.administrator.get("/admin/inboxes").has("sends no automatic mail"));
}

#[test]
fn a_suspended_mail_is_read_as_text_saved_sealed_and_decided_about() {
    let stage = stage();
    let mail = stage.holds("unauthenticated");
    let list = stage.administrator.get("/admin/mail/suspended");
    assert!(list.has("sender is not proven") && list.has("Lamp &lt;script&gt;"), "{}", list.body);
    assert!(stage.administrator.get("/admin").has("Suspended mail"));
    let here = format!("/admin/mail/suspended/{mail}");
    let page = stage.administrator.get(&here);
    assert!(page.has("It is &lt;b&gt;dark&lt;/b&gt;.") && page.has("X-Odd: &lt;i&gt;"), "{}", page.body);
    let source = stage.administrator.get(&format!("{here}/source"));
    assert!(source.body.ends_with("It is <b>dark</b>.\r\n"));
    for (name, value) in [
        ("content-type", "message/rfc822"),
        ("content-disposition", &format!("attachment; filename=\"mail-{mail}.eml\"")),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox; frame-ancestors 'none'"),
    ] {
        assert_eq!(source.header(name), value, "{name}");
    }
    stage.done(&format!("{here}/release"), "");
    assert_eq!(stage.state(mail), State::Waiting);
    assert_eq!(stage.administrator.get(&here).status, StatusCode::NOT_FOUND);
    let again = stage.administrator.post(&format!("{here}/delete"), "");
    assert!(again.status == StatusCode::CONFLICT && again.has("decided about this mail already"));
}

#[test]
fn senders_are_trusted_and_blocked_and_mails_deleted() {
    for (act, state) in [("trust", State::Waiting), ("block", State::Deleted), ("delete", State::Deleted)] {
        let stage = stage();
        let mail = stage.holds("cap");
        stage.done(&format!("/admin/mail/suspended/{mail}/{act}"), "");
        assert_eq!(stage.state(mail), state, "{act}");
        assert!(stage.administrator.get("/admin/mail/suspended").has("Nothing is held"));
    }
}

#[test]
fn m12_a_raw_mail_is_posted_by_administrators_once_and_the_answer_tells_nothing() {
    let stage = stage();
    stage.inbox();
    let kim = stage.desk.agent("Kim", &[stage.place.0]);
    let kim = Browser::new(&stage.desk.desk).signed_in(&stage.desk.session(kim));
    let mail =
        "From: anna@example.net\r\nMessage-ID: <1@example.net>\r\nSubject: By program\r\n\r\nHello.\r\n";
    let here = "/api/v1/mail?inbox=Help%2Bsome@desk.example&from=anna@example.net";
    assert_eq!(kim.post_bare(here, mail).status, StatusCode::NOT_FOUND);
    assert_eq!(Browser::new(&stage.desk.desk).post_bare(here, mail).status, StatusCode::UNAUTHORIZED);
    let kept = || stage.desk.set_up(|act| Ok(store::mail::count_waiting(act.tx, 9)?));
    assert_eq!(kept(), 0);
    let first = stage.administrator.post_bare(here, mail);
    assert_eq!((first.status, first.body.as_str()), (StatusCode::OK, "{\"kept\":true}"));
    let again = stage.administrator.post_bare(here, mail);
    assert_eq!((again.status, again.body), (first.status, first.body));
    assert_eq!(kept(), 1);
    let nobody = stage.administrator.post_bare("/api/v1/mail?inbox=nobody@desk.example", mail);
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    assert_eq!(stage.administrator.post_bare(here, "").status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(stage.administrator.post_bare("/api/v1/mail", mail).status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(kept(), 1);
}
