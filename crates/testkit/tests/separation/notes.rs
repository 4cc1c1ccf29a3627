//! A note that was changed, and what stands below an agent's mails, with a canary in every text.

use domain::id::{NoteId, PersonId};
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::texts::KIM;

pub(crate) struct Notes {
    note: NoteId,
}

impl Notes {
    pub(crate) fn new(desk: &TestDesk, ticket: i64, kim: PersonId) -> Self {
        let note = desk
            .with(kim, ticket, |act, seen| {
                let first = desk::words::Body::parse(&word("earlier words of a note"))?;
                let note = desk::note::run(act, seen.annotate().unwrap(), &first)?;
                let later = desk::words::Body::parse(&word("changed words of a note"))?;
                desk::note::change(act, seen, note, &later)?;
                Ok(note)
            })
            .unwrap();
        desk.act(kim, |act, viewer| desk::signature::save(act, viewer, None, &word("an agent's signature")))
            .unwrap();
        Self { note }
    }

    pub(crate) fn ids(&self) -> [i64; 2] {
        [self.note.0, 17]
    }

    pub(crate) fn canaries(inside: &[&'static str]) -> Vec<Canary> {
        let canary =
            |name, for_whom: &[&'static str]| Canary { name, word: word(name), for_whom: for_whom.into() };
        vec![
            canary("earlier words of a note", inside),
            canary("changed words of a note", inside),
            canary("an agent's signature", &[KIM]),
        ]
    }
}
