//! One story, every database: the same test body runs on SQLite in memory and on PostgreSQL, and where it matters who
//! asks, with each kind of requester.

use crate::TestDesk;

/// What happens on a desk, and what follows.
pub type Story = fn(&TestDesk);

/// Makes a test of each story on SQLite, and one of all of them on PostgreSQL. What stands behind `whoever asks` is
/// told with each [`Asker`](crate::asker::Asker).
#[macro_export]
macro_rules! stories {
    (
        $($part:ident { $($name:ident),+ $(,)? })+
        $(; whoever asks $($asked:ident { $($told:ident),+ $(,)? })+)?
    ) => {
        mod on_sqlite {
            $(mod $part {
                $(#[test] fn $name() { super::super::$part::$name(&$crate::TestDesk::new()); })+
            })+
            $(
                $crate::stories!(@ asked_by_a_customer Customer $($asked { $($told),+ })+);
                $crate::stories!(@ asked_by_an_employee Employee $($asked { $($told),+ })+);
                $crate::stories!(@ asked_by_a_unit Unit $($asked { $($told),+ })+);
            )?
        }

        const STORIES: &[(&str, $crate::stories::Story)] = &[
            $($((stringify!($name), $part::$name)),+,)+
            $(
                $($((stringify!($told), |desk| $asked::$told(desk, $crate::asker::Asker::Customer))),+,)+
                $($((stringify!($told), |desk| $asked::$told(desk, $crate::asker::Asker::Employee))),+,)+
                $($((stringify!($told), |desk| $asked::$told(desk, $crate::asker::Asker::Unit))),+,)+
            )?
        ];

        #[test]
        fn on_postgresql_the_same_stories_hold() {
            $crate::stories::on_postgresql(STORIES);
        }
    };
    (@ $by:ident $asker:ident $($asked:ident { $($told:ident),+ })+) => {
        mod $by {
            $(mod $asked {
                $(#[test] fn $told() {
                    super::super::super::$asked::$told(&$crate::TestDesk::new(), $crate::asker::Asker::$asker);
                })+
            })+
        }
    };
}

/// Without a server it says so and is content.
///
/// # Panics
/// When a story is broken; all of them are told first.
pub fn on_postgresql(stories: &[(&str, Story)]) {
    if crate::postgres::fresh_database().is_none() {
        return;
    }
    let mut broken = Vec::new();
    for (name, story) in stories {
        let place = crate::postgres::fresh_database().expect("the server that was there before");
        if std::panic::catch_unwind(|| story(&TestDesk::at(&place))).is_err() {
            broken.push(*name);
        }
    }
    assert!(broken.is_empty(), "broken on PostgreSQL: {broken:?}");
}
