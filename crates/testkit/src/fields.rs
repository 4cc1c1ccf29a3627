//! Fields of one's own: defining and answering them.

use desk::DeskError;
use desk::custom::{self, Input};
use desk::entitled::ByDesk;
use domain::custom::{Needed, Of, Shown, Type};
use domain::id::{CustomId, PersonId};

use crate::TestDesk;

impl TestDesk {
    /// Defines a field of one's own and gives its id; `with` says what differs from a line of text that only
    /// the serving side reads.
    pub fn field(&self, key: &str, with: impl FnOnce(&mut Input)) -> CustomId {
        let mut input = Input {
            of: Of::Ticket,
            key: key.to_owned(),
            name: key.to_owned(),
            help: String::new(),
            holds: Type::Text,
            services: Vec::new(),
            needed: Needed::Never,
            shown: Shown::Inside,
            choices: Vec::new(),
            when: None,
        };
        with(&mut input);
        self.set_up(move |act| custom::define(act, &ByDesk, &input))
    }

    /// Answers a field of a ticket.
    pub fn answers(&self, person: PersonId, number: i64, key: &str, value: &str) -> Result<(), DeskError> {
        let (key, value) = (key.to_owned(), vec![value.to_owned()]);
        self.act(person, move |act, viewer| {
            let seen =
                store::access::by_number(act.tx, viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
            let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
            custom::answer(act, viewer, granted, &key, &value)
        })
    }
}
