//! An agent finds what to do by a filter, keeps it as a view, and reads on as far as the list goes.

use jiff::SignedDuration;
use testkit::browser::Scripts;
use testkit::{Site, TestDesk};

/// Sixty tickets of Ada and one of Bob; Kim serves.
fn desk() -> TestDesk {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, bob) = (desk.customer("Ada"), desk.customer("Bob"));
    let kim = desk.agent("Kim", &[support]);
    for number in 0..60 {
        desk.opens(ada, help, &format!("Parcel {number:02} is late"), "Where is it?");
        desk.wait(SignedDuration::from_mins(1));
    }
    desk.opens(bob, help, "My lamp flickers", "Since today.");
    desk.may_sign_in(&[kim]);
    desk
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_filter_is_typed_corrected_and_kept_as_a_view() {
    let Some(site) = Site::open(desk()).await else { return };
    let kim = site.enter("Kim").await;
    // One key leads to the filter.
    kim.sees("Parcel 00 is late").await;
    kim.keys("f").await;
    assert!(kim.is_writing_in("Filter of this list").await);
    kim.fill("Filter of this list", "form:bob").await;
    kim.press("Filter").await;
    kim.sees("there is no field “form” (did you mean “from:”?)").await;
    assert_eq!(kim.value("Filter of this list").await, "form:bob");
    kim.fill("Filter of this list", "from:bob").await;
    kim.press("Filter").await;
    kim.sees("My lamp flickers").await;
    assert!(!kim.words().await.contains("Parcel"));
    kim.follow("Save view").await;
    kim.tick("Open").await;
    kim.fill("Name", "Bob's matters").await;
    kim.press("Save view").await;
    kim.is_at(|path| path.starts_with("/views/") && !path.ends_with("new")).await;
    kim.sees("My lamp flickers").await;
    assert_eq!(kim.value("Filter of this list").await, "is:open from:bob", "the form was the newer face");
    // The number comes by itself.
    kim.sees("Bob's matters\n1").await;
    assert!(kim.repeated_ids().await.is_empty());
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_list_goes_on_by_itself_and_by_a_link_without_scripts() {
    let Some(site) = Site::open(desk()).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit("/views?q=is:open+from:ada&sort=opened").await;
    kim.sees("Parcel 00 is late").await;
    assert!(!kim.words().await.contains("Parcel 59"));
    kim.scrolls_to_the_end().await;
    kim.sees("Parcel 59 is late").await;
    kim.sees("Parcel 00 is late").await;
    kim.close().await;
    let plain = site.enter_with("Kim", Scripts::Off).await;
    plain.visit("/views?q=is:open+from:ada&sort=opened").await;
    plain.follow("More").await;
    plain.sees("Parcel 59 is late").await;
    assert!(!plain.words().await.contains("Parcel 00"));
    plain.close().await;
}
