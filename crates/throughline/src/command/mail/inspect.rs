//! `mail inspect`: one message a file.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use mail::Limits;
use mail::inspect::Inspection;
use serde::Serialize;

use crate::failure::Failure;
use crate::say;

#[derive(Serialize)]
struct Line<'a> {
    file: String,
    #[serde(flatten)]
    message: &'a Inspection,
}

pub(super) fn run(files: &[PathBuf], json: bool) -> Result<ExitCode, Failure> {
    let mut unread = Vec::new();
    say::write(|out| {
        for file in files {
            match std::fs::read(file) {
                Ok(raw) => {
                    let message = mail::inspect::message(&raw, &Limits::default());
                    if json { as_json(out, file, &message)? } else { as_text(out, file, &message)? }
                }
                Err(error) => unread.push(format!("{}: {error}", file.display())),
            }
        }
        Ok(())
    })?;
    if unread.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    Err(Failure::new(format!("not every file could be read: {}", unread.join("; "))))
}

fn as_json(out: &mut dyn Write, file: &Path, message: &Inspection) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, &Line { file: file.display().to_string(), message })?;
    writeln!(out)
}

fn as_text(out: &mut dyn Write, file: &Path, message: &Inspection) -> std::io::Result<()> {
    writeln!(out, "{}", file.display())?;
    let mut say = |name: &str, value: &str| -> std::io::Result<()> {
        if value.is_empty() { Ok(()) } else { writeln!(out, "  {name:<12}{}", printable(value)) }
    };
    say("from", &message.from.join(", "))?;
    say("to", &message.to.join(", "))?;
    say("subject", message.subject.as_deref().unwrap_or_default())?;
    say("id", message.message_id.as_deref().unwrap_or_default())?;
    say("automatic", message.automatic.unwrap_or_default())?;
    say("suspended", message.suspended.unwrap_or_default())?;
    for bounce in message.bounce.iter().flatten() {
        let recipient = bounce.recipient.as_deref().unwrap_or("somebody");
        let status = bounce.status.as_deref().unwrap_or("no code");
        say("bounce", &format!("{recipient}: {} ({status})", bounce.reason.as_str()))?;
    }
    for attached in &message.attachments {
        say("attachment", &format!("{} ({}, {} bytes)", attached.filename, attached.mime, attached.size))?;
    }
    for part in &message.other_parts {
        say("part", &format!("{} ({} bytes)", part.mime, part.size))?;
    }
    for line in message.visible_text.lines() {
        writeln!(out, "  | {}", printable(line))?;
    }
    Ok(())
}

/// A terminal obeys control signs; what strangers wrote must not steer it.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect()
}
