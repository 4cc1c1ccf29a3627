//! Keys instead of a mouse: the palette, the overview, single keys that never disturb who writes, and how it looks.

use testkit::Site;
use testkit::browser::{Browser, Scripts};

use crate::{Shop, shop};

// Keys as WebDriver writes them.
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const DOWN: &str = "\u{e015}";
const PALETTE: &str = "\u{e009}k";

const HINT: &str = "A number, a name, or what you want to do";

async fn two_tickets() -> Option<(Site, i64, i64)> {
    let Shop { desk, ada, help, .. } = shop();
    let first = desk.opens(ada, help, "Where is my parcel?", "It should be here.");
    let second = desk.opens(ada, help, "The lamp flickers", "Since today.");
    Some((Site::open(desk).await?, first, second))
}

async fn stands_on(person: &Browser, words: &str) {
    person.comes_to(words, async || person.stands_on().await.starts_with(words)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_palette_goes_to_places_and_does_what_the_open_ticket_lets() {
    let Some((site, first, second)) = two_tickets().await else { return };
    let kim = site.enter("Kim").await;
    kim.sees("The lamp flickers").await;
    kim.keys(PALETTE).await;
    stands_on(&kim, "My work").await;
    kim.keys("service m").await;
    stands_on(&kim, "Service map").await;
    kim.keys(ENTER).await;
    kim.is_at(|path| path.starts_with("/map")).await;
    // From any page, by number.
    kim.keys(PALETTE).await;
    kim.keys(&second.to_string()).await;
    stands_on(&kim, &format!("#{second} The lamp flickers")).await;
    kim.keys(ENTER).await;
    kim.is_at(|path| path.starts_with(&format!("/tickets/{second}"))).await;
    // What can be done with it, as its rules say now.
    kim.keys(PALETTE).await;
    kim.keys("take").await;
    stands_on(&kim, "Take it").await;
    kim.keys(ENTER).await;
    kim.sees("The ticket has its holder.").await;
    kim.keys(PALETTE).await;
    kim.keys("take").await;
    kim.comes_to("nothing to take", async || !kim.stands_on().await.starts_with("Take it")).await;
    // What stands beside it is changed from here as well, also from another page.
    kim.keys(PALETTE).await;
    kim.keys("watch").await;
    stands_on(&kim, "Watch this ticket").await;
    kim.keys(ENTER).await;
    kim.sees("Watching").await;
    kim.keys(PALETTE).await;
    kim.keys("add a tag").await;
    stands_on(&kim, "Add a tag").await;
    kim.keys(ENTER).await;
    kim.comes_to("the field for a tag", async || kim.is_writing_in("Add a tag").await).await;
    kim.keys(&format!("returns{ENTER}")).await;
    kim.sees("returns").await;
    kim.keys(PALETTE).await;
    kim.keys("snooze").await;
    stands_on(&kim, "Snooze").await;
    kim.keys(ENTER).await;
    kim.sees("Until when?").await;
    kim.keys(ESCAPE).await;
    // Escape leads back to where the focus was, and arrows walk.
    kim.keys(ESCAPE).await;
    assert!(!kim.stands_on().await.contains("Take it"));
    kim.keys("/").await;
    assert_eq!(kim.stands_on().await, "Search");
    kim.keys(PALETTE).await;
    stands_on(&kim, "Reply to the requester").await;
    let before = kim.stands_on().await;
    kim.keys(DOWN).await;
    assert_ne!(kim.stands_on().await, before);
    kim.keys(ESCAPE).await;
    assert_eq!(kim.stands_on().await, "Search", "the focus is back");
    // It searches, too, and goes on to the page that searches everything.
    kim.keys(PALETTE).await;
    kim.keys("parcel late").await;
    stands_on(&kim, "Search everything").await;
    assert!(kim.repeated_ids().await.is_empty());
    kim.keys(ESCAPE).await;
    kim.close().await;

    let plain = site.enter_with("Kim", Scripts::Off).await;
    plain.visit(&format!("/tickets/{first}")).await;
    plain.follow_on_top("Go, do, search Ctrl+K").await;
    plain.sees("Take it").await;
    plain.fill(HINT, "service map").await;
    plain.press("Find").await;
    plain.follow("Service map g m").await;
    plain.is_at(|path| path == "/map").await;
    plain.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn single_keys_act_outside_of_fields_and_nowhere_else() {
    let Some((site, first, _)) = two_tickets().await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{first}")).await;
    // Two keys one after the other lead to a page.
    kim.keys("?").await;
    kim.sees("Single keys do nothing while you write").await;
    kim.keys("gw").await;
    assert!(kim.address().await.starts_with(&format!("/tickets/{first}")), "not below the overview");
    kim.keys(ESCAPE).await;
    // A form behind its name: its first field has the focus, and Escape leads back to its name.
    kim.keys("h").await;
    kim.comes_to("the first field", async || kim.is_writing_in("Service").await).await;
    kim.keys(ESCAPE).await;
    stands_on(&kim, "Ask another unit").await;
    kim.keys("n").await;
    kim.comes_to("the note", async || kim.is_writing_in("Your note").await).await;
    // Whoever writes, writes.
    kim.keys("jkornahg/x?").await;
    assert_eq!(kim.value("Your note").await, "jkornahg/x?");
    kim.keys(ESCAPE).await;
    stands_on(&kim, "Internal note").await;
    assert_eq!(kim.value("Your note").await, "jkornahg/x?", "what was written stays");
    kim.keys("r").await;
    kim.comes_to("the reply", async || kim.is_writing_in("Your reply").await).await;
    kim.keys("jkornah/?").await;
    assert_eq!(kim.value("Your reply").await, "jkornah/?");
    kim.keys(ESCAPE).await;
    kim.keys("a").await;
    kim.comes_to("to whom", async || kim.is_writing_in("Person").await).await;
    kim.keys(ESCAPE).await;
    kim.keys("/").await;
    assert_eq!(kim.stands_on().await, "Search");
    kim.keys("jkornah/?").await;
    assert_eq!(kim.stands_on().await, "Search", "whoever searches, types");
    kim.keys(ESCAPE).await;
    kim.keys("t").await;
    kim.sees("The ticket has its holder.").await;
    kim.keys("gw").await;
    kim.is_at(|path| path == "/").await;
    kim.keys("j").await;
    stands_on(&kim, "Where is my parcel?").await;
    kim.keys("j").await;
    stands_on(&kim, "The lamp flickers").await;
    kim.keys("k").await;
    stands_on(&kim, "Where is my parcel?").await;
    kim.keys("o").await;
    kim.is_at(|path| path.starts_with(&format!("/tickets/{first}"))).await;
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_prefers_holds_on_every_page_and_keys_can_be_switched_off() {
    let Some((site, first, _)) = two_tickets().await else { return };
    let kim = site.enter("Kim").await;
    kim.visit("/profile").await;
    kim.tick("Dark").await;
    assert_eq!(kim.page_says("data-theme").await, "dark", "shown before it is saved");
    kim.tick("Compact").await;
    kim.tick("Single keys do something").await;
    kim.fill("Seconds to undo a reply (optional)", "500").await;
    kim.press_in("Preferences", "Save").await;
    kim.sees("Choose between 0 and 120 seconds.").await;
    assert_eq!(kim.page_says("data-theme").await, "system", "nothing of it was saved");
    kim.fill("Seconds to undo a reply (optional)", "30").await;
    kim.press_in("Preferences", "Save").await;
    kim.sees("Your preferences were saved.").await;
    kim.visit(&format!("/tickets/{first}")).await;
    assert_eq!(kim.page_says("data-theme").await, "dark");
    assert_eq!(kim.page_says("data-density").await, "compact");
    let ticket = kim.address().await;
    for path in [ticket.as_str(), "/"] {
        kim.visit(path).await;
        kim.sees("Where is my parcel?").await;
        kim.keys("jkornah/?gm").await;
        assert_eq!(kim.stands_on().await, "", "no field and no row of {path} took them");
        assert_eq!(kim.address().await, path, "they lead nowhere");
        assert!(!kim.words().await.contains("Single keys do nothing"), "nor to the overview");
    }
    kim.visit(&ticket).await;
    // The palette is no single key.
    kim.keys(PALETTE).await;
    stands_on(&kim, "Reply to the requester").await;
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_done_just_now_is_undone_by_a_key_unless_something_followed() {
    let Shop { desk, ada, help, .. } = shop();
    let first = desk.opens(ada, help, "Where is my parcel?", "It should be here.");
    let second = desk.opens(ada, help, "The lamp flickers", "Since today.");
    let Some(site) = Site::open(desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{first}")).await;
    kim.press("Take it").await;
    kim.sees("The ticket has its holder.").await;
    kim.keys("z").await;
    kim.sees("Undone. It is as it was before.").await;
    assert!(kim.has_button("Take it").await);
    // Somebody else was faster: nothing is undone, and the page says how it stands.
    kim.visit(&format!("/tickets/{second}")).await;
    kim.press("Take it").await;
    kim.sees("The ticket has its holder.").await;
    site.desk.replies(ada, second, "It is urgent.");
    kim.press("Undo").await;
    kim.sees("Something else happened to this ticket meanwhile").await;
    assert!(!kim.has_button("Take it").await);
    kim.close().await;
    // Without scripts the way back stands there as well.
    let plain = site.enter_with("Kim", Scripts::Off).await;
    plain.visit(&format!("/tickets/{first}")).await;
    plain.press("Take it").await;
    plain.press("Undo").await;
    plain.sees("Undone. It is as it was before.").await;
    plain.close().await;
}
