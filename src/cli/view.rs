//! Command-line options for how a map is looked at. What they do not name is as saved with the map.

use clap::Args;

use super::filter::Wanted;
use super::values::one_of;
use crate::model::opening::{usual_lines, view_of};
use crate::model::view::{LineMode, Membership, Neighbourhood, SizeBy};
use crate::model::{ActorId, Map, RelationId, ViewSettings};

/// How a map is looked at.
#[derive(Clone, Debug, Default, PartialEq, Args)]
#[expect(clippy::struct_excessive_bools, reason = "one switch each on the command line")]
pub struct Look {
    /// What one line stands for
    #[arg(long, value_parser = one_of::<LineMode>())]
    pub lines: Option<LineMode>,
    /// How membership is drawn
    #[arg(long, value_parser = one_of::<Membership>())]
    pub part_of: Option<Membership>,
    /// What the size of a shape shows
    #[arg(long, value_parser = one_of::<SizeBy>())]
    pub size: Option<SizeBy>,
    /// Show forecasts and hypotheses
    #[arg(long)]
    pub forecasts: bool,
    /// Write the kind of each tie beside its line
    #[arg(long)]
    pub tie_labels: bool,
    /// Tint the shapes of actors by camp
    #[arg(long)]
    pub camps: bool,
    /// An actor that stands for its parts; can be repeated
    #[arg(long, value_name = "ID")]
    pub fold: Vec<String>,
    /// An actor or a tie to leave out; can be repeated
    #[arg(long, value_name = "ID")]
    pub hide: Vec<String>,
    /// Only the neighbourhood of this actor; can be repeated
    #[arg(long, value_name = "ID")]
    pub around: Vec<String>,
    /// How many steps along lines the neighbourhood extends
    #[arg(long, value_name = "1-9", default_value_t = 1, requires = "around")]
    #[arg(value_parser = clap::value_parser!(u8).range(1..=9))]
    pub steps: u8,
    /// Ignore the view that is saved with the map
    #[arg(long)]
    pub whole: bool,
}

impl Look {
    /// True if an option was given.
    #[must_use]
    pub fn is_given(&self) -> bool {
        // The number of steps matters only around an actor, and has a default of its own.
        *self != Self { steps: self.steps, ..Self::default() }
    }

    /// The settings for these options and this filter.
    ///
    /// # Errors
    /// If an id is not in the map, or an actor to fold has no parts.
    pub fn settings(&self, map: &Map, filter: &Wanted) -> Result<ViewSettings, String> {
        let mut settings = if self.whole {
            ViewSettings { lines: Some(usual_lines(map)), ..ViewSettings::default() }
        } else {
            view_of(map)
        };
        settings.lines = self.lines.or(settings.lines);
        settings.membership = self.part_of.unwrap_or(settings.membership);
        settings.size = self.size.unwrap_or(settings.size);
        settings.kinds |= self.tie_labels;
        settings.camps |= self.camps;
        if self.forecasts || filter.is_outlook() {
            settings.set_outlook(true);
        }
        if !filter.is_empty() {
            settings.filter = filter.filter(map);
        }
        let is_actor = |id: &str| map.actors.iter().any(|actor| actor.id.as_str() == id);
        let is_tie = |id: &str| map.relations.iter().any(|tie| tie.id.as_str() == id);
        let actor = |option: &str, id: &String| {
            let known = is_actor(id).then(|| ActorId::from(id.as_str()));
            known.ok_or_else(|| format!("--{option} {id}: no actor of the map has this id"))
        };
        for id in &self.fold {
            let whole = actor("fold", id)?;
            if !map.actors.iter().any(|actor| actor.part_of.as_deref() == Some(&whole)) {
                return Err(format!("--fold {id}: no actor of the map is part of this one"));
            }
            settings.folded.insert(whole);
        }
        for id in &self.hide {
            if is_actor(id) {
                settings.hidden_actors.insert(ActorId::from(id.as_str()));
            } else if is_tie(id) {
                settings.hidden_ties.insert(RelationId::from(id.as_str()));
            } else {
                return Err(format!("--hide {id}: no actor and no tie of the map has this id"));
            }
        }
        if !self.around.is_empty() {
            let actors = self.around.iter().map(|id| actor("around", id));
            let actors = actors.collect::<Result<_, String>>()?;
            settings.around = Some(Neighbourhood { actors, steps: self.steps });
        }
        Ok(settings)
    }
}
