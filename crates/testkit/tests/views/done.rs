//! What a unit is done with, page by page.

use testkit::TestDesk;

pub(crate) fn what_was_done_at_one_instant_stands_on_the_pages_of_it_once(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let mut all: Vec<i64> = (0..5).map(|n| desk.opens(ada, help, &format!("Lamp {n}"), "Broken.")).collect();
    for number in &all {
        desk.solves(kim, *number);
    }
    all.reverse();
    let paged = desk.desk.look_now(move |look| {
        let viewer = store::access::viewer(look.tx, kim)?.unwrap();
        let (mut listed, mut before) = (Vec::new(), store::queue::After::END);
        loop {
            let page = store::work::done(look.tx, &viewer, before, 2)?;
            let Some(last) = page.last() else { return Ok(listed) };
            before = store::queue::After { at: last.solved_at.unwrap(), id: last.id };
            listed.extend(page.iter().map(|entry| entry.number));
        }
    });
    assert_eq!(paged.unwrap(), all);
}
