//! Validates the settings of a page.

use super::error::ExportError;
use super::page::{AREA_LIMIT_PX, Page, SIDE_LIMIT_PX};

/// Checks the size, scale and resolution of a page.
///
/// # Errors
/// `Size`, `Scale` or `Dpi` if the value is outside its limits.
pub fn check(page: &Page) -> Result<(), ExportError> {
    if !(10.0..=10_000.0).contains(&page.dpi) {
        return Err(ExportError::Dpi(page.dpi));
    }
    if !(0.1..=20.0).contains(&page.scale) {
        return Err(ExportError::Scale(page.scale));
    }
    let width = page.width_px;
    let height = page.height_px;
    let is_possible = |side: u32| (1..=SIDE_LIMIT_PX).contains(&side);
    if !is_possible(width)
        || !is_possible(height)
        || u64::from(width) * u64::from(height) > AREA_LIMIT_PX
    {
        return Err(ExportError::Size(width, height));
    }
    Ok(())
}
