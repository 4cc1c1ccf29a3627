//! Who a session's token belongs to. The database holds only the token's hash.

use domain::id::PersonId;
use domain::preference::Preferences;
use jiff::Timestamp;
use store::params;

use crate::{DeskError, Look};

/// A session that is still good, with what every page needs of its person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub person: PersonId,
    pub name: String,
    pub email: Option<String>,
    pub language: String,
    pub time_zone: String,
    /// Goes into every form and must come back with it.
    pub csrf: String,
    /// How many notices on their board are unread, as it is kept.
    pub unread: i64,
    /// Rights have changed since it was counted: `notices::board::count` counts through them.
    pub unread_in_doubt: bool,
    /// When it was last written down that it is used.
    pub seen_at: Timestamp,
    pub preferences: Preferences,
    /// They said that they are away.
    pub away: bool,
}

/// The session of a token; `None` when it is unknown or over, or its person is disabled.
pub fn of(look: &mut Look, token: &str) -> Result<Option<Session>, DeskError> {
    Ok(look.tx.query_opt(
        "select s.person_id, p.name, p.email, p.language, p.time_zone, s.csrf, s.seen_at, \
         (select string_agg(c.name || '=' || c.value, ' ') from preference c where c.person_id = p.id), \
         coalesce(b.unread, 0), coalesce(b.in_doubt, 0), \
         exists (select 1 from presence a where a.person_id = p.id) \
         from session s join person p on p.id = s.person_id \
         left join notice_board b on b.person_id = s.person_id \
         where s.token = $1 and s.expires_at > $2 and p.disabled_at is null",
        params![&hash(token)[..], look.now],
        |row| {
            let chosen: Option<&str> = row.get(7)?;
            Ok(Session {
                person: row.get(0)?,
                name: row.get(1)?,
                email: row.get(2)?,
                language: row.get(3)?,
                time_zone: row.get(4)?,
                csrf: row.get(5)?,
                seen_at: row.get(6)?,
                preferences: chosen.map(Preferences::parse).unwrap_or_default(),
                unread: row.get(8)?,
                unread_in_doubt: row.get::<i64>(9)? == 1,
                away: row.get(10)?,
            })
        },
    )?)
}

/// What is stored of a token.
#[must_use]
pub fn hash(token: &str) -> [u8; 32] {
    *blake3::hash(token.as_bytes()).as_bytes()
}
