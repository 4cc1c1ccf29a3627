//! The desk of a test as a site: served on loopback with its live events, visited with real browsers.

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use web::app::{App, Options};
use web::edge::{EdgeOptions, Stage};
use web::live::Live;

use crate::TestDesk;
use crate::browser::{Browser, Driver, Scripts, driver};
use crate::patience::comes_about;

/// The password of everybody whom [`TestDesk::may_sign_in`] was told of.
pub const PASSWORD: &str = "parcel quilt river lantern";

/// A served desk; its clock moves only with [`TestDesk::wait`].
pub struct Site {
    pub desk: TestDesk,
    pub origin: String,
    live: Live,
    driver: Arc<Driver>,
    stage: watch::Sender<Stage>,
    _tasks: JoinSet<()>,
}

impl Site {
    /// Serves the desk, or says that there is no browser and gives `None`.
    ///
    /// # Panics
    /// When nothing can be served on loopback.
    pub async fn open(desk: TestDesk) -> Option<Self> {
        Self::open_with(desk, Options::default()).await
    }

    /// The same of the demonstration.
    ///
    /// # Panics
    /// When nothing can be served on loopback.
    pub async fn open_demo(desk: TestDesk) -> Option<Self> {
        Self::open_with(desk, Options { demo: true, ..Options::default() }).await
    }

    async fn open_with(desk: TestDesk, options: Options) -> Option<Self> {
        let driver = driver()?;
        let app = App::new(desk.desk.clone(), options);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let (stage, serving) = watch::channel(Stage::Serving);
        let mut tasks = JoinSet::new();
        let router = web::routes::router(&app);
        tasks.spawn(async move {
            let ended = web::edge::serve(listener, router, EdgeOptions::default(), serving).await;
            ended.expect("the site is served to its end");
        });
        let (live, followed) = (app.live.clone(), desk.desk.clone());
        tasks.spawn(async move { live.follow(followed).await.expect("the log can be followed") });
        Some(Self { desk, origin, live: app.live.clone(), driver, stage, _tasks: tasks })
    }

    /// A window in which nobody is signed in.
    pub async fn browser(&self, scripts: Scripts) -> Browser {
        Browser::open(&self.driver, &self.origin, scripts).await
    }

    /// A window as wide as a telephone.
    pub async fn narrow(&self) -> Browser {
        Browser::open_narrow(&self.driver, &self.origin).await
    }

    /// A window in which the person with that first name has signed in by the form.
    pub async fn enter(&self, name: &str) -> Browser {
        self.enter_with(name, Scripts::On).await
    }

    pub async fn enter_with(&self, name: &str, scripts: Scripts) -> Browser {
        let browser = self.browser(scripts).await;
        browser.sign_in(&format!("{}@example.org", name.to_lowercase()), PASSWORD).await;
        browser
    }

    /// Waits until so many pages listen to what changes.
    ///
    /// # Panics
    /// When they do not in the end.
    pub async fn is_heard_by(&self, pages: usize) {
        let heard = comes_about(|| self.live.listeners() == pages).await;
        assert!(heard, "{} pages listen, not {pages}", self.live.listeners());
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.stage.send(Stage::Now);
    }
}
