//! Employees ask their own departments, and agents are customers too.

use testkit::browser::Scripts;
use testkit::{Site, TestDesk};

use crate::{asks, delivers, minutes, opens, takes};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_captive_service_is_closed_by_whoever_asked() {
    let desk = TestDesk::new();
    let (it, facilities) = (desk.unit("IT"), desk.unit("Facilities"));
    let board = desk.unit("Ombudsperson");
    desk.service_with("Workplaces", it, |service| {
        service.captive = true;
        service.neutral_unit = Some(board);
    });
    desk.service("Rooms", facilities);
    let (eva, ida) = (desk.employee("Eva"), desk.agent("Ida", &[it]));
    let fay = desk.agent("Fay", &[facilities]);
    desk.may_sign_in(&[eva, ida, fay]);
    let Some(site) = Site::open(desk).await else { return };

    let eva = site.enter("Eva").await;
    let number = opens(&eva, "Workplaces", "My screen stays dark", "Since this morning.").await;
    eva.sees("You cannot get this anywhere else.").await;
    site.desk.wait(minutes(20));
    let ida = site.enter("Ida").await;
    ida.follow("My screen stays dark").await;
    takes(&ida).await;
    asks(&ida, "Facilities: Rooms", "Check the socket", "Room 12, by the window.").await;
    site.desk.wait(minutes(40));

    let fay = site.enter("Fay").await;
    fay.follow("Check the socket").await;
    takes(&fay).await;
    delivers(&fay, "It has power again.").await;
    fay.close().await;

    ida.visit(&format!("/tickets/{}", number + 1)).await;
    ida.tick("5, excellent").await;
    ida.press("Accept").await;
    ida.sees("Accepted. Your ticket no longer waits for it.").await;
    ida.visit(&format!("/tickets/{number}")).await;
    ida.fill("Your reply", "The socket has power again.").await;
    ida.unfold("▾").await;
    ida.press("Send to requester and solve").await;
    ida.sees("The ticket is solved.").await;
    ida.sees("The requester closes it by accepting").await;

    eva.visit(&format!("/portal/tickets/{number}")).await;
    eva.sees("The socket has power again.").await;
    eva.unfold("No, something is missing").await;
    eva.fill("What is missing?", "It is still dark.").await;
    eva.press("Go on with it").await;
    eva.sees("The ticket is open again").await;
    site.desk.wait(minutes(10));
    ida.visit(&format!("/tickets/{number}")).await;
    ida.sees("reopened once").await;
    ida.sees("It is still dark.").await;
    ida.fill("Your reply", "I brought you another screen.").await;
    // As the last time.
    ida.press("Send to requester and solve").await;
    ida.sees("The ticket is solved.").await;
    ida.close().await;
    eva.visit(&format!("/portal/tickets/{number}")).await;
    eva.press("Yes, it is solved").await;
    eva.sees("Thank you. The ticket is closed.").await;
    eva.close().await;
}

const NOTE: &str = "canary-19c4: she asks this every month";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agent_is_the_customer_of_her_own_ticket() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (hana, kim) = (desk.agent("Hana", &[support]), desk.agent("Kim", &[support]));
    desk.may_sign_in(&[hana]);
    let number = desk.opens(hana, help, "My own lamp", "It is broken.");
    desk.opens(kim, help, "Somebody else’s lamp", "It is broken as well.");
    desk.takes(kim, number);
    desk.notes(kim, number, NOTE);
    let Some(site) = Site::open(desk).await else { return };

    let hana = site.browser(Scripts::On).await;
    hana.sign_in("hana@example.org", testkit::site::PASSWORD).await;
    hana.sees("Somebody else’s lamp").await;
    assert!(!hana.words().await.contains("My own lamp"), "nobody serves their own ticket");
    let portal = format!("/portal/tickets/{number}");
    let queue = format!("/units/{support}/queue");
    for path in ["/", "/?view=mine", "/?view=waiting", "/?view=done", &queue, "/portal"] {
        hana.visit(path).await;
        hana.holds_nothing_of(NOTE).await;
    }
    for path in ["", "/throughline"] {
        hana.visit(&format!("/tickets/{number}{path}")).await;
        hana.holds_nothing_of(NOTE).await;
    }
    hana.visit(&format!("/tickets/{number}")).await;
    assert_eq!(hana.address().await, portal, "her page of it is the portal's");
    assert!(!hana.has_button("Add note").await && !hana.has_button("Take it").await);

    site.is_heard_by(1).await;
    site.desk.notes(kim, number, "canary-19c4, once more");
    site.desk.replies(kim, number, "Here is a new one.");
    hana.sees("Here is a new one.").await;
    hana.holds_nothing_of("canary-19c4").await;
    hana.visit("/").await;
    site.is_heard_by(1).await;
    site.desk.notes(kim, number, "canary-19c4, for the third time");
    site.desk.opens(kim, help, "Yet another lamp", "Broken.");
    hana.sees("Yet another lamp").await;
    hana.holds_nothing_of("canary-19c4").await;
    hana.close().await;
}
