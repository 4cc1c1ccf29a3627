//! What is shown as a picture is one.

use super::picture;

#[test]
fn only_pictures_are_pictures() {
    assert_eq!(picture(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some("image/png"));
    assert_eq!(picture(b"\xff\xd8\xff\xe0\0\x10JFIF"), Some("image/jpeg"));
    assert_eq!(picture(b"GIF89a\x01\0"), Some("image/gif"));
    assert_eq!(picture(b"RIFF\x24\0\0\0WEBPVP8 "), Some("image/webp"));
    for other in [
        &b"<svg xmlns='http://www.w3.org/2000/svg'>"[..],
        b"<html><script>",
        b"GIF8",
        b"RIFF\x24\0\0\0WAVE",
        b"%PDF-1.7",
        b"",
    ] {
        assert_eq!(picture(other), None, "{other:?}");
    }
}
