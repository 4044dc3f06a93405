//! Colours, all of a lightness that shows on light and on dark panels.

use super::{Icon, Theme};

/// A colour as red, green, blue, alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rgba(pub [u8; 4]);

/// The exclamation mark, on either red.
pub(super) const MARK: Rgba = rgb(0xff, 0xff, 0xff);

/// The alpha of the part of a ring that is used up: seen, but not taken for the arc.
const FAINT: u8 = 0x50;

pub(super) fn color(icon: Icon, theme: Theme) -> Rgba {
    let (on_light, on_dark) = match icon {
        Icon::SignedIn { .. } => (rgb(0x12, 0x83, 0x58), rgb(0x1f, 0x9d, 0x6b)),
        Icon::EndsSoon { .. } => (rgb(0xbf, 0x5b, 0x00), rgb(0xd6, 0x6e, 0x00)),
        Icon::Ended => (rgb(0xcb, 0x33, 0x2a), rgb(0xe2, 0x4d, 0x43)),
        Icon::SigningIn => (rgb(0x2f, 0x6b, 0xd6), rgb(0x4a, 0x86, 0xec)),
        Icon::NoData => (rgb(0x6f, 0x6a, 0x62), rgb(0x8c, 0x87, 0x7e)),
    };
    match theme {
        Theme::Light => on_light,
        Theme::Dark => on_dark,
    }
}

impl Rgba {
    /// The same colour, mostly see-through.
    pub(super) fn faint(self) -> Rgba {
        let [r, g, b, _] = self.0;
        Rgba([r, g, b, FAINT])
    }
}

const fn rgb(r: u8, g: u8, b: u8) -> Rgba {
    Rgba([r, g, b, 0xff])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What graphics need by WCAG 2.2, 1.4.11.
    const ENOUGH: f32 = 3.0;
    const PANELS: [Rgba; 2] = [rgb(0xf2, 0xf0, 0xec), rgb(0x1c, 0x1b, 0x19)];

    #[test]
    fn every_colour_shows_on_every_panel() {
        for icon in
            [Icon::SignedIn { left: 1.0 }, Icon::EndsSoon { left: 0.1 }, Icon::Ended, Icon::SigningIn, Icon::NoData]
        {
            for theme in [Theme::Light, Theme::Dark] {
                for panel in PANELS {
                    let found = contrast(color(icon, theme), panel);
                    assert!(found >= ENOUGH, "{icon:?} {theme:?} on {panel:?}: {found}");
                }
            }
        }
    }

    #[test]
    fn the_mark_shows_on_its_disc() {
        for theme in [Theme::Light, Theme::Dark] {
            let found = contrast(MARK, color(Icon::Ended, theme));
            assert!(found >= ENOUGH, "{theme:?}: {found}");
        }
    }

    fn contrast(a: Rgba, b: Rgba) -> f32 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    /// Relative luminance as WCAG defines it.
    fn luminance(color: Rgba) -> f32 {
        let [r, g, b, _] = color.0.map(|byte| {
            let c = f32::from(byte) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}
