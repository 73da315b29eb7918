//! What the panel shows if nothing is selected: a summary of the map.

use egui::{self, RichText, Ui};

use super::page::{Page, counts_in_words, heading};
use crate::model::Source;
use crate::scene::page::title;
use crate::text::visual;
use crate::ui::widgets::excerpt_card::chips;
use crate::ui::widgets::style::{bold, prose};
use crate::ui::widgets::words::census_words;

impl Page<'_> {
    pub(super) fn map_ui(&mut self, ui: &mut Ui) {
        let map = self.document.map();
        heading(ui, title::heading(map));
        if !map.meta.message.is_empty() && !map.meta.title.is_empty() {
            ui.label(visual(&map.meta.title));
        }
        let dated = map.meta.as_of.map(|date| format!("As of {}", date.long_words()));
        let written =
            (!map.meta.author.is_empty()).then(|| format!("by {}", visual(&map.meta.author)));
        let about: Vec<String> = dated.into_iter().chain(written).collect();
        if !about.is_empty() {
            ui.label(RichText::new(about.join(" · ")).weak());
        }
        if !map.meta.marking.is_empty() {
            chips(ui, [map.meta.marking.clone()]);
        }
        if !map.meta.caveat.is_empty() {
            ui.label(prose(ui, &map.meta.caveat, 13.0));
        }
        ui.separator();
        ui.label(census_words(self.document, self.shown));
        let stances = counts_in_words(self.shown.census().stances);
        if !stances.is_empty() {
            ui.label(RichText::new(stances).weak());
        }
        ui.separator();
        ui.label(
            RichText::new(if map.sources.len() == 1 { "Source" } else { "Sources" })
                .font(bold(13.0)),
        );
        if map.sources.is_empty() {
            ui.label(RichText::new("No sources yet.").weak());
        }
        for source in &map.sources {
            source_ui(ui, source);
        }
        if !map.actors.is_empty() {
            ui.separator();
            ui.label(RichText::new("Click an actor or line to see the evidence.").weak());
        }
    }
}

fn source_ui(ui: &mut Ui, source: &Source) {
    ui.label(visual(source.name()));
    let mut about: Vec<String> = Vec::new();
    if !source.author.is_empty() || !source.publisher.is_empty() {
        about.push(source.byline());
    }
    about.extend(source.date.map(crate::model::date::PartialDate::long_words));
    about.extend(source.reliability.as_ref().map(|code| format!("reliability {code}")));
    if !about.is_empty() {
        ui.label(RichText::new(about.join(" · ")).weak());
    }
    if let Some(url) =
        source.url.as_ref().filter(|url| url.starts_with("https://") || url.starts_with("http://"))
    {
        ui.hyperlink(url);
    }
}
