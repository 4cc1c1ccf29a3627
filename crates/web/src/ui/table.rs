//! Dense tables that turn into cards on a narrow screen.

use maud::{Markup, html};

/// One column; numbers are set at the end of the line.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    pub label: &'a str,
    pub numeric: bool,
}

pub const fn words(label: &str) -> Column<'_> {
    Column { label, numeric: false }
}

pub const fn figures(label: &str) -> Column<'_> {
    Column { label, numeric: true }
}

/// Each row has as many cells as there are columns; the first cell names the row.
pub fn table(caption: &str, columns: &[Column<'_>], rows: &[Vec<Markup>]) -> Markup {
    html! {
        div.table-frame {
            table.table {
                caption.visually-hidden { (caption) }
                thead { tr { @for column in columns { th scope="col" class=[column.numeric.then_some("numeric")] { (column.label) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (position, (cell, column)) in row.iter().zip(columns).enumerate() {
                                @if position == 0 {
                                    th scope="row" class=[column.numeric.then_some("numeric")] data-label=(column.label) { (cell) }
                                } @else {
                                    td class=[column.numeric.then_some("numeric")] data-label=(column.label) { (cell) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
