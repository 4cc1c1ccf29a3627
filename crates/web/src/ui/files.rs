//! Where files are added to what is being written: chosen, pasted or dropped, listed, and taken off again.

use desk::uploads::{MOST_BYTES, MOST_FILES, MOST_TOTAL, told};
use maud::{Markup, html};
use store::upload::{Audience, Upload};

use super::icon::{Icon, icon};
use crate::format;
use crate::t;
use crate::text::Locale;

/// How a form with files has to be sent.
pub const ENCODING: &str = "multipart/form-data";

/// The field; its form sends `files`, and `upload` for each file that is kept already.
pub fn field(locale: Locale, id: &str, audience: Audience, kept: &[Upload]) -> Markup {
    let (most, each, total) = (MOST_FILES, told(MOST_BYTES), told(MOST_TOTAL));
    let limits = t!(locale, "files-limits", count = most, each = each.as_str(), total = total.as_str());
    let help = format!("{id}-help");
    html! {
        div.files data-files=(audience.as_str()) data-most=(MOST_FILES) data-most-bytes=(MOST_BYTES) data-most-total=(MOST_TOTAL)
            data-too-many=(t!(locale, "files-too-many", count = most)) data-too-large=(t!(locale, "files-too-large", each = each.as_str(), name = "{}"))
            data-together=(t!(locale, "files-together", total = total.as_str(), name = "{}"))
            data-lost=(t!(locale, "files-lost", name = "{}")) data-coming=(t!(locale, "files-coming")) data-remove=(t!(locale, "files-remove-of", name = "{}")) {
            div.files-line {
                label.button.button-quiet.files-choose for=(id) { (icon(Icon::Attachment)) (t!(locale, "files-attach")) }
                input.files-input id=(id) type="file" name="files" multiple aria-describedby=(help);
                span.files-drop hidden { (t!(locale, "files-drop")) }
                span.field-help id=(help) { (limits) }
            }
            ul.files-kept aria-label=(t!(locale, "files-list")) aria-live="polite" { @for upload in kept { (item(locale, upload)) } }
        }
    }
}

/// One file that is kept: without scripts, what is not ticked is not sent.
pub fn item(locale: Locale, upload: &Upload) -> Markup {
    let id = format!("upload-{}", upload.id);
    html! {
        li data-size=(upload.size) {
            input id=(id) type="checkbox" name="upload" value=(upload.id) checked
                aria-label=(t!(locale, "files-send-of", name = upload.name.as_str()));
            (icon(Icon::Attachment))
            label for=(id) { bdi { (upload.name) } }
            span.muted { (format::bytes(locale, upload.size)) }
            @if upload.audience == Audience::Message && upload.mime.starts_with("image/") {
                button.button.button-quiet.files-show type="button" hidden data-shows=(upload.content_id) data-name=(upload.name) {
                    (icon(Icon::Picture)) (t!(locale, "files-show"))
                }
            }
            button.button.button-quiet.files-remove type="button" hidden data-upload=(upload.id)
                aria-label=(t!(locale, "files-remove-of", name = upload.name.as_str())) { (icon(Icon::Cross)) }
        }
    }
}
