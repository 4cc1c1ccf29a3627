//! How many ordinary mails of 5 to 20 kB are understood in a second.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use mail::{Limits, inspect, parse};

/// A reply with text, page, quoted history and a small attachment, of about `kilobytes`.
fn mail(kilobytes: usize) -> Vec<u8> {
    let words = "The printer on the third floor shows an error since Monday, and nobody knows why. ";
    let quoted = format!("> {words}\r\n").repeat(kilobytes * 2);
    let page = format!("<p>{words}</p>").repeat(kilobytes * 2);
    let attachment =
        "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3ODkr\r\n"
            .repeat(kilobytes * 4);
    format!(
        "Received: from mx.example.net by mx.example.org; Mon, 1 Jan 2024 00:00:00 +0000\r\n\
         From: Kim =?utf-8?Q?=C3=96zt=C3=BCrk?= <kim@example.net>\r\nTo: help@example.org\r\n\
         Subject: =?utf-8?B?RHJ1Y2tlciDDpMO2w7w=?=\r\nDate: Mon, 1 Jan 2024 00:00:00 +0000\r\n\
         Message-ID: <one@example.net>\r\nIn-Reply-To: <zero@example.org>\r\nReferences: <a@b> <zero@example.org>\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n\
         --m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
         --a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n\r\n\
         On Mon, Jan 1, 2024 at 10:00 AM, Help <help@example.org> wrote:\r\n\r\n{quoted}\r\n-- \r\nKim\r\n\
         --a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>{page}</body></html>\r\n--a--\r\n\
         --m\r\nContent-Type: image/png; name=screen.png\r\nContent-Transfer-Encoding: base64\r\n\r\n{attachment}\r\n--m--\r\n"
    )
    .into_bytes()
}

fn throughput(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    for kilobytes in [5, 10, 20] {
        let raw = mail(kilobytes * 5 / 4);
        group.throughput(Throughput::Bytes(raw.len() as u64));
        group.bench_function(format!("{} bytes", raw.len()), |bencher| {
            bencher.iter_batched(
                || raw.clone(),
                |raw| parse::message(&raw, &Limits::default()),
                BatchSize::SmallInput,
            );
        });
    }
    let raw = mail(10 * 5 / 4);
    group.bench_function("inspect", |bencher| bencher.iter(|| inspect::message(&raw, &Limits::default())));
    group.finish();
}

criterion_group!(benches, throughput);
criterion_main!(benches);
