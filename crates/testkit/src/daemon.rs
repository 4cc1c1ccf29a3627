//! Debian's servers for one test: on loopback, in a folder of their own, gone when the test is.

use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::patience::{PATIENCE, comes};

/// A server that runs as long as this lives.
pub(crate) struct Daemon {
    command: Vec<String>,
    port: u16,
    running: Option<Child>,
}

impl Daemon {
    /// Starts the program, and waits until a server greets on the port.
    pub(crate) fn start(command: Vec<String>, port: u16) -> Result<Self, String> {
        let mut daemon = Self { command, port, running: None };
        daemon.run()?;
        Ok(daemon)
    }

    /// Starts it, or starts it again.
    pub(crate) fn run(&mut self) -> Result<(), String> {
        self.stop();
        self.running = Some(supervised(&self.command)?);
        if comes(|| self.greets()) {
            Ok(())
        } else {
            Err(format!("{} did not answer within {} seconds", self.command[0], PATIENCE.as_secs()))
        }
    }

    /// Waits until nobody listens any more: a child may hold the port a little longer than its parent lives.
    pub(crate) fn stop(&mut self) {
        if let Some(mut running) = self.running.take() {
            drop(running.stdin.take());
            running.wait().expect("the shell that watches the server ends");
            assert!(comes(|| self.connection().is_err()), "{} does not stop", self.command[0]);
        }
    }

    /// A port that takes connections is not yet a server: its child that speaks may not be there.
    fn greets(&self) -> bool {
        let Ok(mut stream) = self.connection() else { return false };
        let mut greeting = [0; 3];
        stream.set_read_timeout(Some(PATIENCE)).is_ok()
            && stream.read_exact(&mut greeting).is_ok()
            && [*b"220", *b"* O"].contains(&greeting)
    }

    fn connection(&self) -> std::io::Result<TcpStream> {
        TcpStream::connect(("127.0.0.1", self.port))
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A shell that runs the server, in a process group of its own, until the standard input ends: no server
/// outlives the test, however that ends.
fn supervised(command: &[String]) -> Result<Child, String> {
    let script = r#"
        setsid "$@" < /dev/null &
        server=$!
        cat > /dev/null
        kill -TERM "$server"
        wait "$server"
    "#;
    Command::new("/bin/sh")
        .args(["-c", script, "desk-daemon"])
        .args(command)
        .current_dir("/")
        // Whoever kills the test with all its children must leave this one its time to clean up.
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("{} could not be started: {error}", command[0]))
}

/// A folder that servers which drop their rights can still walk through.
pub(crate) fn folder(prefix: &str) -> Result<TempDir, String> {
    let folder = tempfile::Builder::new().prefix(prefix).tempdir().map_err(|error| error.to_string())?;
    let open = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.path(), open).map_err(|error| error.to_string())?;
    Ok(folder)
}

pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Makes a folder, and gives it to somebody.
pub(crate) fn folder_of(path: &Path, uid: u32, gid: u32) -> Result<(), String> {
    std::fs::create_dir_all(path).map_err(|error| format!("{}: {error}", path.display()))?;
    chown(path, Some(uid), Some(gid)).map_err(|error| format!("{}: {error}", path.display()))
}

/// Several at once, so that they differ. Between this and the start somebody else may take one; then the test
/// says that the server did not answer.
pub(crate) fn free_ports<const COUNT: usize>() -> Result<[u16; COUNT], String> {
    let mut listeners = Vec::new();
    let mut ports = [0; COUNT];
    for port in &mut ports {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        *port = listener.local_addr().map_err(|error| error.to_string())?.port();
        listeners.push(listener);
    }
    Ok(ports)
}

/// The programs of a package, if it is installed and we may run them as they want to be run.
pub(crate) fn program(path: &str) -> Result<PathBuf, String> {
    if !Path::new(path).exists() {
        return Err(format!("{path} is not installed"));
    }
    let root = std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    if root { Ok(PathBuf::from(path)) } else { Err(format!("{path} has to be started by root")) }
}

#[expect(clippy::print_stderr, reason = "a skipped test must not look like a passed one")]
pub(crate) fn say_skipped(cause: &str) {
    eprintln!("skipped with real mail servers: {cause}; `.ci/run` installs what they need");
}

/// A certificate for `localhost` and its key, in PEM form.
pub(crate) fn identity() -> Result<(String, String), String> {
    let made =
        rcgen::generate_simple_self_signed(["localhost".to_owned()]).map_err(|error| error.to_string())?;
    Ok((made.cert.pem(), made.signing_key.serialize_pem()))
}
