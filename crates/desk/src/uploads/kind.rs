//! What a file is, by its first bytes. A name only tells apart what begins the same.

/// A kind of file: its type, and the usual end of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub mime: &'static str,
    pub ending: &'static str,
}

const fn kind(mime: &'static str, ending: &'static str) -> Kind {
    Kind { mime, ending }
}

const BYTES: Kind = kind("application/octet-stream", "bin");
const TEXT: Kind = kind("text/plain", "txt");
const ZIP: Kind = kind("application/zip", "zip");
const OLD_OFFICE: Kind = kind("application/x-ole-storage", "ole");

/// First bytes and what begins with them.
const BEGINNINGS: [(&[u8], Kind); 17] = [
    (b"\x89PNG\r\n\x1a\n", kind("image/png", "png")),
    (b"\xff\xd8\xff", kind("image/jpeg", "jpg")),
    (b"GIF87a", kind("image/gif", "gif")),
    (b"GIF89a", kind("image/gif", "gif")),
    (b"BM", kind("image/bmp", "bmp")),
    (b"II*\0", kind("image/tiff", "tif")),
    (b"MM\0*", kind("image/tiff", "tif")),
    (b"%PDF-", kind("application/pdf", "pdf")),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"\x1f\x8b", kind("application/gzip", "gz")),
    (b"7z\xbc\xaf\x27\x1c", kind("application/x-7z-compressed", "7z")),
    (b"Rar!\x1a\x07", kind("application/vnd.rar", "rar")),
    (b"OggS", kind("audio/ogg", "ogg")),
    (b"ID3", kind("audio/mpeg", "mp3")),
    (b"{\\rtf", kind("application/rtf", "rtf")),
];

/// Documents that are archives, and documents of the old kind: their names tell them apart.
const DOCUMENTS: [(&str, Kind, &str); 10] = [
    ("docx", ZIP, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", ZIP, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("pptx", ZIP, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", ZIP, "application/vnd.oasis.opendocument.text"),
    ("ods", ZIP, "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", ZIP, "application/vnd.oasis.opendocument.presentation"),
    ("doc", OLD_OFFICE, "application/msword"),
    ("xls", OLD_OFFICE, "application/vnd.ms-excel"),
    ("ppt", OLD_OFFICE, "application/vnd.ms-powerpoint"),
    ("msg", OLD_OFFICE, "application/vnd.ms-outlook"),
];

pub(super) fn of(start: &[u8], name: &str) -> Kind {
    let begins = BEGINNINGS.iter().find(|(first, _)| start.starts_with(first)).map(|(_, kind)| *kind);
    let kind =
        begins.or_else(|| in_a_frame(start)).unwrap_or_else(|| if is_text(start) { TEXT } else { BYTES });
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let document = DOCUMENTS.iter().find(|(own, family, _)| *own == ending && *family == kind);
    document.map_or(kind, |(ending, _, mime)| Kind { mime, ending })
}

/// Formats that say what they are after the length of their first part.
fn in_a_frame(start: &[u8]) -> Option<Kind> {
    match (start.get(..4)?, start.get(8..12)?) {
        (b"RIFF", b"WEBP") => Some(kind("image/webp", "webp")),
        (b"RIFF", b"WAVE") => Some(kind("audio/wav", "wav")),
        (_, b"heic" | b"heix" | b"mif1") if start.get(4..8)? == b"ftyp" => Some(kind("image/heic", "heic")),
        (_, b"avif") if start.get(4..8)? == b"ftyp" => Some(kind("image/avif", "avif")),
        _ if start.get(4..8)? == b"ftyp" => Some(kind("video/mp4", "mp4")),
        _ => None,
    }
}

/// UTF-8 without control signs; the start may end within a sign.
fn is_text(start: &[u8]) -> bool {
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    text.chars().all(|sign| !sign.is_control() || matches!(sign, '\t' | '\n' | '\r' | '\u{c}'))
}
