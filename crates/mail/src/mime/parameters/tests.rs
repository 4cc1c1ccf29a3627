use super::Parameters;

fn named(field: &str, name: &str) -> String {
    Parameters::read(field.as_bytes()).named(name).unwrap_or_default()
}

#[test]
fn in_10_names_in_pieces_are_joined_before_they_are_decoded() {
    for (field, name) in [
        ("attachment; filename*=utf-8''%E2%82%AC%20rates.txt", "€ rates.txt"),
        ("attachment; filename*0*=iso-8859-1''Gr%FC;\r\n filename*1*=%DFe;\r\n filename*2=.txt", "Grüße.txt"),
        ("attachment; filename*0*=utf-8''a%E2%82; filename*1*=%AC.txt", "a€.txt"),
        ("attachment; filename*1=second.txt; filename*0=first-", "first-second.txt"),
        ("attachment; filename*0=\"=?utf-8?Q?K=C3\"; filename*1=\"=B6ln?=.txt\"", "Köln.txt"),
        ("attachment; filename=old.txt; filename*=utf-8''n%C3%A9w.txt", "néw.txt"),
        ("attachment; filename*=%41.txt", "A.txt"),
        ("attachment; filename*=utf-8'de'100%.txt", "100%.txt"),
        ("attachment; filename*0*=iso-2022-jp''%1b$BF%7c%1b%28B; filename*1*=%20; filename*2=b", "日 b"),
    ] {
        assert_eq!(named(field, "filename"), name, "{field}");
    }
}

#[test]
fn in_10_encoded_words_in_names_are_joined_without_blanks() {
    let field = "attachment; filename=\"=?utf-8?Q?a=C3=A4?=\r\n\t=?utf-8?Q?b?=\r\n =?utf-8?Q?.txt?=\"";
    assert_eq!(named(field, "filename"), "aäb.txt");
}

#[test]
fn in_10_careless_parameters_are_read() {
    for (field, name, value) in [
        ("application/pdf name=\"a b.pdf\"", "name", "a b.pdf"),
        ("application/pdf; name=a b.pdf", "name", "a b.pdf"),
        ("application/pdf; name=a b.pdf; size=3", "name", "a b.pdf"),
        ("application/pdf; name=Report (1).pdf charset=utf-8", "name", "Report (1).pdf"),
        ("text/plain; charset=us-ascii (plain text)", "charset", "us-ascii"),
        ("text/plain; charset = \"utf-8\"", "charset", "utf-8"),
        ("text/plain;; ; CHARSET=utf-8;", "charset", "utf-8"),
        ("text/plain; charset=\"utf-8; format=flowed", "charset", "utf-8"),
        ("text/plain; format=flowed; charset=utf-8; charset=koi8-r", "charset", "utf-8"),
        ("attachment; filename=\"say \\\"hi\\\".txt\"", "filename", "say \"hi\".txt"),
        ("attachment; filename=\"a;b.txt\"; x=1", "filename", "a;b.txt"),
        ("multipart/mixed; boundary=----=_Part_1.2", "boundary", "----=_Part_1.2"),
        ("multipart/mixed; charset; boundary=b", "boundary", "b"),
    ] {
        assert_eq!(named(field, name), value, "{field}");
    }
    assert_eq!(Parameters::read(b"application/pdf name=\"x\"").value, "application/pdf");
    assert_eq!(Parameters::read(b" Text/HTML ;charset=x").value, "text/html");
}

#[test]
fn m22_many_parameters_cost_little() {
    let many = "a*0=x;".repeat(100_000);
    assert!(named(&format!("x/y; {many}"), "a").len() <= 400);
}
