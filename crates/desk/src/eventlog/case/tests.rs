use jiff::tz::TimeZone;

use super::{Assembly, Case, Means, Warnings, assemble};
use crate::eventlog::mapping::{Mapping, Meaning, SolvedBy};
use crate::eventlog::{Source, csv};

const HEADER: &str = "id,what,when,order,unit,opened,sla\n";

fn mapping() -> Mapping {
    let states = [
        ("new", Meaning::Working),
        ("work", Meaning::Working),
        ("ask", Meaning::WaitingForRequester),
        ("order", Meaning::WaitingForSupplier),
        ("date", Meaning::WaitingForDate),
        ("solve", Meaning::Solved),
        ("close", Meaning::Closed),
        ("again", Meaning::Reopened),
        ("mail", Meaning::Nothing),
    ];
    Mapping {
        states: states.map(|(state, meaning)| (state.to_owned(), meaning)).into(),
        timestamp_format: "%Y-%m-%d %H:%M".into(),
        order: Some("order".into()),
        unit: Some("unit".into()),
        opened_at: Some("opened".into()),
        promise: Some("sla".into()),
        missing: vec!["?".into(), String::new()],
        ..Mapping::of("id", "what", "when")
    }
}

fn assembled(mapping: &Mapping, rows: &str) -> Assembly {
    let zone = TimeZone::get("Europe/Lisbon").unwrap();
    let source = Source::from_bytes("log", format!("{HEADER}{rows}")).unwrap();
    assemble(csv::read(source, mapping, &zone).unwrap(), mapping, &zone).unwrap()
}

fn means(mapping: &Mapping, states: &[&str]) -> Vec<Means> {
    let rows: Vec<String> = states
        .iter()
        .enumerate()
        .map(|(index, state)| format!("1,{state},2020-01-01 10:{index:02},{index},,,\n"))
        .collect();
    let case = assembled(mapping, &rows.concat()).cases.remove(0);
    case.steps.iter().map(|step| step.means).collect()
}

fn times(case: &Case) -> Vec<String> {
    case.steps.iter().map(|step| step.at.to_string()).collect()
}

#[test]
fn scattered_rows_become_one_case_and_nothing_is_lost() {
    let rows = "1,new,2020-01-01 10:00,0,A,,true\n2,new,2020-01-01 10:00,0,?,,\n,x,2020-01-01 10:00,0,,,\n1,work,2020-01-01 11:00,1,B,,false\n";
    let assembly = assembled(&mapping(), rows);
    let steps: usize = assembly.cases.iter().map(|case| case.steps.len()).sum();
    assert_eq!((steps, assembly.rejects.len(), assembly.cases.len()), (3, 1, 2));
    let [first, second] = &assembly.cases[..] else { panic!() };
    assert_eq!((first.key.as_str(), second.key.as_str()), ("1", "2"));
    let units: Vec<Option<&str>> = first.steps.iter().map(|step| step.unit.as_deref()).collect();
    assert_eq!(units, [Some("A"), Some("B")]);
    assert_eq!(second.steps[0].unit, None);
    assert_eq!((first.promise_kept, second.promise_kept), (Some(false), None));
}

#[test]
fn the_sort_column_orders_and_a_time_that_runs_backwards_is_held() {
    let rows = "1,work,2020-01-01 09:00,2,,,\n1,new,2020-01-01 10:00,0,,,\n1,work,2020-01-01 11:00,10,,,\n";
    let assembly = assembled(&mapping(), rows);
    let case = &assembly.cases[0];
    assert_eq!(times(case), ["2020-01-01T10:00:00Z", "2020-01-01T10:00:00Z", "2020-01-01T11:00:00Z"]);
    assert_eq!(case.steps[1].out_of_order_at.unwrap().to_string(), "2020-01-01T09:00:00Z");
    assert_eq!(case.steps[1].raw.by_name("when"), Some("2020-01-01 09:00"));
    let expected = Warnings { dates_out_of_order: 1, cases_reordered: 1, ..Warnings::default() };
    assert_eq!(assembly.warnings, expected);
}

#[test]
fn a_case_with_a_row_without_order_is_sorted_by_time() {
    let rows = "1,work,2020-01-01 11:00,0,,,\n1,new,2020-01-01 10:00,,,,\n";
    let case = assembled(&mapping(), rows).cases.remove(0);
    assert_eq!(case.steps[0].line, 3);
}

#[test]
fn the_repeated_hour_is_the_earlier_pass_unless_that_runs_backwards() {
    let rows = "1,new,2016-10-30 00:50,0,,,\n1,work,2016-10-30 01:40,1,,,\n1,work,2016-10-30 01:10,2,,,\n";
    let assembly = assembled(&mapping(), rows);
    assert_eq!(
        times(&assembly.cases[0]),
        ["2016-10-29T23:50:00Z", "2016-10-30T00:40:00Z", "2016-10-30T01:10:00Z"]
    );
    assert_eq!(assembly.warnings.dates_in_repeated_hour, 2);
    assert_eq!(assembly.warnings.dates_out_of_order, 0);
}

#[test]
fn the_skipped_hour_is_kept_and_counted() {
    let assembly = assembled(&mapping(), "1,new,2016-03-27 01:30,0,,,\n");
    assert_eq!(times(&assembly.cases[0]), ["2016-03-27T01:30:00Z"]);
    assert_eq!(assembly.warnings.dates_in_skipped_hour, 1);
}

#[test]
fn opening_is_never_after_the_first_row() {
    let rows = "1,new,2020-01-01 10:00,0,,2020-01-01 09:30,\n2,new,2020-01-01 10:00,0,,2020-01-01 10:30,\n3,new,2020-01-01 10:00,0,,soon,\n4,new,2020-01-01 10:00,0,,?,\n";
    let assembly = assembled(&mapping(), rows);
    let opened: Vec<String> = assembly.cases.iter().map(|case| case.opened_at.to_string()).collect();
    assert_eq!(opened[0], "2020-01-01T09:30:00Z");
    assert_eq!(opened[1..], ["2020-01-01T10:00:00Z"; 3].map(str::to_owned));
    let warnings = assembly.warnings;
    assert_eq!((warnings.opened_at_after_first_row, warnings.opened_at_unreadable), (1, 1));
}

#[test]
fn states_become_changes() {
    use Means::{Closed, Nothing, Opened, Reopened, Resumed, Solved, WaitRequester, WaitSupplier, Worked};
    let states = [
        "new", "work", "ask", "ask", "mail", "order", "work", "solve", "solve", "work", "solve", "close",
        "close", "again",
    ];
    let expected = [
        Opened,
        Worked,
        WaitRequester,
        Nothing,
        Nothing,
        WaitSupplier,
        Resumed,
        Solved,
        Nothing,
        Reopened,
        Solved,
        Closed,
        Nothing,
        Reopened,
    ];
    assert_eq!(means(&mapping(), &states), expected);
}

#[test]
fn the_last_of_several_solving_rows_can_be_the_one_that_counts() {
    use Means::{Closed, Nothing, Opened, Solved, Worked};
    let mapping = Mapping { solved: SolvedBy::LastRow, ..mapping() };
    let states = ["new", "solve", "mail", "solve", "close"];
    assert_eq!(means(&mapping, &states), [Opened, Worked, Nothing, Solved, Closed]);
}

#[test]
fn a_wait_on_a_solved_case_opens_it_again() {
    let rows = "1,new,2020-01-01 10:00,0,,,\n1,solve,2020-01-01 10:01,1,,,\n1,date,2020-01-01 10:02,2,,,\n";
    let case = assembled(&mapping(), rows).cases.remove(0);
    assert_eq!(case.steps[2].means, Means::WaitAgreed);
    let reopens: Vec<bool> = case.steps.iter().map(|step| step.reopens).collect();
    assert_eq!(reopens, [false, false, true]);
}

#[test]
fn the_last_row_can_solve() {
    let mapping = Mapping { last_row_solves: true, ..mapping() };
    assert_eq!(means(&mapping, &["new", "mail"]), [Means::Opened, Means::Solved]);
    assert_eq!(means(&mapping, &["solve", "mail"]), [Means::Solved, Means::Nothing]);
}
