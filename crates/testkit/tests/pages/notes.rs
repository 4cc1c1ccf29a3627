//! What a note shows to those who read it.

use testkit::TestDesk;

use crate::browser::Browser;

#[test]
fn whoever_is_named_in_a_note_and_told_stands_out_in_it() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    desk.agent("Bo Berg", &[support]);
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    desk.notes(kim, number, "@bo berg, please tell @Ada that @Kim looks.");
    let page = Browser::new(&desk.desk).signed_in(&desk.session(kim)).get(&format!("/tickets/{number}"));
    assert!(
        page.has("<p><mark>@bo berg</mark>, please tell @Ada that @Kim looks.</p>"),
        "neither who cannot read it nor its author: {}",
        page.body
    );
}
