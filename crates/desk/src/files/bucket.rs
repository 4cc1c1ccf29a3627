//! Files in a bucket of a service that speaks S3, under the same names as in a folder.

mod door;
mod reading;

use std::fmt;
use std::fs::File;
use std::future::Future;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use mail::egress::Egress;
use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey};
use object_store::path::Path as Key;
use object_store::{
    BackoffConfig, Error, MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig,
};
use tokio::runtime::{Builder, Handle, Runtime, RuntimeFlavor};
use tokio_stream::StreamExt;

use super::{FileError, hex};

pub use reading::Pieces;

/// How much goes in one request; every part but the last of a file has to be of one size, above 5 MiB.
const PART: usize = 8 * 1024 * 1024;

/// How often a request is tried again, and for how long altogether.
const RETRIES: usize = 5;
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a write of the desk waits for the bucket; what is not known by then is tried another time.
const WITHIN_A_WRITE: Duration = Duration::from_secs(5);

/// A bucket, or the part of one below a prefix.
pub struct Bucket {
    address: String,
    store: AmazonS3,
    prefix: Key,
    /// Where a file lies until its name is known.
    folder: PathBuf,
    threads: Threads,
}

/// Why no bucket could be opened.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BucketError {
    #[error("{0:?} is not the address of a bucket: write s3://BUCKET or s3://BUCKET/PREFIX")]
    Address(String),
    #[error("the bucket {address} cannot be used: {cause}. Look at the AWS_ variables in the environment")]
    Settings { address: String, cause: String },
}

impl Bucket {
    /// The bucket of `s3://BUCKET/PREFIX`; `settings` are the names and values of an environment, of which
    /// those that begin with `AWS_` count. Files lie in `folder` until their name is known.
    pub fn open(
        address: &str,
        folder: &Path,
        egress: Egress,
        settings: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, BucketError> {
        let malformed = || BucketError::Address(address.to_owned());
        let place = address.strip_prefix("s3://").ok_or_else(malformed)?;
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        if bucket.is_empty() {
            return Err(malformed());
        }
        let prefix = Key::parse(prefix.trim_end_matches('/')).map_err(|_| malformed())?;
        let settled = |cause: String| BucketError::Settings { address: address.to_owned(), cause };
        let threads = Threads::new().map_err(|cause| settled(cause.to_string()))?;
        let backoff = BackoffConfig { init_backoff: Duration::from_millis(100), ..BackoffConfig::default() };
        let store = configured(settings)
            .with_bucket_name(bucket)
            .with_disable_bulk_delete(true)
            .with_http_connector(door::Door(egress))
            .with_retry(RetryConfig { backoff, max_retries: RETRIES, retry_timeout: PATIENCE })
            .build()
            .map_err(|cause| settled(told(&cause)))?;
        Ok(Self { address: address.to_owned(), store, prefix, folder: folder.to_owned(), threads })
    }

    /// Refuses a bucket that is not there or that these keys do not open. One that does not answer at the moment
    /// may do so later: that is only said.
    pub fn check(&self) -> Result<(), FileError> {
        let (store, prefix) = (self.store.clone(), self.prefix.clone());
        let listed = self.wait(within_a_write(async move {
            store.list(Some(&prefix)).next().await.transpose()?;
            Ok(())
        }));
        match listed {
            Ok(()) => Ok(()),
            Err(error) if refusal(&error).is_some() => Err(self.trouble(&error)),
            Err(error) => {
                let error = told(&error);
                tracing::warn!(bucket = self.address, error, "attachments cannot be kept or read for now");
                Ok(())
            }
        }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Sends a file, in parts when it is large; one that is there already is not sent again.
    pub(super) fn put(&self, name: &[u8; 32], mut file: File) -> Result<(), FileError> {
        let (store, key) = (self.store.clone(), self.key(name));
        self.wait(async move {
            match store.head(&key).await {
                Ok(_) => return Ok(()),
                Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
            file.rewind().map_err(of_disk)?;
            let (rest, first) = next_part(file).await?;
            if first.len() < PART {
                store.put(&key, PutPayload::from(first)).await?;
                return Ok(());
            }
            let mut upload = store.put_multipart(&key).await?;
            let sent = in_parts(upload.as_mut(), rest, first).await;
            if sent.is_err() {
                let _ = upload.abort().await;
            }
            sent
        })
        .map_err(|error| self.trouble(&error))
    }

    pub(super) fn has(&self, name: &[u8; 32]) -> bool {
        let (store, key) = (self.store.clone(), self.key(name));
        self.wait(within_a_write(async move { store.head(&key).await.map(|_| ()) })).is_ok()
    }

    pub(super) fn remove(&self, name: &[u8; 32]) -> Result<(), FileError> {
        let (store, key) = (self.store.clone(), self.key(name));
        let removed = self.wait(within_a_write(async move { store.delete(&key).await }));
        match removed {
            Err(Error::NotFound { .. }) | Ok(()) => Ok(()),
            Err(error) => Err(self.trouble(&error)),
        }
    }

    fn key(&self, name: &[u8; 32]) -> Key {
        let name = hex(name);
        self.prefix.clone().join(&name[..2]).join(&name[2..])
    }

    /// Waits for the bucket on threads of its own, so that any thread of the desk may wait.
    fn wait<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<T, Error> {
        let (tell, told) = mpsc::sync_channel(1);
        self.threads.handle().spawn(async move {
            let _ = tell.send(work.await);
        });
        let wait =
            move || told.recv().unwrap_or_else(|_| Err(of_disk(std::io::Error::other("it was given up"))));
        match Handle::try_current().map(|handle| handle.runtime_flavor()) {
            // The other tasks of a thread that answers requests go on elsewhere.
            Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(wait),
            Ok(_) | Err(_) => wait(),
        }
    }

    fn trouble(&self, error: &Error) -> FileError {
        FileError::Store(format!("{} answers: {}", self.address, told(error)))
    }

    fn missing(&self, name: &[u8; 32], error: &Error) -> FileError {
        match error {
            Error::NotFound { .. } => FileError::Missing(hex(name)),
            other => self.trouble(other),
        }
    }
}

impl fmt::Debug for Bucket {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Bucket").field("address", &self.address).finish_non_exhaustive()
    }
}

fn configured(settings: impl IntoIterator<Item = (String, String)>) -> AmazonS3Builder {
    let ours = settings.into_iter().filter(|(name, _)| name.starts_with("AWS_"));
    ours.fold(AmazonS3Builder::new(), |builder, (name, value)| {
        match name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>() {
            Ok(key) => builder.with_config(key, value),
            Err(_) => builder,
        }
    })
}

async fn in_parts(upload: &mut dyn MultipartUpload, mut file: File, first: Vec<u8>) -> Result<(), Error> {
    let mut part = first;
    while !part.is_empty() {
        upload.put_part(PutPayload::from(part)).await?;
        (file, part) = next_part(file).await?;
    }
    upload.complete().await?;
    Ok(())
}

/// The next bytes of a file, read where waiting for a disk holds nobody up.
async fn next_part(mut file: File) -> Result<(File, Vec<u8>), Error> {
    let read = tokio::task::spawn_blocking(move || {
        let mut part = Vec::new();
        (&mut file).take(PART as u64).read_to_end(&mut part).map(|_| (file, part))
    });
    read.await.map_err(|cause| of_disk(std::io::Error::other(cause)))?.map_err(of_disk)
}

async fn within_a_write<T>(work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let late = || of_disk(std::io::Error::new(std::io::ErrorKind::TimedOut, "it took too long to answer"));
    tokio::time::timeout(WITHIN_A_WRITE, work).await.unwrap_or_else(|_| Err(late()))
}

fn of_disk(error: std::io::Error) -> Error {
    Error::Generic { store: "S3", source: Box::new(error) }
}

/// What a service said, in one line of a length that can be read.
fn told(error: &Error) -> String {
    if let Some(refusal) = refusal(error) {
        return refusal.to_owned();
    }
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ").chars().take(500).collect()
}

/// What no waiting mends. For some requests only the words of the error tell the answer's status.
fn refusal(error: &Error) -> Option<&'static str> {
    let words = error.to_string();
    let is = |status: &str| words.contains(&format!("status code: {status}"));
    match error {
        Error::Unauthenticated { .. } | Error::PermissionDenied { .. } => Some(WRONG_KEYS),
        _ if is("401") || is("403") => Some(WRONG_KEYS),
        _ if words.contains("NoSuchBucket") || is("404") => Some("there is no such bucket"),
        _ if is("301") => Some("the bucket stands in another region; AWS_REGION names it"),
        _ => None,
    }
}

const WRONG_KEYS: &str = "the keys do not open it, or may not do this with it";

/// Threads that are let go without waiting for them, wherever the last user of the bucket ends.
struct Threads(Option<Runtime>);

impl Threads {
    fn new() -> std::io::Result<Self> {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("bucket")
            .enable_all()
            .build()
            .map(|runtime| Self(Some(runtime)))
    }

    fn handle(&self) -> &Handle {
        self.0.as_ref().expect("the threads are there until they are dropped").handle()
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
