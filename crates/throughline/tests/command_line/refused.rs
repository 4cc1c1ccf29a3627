//! Everything that cannot be done: one paragraph, the right exit code, nothing half-written.

use std::net::TcpListener;

use testkit::bucket::BucketServer;

use crate::binary::Place;

#[test]
fn an_unknown_option_is_a_usage_error() {
    let ran = Place::new().run(&["serve", "--port", "80"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("--port"), "{}", ran.err);
}

#[test]
fn an_address_that_names_no_database_is_a_usage_error() {
    let ran = Place::new().run(&["--database", "mysql://somewhere", "report", "handoffs"]);
    ran.refused_with(2, &["names no database", "sqlite:PATH"]);
}

#[test]
fn an_address_that_names_no_bucket_is_a_usage_error_and_makes_nothing() {
    let place = Place::new();
    let ran = place.run(&["serve", "--files", "attachments"]);
    ran.refused_with(2, &["attachments", "s3://BUCKET/PREFIX"]);
    assert!(!place.path("data").exists());
}

#[test]
fn keys_that_open_no_bucket_stop_the_server_and_say_so() {
    let place = Place::new();
    let server = BucketServer::start();
    let mut command = place.command(&["serve", "--listen", "127.0.0.1:0", "--files", "s3://another/desk"]);
    let ran = command.envs(server.settings()).output().unwrap();
    let words = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(1), "{words}");
    assert!(words.contains("there is no such bucket") && words.contains("Nothing is served"), "{words}");
    assert!(!words.contains("testsecret"), "{words}");
}

#[test]
fn a_report_without_a_database_makes_none() {
    let place = Place::new();
    let ran = place.run(&["report", "handoffs"]);
    ran.refused_with(1, &["there is no database", "Nothing was made"]);
    assert!(!place.path("data").exists());
}

#[test]
fn an_unknown_time_zone_is_named() {
    let place = Place::new();
    std::fs::write(place.path("log.csv"), "case,activity,at\n").unwrap();
    let ran = place.run(&["import", "log", "--profile", "uci", "log.csv", "--timezone", "Europe/Lisboa"]);
    ran.refused_with(2, &["Europe/Lisboa", "Europe/Lisbon"]);
}

#[test]
fn an_unknown_profile_is_answered_with_the_known_ones() {
    let place = Place::new();
    std::fs::write(place.path("log.csv"), "case,activity,at\n1,a,2020-01-01T00:00:00Z\n").unwrap();
    let ran = place.run(&["import", "log", "--profile", "jira", "log.csv"]);
    ran.refused_with(2, &["jira", "uci", "helpdesk-italian", "bpi2020-travel"]);
}

#[test]
fn a_log_that_is_not_there_is_named_and_no_database_is_made() {
    let place = Place::new();
    let ran = place.run(&["import", "log", "--profile", "uci", "missing.csv"]);
    ran.refused_with(1, &["missing.csv", "nothing was read"]);
    assert!(!place.path("data").exists());
}

#[test]
fn a_folder_in_place_of_a_file_is_refused() {
    let place = Place::new();
    std::fs::create_dir(place.path("folder.sqlite")).unwrap();
    let ran = place.run(&["--database", "sqlite:folder.sqlite", "report", "handoffs"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("folder.sqlite"), "{}", ran.err);
}

#[test]
fn a_second_server_on_the_same_file_names_the_first() {
    let place = Place::new();
    let first = place.serve(&["serve"]);
    let second = place.run(&["serve", "--listen", "127.0.0.1:0"]);
    let number = format!("number {}", first.id());
    second.refused_with(1, &["already in use", &number, "Nothing was changed"]);
    assert!(first.page("/").0 < 500);
}

#[test]
fn a_port_in_use_is_named_with_a_way_out() {
    let place = Place::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ran = place.run(&["serve", "--listen", &address]);
    ran.refused_with(1, &[&address, "already in use", "--listen"]);
}

#[test]
fn something_that_is_no_address_is_a_usage_error() {
    let ran = Place::new().run(&["serve", "--listen", "everywhere"]);
    ran.refused_with(2, &["everywhere", "HOST:PORT"]);
}

#[test]
fn a_file_that_is_no_database_is_left_as_it_is() {
    let place = Place::new();
    let text =
        "a letter, not a database; long enough to be more than a header of one hundred bytes, as it were";
    std::fs::write(place.path("letter.txt"), text).unwrap();
    let ran = place.run(&["--database", "sqlite:letter.txt", "serve", "--listen", "127.0.0.1:0"]);
    ran.refused_with(1, &["letter.txt"]);
    assert_eq!(std::fs::read_to_string(place.path("letter.txt")).unwrap(), text);
}

#[test]
fn a_database_of_a_newer_version_is_not_touched() {
    let place = Place::new();
    let (code, _) = place.serve(&["serve"]).stop();
    assert_eq!(code, 0);
    let address = format!("sqlite:{}", place.path("data/throughline.sqlite").display());
    let mut later = store::migrations::ALL.to_vec();
    later.push(store::db::Migration::new(9_999, "9999_from_the_future", "create table later (id {id})"));
    drop(store::Db::open(&address, &later).unwrap());
    for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["report", "handoffs"][..]] {
        let ran = place.run(command);
        ran.refused_with(1, &["newer version", "9999", "not touched"]);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let folder = place.path("locked");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).unwrap();
    // An administrator may write anywhere; for them a file stands where the folder should be.
    let data = if std::fs::write(folder.join("probe"), "").is_ok() {
        std::fs::write(place.path("blocked"), "").unwrap();
        "blocked"
    } else {
        "locked"
    };
    let ran = place.run(&["--data", data, "serve", "--listen", "127.0.0.1:0"]);
    ran.refused_with(1, &[data, "Nothing was"]);
}

#[test]
fn a_log_that_lacks_columns_is_told_which_and_what_was_found() {
    let place = Place::new();
    std::fs::write(place.path("log.csv"), "number,incident_stat,when\n1,New,now\n").unwrap();
    let ran = place.run(&["import", "log", "--profile", "uci", "log.csv"]);
    ran.refused_with(1, &["incident_state", "did you mean", "found were"]);
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let place = Place::new();
    let mut child = place.command(&["routes"]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}
