//! Takes the pictures of `docs/tour.md` from the demonstration: `cargo run -p testkit --example pictures`.

#![allow(clippy::unwrap_used, reason = "whoever runs it reads what went wrong")]

use std::path::Path;

use desk::demo;
use testkit::browser::{Browser, Scripts};
use testkit::{Site, TestDesk};

/// Enough for lists and pictures that look like half a year of work.
const TICKETS: u32 = 1_500;
const PALETTE: &str = "\u{e009}k";
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/pictures/tour");

#[tokio::main]
async fn main() {
    let desk = TestDesk::new();
    let options = demo::Options { tickets: TICKETS, ..demo::Options::at(desk.now()) };
    demo::build(&desk.desk, &options, &mut |_, _| {}).unwrap();
    desk.indexes();
    let Tickets { fresh, tended, waited } = tickets(&desk);
    let Some(site) = Site::open_demo(desk).await else { return };
    std::fs::create_dir_all(FOLDER).unwrap();
    let priya = site.browser(Scripts::On).await;
    priya.visit("/sign-in").await;
    take(&priya, "01-sign-in").await;
    priya.sign_in("priya.nair@emberfold.example", demo::PASSWORD).await;
    take(&priya, "02-my-work").await;
    priya.keys(PALETTE).await;
    priya.keys("ser").await;
    rest().await;
    take(&priya, "03-palette").await;
    priya.visit("/views?q=is:open+priority:1,2").await;
    take(&priya, "04-filter").await;
    priya.visit(&format!("/tickets/{tended}")).await;
    rest().await;
    take(&priya, "05-ticket").await;
    priya.visit(&format!("/tickets/{fresh}")).await;
    priya.keys("t").await;
    rest().await;
    take(&priya, "06-undo").await;
    priya.keys("n").await;
    priya.keys("Asked the fitter; he rings back before noon.").await;
    rest().await;
    take(&priya, "07-note").await;
    priya.visit(&format!("/tickets/{fresh}")).await;
    priya.keys("h").await;
    rest().await;
    take(&priya, "08-hand-off").await;
    priya.visit("/search?q=heat+pump").await;
    take(&priya, "09-search").await;
    priya.visit("/profile").await;
    take(&priya, "10-profile").await;
    priya.visit("/").await;
    priya.keys("jxjx").await;
    priya.unfold("More").await;
    take(&priya, "11-many").await;
    priya.visit(&format!("/tickets/{tended}/rules")).await;
    take(&priya, "12-why").await;
    priya.visit(&format!("/tickets/{waited}/throughline")).await;
    take(&priya, "13-throughline").await;
    priya.close().await;
}

struct Tickets {
    /// Of Customer Service, taken by nobody.
    fresh: i64,
    /// With fields, links, steps, time spent, and a second message that was merged into it.
    tended: i64,
    /// With a long story of hand-offs.
    waited: i64,
}

fn tickets(desk: &TestDesk) -> Tickets {
    desk.set_up(|act| {
        let one = |act: &mut desk::Act, sql: &'static str| {
            act.tx.query_one(sql, store::params![], |row| row.get::<i64>(0))
        };
        let fresh = one(
            act,
            "select t.number from ticket t join unit u on u.id = t.unit_id where u.name = 'Customer Service' \
             and t.state = 'open' and t.person_id is null and t.confidential = 0 and t.waiting is null order by t.due_at limit 1",
        )?;
        let waited = one(
            act,
            "select t.number from ticket t join unit u on u.id = t.unit_id where u.name = 'Customer Service' \
             and t.confidential = 0 order by (select count(*) from ticket h where h.root_id = t.id) desc, t.id limit 1",
        )?;
        let tended = one(act, "select number from ticket where subject like 'Quarry Lane 12, flat 2%'")?;
        Ok::<_, desk::DeskError>(Tickets { fresh, tended, waited })
    })
}

async fn take(browser: &Browser, name: &str) {
    browser.picture(&Path::new(FOLDER).join(format!("{name}.png"))).await;
}

/// What the page fetches has a moment to come.
async fn rest() {
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
}
