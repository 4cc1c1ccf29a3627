use super::*;

#[test]
fn a_secret_shows_nothing_of_itself() {
    let sign_in = SignIn::Password { name: "desk".into(), password: Secret::new("correct horse".to_owned()) };
    assert_eq!(format!("{sign_in:?}"), r#"Password { name: "desk", password: [secret] }"#);
}

#[test]
fn a_secret_is_read_in_as_what_it_holds() {
    let read: Secret<String> = serde_json::from_str(r#""correct horse""#).unwrap();
    assert_eq!(read.reveal(), "correct horse");
}

#[test]
fn sasl_responses_are_laid_out_as_their_standards_say() {
    let password = Secret::new("b".to_owned());
    assert_eq!(base64(plain("a", &password).reveal()), "AGEAYg==");
    assert_eq!(xoauth2("a", &password).reveal(), b"user=a\x01auth=Bearer b\x01\x01");
}
