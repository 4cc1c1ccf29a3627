use store::draft::Addressed;
use store::outgoing::Role;

use super::named;
use crate::{DeskError, Problem};

fn fields(to: &str, cc: &str, bcc: &str) -> Addressed {
    Addressed { to: to.to_owned(), cc: cc.to_owned(), bcc: bcc.to_owned() }
}

#[test]
fn names_quotes_and_separators_of_every_kind_are_read() {
    let read = named(&fields("\"Berg, Bo\" <Bo@Example.org>; mei@example.org,\n carl@example.net,", "", ""))
        .unwrap();
    let told: Vec<String> = read.iter().map(|one| one.mailbox.to_string()).collect();
    assert_eq!(told, ["Berg, Bo <Bo@example.org>", "mei@example.org", "carl@example.net"]);
    assert!(named(&fields("", " , ", "")).unwrap().is_empty());
}

#[test]
fn an_address_counts_once_where_most_people_see_it() {
    let read =
        named(&fields("a@example.org", "A@example.org, b@example.org", "b@example.org, c@example.org"))
            .unwrap();
    let told: Vec<(Role, &str)> = read.iter().map(|one| (one.role, one.mailbox.address.key())).collect();
    assert_eq!(
        told,
        [(Role::To, "a@example.org"), (Role::Cc, "b@example.org"), (Role::Bcc, "c@example.org")]
    );
}

#[test]
fn what_is_no_address_is_refused_with_its_place() {
    for wrong in ["bo@", "bo", "Bo <bo@example.org", "bo@exa mple.org"] {
        let Err(DeskError::Invalid { field: "cc", problem }) =
            named(&fields("", &format!("a@example.org, {wrong}"), ""))
        else {
            panic!("{wrong} was taken");
        };
        let expected =
            Problem::RecipientNotAnAddress { text: wrong.to_owned(), place: 2, field: "Cc".to_owned() };
        assert_eq!(problem, expected);
    }
}
