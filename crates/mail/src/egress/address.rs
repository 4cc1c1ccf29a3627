//! Which addresses belong to the world, which to the own network, and which to nobody we should talk to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address that anybody on the internet could reach (IANA special-purpose registries, RFC 6890).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => v4_is_public(address),
        IpAddr::V6(address) => v6_is_public(address),
    }
}

/// An address of this machine or of a private network. Link-local ones are not: behind them sit the services
/// that hand out a cloud machine's credentials.
pub fn is_inside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => v4_is_inside(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => v4_is_inside(mapped),
            None => address.is_loopback() || address.segments()[0] & 0xfe00 == 0xfc00,
        },
    }
}

fn v4_is_inside(address: Ipv4Addr) -> bool {
    address.is_loopback() || address.is_private() || within(address, [100, 64, 0, 0], 10)
}

/// Ranges of IPv4 that are not the public internet.
const V4_SPECIAL: [([u8; 4], u32); 15] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

fn v4_is_public(address: Ipv4Addr) -> bool {
    !V4_SPECIAL.iter().any(|(network, bits)| within(address, *network, *bits))
}

fn within(address: Ipv4Addr, network: [u8; 4], bits: u32) -> bool {
    let mask = u32::MAX << (32 - bits);
    address.to_bits() & mask == u32::from_be_bytes(network) & mask
}

fn v6_is_public(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let low = Ipv4Addr::from_bits(u32::from(parts[6]) << 16 | u32::from(parts[7]));
    match parts {
        // NAT64 leads to the IPv4 address at its end.
        [0x64, 0xff9b, 0, 0, 0, 0, _, _] => v4_is_public(low),
        // 6to4 leads to the one after its prefix.
        [0x2002, high, next, ..] => {
            v4_is_public(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(next)))
        }
        // Teredo and the other protocol assignments, documentation.
        [0x2001, second, ..] if second < 0x0200 || second == 0x0db8 => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        // Everything that was ever given out as global lies in 2000::/3. An IPv4 address written as IPv6 does
        // not, and is refused rather than understood.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}
