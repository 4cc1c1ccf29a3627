//! Time spent over many tickets: each entry is there for whoever reads inside of its ticket, by the one rule.

use std::collections::BTreeMap;

use domain::id::{OrganisationId, PersonId, ServiceId, SpentId, TicketId, UnitId};
use domain::permission::{About, Viewer, relation};
use domain::spent::By;

use crate::StoreError;
use crate::aside::chains;
use crate::db::{DbError, Row, ToParam, Tx};

/// One entry with what it is summed by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: SpentId,
    /// Days since 1970.
    pub day: i64,
    pub minutes: i64,
    pub note: String,
    pub person: (PersonId, String),
    pub ticket: TicketId,
    pub number: i64,
    pub subject: String,
    /// The unit that has the ticket.
    pub unit: UnitId,
    pub service: ServiceId,
    pub organisation: Option<(OrganisationId, String)>,
}

/// Which entries: of days from the first to before the second, and of one unit, person and so on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub days: (i64, i64),
    /// Nothing is what belongs to no organisation. Months are said by days.
    pub of: Option<(By, Option<i64>)>,
}

/// The place behind an entry in a list with the latest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub day: i64,
    pub id: SpentId,
}

/// Some entries, the latest first, and where the next ones begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub entries: Vec<Entry>,
    pub next: Option<Mark>,
}

/// Rows that are looked at in one step, and the most steps of one page.
const LOOK: i64 = 512;
const STEPS: usize = 20;
/// Tickets whose chains are read together.
const AT_ONCE: usize = 64;

/// Hands every entry that the viewer may read to `take`, the latest first.
pub fn each(
    tx: &mut Tx,
    viewer: &Viewer,
    wanted: &Wanted,
    mut take: impl FnMut(Entry),
) -> Result<(), StoreError> {
    let mut judged = BTreeMap::new();
    let mut after = None;
    loop {
        let looked = look(tx, viewer, wanted, after, LOOK, &mut judged)?;
        after = looked.last;
        looked.seen.into_iter().for_each(&mut take);
        if after.is_none() {
            return Ok(());
        }
    }
}

/// At most `limit` entries behind a mark. After ten thousand that are not the viewer's it stops and says where it
/// goes on.
pub fn page(
    tx: &mut Tx,
    viewer: &Viewer,
    wanted: &Wanted,
    after: Option<Mark>,
    limit: usize,
) -> Result<Page, StoreError> {
    let mut judged = BTreeMap::new();
    let mut page = Page { entries: Vec::new(), next: after };
    for _ in 0..STEPS {
        let looked = look(tx, viewer, wanted, page.next, LOOK, &mut judged)?;
        page.next = looked.last;
        page.entries.extend(looked.seen);
        if page.entries.len() > limit {
            page.entries.truncate(limit);
            page.next = page.entries.last().map(|last| Mark { day: last.day, id: last.id });
            break;
        }
        if page.next.is_none() {
            break;
        }
    }
    Ok(page)
}

struct Looked {
    seen: Vec<Entry>,
    /// The last row, seen or not; `None` when there are no more.
    last: Option<Mark>,
}

const COLUMNS: &str = "s.id, s.day, s.minutes, s.note, s.person_id, p.name, t.id, t.number, t.subject, t.unit_id, t.service_id, \
     t.organisation_id, o.name, t.confidential, coalesce(b.unit_id, t.asking_unit_id), x.side";

fn look(
    tx: &mut Tx,
    viewer: &Viewer,
    wanted: &Wanted,
    after: Option<Mark>,
    limit: i64,
    judged: &mut BTreeMap<TicketId, bool>,
) -> Result<Looked, StoreError> {
    let (from, until) = wanted.days;
    // The first row of a list lies before the day behind its last one.
    let mark = after.unwrap_or(Mark { day: until, id: SpentId(i64::MIN) });
    let of = wanted.of.filter(|(by, _)| *by != By::Month);
    let key = of.and_then(|(_, key)| key);
    let which = of.map_or("", |(by, key)| which(by, key));
    let sql = format!(
        "select {COLUMNS} from time_spent s cross join ticket t join person p on p.id = s.person_id \
         left join organisation o on o.id = t.organisation_id left join ticket b on b.id = t.parent_id \
         left join ticket_person x on x.person_id = $1 and x.ticket_id = t.id \
         where t.id = s.ticket_id and s.minutes > 0 and s.day >= $2 and (s.day, s.id) < ($3, $4){which} \
         order by s.day desc, s.id desc limit $5"
    );
    let mut params: Vec<&dyn ToParam> = vec![&viewer.person, &from, &mark.day, &mark.id, &limit];
    params.extend(key.iter().map(|key| key as &dyn ToParam));
    let rows = tx.query(&sql, &params, |row| read(viewer, row))?;
    let full = i64::try_from(rows.len()).is_ok_and(|found| found >= limit);
    let last = rows.last().filter(|_| full).map(|(_, last)| Mark { day: last.day, id: last.id });
    judge(tx, viewer, &rows, judged)?;
    let seen = rows.into_iter().filter(|(_, entry)| judged.get(&entry.ticket) == Some(&true));
    Ok(Looked { seen: seen.map(|(_, entry)| entry).collect(), last })
}

const fn which(by: By, key: Option<i64>) -> &'static str {
    match (by, key) {
        (By::Unit, Some(_)) => " and t.unit_id = $6",
        (By::Person, Some(_)) => " and s.person_id = $6",
        (By::Service, Some(_)) => " and t.service_id = $6",
        (By::Organisation, Some(_)) => " and t.organisation_id = $6",
        (By::Organisation, None) => " and t.organisation_id is null",
        // Everything has a unit, a person and a service, and a month is a span of days.
        (By::Unit | By::Person | By::Service, None) | (By::Month, _) => "",
    }
}

/// Each ticket is judged once. One whose glass would have to be broken is left out.
fn judge(
    tx: &mut Tx,
    viewer: &Viewer,
    rows: &[(About, Entry)],
    judged: &mut BTreeMap<TicketId, bool>,
) -> Result<(), StoreError> {
    let new: BTreeMap<TicketId, &About> = rows
        .iter()
        .filter(|(_, entry)| !judged.contains_key(&entry.ticket))
        .map(|(about, entry)| (entry.ticket, about))
        .collect();
    let ids: Vec<TicketId> = new.keys().copied().collect();
    for part in ids.chunks(AT_ONCE) {
        let mut chains = chains(tx, part.to_vec())?;
        for id in part {
            let chain = chains.remove(id).unwrap_or_default();
            let about = About { chain, ..new[id].clone() };
            judged.insert(*id, relation(viewer, &about).reads_inside());
        }
    }
    Ok(())
}

fn read(viewer: &Viewer, row: &Row) -> Result<(About, Entry), DbError> {
    let side: Option<String> = row.get(15)?;
    let on = |name: &str| if side.as_deref() == Some(name) { vec![viewer.person] } else { Vec::new() };
    let (organisation, name): (Option<OrganisationId>, Option<String>) = (row.get(11)?, row.get(12)?);
    let entry = Entry {
        id: row.get(0)?,
        day: row.get(1)?,
        minutes: row.get(2)?,
        note: row.get(3)?,
        person: (row.get(4)?, row.get(5)?),
        ticket: row.get(6)?,
        number: row.get(7)?,
        subject: row.get(8)?,
        unit: row.get(9)?,
        service: row.get(10)?,
        organisation: organisation.zip(name),
    };
    let about = About {
        requesting: on("requesting"),
        upstream: on("upstream"),
        sharing: None,
        asking: row.get(14)?,
        owner: entry.unit,
        chain: Vec::new(),
        confidential: row.get::<i64>(13)? == 1,
        glass_broken: false,
    };
    Ok((about, entry))
}
