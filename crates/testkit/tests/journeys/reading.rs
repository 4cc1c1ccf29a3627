//! What an agent reads before answering: a mail with quotes and images from elsewhere, and a clock that explains itself.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use testkit::Site;

use crate::{Shop, minutes, shop};

/// A place that images can be fetched from, which counts who came and gives nobody anything.
fn elsewhere() -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, came) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&came);
    std::thread::spawn(move || {
        for _gone_at_once in listener.incoming() {
            counted.fetch_add(1, Ordering::Relaxed);
        }
    });
    (address, came)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn quotes_fold_images_from_elsewhere_wait_and_the_source_is_one_click_away() {
    let (pixel, came) = elsewhere();
    let Shop { desk, support, help, .. } = shop();
    let inbox = desk.sending_inbox("help@desk.example", (support, help));
    let mail = format!(
        "From: Ada <ada@example.org>\r\nTo: help@desk.example\r\nSubject: The lamp\r\nMessage-ID: <1@example.org>\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nStill dark.\r\n\r\nOn Monday Kim wrote:\r\n> Have you changed the bulb?\r\n\
         --b\r\nContent-Type: text/html\r\n\r\n<p>Still <b>dark</b>.</p><img src=\"https://{pixel}/seen.png\">\
         <p><script>document.title='run'</script></p><p>On Monday Kim wrote:</p>\
         <blockquote>Have you changed the bulb?</blockquote>\r\n--b--\r\n"
    );
    let number = desk.ticket_of(desk.takes_in(inbox, &mail));
    let Some(site) = Site::open(desk).await else { return };

    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.sees("Still dark.").await;
    assert!(!kim.words().await.contains("Have you changed the bulb?"), "what was said before is folded");
    kim.unfold("Show everything").await;
    kim.sees("Have you changed the bulb?").await;

    kim.follow("Show formatted").await;
    kim.sees("1 image lies elsewhere and is not shown.").await;
    assert_eq!(came.load(Ordering::Relaxed), 0, "reading a mail tells its sender nothing");
    kim.follow("Show this message with them").await;
    kim.sees("Still dark.").await;
    kim.comes_to("the image being asked for", async || came.load(Ordering::Relaxed) > 0).await;
    kim.follow(&format!("Back to #{number}")).await;
    kim.sees("Still dark.").await;
    kim.follow("Source").await;
    kim.sees("Message-ID: <1@example.org>").await;
    kim.sees("<script>document.title='run'</script>").await;
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_says_where_its_promise_comes_from_and_how_its_time_went() {
    let Shop { desk, ada, kim, help, stock, .. } = shop();
    let number = desk.opens(ada, help, "Where is my parcel?", "It should be here.");
    desk.wait(minutes(60));
    desk.takes(kim, number);
    desk.asks(kim, number, stock, "Find the parcel", "Please look.");
    desk.wait(minutes(30));
    let Some(site) = Site::open(desk).await else { return };

    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.sees("Where is my parcel?").await;
    assert!(!kim.words().await.contains("Working time used"));
    kim.unfold("Resolution").await;
    for words in
        ["within 8 h of working time", "counted in", "It applies because", "Working time used", "Left", "Due"]
    {
        kim.sees(words).await;
    }
    kim.sees("Warehouse").await;
    kim.keys("\u{e00c}").await;
    kim.comes_to("the explanation closing", async || !kim.words().await.contains("Working time used")).await;
    kim.close().await;
}
