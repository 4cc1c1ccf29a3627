//! The schema, step by step; the texts stand in `migrations/` at the top of the repository.

use crate::db::Migration;

/// In order; a text that has been released is never changed again.
pub const ALL: &[Migration] = &[
    Migration::new(1, "0001_foundation", include_str!("../../../migrations/0001_foundation.sql")),
    Migration::new(2, "0002_search_keys", include_str!("../../../migrations/0002_search_keys.sql")),
    Migration::new(
        3,
        "0003_calendar_versions",
        include_str!("../../../migrations/0003_calendar_versions.sql"),
    ),
    Migration::new(4, "0004_mail", include_str!("../../../migrations/0004_mail.sql")),
    Migration::new(5, "0005_live_people", include_str!("../../../migrations/0005_live_people.sql")),
    Migration::new(6, "0006_mail_channels", include_str!("../../../migrations/0006_mail_channels.sql")),
    Migration::new(7, "0007_mail_texts", include_str!("../../../migrations/0007_mail_texts.sql")),
    Migration::new(8, "0008_trust", include_str!("../../../migrations/0008_trust.sql")),
    Migration::new(9, "0009_uploads", include_str!("../../../migrations/0009_uploads.sql")),
    Migration::new(10, "0010_mail_consents", include_str!("../../../migrations/0010_mail_consents.sql")),
    Migration::new(11, "0011_drafts", include_str!("../../../migrations/0011_drafts.sql")),
    Migration::new(12, "0012_views", include_str!("../../../migrations/0012_views.sql")),
    Migration::new(13, "0013_preferences", include_str!("../../../migrations/0013_preferences.sql")),
    Migration::new(14, "0014_read_marks", include_str!("../../../migrations/0014_read_marks.sql")),
    Migration::new(15, "0015_people_merged", include_str!("../../../migrations/0015_people_merged.sql")),
    Migration::new(16, "0016_notice_board", include_str!("../../../migrations/0016_notice_board.sql")),
    Migration::new(17, "0017_recipients", include_str!("../../../migrations/0017_recipients.sql")),
    Migration::new(18, "0018_assignment", include_str!("../../../migrations/0018_assignment.sql")),
    Migration::new(
        19,
        "0019_organisations_merged",
        include_str!("../../../migrations/0019_organisations_merged.sql"),
    ),
    Migration::new(20, "0020_macros", include_str!("../../../migrations/0020_macros.sql")),
    Migration::new(21, "0021_bulk_actions", include_str!("../../../migrations/0021_bulk_actions.sql")),
    Migration::new(22, "0022_forwards", include_str!("../../../migrations/0022_forwards.sql")),
    Migration::new(23, "0023_ratings", include_str!("../../../migrations/0023_ratings.sql")),
    Migration::new(24, "0024_watch", include_str!("../../../migrations/0024_watch.sql")),
    Migration::new(25, "0025_rules", include_str!("../../../migrations/0025_rules.sql")),
    Migration::new(26, "0026_tags", include_str!("../../../migrations/0026_tags.sql")),
    Migration::new(27, "0027_custom_fields", include_str!("../../../migrations/0027_custom_fields.sql")),
    Migration::new(28, "0028_snooze", include_str!("../../../migrations/0028_snooze.sql")),
    Migration::new(29, "0029_signatures", include_str!("../../../migrations/0029_signatures.sql")),
    Migration::new(30, "0030_note_versions", include_str!("../../../migrations/0030_note_versions.sql")),
    Migration::new(31, "0031_reopening", include_str!("../../../migrations/0031_reopening.sql")),
    Migration::new(32, "0032_merges", include_str!("../../../migrations/0032_merges.sql")),
    Migration::new(33, "0033_time_spent", include_str!("../../../migrations/0033_time_spent.sql")),
    Migration::new(34, "0034_recurring", include_str!("../../../migrations/0034_recurring.sql")),
    Migration::new(35, "0035_checklists", include_str!("../../../migrations/0035_checklists.sql")),
    Migration::new(36, "0036_unclosed", include_str!("../../../migrations/0036_unclosed.sql")),
    Migration::new(37, "0037_statuses", include_str!("../../../migrations/0037_statuses.sql")),
    Migration::new(38, "0038_links", include_str!("../../../migrations/0038_links.sql")),
    Migration::new(39, "0039_bulk_macros", include_str!("../../../migrations/0039_bulk_macros.sql")),
    Migration::new(40, "0040_time_by_day", include_str!("../../../migrations/0040_time_by_day.sql")),
    Migration::new(41, "0041_handoff_news", include_str!("../../../migrations/0041_handoff_news.sql")),
    Migration::new(42, "0042_replies_out", include_str!("../../../migrations/0042_replies_out.sql")),
    Migration::new(
        43,
        "0043_drafts_of_every_text",
        include_str!("../../../migrations/0043_drafts_of_every_text.sql"),
    ),
    Migration::new(44, "0044_bounced", include_str!("../../../migrations/0044_bounced.sql")),
    Migration::new(45, "0045_answers_kept", include_str!("../../../migrations/0045_answers_kept.sql")),
    Migration::new(46, "0046_recurring_stops", include_str!("../../../migrations/0046_recurring_stops.sql")),
];

#[cfg(test)]
mod tests;
