//! `Authentication-Results` (RFC 8601) of a server that we were told to believe, and of nobody else.

use super::{Check, Verdict};
use crate::header::{Fields, unfolded};
use crate::limits::Limits;
use crate::parse;

/// Which fields are believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    /// The name that our server writes first in the field.
    pub authserv_id: String,
    /// How many `Received` fields our own servers add; whatever stands below the last of them came from outside.
    pub own_hops: usize,
}

/// What our server found, or nothing when it said nothing above its own `Received`.
pub fn trusted(raw: &[u8], trust: &Trust, limits: &Limits) -> Option<Verdict> {
    let fields = Fields::read(raw, 0..raw.len(), limits).ok()?;
    let from = parse::headers(raw, limits).ok()?.from;
    let [from] = from.as_slice() else { return None };
    let mut hops = 0;
    let mut found: Vec<(Method, Check)> = Vec::new();
    for field in fields.iter() {
        match field.name.as_str() {
            "received" => hops += 1,
            "authentication-results" => {
                let value = without_comments(&unfolded(&raw[field.value.clone()]));
                found.extend(results(&value, &trust.authserv_id, from.address.domain()));
            }
            _ => {}
        }
        if hops >= trust.own_hops {
            break;
        }
    }
    // Without our own `Received` there is no line below which everything is a stranger's.
    if found.is_empty() || trust.own_hops == 0 || hops < trust.own_hops {
        return None;
    }
    let first =
        |method| found.iter().find(|(one, _)| *one == method).map(|(_, check)| *check).unwrap_or_default();
    Some(Verdict { dkim: first(Method::Dkim), spf: first(Method::Spf), dmarc: first(Method::Dmarc) })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    Dkim,
    Spf,
    Dmarc,
}

fn results(value: &str, authserv_id: &str, from: &str) -> Vec<(Method, Check)> {
    let mut statements = value.split(';').map(str::trim);
    let id = statements.next().unwrap_or_default().split_whitespace().next().unwrap_or_default();
    if !id.eq_ignore_ascii_case(authserv_id) {
        return Vec::new();
    }
    statements.filter_map(|statement| result(statement, from)).collect()
}

fn result(statement: &str, from: &str) -> Option<(Method, Check)> {
    let mut words = statement.split_whitespace();
    let (method, result) = words.next()?.split_once('=')?;
    let method = match method.split('/').next()?.to_ascii_lowercase().as_str() {
        "dkim" => Method::Dkim,
        "spf" => Method::Spf,
        "dmarc" => Method::Dmarc,
        _ => return None,
    };
    let check = match result.to_ascii_lowercase().as_str() {
        "pass" => Check::Pass,
        "fail" | "hardfail" | "reject" | "quarantine" => Check::Fail,
        "temperror" | "permerror" => Check::Unknown,
        _ => Check::None,
    };
    // A result about another sender is none about this one.
    let other = words.filter_map(|word| word.split_once('=')).any(|(name, value)| {
        name.eq_ignore_ascii_case("header.from")
            && !value.rsplit('@').next().unwrap_or(value).eq_ignore_ascii_case(from)
    });
    Some((method, if method == Method::Dmarc && other { Check::None } else { check }))
}

fn without_comments(value: &str) -> String {
    let mut depth = 0_usize;
    let mut plain = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}
