//! Whoever asked is told of an answer where no mail brings it, and once.

use desk::entitled::ByDesk;
use desk::reply::Then;
use domain::id::PersonId;
use domain::notice::{Occasion, Way};
use jiff::SignedDuration;
use testkit::TestDesk;
use testkit::post::{Bag, Left};

use crate::board::{House, told, unread};
use crate::notices::{answers, chooses};

/// Everything that is told by now, and the mail that leaves by it.
fn heard(desk: &TestDesk, bag: &mut Bag) -> Vec<Left> {
    desk.wait(SignedDuration::from_secs(60));
    desk.notifies();
    while desk.sends(bag) > 0 {}
    std::mem::take(&mut bag.left)
}

pub(crate) fn an_answer_that_no_mail_brings_is_told_to_whoever_asked(desk: &TestDesk) {
    let (house, mut bag) = (House::new(desk), Bag::default());
    let number = house.opens(desk);
    desk.takes(house.kim, number);
    desk.replies(house.kim, number, "It is mended.");
    for _ in 0..2 {
        assert!(heard(desk, &mut bag).is_empty(), "there is nothing to send it with");
    }
    assert_eq!((told(desk, house.anna), unread(desk, house.anna)), (vec![(Occasion::Replied, number)], 1));
    desk.replies(house.anna, number, "It is not.");
    heard(desk, &mut bag);
    assert_eq!(told(desk, house.anna).len(), 1, "nobody is told of their own words");
    assert_eq!(told(desk, house.kim), [(Occasion::Answered, number)]);
    assert!(told(desk, house.bo).is_empty());

    answers(desk, house.kim, number, "Now it is.", Then::Solve);
    heard(desk, &mut bag);
    let all = [(Occasion::Solved, number), (Occasion::Replied, number)];
    assert_eq!(
        (told(desk, house.anna), unread(desk, house.anna)),
        (all.to_vec(), 2),
        "an end is told as one thing"
    );
}

pub(crate) fn what_no_mail_of_its_own_unit_brings_another_inbox_carries_as_its_reader_chose(desk: &TestDesk) {
    let (house, mut bag) = (House::new(desk), Bag::default());
    let reception = desk.unit("Reception");
    let visits = desk.service("Visits", reception);
    let inbox = desk.posts("reception@example.org", (reception, visits));
    desk.set_up(|act| desk::base_url::set(act, &ByDesk, "https://desk.example.org"));
    let number = house.opens(desk);
    desk.replies(house.kim, number, "It is mended.");
    let left = heard(desk, &mut bag);
    assert_eq!(left.len(), 1);
    let (mail, text) = (&left[0], left[0].message.text.clone().unwrap());
    assert_eq!(mail.to, ["anna@example.org"]);
    assert!(text.contains("Support answered") && text.contains("> It is mended."), "{text}");
    assert!(text.contains(&format!("https://desk.example.org/portal/tickets/{number}")), "{text}");
    assert!(mail.raw.contains("Auto-Submitted: auto-generated"));
    let back = desk.takes_in(inbox, &mail.answered("It hums."));
    assert_eq!(desk.ticket_of(back), number, "an answer goes where it belongs");

    let secret = desk.service_with("Secrets", house.unit, |service| service.confidential = true);
    let hidden = desk.opens(house.anna, secret, "A secret", "Hush.");
    desk.replies(house.kim, hidden, "Nobody knows.");
    assert!(heard(desk, &mut bag).is_empty(), "no other unit's inbox carries what is confidential");
    assert_eq!(told(desk, house.anna)[0], (Occasion::Replied, hidden));
    chooses(desk, house.anna, Occasion::Replied, Way::Never);
    desk.replies(house.kim, number, "Still?");
    assert!(heard(desk, &mut bag).is_empty());
    assert_eq!(told(desk, house.anna)[0], (Occasion::Replied, number));
}

/// A customer whom no mail reaches.
fn without_address(desk: &TestDesk) -> PersonId {
    desk.set_up(|act| desk::people::create(act, &ByDesk, &desk::people::Input::named("Otto"), &[]))
}

pub(crate) fn an_answer_that_a_mail_brings_is_told_by_nothing_else(desk: &TestDesk) {
    let (house, mut bag) = (House::new(desk), Bag::default());
    desk.posts("help@example.org", (house.unit, house.service));
    let number = house.opens(desk);
    desk.replies(house.kim, number, "It is mended.");
    let left = heard(desk, &mut bag);
    assert_eq!(left.len(), 1, "the mail itself");
    assert!(told(desk, house.anna).is_empty());
    let otto = without_address(desk);
    let other = desk.opens(otto, house.service, "The door", "It squeaks.");
    desk.replies(house.kim, other, "It is oiled.");
    assert!(heard(desk, &mut bag).is_empty());
    assert_eq!(told(desk, otto), [(Occasion::Replied, other)]);
}
