//! Lists by links: typed, mended where they are wrong, and filled in as a form.

use testkit::Site;
use testkit::browser::Scripts;

use crate::shop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_shows_what_is_linked_with_what() {
    let shop = shop();
    let [cause, effect, other] = ["The mains are down", "My lamp is dark", "An invoice"]
        .map(|subject| shop.desk.opens(shop.ada, shop.help, subject, "Please help."));
    shop.desk
        .act(shop.kim, move |act, viewer| {
            let seen = store::access::by_number(act.tx, viewer, effect, act.now)?.unwrap();
            desk::link::add(act, viewer, seen.serve().unwrap(), domain::link::Link::CausedBy, cause)
        })
        .unwrap();
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter_with("Kim", Scripts::Off).await;
    let shows = async |filter: &str, subjects: [bool; 3]| {
        kim.visit(&format!("/views?q={filter}")).await;
        let words = kim.words().await;
        let found = ["The mains are down", "My lamp is dark", "An invoice"].map(|one| words.contains(one));
        assert_eq!(found, subjects, "{filter}: {words}");
    };
    shows("linked:any", [true, true, false]).await;
    shows("linked:none", [false, false, true]).await;
    shows("linked:caused-by", [false, true, false]).await;
    shows(&format!("linked:{effect}"), [true, false, false]).await;
    shows(&format!("linked:{other}"), [false, false, false]).await;
    kim.visit("/views?q=linked:cause-by").await;
    kim.sees("caused-by").await;
    kim.close().await;
}
