//! How strong a count of ties is drawn.
//!
//! Half of the strength is the logarithm of the count, half is the share of cells that no more ties
//! pass (histogram equalisation, as `eq_hist` of datashader does). Equalisation alone would make
//! hardly different counts look very different where most cells have the same; the logarithm alone
//! would leave most of a picture pale.

use std::ops::Range;

use super::counts::Counts;

/// Counts from here on have the same strength.
const MOST: usize = 65_535;

/// How strong each count of ties is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tones {
    /// By count, from 0 to the highest: 0 to 1. Empty if no tie passes any cell.
    strengths: Vec<f32>,
}

impl Tones {
    /// The strengths for the counts in these columns and rows.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "numbers of cells")]
    pub fn of(counts: &Counts, [columns, rows]: [Range<usize>; 2]) -> Self {
        let mut cells: Vec<u32> = Vec::new();
        for row in rows.map(|row| counts.row(row)) {
            for column in columns.clone() {
                let here = row.map(|plane| plane.get(column).copied().unwrap_or(0));
                let total = total(here) as usize;
                if total > 0 {
                    let total = total.min(MOST);
                    if cells.len() <= total {
                        cells.resize(total + 1, 0);
                    }
                    cells[total] += 1;
                }
            }
        }
        let all: u32 = cells.iter().sum();
        // The lowest count has no strength by equalisation, the highest has all of it.
        let lowest = cells.iter().copied().find(|cells| *cells > 0).unwrap_or(0);
        let above = (all - lowest).max(1) as f32;
        let log_most = (cells.len().max(2) as f32).ln();
        let mut below = 0;
        let strength = |(count, cells): (usize, &u32)| {
            below += cells;
            let equalised = below.saturating_sub(lowest) as f32 / above;
            // ln(count + 1) relative to that of the highest count, 0 for a single tie.
            let single = 2.0_f32.ln();
            let log = ((count as f32 + 1.0).ln() - single) / (log_most - single).max(f32::EPSILON);
            if count == 0 { 0.0 } else { (0.5 * (equalised + log)).clamp(0.0, 1.0) }
        };
        Self { strengths: cells.iter().enumerate().map(strength).collect() }
    }

    /// The strength of a count, 0 to 1: 0 for a single tie if other cells have more.
    #[must_use]
    pub fn strength(&self, count: u32) -> f32 {
        let at = (count as usize).min(self.strengths.len().saturating_sub(1));
        self.strengths.get(at).copied().unwrap_or(0.0)
    }

    /// The highest count; up to 65,535.
    #[must_use]
    pub fn most(&self) -> u32 {
        u32::try_from(self.strengths.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }
}

/// All ties of a cell.
#[must_use]
pub fn total(counts: [u32; 4]) -> u32 {
    counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
}
