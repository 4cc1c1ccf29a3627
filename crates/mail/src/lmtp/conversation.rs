//! One connection of an MTA, from our greeting to the goodbye.

use std::io;
use std::sync::Arc;

use tokio::io::AsyncWriteExt;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use super::command::{self, Client, Command, Mistake, Sender};
use super::content::{Content, IN_MEMORY};
use super::strict::{Line, Reader};
use super::{Admission, Answer, Delivery, House, Protocol, Stream, kilobytes, told};

pub(super) async fn run(
    house: Arc<House>,
    stream: Box<dyn Stream>,
    peer: String,
    stop: watch::Receiver<bool>,
) {
    let mut conversation = Conversation {
        reader: Reader::new(stream),
        house,
        peer,
        hello: None,
        client: Client::default(),
        forwarded: Client::default(),
        sender: None,
        recipients: Vec::new(),
        commands: 0,
        mistakes: 0,
    };
    if let Err(error) = conversation.hold(stop).await {
        tracing::debug!(%error, peer = conversation.peer, "a delivery ended early");
    }
}

struct Conversation {
    reader: Reader,
    house: Arc<House>,
    peer: String,
    hello: Option<String>,
    /// Who spoke to the MTA, for the whole session, or for the next message.
    client: Client,
    forwarded: Client,
    sender: Option<Sender>,
    recipients: Vec<String>,
    commands: u32,
    mistakes: u32,
}

#[derive(PartialEq, Eq)]
enum Next {
    GoOn,
    Goodbye,
}

impl Conversation {
    async fn hold(&mut self, mut stop: watch::Receiver<bool>) -> io::Result<()> {
        self.greet().await?;
        loop {
            let deadline = Instant::now() + self.house.settings.pace.command;
            let line = tokio::select! {
                line = self.reader.line(deadline) => line,
                () = told(&mut stop) => return self.say("421 4.3.2 closing, try again later").await,
            };
            self.commands += 1;
            let limits = self.house.settings.limits;
            if self.commands > limits.commands || self.mistakes > limits.mistakes {
                return self.say("421 4.7.0 too much of this, try again later").await;
            }
            match line {
                Err(error) if error.kind() == io::ErrorKind::TimedOut => {
                    return self.say("421 4.4.2 that took too long").await;
                }
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
                Err(error) => return Err(error),
                Ok(Line::Odd) => {
                    self.mistakes += 1;
                    self.say("500 5.5.2 lines end in CRLF and are not that long").await?;
                }
                Ok(Line::Text(line)) => {
                    if self.answer(&line).await? == Next::Goodbye {
                        return Ok(());
                    }
                }
            }
        }
    }

    async fn greet(&mut self) -> io::Result<()> {
        let name = self.house.settings.name.clone();
        let kind = match self.house.settings.protocol {
            Protocol::Lmtp => "LMTP",
            Protocol::Smtp => "ESMTP",
        };
        self.say(&format!("220 {name} {kind}")).await
    }

    async fn answer(&mut self, line: &[u8]) -> io::Result<Next> {
        match command::parse(line, self.house.settings.protocol) {
            Ok(Command::Hello { name, extended }) => self.hello(name, extended).await?,
            Ok(Command::Mail(sender)) => self.mail(sender).await?,
            Ok(Command::Recipient(to)) => self.recipient(to).await?,
            Ok(Command::Data) => return self.data().await,
            Ok(Command::Reset) => {
                self.forget();
                self.say("250 2.0.0 ok").await?;
            }
            Ok(Command::Noop) => self.say("250 2.0.0 ok").await?,
            Ok(Command::Verify) => self.say("252 2.5.2 send it and see").await?,
            Ok(Command::Client(client)) => self.client(client).await?,
            Ok(Command::Forwarded(client)) => self.forwarded(client).await?,
            Ok(Command::Quit) => {
                self.say("221 2.0.0 goodbye").await?;
                return Ok(Next::Goodbye);
            }
            Err(mistake) => {
                self.mistakes += 1;
                self.say(match mistake {
                    Mistake::Unknown => "500 5.5.1 unknown command",
                    Mistake::Syntax => "501 5.5.4 that cannot be read",
                    Mistake::Parameter => "555 5.5.4 unknown parameter",
                })
                .await?;
            }
        }
        Ok(Next::GoOn)
    }

    async fn hello(&mut self, name: String, extended: bool) -> io::Result<()> {
        self.forget();
        self.hello = Some(name);
        let ours = self.house.settings.name.clone();
        if !extended {
            return self.say(&format!("250 {ours}")).await;
        }
        let size = self.house.settings.limits.bytes;
        self.say(&format!(
            "250-{ours}\r\n250-PIPELINING\r\n250-SIZE {size}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-XCLIENT ADDR HELO\r\n250-XFORWARD ADDR HELO\r\n250 ENHANCEDSTATUSCODES"
        ))
        .await
    }

    /// Only the MTA in front speaks to us, and it alone knows who spoke to it. The session begins anew.
    async fn client(&mut self, client: Client) -> io::Result<()> {
        if self.hello.is_none() || self.sender.is_some() {
            return self.out_of_order().await;
        }
        self.forget();
        (self.client, self.hello) = (client, None);
        self.greet().await
    }

    async fn forwarded(&mut self, client: Client) -> io::Result<()> {
        if self.hello.is_none() || self.sender.is_some() {
            return self.out_of_order().await;
        }
        self.forwarded.address = client.address.or(self.forwarded.address);
        self.forwarded.hello = client.hello.or(self.forwarded.hello.take());
        self.say("250 2.0.0 ok").await
    }

    fn came_from(&self) -> Option<super::Client> {
        let told = if self.forwarded.address.is_some() { &self.forwarded } else { &self.client };
        let hello = told.hello.clone().unwrap_or_default();
        told.address.map(|address| super::Client { address, hello })
    }

    async fn mail(&mut self, sender: Sender) -> io::Result<()> {
        if self.hello.is_none() || self.sender.is_some() {
            return self.out_of_order().await;
        }
        if sender.size.is_some_and(|size| size > self.house.settings.limits.bytes) {
            return self.say("552 5.3.4 too large").await;
        }
        self.sender = Some(sender);
        self.say("250 2.1.0 ok").await
    }

    async fn recipient(&mut self, to: String) -> io::Result<()> {
        let Some(sender) = &self.sender else { return self.out_of_order().await };
        if self.recipients.len() >= self.house.settings.limits.recipients {
            return self.say("452 4.5.3 too many recipients").await;
        }
        match self.house.reception.recipient(sender.from.as_deref(), &to).await {
            Admission::Welcome => {
                self.recipients.push(to);
                self.say("250 2.1.5 ok").await
            }
            Admission::Unknown => self.say("550 5.1.1 no such mailbox here").await,
            Admission::NotNow => self.say("451 4.3.0 try again later").await,
        }
    }

    async fn data(&mut self) -> io::Result<Next> {
        if self.recipients.is_empty() {
            self.out_of_order().await?;
            return Ok(Next::GoOn);
        }
        let (limits, pace) = (self.house.settings.limits, self.house.settings.pace);
        let declared = self.sender.as_ref().and_then(|sender| sender.size).unwrap_or(limits.bytes);
        // A message may be held to the size it was announced with, but mailers count line ends differently.
        let most = declared.saturating_add(declared / 8 + 1024).min(limits.bytes);
        let spill = self.house.settings.spill.clone();
        let in_memory = if spill.is_some() { most.min(2 * IN_MEMORY) } else { most };
        let room = self.house.memory.clone().acquire_many_owned(kilobytes(in_memory));
        let Ok(Ok(room)) = timeout(pace.command, room).await else {
            self.say("451 4.3.1 too much mail at once, try again later").await?;
            return Ok(Next::GoOn);
        };
        self.say("354 go on").await?;
        let ends = Instant::now() + pace.message;
        let body = match self.reader.message(most, spill.as_deref(), pace.piece, ends).await {
            Ok(body) => body,
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                self.answer_all("552 5.3.4 too large").await?;
                return Ok(Next::Goodbye);
            }
            Err(error) => return Err(error),
        };
        if body.too_large {
            self.answer_all("552 5.3.4 too large").await?;
        } else if body.bare_line_feed {
            // Somebody before us may have seen the end of a message where we see none.
            self.answer_all("550 5.6.11 a line feed without carriage return").await?;
        } else {
            let answers = self.keep(body.content).await;
            self.answer_each(&answers).await?;
        }
        drop(room);
        self.forget();
        Ok(Next::GoOn)
    }

    /// In a task of its own: a connection that ends does not end what is being written.
    async fn keep(&mut self, content: Content) -> Vec<Answer> {
        let delivery = Delivery {
            peer: self.peer.clone(),
            hello: self.hello.clone().unwrap_or_default(),
            client: self.came_from(),
            from: self.sender.as_ref().and_then(|sender| sender.from.clone()),
            recipients: self.recipients.clone(),
            content,
        };
        let reception = self.house.reception.clone();
        let kept = tokio::spawn(async move { reception.message(delivery).await }).await;
        let mut answers = kept.unwrap_or_default();
        // Whoever got no answer, as after a panic, is not said to have got their mail.
        answers.resize(self.recipients.len(), Answer::NotNow);
        answers
    }

    async fn answer_each(&mut self, answers: &[Answer]) -> io::Result<()> {
        match self.house.settings.protocol {
            Protocol::Lmtp => {
                let lines: Vec<&str> = answers.iter().map(|answer| words(*answer)).collect();
                self.say(&lines.join("\r\n")).await
            }
            Protocol::Smtp => self.say(words(together(answers))).await,
        }
    }

    async fn answer_all(&mut self, line: &str) -> io::Result<()> {
        let times = match self.house.settings.protocol {
            Protocol::Lmtp => self.recipients.len(),
            Protocol::Smtp => 1,
        };
        self.say(&vec![line; times].join("\r\n")).await
    }

    async fn out_of_order(&mut self) -> io::Result<()> {
        self.mistakes += 1;
        self.say("503 5.5.1 not now").await
    }

    fn forget(&mut self) {
        self.sender = None;
        self.forwarded = Client::default();
        self.recipients.clear();
    }

    async fn say(&mut self, lines: &str) -> io::Result<()> {
        let patience = self.house.settings.pace.command;
        let stream = self.reader.stream();
        let saying = async {
            stream.write_all(format!("{lines}\r\n").as_bytes()).await?;
            stream.flush().await
        };
        timeout(patience, saying).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }
}

/// One answer for all: again if anybody has to get it again, who has it already is known by the content.
fn together(answers: &[Answer]) -> Answer {
    if answers.contains(&Answer::NotNow) {
        Answer::NotNow
    } else if answers.contains(&Answer::Kept) {
        Answer::Kept
    } else {
        Answer::Refused
    }
}

fn words(answer: Answer) -> &'static str {
    match answer {
        Answer::Kept => "250 2.0.0 kept",
        Answer::NotNow => "451 4.3.0 not kept, try again later",
        Answer::Refused => "554 5.7.1 not taken",
    }
}
