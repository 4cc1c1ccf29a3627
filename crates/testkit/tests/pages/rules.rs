//! The form of a rule.

use std::collections::BTreeSet;

use store::office::Office;
use testkit::TestDesk;

use crate::browser::Browser;

#[test]
fn a_rule_so_long_after_the_solution_is_none_on_the_solution_itself() {
    let desk = TestDesk::new();
    let root = desk.agent("Root", &[desk.unit("Support")]);
    desk.appoint(root, Office::Administrator);
    let browser = Browser::new(&desk.desk).signed_in(&desk.session(root));
    let page = browser.get("/rules/new").body;
    let (_, choices) = page.split_once("name=\"when\"").unwrap();
    let (choices, _) = choices.split_once("</select>").unwrap();
    let values: Vec<&str> =
        choices.split("value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(values.len() > 10, "{choices}");
    assert_eq!(values.iter().collect::<BTreeSet<_>>().len(), values.len(), "each can be chosen: {values:?}");
    browser.post("/rules/new", "name=Old&when=time:solved&by=72&per=hours&note=It+is+over.&do=save");
    let list = browser.get("/rules");
    assert!(list.has("solved for: ") && !list.has("it was solved"), "{}", list.body);
}
