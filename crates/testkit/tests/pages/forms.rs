//! A form that holds nothing but its token takes nothing else: what nobody reads is refused, and nothing is done.

use axum::http::StatusCode;
use testkit::TestDesk;

use crate::browser::Browser;

#[test]
fn a_button_with_a_field_too_many_does_nothing() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    desk.solves(kim, number);
    let head = || desk.desk.look_now(|look| Ok(store::event::head(look.tx)?.0)).unwrap();
    let [ada, kim] = [ada, kim].map(|who| Browser::new(&desk.desk).signed_in(&desk.session(who)));
    let before = head();
    let acceptance = format!("/portal/tickets/{number}/acceptance");
    for (who, address) in [
        (&ada, acceptance.as_str()),
        (&kim, "/sign-out"),
        (&kim, "/profile/sessions/end"),
        (&kim, "/notices/17/read"),
        (&kim, "/presence/absences/17/end"),
        (&kim, "/uploads/17/removal"),
        (&kim, &format!("/tickets/{number}/replies/17/undo")),
    ] {
        let answer = who.post(address, "rating=1");
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}: {}", answer.body);
        assert_eq!(head(), before, "{address}");
        assert_eq!(who.get("/profile").status, StatusCode::OK, "{address} signed somebody out");
    }
    assert_eq!(ada.post(&acceptance, "").status, StatusCode::SEE_OTHER);
    assert!(head() > before, "with nothing but its token it is followed");
}
