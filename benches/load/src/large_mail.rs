//! Large mails, all at once, through the LMTP listener of a real server: how much memory that takes.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::mail::{ADDRESS, desk, inbox};
use crate::process::Server;

pub(crate) fn run(data: &Path, server: &Path, mails: usize, megabytes: usize) -> anyhow::Result<()> {
    anyhow::ensure!(!data.exists(), "{} is there already", data.display());
    std::fs::create_dir_all(data)?;
    let address = format!("sqlite:{}", data.join("throughline.sqlite").display());
    let made = desk(&address, &data.join("attachments"))?;
    inbox(&made)?;
    drop(made);
    let [web, lmtp] = [free()?, free()?];
    let folder = data.display().to_string();
    let arguments = ["serve", "--data", &folder, "--listen", &web, "--mail-listen", &lmtp];
    let server = Server::start(server, &arguments, &web)?;
    std::thread::sleep(Duration::from_secs(2));
    server.peak_megabytes()?;
    std::thread::sleep(Duration::from_millis(500));
    let idle = server.resident_megabytes()?;
    let (began, cpu) = (Instant::now(), server.cpu_milliseconds()?);
    let bringing: Vec<_> = (0..mails)
        .map(|number| {
            let lmtp = lmtp.clone();
            std::thread::spawn(move || bring(&lmtp, number, megabytes))
        })
        .collect();
    for bringing in bringing {
        bringing.join().map_err(|_| anyhow::anyhow!("a delivery ended unexpectedly"))??;
    }
    let taken = began.elapsed();
    let placed = placed(&address, mails)?;
    let peak = server.peak_megabytes()?;
    println!("| mails | MB each | idle MB | peak MB | above idle MB | taken s | placed s | CPU s |");
    println!("|---|---|---|---|---|---|---|---|");
    println!(
        "| {mails} | {megabytes} | {idle:.0} | {peak:.0} | {:.0} | {:.1} | {:.1} | {:.1} |",
        peak - idle,
        taken.as_secs_f64(),
        (taken + placed).as_secs_f64(),
        (server.cpu_milliseconds()? - cpu) / 1000.0
    );
    Ok(())
}

fn free() -> anyhow::Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

/// One mail with one file; when the server has no room for it, it comes again as a mail server would.
fn bring(address: &str, number: usize, megabytes: usize) -> anyhow::Result<()> {
    for _ in 0..100 {
        if brought(address, number, megabytes)? {
            return Ok(());
        }
        std::thread::sleep(Duration::from_secs(1));
    }
    anyhow::bail!("mail {number} was not taken")
}

fn brought(address: &str, number: usize, megabytes: usize) -> anyhow::Result<bool> {
    let mut stream = TcpStream::connect(address)?;
    let mut answers = BufReader::new(stream.try_clone()?);
    let mut said = move || -> anyhow::Result<String> {
        let mut line = String::new();
        loop {
            line.clear();
            answers.read_line(&mut line)?;
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(line.clone());
            }
        }
    };
    said()?;
    let size = megabytes * 1024 * 1024;
    for command in [
        "LHLO bench.example".to_owned(),
        format!("MAIL FROM:<kim{number}@customer.example> SIZE={size}"),
        format!("RCPT TO:<{ADDRESS}>"),
        "DATA".to_owned(),
    ] {
        stream.write_all(format!("{command}\r\n").as_bytes())?;
        let answer = said()?;
        if answer.starts_with('4') {
            return Ok(false);
        }
        anyhow::ensure!(answer.starts_with(['2', '3']), "{command}: {answer}");
    }
    let head = format!(
        "From: kim{number}@customer.example\r\nTo: {ADDRESS}\r\nSubject: large {number}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the file.\r\n--b\r\n\
         Content-Type: application/zip; name=\"{number}.zip\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    let line = format!("{}\r\n", "Ab9+".repeat(19));
    let piece = line.repeat(1000);
    for _ in 0..(size - head.len() - 1000) / piece.len() {
        stream.write_all(piece.as_bytes())?;
    }
    stream.write_all(format!("{number:04}\r\n--b--\r\n.\r\n").as_bytes())?;
    let answer = said()?;
    Ok(answer.starts_with('2'))
}

/// How long it takes until every mail is a message.
fn placed(address: &str, mails: usize) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let path = address.strip_prefix("sqlite:").context("a file")?;
    let database = rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    loop {
        let sql = "select count(*) from mail where state = 'done'";
        let done: i64 = database.query_row(sql, [], |row| row.get(0))?;
        if usize::try_from(done)? >= mails {
            return Ok(began.elapsed());
        }
        anyhow::ensure!(began.elapsed() < Duration::from_secs(120), "{done} of {mails} mails were placed");
        std::thread::sleep(Duration::from_millis(50));
    }
}
