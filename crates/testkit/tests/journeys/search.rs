//! Somebody searches from the bar of every page, with the keyboard alone and without scripts.

use testkit::Site;
use testkit::browser::Scripts;

use crate::{Shop, shop};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_are_found_as_they_are_said_and_a_number_leads_to_its_ticket() {
    let Shop { desk, ada, kim, help, .. } = shop();
    let number = desk.opens(ada, help, "Broken lamp", "It flickers in the <kitchen> & hums.");
    desk.notes(kim, number, "She has the flickering one.");
    desk.indexes();
    let Some(site) = Site::open(desk).await else { return };

    let kim = site.enter("Kim").await;
    kim.keys("/").await;
    kim.keys("flickers\u{e007}").await;
    kim.is_at(|path| path == "/search").await;
    kim.sees("It flickers in the <kitchen> & hums.").await;
    kim.sees("She has the flickering one.").await;
    kim.sees("Searched tickets, messages, notes, your units").await;
    kim.keys("j").await;
    kim.keys("o").await;
    kim.is_at(|path| path.starts_with(&format!("/tickets/{number}#message-"))).await;
    // As far as a word was typed.
    kim.visit("/search?q=flick").await;
    kim.sees("It flickers in the <kitchen> & hums.").await;
    kim.visit("/search?q=flikcers").await;
    kim.sees("Close to what you typed:").await;
    kim.sees("It flickers in the <kitchen> & hums.").await;
    kim.close().await;

    let ada = site.enter_with("Ada", Scripts::Off).await;
    ada.visit("/search?q=flickers").await;
    ada.sees("It flickers in the <kitchen> & hums.").await;
    ada.holds_nothing_of("flickering one").await;
    ada.visit(&format!("/search?q=%23{number}")).await;
    ada.is_at(|path| path == format!("/portal/tickets/{number}")).await;
    ada.visit("/search?q=xylophone").await;
    ada.sees("Nothing was found").await;
    ada.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_calls_is_found_by_number_address_and_by_the_very_words() {
    let Shop { desk, help, .. } = shop();
    let caller = desk::people::Input {
        email: Some("ruth@home.example".to_owned()),
        phone: Some("+49 (0)30 123-45".to_owned()),
        ..desk::people::Input::named("Ruth")
    };
    let ruth = desk.set_up(move |act| desk::people::create(act, &desk::entitled::ByDesk, &caller, &[]));
    let ada = desk.customer("Bela");
    let asked = desk.opens(ruth, help, "The blue lamp", "It is dark in the hall.");
    desk.opens(ada, help, "A lamp", "The hall is dark, and it is blue.");
    desk.indexes();
    let Some(site) = Site::open(desk).await else { return };

    let kim = site.enter("Kim").await;
    for typed in ["4930 12345", "030/12345", "ruth@home.example", "\"dark in the hall\"", "lamp ruth"] {
        kim.visit("/search").await;
        kim.keys("/").await;
        kim.keys(&format!("{typed}\u{e007}")).await;
        kim.sees("The blue lamp").await;
        kim.holds_nothing_of("A lamp").await;
    }
    kim.keys("/").await;
    kim.keys(&format!("#{asked}\u{e007}")).await;
    kim.is_at(|path| path.starts_with(&format!("/tickets/{asked}"))).await;
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_and_a_filter_stand_in_one_line_and_the_answer_says_what_was_searched() {
    let Shop { desk, ada, kim, help, .. } = shop();
    let bela = desk.customer("Bela");
    let hers = desk.opens(ada, help, "Broken lamp", "It flickers.");
    let his = desk.opens(bela, help, "Another lamp", "It flickers as well.");
    desk.takes(kim, his);
    desk.indexes();
    let Some(site) = Site::open(desk).await else { return };

    let kim = site.enter("Kim").await;
    kim.keys("/").await;
    kim.keys("flickers from:ada\u{e007}").await;
    kim.sees("Broken lamp").await;
    kim.holds_nothing_of("Another lamp").await;
    kim.sees("for “flickers”, with: Requester: ada").await;
    kim.follow("Show as a list").await;
    kim.is_at(|path| path == "/views").await;
    kim.sees("Broken lamp").await;
    kim.holds_nothing_of("Another lamp").await;

    // A slip is shown in its place, and nothing that was typed is lost.
    kim.visit("/search?q=flickers+form:ada+is:open").await;
    kim.sees("At character 10: there is no field “form” (did you mean “from:”?)").await;
    assert_eq!(kim.value("Number, words or a filter").await, "flickers form:ada is:open");
    kim.fill("Number, words or a filter", "is:mine").await;
    kim.press("Search").await;
    kim.sees("Another lamp").await;
    kim.holds_nothing_of("Broken lamp").await;
    kim.sees(&format!("#{his}")).await;

    // What only looks like a filter is words.
    kim.visit("/search?q=form:flickers").await;
    kim.sees("Searched as words.").await;
    kim.visit("/search?as=words&q=is:open+lamp").await;
    kim.sees("Searched tickets, messages, notes, your units").await;
    kim.close().await;

    let ada = site.enter("Ada").await;
    ada.visit("/search?q=flickers+is:open").await;
    ada.sees("Searched your tickets").await;
    ada.holds_nothing_of("with:").await;
    ada.sees(&format!("#{hers}")).await;
    ada.close().await;
}
