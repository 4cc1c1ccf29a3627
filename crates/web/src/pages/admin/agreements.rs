//! Agreements: the list by service, making one, the next version, ending one, and the verdict while editing.

pub mod form;
pub mod list;
pub mod verdict;

use std::sync::Arc;

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::agreements::{Draft, Judged};
use desk::{Act, DeskError};
use domain::agreement::AgreementKind;
use domain::id::{AgreementId, ServiceId};
use domain::permission::Viewer;
use maud::Markup;
use store::catalogue::{Agreement, Catalogue};

use super::fields::{Fields, Sent, Wrong};
use super::shell::{self, Came, Done, Id};
use super::units::catalogue;
use crate::app::App;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/agreements", Right::Administrator, get(list::show)),
        Route::get("/admin/agreements/new", Right::Administrator, get(new)),
        Route::post("/admin/agreements/new", Right::Administrator, post(create)),
        Route::post("/admin/agreements/verdict", Right::Administrator, post(judge_typed)),
        Route::get("/admin/agreements/{agreement}", Right::Administrator, get(open)),
        Route::post("/admin/agreements/{agreement}", Right::Administrator, post(change)),
        Route::post("/admin/agreements/{agreement}/end", Right::Administrator, post(end)),
    ]
}

/// What came of judging a draft: the findings, or what keeps it from being judged.
pub type Finding = Result<(Draft, Judged), DeskError>;

/// What the page is about: nothing yet, or an agreement with all its versions.
pub struct Known {
    pub catalogue: Arc<Catalogue>,
    pub agreement: Option<Agreement>,
}

async fn new(
    State(app): State<App>,
    visitor: Visitor,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refused> {
    let known = Known { catalogue: catalogue(&app).await?, agreement: None };
    let service = shell::query_value(&uri, "service").and_then(|id| id.parse().ok());
    let draft = Draft {
        name: String::new(),
        kind: AgreementKind::Sla,
        service: ServiceId(service.unwrap_or_default()),
        class: None,
        asking: None,
        from: None,
        targets: Vec::new(),
    };
    let fields = form::fields(&draft);
    Ok(form::page(&visitor, Came::default(), &known, &fields, &Wrong::default(), None).into_response())
}

async fn open(State(app): State<App>, visitor: Visitor, came: Came, Id(id): Id) -> Result<Response, Refused> {
    let known = known(&app, id).await?;
    let agreement = known.agreement.as_ref().ok_or(Refused::NotFound)?;
    let fields = form::fields(&Draft::of(agreement));
    let finding = judge(&app, &visitor, &fields).await;
    Ok(form::page(&visitor, came, &known, &fields, &Wrong::default(), Some(&finding)).into_response())
}

async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, form::FIELDS)?;
    let known = Known { catalogue: catalogue(&app).await?, agreement: None };
    save(&app, &visitor, &known, &fields).await
}

async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, form::FIELDS)?;
    let known = known(&app, id).await?;
    save(&app, &visitor, &known, &fields).await
}

/// Saves a version, or only says how it stands when that is what was asked for.
async fn save(app: &App, visitor: &Visitor, known: &Known, fields: &Fields) -> Result<Response, Refused> {
    let finding = judge(app, visitor, fields).await;
    let wrong = if fields.text("do") == "save" {
        let typed = fields.clone();
        let zone = visitor.reader.zone.clone();
        let previous = known.agreement.as_ref().map(|agreement| agreement.id);
        let verb = move |act: &mut Act, by: &Viewer| {
            let draft = form::draft(&typed, &zone)?;
            let reason = typed.some("override_reason");
            desk::agreements::save(act, by, previous, &draft, reason.as_deref())
        };
        match shell::make(app, visitor, fields, verb).await {
            Ok(id) => {
                let done = if previous.is_none() { Done::Added } else { Done::NextVersion };
                return Ok(shell::done(&format!("/admin/agreements/{id}"), done));
            }
            Err(error) => Wrong::of(&visitor.reader, error)?,
        }
    } else {
        match &finding {
            Ok(_) => Wrong::default(),
            Err(error) => Wrong::of(&visitor.reader, error.clone())?,
        }
    };
    let page: Markup = form::page(visitor, Came::default(), known, fields, &wrong, Some(&finding));
    Ok(shell::answer(&wrong, page))
}

/// The verdict alone, for the page that is being edited.
async fn judge_typed(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, form::FIELDS)?;
    let finding = judge(&app, &visitor, &fields).await;
    let catalogue = catalogue(&app).await?;
    Ok(verdict::verdict(&visitor.reader, &catalogue, Some(&finding)).into_response())
}

async fn end(State(app): State<App>, visitor: Visitor, Id(id): Id, sent: Sent) -> Result<Response, Refused> {
    Fields::read(sent, &[])?;
    shell::act(&app, &visitor, move |act, by| desk::agreements::end(act, by, AgreementId(id))).await?;
    Ok(shell::done("/admin/agreements", Done::Ended))
}

async fn judge(app: &App, visitor: &Visitor, fields: &Fields) -> Finding {
    let draft = form::draft(fields, &visitor.reader.zone)?;
    let viewer = Arc::clone(&visitor.viewer);
    app.desk
        .study(move |look| {
            let judged = desk::agreements::judge(look, &viewer, &draft)?;
            Ok((draft, judged))
        })
        .await
}

async fn known(app: &App, id: i64) -> Result<Known, Refused> {
    let catalogue = catalogue(app).await?;
    let agreement = catalogue.agreements.iter().find(|own| own.id == AgreementId(id)).cloned();
    let agreement = Some(agreement.ok_or(Refused::NotFound)?);
    Ok(Known { catalogue, agreement })
}
