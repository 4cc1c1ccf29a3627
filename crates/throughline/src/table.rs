//! Tables for people: aligned columns, numbers to the right.

use std::io::Write;

use crate::failure::Failure;
use crate::say;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// Prints a head, the rows, and below them `foot` in a line of its own.
pub(crate) fn print(head: &[(&str, Align)], rows: &[Vec<String>], foot: &str) -> Result<(), Failure> {
    say::write(|out| {
        let widths = widths(head, rows);
        let titles: Vec<String> = head.iter().map(|(title, _)| (*title).to_owned()).collect();
        line(out, head, &widths, &titles)?;
        let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
        line(out, head, &widths, &rules)?;
        for row in rows {
            line(out, head, &widths, row)?;
        }
        if foot.is_empty() { Ok(()) } else { writeln!(out, "\n{foot}") }
    })
}

fn widths(head: &[(&str, Align)], rows: &[Vec<String>]) -> Vec<usize> {
    head.iter()
        .enumerate()
        .map(|(column, (title, _))| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
            cells.chain([title.chars().count()]).max().unwrap_or(0)
        })
        .collect()
}

fn line(
    out: &mut dyn Write,
    head: &[(&str, Align)],
    widths: &[usize],
    cells: &[String],
) -> std::io::Result<()> {
    let mut text = String::new();
    for ((cell, width), (_, align)) in cells.iter().zip(widths).zip(head) {
        let gap = " ".repeat(width.saturating_sub(cell.chars().count()));
        match align {
            Align::Left => text.push_str(&format!("{cell}{gap}  ")),
            Align::Right => text.push_str(&format!("{gap}{cell}  ")),
        }
    }
    writeln!(out, "{}", text.trim_end())
}
