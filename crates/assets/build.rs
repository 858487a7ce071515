//! Builds the web sources and writes the table of bytes that `lib.rs` includes.
//!
//! Owns: running npm (only when the lock file changed) and Node, one build at a time on a machine.
//! Must not know: what the pages do with the files. A folder named by `TREI_ASSETS_PREBUILT`, made by
//! `node web/build.mjs --out FOLDER`, takes the place of Node for packagers and builds without network.

#![allow(clippy::panic, reason = "a build script has no other way to say what is missing")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PREBUILT: &str = "TREI_ASSETS_PREBUILT";

fn main() {
    println!("cargo::rerun-if-env-changed={PREBUILT}");
    let out = PathBuf::from(variable("OUT_DIR"));
    let folder = match std::env::var_os(PREBUILT) {
        Some(folder) => {
            println!("cargo::rerun-if-changed={}", Path::new(&folder).display());
            PathBuf::from(folder)
        }
        None => build(&out),
    };
    fs::write(out.join("table.rs"), table(&folder)).unwrap_or_else(|error| {
        panic!("cannot write the table of assets: {error}");
    });
}

/// Bundles `web/` into the output folder, installing the packages first if their lock changed.
fn build(out: &Path) -> PathBuf {
    let web = Path::new(&variable("CARGO_MANIFEST_DIR")).join("../../web");
    for watched in ["package.json", "package-lock.json", ".npmrc", "build.mjs", "src"] {
        println!("cargo::rerun-if-changed={}", web.join(watched).display());
    }
    // The editor's cargo and the shell's cargo share node_modules; the lock makes them take turns.
    let turn = fs::File::create(web.join(".build-lock"))
        .unwrap_or_else(|error| panic!("cannot open web/.build-lock: {error}"));
    turn.lock()
        .unwrap_or_else(|error| panic!("cannot lock web/.build-lock: {error}"));

    install(&web);
    let folder = out.join("web");
    let mut bundle = Command::new("node");
    bundle.current_dir(&web).arg("build.mjs").arg("--out").arg(&folder);
    if variable("PROFILE") == "release" {
        bundle.arg("--compress");
    }
    run(&mut bundle, "bundling the web sources");
    folder
}

/// Runs `npm ci` unless `node_modules` was installed from exactly this lock file.
fn install(web: &Path) {
    let stamp = web.join("node_modules/.installed-from");
    let lock = fs::read(web.join("package-lock.json"))
        .unwrap_or_else(|error| panic!("cannot read web/package-lock.json: {error}"));
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(
        Command::new(npm)
            .current_dir(web)
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]),
        "installing the web packages",
    );
    fs::write(&stamp, lock).unwrap_or_else(|error| panic!("cannot write {}: {error}", stamp.display()));
}

/// Runs one command quietly; its output is shown only when it fails.
fn run(command: &mut Command, doing: &str) {
    let output = command.output().unwrap_or_else(|error| {
        panic!(
            "\n\n{doing}: cannot start {:?} ({error}).\n\
             The pages of Trei are built with Node 20 or newer and npm. Install them (https://nodejs.org), or set\n\
             {PREBUILT} to a folder made elsewhere with `npm ci --ignore-scripts && node build.mjs --out FOLDER` in web/.\n",
            command.get_program()
        )
    });
    if !output.status.success() {
        panic!(
            "\n\n{doing} failed ({}).\n{}\n{}\n",
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// Turns the two lists the bundler wrote into Rust.
fn table(folder: &Path) -> String {
    let mut table = String::from("static ASSETS: &[Asset] = &[\n");
    for line in read(&folder.join("assets.tsv")).lines() {
        let [name, path, file, content_type, immutable, gzip] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("assets.tsv: six columns expected in {line:?}");
        };
        let gzip = match gzip {
            "-" => "None".to_owned(),
            gzip => format!("Some(include_bytes!({:?}))", folder.join(gzip)),
        };
        let _ = writeln!(
            table,
            "Asset {{ name: {name:?}, path: {path:?}, bytes: include_bytes!({:?}), gzip: {gzip}, content_type: {content_type:?}, immutable: {} }},",
            folder.join(file),
            immutable == "1",
        );
    }
    table.push_str("];\nstatic ICONS: &[(&str, &str)] = &[\n");
    for line in read(&folder.join("icons.tsv")).lines() {
        let (name, shapes) = line
            .split_once('\t')
            .unwrap_or_else(|| panic!("icons.tsv: two columns expected in {line:?}"));
        let _ = writeln!(table, "({name:?}, {shapes:?}),");
    }
    table.push_str("];\n");
    table
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("cargo did not set {name}"))
}
