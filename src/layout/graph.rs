//! Who is tied to whom, packed for walking: for each actor its neighbours side by side.

/// Ties without direction, several between one pair joined; nobody is tied to themselves.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Where each actor's neighbours begin; one more than there are actors.
    starts: Vec<u32>,
    /// Neighbour and sign of the tie.
    links: Vec<(u32, Sign)>,
}

/// What a pair's ties come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    Friend,
    Enemy,
    /// Neither, or both.
    Other,
}

impl Graph {
    /// Of `count` actors and pairs of them with a sign; pairs that name an actor beyond `count` are left out.
    #[must_use]
    pub fn new(count: usize, pairs: &[(usize, usize, Sign)]) -> Self {
        let mut all: Vec<(u32, u32, Sign)> = Vec::with_capacity(pairs.len() * 2);
        for (a, b, sign) in pairs.iter().filter(|(a, b, _)| a != b && *a < count && *b < count) {
            if let (Ok(a), Ok(b)) = (u32::try_from(*a), u32::try_from(*b)) {
                all.extend([(a, b, *sign), (b, a, *sign)]);
            }
        }
        all.sort_unstable();
        all.dedup();
        let mut starts = vec![0_u32; count + 1];
        let mut links: Vec<(u32, Sign)> = Vec::with_capacity(all.len());
        let mut last = None;
        for (from, to, sign) in all {
            if last == Some((from, to)) {
                // Friend and enemy at once.
                if let Some(link) = links.last_mut() {
                    link.1 = Sign::Other;
                }
                continue;
            }
            last = Some((from, to));
            links.push((to, sign));
            starts[from as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        Self { starts, links }
    }

    /// Number of actors.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// True where there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Neighbours of an actor, each once.
    #[must_use]
    pub fn links(&self, actor: usize) -> &[(u32, Sign)] {
        &self.links[self.starts[actor] as usize..self.starts[actor + 1] as usize]
    }

    /// Every pair once: lower actor, higher actor, sign.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize, Sign)> {
        let of = |from: usize| self.links(from).iter().map(move |(to, sign)| (from, *to as usize, *sign));
        (0..self.len()).flat_map(of).filter(|(from, to, _)| from < to)
    }

    /// The components, largest first, each in the order of its actors.
    #[must_use]
    pub fn components(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.len()];
        let mut components = Vec::new();
        for start in 0..self.len() {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            let mut component = vec![start];
            let mut next = 0;
            while let Some(actor) = component.get(next).copied() {
                next += 1;
                for (other, _) in self.links(actor) {
                    let other = *other as usize;
                    if !seen[other] {
                        seen[other] = true;
                        component.push(other);
                    }
                }
            }
            component.sort_unstable();
            components.push(component);
        }
        components.sort_by_key(|component| std::cmp::Reverse(component.len()));
        components
    }

    /// The graph of some of the actors, renumbered in their order.
    #[must_use]
    pub fn part(&self, actors: &[usize]) -> Self {
        if actors.len() == self.len() {
            return self.clone();
        }
        let mut place = vec![u32::MAX; self.len()];
        for (number, actor) in actors.iter().enumerate() {
            place[*actor] = u32::try_from(number).unwrap_or(u32::MAX);
        }
        let mut starts = Vec::with_capacity(actors.len() + 1);
        let mut links = Vec::new();
        starts.push(0);
        for actor in actors {
            let inside = self.links(*actor).iter().map(|(to, sign)| (place[*to as usize], *sign));
            links.extend(inside.filter(|(to, _)| *to != u32::MAX));
            starts.push(u32::try_from(links.len()).unwrap_or(u32::MAX));
        }
        Self { starts, links }
    }

    /// Steps from `source` to everybody; `u16::MAX` where no way leads. `queue` is only room to work in.
    pub fn steps(&self, source: usize, steps: &mut [u16], queue: &mut Vec<u32>) {
        steps.fill(u16::MAX);
        queue.clear();
        steps[source] = 0;
        queue.push(u32::try_from(source).unwrap_or(0));
        let mut next = 0;
        while let Some(actor) = queue.get(next).copied() {
            next += 1;
            let further = steps[actor as usize].saturating_add(1);
            for (other, _) in self.links(actor as usize) {
                if steps[*other as usize] == u16::MAX {
                    steps[*other as usize] = further;
                    queue.push(*other);
                }
            }
        }
    }
}

/// Numbers that look like chance and are the same for the same seed on every machine (Steele, Lea and Flood 2014:
/// `SplitMix64`).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, not including, `limit`.
    pub fn below(&mut self, limit: u32) -> u32 {
        // The upper half of a product spreads evenly (Lemire 2019).
        u32::try_from(((self.draw() >> 32) * u64::from(limit)) >> 32).unwrap_or(0)
    }

    /// From 0 up to, not including, 1.
    #[expect(clippy::cast_precision_loss, reason = "24 bits")]
    pub fn share(&mut self) -> f32 {
        (self.draw() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// Puts a list into an order of chance (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.below(u32::try_from(last + 1).unwrap_or(u32::MAX)) as usize;
            list.swap(last, other);
        }
    }
}
