//! Takes the key and the value out of an XES attribute element.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

pub(super) struct Attribute<'a> {
    pub(super) key: Cow<'a, str>,
    pub(super) value: Cow<'a, str>,
}

/// Only the five entities of XML itself and character references are resolved, once: a document
/// type cannot make a text grow.
pub(super) fn attribute<'a>(tag: &'a BytesStart<'_>) -> Result<Attribute<'a>, String> {
    let mut key = None;
    let mut value = Cow::Borrowed("");
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|cause| cause.to_string())?;
        let target = match attribute.key.as_ref() {
            "key" => key.insert(Cow::Borrowed("")),
            "value" => &mut value,
            _ => continue,
        };
        *target = match attribute.value.contains(['&', '\n', '\r', '\t']) {
            true => attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|cause| cause.to_string())?,
            false => attribute.value,
        };
    }
    let Some(key) = key else {
        return Err(format!("<{}> has no key", tag.name().as_ref()));
    };
    Ok(Attribute { key, value })
}
