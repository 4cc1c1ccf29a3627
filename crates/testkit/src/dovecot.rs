//! Debian's Dovecot: mailboxes by IMAP, filled by LMTP or by hand.

use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;

use crate::daemon::{self, Daemon};

/// The password of every mailbox; a mailbox is there as soon as somebody asks for it.
pub const PASSWORD: &str = "correct-horse";

/// The user and group `mail` of every Debian.
const MAIL: u32 = 8;

pub struct Dovecot {
    // Before the folder, so that it is gone first.
    daemon: Daemon,
    folder: TempDir,
    /// IMAP, in the open and with STARTTLS.
    pub port: u16,
    pub tls_port: u16,
    pub lmtp_port: u16,
    /// Where Postfix asks about passwords.
    pub auth_port: u16,
    /// Vouches for `localhost`, in PEM form.
    pub certificate: String,
}

impl Dovecot {
    /// `None`, with a word on standard error, when it cannot be had here.
    pub fn start() -> Option<Self> {
        let started = daemon::program("/usr/sbin/dovecot").and_then(|program| start(&program));
        started.inspect_err(|cause| daemon::say_skipped(cause)).ok()
    }

    /// Stops and starts again, with everything as it was.
    pub fn restart(&mut self) {
        self.daemon.run().expect("Dovecot starts as it did before");
    }

    pub fn stop(&mut self) {
        self.daemon.stop();
    }

    /// Where the mails of a user lie. The user is what stands before the `@`.
    pub fn maildir(&self, user: &str) -> PathBuf {
        self.folder.path().join("mail").join(user)
    }

    /// Puts a mail into the inbox, as a delivery would.
    pub fn put(&self, user: &str, mail: &[u8]) {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let inbox = self.maildir(user);
        for part in ["", "cur", "new", "tmp"] {
            daemon::folder_of(&inbox.join(part), MAIL, MAIL).expect("a Maildir can be made");
        }
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("{number:08}.{}.localhost", std::process::id());
        let written = inbox.join("tmp").join(&name);
        std::fs::write(&written, mail).expect("a mail can be written");
        chown(&written, Some(MAIL), Some(MAIL)).expect("a mail can be given away");
        std::fs::rename(&written, inbox.join("new").join(&name)).expect("a mail can be delivered");
    }

    /// Gives all mails of a user other numbers, as after a restored backup: another UIDVALIDITY.
    pub fn renumber(&mut self, user: &str) {
        self.daemon.stop();
        let inbox = self.maildir(user);
        let list = inbox.join("dovecot-uidlist");
        let text = std::fs::read_to_string(&list).expect("the mailbox was opened before");
        let number =
            text.split_ascii_whitespace().find_map(|word| word.strip_prefix('V')?.parse::<u32>().ok());
        let number = number.expect("the list of uids begins with its validity");
        let fresh = text.replacen(&format!("V{number}"), &format!("V{}", number + 1), 1);
        std::fs::write(&list, fresh).expect("the list can be written");
        for entry in std::fs::read_dir(&inbox).expect("the inbox can be read").flatten() {
            if entry.file_name().to_string_lossy().starts_with("dovecot.index") {
                std::fs::remove_file(entry.path()).expect("an index can be removed");
            }
        }
        self.restart();
    }

    /// What the server wrote down, for the message of a failed test.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

fn start(program: &Path) -> Result<Dovecot, String> {
    let folder = daemon::folder("desk-dovecot-")?;
    let [port, tls_port, lmtp_port, auth_port] = daemon::free_ports()?;
    let (certificate, key) = daemon::identity()?;
    let path = folder.path();
    daemon::write(&path.join("certificate"), &certificate)?;
    daemon::write(&path.join("key"), &key)?;
    daemon::folder_of(&path.join("mail"), MAIL, MAIL)?;
    let config = path.join("config");
    daemon::write(&config, &settings(path, [port, tls_port, lmtp_port, auth_port]))?;
    let command = [&program.display().to_string(), "-F", "-c", &config.display().to_string()];
    let daemon = Daemon::start(command.map(ToOwned::to_owned).to_vec(), port).map_err(|error| {
        format!("{error}: {}", std::fs::read_to_string(path.join("log")).unwrap_or_default())
    })?;
    Ok(Dovecot { daemon, folder, port, tls_port, lmtp_port, auth_port, certificate })
}

fn settings(folder: &Path, [port, tls_port, lmtp_port, auth_port]: [u16; 4]) -> String {
    let folder = folder.display();
    format!(
        r#"
protocols = imap lmtp
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = yes
ssl_cert = <{folder}/certificate
ssl_key = <{folder}/key
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_username_format = %Ln
auth_failure_delay = 0
mail_location = maildir:{folder}/mail/%n
mail_max_userip_connections = 100
mailbox_idle_check_interval = 1 secs
first_valid_uid = 1
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={MAIL} gid={MAIL} home={folder}/mail/%n allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp_port}
  }}
}}
service auth {{
  inet_listener {{
    port = {auth_port}
  }}
}}
"#
    )
}
