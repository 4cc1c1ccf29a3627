//! A person as initials on a quiet colour that is always the same for the same name.

use maud::{Markup, html};

const TONES: u32 = 6;

/// The name itself must stand beside it: the circle is decoration.
pub fn avatar(name: &str) -> Markup {
    html! { span class={ "avatar avatar-" (tone(name)) } aria-hidden="true" { (initials(name)) } }
}

/// First letters of the first and last word: "Ada M. Lovelace" is "AL".
pub fn initials(name: &str) -> String {
    let mut words =
        name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

fn tone(name: &str) -> u32 {
    name.bytes().fold(7, |sum: u32, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % TONES
}

#[cfg(test)]
mod tests {
    #[test]
    fn initials_are_the_first_and_last_word() {
        let said = ["Ada M. Lovelace", "Cher", "", "østen å", "王 小明"].map(super::initials);
        assert_eq!(said, ["AL", "C", "", "ØÅ", "王小"]);
    }
}
