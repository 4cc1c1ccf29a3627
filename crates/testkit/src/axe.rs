//! axe-core, which looks for what keeps people with disabilities out; npm fetches it once, for tests alone.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const PACKAGE: &str = include_str!("../npm/package.json");
const LOCK: &str = include_str!("../npm/package-lock.json");

/// The script, or `None` with a word on standard error where npm is not there or reaches no registry.
///
/// # Panics
/// When the folder for it cannot be written.
#[must_use]
pub fn script() -> Option<&'static str> {
    static SCRIPT: OnceLock<Option<String>> = OnceLock::new();
    SCRIPT.get_or_init(fetch).as_deref()
}

/// Tests run as processes side by side: each installs into a folder of its own, and the first one gives it its name.
fn fetch() -> Option<String> {
    let built = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/axe");
    let version = LOCK.len();
    let folder = built.join(version.to_string());
    let file = folder.join("node_modules/axe-core/axe.min.js");
    if !file.exists() {
        let own = built.join(format!("{version}-{}", std::process::id()));
        if let Err(cause) = install(&own) {
            // Written past the test's capture, so that nobody takes what was skipped for what passed.
            let _ = writeln!(
                std::io::stderr(),
                "skipped: npm does not bring axe-core ({cause}), so nothing was looked at"
            );
            return None;
        }
        // Somebody else may have been faster.
        if std::fs::rename(&own, &folder).is_err() {
            let _ = std::fs::remove_dir_all(&own);
        }
    }
    Some(std::fs::read_to_string(&file).expect("npm installed axe-core"))
}

fn install(folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).expect("the build folder is writable");
    std::fs::write(folder.join("package.json"), PACKAGE).expect("the build folder is writable");
    std::fs::write(folder.join("package-lock.json"), LOCK).expect("the build folder is writable");
    let run = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(folder)
        .output();
    match run {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        Err(cause) => Err(cause.to_string()),
    }
}
