//! Saved views: a person's own, a unit's, and everybody's.

use domain::id::{PersonId, UnitId, ViewId};
use domain::permission::Viewer;
use domain::view::{Column, Grouping, Sort};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{DbError, Row, Tx};
use crate::params;

/// Whose a view is, and so who sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// Only they see it.
    Person(PersonId),
    /// Whoever serves in the unit or oversees it sees it.
    Unit(UnitId),
    /// Everybody who serves or oversees sees it.
    Everybody,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub id: ViewId,
    pub name: String,
    /// The canonical text of the filter.
    pub filter: String,
    pub sort: Sort,
    pub grouping: Grouping,
    pub columns: Vec<Column>,
    pub owner: Owner,
    pub place: i64,
    pub made_by: Option<PersonId>,
    pub changed_at: Timestamp,
}

impl Owner {
    pub(crate) const fn of_columns(person: Option<PersonId>, unit: Option<UnitId>) -> Self {
        match (person, unit) {
            (Some(person), _) => Self::Person(person),
            (None, Some(unit)) => Self::Unit(unit),
            (None, None) => Self::Everybody,
        }
    }

    pub(crate) const fn columns(self) -> (Option<PersonId>, Option<UnitId>) {
        match self {
            Self::Person(person) => (Some(person), None),
            Self::Unit(unit) => (None, Some(unit)),
            Self::Everybody => (None, None),
        }
    }

    /// Whether a view of this owner exists for the viewer.
    #[must_use]
    pub fn is_seen_by(self, viewer: &Viewer) -> bool {
        match self {
            Self::Person(person) => person == viewer.person,
            Self::Unit(unit) => viewer.sees_unit(unit),
            Self::Everybody => viewer.is_agent(),
        }
    }

    /// Those of whom the viewer is offered everything, in order: themselves, the units they serve in or lead,
    /// and everybody. Administrators do not get what is each unit's; they come to it by the unit.
    pub(crate) fn offered_to(viewer: &Viewer) -> Vec<Self> {
        let led = viewer.oversees.iter().filter(|unit| !viewer.units.contains(unit));
        let units = viewer.units.iter().chain(led).map(|unit| Self::Unit(*unit));
        let own = std::iter::once(Self::Person(viewer.person));
        own.chain(units).chain(viewer.is_agent().then_some(Self::Everybody)).collect()
    }

    /// Reads the rows of this owner. The columns are named again because only then a partial index is used.
    pub(crate) fn rows<T>(
        self,
        tx: &mut Tx,
        select: &str,
        order: &str,
        read: impl FnMut(&Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, StoreError> {
        let of = |which: &str| format!("{select} where {which} order by {order}");
        Ok(match self {
            Self::Person(person) => {
                tx.query(&of("person_id = $1 and person_id is not null"), params![person], read)?
            }
            Self::Unit(unit) => tx.query(&of("unit_id = $1 and unit_id is not null"), params![unit], read)?,
            Self::Everybody => tx.query(&of("person_id is null and unit_id is null"), params![], read)?,
        })
    }
}

const COLUMNS: &str =
    "id, name, filter, sort, grouping, shown, person_id, unit_id, place, made_by, changed_at";

/// Every view that the viewer is offered, in its order.
pub fn of(tx: &mut Tx, viewer: &Viewer) -> Result<Vec<View>, StoreError> {
    let mut views = Vec::new();
    for owner in Owner::offered_to(viewer) {
        views.extend(owned(tx, owner)?);
    }
    Ok(views)
}

/// The views of one owner, in their order.
pub fn owned(tx: &mut Tx, owner: Owner) -> Result<Vec<View>, StoreError> {
    owner.rows(tx, &format!("select {COLUMNS} from saved_view"), "place, id", read)
}

/// One view, when it exists for the viewer.
pub fn by_id(tx: &mut Tx, viewer: &Viewer, view: ViewId) -> Result<Option<View>, StoreError> {
    let found =
        tx.query_opt(&format!("select {COLUMNS} from saved_view where id = $1"), params![view], read)?;
    Ok(found.filter(|view| view.owner.is_seen_by(viewer)))
}

pub fn insert(tx: &mut Tx, view: &View) -> Result<(), StoreError> {
    let (person, unit) = view.owner.columns();
    tx.execute(
        "insert into saved_view (id, name, filter, sort, grouping, shown, person_id, unit_id, place, made_by, changed_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            view.id,
            view.name,
            view.filter,
            view.sort,
            view.grouping,
            shown(&view.columns),
            person,
            unit,
            view.place,
            view.made_by,
            view.changed_at
        ],
    )?;
    Ok(())
}

pub fn update(tx: &mut Tx, view: &View) -> Result<(), StoreError> {
    let (person, unit) = view.owner.columns();
    tx.execute(
        "update saved_view set name = $2, filter = $3, sort = $4, grouping = $5, shown = $6, person_id = $7, \
         unit_id = $8, place = $9, changed_at = $10 where id = $1",
        params![
            view.id,
            view.name,
            view.filter,
            view.sort,
            view.grouping,
            shown(&view.columns),
            person,
            unit,
            view.place,
            view.changed_at
        ],
    )?;
    Ok(())
}

pub fn delete(tx: &mut Tx, view: ViewId) -> Result<(), StoreError> {
    tx.execute("delete from saved_view where id = $1", params![view])?;
    Ok(())
}

fn shown(columns: &[Column]) -> String {
    columns.iter().map(|column| column.as_str()).collect::<Vec<_>>().join(",")
}

fn read(row: &Row) -> Result<View, DbError> {
    let person: Option<PersonId> = row.get(6)?;
    let unit: Option<UnitId> = row.get(7)?;
    Ok(View {
        id: row.get(0)?,
        name: row.get(1)?,
        filter: row.get(2)?,
        sort: row.get(3)?,
        grouping: row.get(4)?,
        columns: row.get::<&str>(5)?.split(',').filter_map(Column::parse).collect(),
        owner: Owner::of_columns(person, unit),
        place: row.get(8)?,
        made_by: row.get(9)?,
        changed_at: row.get(10)?,
    })
}
