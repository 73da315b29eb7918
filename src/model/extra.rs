//! Keys that are unknown in this version of the format. They are kept in order and written back.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

type Keys = serde_json::Map<String, serde_json::Value>;

static NONE: LazyLock<Keys> = LazyLock::new(Keys::new);

/// Unknown keys with their values. Optional and boxed, because few objects have any.
#[derive(Clone, Debug, Default)]
pub struct Extra(Option<Box<Keys>>);

impl Extra {
    /// No keys.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }
}

impl Deref for Extra {
    type Target = Keys;

    fn deref(&self) -> &Keys {
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for Extra {
    fn deref_mut(&mut self) -> &mut Keys {
        self.0.get_or_insert_default()
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

/// Allocates only if there is a key.
struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Extra;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Extra, A::Error> {
        let mut extra = Extra::new();
        while let Some((key, value)) = entries.next_entry()? {
            extra.insert(key, value);
        }
        Ok(extra)
    }
}

impl JsonSchema for Extra {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Keys::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Keys::json_schema(generator)
    }

    fn inline_schema() -> bool {
        Keys::inline_schema()
    }
}
