//! Closed lists whose values have a name: for the command line, menus and files.

/// A closed list of values. Each has a key that users type and files hold.
pub trait Named: Copy + Sized + 'static {
    /// Every value, in the order in which they are offered.
    const ALL: &'static [Self];

    /// The name of the value: lower case, no spaces.
    fn key(self) -> &'static str;

    /// What the value means, for `--help`; empty where the key says it.
    fn hint(self) -> &'static str {
        ""
    }

    /// The value with this key, upper or lower case.
    #[must_use]
    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.key().eq_ignore_ascii_case(key))
    }
}
