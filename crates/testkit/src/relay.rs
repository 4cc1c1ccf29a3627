//! A mail server that fails where it is told to, and remembers what it took.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Where a server may fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    Greeting,
    Hello,
    Sender,
    Recipient,
    Data,
    /// In the middle of the message.
    Body,
    /// After the whole message: this server has it then, unless it says no.
    Dot,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Says(At, &'static str),
    /// The answer comes byte by byte.
    Drips(At),
    Drops(At),
    /// Nothing more is said, and the connection stays open.
    Hangs(At),
}

impl Fault {
    const fn at(self) -> At {
        match self {
            Self::Says(at, _) | Self::Drips(at) | Self::Drops(at) | Self::Hangs(at) => at,
        }
    }
}

#[derive(Default)]
struct Memory {
    /// Each is had once, in this order.
    faults: VecDeque<Fault>,
    /// Recipients that end like this are put off, every time.
    put_off: Option<&'static str>,
    taken: Vec<String>,
}

pub struct Relay {
    pub port: u16,
    memory: Arc<Mutex<Memory>>,
}

impl Relay {
    /// Listens on threads of its own for as long as the test runs.
    ///
    /// # Panics
    /// When nothing can be listened to here.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let memory = Arc::new(Mutex::new(Memory::default()));
        let own = Arc::clone(&memory);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let memory = Arc::clone(&own);
                std::thread::spawn(move || {
                    // Whoever hangs up in the middle is what these tests are about.
                    let _ = Talk { stream, memory: &memory }.run();
                });
            }
        });
        Self { port, memory }
    }

    fn memory<T>(&self, with: impl FnOnce(&mut Memory) -> T) -> T {
        with(&mut self.memory.lock().expect("no thread of the server panics"))
    }

    pub fn fails(&self, faults: impl IntoIterator<Item = Fault>) {
        self.memory(|memory| memory.faults.extend(faults));
    }

    /// Recipients that end like this are put off until it is said anew.
    pub fn puts_off(&self, ending: Option<&'static str>) {
        self.memory(|memory| memory.put_off = ending);
    }

    /// Every fault was had.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.memory(|memory| memory.faults.is_empty())
    }

    /// What it has, message by message.
    #[must_use]
    pub fn taken(&self) -> Vec<String> {
        self.memory(|memory| memory.taken.clone())
    }

    /// How often it has a message that says so.
    #[must_use]
    pub fn copies(&self, words: &str) -> usize {
        self.taken().iter().filter(|mail| mail.contains(words)).count()
    }
}

struct Talk<'a> {
    stream: TcpStream,
    memory: &'a Mutex<Memory>,
}

impl Talk<'_> {
    fn run(mut self) -> std::io::Result<()> {
        let mut heard = BufReader::new(self.stream.try_clone()?);
        if !self.answers(At::Greeting, "220 relay.test")? {
            return Ok(());
        }
        loop {
            let mut line = String::new();
            if heard.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let verb = line.to_ascii_uppercase();
            let goes_on = match verb.split([' ', '\r']).next().unwrap_or_default() {
                "EHLO" | "HELO" => self.answers(At::Hello, "250 relay.test")?,
                "MAIL" => self.answers(At::Sender, "250 ok")?,
                "RCPT" => self.recipient(&line)?,
                "DATA" => self.answers(At::Data, "354 go on")? && self.message(&mut heard)?,
                "QUIT" => return self.stream.write_all(b"221 bye\r\n"),
                _ => self.says("250 ok")?,
            };
            if !goes_on {
                return Ok(());
            }
        }
    }

    fn recipient(&mut self, line: &str) -> std::io::Result<bool> {
        let put_off = self.memory.lock().expect("no panic").put_off;
        match put_off {
            Some(ending) if line.contains(&format!("{ending}>")) => self.says("451 4.7.1 come back later"),
            _ => self.answers(At::Recipient, "250 ok"),
        }
    }

    /// Only after a yes to DATA is there a message.
    fn message(&mut self, heard: &mut impl BufRead) -> std::io::Result<bool> {
        let mut message = Vec::new();
        let breaks = self.fault(At::Body).is_some();
        while !message.ends_with(b"\r\n.\r\n") {
            if heard.read_until(b'\n', &mut message)? == 0 || breaks {
                return Ok(false);
            }
        }
        let fault = self.fault(At::Dot);
        if !matches!(fault, Some(Fault::Says(..))) {
            let text = String::from_utf8_lossy(&message).into_owned();
            self.memory.lock().expect("no panic").taken.push(text);
        }
        self.does(fault, "250 2.0.0 queued")
    }

    /// Whether the conversation goes on; after a no to DATA it does, without a message.
    fn answers(&mut self, at: At, usual: &str) -> std::io::Result<bool> {
        let fault = self.fault(at);
        let goes_on = self.does(fault, usual)?;
        Ok(goes_on && !(at == At::Data && matches!(fault, Some(Fault::Says(..)))))
    }

    fn does(&mut self, fault: Option<Fault>, usual: &str) -> std::io::Result<bool> {
        match fault {
            None => self.says(usual),
            Some(Fault::Says(_, line)) => Ok(self.says(line)? && !line.starts_with("421")),
            Some(Fault::Drips(_)) => {
                for byte in format!("{usual}\r\n").bytes() {
                    self.stream.write_all(&[byte])?;
                    std::thread::sleep(Duration::from_millis(2));
                }
                Ok(true)
            }
            Some(Fault::Drops(_)) => Ok(false),
            Some(Fault::Hangs(_)) => {
                // Until the other side has had enough.
                std::io::copy(&mut self.stream, &mut std::io::sink())?;
                Ok(false)
            }
        }
    }

    fn says(&mut self, line: &str) -> std::io::Result<bool> {
        self.stream.write_all(format!("{line}\r\n").as_bytes())?;
        Ok(true)
    }

    /// The next fault, if it is one of this place.
    fn fault(&self, at: At) -> Option<Fault> {
        let mut memory = self.memory.lock().expect("no panic");
        memory.faults.front().is_some_and(|fault| fault.at() == at).then(|| memory.faults.pop_front())?
    }
}
