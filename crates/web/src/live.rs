//! Live pages: one stream tells which object changed; its content is read again through the viewer's rights.

mod notices;
mod open;

use std::convert::Infallible;
use std::time::Duration;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use axum::routing::get;
use desk::{Desk, DeskError};
use domain::id::{PersonId, TicketId, UnitId};
use jiff::Timestamp;
use serde::Deserialize;
use store::access::Seen;
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

use self::open::Open;
use crate::app::App;
use crate::edge::Closing;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::visitor::Visitor;

/// How many streams one person may hold open: their tabs.
const MOST_STREAMS: usize = 50;
/// How many changes a slow stream may fall behind before it is told to read everything again.
const BEHIND: usize = 1024;
const LOOK_AGAIN: Duration = Duration::from_millis(200);
const KEEP_ALIVE: Duration = Duration::from_secs(25);

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/live", Right::SignedIn, get(stream)),
        Route::get("/live/notices", Right::SignedIn, get(notices::stream)),
    ]
}

/// What changed: a ticket, the ticket it blocks, and the unit that owns it.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    pub position: i64,
    pub ticket: TicketId,
    pub parent: Option<TicketId>,
    pub unit: Option<UnitId>,
    /// Only the serving side can see that anything changed.
    pub inside: bool,
}

/// The changes of this process, as its follower reads them from the log.
#[derive(Clone)]
pub struct Live {
    changes: broadcast::Sender<Change>,
    /// Whose board has changed.
    boards: broadcast::Sender<PersonId>,
    streams: Open<PersonId>,
    /// Windows of the serving side on a ticket.
    windows: Open<(TicketId, PersonId)>,
}

impl Live {
    #[must_use]
    pub fn new() -> Self {
        Self {
            changes: broadcast::channel(BEHIND).0,
            boards: broadcast::channel(BEHIND).0,
            streams: Open::default(),
            windows: Open::default(),
        }
    }

    /// How many streams are open.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.changes.receiver_count()
    }

    /// Who of the serving side and of those who oversee it has the ticket's page open on this node.
    #[must_use]
    pub fn lookers(&self, ticket: TicketId) -> Vec<PersonId> {
        let everybody = (ticket, PersonId(i64::MIN))..=(ticket, PersonId(i64::MAX));
        self.windows.within(everybody).into_iter().map(|(_, person)| person).collect()
    }

    /// What the serving side does on a ticket's page besides acting: no event, and nothing for anybody else.
    pub fn stirs(&self, ticket: TicketId) {
        let change = Change { position: 0, ticket, parent: None, unit: None, inside: true };
        // Nobody listening is no failure.
        let _ = self.changes.send(change);
    }

    /// Follows the log from its end and passes every change on, until the desk closes. It reads by
    /// position, so nothing is skipped; looking again after a pause finds what other nodes wrote.
    pub async fn follow(self, desk: Desk) -> Result<(), DeskError> {
        let (mut position, mut moved) = desk.look(heads).await?;
        let mut held: Vec<(Timestamp, Change)> = Vec::new();
        loop {
            tokio::time::sleep(LOOK_AGAIN).await;
            if self.changes.receiver_count() + self.boards.receiver_count() == 0 {
                (position, moved) = desk.look(heads).await?;
                held.clear();
                continue;
            }
            let (from, seen) = (position, moved);
            let looked = desk.look(move |look| {
                Ok((look.now, read(look, from)?, store::notice::board::moved_after(look.tx, seen)?))
            });
            let (now, changes, boards) = looked.await?;
            for (at, person) in boards {
                moved = at;
                let _ = self.boards.send(person);
            }
            for (change, until) in changes {
                position = change.position;
                held.extend(until.map(|until| (until, change)));
                // Nobody listening is no failure.
                let _ = self.changes.send(change);
            }
            // What was held back is there for its readers outside from then on, without an event of its own.
            for (_, change) in held.extract_if(.., |(until, _)| *until <= now) {
                let _ = self.changes.send(change);
            }
        }
    }
}

impl Default for Live {
    fn default() -> Self {
        Self::new()
    }
}

/// Where the log and the boards end.
fn heads(look: &mut desk::Look) -> Result<(i64, i64), DeskError> {
    Ok((store::event::head(look.tx)?.0, store::notice::board::moved(look.tx)?))
}

/// The changes after a position, each with when something on its ticket will no longer be held back.
fn read(look: &mut desk::Look, from: i64) -> Result<Vec<(Change, Option<Timestamp>)>, DeskError> {
    let notices = store::event::after(look.tx, from, 500)?;
    let mut changes = Vec::with_capacity(notices.len());
    for notice in notices {
        let Some(ticket) = notice.ticket else {
            let change = Change {
                position: notice.position,
                ticket: TicketId(0),
                parent: None,
                unit: None,
                inside: false,
            };
            changes.push((change, None));
            continue;
        };
        let unit = store::ticket::owner_and_parent(look.tx, ticket)?.map(|(unit, _)| unit);
        let until = store::message::undoable_until(look.tx, ticket, look.now)?;
        let change = Change { position: notice.position, ticket, parent: notice.parent, unit, inside: false };
        changes.push((change, until));
    }
    Ok(changes)
}

/// What a page wants to hear of: one ticket or one unit's queue.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    ticket: Option<i64>,
    unit: Option<i64>,
}

/// `GET /live?ticket=NUMBER` or `?unit=ID`: an event `changed` each time it did, never with content.
async fn stream(
    State(app): State<App>,
    visitor: Visitor,
    Extension(closing): Extension<Closing>,
    topic: Result<Query<Topic>, axum::extract::rejection::QueryRejection>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refused> {
    let Query(topic) = topic?;
    let place = Place::take(&app.live, visitor.viewer.person).ok_or(Refused::Busy)?;
    let (wanted, inside) = wanted(&app, &visitor, topic).await?;
    let looking = inside.map(|ticket| Looking::begin(&app.live, ticket, visitor.viewer.person));
    let token = visitor.token.clone();
    let notices = notices::of(&app, &visitor);
    let changes = BroadcastStream::new(app.live.changes.subscribe())
        .filter(move |change| change.as_ref().map_or(true, |change| wanted.is_about(change)))
        .then(move |change| {
            let (app, token) = (app.clone(), token.clone());
            async move { verdict(&app, &token, wanted, change.ok()).await }
        })
        .merge(notices)
        .take_while(|verdict| *verdict != Verdict::End)
        .filter_map(move |verdict| {
            let _held = (&place, &looking);
            verdict.told()
        });
    Ok(Sse::new(closing.end(changes)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

/// What becomes of one change on one stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Changed,
    /// The stream fell behind: read everything again.
    Resync,
    /// The visitor's own board changed.
    Notices,
    /// It is about a ticket that does not exist for this visitor.
    Skip,
    /// They have no right to the object of the stream any more.
    End,
}

impl Verdict {
    fn told(self) -> Option<Result<Event, Infallible>> {
        let name = match self {
            Self::Changed => "changed",
            Self::Resync => "resync",
            Self::Notices => "notices",
            Self::Skip | Self::End => return None,
        };
        // An event without data is not told to the page at all.
        Some(Ok(Event::default().event(name).data("-")))
    }
}

#[derive(Debug, Clone, Copy)]
enum Wanted {
    Ticket(TicketId),
    Unit(UnitId),
    Mine,
}

impl Wanted {
    fn is_about(self, change: &Change) -> bool {
        match self {
            Self::Ticket(ticket) => change.ticket == ticket || change.parent == Some(ticket),
            Self::Unit(unit) => change.unit == Some(unit),
            Self::Mine => change.unit.is_some(),
        }
    }
}

/// What a page wants to hear of, and the ticket that it shows as its serving side sees it.
async fn wanted(app: &App, visitor: &Visitor, topic: Topic) -> Result<(Wanted, Option<TicketId>), Refused> {
    match (topic.ticket, topic.unit) {
        (Some(number), None) => {
            let viewer = std::sync::Arc::clone(&visitor.viewer);
            let seen = app
                .desk
                .look(move |look| Ok(store::access::by_number(look.tx, &viewer, number, look.now)?))
                .await?;
            let seen = seen.ok_or(Refused::NotFound)?;
            Ok((Wanted::Ticket(seen.ticket), seen.read_inside().map(|granted| granted.ticket)))
        }
        (None, Some(unit)) if visitor.viewer.sees_unit(UnitId(unit)) => {
            Ok((Wanted::Unit(UnitId(unit)), None))
        }
        (None, None) => Ok((Wanted::Mine, None)),
        (Some(_) | None, Some(_)) => Err(Refused::NotFound),
    }
}

/// Rights are read again before each event: a stream ends as soon as they are gone, and says
/// nothing of tickets that its visitor could not open.
async fn verdict(app: &App, token: &str, wanted: Wanted, change: Option<Change>) -> Verdict {
    let token = token.to_owned();
    let looked = app.desk.look(move |look| {
        let Some(session) = desk::session::of(look, &token)? else { return Ok(Verdict::End) };
        let Some(viewer) = store::access::viewer(look.tx, session.person)? else { return Ok(Verdict::End) };
        let seen = match wanted {
            Wanted::Ticket(ticket) => store::access::by_id(look.tx, &viewer, ticket, look.now)?,
            Wanted::Unit(_) | Wanted::Mine => None,
        };
        let holds = match wanted {
            Wanted::Ticket(_) => seen.is_some(),
            Wanted::Unit(unit) => viewer.sees_unit(unit),
            Wanted::Mine => true,
        };
        if !holds {
            return Ok(Verdict::End);
        }
        let Some(change) = change else { return Ok(Verdict::Resync) };
        if change.inside && seen.and_then(Seen::read_inside).is_none() {
            return Ok(Verdict::Skip);
        }
        let seen = match wanted {
            // A hand-off of the ticket may be hidden while the page that lists it is not.
            Wanted::Ticket(_) => true,
            Wanted::Unit(_) | Wanted::Mine => {
                store::access::by_id(look.tx, &viewer, change.ticket, look.now)?.is_some()
            }
        };
        Ok(if seen { Verdict::Changed } else { Verdict::Skip })
    });
    looked.await.unwrap_or(Verdict::End)
}

/// One window in which somebody looks at a ticket; the others are told when it is their first and their last.
struct Looking {
    live: Live,
    ticket: TicketId,
    person: PersonId,
}

impl Looking {
    fn begin(live: &Live, ticket: TicketId, person: PersonId) -> Self {
        if live.windows.enter((ticket, person)) == 1 && live.lookers(ticket).len() > 1 {
            live.stirs(ticket);
        }
        Self { live: live.clone(), ticket, person }
    }
}

impl Drop for Looking {
    fn drop(&mut self) {
        if self.live.windows.leave((self.ticket, self.person)) == Some(0) {
            self.live.stirs(self.ticket);
        }
    }
}

/// One of the streams that a person holds open.
struct Place {
    streams: Open<PersonId>,
    person: PersonId,
}

impl Place {
    fn take(live: &Live, person: PersonId) -> Option<Self> {
        let place = Self { streams: live.streams.clone(), person };
        (live.streams.enter(person) <= MOST_STREAMS).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.streams.leave(self.person);
    }
}
