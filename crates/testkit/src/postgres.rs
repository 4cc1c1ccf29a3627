//! A PostgreSQL server for tests: the one named in the environment, or Debian's own, started for this run.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::patience::{PATIENCE, comes};

/// The address of a server whose person may create databases, without a database name at its end.
pub const ADDRESS_VARIABLE: &str = "THROUGHLINE_TEST_POSTGRES";

/// The address of a new, empty database, or `None` (with a word on standard error) when no server can be had.
pub fn fresh_database() -> Option<String> {
    static ADDRESS: OnceLock<Option<String>> = OnceLock::new();
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let server = ADDRESS.get_or_init(find_or_start).as_ref()?;
    let name = format!("desk_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    run_on_server(server, &format!("create database {name}"));
    Some(format!("{server}/{name}"))
}

/// Runs one statement outside any transaction of ours, in the database that `address` names.
/// The client blocks, so it gets a thread of its own: the caller may be inside a runtime.
pub fn run_on(address: &str, sql: &str) {
    std::thread::scope(|scope| {
        let done = scope.spawn(|| {
            let mut client =
                postgres::Client::connect(address, postgres::NoTls).expect("the test server answers");
            client.batch_execute(sql).expect("the test server runs a statement");
        });
        done.join().expect("the statement is run");
    });
}

fn run_on_server(server: &str, sql: &str) {
    run_on(&format!("{server}/postgres"), sql);
}

fn find_or_start() -> Option<String> {
    if let Ok(address) = std::env::var(ADDRESS_VARIABLE) {
        return Some(address.trim_end_matches('/').to_owned());
    }
    let started = programs()
        .ok_or_else(|| "no initdb under /usr/lib/postgresql".to_owned())
        .and_then(|bin| start(&bin));
    match started {
        Ok(address) => Some(address),
        Err(cause) => {
            say_skipped(&cause);
            None
        }
    }
}

#[expect(clippy::print_stderr, reason = "a skipped test must not look like a passed one")]
fn say_skipped(cause: &str) {
    eprintln!(
        "skipped on PostgreSQL: {cause}; set {ADDRESS_VARIABLE}=postgres://person@host:port to test there"
    );
}

/// The newest server that Debian's packages have installed.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .max_by_key(|bin| {
            let version = bin.parent().and_then(Path::file_name).and_then(std::ffi::OsStr::to_str);
            version.and_then(|version| version.parse::<u32>().ok())
        })
}

fn start(bin: &Path) -> Result<String, String> {
    let folder =
        tempfile::Builder::new().prefix("desk-postgres-").tempdir().map_err(|error| error.to_string())?;
    // From here on the shell below removes the folder.
    let folder = folder.keep();
    if is_root() {
        wait_for(Command::new("chown").arg("postgres").arg(&folder))?;
    }
    let data = folder.join("data");
    wait_for(unprivileged(&bin.join("initdb")).arg("-D").arg(&data).args([
        "--no-sync",
        "--auth=trust",
        "--username=postgres",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    ]))?;
    let port = free_port()?;
    let server = supervised(bin, &folder, &data, port)?;
    // Held, never waited for: its standard input closes with this process, which stops the server.
    static SERVER: OnceLock<Child> = OnceLock::new();
    let _ = SERVER.set(server);
    let address = format!("postgres://postgres@127.0.0.1:{port}");
    wait_until_it_answers(&address, &folder)?;
    Ok(address)
}

/// A shell that runs the server until its standard input ends, so that no
/// server outlives the tests, however they end.
fn supervised(bin: &Path, folder: &Path, data: &Path, port: u16) -> Result<Child, String> {
    let script = r#"
        "$1" -D "$2" -c listen_addresses=127.0.0.1 -c port="$3" -c unix_socket_directories= \
            -c fsync=off -c max_connections=200 -c autovacuum=off > "$4/log" 2>&1 &
        server=$!
        cat > /dev/null
        kill -INT "$server"
        wait "$server"
        rm -rf "$4"
    "#;
    unprivileged(Path::new("/bin/sh"))
        .args(["-c", script, "desk-postgres"])
        .arg(bin.join("postgres"))
        .arg(data)
        .arg(port.to_string())
        .arg(folder)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("the server could not be started: {error}"))
}

/// PostgreSQL refuses to run as root.
fn unprivileged(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
    command
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

fn wait_for(command: &mut Command) -> Result<(), String> {
    let output = command.current_dir("/").output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr).trim()))
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}

fn wait_until_it_answers(address: &str, folder: &Path) -> Result<(), String> {
    let address = format!("{address}/postgres");
    let answers = || {
        let attempt = std::thread::scope(|scope| {
            scope.spawn(|| postgres::Client::connect(&address, postgres::NoTls).is_ok()).join()
        });
        attempt.unwrap_or(false)
    };
    if comes(answers) {
        return Ok(());
    }
    let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    Err(format!("the server did not answer within {} seconds: {log}", PATIENCE.as_secs()))
}
