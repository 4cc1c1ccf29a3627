//! What a ticket's page offers can be done; what cannot be done is not offered, or says how it comes about.

use axum::http::StatusCode;
use domain::id::{PersonId, ServiceId};
use jiff::SignedDuration;
use testkit::TestDesk;

use crate::browser::Browser;

struct Stage {
    desk: TestDesk,
    eva: PersonId,
    ada: PersonId,
    kim: PersonId,
    bo: PersonId,
    help: ServiceId,
    stock: ServiceId,
    labels: ServiceId,
}

/// Help is captive for employees; what the Warehouse hands over may need the Printers.
fn stage() -> Stage {
    let desk = TestDesk::new();
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (printers, council) = (desk.unit("Printers"), desk.unit("Council"));
    let help = desk.service_with("Help", support, |input| {
        input.captive = true;
        input.neutral_unit = Some(council);
    });
    let (stock, labels) = (desk.service("Stock", warehouse), desk.service("Labels", printers));
    let (eva, ada) = (desk.employee("Eva"), desk.customer("Ada"));
    let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    Stage { desk, eva, ada, kim, bo, help, stock, labels }
}

impl Stage {
    fn browser(&self, person: PersonId) -> Browser {
        Browser::new(&self.desk.desk).signed_in(&self.desk.session(person))
    }
}

#[test]
fn closing_a_captive_ticket_is_not_offered_and_the_page_says_how_it_closes() {
    let stage = stage();
    let captive = stage.desk.opens(stage.eva, stage.help, "My door", "It squeaks.");
    let free = stage.desk.opens(stage.ada, stage.help, "My parcel", "It is late.");
    stage.desk.solves(stage.kim, captive);
    stage.desk.solves(stage.kim, free);
    let kim = stage.browser(stage.kim);
    let page = kim.get(&format!("/tickets/{captive}"));
    assert!(!page.has("/closing\"") && page.has("The requester closes it by accepting"), "{}", page.body);
    assert!(page.has("/reopening\""));
    assert_eq!(kim.post(&format!("/tickets/{captive}/closing"), "").status, StatusCode::CONFLICT);
    let page = kim.get(&format!("/tickets/{free}"));
    assert!(page.has("/closing\"") && !page.has("The requester closes it by accepting"));
}

#[test]
fn what_its_rule_refuses_is_not_offered() {
    let stage = stage();
    let desk = &stage.desk;
    let number = desk.opens(stage.ada, stage.help, "My parcel", "It is late.");
    let kim = stage.browser(stage.kim);
    let address = format!("/tickets/{number}");
    let page = kim.get(&address);
    assert!(page.has("value=\"agreed\"") && !page.has("value=\"requester\""), "nothing was asked yet");
    assert!(!page.has("Put back") && page.has("Take it"));
    desk.takes(stage.kim, number);
    desk.replies(stage.kim, number, "Which one?");
    let page = kim.get(&address);
    assert!(page.has("value=\"requester\"") && page.has("Put back") && !page.has("id=\"do-assignment-me\""));
    assert!(page.has("value=\"solve\""), "a reply can solve it");

    let asked = desk.asks(stage.kim, number, stage.stock, "Look for it", "Is it there?");
    assert!(!kim.get(&address).has("value=\"solve\""), "not without a reason, while it is blocked");
    let bo = stage.browser(stage.bo);
    let address = format!("/tickets/{asked}");
    assert!(bo.get(&address).has("/delivery\""));
    assert!(!bo.get(&address).has("Support: Help"), "Support waits for it and cannot be asked");
    desk.asks(stage.bo, asked, stage.labels, "A label", "Print one.");
    let page = bo.get(&address);
    assert!(!page.has("/delivery\"") && page.has("It can be delivered once the 1 hand-off"));

    // The asking unit withdraws while it is open, and has nothing left to do afterwards.
    let page = kim.get(&address);
    assert!(page.has("/withdrawal\"") && !page.has("/acceptance\""));
    assert_eq!(kim.post(&format!("{address}/withdrawal"), "").status, StatusCode::SEE_OTHER);
    assert!(!kim.get(&address).has("/withdrawal\""));
}

#[test]
fn reopening_is_offered_as_long_as_it_is_possible() {
    let stage = stage();
    let number = stage.desk.opens(stage.ada, stage.help, "My parcel", "It is late.");
    stage.desk.solves(stage.kim, number);
    assert!(stage.browser(stage.ada).get(&format!("/portal/tickets/{number}")).has("/reopening\""));
    stage.desk.wait(SignedDuration::from_hours(24 * 300));
    let kim = stage.browser(stage.kim).get(&format!("/tickets/{number}"));
    assert!(!kim.has("/reopening\"") && kim.has("The time for reopening has ended."));
    let mia = stage.desk.customer("Mia");
    let old = stage.desk.opens(mia, stage.help, "My invoice", "It is wrong.");
    stage.desk.solves(stage.kim, old);
    stage.desk.wait(SignedDuration::from_hours(24 * 300));
    let page = stage.browser(mia).get(&format!("/portal/tickets/{old}"));
    assert!(!page.has("/reopening\""), "{}", page.body);
    assert!(page.has("/replies\""), "what is written now begins a ticket that follows");
}

#[test]
fn the_desk_says_no_in_the_language_of_the_reader() {
    let stage = stage();
    let number = stage.desk.opens(stage.ada, stage.help, "My parcel", "It is late.");
    let kim = stage.browser(stage.kim);
    assert!(kim.post("/profile", "name=Kim&language=de&time_zone=Europe%2FBerlin").status.is_redirection());
    let path = format!("/tickets/{number}");
    let empty = kim.post(&format!("{path}/replies"), "body=+&after=stay&seen=0");
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("Schreiben Sie zuerst etwas"), "{}", empty.body);
    let same = kim.post(&format!("{path}/priority"), "priority=3&reason=weil");
    assert!(same.status == StatusCode::CONFLICT && same.has("Es ist schon so"), "{}", same.body);
    let nowhere = kim.post(&format!("{path}/transfers"), "unit=17");
    assert!(nowhere.has("Diese Einheit gibt es nicht mehr."));
    let profile = kim.post("/profile", "name=Kim&language=de&time_zone=Europe%2FBerlyn");
    assert!(profile.has("Meinten Sie „Europe/Berlin“?"), "{}", profile.body);
    let broken = kim.post(&format!("{path}/replies"), "body=%ff");
    assert!(!broken.has("could not") && !broken.has("invalid"), "{}", broken.body);
}

#[test]
fn nothing_is_delivered_or_returned_past_what_came_in_meanwhile() {
    let stage = stage();
    let number = stage.desk.opens(stage.ada, stage.help, "My parcel", "It is late.");
    let handoff = stage.desk.asks(stage.kim, number, stage.stock, "Find it", "Please look.");
    let (kim, bo) = (stage.browser(stage.kim), stage.browser(stage.bo));
    let path = format!("/tickets/{handoff}");
    let seen = |page: &str| -> String {
        let (_, rest) = page.split_once("name=\"seen\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let before = seen(&bo.get(&path).body);
    stage.desk.replies(stage.kim, handoff, "It is green.");
    let stopped = bo.post(&format!("{path}/delivery"), &format!("body=The+red+one.&seen={before}"));
    assert_eq!(stopped.status, StatusCode::CONFLICT);
    assert!(stopped.has("The red one.") && stopped.has("It is green."), "{}", stopped.body);
    let now = seen(&stopped.body);
    let sent = bo.post(&format!("{path}/delivery"), &format!("body=The+green+one.&seen={now}"));
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);

    let before = seen(&kim.get(&path).body);
    stage.desk.replies(stage.bo, handoff, "It left today.");
    for (noun, form) in [("return", "reason=Red."), ("acceptance", "rating=5"), ("withdrawal", "reason=No.")]
    {
        let stopped = kim.post(&format!("{path}/{noun}"), &format!("{form}&seen={before}"));
        assert_eq!(stopped.status, StatusCode::CONFLICT, "{noun}: {}", stopped.body);
    }
    let now = seen(&kim.get(&path).body);
    let done = kim.post(&format!("{path}/return"), &format!("reason=Red.&seen={now}"));
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}
