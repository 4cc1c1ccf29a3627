//! The way to the bucket: HTTP over the desk's one way out, so that TLS and addresses are judged in one place.

use std::error::Error;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use async_trait::async_trait;
use hyper::Uri;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use mail::egress::{self, Egress, Endpoint, Reach, Security};
use object_store::client::{
    ClientConfigKey, ClientOptions, HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest,
    HttpRequestBody, HttpResponse, HttpResponseBody, HttpService,
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// From a request to the head of its answer.
const ANSWER: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(super) struct Door(pub Egress);

impl HttpConnector for Door {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let in_the_open = options.get_config_value(&ClientConfigKey::AllowHttp).as_deref() == Some("true");
        let dial = Dial { egress: self.0.clone(), in_the_open };
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(Duration::from_secs(20))
            .pool_timer(TokioTimer::new())
            .build(dial);
        Ok(HttpClient::new(Way(client)))
    }
}

#[derive(Debug)]
struct Way(Client<Dial, HttpRequestBody>);

#[async_trait]
impl HttpService for Way {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let late = || HttpError::new(HttpErrorKind::Timeout, io::Error::from(io::ErrorKind::TimedOut));
        let answer = tokio::time::timeout(ANSWER, self.0.request(request)).await.map_err(|_| late())?;
        let answer = answer.map_err(|error| {
            let kind = if error.is_connect() { HttpErrorKind::Connect } else { HttpErrorKind::Request };
            HttpError::new(kind, error)
        })?;
        let (head, body) = answer.into_parts();
        let body = Lossy(body);
        Ok(HttpResponse::from_parts(head, HttpResponseBody::new(body)))
    }
}

/// A body that says of a lost connection that it was one: then the rest is asked for again.
struct Lossy(hyper::body::Incoming);

impl hyper::body::Body for Lossy {
    type Data = hyper::body::Bytes;
    type Error = HttpError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<hyper::body::Frame<Self::Data>, HttpError>>> {
        let lost = |error| HttpError::new(HttpErrorKind::Interrupted, error);
        Pin::new(&mut self.get_mut().0).poll_frame(context).map_err(lost)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        self.0.size_hint()
    }
}

/// Connects to what an address names. Whoever starts the desk names the bucket, so it may stand inside.
#[derive(Clone, Debug)]
struct Dial {
    egress: Egress,
    in_the_open: bool,
}

impl tower::Service<Uri> for Dial {
    type Response = TokioIo<Line>;
    type Error = Box<dyn Error + Send + Sync>;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, address: Uri) -> Self::Future {
        let (egress, in_the_open) = (self.egress.clone(), self.in_the_open);
        Box::pin(async move {
            let security = match address.scheme_str() {
                Some("http") if in_the_open => Security::Plain,
                Some("http") => {
                    return Err("it is reached without TLS; AWS_ALLOW_HTTP=true allows that".into());
                }
                Some(_) | None => Security::Tls,
            };
            let usual = if security == Security::Plain { 80 } else { 443 };
            let endpoint = Endpoint {
                host: address.host().unwrap_or_default().to_owned(),
                port: address.port_u16().unwrap_or(usual),
                security,
                reach: Reach::Local,
                root: None,
            };
            Ok(TokioIo::new(Line(egress.connect(&endpoint).await?)))
        })
    }
}

/// A connection as the HTTP client wants it.
#[derive(Debug)]
struct Line(egress::Connection);

impl Connection for Line {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl AsyncRead for Line {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().0).poll_read(context, into)
    }
}

impl AsyncWrite for Line {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().0).poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().0).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().0).poll_shutdown(context)
    }
}
