//! A real browser for journeys: Debian's chromedriver, and a headless Chromium for each person.

mod driver;
mod files;
mod inspect;
mod looks;
mod page;

use std::path::Path;
use std::sync::Arc;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

pub use self::driver::{Driver, driver};
pub use self::inspect::{Barrier, Search};
pub use self::looks::Looks;

/// Whether pages may run scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

/// One window with a profile of its own, on one site. It knows elements by what a person sees:
/// labels, the words on buttons and links.
pub struct Browser {
    client: Client,
    origin: String,
    // The driver outlives its sessions.
    driver: Arc<Driver>,
}

impl Browser {
    /// Opens an empty window that will visit `origin`.
    ///
    /// # Panics
    /// When the browser does not start.
    pub async fn open(driver: &Arc<Driver>, origin: &str, scripts: Scripts) -> Self {
        Self::start(driver, origin, wanted(&driver.profile(), scripts)).await
    }

    /// The same, as wide as a telephone.
    ///
    /// # Panics
    /// When the browser does not start.
    pub async fn open_narrow(driver: &Arc<Driver>, origin: &str) -> Self {
        let mut wanted = wanted(&driver.profile(), Scripts::On);
        wanted["goog:chromeOptions"]["mobileEmulation"] =
            json!({ "deviceMetrics": { "width": 390, "height": 844, "pixelRatio": 2.0 } });
        Self::start(driver, origin, wanted).await
    }

    async fn start(driver: &Arc<Driver>, origin: &str, wanted: Value) -> Self {
        let Value::Object(wanted) = wanted else { unreachable!("capabilities are an object") };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(driver.origin())
            .await
            .expect("chromium starts");
        Self { client, origin: origin.to_owned(), driver: Arc::clone(driver) }
    }

    /// Ends the session and its browser.
    ///
    /// # Panics
    /// When the driver does not answer.
    pub async fn close(self) {
        self.client.close().await.expect("the browser ends");
    }
}

fn wanted(profile: &Path, scripts: Scripts) -> Value {
    let folder = format!("--user-data-dir={}", profile.display());
    let allowed = match scripts {
        Scripts::On => 1,
        Scripts::Off => 2,
    };
    json!({
        "goog:chromeOptions": {
            "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--window-size=1280,900", "--lang=en", folder,
            ],
            "prefs": { "profile.managed_default_content_settings.javascript": allowed },
        },
    })
}
