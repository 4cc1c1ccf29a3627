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

#[test]
fn a_first_start_prints_a_one_time_code_and_a_new_one_replaces_it() {
    let place = Place::new();
    let server = place.serve(&["serve"]);
    assert!(server.said.contains("one-time code"), "{}", server.said);
    let beside = place.run(&["setup-code"]);
    beside.refused_with(1, &["already in use"]);
    server.stop();
    let code = place.run(&["setup-code"]);
    assert_eq!((code.code, code.out.trim().len()), (0, 23), "{code:?}");
    assert_ne!(code.out, place.run(&["setup-code"]).out);
}

#[test]
fn a_demonstration_is_made_once_served_again_and_made_fresh() {
    let place = Place::new();
    let first = place.serve(&["demo", "--tickets", "30", "--seed", "7"]);
    assert!(first.said.contains("Priya Nair"), "{}", first.said);
    assert!(first.page("/").0 < 500);
    let (code, made) = first.stop();
    assert_eq!(code, 0, "{made}");
    assert!(made.contains("30 tickets"), "{made}");
    let (code, again) = place.serve(&["demo", "--tickets", "30"]).stop();
    assert_eq!(code, 0);
    assert!(again.contains("there already") && !again.contains("Inventing"), "{again}");
    let (code, fresh) = place.serve(&["demo", "--fresh", "--tickets", "20"]).stop();
    assert_eq!(code, 0);
    assert!(fresh.contains("Inventing") && fresh.contains("20 tickets"), "{fresh}");
    assert!(!place.path("data/throughline.sqlite").exists());
}

#[test]
fn a_demonstration_that_was_interrupted_is_made_again() {
    let place = Place::new();
    let arguments = ["demo", "--tickets", "5000", "--listen", "127.0.0.1:0"];
    let mut child = place.command(&arguments).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let file = place.path("data/demo.sqlite");
    // Enough bytes for the company itself, far from enough for its work.
    while std::fs::metadata(file.with_extension("sqlite-wal")).map_or(0, |file| file.len()) < 3_000_000 {
        assert!(child.try_wait().unwrap().is_none());
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let (code, words) = place.serve(&["demo", "--tickets", "20"]).stop();
    assert_eq!(code, 0, "{words}");
    assert!(words.contains("interrupted") && words.contains("20 tickets"), "{words}");
}

#[test]
fn a_demonstration_never_takes_a_database_that_is_in_use() {
    let place = Place::new();
    let log = "case:concept:name,concept:name,time:timestamp,customer,product,workgroup,org:resource\n\
               1,Insert ticket,2020-01-01T00:00:00Z,Ida,Pump,Support,Kim\n";
    std::fs::write(place.path("log.csv"), log).unwrap();
    let imported = place.run(&["import", "log", "--profile", "helpdesk-italian", "log.csv"]);
    assert_eq!(imported.code, 0, "{imported:?}");
    for fresh in [&[][..], &["--fresh"][..]] {
        let mut arguments =
            vec!["demo", "--database", "sqlite:data/throughline.sqlite", "--listen", "127.0.0.1:0"];
        arguments.extend(fresh);
        place.run(&arguments).refused_with(1, &["in use", "not touched"]);
    }
    assert_eq!(place.run(&["report", "durations", "--by", "unit", "--json"]).out.lines().count(), 4);
}
