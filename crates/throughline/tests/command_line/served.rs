//! A server from its first words to its last.

use crate::binary::Place;

#[test]
fn a_first_start_makes_the_database_serves_and_stops_when_asked() {
    let place = Place::new();
    let server = place.serve(&["serve"]);
    assert!(server.said.contains("throughline.sqlite"), "{}", server.said);
    assert!(server.page("/").0 < 500);
    assert_eq!(server.page("/nothing-here").0, 404);
    let (code, words) = server.stop();
    assert_eq!(code, 0, "{words}");
    assert!(words.contains("Stopped"), "{words}");
    assert!(place.path("data/throughline.sqlite").exists());
}

#[test]
fn reports_run_beside_a_server() {
    let place = Place::new();
    let _server = place.serve(&["serve"]);
    for report in [
        &["report", "handoffs", "--json"][..],
        &["report", "handoffs", "--pingpong", "--json"][..],
        &["report", "promises", "--by", "week", "--json"][..],
        &["report", "durations", "--by", "service", "--json"][..],
        &["report", "ledger", "--by", "holder", "--json"][..],
    ] {
        let ran = place.run(report);
        assert_eq!(ran.code, 0, "{ran:?}");
        let rows: Vec<serde_json::Value> = serde_json::from_str(&ran.out).unwrap();
        assert!(rows.is_empty());
    }
    let table = place.run(&["report", "ledger", "--by", "unit"]);
    assert!(table.out.contains("n = 0"), "{}", table.out);
}

#[test]
fn the_data_folder_and_the_database_can_be_named() {
    let place = Place::new();
    let server = place.serve(&["serve", "--data", "deep/down"]);
    assert!(place.path("deep/down/throughline.sqlite").exists());
    drop(server);
    let server = place.serve(&["serve", "--database", "sqlite:other.sqlite"]);
    assert!(place.path("other.sqlite").exists());
    drop(server);
    let names = std::fs::read_dir(place.root()).unwrap().count();
    assert!(names >= 2);
    assert!(!place.path("data").exists());
}

#[test]
fn routes_are_listed_with_their_rights() {
    let ran = Place::new().run(&["routes", "--json"]);
    assert_eq!(ran.code, 0);
    let routes: Vec<serde_json::Value> = serde_json::from_str(&ran.out).unwrap();
    assert!(!routes.is_empty());
    assert!(routes.iter().all(|route| route["right"].as_str().is_some_and(|right| !right.is_empty())));
    assert!(routes.iter().any(|route| route["path"] == "/live" && route["right"] == "signed_in"));
}

#[test]
fn help_and_version_answer_without_a_database() {
    let place = Place::new();
    for arguments in
        [&["--help"][..], &["--version"], &["report", "ledger", "--help"], &["import", "log", "--help"]]
    {
        let ran = place.run(arguments);
        assert_eq!(ran.code, 0);
        assert!(ran.out.to_lowercase().contains("throughline"));
    }
    assert!(!place.path("data").exists());
}
