//! A name server in memory: TXT and A records, and for every other question "there is no such name".

use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::UdpSocket;

/// Names and what is said of them: a TXT record, or an address when it reads as one.
pub(super) async fn serve(records: &[(&str, &str)]) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let here = socket.local_addr().unwrap();
    let records: Vec<(String, String)> =
        records.iter().map(|(name, said)| ((*name).to_owned(), (*said).to_owned())).collect();
    tokio::spawn(async move {
        let mut question = [0; 1500];
        while let Ok((length, asker)) = socket.recv_from(&mut question).await {
            let _ = socket.send_to(&answer(&question[..length], &records), asker).await;
        }
    });
    here
}

fn answer(question: &[u8], records: &[(String, String)]) -> Vec<u8> {
    let (name, end) = name(question);
    let kind = u16::from_be_bytes([question[end], question[end + 1]]);
    let known = records.iter().any(|(one, _)| *one == name);
    let data: Vec<Vec<u8>> = records
        .iter()
        .filter(|(one, _)| *one == name)
        .filter_map(|(_, said)| match (kind, said.parse::<Ipv4Addr>()) {
            (1, Ok(address)) => Some(address.octets().to_vec()),
            (16, Err(_)) => Some(strings(said)),
            _ => None,
        })
        .collect();
    let code = if known { 0x80 } else { 0x83 };
    let mut reply = question[..2].to_vec();
    reply.extend([0x85, code, 0, 1, 0, data.len() as u8, 0, 0, 0, 0]);
    reply.extend(&question[12..end + 4]);
    for one in data {
        reply.extend([0xC0, 12]);
        reply.extend(kind.to_be_bytes());
        reply.extend([0, 1, 0, 0, 0, 60]);
        reply.extend((one.len() as u16).to_be_bytes());
        reply.extend(one);
    }
    reply
}

/// The name asked for, without the last dot, and where it ends.
fn name(question: &[u8]) -> (String, usize) {
    let mut labels = Vec::new();
    let mut at = 12;
    while question[at] != 0 {
        let length = usize::from(question[at]);
        labels.push(String::from_utf8_lossy(&question[at + 1..=at + length]).to_lowercase());
        at += 1 + length;
    }
    (labels.join("."), at + 1)
}

/// A TXT record holds strings of at most 255 bytes.
fn strings(said: &str) -> Vec<u8> {
    said.as_bytes().chunks(255).flat_map(|one| [&[one.len() as u8], one].concat()).collect()
}
