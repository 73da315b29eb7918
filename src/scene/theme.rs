//! Colour themes, based on the palette of Okabe & Ito (2002/2008) and checked for contrast and
//! colour blindness.

use super::primitive::Color;
use crate::model::Stance;
use crate::named::Named;

/// Number of camps that have a tint of their own.
pub const CAMPS: usize = 6;

/// The built-in themes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    #[default]
    Light,
    Dark,
    Print,
}

impl Named for ThemeName {
    const ALL: &'static [Self] = &[Self::Light, Self::Dark, Self::Print];

    fn key(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Print => "print",
        }
    }

    fn hint(self) -> &'static str {
        if self == Self::Print { "Greyscale on white" } else { "" }
    }
}

impl From<ThemeName> for Theme {
    fn from(name: ThemeName) -> Self {
        match name {
            ThemeName::Light => Self::light(),
            ThemeName::Dark => Self::dark(),
            ThemeName::Print => Self::print(),
        }
    }
}

/// All colours of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// True if the background is dark.
    pub is_dark: bool,
    /// True if it has no colours.
    pub is_grey: bool,
    /// The background.
    pub ground: Color,
    /// Fill of actor shapes and of the legend.
    pub paper: Color,
    /// Names and outlines.
    pub ink: Color,
    /// Secondary text.
    pub muted: Color,
    /// Tethers and thin rules.
    pub rule: Color,
    /// Highlight of selected elements.
    pub accent: Color,
    /// Fill of notes on the map.
    pub note: Color,
    /// Their edges.
    pub note_edge: Color,
    hostile: Color,
    cooperative: Color,
    mixed: Color,
    neutral: Color,
    /// Tints of the camps.
    camps: [Color; CAMPS],
}

impl Theme {
    /// The light theme.
    #[must_use]
    pub fn light() -> Self {
        Self {
            is_dark: false,
            is_grey: false,
            ground: Color::rgb(0x00FB_FBF9),
            paper: Color::rgb(0x00FF_FFFF),
            ink: Color::rgb(0x001F_2430),
            muted: Color::rgb(0x0060_6570),
            rule: Color::rgb(0x00C4_C7CE),
            accent: Color::rgb(0x0025_63EB),
            note: Color::rgb(0x00FF_FBE6),
            note_edge: Color::rgb(0x00CF_C08A),
            hostile: Color::rgb(0x00D5_5E00),
            cooperative: Color::rgb(0x0000_72B2),
            mixed: Color::rgb(0x00CC_79A7),
            neutral: Color::rgb(0x006E_6E6E),
            camps: [0x00FF_E3A3, 0x00BF_E3FF, 0x00CB_EBC0, 0x00F3_CDE6, 0x00DD_D3F7, 0x00E3_DCCB]
                .map(Color::rgb),
        }
    }

    /// The dark theme.
    #[must_use]
    pub fn dark() -> Self {
        Self {
            is_dark: true,
            is_grey: false,
            ground: Color::rgb(0x001B_1B1B),
            paper: Color::rgb(0x0026_272A),
            ink: Color::rgb(0x00EC_EDEF),
            muted: Color::rgb(0x00A7_ABB3),
            rule: Color::rgb(0x0055_5961),
            accent: Color::rgb(0x0060_A5FA),
            note: Color::rgb(0x0038_3422),
            note_edge: Color::rgb(0x0080_764A),
            hostile: Color::rgb(0x00D5_5E00),
            cooperative: Color::rgb(0x0056_B4E9),
            mixed: Color::rgb(0x00CC_79A7),
            neutral: Color::rgb(0x00A0_A0A0),
            camps: [0x0063_4A00, 0x0012_4A70, 0x0022_5222, 0x0063_2A50, 0x0043_3476, 0x0050_4838]
                .map(Color::rgb),
        }
    }

    /// The greyscale theme, for printing. Badges tell the stances apart; the shades of grey only
    /// help.
    #[must_use]
    pub fn print() -> Self {
        Self {
            is_dark: false,
            is_grey: true,
            ground: Color::rgb(0x00FF_FFFF),
            paper: Color::rgb(0x00FF_FFFF),
            ink: Color::rgb(0x0000_0000),
            muted: Color::rgb(0x0050_5050),
            rule: Color::rgb(0x00B8_B8B8),
            accent: Color::rgb(0x0000_0000),
            note: Color::rgb(0x00FF_FFFF),
            note_edge: Color::rgb(0x0080_8080),
            hostile: Color::rgb(0x0014_1414),
            cooperative: Color::rgb(0x0062_6262),
            mixed: Color::rgb(0x008C_8C8C),
            neutral: Color::rgb(0x00B0_B0B0),
            camps: [0x00C8_C8C8, 0x00DE_DEDE, 0x00B4_B4B4, 0x00D3_D3D3, 0x00BE_BEBE, 0x00E8_E8E8]
                .map(Color::rgb),
        }
    }

    /// The fill of shapes of the actors of a camp, counted from 0. The seventh camp and later ones
    /// are filled like actors without a camp. The tints are so pale (on dark ground: so dark) that
    /// names and short labels are legible on them; in print they are greys.
    #[must_use]
    pub fn camp(&self, camp: u16) -> Color {
        self.camps.get(usize::from(camp)).copied().unwrap_or(self.paper)
    }

    /// The colour of lines from parts to their wholes, paler than that of neutral ties.
    #[must_use]
    pub fn tether(&self) -> Color {
        self.muted.over(self.ground, 0.7)
    }

    /// The colour of lines and badges of this stance.
    #[must_use]
    pub fn stance(&self, stance: Stance) -> Color {
        match stance {
            Stance::Hostile => self.hostile,
            Stance::Cooperative => self.cooperative,
            Stance::Mixed => self.mixed,
            Stance::Neutral => self.neutral,
        }
    }
}
