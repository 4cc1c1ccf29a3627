//! Calendars and promises of a test.

use desk::agreements::{Draft, TargetDraft};
use desk::entitled::ByDesk;
use domain::agreement::{AgreementKind, Metric, Pauses};
use domain::calendar::CalendarSpec;
use domain::id::{AgreementId, CalendarId, ServiceId};
use jiff::SignedDuration;

use crate::TestDesk;

impl TestDesk {
    pub fn calendar(&self, name: &str, spec: CalendarSpec) -> CalendarId {
        let input = desk::calendars::Input { name: name.to_owned(), spec };
        self.set_up(move |act| desk::calendars::create(act, &ByDesk, &input))
    }

    /// Day and night.
    pub fn always(&self) -> CalendarId {
        self.calendar("Always", CalendarSpec::always("UTC"))
    }

    /// Promises that tickets of the service are solved, or its hand-offs delivered, within so many hours.
    pub fn promises(
        &self,
        kind: AgreementKind,
        service: ServiceId,
        hours: i64,
        calendar: CalendarId,
    ) -> AgreementId {
        let target = TargetDraft {
            metric: Metric::Resolution,
            priority: None,
            within: SignedDuration::from_hours(hours),
            calendar,
            quantile: None,
            pauses: Pauses::default(),
        };
        let draft = Draft {
            name: "In time".into(),
            kind,
            service,
            class: None,
            asking: None,
            from: None,
            targets: vec![target],
        };
        self.set_up(move |act| desk::agreements::save(act, &ByDesk, None, &draft, Some("For the test.")))
    }
}
