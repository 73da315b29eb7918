//! Parsers for option values. The values come from the program's own tables, so a new row is a new
//! value.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::analysis::report::{ANALYSES, Analysis};
use crate::export::{FORMATS, Format};
use crate::layout::methods::{METHODS, Method};
use crate::model::Confidence;
use crate::named::Named;

/// Any value of a closed list.
pub(super) fn one_of<T: Named + Send + Sync>() -> impl TypedValueParser<Value = T> {
    let described = |value: &T| match value.hint() {
        "" => PossibleValue::new(value.key()),
        hint => PossibleValue::new(value.key()).help(hint),
    };
    let known: Vec<PossibleValue> = T::ALL.iter().map(described).collect();
    PossibleValuesParser::new(known).try_map(|key| T::from_key(&key).ok_or("no such value"))
}

/// A confidence, or `none` for ties without one.
pub(super) fn confidence_or_none() -> impl TypedValueParser<Value = Option<Confidence>> {
    let none = PossibleValue::new("none").help("Ties without a confidence");
    let known = Confidence::ALL.iter().map(|value| PossibleValue::new(value.key()));
    let known: Vec<PossibleValue> = known.chain([none]).collect();
    PossibleValuesParser::new(known).map(|key| Confidence::from_key(&key))
}

/// A layout method.
pub(super) fn method() -> impl TypedValueParser<Value = &'static Method> {
    let known = METHODS.iter().map(|method| PossibleValue::new(method.key).help(method.hint));
    PossibleValuesParser::new(known.collect::<Vec<_>>())
        .try_map(|key| Method::from_key(&key).ok_or("no such method"))
}

/// An analysis.
pub(super) fn analysis() -> impl TypedValueParser<Value = &'static Analysis> {
    let known = ANALYSES.iter().map(|one| PossibleValue::new(one.key).help(one.hint));
    PossibleValuesParser::new(known.collect::<Vec<_>>())
        .try_map(|key| Analysis::from_key(&key).ok_or("no such analysis"))
}

/// A picture format.
pub(super) fn format() -> impl TypedValueParser<Value = &'static Format> {
    let known = FORMATS.iter().map(|format| PossibleValue::new(format.extension).help(format.hint));
    PossibleValuesParser::new(known.collect::<Vec<_>>())
        .try_map(|key| Format::from_extension(&key).ok_or("no such format"))
}
