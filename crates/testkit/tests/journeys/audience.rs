//! Whoever writes sees before any word who will read it: whether a customer asks, an employee, or another unit.

use testkit::Site;

use crate::shop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_and_a_note_look_apart_whoever_asks() {
    let shop = shop();
    let eva = shop.desk.employee("Eva");
    let outside = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let inside = shop.desk.opens(eva, shop.help, "My chair wobbles", "Since Monday.");
    let handoff = shop.desk.asks(shop.kim, outside, shop.stock, "Find the parcel", "Please look.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    let bo = site.enter("Bo").await;
    for (person, number, send, reader) in [
        (&kim, outside, "Send to customer", "Ada gets this."),
        (&kim, inside, "Send to requester", "Eva gets this."),
        (&bo, handoff, "Send to requester", "gets this."),
    ] {
        person.visit(&format!("/tickets/{number}")).await;
        person.sees(reader).await;
        for other in ["Send to customer", "Send to requester"].iter().filter(|other| **other != send) {
            assert!(!person.has_button(other).await, "{other} stands on #{number}");
        }
        let reply = person.looks(send).await.unwrap_or_else(|| panic!("no button {send} on #{number}"));
        let note = person.looks("Add note").await.expect("a button for the note");
        assert_ne!(reply.colour, note.colour, "the buttons of #{number} have one colour");
        assert_ne!(reply.icon, note.icon, "the buttons of #{number} have one icon");
        assert_ne!(reply.edge, note.edge, "the forms of #{number} have one edge");
        assert!(!reply.icon.is_empty() && !note.icon.is_empty(), "colour alone says nothing");
        // One of them at a time, each under its own name.
        person.fill("Your reply", "For whoever asked").await;
        person.sees("Draft kept").await;
        person.unfold("Internal note").await;
        person.sees("Only the serving side sees this. It is never sent.").await;
        assert!(!person.words().await.contains(reader), "both forms of #{number} are open");
        person.fill("Your note", "For us alone").await;
        person.press("Add note").await;
        person.sees("Your note was added.").await;
        person.sees("For us alone").await;
        assert_eq!(person.value("Your reply").await, "For whoever asked", "the reply of #{number} is there");
        person.press(send).await;
        person.sees("Your reply was sent.").await;
    }
    kim.close().await;
    bo.close().await;
    let ada = site.browser(testkit::browser::Scripts::Off).await;
    ada.sign_in("ada@example.org", testkit::site::PASSWORD).await;
    ada.visit(&format!("/portal/tickets/{outside}")).await;
    ada.sees("For whoever asked").await;
    ada.holds_nothing_of("For us alone").await;
    ada.close().await;
}
