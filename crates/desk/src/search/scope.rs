//! Who may find what: the rule of `domain::permission::relation`, as a part of every query.

use domain::id::{TicketId, UnitId};
use domain::permission::Viewer;
use tantivy::Term;
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, Query, TermQuery, TermSetQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::index::{Fields, Of, Wall};

/// Somebody who searches.
#[derive(Clone, Debug)]
pub(crate) struct Searcher<'a> {
    pub(crate) viewer: &'a Viewer,
    /// The confidential tickets that they opened with a reason.
    pub(crate) glass_broken: Vec<TicketId>,
}

/// What they may find. Each hit is read again through their rights before it is shown; this keeps
/// what they may not find out of the order, out of the pages and out of "more" as well.
pub(crate) fn of(searcher: &Searcher, fields: &Fields) -> Box<dyn Query> {
    let scope = Scope { searcher, fields };
    let tickets = all(vec![
        (Occur::Must, any(vec![all(vec![must(scope.outside()), must(scope.is_public())]), scope.inside()])),
        (Occur::MustNot, scope.is_above()),
        (Occur::MustNot, all(vec![must(scope.asks()), must(number(fields.inside, 1))])),
    ]);
    if searcher.viewer.administrator {
        return any(vec![tickets, directory(fields)]);
    }
    tickets
}

/// Everybody in the directory: whoever looks there says who of them may be shown to whom.
pub(crate) fn directory(fields: &Fields) -> Box<dyn Query> {
    number(fields.wall, Wall::Directory.number())
}

/// The tickets that they read inside.
pub(crate) fn inside(searcher: &Searcher, fields: &Fields) -> Box<dyn Query> {
    let scope = Scope { searcher, fields };
    all(vec![must(scope.inside()), (Occur::MustNot, scope.asks()), (Occur::MustNot, scope.is_above())])
}

struct Scope<'a> {
    searcher: &'a Searcher<'a>,
    fields: &'a Fields,
}

impl Scope<'_> {
    /// A ticket of theirs waits for it: it does not exist for them.
    fn is_above(&self) -> Box<dyn Query> {
        id(self.fields.above, self.searcher.viewer.person.0)
    }

    /// Their own ticket, or a hand-off that their unit asked and does not serve: the narrowest hat wins.
    fn asks(&self) -> Box<dyn Query> {
        let units = &self.searcher.viewer.units;
        any(vec![
            id(self.fields.mine, self.searcher.viewer.person.0),
            all(vec![must(ids(self.fields.asking, units)), (Occur::MustNot, ids(self.fields.owner, units))]),
        ])
    }

    /// Reads the requester's side.
    fn outside(&self) -> Box<dyn Query> {
        let shared = self.searcher.viewer.organisation.map(|organisation| {
            all(vec![must(id(self.fields.sharing, organisation.0)), must(self.is_ordinary())])
        });
        any(std::iter::once(self.asks()).chain(shared).collect())
    }

    /// Reads as the serving side does, unless they also ask.
    fn inside(&self) -> Box<dyn Query> {
        let viewer = self.searcher.viewer;
        let mut ways = vec![ids(self.fields.owner, &viewer.units)];
        if viewer.oversees_all || viewer.administrator {
            ways.push(self.is_ordinary());
        } else {
            let around: Vec<UnitId> = viewer.units.iter().chain(&viewer.oversees).copied().collect();
            let near = any(vec![ids(self.fields.chain, &around), ids(self.fields.owner, &viewer.oversees)]);
            ways.push(all(vec![must(near), must(self.is_ordinary())]));
        }
        if viewer.administrator && !self.searcher.glass_broken.is_empty() {
            let tickets = self.searcher.glass_broken.iter();
            ways.push(Box::new(TermSetQuery::new(
                tickets.map(|ticket| Of::Ticket(*ticket).term(self.fields)),
            )));
        }
        any(ways)
    }

    fn is_ordinary(&self) -> Box<dyn Query> {
        number(self.fields.wall, Wall::Ordinary.number())
    }

    fn is_public(&self) -> Box<dyn Query> {
        number(self.fields.inside, 0)
    }
}

fn must(query: Box<dyn Query>) -> (Occur, Box<dyn Query>) {
    (Occur::Must, query)
}

fn all(parts: Vec<(Occur, Box<dyn Query>)>) -> Box<dyn Query> {
    Box::new(BooleanQuery::new(parts))
}

fn any(parts: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::new(parts.into_iter().map(|part| (Occur::Should, part)).collect()))
}

fn ids(field: Field, units: &[UnitId]) -> Box<dyn Query> {
    match units {
        [] => Box::new(EmptyQuery),
        [one] => id(field, one.0),
        many => Box::new(TermSetQuery::new(many.iter().map(|unit| Term::from_field_i64(field, unit.0)))),
    }
}

fn id(field: Field, id: i64) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_i64(field, id), IndexRecordOption::Basic))
}

fn number(field: Field, number: u64) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_u64(field, number), IndexRecordOption::Basic))
}

#[cfg(test)]
mod tests;
