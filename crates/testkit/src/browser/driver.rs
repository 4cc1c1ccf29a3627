//! The driver's process: started once for all who need it at the same time, ended by the last of them.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const DRIVER: &str = "/usr/bin/chromedriver";
const CHROMIUM: &str = "/usr/bin/chromium";
/// How often it is started until it listens.
const STARTS: usize = 5;

/// A running chromedriver.
pub struct Driver {
    child: Child,
    port: u16,
    origin: String,
    /// Removed when the driver and its browsers have ended, who write into it to the last.
    profiles: TempDir,
}

/// The driver of this process, or `None` (with a word on standard error) when there is no browser.
///
/// # Panics
/// When the driver is installed and does not start.
pub fn driver() -> Option<Arc<Driver>> {
    static RUNNING: Mutex<Weak<Driver>> = Mutex::new(Weak::new());
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(driver) = running.upgrade() {
        return Some(driver);
    }
    if let Some(missing) = [DRIVER, CHROMIUM].into_iter().find(|program| !Path::new(program).exists()) {
        say_skipped(missing);
        return None;
    }
    let driver = Arc::new(Driver::start());
    *running = Arc::downgrade(&driver);
    Some(driver)
}

impl Driver {
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// A folder for the profile of one browser.
    pub(super) fn profile(&self) -> PathBuf {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        self.profiles.path().join(NUMBER.fetch_add(1, Ordering::Relaxed).to_string())
    }

    /// It takes a free port for one family of addresses and ends when another program has the same one of the other
    /// family, so that it is started again.
    fn start() -> Self {
        (0..STARTS).find_map(|_| Self::try_to_start()).expect("chromedriver says its port")
    }

    fn try_to_start() -> Option<Self> {
        let profiles = tempfile::Builder::new().prefix("desk-browser-").tempdir().expect("a folder");
        let mut child = Command::new(DRIVER)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let mut said = BufReader::new(child.stdout.take().expect("its output is piped"));
        let Some(port) = port(&mut said) else {
            child.wait().expect("what ended is buried");
            return None;
        };
        // A full pipe would stop it.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Some(Self { child, port, origin: format!("http://127.0.0.1:{port}"), profiles })
    }

    /// Asks it to end itself and the browsers that are left.
    fn ask_to_stop(&self) -> std::io::Result<()> {
        self.ask("GET /shutdown", "").map(drop)
    }

    /// Tells it something that the standard does not know, and gives the first line of its answer.
    pub(super) fn tell(&self, path: &str, json: &str) -> std::io::Result<String> {
        self.ask(&format!("POST {path}"), json)
    }

    fn ask(&self, what: &str, json: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let (port, length) = (self.port, json.len());
        write!(
            stream,
            "{what} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{json}"
        )?;
        // It keeps the connection, so that there is no end to read to.
        let mut said = String::new();
        BufReader::new(stream).read_line(&mut said)?;
        Ok(said)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // When it does not listen any more, it is killed below.
        let _ = self.ask_to_stop();
        let patience = Instant::now() + Duration::from_secs(5);
        while matches!(self.child.try_wait(), Ok(None)) {
            if Instant::now() > patience {
                let _ = self.child.kill();
                let _ = self.child.wait();
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// `None` when it ended before it said one.
fn port(said: &mut impl BufRead) -> Option<u16> {
    let mut line = String::new();
    while said.read_line(&mut line).expect("chromedriver speaks") > 0 {
        if let Some((_, port)) = line.trim_end().trim_end_matches('.').rsplit_once("on port ")
            && let Ok(port) = port.parse()
            && port > 0
        {
            return Some(port);
        }
        line.clear();
    }
    None
}

#[expect(clippy::print_stderr, reason = "a skipped test must not look like a passed one")]
fn say_skipped(missing: &str) {
    eprintln!("skipped in a browser: {missing} is missing; Debian has it in chromium and chromium-driver");
}
