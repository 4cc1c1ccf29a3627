use super::*;

fn told(places: &[&[&str]]) -> Vec<(usize, String)> {
    let places = places.iter().map(|forms| forms.iter().map(|form| (*form).to_owned()).collect::<Vec<_>>());
    let (text, mut analyzer, mut told) = (text(places), analyzer(), Vec::new());
    analyzer.token_stream(&text).process(&mut |token| told.push((token.position, token.text.clone())));
    told
}

#[test]
fn every_form_stands_at_the_place_of_its_word() {
    let own = |place, form: &str| (place, form.to_owned());
    assert_eq!(told(&[]), []);
    assert_eq!(told(&[&["lamp"]]), [own(0, "lamp")]);
    assert_eq!(
        told(&[&["häuser", "haus"], &["am"], &["see", "sees"]]),
        [own(0, "häuser"), own(0, "haus"), own(1, "am"), own(2, "see"), own(2, "sees")]
    );
}
