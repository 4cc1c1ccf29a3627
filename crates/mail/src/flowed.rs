//! Text whose lines were broken for the wire (RFC 3676), as it was before.

/// The text as one line for each paragraph; lines of different quotation depth stay apart.
pub(crate) fn joined(text: &str, deletes_space: bool) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for (at, line) in text.split('\n').enumerate() {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let content = &line[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        let is_mark = content == "-- ";
        let goes_on = open == Some(depth) && !is_mark;
        if !goes_on {
            if at > 0 {
                whole.push('\n');
            }
            whole.extend(std::iter::repeat_n('>', depth));
            if depth > 0 && !content.is_empty() {
                whole.push(' ');
            }
        }
        let is_soft = content.ends_with(' ') && !is_mark;
        let kept = if is_soft && deletes_space { &content[..content.len() - 1] } else { content };
        whole.push_str(kept);
        open = is_soft.then_some(depth);
    }
    whole
}

#[cfg(test)]
mod tests;
