//! The throughline of a ticket: who had it when, who is charged for each minute, and what would have saved time.

mod charges;
mod lanes;
mod whatif;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::{DeskError, Look, Problem};
use domain::agreement::Metric;
use domain::calendar::Calendar;
use domain::clock::Clock;
use domain::custody::{self, Custody};
use domain::event::Event;
use domain::id::{OrganisationId, PersonId, TicketId, UnitId};
use domain::ledger::{self, Ledger, Line};
use domain::permission::{Relation, Viewer};
use domain::ticket::Ticket;
use jiff::Timestamp;
use maud::{Markup, html};
use store::aside::Branch;
use store::catalogue::Catalogue;

use self::whatif::Wish;
use super::frame::{self, Frame, Here};
use crate::app::App;
use crate::format::{self, Reader};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::navigation::Place;
use crate::ui::{badge, panel, waterfall};
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    vec![Route::get("/tickets/{number}/throughline", Right::Ticket, get(show))]
}

/// A ticket with everything below it, folded from its events.
pub(in crate::pages) struct Chain {
    root: TicketId,
    number: i64,
    subject: String,
    requester: String,
    branches: BTreeMap<TicketId, Branch>,
    custodies: BTreeMap<TicketId, Custody>,
    lines: BTreeMap<TicketId, Line>,
    ledger: Ledger,
    clocks: Vec<Clock>,
    promised_at: Timestamp,
    people: BTreeMap<PersonId, String>,
    suppliers: BTreeMap<OrganisationId, String>,
    /// Hand-offs that the viewer is told of, but not what they are about.
    masked: BTreeSet<TicketId>,
    catalogue: Arc<Catalogue>,
    now: Timestamp,
}

/// `GET /tickets/{number}/throughline?whatif=NUMBER:hours`: for those who read inside.
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    let Path(number) = path?;
    let wishes = whatif::wishes(query.as_deref().unwrap_or_default());
    let viewer = Arc::clone(&visitor.viewer);
    let chain = app.desk.look(move |look| read(look, &viewer, number)).await?;
    Ok(match chain {
        Some(chain) => page(&visitor, &chain, &wishes).into_response(),
        None => Redirect::to(&format!("/tickets/{number}")).into_response(),
    })
}

/// `None` when the ticket exists for the viewer, but its inside does not.
pub(in crate::pages) fn read(
    look: &mut Look,
    viewer: &Viewer,
    number: i64,
) -> Result<Option<Chain>, DeskError> {
    let seen = store::access::by_number(look.tx, viewer, number, look.now)?.ok_or(DeskError::NotFound)?;
    let Some(granted) = seen.read_inside() else {
        return match seen.relation {
            Relation::Requesting | Relation::Asking => Ok(None),
            Relation::Nothing | Relation::Overseeing | Relation::Chain | Relation::Serving => {
                Err(DeskError::NotFound)
            }
        };
    };
    let root = granted.ticket;
    let sheet = store::sheet::inside(look.tx, &granted)?;
    let branches: BTreeMap<TicketId, Branch> =
        store::aside::tree(look.tx, &granted)?.into_iter().map(|branch| (branch.id, branch)).collect();
    let events = store::event::of_ticket_and_descendants(look.tx, root)?;
    let custodies = custodies(&events, &branches, look.now);
    let lines: BTreeMap<TicketId, Line> =
        custodies.iter().map(|(ticket, custody)| (*ticket, Line::from(custody))).collect();
    let ledger = ledger::charge(&lines, root)
        .map_err(|cause| DeskError::Conflict(Problem::LedgerBroken { cause: cause.to_string() }))?;
    let ticket = Ticket::fold(root, &events).ok_or(DeskError::NotFound)?;
    let owners = custodies.values().flat_map(|custody| &custody.owners).filter_map(|owner| owner.person);
    let people = store::aside::people(look.tx, owners)?;
    let masked = masked(&branches, root, viewer);
    Ok(Some(Chain {
        root,
        number,
        subject: sheet.subject,
        requester: sheet.requester.name,
        clocks: desk::project::clocks(&look.catalogue, &ticket, &events),
        promised_at: ticket.promised_at,
        suppliers: suppliers(look, &lines)?,
        people,
        masked,
        branches,
        custodies,
        lines,
        ledger,
        catalogue: Arc::clone(&look.catalogue),
        now: look.now,
    }))
}

/// Who had it, in words and figures, for paper.
pub(in crate::pages) fn printed(reader: &Reader, chain: &Chain) -> Markup {
    charges::ledger(reader, chain)
}

fn custodies(
    events: &[Event],
    branches: &BTreeMap<TicketId, Branch>,
    now: Timestamp,
) -> BTreeMap<TicketId, Custody> {
    let mut of_ticket: BTreeMap<TicketId, Vec<Event>> = BTreeMap::new();
    for event in events {
        for ticket in [Some(event.ticket), event.parent].into_iter().flatten() {
            if branches.contains_key(&ticket) {
                of_ticket.entry(ticket).or_default().push(event.clone());
            }
        }
    }
    let folded = of_ticket
        .into_iter()
        .filter_map(|(ticket, events)| custody::fold(ticket, &events, now).map(|custody| (ticket, custody)));
    folded.collect()
}

fn suppliers(
    look: &mut Look,
    lines: &BTreeMap<TicketId, Line>,
) -> Result<BTreeMap<OrganisationId, String>, DeskError> {
    let waited = lines
        .values()
        .flat_map(|line| &line.waits)
        .any(|wait| matches!(wait.on, ledger::WaitFor::Supplier(_)));
    if !waited {
        return Ok(BTreeMap::new());
    }
    Ok(store::aside::suppliers(look.tx)?.into_iter().collect())
}

/// Confidential hand-offs of units in which the viewer does not serve, and everything below them.
fn masked(branches: &BTreeMap<TicketId, Branch>, root: TicketId, viewer: &Viewer) -> BTreeSet<TicketId> {
    let mut masked = BTreeSet::new();
    // Ids rise with time, so a hand-off comes after the ticket it blocks.
    for branch in branches.values().filter(|branch| branch.id != root) {
        let above = branch.parent.is_some_and(|parent| masked.contains(&parent));
        if above || branch.confidential && !viewer.serves_in(branch.unit) {
            masked.insert(branch.id);
        }
    }
    masked
}

impl Chain {
    /// The calendar in which the promise behind the ticket counts, else that of its unit.
    fn calendar(&self) -> Option<&Calendar> {
        let clock = self
            .clocks
            .iter()
            .find(|clock| clock.metric == Metric::Resolution)
            .or_else(|| self.clocks.first());
        let promised = clock.and_then(|clock| {
            let targets = self.catalogue.agreements.iter().flat_map(|agreement| &agreement.targets);
            targets.into_iter().find(|target| target.id == clock.target).map(|target| target.calendar)
        });
        let root = self.branches.get(&self.root)?;
        let unit = self.catalogue.units.get(&root.unit);
        let calendar = promised.or_else(|| unit.and_then(|unit| unit.calendar))?;
        self.catalogue.calendar_for(calendar, self.promised_at)
    }

    fn unit(&self, unit: UnitId) -> &str {
        self.catalogue.unit_name(unit)
    }

    fn person(&self, person: PersonId) -> Option<&str> {
        self.people.get(&person).map(String::as_str)
    }

    fn supplier(&self, locale: Locale, supplier: OrganisationId) -> &str {
        self.suppliers.get(&supplier).map_or(t!(locale, "through-supplier"), String::as_str)
    }

    /// "Warehouse #1043", or that it is confidential.
    fn handoff(&self, locale: Locale, ticket: TicketId) -> String {
        match self.branches.get(&ticket).filter(|_| !self.masked.contains(&ticket)) {
            Some(branch) => format!("{} (#{})", self.unit(branch.unit), branch.number),
            None => t!(locale, "handoff-confidential").to_owned(),
        }
    }

    /// Who had been asked something while the ticket waited for its requester: on a hand-off, the
    /// unit that asked for it.
    fn asked(&self, ticket: TicketId) -> &str {
        match self.branches.get(&ticket).and_then(|branch| branch.asking) {
            Some(asking) => self.unit(asking),
            None => &self.requester,
        }
    }
}

fn page(visitor: &Visitor, chain: &Chain, wishes: &[Wish]) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let number = chain.number;
    let address = format!("/tickets/{number}/throughline");
    let content = html! {
        div #live hidden data-refresh hx-get=(address) hx-trigger="refresh" hx-swap="none" hx-select-oob="#through:outerMorph,#charged:outerMorph" {}
        header.page-head {
            h1 { (t!(locale, "waterfall-title")) " " span.muted { "#" (number) } }
            (button::link(Weight::Secondary, Some(Icon::ArrowBack), t!(locale, "through-back"), &format!("/tickets/{number}")))
        }
        p.ticket-facts {
            (chain.subject) " · " (chain.requester)
            @if chain.ledger.provisional {
                " " (badge::badge(badge::Tone::Soon, Some(Icon::Clock), t!(locale, "through-provisional")))
                " " span.muted { (t!(locale, "through-provisional-words", time = format::absolute(reader, chain.now))) }
            }
        }
        div.stack {
            div #through { (waterfall::waterfall(reader, &lanes::waterfall(reader, chain))) }
            div.stack #charged { (charges::ledger(reader, chain)) }
            @if chain.branches.len() > 1 {
                (panel::panel(t!(locale, "whatif-title"), None, &whatif::show(reader, chain, wishes)))
            }
        }
    };
    let title = format!("{} #{number}", t!(locale, "waterfall-title"));
    let live = format!("/live?ticket={number}");
    let ticket = format!("/tickets/{number}");
    let label = format!("#{number}");
    let above = [Place::new(t!(locale, "place-work"), "/"), Place::new(&label, &ticket)];
    frame::show(
        visitor,
        &Frame { above: &above, live: Some(&live), ..Frame::new(&title, Here::Work) },
        &content,
    )
}
