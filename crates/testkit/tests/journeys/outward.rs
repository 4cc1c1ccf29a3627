//! What goes out: to whom, when something came in between, and what is never lost on the way.

use testkit::Site;
use testkit::browser::Scripts;
use testkit::letters::{refused, taken};
use testkit::post::Bag;

use crate::shop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_is_stopped_by_what_came_in_and_sent_anyway_or_after_reading() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let lea = shop.desk.agent("Lea", &[shop.support]);
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.fill("Your reply", "It is on its way.").await;
    kim.attach("Attach files", &plan()).await;
    kim.sees("plan.txt").await;
    site.desk.notes(lea, number, "The driver is ill.");
    site.desk.replies(shop.ada, number, "It came this minute!");
    kim.press("Send to customer").await;
    kim.sees("Something new came in while you were writing.").await;
    kim.sees("The driver is ill.").await;
    kim.sees("It came this minute!").await;
    kim.sees("plan.txt").await;
    assert_eq!(kim.value("Your reply").await, "It is on its way.");
    kim.follow("Read what is new").await;
    assert_eq!(kim.value("Your reply").await, "It is on its way.");
    kim.press("Send anyway").await;
    kim.sees("Your reply was sent.").await;
    kim.sees("plan.txt").await;

    // Closed meanwhile: there is no form any more, and the words are there.
    kim.fill("Your reply", "One thing more.").await;
    site.desk.solves(lea, number);
    site.desk.with(lea, number, |act, seen| desk::close::serve(act, seen.serve().unwrap())).unwrap();
    kim.press("Send to customer").await;
    kim.sees("Your text, not sent").await;
    assert_eq!(kim.value("Your text, not sent").await, "One thing more.");
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_for_a_ticket_that_went_away_gives_its_words_back() {
    let shop = shop();
    let private = shop.desk.unit("Legal");
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.fill("Your reply", "Dear Ada, we are sorry.").await;
    let lea = site.desk.agent("Lea", &[shop.support]);
    site.desk
        .with(lea, number, move |act, seen| {
            desk::transfer::run(act, seen.serve().unwrap(), private, "Theirs.")
        })
        .unwrap();
    kim.press("Send to customer").await;
    kim.sees("Your text, not sent").await;
    assert_eq!(kim.value("Your text, not sent").await, "Dear Ada, we are sorry.");
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_goes_to_all_and_to_somebody_unseen_and_its_draft_remembers_them() {
    let shop = shop();
    let (support, help) = (shop.support, shop.help);
    let inbox = shop.desk.sending_inbox("help@desk.example", (support, help));
    let mail = "From: Ada <ada@example.org>\r\nTo: help@desk.example\r\nCc: Carl <carl@example.net>, help@desk.example\r\n\
                Subject: Lamp\r\nMessage-ID: <1@example.org>\r\n\r\nIt is dark.\r\n";
    let number = shop.desk.ticket_of(shop.desk.takes_in(inbox, mail));
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    let page = format!("/tickets/{number}");
    kim.visit(&page).await;
    kim.unfold("To").await;
    kim.press("Reply to all").await;
    kim.sees("Carl").await;
    kim.fill("Bcc", "dora@example.net,").await;
    kim.fill("Your reply", "It is bright now.").await;
    kim.attach("Attach files", &plan()).await;
    kim.sees("plan.txt").await;
    kim.sees("Draft kept").await;
    let kept = || {
        let drafts = site.desk.drafted(shop.kim, number);
        drafts.iter().any(|draft| draft.addressed.as_ref().is_some_and(|fields| fields.bcc.contains("dora@")))
    };
    assert!(testkit::patience::comes_about(kept).await, "{:?}", site.desk.drafted(shop.kim, number));
    kim.visit(&page).await;
    kim.sees("dora@example.net").await;
    kim.sees("plan.txt").await;
    kim.press("Send to customer").await;
    kim.sees("Bcc, shown to nobody").await;
    kim.close().await;
    site.desk.wait(jiff::SignedDuration::from_secs(11));
    let mut to: Vec<String> = Vec::new();
    for (envelope, raw) in site.desk.hands_over(taken()) {
        assert!(!raw.contains("dora@") && raw.contains("carl@example.net"), "{raw}");
        to.extend(envelope.to);
    }
    to.sort();
    assert_eq!(to, ["ada@example.org", "carl@example.net", "dora@example.net"]);
}

fn plan() -> std::path::PathBuf {
    let place = std::env::temp_dir().join(format!("outward-{}", std::process::id()));
    std::fs::create_dir_all(&place).unwrap();
    let file = place.join("plan.txt");
    std::fs::write(&file, "The plan.").unwrap();
    file
}

const MAIL: &str = "From: Ada <ada@example.org>\r\nTo: help@desk.example\r\nSubject: Lamp\r\nMessage-ID: <1@example.org>\r\n\
                    MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n\
                    --m\r\nContent-Type: text/plain\r\n\r\nIt hums.\r\n\
                    --m\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"log.txt\"\r\n\r\nhum <b>hum</b>\r\n\
                    --m\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"more.txt\"\r\n\r\nmore of it\r\n--m--\r\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_passed_on_and_its_answer_stays_inside() {
    let shop = shop();
    let inbox = shop.desk.sending_inbox("help@desk.example", (shop.support, shop.help));
    let number = shop.desk.ticket_of(shop.desk.takes_in(inbox, MAIL));
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.follow("Pass on to somebody else").await;
    kim.sees("Ada sees neither it nor the answer").await;
    kim.fill("To", "maker@lamps.example").await;
    kim.fill("Text", "Does it have to hum?").await;
    kim.press("Keep as draft").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.sees("Pass on to somebody else\nDraft").await;
    kim.follow("Pass on to somebody else").await;
    assert_eq!(kim.value("To").await, "maker@lamps.example");
    assert_eq!(kim.value("Text").await, "Does it have to hum?");
    kim.press("Send to them").await;
    kim.sees("It was passed on.").await;
    kim.sees("maker@lamps.example").await;
    let mut bag = Bag::default();
    site.desk.sends(&mut bag);
    let left = bag.left.pop().expect("the mail that was passed on");
    assert!(left.raw.contains("log.txt") && left.raw.contains("more.txt"), "{}", left.raw);
    site.desk.takes_in(inbox, &left.answered("It hums by design."));
    kim.visit(&format!("/tickets/{number}")).await;
    kim.sees("It hums by design.").await;
    kim.sees("Ada does not see this.").await;
    kim.close().await;
    let ada = site.enter("Ada").await;
    ada.visit(&format!("/portal/tickets/{number}")).await;
    ada.sees("It hums.").await;
    ada.holds_nothing_of("by design").await;
    ada.holds_nothing_of("maker@").await;
    ada.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_is_written_to_and_a_lost_mail_goes_to_a_mended_address() {
    let shop = shop();
    shop.desk.sending_inbox("help@desk.example", (shop.support, shop.help));
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit("/tickets/new").await;
    kim.fill("To", "Dora <dora@exmaple.net>").await;
    kim.fill("Subject", "Your lamp is recalled").await;
    kim.fill("Your message", "Please send it back.").await;
    kim.press("Send and wait").await;
    kim.sees("Your lamp is recalled").await;
    let address = kim.address().await;
    let page = address.split('?').next().unwrap().to_owned();
    // A badge says how the mail fares.
    kim.sees("not sent yet").await;
    site.desk.wait(jiff::SignedDuration::from_secs(11));
    kim.visit(&page).await;
    kim.sees("waits for the server").await;
    assert_eq!(site.desk.hands_over(refused("550 no such user")).len(), 1);
    kim.visit(&page).await;
    kim.sees("not sent").await;
    kim.sees("550 no such user").await;
    kim.unfold("Send to another address").await;
    kim.fill("Address", "dora@example.net").await;
    kim.press("Send there").await;
    kim.sees("It was sent to another address instead.").await;
    site.desk.wait(jiff::SignedDuration::from_secs(1));
    let sent = site.desk.hands_over(taken());
    assert_eq!(
        sent.iter().map(|(envelope, _)| envelope.to[0].as_str()).collect::<Vec<_>>(),
        ["dora@example.net"]
    );
    kim.visit(&page).await;
    assert!(kim.words().await.lines().any(|line| line.ends_with("sent") && !line.ends_with("not sent")));
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_click_from_the_mail_and_one_button_rate_without_signing_in() {
    let shop = shop();
    let inbox = shop.desk.sending_inbox("help@desk.example", (shop.support, shop.help));
    shop.desk.set_up(|act| desk::base_url::set(act, &desk::entitled::ByDesk, "https://desk.example"));
    let number = shop.desk.ticket_of(shop.desk.takes_in(inbox, MAIL));
    let body = desk::words::Body::parse("It is mended.").unwrap();
    shop.desk
        .with(shop.kim, number, move |act, seen| {
            desk::reply::serve(act, seen.serve().unwrap(), &body, desk::reply::Then::Solve)
        })
        .unwrap();
    shop.desk.wait(jiff::SignedDuration::from_secs(11));
    let mut bag = Bag::default();
    shop.desk.sends(&mut bag);
    let html = bag.left.pop().unwrap().message.text.unwrap_or_default();
    let from = html.find("/rating/").expect("a link in the mail");
    let link: String = html[from..].chars().take_while(|sign| !")> \r\n".contains(*sign)).collect();
    let Some(site) = Site::open(shop.desk).await else { return };
    let anybody = site.browser(Scripts::Off).await;
    let rated = || {
        site.desk
            .with(shop.kim, number, |act, seen| {
                Ok(store::sheet::inside(act.tx, &seen.read_inside().unwrap())?.rating)
            })
            .unwrap()
    };
    anybody.visit(&link).await;
    anybody.sees("How did we do?").await;
    anybody.holds_nothing_of("Lamp").await;
    assert_eq!(rated(), None, "looking never votes");
    anybody.fill("What should we know?", "Quick and kind.").await;
    anybody.press("Send").await;
    anybody.sees("Thank you").await;
    assert_eq!(rated(), Some(5), "the first link is the best");
    anybody.close().await;
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.sees("Quick and kind.").await;
    kim.sees("Last rating").await;
    kim.close().await;
    // For a week it can be changed, and looking still never votes.
    let other = link.replace("rating=5", "rating=2");
    assert_ne!(other, link);
    let days = |days: i64| jiff::SignedDuration::from_hours(24 * days);
    site.desk.wait(days(6));
    let anybody = site.browser(Scripts::Off).await;
    anybody.visit(&other).await;
    anybody.sees("Until a week after that you can change it.").await;
    assert_eq!(rated(), Some(5), "looking never votes");
    anybody.fill("What should we know?", "It broke again.").await;
    anybody.press("Send").await;
    anybody.sees("You gave 2 of 5.").await;
    assert_eq!(rated(), Some(2));
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.sees("It broke again.").await;
    kim.close().await;
    // A form that stood open for longer changes nothing either.
    anybody.visit(&link).await;
    anybody.fill("What should we know?", "Too late.").await;
    site.desk.wait(days(2));
    anybody.press("Send").await;
    anybody.sees("Nothing is here").await;
    anybody.visit(&link).await;
    anybody.sees("Nothing is here").await;
    assert_eq!(rated(), Some(2));
    anybody.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_are_looked_at_with_the_arrows_and_nothing_in_them_runs() {
    let shop = shop();
    let inbox = shop.desk.sending_inbox("help@desk.example", (shop.support, shop.help));
    let number = shop.desk.ticket_of(shop.desk.takes_in(inbox, MAIL));
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.follow("Look").await;
    kim.sees("hum <b>hum</b>").await;
    kim.sees("1 of 2").await;
    kim.keys("\u{e014}").await;
    kim.sees("more of it").await;
    kim.keys("\u{e012}").await;
    kim.sees("hum <b>hum</b>").await;
    kim.keys("\u{e00c}").await;
    kim.is_at(|path| path == format!("/tickets/{number}")).await;
    kim.close().await;
}
