//! The states of the Correlates of War by their numbers, which many data sets have in place of names.

use std::collections::HashMap;
use std::sync::LazyLock;

static STATES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../assets/presets/cow-states.json"))
        .unwrap_or_default()
});

/// The name of a state; empty if no state has this number.
pub(super) fn name(number: &str) -> &'static str {
    STATES.get(number).map_or("", String::as_str)
}

/// True for names of columns that hold numbers of states: `ccode1`, `gwno_a`.
pub(super) fn is_column(name: &str) -> bool {
    ["ccode", "gwno", "cowcode"].iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn numbers_of_states_have_names() {
        assert_eq!(name("2"), "United States");
        assert_eq!(name("770"), "Pakistan");
        assert_eq!(name("9999"), "");
    }
}
