//! Statuses of one's own: making them, and saying one of a ticket.

use desk::DeskError;
use desk::entitled::ByDesk;
use desk::status::{self, Input};
use domain::event::WaitOn;
use domain::id::{PersonId, StatusId};
use domain::status::Category;
use domain::ticket::Ticket;

use crate::TestDesk;

impl TestDesk {
    /// Makes a status of every kind and gives its id; `with` says what differs.
    pub fn status(&self, name: &str, category: Category, with: impl FnOnce(&mut Input)) -> StatusId {
        let mut input = Input { name: name.to_owned(), kind: None, category, outside: String::new() };
        with(&mut input);
        self.set_up(move |act| status::define(act, &ByDesk, &input))
    }

    /// Says a status of a ticket.
    pub fn says(&self, person: PersonId, number: i64, status: StatusId) -> Result<(), DeskError> {
        self.says_of(person, number, status, None)
    }

    /// The same, with whom it waits for then.
    pub fn says_of(
        &self,
        person: PersonId,
        number: i64,
        status: StatusId,
        whom: Option<WaitOn>,
    ) -> Result<(), DeskError> {
        self.with(person, number, move |act, seen| {
            status::set(act, seen.serve().ok_or(DeskError::NotAllowed)?, status, whom)
        })
    }

    /// A ticket as its events leave it.
    pub fn folded(&self, person: PersonId, number: i64) -> Ticket {
        let folded = self.with(person, number, |act, seen| {
            let events = store::event::of_ticket(act.tx, seen.ticket)?;
            Ticket::fold(seen.ticket, &events).ok_or(DeskError::NotFound)
        });
        folded.expect("a ticket that the person serves")
    }
}
