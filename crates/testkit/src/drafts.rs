//! What people are writing and have not sent.

use desk::DeskError;
use desk::draft::{self, Saved, Typed, Writing};
use domain::draft::{New, Text};
use domain::id::PersonId;
use store::draft::Draft;

use crate::TestDesk;

impl TestDesk {
    pub fn drafts(&self, person: PersonId, number: i64, text: Text, body: &str) {
        let typed = Typed { body: body.to_owned(), ..Typed::default() };
        let kept =
            self.with(person, number, move |act, seen| draft::save(act, Writing::on(seen, text)?, typed));
        kept.expect("the draft is kept");
    }

    /// What somebody is writing that opens a ticket.
    pub fn begun(&self, person: PersonId) -> Vec<Draft> {
        let drafts = self.desk.look_now(move |look| Ok(store::draft::opening(look.tx, person)?));
        drafts.expect("the drafts are read")
    }

    pub fn begins(
        &self,
        person: PersonId,
        new: New,
        fields: &[(&str, &str)],
        (body, version): (&str, i64),
    ) -> Result<Saved, DeskError> {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let typed = Typed { body: body.to_owned(), version, fields: fields.collect(), ..Typed::default() };
        self.act(person, move |act, viewer| {
            let writing = Writing::opening(act, viewer, new, "")?;
            draft::save(act, writing, typed)
        })
    }

    /// What somebody is writing on a ticket.
    pub fn drafted(&self, person: PersonId, number: i64) -> Vec<Draft> {
        let drafts = self.with(person, number, |act, seen| Ok(store::draft::own(act.tx, &seen.read())?));
        drafts.expect("the drafts are read")
    }
}
