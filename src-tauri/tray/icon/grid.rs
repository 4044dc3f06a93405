//! Measures of an icon by its size, put on whole pixels so that small icons stay sharp.

use super::canvas::{Point, Rect, Ring};

/// `size` within what can be drawn: no shape is left below 8, and nobody asks for more than 512.
pub(super) fn bounded(size: u16) -> u16 {
    size.clamp(8, 512)
}

/// Lengths in pixels. Widths centred in the icon are even when its size is even, for both their
/// edges to fall between pixels.
pub(super) struct Grid {
    pub size: u16,
    /// Radius of everything round, up to its outer edge.
    pub outer: f32,
    /// Width of a ring.
    stroke: f32,
    /// Width of the dashed ring: thinner, as there is the least to say.
    dashed: f32,
    /// Diameter of a dot.
    pub dot: f32,
}

impl Grid {
    pub(super) fn new(size: u16) -> Grid {
        let size = bounded(size);
        let whole = f32::from(size);
        let margin = (whole / 24.0).round().max(1.0);
        Grid {
            size,
            outer: whole / 2.0 - margin,
            // The least widths are those that can be told at 16 pixels, above their share there.
            stroke: (whole * 0.16).round().max(3.0),
            dashed: (whole * 0.12).round().max(2.0),
            dot: like(whole, whole * 0.25),
        }
    }

    pub(super) fn center(&self) -> Point {
        let middle = f32::from(self.size) / 2.0;
        (middle, middle)
    }

    pub(super) fn ring(&self) -> Ring {
        self.ring_of(self.stroke)
    }

    pub(super) fn dashed_ring(&self) -> Ring {
        self.ring_of(self.dashed)
    }

    /// Centres of three dots side by side.
    pub(super) fn three_dots(&self) -> [Point; 3] {
        let (x, y) = self.center();
        let pitch = self.outer - self.dot / 2.0;
        [(x - pitch, y), (x, y), (x + pitch, y)]
    }

    /// The long part of the exclamation mark and the radius of its corners.
    pub(super) fn mark_bar(&self) -> (Rect, f32) {
        let (width, height) = self.mark();
        let (x, y) = self.center();
        let gap = (width * 0.6).round();
        let bar = Rect { x: x - width / 2.0, y: y - height / 2.0, width, height: height - gap - width };
        // Rounding costs pixels, of which narrow bars have none to spare.
        let corner = match width {
            ..3.0 => 0.0,
            ..6.0 => 1.0,
            _ => width / 2.0,
        };
        (bar, corner)
    }

    /// The dot of the exclamation mark.
    pub(super) fn mark_dot(&self) -> Rect {
        let (width, height) = self.mark();
        let (x, y) = self.center();
        Rect { x: x - width / 2.0, y: y + height / 2.0 - width, width, height: width }
    }

    /// Width and height of the exclamation mark.
    fn mark(&self) -> (f32, f32) {
        let whole = f32::from(self.size);
        (like(whole, whole * 0.14), like(whole, whole * 0.6))
    }

    fn ring_of(&self, width: f32) -> Ring {
        Ring { center: self.center(), radius: self.outer - width / 2.0, width }
    }
}

/// The whole number nearest `length` that is even or odd as `whole` is.
fn like(whole: f32, length: f32) -> f32 {
    let odd = whole % 2.0;
    ((length - odd) / 2.0).round() * 2.0 + odd
}
