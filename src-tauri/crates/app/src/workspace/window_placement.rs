//! The window's position when it was closed, restored at the next start.

use registrar_storage::store::Loaded;
use serde::{Deserialize, Serialize};

use super::Workspace;
use crate::Error;

const FILE: &str = "window.json";
const VERSION: u32 = 1;

/// How much of the window's upper edge has to be on a screen, so that it can be moved by it.
const GRIP: (i64, i64) = (120, 40);

/// A part of the desktop, in physical pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// The left edge.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// The window's place and size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowPlacement {
    /// Where it is while it is not maximized.
    pub area: Area,
    /// It fills its screen.
    pub maximized: bool,
}

impl WindowPlacement {
    /// Returns whether the window can be seen and moved there, on one of these screens: one that it
    /// was on may be gone.
    #[must_use]
    pub fn is_on(&self, screens: &[Area]) -> bool {
        screens.iter().any(|screen| {
            let along = |at: i32, length: u32, from: i32, all: u32| {
                let end = (i64::from(at) + i64::from(length)).min(i64::from(from) + i64::from(all));
                end - i64::from(at.max(from))
            };
            let below = i64::from(self.area.y) - i64::from(screen.y);
            along(self.area.x, self.area.width, screen.x, screen.width) >= GRIP.0
                && (0..=i64::from(screen.height) - GRIP.1).contains(&below)
        })
    }
}

impl Workspace {
    /// Returns where the window was last, where that is known.
    #[must_use]
    pub fn window_placement(&self) -> Option<WindowPlacement> {
        match self.real_store().ok()?.read(FILE, VERSION) {
            Ok(Loaded::Found(place)) => Some(place),
            Ok(Loaded::Missing | Loaded::SetAside { .. } | Loaded::Newer { .. }) | Err(_) => None,
        }
    }

    /// Keeps where the window is. Beside what a newer version wrote nothing is kept.
    pub fn keep_window_placement(&self, place: WindowPlacement) -> Result<(), Error> {
        if self.only_reads || self.window_placement() == Some(place) {
            return Ok(());
        }
        Ok(self.real_store()?.write(FILE, VERSION, &place)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::Services;

    const SCREEN: Area = area(0, 0, 1280, 720);

    const fn area(x: i32, y: i32, width: u32, height: u32) -> Area {
        Area {
            x,
            y,
            width,
            height,
        }
    }

    fn at(x: i32, y: i32) -> WindowPlacement {
        WindowPlacement {
            area: area(x, y, 1180, 700),
            maximized: false,
        }
    }

    #[test]
    fn window_opens_where_it_was_closed() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Workspace::new(folder.path().to_owned(), Services::real());
        assert_eq!(open().window_placement(), None);

        open().keep_window_placement(at(40, 60)).unwrap();
        open().keep_window_placement(at(50, 60)).unwrap();

        assert_eq!(open().window_placement(), Some(at(50, 60)));
    }

    #[test]
    fn place_on_a_screen_that_is_gone_is_not_used() {
        let second = area(1280, 0, 1920, 1080);
        for (place, on_both, on_first) in [
            (at(40, 20), true, true),
            (at(2000, 300), true, false),
            (at(-1000, 20), true, true),
            (at(-1100, 20), false, false),
            (at(1200, 20), true, false),
            (at(40, -1), false, false),
            (at(40, 700), false, false),
        ] {
            assert_eq!(place.is_on(&[SCREEN, second]), on_both, "{place:?}");
            assert_eq!(place.is_on(&[SCREEN]), on_first, "{place:?}");
        }
        assert!(!at(0, 0).is_on(&[]));
        let far = area(i32::MAX, i32::MIN, u32::MAX, u32::MAX);
        let far = WindowPlacement {
            area: far,
            maximized: true,
        };
        assert!(!far.is_on(&[SCREEN]));
    }
}
