use super::decode;

#[test]
fn in_10_encoded_words_are_read_as_mailers_write_them() {
    for (written, read) in [
        ("=?utf-8?q?caf=C3=A9?=", "café"),
        ("=?UTF-8*de?Q?caf=C3=A9?=", "café"),
        ("=?utf8?B?Y2Fmw6k?=", "café"),
        ("=?iso-8859-1?Q?a_b=20c?= d", "a b c d"),
        ("=?utf-8?Q?a?=\t=?utf-8?Q?b?=", "ab"),
        ("=?utf-8?Q?a?= x =?utf-8?Q?b?=", "a x b"),
        ("=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"),
        ("(=?utf-8?Q?a?=)", "(a)"),
        ("\"=?utf-8?Q?a?=\" b", "\"a\" b"),
        ("=?utf-8?B?4oI=?= =?utf-8?B?rA==?=", "€"),
        ("=?gb2312?B?1tDOxA==?=", "中文"),
        ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        ("=?koi8-r?B?8NLJ18XU?=", "Привет"),
        ("=?windows-1251?Q?=CF=F0=E8=E2=E5=F2?=", "Привет"),
        ("=?ks_c_5601-1987?B?x9GxuQ==?=", "한국"),
        ("=?cp1252?Q?=80?=", "€"),
        ("=?no-such-charset?Q?plain?=", "plain"),
        ("=?utf-8?Q?Is_this_it??=", "Is this it?"),
        ("=?iso-8859-1?Q?Fröhlich_=FCber?= all", "Fröhlich über all"),
        ("=?utf-8?X?a?=", "=?utf-8?X?a?="),
        ("=?utf-8?Q?never ends", "=?utf-8?Q?never ends"),
        ("a =? b ?= c", "a =? b ?= c"),
        ("=?=?utf-8?Q?a?=", "=?a"),
        ("=??Q?a?=", "=??Q?a?="),
        ("", ""),
    ] {
        assert_eq!(decode(written), read, "{written}");
    }
}

#[test]
fn in_10_openings_without_an_end_stay_as_they_are() {
    for opening in ["=?", "=?a", "=?a?Q?x", "=?a?Q?b?c"] {
        let many = opening.repeat(20_000);
        assert!(decode(&many) == many, "{opening}");
    }
}
