//! Tables of words beside the code: `[name]`, then words parted by ` | `.

/// The words of one section, with the blanks that belong to them.
pub(crate) fn section(table: &'static str, name: &str) -> Vec<&'static str> {
    sections(table).into_iter().find(|(one, _)| *one == name).map(|(_, words)| words).unwrap_or_default()
}

/// All sections in their order; the same name may come again.
pub(crate) fn sections(table: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut all: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty()) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            all.push((name, Vec::new()));
        } else if let Some((_, words)) = all.last_mut() {
            words.extend(line.split(" | "));
        }
    }
    all
}
