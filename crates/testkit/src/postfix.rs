//! Debian's Postfix: takes mail by SMTP, and hands it on by LMTP to whoever a domain belongs to.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::daemon::{self, Daemon};
use crate::dovecot::Dovecot;

pub struct Postfix {
    // Before the folder, so that it is gone first.
    daemon: Daemon,
    folder: TempDir,
    /// SMTP, in the open and with STARTTLS. Passwords are asked for under TLS only, and are Dovecot's.
    pub port: u16,
    /// Vouches for `localhost`, in PEM form.
    pub certificate: String,
}

/// The domain whose mail is delivered to Dovecot.
pub const CUSTOMER: &str = "customer.test";
/// The domain whose mail is handed to the desk's own listener.
pub const DESK: &str = "desk.test";
/// The domain whose mail always bounces.
pub const NOBODY: &str = "nobody.test";

impl Postfix {
    /// `None`, with a word on standard error, when it cannot be had here.
    /// Mail for [`DESK`] goes by LMTP to `desk_port`, where nobody needs to listen yet.
    pub fn start(dovecot: &Dovecot, desk_port: u16) -> Option<Self> {
        let started = daemon::program("/usr/lib/postfix/sbin/master")
            .and_then(|program| start(&program, dovecot, desk_port));
        started.inspect_err(|cause| daemon::say_skipped(cause)).ok()
    }

    pub fn restart(&mut self) {
        self.daemon.run().expect("Postfix starts as it did before");
    }

    pub fn stop(&mut self) {
        self.daemon.stop();
    }

    /// What the server wrote down, for the message of a failed test.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

fn start(master: &Path, dovecot: &Dovecot, desk_port: u16) -> Result<Postfix, String> {
    let folder = daemon::folder("desk-postfix-")?;
    let [port] = daemon::free_ports()?;
    let (certificate, key) = daemon::identity()?;
    let path = folder.path();
    let config = path.join("config");
    for part in ["config", "spool", "lib"] {
        std::fs::create_dir(path.join(part)).map_err(|error| error.to_string())?;
    }
    daemon::write(&path.join("certificate"), &certificate)?;
    daemon::write(&path.join("key"), &key)?;
    daemon::write(&config.join("main.cf"), &settings(path, dovecot.auth_port))?;
    daemon::write(&config.join("master.cf"), &services(port))?;
    daemon::write(&config.join("transport"), &routes(dovecot.lmtp_port, desk_port))?;
    done(Command::new("chown").arg("postfix").arg(path.join("lib")))?;
    // Makes the queue's folders, and gives them to those who work in them.
    done(Command::new("/usr/sbin/postfix").arg("-c").arg(&config).arg("check"))?;
    let command = [&master.display().to_string(), "-c", &config.display().to_string(), "-d"];
    let daemon = Daemon::start(command.map(ToOwned::to_owned).to_vec(), port).map_err(|error| {
        format!("{error}: {}", std::fs::read_to_string(path.join("log")).unwrap_or_default())
    })?;
    Ok(Postfix { daemon, folder, port, certificate })
}

fn done(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr).trim()))
}

fn settings(folder: &Path, auth_port: u16) -> String {
    let folder = folder.display();
    format!(
        r"
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/lib
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = localhost
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
relay_domains = {CUSTOMER}, {DESK}, {NOBODY}
transport_maps = texthash:{folder}/config/transport
default_transport = error:5.4.4 mail leaves this machine for nobody
relay_transport = error:5.4.4 mail leaves this machine for nobody
disable_dns_lookups = yes
message_size_limit = 50000000
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
smtpd_tls_security_level = may
smtpd_tls_cert_file = {folder}/certificate
smtpd_tls_key_file = {folder}/key
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth_port}
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_client_connection_count_limit = 0
smtpd_reject_unlisted_recipient = no
local_header_rewrite_clients =
"
    )
}

fn routes(lmtp_port: u16, desk_port: u16) -> String {
    format!(
        "{CUSTOMER} lmtp:inet:127.0.0.1:{lmtp_port}\n{DESK} lmtp:inet:127.0.0.1:{desk_port}\n{NOBODY} error:5.1.1 no such mailbox\n"
    )
}

/// Nothing runs in a cage of its own: the folder has none of the files a cage needs.
fn services(port: u16) -> String {
    // The queue is looked at once a second, so that what a stopped server left is not forgotten.
    let mut text = format!("127.0.0.1:{port} inet n - n - - smtpd\nqmgr unix n - n 1 1 qmgr\n");
    for (name, kind, private, limit, program) in [
        ("pickup", "unix", "n", "1", "pickup"),
        ("cleanup", "unix", "n", "0", "cleanup"),
        ("tlsmgr", "unix", "-", "1", "tlsmgr"),
        ("rewrite", "unix", "-", "-", "trivial-rewrite"),
        ("bounce", "unix", "-", "0", "bounce"),
        ("defer", "unix", "-", "0", "bounce"),
        ("trace", "unix", "-", "0", "bounce"),
        ("flush", "unix", "n", "0", "flush"),
        ("proxymap", "unix", "-", "-", "proxymap"),
        ("error", "unix", "-", "-", "error"),
        ("retry", "unix", "-", "-", "error"),
        ("lmtp", "unix", "-", "-", "lmtp"),
        ("anvil", "unix", "-", "1", "anvil"),
        ("scache", "unix", "-", "1", "scache"),
        ("postlog", "unix-dgram", "n", "1", "postlogd"),
    ] {
        text.push_str(&format!("{name} {kind} {private} - n - {limit} {program}\n"));
    }
    text
}
