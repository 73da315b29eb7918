//! The sections of the menus, and how menus and the page of shortcuts are made of them.

/// A section of a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Menu(u8);

impl Menu {
    pub const FILE: Self = Self(0);
    pub const EDIT: Self = Self(1);
    pub const VIEW: Self = Self(2);
    pub const FIND: Self = Self(3);
    pub const QUIT: Self = Self(4);
    /// The submenu below the file section.
    pub const PICTURE: Self = Self(5);
    pub const ALIGN: Self = Self(6);
    pub const SPREAD: Self = Self(7);
    pub const TURN: Self = Self(8);
    /// Automatic layouts, and pinning.
    pub const PLACE: Self = Self(9);
    pub const SNAP: Self = Self(10);
    /// What one line stands for.
    pub const LINES: Self = Self(11);
    pub const FOLD: Self = Self(12);
    pub const HIDE: Self = Self(13);
    /// Colour and size of shapes.
    pub const LOOKS: Self = Self(14);
    /// The sections of the first column of the main menu.
    pub const FIRST: &[Self] = &[Self::FILE, Self::VIEW];
    /// The sections of the second column of the main menu.
    pub const SECOND: &[Self] = &[Self::EDIT, Self::FIND, Self::QUIT];
    /// The sections of the page of keyboard shortcuts, with their headings.
    pub const GROUPS: &[(&str, &[Self])] = &[
        ("File and picture", &[Self::FILE, Self::PICTURE, Self::QUIT]),
        ("Edit", &[Self::EDIT]),
        ("View", &[Self::VIEW]),
        ("Show", Self::SHOW),
        ("Find", &[Self::FIND]),
        ("Arrange", Self::ARRANGE),
    ];
    /// The sections of the Show menu.
    pub const SHOW: &[Self] = &[Self::LINES, Self::FOLD, Self::HIDE, Self::LOOKS];
    /// The sections of the Arrange menu.
    pub const ARRANGE: &[Self] = &[Self::ALIGN, Self::SPREAD, Self::TURN, Self::PLACE, Self::SNAP];
}
