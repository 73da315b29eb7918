//! Seeded pseudo-random numbers: the same seed gives the same numbers on every machine.

/// A seeded generator (Steele, Lea and Flood 2014: `SplitMix64`).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator that starts from `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 random bits.
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A random integer in `0..limit`.
    pub fn below(&mut self, limit: u32) -> u32 {
        // The upper half of the product is evenly distributed (Lemire 2019).
        u32::try_from(((self.draw() >> 32) * u64::from(limit)) >> 32).unwrap_or(0)
    }

    /// A random number from 0 to 1, excluding 1, with a resolution of 24 bits.
    #[expect(clippy::cast_precision_loss, reason = "24 bits")]
    pub fn share(&mut self) -> f32 {
        (self.draw() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// Shuffles a list in place (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.below(u32::try_from(last + 1).unwrap_or(u32::MAX)) as usize;
            list.swap(last, other);
        }
    }
}
