//! What a file is follows from its bytes.

use super::kind::of;

#[test]
fn a_file_is_what_its_bytes_say_whatever_it_is_called() {
    for (start, name, mime) in [
        (&b"\x89PNG\r\n\x1a\n\0\0"[..], "a.exe", "image/png"),
        (b"\xff\xd8\xff\xe0", "photo", "image/jpeg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a.png", "image/webp"),
        (b"\0\0\0\x18ftypheic", "a.jpg", "image/heic"),
        (b"\0\0\0\x18ftypisom", "film", "video/mp4"),
        (b"%PDF-1.7", "page.html", "application/pdf"),
        (
            b"PK\x03\x04rest",
            "letter.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"PK\x03\x04rest", "letter.doc", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "list.XLS", "application/vnd.ms-excel"),
        (b"<script>alert(1)</script>", "picture.png", "text/plain"),
        ("Grüße".as_bytes(), "", "text/plain"),
        (&"Grüße".as_bytes()[..3], "cut within a sign", "text/plain"),
        (b"MZ\x90\0\x03", "tool.docx", "application/octet-stream"),
        (b"", "nothing.txt", "text/plain"),
    ] {
        assert_eq!(of(start, name).mime, mime, "{name}");
    }
}
