//! Tray icons, drawn as pixels for the size and the panel at hand.
//!
//! Every state has its own outline, so that it is told without colour: an open ring, a short arc
//! round a dot, a disc with an exclamation mark, three dots, a dashed ring.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are 8 to 512, shares 0 to 1")]

#[cfg(any(target_os = "linux", test))]
pub(crate) mod app;
mod canvas;
mod grid;
mod palette;
mod pixmap;
#[cfg(test)]
mod tests;

pub(crate) use pixmap::Pixmap;

use canvas::{Canvas, TURN};
use grid::Grid;
use relight_core::icon::Icon as State;

/// The sizes, in pixels, that a tray is offered. [`draw`] takes others too.
#[cfg(any(target_os = "linux", test))]
pub(crate) const SIZES: [u16; 6] = [16, 22, 24, 32, 48, 64];

/// How many lengths a ring can have. Few, so that a tray is sent a new picture a dozen times in a
/// session's life and not at every tick.
pub(crate) const STEPS: u8 = 12;

/// The longest arc of [`Icon::EndsSoon`]: a quarter of the ring, or it would pass for signed in.
/// Warnings start no earlier than that anyway.
const SHORT_STEPS: u8 = STEPS / 4;

/// The way round that one step takes. Twelve leave a fifth of the circle open.
const STEP_DEGREES: f32 = 24.0;
const RING_DEGREES: f32 = STEP_DEGREES * STEPS as f32;

/// The middle of the opening: the top left, where square pixels are the same on both its sides.
const OPENING: f32 = -45.0;
/// Where rings start, clockwise from the top.
const RING_START: f32 = OPENING + (TURN - RING_DEGREES) / 2.0;

/// Eight fall alike into all four quarters, and leave gaps of two pixels at 16.
const DASHES: u8 = 8;
/// How much of a dash and the gap after it is dash.
const DASH_SHARE: f32 = 0.6;

/// What the tray shows. `left` is the part of the session's length still to come, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Icon {
    /// An open ring, as full as `left`. A session without an end has `left: 1.0`.
    SignedIn {
        /// 0 to 1.
        left: f32,
    },
    /// A short arc round a dot.
    EndsSoon {
        /// 0 to 1; drawn as a quarter at most.
        left: f32,
    },
    /// A disc with an exclamation mark.
    Ended,
    /// Three dots.
    SigningIn,
    /// A dashed ring.
    NoData,
}

impl From<State> for Icon {
    fn from(state: State) -> Self {
        let left = |twelfths: u8| f32::from(twelfths) / f32::from(STEPS);
        match state {
            State::SignedIn { left: twelfths } => Self::SignedIn { left: left(twelfths) },
            State::EndsSoon { left: twelfths } => Self::EndsSoon { left: left(twelfths) },
            State::Ended => Self::Ended,
            State::SigningIn => Self::SigningIn,
            State::NoData => Self::NoData,
        }
    }
}

/// The panel behind the icon. A wrong guess costs beauty only: all colours have a contrast of at
/// least 3:1 on both panels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// A light panel: darker colours.
    Light,
    /// A dark panel: lighter colours.
    Dark,
}

/// Draws `icon`, `size` pixels wide and high (taken to 8..=512), for the panel behind it.
pub(crate) fn draw(icon: Icon, size: u16, theme: Theme) -> Pixmap {
    let grid = Grid::new(size);
    let mut canvas = Canvas::new(grid.size);
    let color = palette::color(icon, theme);
    let faint = color.faint();

    match icon {
        Icon::SignedIn { left } => {
            let arc = STEP_DEGREES * f32::from(step(left, STEPS));
            let rest = RING_DEGREES - arc;
            canvas.round_arc(grid.ring(), RING_START + arc, rest, faint);
            canvas.round_arc(grid.ring(), RING_START, arc, color);
        }
        Icon::EndsSoon { left } => {
            let arc = STEP_DEGREES * f32::from(step(left, SHORT_STEPS));
            canvas.flat_arc(grid.ring(), RING_START + arc, TURN - arc, faint);
            canvas.round_arc(grid.ring(), RING_START, arc, color);
            canvas.disc(grid.center(), grid.dot / 2.0, color);
        }
        Icon::Ended => {
            canvas.disc(grid.center(), grid.outer, color);
            let (bar, corner) = grid.mark_bar();
            canvas.round_rect(bar, corner, palette::MARK);
            canvas.round_rect(grid.mark_dot(), corner, palette::MARK);
        }
        Icon::SigningIn => {
            for center in grid.three_dots() {
                canvas.disc(center, grid.dot / 2.0, color);
            }
        }
        Icon::NoData => {
            let period = TURN / f32::from(DASHES);
            let dash = period * DASH_SHARE;
            for n in 0..DASHES {
                let middle = period * f32::from(n);
                canvas.flat_arc(grid.dashed_ring(), middle - dash / 2.0, dash, color);
            }
        }
    }
    canvas.finish()
}

/// `left` in whole steps, 1 to `most`. Rounded up: a ring with time left is never shorter than it
/// should be, and one with none still shows where it starts.
fn step(left: f32, most: u8) -> u8 {
    // Without this a step's own value, 7/12 say, could land a hair above itself.
    const SLACK: f32 = 1e-3;
    // `as` takes NaN and negative numbers to 0, large ones to 255.
    ((left * f32::from(STEPS) - SLACK).ceil() as u8).clamp(1, most)
}
