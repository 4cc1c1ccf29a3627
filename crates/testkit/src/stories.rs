//! One story, every database: the same test body runs on SQLite in memory and on PostgreSQL.

use crate::TestDesk;

/// What happens on a desk, and what follows.
pub type Story = fn(&TestDesk);

/// Makes a test of each story on SQLite, and one of all of them on PostgreSQL.
#[macro_export]
macro_rules! stories {
    ($($name:path),+ $(,)?) => {
        const STORIES: &[(&str, $crate::stories::Story)] = &[$((stringify!($name), $name)),+];

        #[test]
        fn on_sqlite_every_story_holds() {
            $crate::stories::on_sqlite(STORIES);
        }

        #[test]
        fn on_postgresql_the_same_stories_hold() {
            $crate::stories::on_postgresql(STORIES);
        }
    };
}

/// # Panics
/// When a story is broken; all of them are told first.
pub fn on_sqlite(stories: &[(&str, Story)]) {
    broken("SQLite", stories, || "sqlite::memory:".to_owned());
}

/// # Panics
/// As [`on_sqlite`]. Without a server it says so and is content.
pub fn on_postgresql(stories: &[(&str, Story)]) {
    if crate::postgres::fresh_database().is_none() {
        return;
    }
    broken("PostgreSQL", stories, || {
        crate::postgres::fresh_database().expect("the server that was there before")
    });
}

fn broken(database: &str, stories: &[(&str, Story)], mut place: impl FnMut() -> String) {
    let mut broken = Vec::new();
    for (name, story) in stories {
        let place = place();
        if std::panic::catch_unwind(|| story(&TestDesk::at(&place))).is_err() {
            broken.push(*name);
        }
    }
    assert!(broken.is_empty(), "broken on {database}: {broken:?}");
}
