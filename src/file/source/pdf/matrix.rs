//! Transformations of the plane (ISO 32000-1, 8.3.3).

/// `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix {
    pub a: f64,
    pub b: f64,
    pub c: f64,
    pub d: f64,
    pub e: f64,
    pub f: f64,
}

impl Matrix {
    pub(super) const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// The matrix of six numbers; `None` if there are fewer.
    pub(super) fn of(numbers: &[f64]) -> Option<Self> {
        let at = |at: usize| numbers.get(at).copied();
        Some(Self { a: at(0)?, b: at(1)?, c: at(2)?, d: at(3)?, e: at(4)?, f: at(5)? })
    }

    pub(super) fn translation(x: f64, y: f64) -> Self {
        Self { e: x, f: y, ..Self::IDENTITY }
    }

    /// First `self`, then `next`.
    pub(super) fn then(self, next: Self) -> Self {
        let (e, f) = next.apply(self.e, self.f);
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e,
            f,
        }
    }

    pub(super) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }
}
