use super::kept_lines;

#[test]
fn lines_stay_lines_and_paragraphs_paragraphs() {
    assert_eq!(kept_lines("Kim Sand\nSupport \n\nContoso\n"), "Kim Sand  \nSupport\n\nContoso");
    assert_eq!(kept_lines("One"), "One");
    assert_eq!(kept_lines(""), "");
}
