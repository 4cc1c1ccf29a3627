//! A desk for tests: a database of its own, a clock that stands still, and people who act.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use desk::entitled::ByDesk;
use desk::handoff::Asking;
use desk::open::{Open, Opened, Urgency};
use desk::password::{Hash, Password};
use desk::people::Tie;
use desk::words::{Body, Subject};
use desk::{Act, Desk, DeskError};
use domain::affiliation::Relation;
use domain::event::Actor;
use domain::id::{OrganisationId, PersonId, ServiceId, UnitId};
use domain::permission::Viewer;
use domain::priority::Priority;
use domain::service::Audience;
use domain::ticket::Kind;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use store::access::{Granted, Seen};
use store::message::Channel;
use store::office::Office;
use store::session::Session;
use store::unit::Role;
use store::{Db, WallClock, migrations};

/// A desk on a fresh database, at noon of a Wednesday.
pub struct TestDesk {
    pub desk: Desk,
    pub clock: WallClock,
}

/// The token against forged forms that every session of a test carries.
pub const CSRF: &str = "the-token-of-the-test";

impl TestDesk {
    #[must_use]
    pub fn new() -> Self {
        Self::at("sqlite::memory:")
    }

    /// A desk on the database of that address.
    ///
    /// # Panics
    /// When the database cannot be opened.
    #[must_use]
    pub fn at(url: &str) -> Self {
        let clock = WallClock::fixed("2026-03-04T12:00:00Z".parse().expect("an instant"));
        let db = Db::open(url, migrations::ALL).expect("a database for the test");
        Self { desk: Desk::new(db, clock.clone()).with_undo_seconds(0), clock }
    }

    /// A desk whose clock goes as everybody's does, for stories with real servers.
    ///
    /// # Panics
    /// When the database cannot be opened.
    #[must_use]
    pub fn live_at(url: &str) -> Self {
        let clock = WallClock::system();
        let db = Db::open(url, migrations::ALL).expect("a database for the test");
        Self { desk: Desk::new(db, clock.clone()).with_undo_seconds(0), clock }
    }

    /// The same desk where replies that no inbox sends can be taken back, too; elsewhere they are there at once, so
    /// that a test about something else need not wait for them.
    #[must_use]
    pub fn undoing(&self) -> Self {
        let usual = i64::from(domain::preference::UndoSeconds::USUAL);
        Self { desk: self.desk.clone().with_undo_seconds(usual), clock: self.clock.clone() }
    }

    pub fn wait(&self, time: SignedDuration) {
        self.clock.advance(time);
    }

    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Acts as the desk itself.
    ///
    /// # Panics
    /// When the desk refuses.
    pub fn set_up<T: Send + 'static>(
        &self,
        set_up: impl FnOnce(&mut Act) -> Result<T, DeskError> + Send + 'static,
    ) -> T {
        self.desk.act_now(Actor::Desk, set_up).expect("the set-up of the test")
    }

    /// Acts as a person, with a fresh look at what they hold.
    pub fn act<T: Send + 'static>(
        &self,
        person: PersonId,
        act: impl FnOnce(&mut Act, &Viewer) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, DeskError> {
        self.desk.act_now(Actor::Person(person), move |inner| {
            let viewer = store::access::viewer(inner.tx, person)?.ok_or(DeskError::NotFound)?;
            act(inner, &viewer)
        })
    }

    /// Does something with a ticket as a person for whom it exists.
    pub fn with<T: Send + 'static>(
        &self,
        person: PersonId,
        number: i64,
        act: impl FnOnce(&mut Act, Seen) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, DeskError> {
        self.act(person, move |inner, viewer| {
            let seen =
                store::access::by_number(inner.tx, viewer, number, inner.now)?.ok_or(DeskError::NotFound)?;
            act(inner, seen)
        })
    }
}

impl Default for TestDesk {
    fn default() -> Self {
        Self::new()
    }
}

/// The organisation of a test.
impl TestDesk {
    pub fn unit(&self, name: &'static str) -> UnitId {
        self.set_up(move |act| desk::units::create(act, &ByDesk, &desk::units::Input::named(name)))
    }

    pub fn organisation(&self, name: &'static str, shares_tickets: bool) -> OrganisationId {
        let input = desk::organisations::Input { name: name.to_owned(), shares_tickets };
        self.set_up(move |act| desk::organisations::create(act, &ByDesk, &input))
    }

    /// Somebody with one tie since 2020.
    pub fn person(
        &self,
        name: &'static str,
        relation: Relation,
        organisation: Option<OrganisationId>,
    ) -> PersonId {
        let slug: String =
            name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '.' }).collect();
        let input = desk::people::Input {
            email: Some(format!("{slug}@example.org")),
            organisation,
            ..desk::people::Input::named(name)
        };
        let tie = Tie { relation, class: None, from: date(2020, 1, 1), until: None };
        self.set_up(move |act| desk::people::create(act, &ByDesk, &input, &[tie]))
    }

    pub fn customer(&self, name: &'static str) -> PersonId {
        self.person(name, Relation::Buyer, None)
    }

    pub fn employee(&self, name: &'static str) -> PersonId {
        self.person(name, Relation::Employee, None)
    }

    pub fn agent(&self, name: &'static str, units: &[UnitId]) -> PersonId {
        let person = self.employee(name);
        for unit in units {
            self.joins(person, *unit, Role::Agent);
        }
        person
    }

    pub fn joins(&self, person: PersonId, unit: UnitId, role: Role) {
        self.set_up(move |act| desk::people::join_unit(act, &ByDesk, person, unit, role));
    }

    pub fn appoint(&self, person: PersonId, office: Office) {
        self.set_up(move |act| desk::people::offices::appoint(act, &ByDesk, person, office));
    }

    /// A service for everybody.
    pub fn service(&self, name: &'static str, unit: UnitId) -> ServiceId {
        self.service_with(name, unit, |_| {})
    }

    pub fn service_with(
        &self,
        name: &'static str,
        unit: UnitId,
        change: impl FnOnce(&mut desk::services::Input),
    ) -> ServiceId {
        let mut input = desk::services::Input::named(name, unit);
        input.audience = Audience { internal: true, connected: true, external: true };
        change(&mut input);
        self.set_up(move |act| desk::services::create(act, &ByDesk, &input)).id
    }

    /// Gives each of them the password [`crate::site::PASSWORD`].
    pub fn may_sign_in(&self, people: &[PersonId]) {
        static HASH: OnceLock<Hash> = OnceLock::new();
        let hash = HASH.get_or_init(|| {
            Password::parse(crate::site::PASSWORD, None).expect("a password that may be used").hash()
        });
        for person in people.iter().copied() {
            self.set_up(move |act| desk::people::set_password(act, &ByDesk, person, hash));
        }
    }

    /// Signs somebody in on one more browser, and gives the token for the cookie.
    pub fn session(&self, person: PersonId) -> String {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let token = format!("session-{}-of-{person}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let (now, hash) = (self.now(), desk::session::hash(&token));
        let expires_at = now + SignedDuration::from_hours(24 * 365);
        self.set_up(move |act| {
            let session = Session {
                token: hash,
                person,
                csrf: CSRF.to_owned(),
                created_at: now,
                seen_at: now,
                expires_at,
            };
            Ok(store::session::insert(act.tx, &session)?)
        });
        token
    }
}

/// What people do. Each panics with the desk's words when it is refused.
impl TestDesk {
    pub fn opens(&self, person: PersonId, service: ServiceId, subject: &str, body: &str) -> i64 {
        self.try_open(person, service, subject, body).expect("a ticket").number
    }

    pub fn try_open(
        &self,
        person: PersonId,
        service: ServiceId,
        subject: &str,
        body: &str,
    ) -> Result<Opened, DeskError> {
        let open = Open {
            service,
            kind: Kind::Request,
            subject: Subject::parse(subject)?,
            body: Body::parse(body)?,
            requester: person,
            beneficiary: None,
            payer: None,
            urgency: Urgency::Set(Priority::P3),
            channel: Channel::Portal,
            files: Vec::new(),
        };
        self.act(person, move |act, viewer| desk::open::run(act, viewer, &open))
    }

    /// Opens it, so that nothing of it is unread.
    pub fn reads(&self, person: PersonId, number: i64) {
        self.with(person, number, |act, seen| {
            let granted = seen.read_inside().ok_or(DeskError::NotAllowed)?;
            match store::sheet::inside(act.tx, &granted)?.unread_up_to {
                Some(up_to) => desk::news::read(act, granted, up_to),
                None => Ok(()),
            }
        })
        .expect("reading it");
    }

    pub fn takes(&self, person: PersonId, number: i64) {
        self.with(person, number, |act, seen| desk::assign::take(act, serve(seen)?)).expect("taking it");
    }

    pub fn replies(&self, person: PersonId, number: i64, body: &str) {
        let body = Body::parse(body).expect("words");
        self.with(person, number, move |act, seen| match seen.serve() {
            Some(granted) => desk::reply::serve(act, granted, &body, desk::reply::Then::Stay).map(|_| ()),
            None => {
                let granted = seen.request().ok_or(DeskError::NotAllowed)?;
                desk::reply::request(act, granted, &body, Channel::Portal).map(|_| ())
            }
        })
        .expect("a reply");
    }

    pub fn notes(&self, person: PersonId, number: i64, body: &str) {
        let body = Body::parse(body).expect("words");
        self.with(person, number, move |act, seen| {
            desk::note::run(act, seen.annotate().ok_or(DeskError::NotAllowed)?, &body)
        })
        .expect("a note");
    }

    /// Puts tags on a ticket, with commas between them.
    pub fn tags(&self, person: PersonId, number: i64, tags: &str) {
        self.try_tag(person, number, tags).expect("tags");
    }

    pub fn try_tag(&self, person: PersonId, number: i64, tags: &str) -> Result<(), DeskError> {
        let tags = tags.to_owned();
        self.with(person, number, move |act, seen| {
            tags.split(',').try_for_each(|tag| {
                let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
                desk::tag::add(act, granted, &desk::tag::parse("tag", tag)?)
            })
        })
    }

    pub fn asks(&self, person: PersonId, number: i64, service: ServiceId, subject: &str, body: &str) -> i64 {
        self.try_ask(person, number, service, subject, body).expect("a hand-off").number
    }

    pub fn try_ask(
        &self,
        person: PersonId,
        number: i64,
        service: ServiceId,
        subject: &str,
        body: &str,
    ) -> Result<Opened, DeskError> {
        let asking = Asking {
            service,
            subject: Subject::parse(subject)?,
            body: Body::parse(body)?,
            priority: None,
            files: Vec::new(),
            typed: Default::default(),
        };
        self.with(person, number, move |act, seen| desk::handoff::ask(act, serve(seen)?, &asking))
    }

    pub fn delivers(&self, person: PersonId, number: i64, body: &str) {
        let body = Body::parse(body).expect("words");
        self.with(person, number, move |act, seen| desk::handoff::deliver(act, serve(seen)?, &body))
            .expect("a delivery");
    }

    pub fn accepts(&self, person: PersonId, number: i64, rating: u8) {
        self.with(person, number, move |act, seen| {
            desk::handoff::accept(act, seen.ask().ok_or(DeskError::NotAllowed)?, Some(rating), "")
        })
        .expect("an acceptance");
    }

    pub fn returns(&self, person: PersonId, number: i64, reason: &str) {
        let reason = reason.to_owned();
        self.with(person, number, move |act, seen| {
            desk::handoff::hand_back(act, seen.ask().ok_or(DeskError::NotAllowed)?, &reason)
        })
        .expect("a return");
    }

    pub fn solves(&self, person: PersonId, number: i64) {
        self.try_solve(person, number, "").expect("a solution");
    }

    pub fn try_solve(&self, person: PersonId, number: i64, reason: &str) -> Result<(), DeskError> {
        let reason = reason.to_owned();
        self.with(person, number, move |act, seen| desk::solve::run(act, serve(seen)?, None, &reason))
    }

    /// What somebody is to a ticket.
    pub fn sees(&self, person: PersonId, number: i64) -> Option<Seen> {
        let now = self.now();
        self.desk
            .look_now(move |look| {
                let Some(viewer) = store::access::viewer(look.tx, person)? else { return Ok(None) };
                Ok(store::access::by_number(look.tx, &viewer, number, now)?)
            })
            .expect("a look")
    }
}

fn serve(seen: Seen) -> Result<Granted<store::access::Serve>, DeskError> {
    seen.serve().ok_or(DeskError::NotAllowed)
}
