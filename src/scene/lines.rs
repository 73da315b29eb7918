//! The lines that are drawn for ties. A line joins two actors and stands for one or more ties
//! between them, or between actors that they stand for.

use crate::model::view::LineMode;

/// Up to this number of lines in view, each is drawn; of more, the ties in each pixel are counted.
pub const DRAWN_AT_MOST: usize = 2500;
use crate::model::{
    ActorIndex, LineIndex, Map, PerLine, PerRelation, Relation, RelationIndex, Stance, Status,
};

/// The ties of one stance in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strand {
    pub stance: Stance,
    /// The firmest status of its ties.
    pub status: Status,
    /// The strength of its strongest tie.
    pub strength: u8,
    /// Number of ties.
    pub count: u32,
    /// Number of ties that are reported.
    pub reported: u32,
    /// True if a directed tie points to the first, to the second end of the line.
    pub heads: [bool; 2],
}

/// How firm the ties of a line are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Firmness {
    /// All are reported.
    Reported,
    /// Some are reported.
    Mixed,
    /// None is reported.
    Unreported,
}

impl Strand {
    fn of(tie: &Relation, heads: [bool; 2]) -> Self {
        Self {
            stance: tie.stance,
            status: tie.status,
            strength: tie.strength.value(),
            count: 1,
            reported: u32::from(tie.status == Status::Reported),
            heads,
        }
    }

    fn add(&mut self, other: &Self) {
        self.status = self.status.min(other.status);
        self.strength = self.strength.max(other.strength);
        self.count += other.count;
        self.reported += other.reported;
        for (head, other) in self.heads.iter_mut().zip(other.heads) {
            *head |= other;
        }
    }

    /// How firm its ties are.
    #[must_use]
    pub fn firmness(&self) -> Firmness {
        match self.reported {
            0 => Firmness::Unreported,
            reported if reported == self.count => Firmness::Reported,
            _ => Firmness::Mixed,
        }
    }
}

/// A line between two actors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The actors that it joins, in the direction of its first tie; the same twice for a loop.
    pub ends: [ActorIndex; 2],
    /// The place of its ties in the list of all.
    first: u32,
    count: u32,
    /// Its ties by stance, in the order of the stances.
    strand: Strand,
    others: Box<[Strand]>,
}

impl Line {
    /// Its ties by stance: at least one entry, in the order of the stances.
    pub fn strands(&self) -> impl Iterator<Item = &Strand> + Clone {
        std::iter::once(&self.strand).chain(&self.others)
    }

    /// Number of ties.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count as usize
    }

    /// True if all its ties are forecasts or hypotheses.
    #[must_use]
    pub fn is_outlook(&self) -> bool {
        self.strands().all(|strand| strand.status.is_outlook())
    }

    /// The strength of its strongest tie.
    #[must_use]
    pub fn strength(&self) -> u8 {
        self.strands().map(|strand| strand.strength).max().unwrap_or(0)
    }

    /// The directions of its ties, between the names of its ends: `→`, `←` or `↔`.
    #[must_use]
    pub fn arrow(&self) -> &'static str {
        let is_at = |end: usize| self.strands().any(|strand| strand.heads[end]);
        match [is_at(0), is_at(1)] {
            [false, true] => "→",
            [true, false] => "←",
            [true, true] | [false, false] => "↔",
        }
    }

    /// The actor at the other end than `actor`.
    #[must_use]
    pub fn other_end(&self, actor: ActorIndex) -> ActorIndex {
        if self.ends[0] == actor { self.ends[1] } else { self.ends[0] }
    }
}

/// The lines of a picture, in the order of their first ties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    list: PerLine<Line>,
    /// The ties, line by line; those of one line are ascending.
    ties: Vec<RelationIndex>,
    /// For each relation its line; `None` if it is not drawn.
    line_of: PerRelation<Option<LineIndex>>,
}

/// Groups ties: those with equal keys belong to one line. The last number tells apart the ties that
/// have a line of their own.
type Key = (ActorIndex, ActorIndex, Option<Stance>, u32);

impl Lines {
    /// The lines for `ties`, which are ascending. `drawn` has the actor that is drawn for each
    /// actor; both ends of every tie are drawn. The ties in `expanded`, which are ascending, have
    /// lines of their own.
    #[must_use]
    pub fn of(
        map: &Map,
        ties: &[(RelationIndex, [ActorIndex; 2])],
        mode: LineMode,
        expanded: &[RelationIndex],
    ) -> Self {
        let key = |slot: usize, tie: RelationIndex, ends: &[ActorIndex; 2]| -> Key {
            let (low, high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
            let number = u32::try_from(slot + 1).unwrap_or(u32::MAX);
            let is_single = mode == LineMode::Ties || expanded.binary_search(&tie).is_ok();
            match mode {
                _ if is_single => (low, high, None, number),
                LineMode::Pairs => (low, high, None, 0),
                _ => (low, high, Some(map.relations[tie].stance), 0),
            }
        };
        let mut slots: Vec<(Key, u32)> = ties
            .iter()
            .enumerate()
            .map(|(slot, (tie, ends))| {
                (key(slot, *tie, ends), u32::try_from(slot).unwrap_or(u32::MAX))
            })
            .collect();
        if mode != LineMode::Ties {
            slots.sort_unstable();
            // Groups in the order of their first ties.
            let mut groups: Vec<&[(Key, u32)]> = slots.chunk_by(|a, b| a.0 == b.0).collect();
            groups.sort_unstable_by_key(|group| group.first().map(|(_, slot)| *slot));
            slots = groups.concat();
        }
        let mut lines = Self {
            list: PerLine::new(),
            ties: slots.iter().map(|(_, slot)| ties[*slot as usize].0).collect(),
            line_of: vec![None; map.relations.len()].into(),
        };
        let mut first = 0;
        for group in slots.chunk_by(|a, b| a.0 == b.0) {
            let members = group.iter().map(|(_, slot)| ties[*slot as usize]);
            let count = u32::try_from(group.len()).unwrap_or(u32::MAX);
            lines.add(map, members, first, count);
            first += count;
        }
        lines
    }

    fn add(
        &mut self,
        map: &Map,
        members: impl Iterator<Item = (RelationIndex, [ActorIndex; 2])>,
        first: u32,
        count: u32,
    ) {
        let index = self.list.next_key();
        let mut ends = None;
        let mut strands: Vec<Strand> = Vec::new();
        for (tie, tie_ends) in members {
            self.line_of[tie] = Some(index);
            let line_ends = *ends.get_or_insert(tie_ends);
            let relation = &map.relations[tie];
            let is_forward = line_ends == tie_ends;
            let heads = [relation.directed && !is_forward, relation.directed && is_forward];
            let strand = Strand::of(relation, heads);
            match strands.iter_mut().find(|known| known.stance == strand.stance) {
                Some(known) => known.add(&strand),
                None => strands.push(strand),
            }
        }
        strands.sort_unstable_by_key(|strand| strand.stance);
        let mut strands = strands.into_iter();
        if let (Some(ends), Some(strand)) = (ends, strands.next()) {
            let others = strands.collect();
            self.list.push(Line { ends, first, count, strand, others });
        }
    }

    /// The lines, in the order of their first ties.
    #[must_use]
    pub fn list(&self) -> &PerLine<Line> {
        &self.list
    }

    /// Number of lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// True if nothing is drawn.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// A line.
    #[must_use]
    pub fn get(&self, line: LineIndex) -> Option<&Line> {
        self.list.get(line)
    }

    /// The ties of a line, ascending; none if there is no such line.
    #[must_use]
    pub fn ties(&self, line: LineIndex) -> &[RelationIndex] {
        let range = |line: &Line| line.first as usize..(line.first + line.count) as usize;
        self.list.get(line).and_then(|line| self.ties.get(range(line))).unwrap_or_default()
    }

    /// The line of a tie; `None` if the tie is not drawn.
    #[must_use]
    pub fn line_of(&self, tie: RelationIndex) -> Option<LineIndex> {
        self.line_of.get(tie).copied().flatten()
    }

    /// Number of ties of each actor that is drawn; a loop counts once.
    #[must_use]
    pub fn degrees(&self, actors: usize) -> Vec<u32> {
        let mut degrees = vec![0; actors];
        for line in &self.list {
            let [from, to] = line.ends;
            degrees[from.get()] += line.count;
            if to != from {
                degrees[to.get()] += line.count;
            }
        }
        degrees
    }
}
