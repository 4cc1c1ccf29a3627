//! People and organisations by what is answered about them in fields of one's own: the conditions of filters that
//! speak of nothing else.

use domain::custom::Of;
use domain::filter::Test;
use domain::permission::Viewer;

use super::clause::{self, Bind};
use super::scope::Scope;
use crate::StoreError;
use crate::db::{ToParam, Tx};
use crate::page::Names;

/// A page of those that pass, by name; `None` when the filter says anything else than what is answered about
/// them. Each row is asked by the key of its answers.
pub fn directory(
    tx: &mut Tx,
    viewer: &Viewer,
    (of, names, test): (Of, &Names, &Test),
) -> Result<Option<Vec<i64>>, StoreError> {
    let table = match of {
        Of::Person => "person",
        Of::Organisation => "organisation",
        Of::Ticket => return Ok(None),
    };
    let scope = Scope::nothing(viewer);
    let mut bind = Bind::new(&scope);
    let Some(passes) = condition(test, of, &mut bind) else { return Ok(None) };
    let place = |place: usize| format!("${}", bind.values.len() + place);
    let (from, until, after, most) = (place(1), place(2), place(3), place(4));
    let sql = format!(
        "select x.id from {table} x where x.search_key >= {from} and x.search_key < {until} \
         and (x.search_key > {from} or x.id > {after}) and {passes} order by x.search_key, x.id limit {most}"
    );
    let (begin, end, behind) = names.range();
    let mut params: Vec<&dyn ToParam> = bind.values.iter().map(|kept| kept as &dyn ToParam).collect();
    params.extend([&begin as &dyn ToParam, &end, &behind, &names.limit]);
    Ok(Some(tx.query(&sql, &params, |row| row.get(0))?))
}

fn condition(test: &Test, of: Of, bind: &mut Bind<'_>) -> Option<String> {
    let mut each = |tests: &[Test]| -> Option<Vec<String>> {
        tests.iter().map(|test| condition(test, of, bind)).collect()
    };
    Some(match test {
        Test::Every(tests) if tests.is_empty() => "(1 = 1)".to_owned(),
        Test::Every(tests) => format!("({})", each(tests)?.join(" and ")),
        Test::Either(tests) if tests.is_empty() => "(1 = 0)".to_owned(),
        Test::Either(tests) => format!("({})", each(tests)?.join(" or ")),
        Test::Not(test) => format!("not {}", condition(test, of, bind)?),
        Test::Custom(field, own, matching) if *own == of => clause::answered(*field, "x.id", matching, bind),
        _ => return None,
    })
}
