use super::*;

const TICKET: TicketId = TicketId(7);

#[test]
fn every_place_comes_back_from_its_columns() {
    let texts = [
        Text::Reply,
        Text::Note,
        Text::Handoff,
        Text::Delivery,
        Text::Return,
        Text::Forward(MessageId(3)),
        Text::ForwardAgain(NoteId(4)),
    ];
    let new = [New::Outbound, New::OnBehalf(PersonId(5)), New::Request(ServiceId(6))];
    let places = texts.map(|text| Place::Ticket(TICKET, text)).into_iter().chain(new.map(Place::New));
    for place in places {
        assert_eq!(Place::read(place.ticket(), place.word(), place.about()), Some(place));
    }
}

#[test]
fn words_and_tickets_that_do_not_go_together_are_no_place() {
    for (ticket, word) in [(None, "reply"), (Some(TICKET), "outbound"), (Some(TICKET), "letter")] {
        assert_eq!(Place::read(ticket, word, 0), None, "{word}");
    }
}
