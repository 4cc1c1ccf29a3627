//! A small log of six requests for compensation, known from the textbook on process mining (van der Aalst,
//! Process Mining, 2011, chapter 1), with what can be counted on it: worked example W58.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{assert_clean, desk};
use crate::eventlog::{Mapping, Source};
use crate::import::{Log, log};
use crate::report::Filter;
use crate::report::handoffs;

/// Case, day and time, activity, who did it.
const LOG: &str = "case,when,what,who
1,30-12-2010 11:02,register request,Pete
1,31-12-2010 10:06,examine thoroughly,Sue
1,05-01-2011 15:12,check ticket,Mike
1,06-01-2011 11:18,decide,Sara
1,07-01-2011 14:24,reject request,Pete
2,30-12-2010 11:32,register request,Mike
2,30-12-2010 12:12,check ticket,Mike
2,30-12-2010 14:16,examine casually,Sean
2,05-01-2011 11:22,decide,Sara
2,08-01-2011 12:05,pay compensation,Ellen
3,30-12-2010 14:32,register request,Pete
3,30-12-2010 15:06,examine casually,Mike
3,30-12-2010 16:34,check ticket,Ellen
3,06-01-2011 09:18,decide,Sara
3,06-01-2011 12:18,reinitiate request,Sara
3,06-01-2011 13:06,examine thoroughly,Sean
3,08-01-2011 11:43,check ticket,Pete
3,09-01-2011 09:55,decide,Sara
3,15-01-2011 10:45,pay compensation,Ellen
4,06-01-2011 15:02,register request,Pete
4,07-01-2011 12:06,check ticket,Mike
4,08-01-2011 14:43,examine thoroughly,Sean
4,09-01-2011 12:02,decide,Sara
4,12-01-2011 15:44,reject request,Ellen
5,06-01-2011 09:02,register request,Ellen
5,07-01-2011 10:16,examine casually,Mike
5,08-01-2011 11:22,check ticket,Pete
5,10-01-2011 13:28,decide,Sara
5,11-01-2011 16:18,reinitiate request,Sara
5,14-01-2011 14:33,check ticket,Ellen
5,16-01-2011 15:50,examine casually,Mike
5,19-01-2011 11:18,decide,Sara
5,20-01-2011 12:48,reinitiate request,Sara
5,21-01-2011 09:06,examine casually,Sue
5,21-01-2011 11:34,check ticket,Pete
5,23-01-2011 13:12,decide,Sara
5,24-01-2011 14:56,reject request,Mike
6,06-01-2011 15:02,register request,Mike
6,06-01-2011 16:06,examine casually,Ellen
6,07-01-2011 16:22,check ticket,Mike
6,07-01-2011 16:52,decide,Sara
6,16-01-2011 11:47,pay compensation,Mike
";

/// A step of a case: when, and what.
type Step = (Timestamp, String);

#[test]
fn w58_six_requests_take_as_long_and_change_hands_as_often_as_the_textbook_says() {
    let desk = desk();
    let mapping = Mapping {
        timestamp_format: "%d-%m-%Y %H:%M".to_owned(),
        unit: Some("who".to_owned()),
        last_row_solves: true,
        ..Mapping::of("case", "what", "when")
    };
    let source = Source::from_bytes("compensation", LOG).unwrap();
    let request =
        Log { source, name: "compensation".to_owned(), mapping, zone: TimeZone::UTC, dry_run: false };
    let outcome = log(&desk, request, &mut |_| {}, &|| false).unwrap();
    assert_eq!((outcome.rows, outcome.cases_new, outcome.rejects.len()), (42, 6, 0));
    assert_clean(&desk);

    let sql = "select number, opened_at, solved_at from ticket order by number";
    let mut seconds: Vec<i64> = desk
        .look_now(|look| {
            Ok(look.tx.query(sql, store::params![], |row| {
                let (from, to): (Timestamp, Timestamp) = (row.get(1)?, row.get(2)?);
                Ok(to.duration_since(from).as_secs())
            })?)
        })
        .unwrap();
    seconds.sort_unstable();
    assert_eq!(seconds, [520_920, 703_320, 779_580, 852_300, 1_368_780, 1_576_440]);

    let rows = desk.look_now(|look| handoffs::run(look, &Filter::default())).unwrap();
    let changed_hands: u64 = rows.iter().map(|row| row.count).sum();
    let steps = steps(LOG);
    let follows = |first: &str, then: &str| {
        steps
            .values()
            .flat_map(|case| case.windows(2))
            .filter(|pair| pair[0].1 == first && pair[1].1 == then)
            .count()
    };
    let pairs: usize = steps.values().map(|case| case.len() - 1).sum();
    assert_eq!(pairs, 36);
    assert_eq!(changed_hands, 36 - 4, "four times the same person goes on");
    assert_eq!(follows("check ticket", "decide"), 6);

    let whole: i64 = seconds.iter().sum();
    let paying: SignedDuration = steps
        .values()
        .flat_map(|case| case.windows(2))
        .filter(|pair| pair[0].1 == "decide" && pair[1].1 == "pay compensation")
        .map(|pair| pair[1].0.duration_since(pair[0].0))
        .fold(SignedDuration::ZERO, |sum, wait| sum + wait);
    let share = paying.as_secs() as f64 / whole as f64;
    assert_eq!((share * 10_000.0).round() / 10_000.0, 0.2659);
}

/// The steps of each case in their order, read apart from the importer.
fn steps(text: &str) -> BTreeMap<String, Vec<Step>> {
    let mut cases: BTreeMap<String, Vec<Step>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let at = jiff::civil::DateTime::strptime("%d-%m-%Y %H:%M", fields[1]).unwrap();
        let at = at.to_zoned(TimeZone::UTC).unwrap().timestamp();
        cases.entry(fields[0].to_owned()).or_default().push((at, fields[2].to_owned()));
    }
    cases
}
