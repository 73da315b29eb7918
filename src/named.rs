//! Enums whose values have a key, for the command line, menus and files.

/// A closed list of values. Each has a key, used on the command line and in files.
pub trait Named: Copy + Sized + 'static {
    /// Every value, in the order of menus and help texts.
    const ALL: &'static [Self];

    /// The key of the value: lower case, no spaces.
    fn key(self) -> &'static str;

    /// A description for `--help`; empty if the key is self-explanatory.
    fn hint(self) -> &'static str {
        ""
    }

    /// The value with this key, ignoring ASCII case.
    #[must_use]
    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.key().eq_ignore_ascii_case(key))
    }
}
