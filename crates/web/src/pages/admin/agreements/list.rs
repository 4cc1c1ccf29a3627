//! All agreements that hold, service by service, each with how it stands against its plan.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use desk::agreements::{Draft, Finding, Judged};
use desk::{DeskError, Look};
use domain::id::AgreementId;
use domain::permission::Viewer;
use maud::{Markup, html};
use store::catalogue::{Agreement, Catalogue, Offer};

use super::verdict;
use crate::app::App;
use crate::format;
use crate::pages::admin::people::class_name;
use crate::pages::admin::shell::{self, Came, Part};
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{Tone, badge};
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

/// How each agreement that holds stands against the plan of its service.
pub type Standings = BTreeMap<AgreementId, Standing>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Fits,
    DoesNotFit,
    CannotTell,
    /// Nothing in it can be held against a plan.
    NotJudged,
}

pub async fn show(State(app): State<App>, visitor: Visitor, came: Came) -> Result<Response, Refused> {
    let locale = visitor.reader.locale;
    let viewer = Arc::clone(&visitor.viewer);
    let (catalogue, standings) =
        app.desk.study(move |look| Ok((Arc::clone(&look.catalogue), standings(look, &viewer)?))).await?;
    let add = button::link(
        Weight::Primary,
        Some(Icon::Plus),
        t!(locale, "admin-agreement-new"),
        "/admin/agreements/new",
    );
    let mut offers: Vec<&Offer> =
        catalogue.services.values().filter(|offer| offer.ended_at.is_none()).collect();
    offers.sort_by_cached_key(|offer| offer.name.to_lowercase());
    let content = html! {
        (shell::head(t!(locale, "admin-agreements"), Some(&add)))
        @if offers.is_empty() {
            (panel::panel(t!(locale, "admin-agreements"), None, &panel::empty(Icon::Handoff, t!(locale, "admin-services-none"), t!(locale, "admin-agreements-none-words"), None)))
        }
        div.stack { @for offer in offers { (of_service(&visitor, &catalogue, &standings, offer)) } }
    };
    Ok(shell::part(&visitor, Part::Agreements, &came, &content).into_response())
}

/// Judges every agreement that holds; for a reader thread, because each is walked from many starts.
pub fn standings(look: &mut Look, viewer: &Viewer) -> Result<Standings, DeskError> {
    let catalogue = Arc::clone(&look.catalogue);
    let mut standings = Standings::new();
    for agreement in catalogue.agreements.iter().filter(|own| own.valid_until.is_none()) {
        let standing = match desk::agreements::judge(look, viewer, &Draft::of(agreement)) {
            Ok(judged) => standing(&judged),
            // Its service has ended, or it names something that is gone: no plan to hold it against.
            Err(DeskError::Invalid { .. }) => Standing::CannotTell,
            Err(other) => return Err(other),
        };
        standings.insert(agreement.id, standing);
    }
    Ok(standings)
}

/// The worst of an agreement's findings.
fn standing(judged: &Judged) -> Standing {
    let each = judged.targets.iter().map(|target| match target.finding {
        Finding::DoesNotFit { .. } => Standing::DoesNotFit,
        Finding::NoPlan | Finding::PlanBroken { .. } | Finding::CannotTell { .. } => Standing::CannotTell,
        Finding::Fits { .. } => Standing::Fits,
    });
    let badness = |standing: &Standing| match standing {
        Standing::DoesNotFit => 3,
        Standing::CannotTell => 2,
        Standing::Fits => 1,
        Standing::NotJudged => 0,
    };
    each.max_by_key(badness).unwrap_or(Standing::NotJudged)
}

fn of_service(visitor: &Visitor, catalogue: &Catalogue, standings: &Standings, offer: &Offer) -> Markup {
    let locale = visitor.reader.locale;
    let id = offer.service.id;
    let columns = [
        words(t!(locale, "admin-name")),
        words(t!(locale, "admin-agreement-kind")),
        words(t!(locale, "admin-for-class")),
        words(t!(locale, "admin-targets")),
        words(t!(locale, "admin-version")),
        words(t!(locale, "admin-verdict")),
    ];
    let rows: Vec<Vec<Markup>> = catalogue
        .agreements
        .iter()
        .filter(|own| own.service == id && own.valid_until.is_none())
        .map(|own| row(visitor, catalogue, standings, own))
        .collect();
    let add = button::link(
        Weight::Quiet,
        Some(Icon::Plus),
        t!(locale, "admin-agreement-new"),
        &format!("/admin/agreements/new?service={id}"),
    );
    html! {
        div id={ "service-" (id) } {
            (panel::panel(&offer.name, Some(&add), &html! {
                @if rows.is_empty() { p.muted { (t!(locale, "admin-service-no-agreement")) } }
                @else { (table(&offer.name, &columns, &rows)) }
            }))
        }
    }
}

fn row(visitor: &Visitor, catalogue: &Catalogue, standings: &Standings, own: &Agreement) -> Vec<Markup> {
    let locale = visitor.reader.locale;
    let whom = match (own.asking, own.class) {
        (Some(unit), _) => t!(locale, "admin-asked-by", unit = catalogue.unit_name(unit).to_owned()),
        (None, Some(class)) => class_name(locale, class).to_owned(),
        (None, None) => t!(locale, "admin-class-any").to_owned(),
    };
    vec![
        html! { a href={ "/admin/agreements/" (own.id) } { (own.name) } },
        html! { (own.kind.as_str().to_uppercase()) },
        html! { (whom) },
        verdict::promises(locale, catalogue, &own.targets),
        html! { (own.version) " " span.muted { (t!(locale, "admin-since", day = format::date(&visitor.reader, own.valid_from))) } },
        html! {
            (standing_badge(locale, standings.get(&own.id).copied().unwrap_or(Standing::NotJudged)))
            @if let Some(reason) = &own.override_reason { p.muted { (t!(locale, "admin-made-all-the-same", reason = reason.clone())) } }
        },
    ]
}

fn standing_badge(locale: Locale, standing: Standing) -> Markup {
    match standing {
        Standing::Fits => badge(Tone::Good, Some(Icon::Check), t!(locale, "admin-verdict-fits")),
        Standing::DoesNotFit => badge(Tone::Bad, Some(Icon::Cross), t!(locale, "admin-verdict-does-not-fit")),
        Standing::CannotTell => badge(Tone::Quiet, Some(Icon::Info), t!(locale, "admin-verdict-cannot-tell")),
        Standing::NotJudged => html! { "–" },
    }
}
