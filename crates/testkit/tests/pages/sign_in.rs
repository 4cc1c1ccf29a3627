//! Coming in: nobody learns who exists, nobody is sent elsewhere, and a first run happens once.

use axum::http::StatusCode;
use desk::ByDesk;
use desk::password::Password;
use domain::id::PersonId;
use testkit::TestDesk;
use web::app::Options;

use crate::browser::Browser;

const WORDS: &str = "four unrelated words here";

fn with_password(desk: &TestDesk, person: PersonId) {
    let hash = Password::parse(WORDS, None).unwrap().hash();
    desk.set_up(move |act| desk::people::set_password(act, &ByDesk, person, &hash));
}

fn form(email: &str, password: &str, next: &str) -> String {
    let plus = |text: &str| text.replace(' ', "+");
    format!("email={email}&password={}&next={}", plus(password), next.replace('&', "%26"))
}

#[test]
fn a_right_password_gives_a_cookie_that_scripts_cannot_read_and_leads_on() {
    let desk = TestDesk::new();
    let kim = desk.customer("Kim");
    with_password(&desk, kim);
    let answer = Browser::new(&desk.desk).post_bare("/sign-in", &form("kim@example.org", WORDS, "/portal"));
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/portal"));
    let (pair, attributes) = answer.cookie.split_once(';').unwrap();
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(attributes.contains(attribute), "{attribute} is missing");
    }
    let token = pair.strip_prefix("throughline=").unwrap();
    let browser = Browser::new(&desk.desk).signed_in(token);
    assert!(browser.get("/profile").has("Kim"));
    assert!(!browser.get("/profile").has(token));

    let secure = Browser::with(&desk.desk, Options { secure: true, ..Options::default() });
    let answer = secure.post_bare("/sign-in", &form("kim@example.org", WORDS, ""));
    assert!(answer.cookie.starts_with("__Host-throughline=") && answer.cookie.ends_with("Secure"));
}

#[test]
fn wrong_unknown_and_shut_out_get_the_same_bytes() {
    let desk = TestDesk::new();
    let (kim, _bare, gone) = (desk.customer("Kim"), desk.customer("Ann"), desk.customer("Gil"));
    with_password(&desk, kim);
    with_password(&desk, gone);
    desk.set_up(move |act| desk::people::disable(act, &ByDesk, gone));
    let browser = Browser::new(&desk.desk);
    let ask = |name: &str, password: &str| {
        let answer = browser.post_bare("/sign-in", &form(&format!("{name}@example.org"), password, ""));
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.cookie.is_empty());
        answer.body.replace(&format!("{name}@example.org"), "ADDRESS")
    };
    let wrong = ask("kim", "not the right words");
    assert_eq!(wrong, ask("nob", "not the right words"));
    assert_eq!(wrong, ask("gil", WORDS));
    assert_eq!(wrong, ask("ann", WORDS));
}

#[test]
fn too_many_attempts_are_told_to_wait() {
    let desk = TestDesk::new();
    let browser = Browser::new(&desk.desk);
    let answers = (0..12).map(|_| browser.post_bare("/sign-in", &form("kim@example.org", "wrong", "")));
    let last = answers.last().unwrap();
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(last.has("too many attempts"));
}

#[test]
fn signing_in_leads_nowhere_but_to_pages_of_ours() {
    let desk = TestDesk::new();
    let kim = desk.customer("Kim");
    with_password(&desk, kim);
    let browser = Browser::new(&desk.desk);
    for next in [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/%5Celsewhere.example",
        "javascript:alert(1)",
        "/%2f%2felsewhere",
    ] {
        let answer = browser.post_bare("/sign-in", &form("kim@example.org", WORDS, next));
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/"), "{next}");
    }
}

#[test]
fn a_form_coming_from_elsewhere_signs_nobody_in() {
    let desk = TestDesk::new();
    let kim = desk.customer("Kim");
    with_password(&desk, kim);
    let answer = Browser::new(&desk.desk)
        .coming_from_elsewhere()
        .post_bare("/sign-in", &form("kim@example.org", WORDS, ""));
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.cookie.is_empty());
}

#[test]
fn outside_the_demonstration_nobody_signs_in_with_one_click() {
    let desk = TestDesk::new();
    let kim = desk.customer("Kim");
    let answer = Browser::new(&desk.desk).post_bare("/sign-in/demo", &format!("person={kim}"));
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[test]
fn signing_out_ends_the_session_and_takes_the_cookie() {
    let desk = TestDesk::new();
    let kim = desk.customer("Kim");
    let browser = Browser::new(&desk.desk).signed_in(&desk.session(kim));
    let answer = browser.post("/sign-out", "");
    assert!(answer.cookie.starts_with("throughline=; Max-Age=0"));
    assert_eq!(browser.get("/portal").status, StatusCode::SEE_OTHER);
}

#[test]
fn the_first_run_happens_once() {
    let desk = TestDesk::new();
    assert_eq!(Browser::new(&desk.desk).get("/set-up").status, StatusCode::NOT_FOUND);
    let code = desk.set_up(desk::setup::code).unwrap();
    let browser = Browser::new(&desk.desk);
    let said = |code: &str| {
        format!(
            "code={code}&organisation=Emberfold&name=Ada+First&email=ada@example.org&password={}&time_zone=Europe/Lisbon",
            WORDS.replace(' ', "+")
        )
    };
    let wrong = browser.post_bare("/set-up", &said("wrong"));
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("Emberfold") && !wrong.has(WORDS));
    let made = browser.post_bare("/set-up", &said(&code));
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let token = made.cookie.split(';').next().unwrap().strip_prefix("throughline=").unwrap().to_owned();
    let ada = Browser::new(&desk.desk).signed_in(&token);
    assert!(ada.get("/profile").has("You are an administrator"));
    assert_eq!(browser.get("/set-up").status, StatusCode::NOT_FOUND);
    assert_eq!(browser.post_bare("/set-up", &said(&code)).status, StatusCode::NOT_FOUND);
}

#[test]
fn a_password_is_changed_by_whoever_knows_the_old_one() {
    let desk = TestDesk::new();
    let kim = desk.customer("Kim");
    with_password(&desk, kim);
    let browser = Browser::new(&desk.desk).signed_in(&desk.session(kim));
    let change = |current: &str| {
        browser.post(
            "/profile/password",
            &format!("current={}&new=another+set+of+words", current.replace(' ', "+")),
        )
    };
    assert_eq!(change("not this one at all").status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(change(WORDS).location, "/profile?done=password");
    let answer =
        Browser::new(&desk.desk).post_bare("/sign-in", &form("kim@example.org", "another set of words", ""));
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[test]
fn a_profile_speaks_the_language_it_was_given() {
    let desk = TestDesk::new();
    let kim = desk.customer("Kim");
    let browser = Browser::new(&desk.desk).signed_in(&desk.session(kim));
    let saved = browser.post("/profile", "name=Kim+Neu&language=de&time_zone=Europe/Berlin");
    assert_eq!(saved.location, "/profile?done=saved", "{}", saved.body);
    assert!(browser.get("/portal").has("Meine Tickets"));
    assert!(browser.get("/portal/tickets/999").has("Hier ist nichts"));
    let refused = browser.post("/profile", "name=&language=de&time_zone=Europe/Berlin");
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}
