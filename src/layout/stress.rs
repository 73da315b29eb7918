//! Minimises stress by stochastic gradient descent: each step moves a pair of actors towards its
//! target distance (Zheng, Pawar and Goodman 2019). Small maps use all pairs; large maps use
//! neighbours and pivots (Ortmann, Klimenta and Brandes 2017).

use crate::analysis::graph::{Graph, Sign};
use crate::geometry::Point;
use crate::progress::{Cancelled, Progress};
use crate::random::Random;

/// A pair, its target distance, and one weight per end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub a: u32,
    pub b: u32,
    /// Target distance, in steps.
    pub length: f32,
    /// How strongly `a` is moved; 0 if it is not.
    pub weight_a: f32,
    /// How strongly `b` is moved; 0 if it is not.
    pub weight_b: f32,
}

/// All pairs of a graph, in compact form, so that iterating in random order stays in the cache.
/// Both ends have the same weight. Distance and weight come from a small table of pulls.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    /// Both ends, and an index in `pulls`.
    pairs: Vec<[u16; 3]>,
    /// Target distance and weight; the weight is 0 in unused entries.
    pulls: Vec<(f32, f32)>,
}

impl Pairs {
    fn of(count: usize) -> Self {
        Self { pairs: Vec::with_capacity(count * count.saturating_sub(1) / 2), pulls: Vec::new() }
    }

    fn add(&mut self, a: usize, b: usize, pull: u16, length: f32, weight: f32) {
        if self.pulls.len() <= usize::from(pull) {
            self.pulls.resize(usize::from(pull) + 1, (1.0, 0.0));
        }
        self.pulls[usize::from(pull)] = (length, weight);
        let short = |end: usize| u16::try_from(end).unwrap_or(u16::MAX);
        self.pairs.push([short(a), short(b), pull]);
    }

    /// As [`descend`].
    pub fn descend(
        &mut self,
        places: &mut [Point],
        is_fixed: &[bool],
        schedule: Schedule,
        random: &mut Random,
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        let Self { pairs, pulls } = self;
        let term = |[a, b, pull]: &[u16; 3]| {
            let (length, weight) = pulls[usize::from(*pull)];
            Term { a: u32::from(*a), b: u32::from(*b), length, weight_a: weight, weight_b: weight }
        };
        let weights = range(pulls.iter().map(|(_, weight)| *weight));
        run(pairs, term, weights, places, is_fixed, schedule, random, progress)
    }
}

/// Length and step sizes of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schedule {
    /// Rounds over all terms.
    pub rounds: u16,
    /// Share of the error that the last round corrects for the pair with the greatest weight.
    pub last_step: f32,
    /// Share of the error that the first round corrects for the pair with the least weight. 1, or
    /// less if the start is already good.
    pub first_step: f32,
}

/// Moves `places` towards the target distances of the terms, following the schedule. Actors that
/// are `is_fixed` stay in place.
pub(super) fn descend(
    terms: &mut [Term],
    places: &mut [Point],
    is_fixed: &[bool],
    schedule: Schedule,
    random: &mut Random,
    progress: &Progress,
) -> Result<(), Cancelled> {
    let weights = range(terms.iter().flat_map(|term| [term.weight_a, term.weight_b]));
    run(terms, |term| *term, weights, places, is_fixed, schedule, random, progress)
}

/// The least and the greatest of the positive weights.
fn range(weights: impl Iterator<Item = f32>) -> (f32, f32) {
    let counting = weights.filter(|weight| *weight > 0.0);
    counting.fold((f32::INFINITY, 0.0_f32), |(least, most), weight| {
        (least.min(weight), most.max(weight))
    })
}

#[expect(clippy::too_many_arguments, reason = "shared by both representations of pairs")]
fn run<T>(
    terms: &mut [T],
    of: impl Fn(&T) -> Term,
    weights: (f32, f32),
    places: &mut [Point],
    is_fixed: &[bool],
    schedule: Schedule,
    random: &mut Random,
    progress: &Progress,
) -> Result<(), Cancelled> {
    let (least, most) = weights;
    if most <= 0.0 {
        return Ok(());
    }
    let begin = schedule.first_step / least;
    let end = schedule.last_step / most;
    let rounds = f32::from(schedule.rounds.max(2) - 1);
    let decay = libm::logf(end / begin) / rounds;
    for round in 0..schedule.rounds {
        progress.check()?;
        let step = begin * libm::expf(decay * f32::from(round));
        random.shuffle(terms);
        for term in terms.iter().map(&of) {
            let a = term.a as usize;
            let b = term.b as usize;
            let way = places[a] - places[b];
            let distance = (way.x * way.x + way.y * way.y).sqrt().max(1e-9);
            let move_by = way * ((distance - term.length) * 0.5 / distance);
            if !is_fixed[a] {
                places[a] = places[a] - move_by * (term.weight_a * step).min(1.0);
            }
            if !is_fixed[b] {
                places[b] = places[b] + move_by * (term.weight_b * step).min(1.0);
            }
        }
    }
    Ok(())
}

/// All pairs of a connected graph. The target distance is the number of steps between the two.
pub(super) fn all_pairs(graph: &Graph) -> Pairs {
    let count = graph.len();
    let mut steps = vec![0; count];
    let mut queue = Vec::with_capacity(count);
    let mut terms = Pairs::of(count);
    for a in 0..count {
        graph.steps(a, &mut steps, &mut queue);
        for (b, steps) in steps.iter().enumerate().skip(a + 1) {
            let length = f32::from(*steps);
            terms.add(a, b, *steps, length, 1.0 / (length * length));
        }
    }
    terms
}

/// Target distance of friends, in steps.
const FRIENDS: f32 = 1.0;
/// Target distance of enemies, in steps.
const ENEMIES: f32 = 3.0;
/// Target distance of tied pairs that are neither or both, in steps.
const OTHERS: f32 = 2.0;
/// Weight of a pair without a tie, relative to a pair with a tie.
const UNTIED: f32 = 0.2;

/// Maximum target distance of actors without a tie in the same camp: that of friends of friends.
const SAME_CAMP: f32 = 2.0;
/// Target distance of actors without a tie in different camps. Greater than that of enemies, so
/// that camps do not merge.
const OTHER_CAMP: f32 = 6.0;

/// All pairs of a signed graph. The target distance depends on the tie; without a tie, it depends
/// on the camps, and the weight is a fifth.
pub(super) fn signed_pairs(graph: &Graph, camp: &[usize]) -> Pairs {
    let count = graph.len();
    let mut terms = Pairs::of(count);
    let mut lengths = vec![ENEMIES; count];
    let mut weights = vec![UNTIED; count];
    for a in 0..count {
        lengths.fill(ENEMIES);
        weights.fill(UNTIED);
        for (near, sign) in graph.links(a) {
            if *sign == Sign::Friend {
                for (far, _) in
                    graph.links(*near as usize).iter().filter(|(_, sign)| *sign == Sign::Friend)
                {
                    lengths[*far as usize] = 2.0 * FRIENDS;
                }
            }
        }
        for (b, sign) in graph.links(a) {
            weights[*b as usize] = 1.0;
            lengths[*b as usize] = match sign {
                Sign::Friend => FRIENDS,
                Sign::Enemy => ENEMIES,
                Sign::Other => OTHERS,
            };
        }
        for b in a + 1..count {
            let length = match (weights[b] < 1.0, camp[a] == camp[b]) {
                (false, _) => lengths[b],
                (true, true) => lengths[b].min(SAME_CAMP),
                (true, false) => OTHER_CAMP,
            };
            let is_tied = weights[b] >= 1.0;
            // The lengths are small whole numbers, so the pull can be derived from length and tie.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 6")]
            let pull = 2 * length as u16 + u16::from(is_tied);
            terms.add(a, b, pull, length, weights[b] / (length * length));
        }
    }
    terms
}

/// Terms for neighbours, and for every actor with each pivot. A pivot represents the actors of its
/// region: those that are nearer to it than to other pivots.
pub(super) fn with_pivots(graph: &Graph, pivots: &[usize], steps: &[Vec<u16>]) -> Vec<Term> {
    let count = graph.len();
    let mut region = vec![0_u32; count];
    for actor in 0..count {
        let nearest = (0..pivots.len()).min_by_key(|pivot| steps[*pivot][actor]).unwrap_or(0);
        region[actor] = number(nearest);
    }
    let mut terms: Vec<Term> = graph
        .pairs()
        .map(|(a, b, _)| Term {
            a: number(a),
            b: number(b),
            length: 1.0,
            weight_a: 1.0,
            weight_b: 1.0,
        })
        .collect();
    terms.reserve(count * pivots.len());
    for (pivot, at) in pivots.iter().enumerate() {
        // Number of actors of the pivot's region within each distance.
        let farthest = usize::from(
            steps[pivot].iter().copied().filter(|steps| *steps != u16::MAX).max().unwrap_or(0),
        );
        let mut within = vec![0_u32; farthest + 1];
        for actor in 0..count {
            if region[actor] as usize == pivot {
                within[usize::from(steps[pivot][actor]).min(farthest)] += 1;
            }
        }
        for distance in 1..=farthest {
            within[distance] += within[distance - 1];
        }
        for (actor, steps) in
            steps[pivot].iter().enumerate().filter(|(_, steps)| **steps > 1 && **steps != u16::MAX)
        {
            let length = f32::from(*steps);
            #[expect(clippy::cast_precision_loss, reason = "counts of actors")]
            let stands_for = within[usize::from(*steps) / 2] as f32;
            let weight = stands_for / (length * length);
            // The term moves only the actor. A pivot is moved by the terms of other pivots.
            terms.push(Term {
                a: number(actor),
                b: number(*at),
                length,
                weight_a: weight,
                weight_b: 0.0,
            });
        }
    }
    terms
}

/// An index as `u32`; saturates.
pub(super) fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Scales `places` so that the stress of the terms is least.
pub(super) fn rescale(terms: &[Term], places: &mut [Point]) {
    let mut meant = 0.0_f64;
    let mut drawn = 0.0_f64;
    for term in terms {
        let distance = (places[term.a as usize] - places[term.b as usize]).length();
        let weight = f64::from(term.weight_a.max(term.weight_b));
        meant += weight * f64::from(term.length) * f64::from(distance);
        drawn += weight * f64::from(distance) * f64::from(distance);
    }
    if drawn > 0.0 && meant > 0.0 {
        #[expect(clippy::cast_possible_truncation, reason = "a ratio")]
        let scale = (meant / drawn) as f32;
        for at in places {
            *at = *at * scale;
        }
    }
}

/// Moves all actors towards their target distances from randomly chosen sources, which change in
/// every round. Approximates the descent over all pairs for graphs with too many of them. `places`
/// must already be in units of one step.
pub(super) fn descend_sampled(
    graph: &Graph,
    places: &mut [Point],
    is_fixed: &[bool],
    schedule: Sampling,
    random: &mut Random,
    progress: &Progress,
) -> Result<(), Cancelled> {
    let count = graph.len();
    let mut steps = vec![0; count];
    let mut queue = Vec::with_capacity(count);
    let rounds = f32::from(schedule.rounds.max(2) - 1);
    let decay = libm::logf(schedule.last_step / schedule.first_step) / rounds;
    for round in 0..schedule.rounds {
        let step = schedule.first_step * libm::expf(decay * f32::from(round));
        for _ in 0..schedule.sources {
            progress.check()?;
            let source = random.below(number(count)) as usize;
            graph.steps(source, &mut steps, &mut queue);
            // The nearest first, in the order of the search. The source itself stays in place.
            for actor in queue.iter().skip(1).map(|actor| *actor as usize) {
                let length = f32::from(steps[actor]);
                let way = places[actor] - places[source];
                let distance = way.length().max(1e-9);
                let share = (step / (length * length)).min(1.0);
                if !is_fixed[actor] {
                    places[actor] = places[actor] - way * ((distance - length) * share / distance);
                }
            }
        }
    }
    Ok(())
}

/// Length and step sizes of a sampled run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sampling {
    pub rounds: u16,
    /// Sources per round.
    pub sources: u16,
    /// Share of the error that the first round corrects for an actor one step from the source.
    /// Shares greater than 1 count as 1.
    pub first_step: f32,
    /// The same for the last round.
    pub last_step: f32,
}

/// Stress of the terms at the best scale: 0 if all distances are met, about 1 if all actors are in
/// one position.
pub(super) fn of(terms: &[Term], places: &[Point]) -> f32 {
    let mut sum = 0.0_f64;
    let mut squares = 0.0_f64;
    let mut count = 0.0_f64;
    for term in terms {
        let ratio =
            f64::from((places[term.a as usize] - places[term.b as usize]).length() / term.length);
        sum += ratio;
        squares += ratio * ratio;
        count += 1.0;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a share")]
    let stress = if squares > 0.0 { (1.0 - sum * sum / (count * squares)) as f32 } else { 1.0 };
    stress
}
