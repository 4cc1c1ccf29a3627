//! Fetches htmx with npm, joins our styles and scripts, and names every asset by its content.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    let sources = Path::new(&variable("CARGO_MANIFEST_DIR")).join("assets");
    let out = PathBuf::from(variable("OUT_DIR"));
    println!("cargo::rerun-if-changed=assets");
    println!("cargo::rerun-if-changed=locales");

    let htmx = fetch_htmx(&sources, &out);
    let mut listing = Listing::default();
    listing.add(&out, "APP_CSS", "app", "css", &joined(&sources.join("css"), "css"));
    listing.add(&out, "APP_JS", "app", "js", &joined(&sources.join("js"), "js"));
    listing.add(&out, "HTMX_JS", "htmx", "js", &htmx);
    listing.add(&out, "MARK_SVG", "mark", "svg", &read(&sources.join("mark.svg")));
    write(&out.join("assets.rs"), listing.source().as_bytes());
}

/// Runs `npm ci` beside the build output, once per lock file, so that the source folder stays as it is.
fn fetch_htmx(sources: &Path, out: &Path) -> Vec<u8> {
    let folder = out.join("npm");
    let file = folder.join("node_modules/htmx.org/dist/htmx.min.js");
    let lock = read(&sources.join("package-lock.json"));
    let installed = folder.join("installed-lock.json");
    if file.exists() && fs::read(&installed).is_ok_and(|before| before == lock) {
        return read(&file);
    }
    fs::create_dir_all(&folder).expect("the build output folder is writable");
    write(&folder.join("package.json"), &read(&sources.join("package.json")));
    write(&folder.join("package-lock.json"), &lock);
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let run = Command::new(npm)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(&folder)
        .output();
    let output = match run {
        Ok(output) => output,
        Err(cause) => panic!(
            "npm could not be started ({cause}). The pages need htmx, which npm fetches while building: \
             install Node.js 20 or newer with npm (Debian: apt install npm) and build again."
        ),
    };
    assert!(
        output.status.success(),
        "npm could not fetch htmx ({}). Nothing was changed in the source folder. Check that npm reaches its \
         registry (`npm ping`) and build again. npm said:\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    write(&installed, &lock);
    read(&file)
}

/// Joins the files of one folder in the order of their names; each script gets a scope of its own.
fn joined(folder: &Path, extension: &str) -> Vec<u8> {
    let entries = fs::read_dir(folder).unwrap_or_else(|cause| panic!("{}: {cause}", folder.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    let mut text = Vec::new();
    if extension == "js" {
        text.extend_from_slice(b"\"use strict\";\n");
    }
    for file in files {
        let content = read(&file);
        if extension == "js" {
            text.extend_from_slice(b"{\n");
            text.extend_from_slice(&content);
            text.extend_from_slice(b"}\n");
        } else {
            text.extend_from_slice(&content);
        }
    }
    text
}

#[derive(Default)]
struct Listing {
    constants: String,
    files: String,
}

impl Listing {
    fn add(&mut self, out: &Path, constant: &str, stem: &str, extension: &str, bytes: &[u8]) {
        let hash = blake3::hash(bytes).to_hex();
        let name = format!("{stem}-{}.{extension}", &hash[..12]);
        let kind = match extension {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        };
        let plain = out.join(&name);
        let packed = out.join(format!("{name}.gz"));
        write(&plain, bytes);
        write(&packed, &gzip(bytes));
        writeln!(self.constants, "pub const {constant}: &str = \"/assets/{name}\";").expect("a string grows");
        writeln!(
            self.files,
            "    Asset {{ name: {name:?}, kind: {kind:?}, plain: include_bytes!({plain:?}), gzip: include_bytes!({packed:?}) }},"
        )
        .expect("a string grows");
    }

    fn source(&self) -> String {
        format!("{}static FILES: &[Asset] = &[\n{}];\n", self.constants, self.files)
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).expect("a vector grows");
    packer.finish().expect("a vector grows")
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
}
