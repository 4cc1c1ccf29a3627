//! A client that costs next to nothing: one kept connection, requests written and answers counted.

use anyhow::Context;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What one request asks for.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    /// JSON of a write.
    pub(crate) body: Option<String>,
}

impl Asked {
    pub(crate) fn get(path: String) -> Self {
        Self { method: "GET", path, body: None }
    }

    pub(crate) fn post(path: &str, body: String) -> Self {
        Self { method: "POST", path: path.to_owned(), body: Some(body) }
    }
}

impl Client {
    pub(crate) async fn connect(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(256 * 1024) })
    }

    /// Sends one request and reads its whole answer; gives the status and the length of the body.
    pub(crate) async fn ask(&mut self, asked: &Asked, headers: &str) -> anyhow::Result<(u16, usize)> {
        let body = asked.body.as_deref().unwrap_or("");
        let content = match &asked.body {
            Some(body) => format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len()),
            None => String::new(),
        };
        let request = format!(
            "{} {} HTTP/1.1\r\nhost: load.example\r\n{headers}{content}\r\n{body}",
            asked.method, asked.path
        );
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.read().await?;
        };
        let text = std::str::from_utf8(&self.buffer[..head])?;
        let status: u16 = text.split_whitespace().nth(1).context("a status")?.parse()?;
        let length = text
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .map_or(Ok(0), |(_, value)| value.trim().parse::<usize>())?;
        while self.buffer.len() < head + length {
            self.read().await?;
        }
        Ok((status, length))
    }

    async fn read(&mut self) -> anyhow::Result<()> {
        let read = self.stream.read_buf(&mut self.buffer).await?;
        anyhow::ensure!(read > 0, "the server closed the connection");
        Ok(())
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
