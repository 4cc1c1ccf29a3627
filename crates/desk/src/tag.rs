//! Tags: the serving side puts them on tickets and takes them off; administrators rename and merge them.

use domain::event::{Detail, Fact};
use domain::id::{TagId, TicketId};
use domain::permission::Viewer;
use domain::tag::{LONGEST, MOST, NONE, NoTag, Tag};
use serde_json::json;
use store::access::{Granted, Serve};
use store::event::Subject;

use crate::act::Act;
use crate::{DeskError, Problem, project};

/// Reads what somebody typed.
pub fn parse(field: &'static str, text: &str) -> Result<Tag, DeskError> {
    Tag::parse(text).map_err(|wrong| {
        let problem = match wrong {
            NoTag::Empty => Problem::TagMissing,
            NoTag::TooLong { length } => Problem::TagTooLong { length, most: LONGEST },
            NoTag::Character(character) => Problem::TagCharacter { character: character.to_string() },
            NoTag::Kept => Problem::TagKept { word: NONE.to_owned() },
        };
        DeskError::invalid(field, problem)
    })
}

/// Puts a tag on a ticket, under the name that it has now. One that is there already stays.
pub fn add(act: &mut Act, granted: Granted<Serve>, tag: &Tag) -> Result<(), DeskError> {
    put(act, granted.ticket, tag).map(drop)
}

/// The same, without anybody's rights; whether it was not there before.
pub(crate) fn put(act: &mut Act, ticket: TicketId, tag: &Tag) -> Result<bool, DeskError> {
    let id = match store::tag::named(act.tx, tag)? {
        Some(id) => id,
        None => made(act, tag)?,
    };
    match store::tag::put(act.tx, ticket, id)? {
        None => Err(DeskError::invalid("tag", Problem::TagsFull { most: MOST })),
        Some(false) => Ok(false),
        Some(true) => changed(act, ticket, Detail::TagAdded { tag: id }).map(|()| true),
    }
}

/// Takes a tag off. One that is not there needs nothing.
pub fn remove(act: &mut Act, granted: Granted<Serve>, tag: &Tag) -> Result<(), DeskError> {
    take(act, granted.ticket, tag).map(drop)
}

/// The same, without anybody's rights; whether it was there.
pub(crate) fn take(act: &mut Act, ticket: TicketId, tag: &Tag) -> Result<bool, DeskError> {
    match store::tag::named(act.tx, tag)? {
        Some(id) if store::tag::take(act.tx, ticket, id)? => {
            changed(act, ticket, Detail::TagRemoved { tag: id }).map(|()| true)
        }
        Some(_) | None => Ok(false),
    }
}

/// What becomes of a tag whose new name another one has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is told, and nothing is changed.
    Refused,
    /// The other one takes its tickets.
    Merged,
}

/// Calls a tag otherwise; whoever asks for its old name still means it. Gives the tag that it is then. Of a
/// tag that the administrator may not know of nothing is told: then the two are merged as if it were new.
pub fn rename(
    act: &mut Act,
    viewer: &Viewer,
    tag: TagId,
    to: &Tag,
    taken: Taken,
) -> Result<TagId, DeskError> {
    crate::administrator(viewer)?;
    let old = store::tag::name(act.tx, viewer, tag)?.ok_or(DeskError::NotFound)?;
    if old == to.as_str() {
        return Ok(tag);
    }
    let Some(other) = store::tag::named(act.tx, to)?.filter(|other| *other != tag) else {
        return renamed(act, tag, to);
    };
    let is_known = store::tag::name(act.tx, viewer, other)?.is_some();
    if is_known && taken == Taken::Refused {
        return Err(DeskError::invalid("name", Problem::TagNameTaken { name: to.to_string() }));
    }
    store::tag::merge(act.tx, tag, other)?;
    act.record_change(Subject::Tag(other.0), "tag merged", &json!({ "merged": tag }))?;
    Ok(other)
}

fn renamed(act: &mut Act, tag: TagId, to: &Tag) -> Result<TagId, DeskError> {
    let other = TagId(act.new_id());
    store::tag::rename(act.tx, tag, to, other, act.now)?;
    act.record_change(Subject::Tag(tag.0), "tag renamed", &json!({ "fields": ["name"] }))?;
    Ok(tag)
}

fn made(act: &mut Act, tag: &Tag) -> Result<TagId, DeskError> {
    let id = TagId(act.new_id());
    store::tag::insert(act.tx, id, tag, act.now)?;
    act.record_change(Subject::Tag(id.0), "tag made", &json!({}))?;
    Ok(id)
}

fn changed(act: &mut Act, ticket: TicketId, detail: Detail) -> Result<(), DeskError> {
    project::happen(act, ticket, |_, _| Ok(Fact::Detailed(detail)))?;
    Ok(())
}
