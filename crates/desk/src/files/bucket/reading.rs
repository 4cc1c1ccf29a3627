//! Reading from a bucket: whole, only the start, or piece by piece while it is sent on.

use std::io;
use std::time::Duration;

use hyper::body::Bytes;
use object_store::{Error, GetOptions, GetRange, ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;
use tokio_stream::StreamExt;

use super::{Bucket, of_disk};
use crate::files::FileError;

/// How long the next piece of a file may take.
const PIECE: Duration = Duration::from_secs(30);

/// What comes next of a file; it ends with an error when the bucket fails in the middle.
pub type Pieces = mpsc::Receiver<io::Result<Bytes>>;

impl Bucket {
    /// All bytes, which are what their name says.
    pub(in crate::files) fn read_into(&self, name: &[u8; 32], bytes: &mut Vec<u8>) -> Result<(), FileError> {
        let (store, key) = (self.store.clone(), self.key(name));
        let mut room = std::mem::take(bytes);
        let (found, whole) = self
            .wait(async move {
                let got = store.get(&key).await?;
                crate::files::make_room(&mut room, got.meta.size);
                let mut stream = got.into_stream();
                let mut hash = Sha256::new();
                while let Some(piece) = in_time(stream.next()).await? {
                    let piece = piece?;
                    hash.update(&piece);
                    room.extend_from_slice(&piece);
                }
                let found: [u8; 32] = hash.finalize().into();
                Ok((found, room))
            })
            .map_err(|error| self.missing(name, &error))?;
        if found != *name {
            return Err(FileError::Store(format!(
                "{} holds other bytes than were put there as {}; restore it from a backup",
                self.address,
                crate::files::hex(name)
            )));
        }
        *bytes = whole;
        Ok(())
    }

    pub(in crate::files) fn start(&self, name: &[u8; 32], most: u64) -> Result<Vec<u8>, FileError> {
        let (store, key) = (self.store.clone(), self.key(name));
        let range = GetOptions { range: Some(GetRange::Bounded(0..most)), ..GetOptions::default() };
        self.wait(async move { Ok(store.get_opts(&key, range).await?.bytes().await?.to_vec()) })
            .map_err(|error| self.missing(name, &error))
    }

    /// Waits until the bucket begins to send; the rest comes as fast as it is taken.
    pub(in crate::files) fn pieces(&self, name: &[u8; 32]) -> Result<Pieces, FileError> {
        let (store, key) = (self.store.clone(), self.key(name));
        let found = self.wait(async move { store.get(&key).await });
        let mut stream = found.map_err(|error| self.missing(name, &error))?.into_stream();
        let (tell, pieces) = mpsc::channel(2);
        self.threads.handle().spawn(async move {
            loop {
                let piece = match in_time(stream.next()).await {
                    Ok(None) => return,
                    Ok(Some(Ok(piece))) => Ok(piece),
                    Ok(Some(Err(error))) | Err(error) => Err(io::Error::other(error)),
                };
                let is_over = piece.is_err();
                if tell.send(piece).await.is_err() || is_over {
                    return;
                }
            }
        });
        Ok(pieces)
    }
}

async fn in_time<T>(next: impl Future<Output = T>) -> Result<T, Error> {
    let late = || of_disk(io::Error::new(io::ErrorKind::TimedOut, "it stopped in the middle of a file"));
    tokio::time::timeout(PIECE, next).await.map_err(|_| late())
}
