use proptest::prelude::*;

use super::is_like;
use crate::Limits;
use crate::parse;

fn mail(from: &str, subject: &str, body: &str) -> bool {
    let raw = format!(
        "From: {from}\r\nTo: help@desk.example\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n"
    );
    is_like(&parse::message(raw.as_bytes(), &Limits::default()).unwrap())
}

const LINK: &str = "https://saas.example/u/9f2c4e7ab01d4c7f8e21";

#[test]
fn m3_confirmations_codes_resets_and_invitations_are_known_in_many_languages() {
    for (subject, body) in [
        ("Verify your email address", LINK),
        ("Please confirm your email", LINK),
        ("Reset your password", LINK),
        ("Your sign-in link", LINK),
        ("Kim has invited you to work with them", LINK),
        ("Your code", "Your verification code is 481 205."),
        ("123-456 is your code", "Type it where you were asked for it."),
        ("Bestätigen Sie Ihre E-Mail-Adresse", LINK),
        ("Passwort zurücksetzen", LINK),
        ("Ihr Einmalcode", "Ihr Einmalcode:\r\n\r\n4711\r\n"),
        ("Confirmez votre adresse e-mail", LINK),
        ("Votre code de vérification", "Code : 998877"),
        ("Verifica tu correo", LINK),
        ("Restablecer contraseña", LINK),
        ("Codice di verifica", "Il codice è 445566"),
        ("Redefinição de senha", LINK),
        ("Bevestig je e-mailadres", LINK),
        ("Zresetuj hasło", LINK),
        ("Ověřovací kód", "kód (code): 12345678"),
        ("Bekräfta din e-postadress", LINK),
        ("Bekræft din konto", LINK),
        ("Vahvistuskoodi", "Koodi: 777888"),
        ("Şifre sıfırlama", LINK),
        ("Код подтверждения", "Ваш код 334455"),
        ("認証コード", "認証コード: 112233"),
        ("您的验证码", "验证码 665544"),
        ("인증 코드", "인증 코드 909090"),
    ] {
        assert!(mail("Team <team@saas.example>", subject, body), "{subject}");
    }
}

#[test]
fn m3_a_machine_with_a_link_that_nobody_can_guess_needs_no_words() {
    assert!(mail("no-reply@saas.example", "Hello", LINK));
    assert!(mail("no.reply+17@saas.example", "Hello", "https://saas.example/confirm?c=a7b8c9"));
    assert!(mail(
        "Do Not Reply <DoNotReply@saas.example>",
        "Hi",
        "https://s.example/x/123e4567-e89b-12d3-a456-426614174000"
    ));
    assert!(!mail("no-reply@shop.example", "Your invoice", "It is attached. https://shop.example/help"));
}

#[test]
fn m3_links_in_pages_are_seen_too() {
    let raw = format!(
        "From: team@saas.example\r\nSubject: Activate your account\r\nContent-Type: text/html\r\n\r\n\
         <p>Welcome</p><a href=\"{LINK}\">Here</a>\r\n"
    );
    assert!(is_like(&parse::message(raw.as_bytes(), &Limits::default()).unwrap()));
}

#[test]
fn m3_people_who_speak_of_passwords_and_codes_are_not_held() {
    for (subject, body) in [
        ("Reset password does not work", "I asked for a password reset and nothing came. Can you help?"),
        ("Bestätigungscode kommt nicht an", "Seit gestern warte ich auf den Bestätigungscode."),
        ("Order 4711", "Where is order 4711? I ordered on 12 May."),
        ("The lamp", "See https://shop.example/lamps/how-to-mend-a-lamp-in-2024 for what I mean."),
        ("Re: Your question", "Thanks, that works."),
    ] {
        assert!(!mail("Anna <anna@example.net>", subject, body), "{subject}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn m22_no_text_breaks_the_look_for_proofs(subject in ".{0,80}", body in "(?s)(.{0,40}|https?://[^ ]{0,60}|[0-9 -]{0,12}|code|\r\n){0,12}") {
        let message = parse::Message { subject: Some(subject), text: Some(body), ..parse::Message::default() };
        let once = is_like(&message);
        prop_assert_eq!(once, is_like(&message));
    }
}
