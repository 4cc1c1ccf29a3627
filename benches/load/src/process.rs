//! A server as a process of its own, stopped by its own id, and the processor time it used.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::Context;

/// A running server.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    /// Starts a program and waits until its address accepts connections.
    pub(crate) fn start(program: &Path, arguments: &[&str], address: &str) -> anyhow::Result<Self> {
        let mut child = Command::new(program)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .with_context(|| format!("{} could not be started", program.display()))?;
        let output = child.stdout.take().context("the server's output")?;
        std::thread::spawn(move || BufReader::new(output).lines().map_while(Result::ok).for_each(drop));
        let server = Self { child, address: address.to_owned() };
        for _ in 0..600 {
            if std::net::TcpStream::connect(address).is_ok() {
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        anyhow::bail!("{} did not listen on {address} within 30 s", program.display())
    }

    /// Processor time of the process so far, user and system, in milliseconds.
    pub(crate) fn cpu_milliseconds(&self) -> anyhow::Result<f64> {
        cpu_milliseconds(&self.child.id().to_string())
    }

    /// The most memory that was in use since the last call, in megabytes.
    pub(crate) fn peak_megabytes(&self) -> anyhow::Result<f64> {
        let peak = self.status("VmHWM:")?;
        std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5")?;
        Ok(peak)
    }

    /// Memory that is really in use, in megabytes.
    pub(crate) fn resident_megabytes(&self) -> anyhow::Result<f64> {
        self.status("VmRSS:")
    }

    fn status(&self, name: &str) -> anyhow::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with(name)).context("the process's memory")?;
        let kilobytes: f64 = line.split_whitespace().nth(1).context("a number")?.parse()?;
        Ok(kilobytes / 1024.0)
    }
}

/// Processor time of a process, or of `self`, in milliseconds.
pub(crate) fn cpu_milliseconds(process: &str) -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let after_name = stat.rsplit_once(')').context("the process's name")?.1;
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks: f64 = fields[11].parse::<f64>()? + fields[12].parse::<f64>()?;
    // The kernel counts in hundredths of a second for user programs.
    Ok(ticks * 10.0)
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
