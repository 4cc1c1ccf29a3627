//! The next mails behind a cursor: listed, measured, fetched, and none passed over because it was not answered.

use std::collections::BTreeMap;

use super::response::{Fetch, Kind, Room};
use super::token::Bytes;
use super::{Batch, Content, Cursor, Fetched, Source, Trouble};

/// After this many refusals a mail is reported as it is, so that it holds up no others.
const MOST_REFUSALS: u32 = 3;
const MOST_HEADER: usize = 256 * 1024;

/// What became of one mail.
enum Found {
    Mail(Content, u64),
    /// Somebody deleted it.
    Gone,
    /// No room in this batch.
    NotNow,
}

impl Source {
    /// The mails after the cursor. Nothing changes on the server; asking again gives the same.
    pub async fn next_batch(&mut self, cursor: Cursor) -> Result<Batch, Trouble> {
        let uidvalidity = self.session.uidvalidity;
        let started_over = cursor.uidvalidity != uidvalidity;
        let after = if started_over { 0 } else { cursor.last_uid };
        self.list(after).await?;
        let some: Vec<u32> = self.waiting.iter().take(self.limits.mails.max(1)).copied().collect();
        let mut last_uid = after;
        let mut mails = Vec::new();
        if !some.is_empty() {
            last_uid = self.fetch_some(after, &some, &mut mails).await?;
        }
        if self.session.uidvalidity != uidvalidity {
            self.waiting.clear();
            self.listed_after = 0;
            return Err(Trouble::Renumbered);
        }
        while self.waiting.front().is_some_and(|uid| *uid <= last_uid) {
            self.waiting.pop_front();
        }
        self.listed_after = last_uid;
        let behind = self.waiting.len();
        let cursor = Cursor { uidvalidity, last_uid };
        Ok(Batch { cursor, mails, started_over, more: behind > 0, behind })
    }

    async fn list(&mut self, after: u32) -> Result<(), Trouble> {
        if after < self.listed_after {
            self.waiting.clear();
        }
        while self.waiting.front().is_some_and(|uid| *uid <= after) {
            self.waiting.pop_front();
        }
        if self.waiting.is_empty() {
            self.waiting = self.session.uids_after(after).await?.into();
        }
        self.listed_after = after;
        Ok(())
    }

    /// Fetches as many of `some` as fit, in their order, and gives the last uid that is dealt with.
    async fn fetch_some(
        &mut self,
        after: u32,
        some: &[u32],
        mails: &mut Vec<Fetched>,
    ) -> Result<u32, Trouble> {
        let known = self.measure(some).await?;
        let (some, whole) = self.fitting(some, &known);
        let mut bodies = self.bodies(&whole).await?;
        let mut last_uid = after;
        for uid in some {
            let asked = match known.get(uid) {
                None => Ok(Found::Gone),
                Some(measured) if measured.size.unwrap_or(0) > self.limits.mail => self.header(*uid).await,
                Some(_) => self.whole(*uid, bodies.remove(uid), mails.is_empty()).await,
            };
            let found = match asked {
                // What was fetched before it is kept first; the refusal comes again.
                Err(Trouble::Said(_)) if !mails.is_empty() => Found::NotNow,
                other => other?,
            };
            match found {
                Found::NotNow => break,
                Found::Gone => {}
                Found::Mail(content, size) => mails.push(Fetched {
                    uid: *uid,
                    uidvalidity: self.session.uidvalidity,
                    size: known.get(uid).and_then(|measured| measured.size).unwrap_or(size),
                    internal_date: known
                        .get(uid)
                        .and_then(|measured| date(measured.internal_date.as_deref()?)),
                    content,
                }),
            }
            last_uid = *uid;
        }
        Ok(last_uid)
    }

    /// Size and date of those that are still there.
    async fn measure(&mut self, uids: &[u32]) -> Result<BTreeMap<u32, Fetch>, Trouble> {
        let answer = self.session.fetch(uids, "UID RFC822.SIZE INTERNALDATE", Room::LITTLE).await?;
        if answer.status.kind != Kind::Ok {
            return Err(Trouble::Said(answer.status.words));
        }
        let measured = answer.fetched.into_iter().filter(|fetch| fetch.size.is_some());
        Ok(measured.filter_map(|fetch| Some((fetch.uid?, fetch))).collect())
    }

    /// The uids of this batch, and those among them that are fetched whole.
    fn fitting<'a>(&self, some: &'a [u32], known: &BTreeMap<u32, Fetch>) -> (&'a [u32], Vec<u32>) {
        let mut whole = Vec::new();
        let mut bytes = 0;
        for (at, uid) in some.iter().enumerate() {
            let Some(size) = known.get(uid).and_then(|measured| measured.size) else { continue };
            if size > self.limits.mail {
                continue;
            }
            bytes += size;
            if bytes > self.limits.bytes && !whole.is_empty() {
                return (&some[..at], whole);
            }
            whole.push(*uid);
        }
        (some, whole)
    }

    async fn bodies(&mut self, uids: &[u32]) -> Result<BTreeMap<u32, Bytes>, Trouble> {
        if uids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let answer = self.session.fetch(uids, "UID BODY.PEEK[]", self.room()).await?;
        Ok(answer.fetched.into_iter().filter_map(|fetch| Some((fetch.uid?, fetch.body?))).collect())
    }

    /// Sizes that a server names are sometimes wrong, so what is kept is bounded by what comes.
    fn room(&self) -> Room {
        let each = usize::try_from(self.limits.mail).unwrap_or(usize::MAX);
        let together = usize::try_from(self.limits.bytes).unwrap_or(usize::MAX).max(each);
        Room::of(each, together)
    }

    async fn whole(&mut self, uid: u32, body: Option<Bytes>, is_first: bool) -> Result<Found, Trouble> {
        let body = match body {
            Some(body) if body.is_whole() || body.size > self.limits.mail => Some(body),
            Some(_) if !is_first => return Ok(Found::NotNow),
            Some(_) | None => self.bodies(&[uid]).await?.remove(&uid),
        };
        let Some(body) = body else { return self.refused(uid).await };
        self.refusals.remove(&uid);
        let size = body.size;
        let content = if body.is_whole() {
            Content::Whole(body.kept)
        } else {
            Content::TooLarge { header: header_of(body.kept) }
        };
        Ok(Found::Mail(content, size))
    }

    async fn header(&mut self, uid: u32) -> Result<Found, Trouble> {
        let room = Room::of(MOST_HEADER, MOST_HEADER);
        let mut answer = self.session.fetch(&[uid], "UID BODY.PEEK[HEADER]", room).await?;
        let mine = answer.fetched.iter().position(|fetch| fetch.uid == Some(uid) && fetch.body.is_some());
        match mine.and_then(|at| answer.fetched.swap_remove(at).body) {
            Some(header) => Ok(Found::Mail(Content::TooLarge { header: header.kept }, header.size)),
            None => self.refused(uid).await,
        }
    }

    /// It was not given: is it gone, or is it kept from us?
    async fn refused(&mut self, uid: u32) -> Result<Found, Trouble> {
        let there = self.session.search(&format!("UID {uid}")).await?;
        if !there.contains(&uid) {
            return Ok(Found::Gone);
        }
        let refusals = self.refusals.entry(uid).or_default();
        *refusals += 1;
        let words = format!("the mail with the number {uid} was not given");
        if *refusals < MOST_REFUSALS {
            return Err(Trouble::Said(words));
        }
        self.refusals.remove(&uid);
        Ok(Found::Mail(Content::Withheld { words }, 0))
    }
}

fn header_of(mut beginning: Vec<u8>) -> Vec<u8> {
    let end = beginning.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
    beginning.truncate(end.unwrap_or(MOST_HEADER).min(MOST_HEADER));
    beginning
}

fn date(text: &str) -> Option<jiff::Timestamp> {
    jiff::Timestamp::strptime("%d-%b-%Y %H:%M:%S %z", text.trim()).ok()
}
