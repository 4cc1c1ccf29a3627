//! Bulk actions: what is done with many tickets is chosen in a list, shown before, run, followed and taken back.

mod asked;
mod form;
mod page;

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::act::Act;
use desk::bulk_action::{Chosen, Foreseen};
use desk::views::Place;
use desk::{DeskError, Look};
use domain::action;
use domain::bulk_action::State as Step;
use domain::id::BulkActionId;
use domain::permission::Viewer;
use serde::Deserialize;
use store::aside::Member;
use store::bulk_action::{BulkAction, Refused as Item};
use store::catalogue::Catalogue;
use store::macros::Macro;

use self::asked::Said;
pub use self::asked::{Deed, bar};
use crate::app::App;
use crate::csv::{self, Cell};
use crate::form::{Nothing, Posted};
use crate::pages::admin::fields::{Fields, Sent, Wrong};
use crate::pages::admin::shell::{self, Id};
use crate::pages::listing::Listing;
use crate::pages::statuses::Supplier;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::visitor::Visitor;

/// Refused tickets that a page lists; the others are in the file.
const LISTED: i64 = 50;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/bulk", Right::Agent, get(all)),
        Route::post("/bulk", Right::Agent, post(propose)),
        Route::get("/bulk/{bulk}", Right::Agent, get(show)),
        Route::post("/bulk/{bulk}/actions", Right::Agent, post(decide)),
        Route::post("/bulk/{bulk}/run", Right::Agent, post(start)),
        Route::post("/bulk/{bulk}/cancellation", Right::Agent, post(cancel)),
        Route::post("/bulk/{bulk}/reversal", Right::Agent, post(undo)),
        Route::get("/bulk/{bulk}/report", Right::Agent, get(report)),
    ]
}

/// Everything a page of one shows.
struct View {
    bulk: BulkAction,
    foreseen: Option<Foreseen>,
    /// The first that were refused, with their numbers where the viewer sees them.
    refused: Vec<(Option<i64>, Item)>,
    undone_by: Option<BulkActionId>,
    members: Vec<Member>,
    /// For whom tickets may wait.
    suppliers: Vec<Supplier>,
    macros: Vec<Macro>,
    catalogue: Arc<Catalogue>,
}

/// `POST /bulk`: what was chosen in a list, ticket by ticket or all of it.
async fn propose(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["in", "ticket", "all", "do"])?;
    let listing = Listing::parse(fields.text("in")).ok_or(Refused::NotFound)?;
    let deed = Deed::parse(fields.text("do")).ok_or(Refused::NotFound)?;
    let (viewer, zone) = (Arc::clone(&visitor.viewer), visitor.reader.zone.clone());
    let numbers: Vec<i64> = fields.all("ticket").filter_map(|number| number.parse().ok()).collect();
    let (all, list, search) = (fields.ticked("all"), listing.clone(), app.desk.search.clone());
    let chosen: Chosen = app
        .desk
        .study(move |look| {
            if !all {
                return desk::bulk_action::by_number(look, &viewer, &numbers);
            }
            let asks = list.asks(look, &viewer)?;
            let catalogue = Arc::clone(&look.catalogue);
            let place = Place { viewer: &viewer, catalogue: &catalogue, now: look.now, zone: &zone };
            let understood = place.understand_words(look, &search, &asks.filter)?;
            let mut chosen = desk::bulk_action::of_list(look, &viewer, &understood.test, asks.sort)?;
            chosen.cut |= understood.cut;
            Ok(chosen)
        })
        .await?;
    let came_from = listing.written();
    let actions: Vec<action::Action> = deed.plain().into_iter().collect();
    let bulk = shell::act(&app, &visitor, move |act, viewer| {
        desk::bulk_action::propose(act, viewer, &chosen, &actions, &came_from)
    })
    .await?;
    let more = if deed.plain().is_some() { String::new() } else { format!("?do={}", deed.as_str()) };
    Ok(Redirect::to(&format!("/bulk/{bulk}{more}")).into_response())
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(rename = "do")]
    deed: Option<String>,
}

/// `GET /bulk/{bulk}?do=transfer`
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    asked: Result<axum::extract::Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Refused> {
    let axum::extract::Query(asked) = asked?;
    let deed = asked.deed.as_deref().and_then(Deed::parse);
    let view = view(&app, &visitor, id).await?;
    Ok(page::page(&visitor, &view, deed, &Fields::default(), &Wrong::default()).into_response())
}

/// `POST /bulk/{bulk}/actions`: what shall be done, before it is.
async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &form::NAMES)?;
    let deed = Deed::parse(fields.text("do")).ok_or(Refused::NotFound)?;
    let decided = match deed.said(&fields) {
        Ok(said) => {
            let bulk = BulkActionId(id);
            let verb = move |act: &mut Act, viewer: &Viewer| match said {
                Said::Actions(actions) => desk::bulk_action::decide(act, viewer, bulk, &actions),
                Said::Macro(id) => desk::bulk_action::decide_macro(act, viewer, bulk, id),
            };
            shell::act(&app, &visitor, verb).await
        }
        Err(error) => Err(error),
    };
    match decided {
        Ok(()) => Ok(Redirect::to(&format!("/bulk/{id}")).into_response()),
        Err(error) => {
            let view = view(&app, &visitor, id).await?;
            let wrong = Wrong::of(&visitor.reader, error)?;
            Ok((wrong.status(), page::page(&visitor, &view, Some(deed), &fields, &wrong)).into_response())
        }
    }
}

async fn start(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refused> {
    shell::act(&app, &visitor, move |act, viewer| desk::bulk_action::start(act, viewer, BulkActionId(id)))
        .await?;
    Ok(Redirect::to(&format!("/bulk/{id}")).into_response())
}

/// Of one that was never begun nothing is left to look at.
async fn cancel(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refused> {
    let back = shell::act(&app, &visitor, move |act, viewer| {
        let id = BulkActionId(id);
        let bulk = store::bulk_action::of_person(act.tx, viewer.person, id)?.ok_or(DeskError::NotFound)?;
        desk::bulk_action::cancel(act, viewer, id)?;
        Ok((bulk.state == Step::Proposed).then_some(bulk.came_from))
    })
    .await?;
    let to = back.map(|list| Listing::parse(&list).map_or_else(|| "/".to_owned(), |list| list.address()));
    Ok(Redirect::to(&to.unwrap_or_else(|| format!("/bulk/{id}"))).into_response())
}

async fn undo(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refused> {
    let reason = t!(visitor.reader.locale, "bulk-undo-reason");
    let undo = shell::act(&app, &visitor, move |act, viewer| {
        desk::bulk_action::undo(act, viewer, BulkActionId(id), reason)
    })
    .await?;
    Ok(Redirect::to(&format!("/bulk/{undo}")).into_response())
}

/// `GET /bulk/{bulk}/report`: every ticket that was refused, with the reason, as a file.
async fn report(State(app): State<App>, visitor: Visitor, Id(id): Id) -> Result<Response, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let rows = app
        .desk
        .study(move |look| {
            let bulk = own(look, &viewer, id)?;
            let mut rows = Vec::new();
            let mut behind = -1;
            loop {
                let items = refused(look, &viewer, &bulk, behind, 500)?;
                let Some((_, last)) = items.last() else { return Ok(rows) };
                behind = last.place;
                rows.extend(items.into_iter().map(|(number, item)| {
                    vec![number.map_or(Cell::Nothing, Cell::Number), Cell::text(item.why)]
                }));
            }
        })
        .await?;
    Ok(csv::answer("refused", &["ticket", "reason"], &rows))
}

/// `GET /bulk`: the visitor's own, latest first.
async fn all(State(app): State<App>, visitor: Visitor) -> Result<Response, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let (all, catalogue) = app
        .desk
        .look(move |look| {
            let all = store::bulk_action::all_of_person(look.tx, viewer.person, LISTED)?;
            Ok((all, Arc::clone(&look.catalogue)))
        })
        .await?;
    Ok(page::all(&visitor, &all, &catalogue).into_response())
}

async fn view(app: &App, visitor: &Visitor, id: i64) -> Result<View, DeskError> {
    let viewer = Arc::clone(&visitor.viewer);
    app.desk
        .study(move |look| {
            let bulk = own(look, &viewer, id)?;
            let mut members = Vec::new();
            let (mut foreseen, mut macros) = (None, Vec::new());
            if bulk.state == Step::Proposed {
                foreseen = Some(desk::bulk_action::foresee(look, &viewer, &bulk)?);
                macros = store::macros::of(look.tx, &viewer)?;
                for unit in &viewer.units {
                    members.extend(store::aside::members(look.tx, *unit)?);
                }
                members.sort_by(|left, right| (&left.name, left.person).cmp(&(&right.name, right.person)));
                members.dedup_by_key(|member| member.person);
            }
            let refused = refused(look, &viewer, &bulk, -1, LISTED)?;
            let undone_by = store::bulk_action::undone_by(look.tx, bulk.id)?;
            let catalogue = Arc::clone(&look.catalogue);
            let suppliers = store::aside::suppliers(look.tx)?;
            Ok(View { bulk, foreseen, refused, undone_by, members, suppliers, macros, catalogue })
        })
        .await
}

fn own(look: &mut Look, viewer: &Viewer, id: i64) -> Result<BulkAction, DeskError> {
    store::bulk_action::of_person(look.tx, viewer.person, BulkActionId(id))?.ok_or(DeskError::NotFound)
}

/// Refused tickets behind a place; of one that the viewer does not see any more the number stays out.
fn refused(
    look: &mut Look,
    viewer: &Viewer,
    bulk: &BulkAction,
    behind: i64,
    limit: i64,
) -> Result<Vec<(Option<i64>, Item)>, DeskError> {
    let items = store::bulk_action::refused(look.tx, bulk.id, behind, limit)?;
    items
        .into_iter()
        .map(|item| {
            let seen = store::access::by_id(look.tx, viewer, item.ticket, look.now)?;
            Ok((seen.map(|seen| seen.number), item))
        })
        .collect()
}
