//! The few shapes that icons are made of. The only file that knows the drawing library.

use tiny_skia::{FillRule, LineCap, Paint, Path, PathBuilder, Pixmap as Surface, Stroke, Transform};

use super::palette::Rgba;
use super::pixmap::Pixmap;

/// Degrees of a full circle. Angles here are in degrees, clockwise from the top.
pub(super) const TURN: f32 = 360.0;

pub(super) type Point = (f32, f32);

#[derive(Clone, Copy)]
pub(super) struct Rect {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// A circular line; `radius` runs to the middle of its `width`.
#[derive(Clone, Copy)]
pub(super) struct Ring {
    pub center: Point,
    pub radius: f32,
    pub width: f32,
}

pub(super) struct Canvas(Surface);

impl Canvas {
    /// An empty, see-through square.
    ///
    /// # Panics
    /// On a size of 0.
    #[expect(clippy::expect_used, reason = "sizes are bounded before they come here")]
    pub(super) fn new(size: u16) -> Canvas {
        let side = u32::from(size);
        Canvas(Surface::new(side, side).expect("a size above 0"))
    }

    pub(super) fn disc(&mut self, (x, y): Point, radius: f32, color: Rgba) {
        let mut path = PathBuilder::new();
        path.push_circle(x, y, radius);
        self.fill(path, color);
    }

    /// A rectangle with corners of the given radius, 0 for square ones.
    pub(super) fn round_rect(&mut self, rect: Rect, radius: f32, color: Rgba) {
        let (left, top) = (rect.x, rect.y);
        let (right, bottom) = (left + rect.width, top + rect.height);
        let r = radius;
        // How far a cubic's handles stay from the corner, to bend like a quarter of a circle.
        let k = r * (1.0 - handle(90.0));
        let mut path = PathBuilder::new();
        path.move_to(left + r, top);
        path.line_to(right - r, top);
        path.cubic_to(right - k, top, right, top + k, right, top + r);
        path.line_to(right, bottom - r);
        path.cubic_to(right, bottom - k, right - k, bottom, right - r, bottom);
        path.line_to(left + r, bottom);
        path.cubic_to(left + k, bottom, left, bottom - k, left, bottom - r);
        path.line_to(left, top + r);
        path.cubic_to(left, top + k, left + k, top, left + r, top);
        path.close();
        self.fill(path, color);
    }

    /// A part of a ring; its round ends reach past `start` and `sweep`. Nothing if `sweep` is 0.
    pub(super) fn round_arc(&mut self, ring: Ring, start: f32, sweep: f32, color: Rgba) {
        self.arc(ring, start, sweep, LineCap::Round, color);
    }

    /// A part of a ring, cut off straight.
    pub(super) fn flat_arc(&mut self, ring: Ring, start: f32, sweep: f32, color: Rgba) {
        self.arc(ring, start, sweep, LineCap::Butt, color);
    }

    /// The picture, with colours no longer multiplied by alpha.
    pub(super) fn finish(self) -> Pixmap {
        let side = self.0.width() as u16;
        let rgba = self.0.pixels().iter().flat_map(|pixel| {
            let c = pixel.demultiply();
            [c.red(), c.green(), c.blue(), c.alpha()]
        });
        Pixmap { width: side, height: side, rgba: rgba.collect() }
    }

    fn arc(&mut self, ring: Ring, start: f32, sweep: f32, line_cap: LineCap, color: Rgba) {
        if sweep <= 0.0 {
            return;
        }
        let stroke = Stroke { width: ring.width, line_cap, ..Stroke::default() };
        if let Some(path) = arc_path(&ring, start, sweep) {
            let (paint, still) = (paint(color), Transform::identity());
            self.0.stroke_path(&path, &paint, &stroke, still, None);
        }
    }

    fn fill(&mut self, path: PathBuilder, color: Rgba) {
        if let Some(path) = path.finish() {
            let (paint, still) = (paint(color), Transform::identity());
            self.0.fill_path(&path, &paint, FillRule::Winding, still, None);
        }
    }
}

/// The point of a circle at an angle.
pub(super) fn at(center: Point, radius: f32, degrees: f32) -> Point {
    let (sin, cos) = degrees.to_radians().sin_cos();
    (center.0 + radius * sin, center.1 - radius * cos)
}

/// An arc in cubic pieces of at most an eighth of a turn: off a circle by far less than a pixel.
fn arc_path(ring: &Ring, start: f32, sweep: f32) -> Option<Path> {
    let pieces = (sweep / 45.0).ceil();
    let piece = sweep / pieces;
    let reach = ring.radius * handle(piece);
    let mut path = PathBuilder::new();
    let mut angle = start;
    let mut from = at(ring.center, ring.radius, angle);
    path.move_to(from.0, from.1);
    for _ in 0..pieces as u32 {
        let next = angle + piece;
        let to = at(ring.center, ring.radius, next);
        let (x1, y1) = at(from, reach, angle + 90.0);
        let (x2, y2) = at(to, reach, next - 90.0);
        path.cubic_to(x1, y1, x2, y2, to.0, to.1);
        (angle, from) = (next, to);
    }
    path.finish()
}

/// Length of the handles, in radii, with which a cubic bends like a circle over `degrees`.
fn handle(degrees: f32) -> f32 {
    4.0 / 3.0 * (degrees.to_radians() / 4.0).tan()
}

fn paint(color: Rgba) -> Paint<'static> {
    let [r, g, b, a] = color.0;
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, a);
    paint
}
