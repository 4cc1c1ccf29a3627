//! Progress of long work: a bar on a terminal, a plain line every few seconds elsewhere.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::say;

const PLAIN_EVERY: Duration = Duration::from_secs(5);

pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    what: &'static str,
    began: Instant,
    told: Instant,
    total: u64,
    done: u64,
}

impl Progress {
    /// `what` is counted, as in "events"; a total of 0 is not known.
    pub(crate) fn new(what: &'static str, total: u64) -> Self {
        let now = Instant::now();
        let bar = std::io::stderr().is_terminal().then(|| bar(what, total));
        Self { bar, what, began: now, told: now, total, done: 0 }
    }

    pub(crate) fn at(&mut self, done: u64, total: u64) {
        self.done = done;
        if let Some(bar) = &self.bar {
            if total != self.total {
                self.total = total;
                bar.set_length(total);
            }
            bar.set_position(done);
            return;
        }
        self.total = total;
        if self.told.elapsed() >= PLAIN_EVERY {
            self.told = Instant::now();
            say::aside(self.line());
        }
    }

    /// Takes the bar away and says how much was done in which time.
    pub(crate) fn finish(self) -> String {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        let seconds = self.began.elapsed().as_secs_f64();
        format!("{} {} in {seconds:.1} s ({:.0} a second)", self.done, self.what, rate(self.done, seconds))
    }

    fn line(&self) -> String {
        let seconds = self.began.elapsed().as_secs_f64();
        let rate = rate(self.done, seconds);
        let left = self.total.saturating_sub(self.done);
        let remaining = if rate > 0.0 && left > 0 {
            #[expect(clippy::cast_precision_loss, reason = "an estimate")]
            let seconds = left as f64 / rate;
            format!(", about {seconds:.0} s left")
        } else {
            String::new()
        };
        let of = if self.total > 0 { format!(" of {}", self.total) } else { String::new() };
        format!("{}{of} {} ({rate:.0} a second{remaining})", self.done, self.what)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rate is shown without decimals")]
fn rate(done: u64, seconds: f64) -> f64 {
    if seconds > 0.0 { done as f64 / seconds } else { 0.0 }
}

fn bar(what: &str, total: u64) -> ProgressBar {
    if total == 0 {
        let style = ProgressStyle::with_template(&format!("{{spinner}} {{pos}} {what}  {{per_sec}}"));
        return ProgressBar::new_spinner()
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    }
    let style = format!("{{bar:40}} {{pos}}/{{len}} {what}  {{per_sec}}  {{eta}} left");
    let style = ProgressStyle::with_template(&style).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total).with_style(style)
}
