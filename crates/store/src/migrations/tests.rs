//! The list and the folder of migrations say the same.

use std::path::Path;

use super::ALL;
use crate::db::Db;

#[test]
fn every_file_in_the_folder_is_in_the_list_and_the_numbers_follow_each_other() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    let mut on_disk: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect())
        .unwrap_or_default();
    on_disk.retain(|name| name.ends_with(".sql"));
    on_disk.sort();
    let mut listed: Vec<String> = Vec::new();
    for migration in ALL {
        listed.push(format!("{}.sql", migration.name));
        if !migration.sqlite.is_empty() {
            listed.push(format!("{}.sqlite.sql", migration.name));
        }
        if !migration.postgres.is_empty() {
            listed.push(format!("{}.postgres.sql", migration.name));
        }
    }
    listed.sort();
    assert_eq!(on_disk, listed);
    for (migration, number) in ALL.iter().zip(1..) {
        assert_eq!(migration.number, number);
        assert!(
            migration.name.starts_with(&format!("{number:04}_")),
            "{} has the number {number}",
            migration.name
        );
    }
}

#[test]
fn the_whole_schema_can_be_made_and_is_made_only_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("desk.db").display());
    for _ in 0..2 {
        let db = Db::open(&url, ALL).unwrap();
        let applied: usize =
            db.read_now(|tx| tx.query_one("select count(*) from migration", &[], |row| row.get(0))).unwrap();
        assert_eq!(applied, ALL.len());
    }
}
