//! Rounds of delivery: every inbox sends by itself, so that one slow server holds up no other inbox.

use std::collections::HashMap;
use std::time::Duration;

use domain::id::InboxId;
use tokio::task::JoinSet;

use super::courier::Route;
use super::deliver::Way;
use crate::{Desk, DeskError};

/// Deliveries under way may end when the desk stops.
const GRACE: Duration = Duration::from_secs(10);

type Ended = (InboxId, Route, Result<Way, DeskError>);

/// The routes of all inboxes: those at rest, and those on which mail is under way.
pub struct Rounds {
    desk: Desk,
    resting: HashMap<InboxId, Route>,
    under_way: JoinSet<Ended>,
    busy: Vec<InboxId>,
}

impl Rounds {
    #[must_use]
    pub fn new(desk: Desk) -> Self {
        Self { desk, resting: HashMap::new(), under_way: JoinSet::new(), busy: Vec::new() }
    }

    /// Starts a delivery in each inbox that has mail due and none under way.
    pub async fn start(&mut self) -> Result<(), DeskError> {
        while let Some(ended) = self.under_way.try_join_next() {
            self.take_back(ended);
        }
        for inbox in self.desk.look(|look| Ok(store::outgoing::due(look.tx, look.now)?)).await? {
            if self.busy.contains(&inbox) {
                continue;
            }
            let route = self.resting.remove(&inbox);
            let mut route = route.unwrap_or_else(|| Route::new(self.desk.clone(), inbox));
            self.busy.push(inbox);
            self.under_way.spawn(async move {
                let way = route.deliver().await;
                (inbox, route, way)
            });
        }
        Ok(())
    }

    /// Waits until a delivery ends that may have left more to send; for ever when none is under way.
    pub async fn went_well(&mut self) {
        loop {
            match self.under_way.join_next().await {
                Some(ended) => {
                    if self.take_back(ended) {
                        return;
                    }
                }
                None => std::future::pending().await,
            }
        }
    }

    /// Lets what is under way come to its end, within a grace, and says goodbye to the servers.
    pub async fn stop(mut self) {
        let ending = async {
            while let Some(ended) = self.under_way.join_next().await {
                self.take_back(ended);
            }
            for route in self.resting.values_mut() {
                route.quit().await;
            }
        };
        let _ = tokio::time::timeout(GRACE, ending).await;
    }

    /// Whether mail was sent, so that there may be more of it.
    fn take_back(&mut self, ended: Result<Ended, tokio::task::JoinError>) -> bool {
        match ended {
            Ok((inbox, route, way)) => {
                self.busy.retain(|busy| *busy != inbox);
                self.resting.insert(inbox, route);
                match way {
                    Ok(way) => matches!(way, Way::Open(1..)),
                    Err(error) => {
                        tracing::warn!(%error, %inbox, "mail was not sent; trying again");
                        false
                    }
                }
            }
            Err(error) => {
                tracing::error!(%error, "a delivery ended unexpectedly; its mail is sent again");
                // Whose it was is not known any more: whatever still runs is left alone, by its leases.
                self.busy.clear();
                false
            }
        }
    }
}
