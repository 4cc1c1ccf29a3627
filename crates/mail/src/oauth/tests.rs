use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::egress::script::{Expect, Raw, Script, Tls, egress, say};
use crate::egress::{Endpoint, Protocol, Security};

/// A provider in memory that gives `answers`, one after the other.
#[derive(Debug)]
struct Invented {
    answers: std::sync::Mutex<Vec<Result<Granted, Trouble>>>,
    asked: AtomicUsize,
    with: std::sync::Mutex<Vec<String>>,
}

impl Invented {
    fn new(answers: Vec<Result<Granted, Trouble>>) -> Arc<Self> {
        let answers = answers.into_iter().rev().collect();
        Arc::new(Self {
            answers: std::sync::Mutex::new(answers),
            asked: AtomicUsize::new(0),
            with: std::sync::Mutex::default(),
        })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl Refresh for Arc<Invented> {
    fn refresh<'a>(&'a self, grant: &'a Grant) -> Later<'a, Result<Granted, Trouble>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let Grant::RefreshToken(token) = grant else { panic!("a refresh token") };
        self.with.lock().unwrap().push(token.reveal().clone());
        let answer = self.answers.lock().unwrap().pop().expect("an answer is left");
        Box::pin(async move {
            tokio::task::yield_now().await;
            answer
        })
    }
}

#[derive(Debug, Default)]
struct Kept(std::sync::Mutex<Vec<String>>);

impl Keep for Arc<Kept> {
    fn keep(&self, token: Secret<String>) -> Later<'_, ()> {
        self.0.lock().unwrap().push(token.reveal().clone());
        Box::pin(async {})
    }
}

fn good(access: &str, seconds: u64, next: Option<&str>) -> Result<Granted, Trouble> {
    Ok(Granted {
        access: Secret::new(access.to_owned()),
        good_for: Duration::from_secs(seconds),
        refresh_token: next.map(|next| Secret::new(next.to_owned())),
    })
}

fn cache(provider: &Arc<Invented>) -> (Cache<Arc<Invented>, Arc<Kept>>, Arc<Kept>) {
    let kept = Arc::new(Kept::default());
    let grant = Grant::RefreshToken(Secret::new("r0".to_owned()));
    (Cache::new(provider.clone(), kept.clone(), grant), kept)
}

async fn token(cache: &Cache<Arc<Invented>, Arc<Kept>>) -> Result<String, Trouble> {
    cache.token().await.map(|token| token.reveal().clone())
}

#[tokio::test(start_paused = true)]
async fn a_token_serves_until_a_minute_before_its_end() {
    let provider = Invented::new(vec![good("t0", 3600, None), good("t1", 3600, None)]);
    let (cache, _) = cache(&provider);
    assert_eq!(token(&cache).await, Ok("t0".into()));
    tokio::time::advance(Duration::from_secs(3539)).await;
    assert_eq!(token(&cache).await, Ok("t0".into()));
    tokio::time::advance(Duration::from_secs(2)).await;
    assert_eq!(token(&cache).await, Ok("t1".into()));
}

#[tokio::test]
async fn many_who_ask_at_once_cost_one_request() {
    let provider = Invented::new(vec![good("t0", 3600, None)]);
    let (cache, _) = cache(&provider);
    let (a, b, c) = tokio::join!(token(&cache), token(&cache), token(&cache));
    assert_eq!((a, b, c), (Ok("t0".into()), Ok("t0".into()), Ok("t0".into())));
    assert_eq!(provider.asked(), 1);
}

#[tokio::test]
async fn a_new_refresh_token_is_kept_and_used_from_then_on() {
    let provider = Invented::new(vec![good("t0", 0, Some("r1")), good("t1", 0, None)]);
    let (cache, kept) = cache(&provider);
    token(&cache).await.unwrap();
    token(&cache).await.unwrap();
    assert_eq!(*kept.0.lock().unwrap(), ["r1"]);
    assert_eq!(*provider.with.lock().unwrap(), ["r0", "r1"]);
}

#[tokio::test]
async fn a_spurned_token_is_not_given_again_and_an_older_one_spurns_nothing() {
    let provider = Invented::new(vec![good("t0", 3600, None), good("t1", 3600, None)]);
    let (cache, _) = cache(&provider);
    token(&cache).await.unwrap();
    cache.spurn(&Secret::new("t0".to_owned())).await;
    assert_eq!(token(&cache).await, Ok("t1".into()));
    cache.spurn(&Secret::new("t0".to_owned())).await;
    assert_eq!(token(&cache).await, Ok("t1".into()));
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_failed_has_half_a_minute_to_itself() {
    let provider = Invented::new(vec![Err(Trouble::Nonsense), good("t0", 3600, None)]);
    let (cache, _) = cache(&provider);
    for _ in 0..5 {
        assert_eq!(token(&cache).await, Err(Trouble::Nonsense));
    }
    assert_eq!(provider.asked(), 1);
    tokio::time::advance(REST).await;
    assert_eq!(token(&cache).await, Ok("t0".into()));
}

#[tokio::test(start_paused = true)]
async fn a_permission_that_was_taken_back_is_not_asked_for_again() {
    let provider = Invented::new(vec![Err(Trouble::Revoked)]);
    let (cache, _) = cache(&provider);
    for _ in 0..3 {
        assert_eq!(token(&cache).await, Err(Trouble::Revoked));
        tokio::time::advance(Duration::from_secs(86_400)).await;
    }
    assert_eq!(provider.asked(), 1);
}

fn https(script: &Script) -> Https {
    https_at(script.endpoint(Security::Tls))
}

fn https_at(endpoint: Endpoint) -> Https {
    let provider = Provider { endpoint, path: "/token".into(), scope: "mail".into() };
    let client = Client { id: "desk".into(), secret: Some(Secret::new("a&b".into())) };
    Https { egress: egress(), provider, client }
}

fn answer(status: &str, body: &str) -> Vec<crate::egress::script::Step> {
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    vec![Tls, Expect("POST /token HTTP/1.1"), Raw(head.into_bytes())]
}

async fn refreshed(steps: Vec<crate::egress::script::Step>) -> Result<Granted, Trouble> {
    let script = Script::play(vec![steps]).await;
    let grant = Grant::RefreshToken(Secret::new("r0".to_owned()));
    https(&script).refresh(&grant).await
}

#[tokio::test]
async fn the_provider_is_asked_over_https_and_its_answer_read() {
    let body = r#"{"access_token":"ya29.x","expires_in":3599,"refresh_token":"r1","token_type":"Bearer"}"#;
    let granted = refreshed(answer("200 OK", body)).await.unwrap();
    assert_eq!(granted.access.reveal(), "ya29.x");
    assert_eq!(granted.good_for, Duration::from_secs(3599));
    assert_eq!(granted.refresh_token.unwrap().reveal(), "r1");
}

#[tokio::test]
async fn a_refusal_says_what_a_person_has_to_do() {
    for (status, body, trouble) in [
        ("400 Bad Request", r#"{"error":"invalid_grant","error_description":"secret"}"#, Trouble::Revoked),
        ("401 Unauthorized", r#"{"error":"invalid_client"}"#, Trouble::ClientRefused),
        ("401 Unauthorized", "no", Trouble::ClientRefused),
        ("503 Busy", "<html>", Trouble::Nonsense),
        ("200 OK", r#"{"access_token":"a b"}"#, Trouble::Nonsense),
        ("200 OK", r#"{"access_token":"a\r\nb"}"#, Trouble::Nonsense),
    ] {
        assert_eq!(refreshed(answer(status, body)).await.unwrap_err(), trouble, "{status} {body}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_an_endless_answer_not_read() {
    let moved = "302 Found\r\nlocation: http://169.254.169.254/";
    assert_eq!(refreshed(answer(moved, "")).await.unwrap_err(), Trouble::Nonsense);
    let endless = "x".repeat(400 * 1024);
    assert_eq!(refreshed(answer("200 OK", &endless)).await.unwrap_err(), Trouble::Nonsense);
}

#[tokio::test]
async fn what_is_no_web_server_is_said() {
    let trouble = refreshed(vec![Tls, say("220 mx.example.com")]).await.unwrap_err();
    assert_eq!(trouble, Trouble::Egress(Failure::OtherProtocol(Protocol::Https)));
}

#[test]
fn forms_are_escaped_and_say_which_grant_it_is() {
    let endpoint = Endpoint::public("login.example", 443, Security::Tls);
    let asking = https_at(endpoint);
    let form = asking.form(&Grant::RefreshToken(Secret::new("r/0+".into())));
    assert_eq!(
        form.reveal(),
        "client_id=desk&client_secret=a%26b&grant_type=refresh_token&refresh_token=r%2F0%2B"
    );
    let form = asking.form(&Grant::ClientCredentials);
    assert_eq!(form.reveal(), "client_id=desk&client_secret=a%26b&grant_type=client_credentials&scope=mail");
}

#[test]
fn a_person_is_asked_with_the_hash_of_a_word_that_stays_here() {
    // The example of RFC 7636, appendix B.
    let verifier = Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned());
    let mut question = consent::Question {
        authorize_url: "https://login.example/authorize",
        client: "desk",
        redirect_uri: "https://desk.example/back",
        scope: "mail offline",
        state: "s",
        verifier: &verifier,
        mailbox: "help+desk@example.org",
        extra: &[("prompt", "consent")],
    };
    assert_eq!(
        question.url(),
        "https://login.example/authorize?response_type=code&client_id=desk&redirect_uri=https%3A%2F%2Fdesk.example%2Fback\
         &scope=mail%20offline&state=s&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\
         &code_challenge_method=S256&login_hint=help%2Bdesk%40example.org&prompt=consent"
    );
    question.authorize_url = "https://login.example/authorize?policy=7";
    assert!(question.url().starts_with("https://login.example/authorize?policy=7&response_type=code&"));
}
