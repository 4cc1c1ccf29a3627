//! Forms with files: the words are read, the files are taken piece by piece, and what is too large is refused
//! without losing the rest.

use std::time::Duration;

use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderName, StatusCode};
use desk::files::{Coming, FileError, Files};
use desk::uploads::{self, MOST_BYTES, MOST_FILES, MOST_TOTAL, Taken};
use desk::{DeskError, Problem};
use domain::id::UploadId;
use serde::de::DeserializeOwned;
use store::upload::Audience;
use tokio::time::timeout;

use super::{Once, Pairs, PostedOnce};
use crate::app::App;
use crate::refusal::Refused;
use crate::said;
use crate::text::Locale;
use crate::visitor::Visitor;

/// The words of a form, its boundaries and its fields' heads.
const MOST_WORDS: usize = super::MOST_BYTES;
/// A form that is not longer is read to its end.
const MOST_REQUEST: usize = MOST_TOTAL as usize + 2 * MOST_WORDS;
/// Of a longer one the words alone are read, as long as they come quickly; above this, nothing is.
pub const LONGEST: usize = 4 * MOST_REQUEST;
const QUICKLY: Duration = Duration::from_secs(2);
const AT_MOST: Duration = Duration::from_secs(60);

/// What goes to the disk at once.
const PIECE: usize = 256 * 1024;

/// The fields of a form that may carry files, which hang on nothing yet.
pub struct PostedFiles<T>(pub T, pub Once, pub Came);

/// The files that came with a form, and why some of them did not.
#[derive(Default)]
pub struct Came {
    taken: Vec<Taken>,
    refused: Vec<Problem>,
    is_too_long: bool,
}

/// Files that are kept for the visitor, and why some are not.
#[derive(Debug, Clone, Default)]
pub struct Filed {
    pub files: Vec<UploadId>,
    pub refused: Vec<Problem>,
    /// Something was larger than anything that is taken.
    pub is_too_large: bool,
}

impl Filed {
    /// What to say when not all of the files are there: then nothing is done, so that it can be sent whole.
    pub fn trouble(&self, locale: Locale) -> Option<(StatusCode, String)> {
        let words: Vec<String> = self.refused.iter().map(|problem| said::problem(locale, problem)).collect();
        let status =
            if self.is_too_large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
        (!words.is_empty()).then(|| (status, words.join(" ")))
    }
}

impl Came {
    /// Keeps what came beside what the form had already.
    pub async fn keep(
        self,
        app: &App,
        visitor: &Visitor,
        audience: Audience,
        before: &[UploadId],
    ) -> Result<Filed, DeskError> {
        let mut filed =
            Filed { files: before.to_vec(), refused: self.refused, is_too_large: self.is_too_long };
        if self.is_too_long {
            filed.refused.push(Problem::FormTooLong { most: uploads::told(MOST_TOTAL) });
        }
        filed.is_too_large |= filed.refused.iter().any(|why| matches!(why, Problem::FileTooLarge { .. }));
        if self.taken.is_empty() {
            return Ok(filed);
        }
        match uploads::keep(&app.desk, visitor.viewer.person, audience, self.taken).await {
            Ok(kept) => filed.files.extend(kept.into_iter().map(|upload| upload.id)),
            Err(DeskError::Invalid { problem, .. } | DeskError::Conflict(problem)) => {
                filed.refused.push(problem);
            }
            Err(error) => return Err(error),
        }
        Ok(filed)
    }
}

impl<T: DeserializeOwned> FromRequest<App> for PostedFiles<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refused> {
        let kind = header(&request, CONTENT_TYPE).unwrap_or_default();
        let is_multipart = kind.starts_with("multipart/form-data");
        let announced = header(&request, CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
        if !is_multipart {
            let PostedOnce(fields, once) = PostedOnce::from_request(request, app).await?;
            return Ok(Self(fields, once, Came::default()));
        }
        let is_too_long = announced.is_some_and(|length| length > MOST_REQUEST);
        let csrf = request.extensions().get::<Visitor>().map(|visitor| visitor.csrf.clone());
        let path = request.uri().path().to_owned();
        let form = Multipart::from_request(request, app).await.map_err(unreadable)?;
        let reading = Reading::new(csrf, app.desk.files.clone());
        let Reading { csrf, mut pairs, came, .. } =
            if is_too_long { reading.words_only(form).await? } else { reading.whole(form).await? };
        for file in &came.taken {
            pairs.mark(&file.name, &file.sealed.name);
        }
        let (fields, once) = pairs.read(csrf.as_deref(), &path)?;
        Ok(Self(fields, once, came))
    }
}

/// A form while it is read.
struct Reading {
    csrf: Option<String>,
    files: Files,
    pairs: Pairs,
    words: usize,
    came: Came,
    total: u64,
}

impl Reading {
    fn new(csrf: Option<String>, files: Files) -> Self {
        Self { csrf, files, pairs: Pairs::default(), words: 0, came: Came::default(), total: 0 }
    }

    async fn whole(mut self, mut form: Multipart) -> Result<Self, Refused> {
        while let Some(field) = form.next_field().await.map_err(unreadable)? {
            match field.file_name().map(str::to_owned) {
                None => self.word(field).await?,
                Some(name) => {
                    // Nothing is written to the disk for a form that is not ours.
                    self.pairs.prove(self.csrf.as_deref())?;
                    self.file(field, name).await?;
                }
            }
            if self.came.is_too_long {
                break;
            }
        }
        Ok(self)
    }

    /// What stands before the first file, if it comes quickly; the rest is let go by, so that the answer is read.
    async fn words_only(mut self, mut form: Multipart) -> Result<Self, Refused> {
        self.came.is_too_long = true;
        // However it ends, what was read until then is what there is.
        let _ = timeout(AT_MOST, self.words_before(&mut form)).await;
        self.pairs.prove(self.csrf.as_deref()).map_err(|_| Refused::TooLarge)?;
        Ok(self)
    }

    async fn words_before(&mut self, form: &mut Multipart) {
        while let Ok(Ok(Some(mut field))) = timeout(QUICKLY, form.next_field()).await {
            if field.file_name().is_none() {
                let Ok(Ok(())) = timeout(QUICKLY, self.word(field)).await else { return };
                continue;
            }
            while let Ok(Ok(Some(_))) = timeout(QUICKLY, field.chunk()).await {}
        }
    }

    async fn word(&mut self, mut field: Field<'_>) -> Result<(), Refused> {
        let name = field.name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(piece) = field.chunk().await.map_err(unreadable)? {
            self.words += piece.len();
            if self.words > MOST_WORDS {
                return Err(Refused::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        let value = String::from_utf8(bytes)
            .map_err(|_| Refused::Unreadable("The form could not be read.".to_owned()))?;
        self.pairs.add(name, value);
        Ok(())
    }

    /// Takes a file, or lets the rest of it go by once it is refused, so that what comes after it is read.
    async fn file(&mut self, mut field: Field<'_>, name: String) -> Result<(), Refused> {
        // A file begins on the disk with its first piece: most forms have none.
        let mut taking = if self.came.taken.len() < MOST_FILES {
            Ok(None)
        } else {
            Err(Problem::FilesTooMany { most: MOST_FILES })
        };
        let mut size = 0_u64;
        while let Some(piece) = field.chunk().await.map_err(unreadable)? {
            size += piece.len() as u64;
            self.total += piece.len() as u64;
            if self.total > MOST_TOTAL + MOST_WORDS as u64 {
                self.came.is_too_long = true;
                return Ok(());
            }
            taking = match taking {
                Ok(_) if size > MOST_BYTES => {
                    Err(Problem::FileTooLarge { name: shown(&name), most: uploads::told(MOST_BYTES) })
                }
                Ok(taking) => match self.begun(taking, &name).await {
                    Ok(taking) => taking.take(&piece, &name).await.map(Some),
                    Err(problem) => Err(problem),
                },
                Err(problem) => Err(problem),
            };
        }
        // A field in which nothing was chosen.
        if name.is_empty() && size == 0 {
            return Ok(());
        }
        match taking {
            Ok(taking) => match self.ended(taking, name).await {
                Ok(taken) => self.came.taken.push(taken),
                Err(problem) => self.came.refused.push(problem),
            },
            Err(problem) if self.came.refused.contains(&problem) => {}
            Err(problem) => self.came.refused.push(problem),
        }
        Ok(())
    }

    async fn begun(&self, taking: Option<Taking>, name: &str) -> Result<Taking, Problem> {
        match taking {
            Some(taking) => Ok(taking),
            None => Taking::begin(&self.files, name).await,
        }
    }

    async fn ended(&self, taking: Option<Taking>, name: String) -> Result<Taken, Problem> {
        self.begun(taking, &name).await?.end(name).await
    }
}

/// One file on its way to the disk, which is written where waiting holds nobody up.
pub(crate) struct Taking {
    coming: Coming,
    room: Vec<u8>,
}

impl Taking {
    pub(crate) async fn begin(files: &Files, name: &str) -> Result<Self, Problem> {
        let files = files.clone();
        aside(name, move || files.coming().map(|coming| Self { coming, room: Vec::new() })).await
    }

    pub(crate) async fn take(mut self, piece: &[u8], name: &str) -> Result<Self, Problem> {
        self.room.extend_from_slice(piece);
        if self.room.len() < PIECE { Ok(self) } else { self.written(name).await }
    }

    pub(crate) async fn end(self, name: String) -> Result<Taken, Problem> {
        let Self { coming, .. } = self.written(&name).await?;
        Ok(Taken { name, sealed: coming.seal() })
    }

    async fn written(mut self, name: &str) -> Result<Self, Problem> {
        aside(name, move || {
            self.coming.take(&self.room)?;
            self.room.clear();
            Ok(self)
        })
        .await
    }
}

async fn aside<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> Result<T, FileError> + Send + 'static,
) -> Result<T, Problem> {
    let cause = match tokio::task::spawn_blocking(work).await {
        Ok(Ok(done)) => return Ok(done),
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    tracing::error!(%cause, "a file that somebody sent could not be kept");
    Err(Problem::FileNotKept { name: shown(name) })
}

fn header(request: &Request, name: HeaderName) -> Option<&str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

/// A name that somebody gave, in a sentence.
fn shown(name: &str) -> String {
    desk::letter::clean_name(name)
}

fn unreadable<E: std::fmt::Display>(cause: E) -> Refused {
    Refused::Unreadable(cause.to_string())
}
