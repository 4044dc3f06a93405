//! The application's own icon: the signed-in ring on a dark tile. `icons/relight.svg` has the same measures; a test
//! holds it to them.

use super::canvas::{Canvas, Rect, Ring};
use super::grid::bounded;
use super::palette::Rgba;
use super::{Pixmap, RING_DEGREES, RING_START, STEP_DEGREES};

const TILE: Rgba = Rgba([0x12, 0x45, 0x49, 0xff]);
const ARC: Rgba = Rgba([0x5f, 0xe0, 0xa8, 0xff]);
/// What is used up, as a colour of its own: SVG viewers disagree least about opaque ones.
const REST: Rgba = Rgba([0x2d, 0x6b, 0x69, 0xff]);

/// Three quarters: enough left to be signed in, enough gone to be read as time.
const ARC_DEGREES: f32 = STEP_DEGREES * 9.0;
const REST_DEGREES: f32 = RING_DEGREES - ARC_DEGREES;

/// Draws the application's icon, `size` pixels wide and high (taken to 8..=512).
pub(crate) fn draw(size: u16) -> Pixmap {
    let size = bounded(size);
    let shape = Shape::new(size);
    let mut canvas = Canvas::new(size);
    canvas.round_rect(shape.tile, shape.corner, TILE);
    canvas.round_arc(shape.ring, RING_START + ARC_DEGREES, REST_DEGREES, REST);
    canvas.round_arc(shape.ring, RING_START, ARC_DEGREES, ARC);
    canvas.finish()
}

struct Shape {
    tile: Rect,
    corner: f32,
    ring: Ring,
}

impl Shape {
    /// On whole pixels, as small icons are only sharp there.
    fn new(size: u16) -> Shape {
        let whole = f32::from(size);
        // No room to give away at 16 and 24.
        let margin = (whole / 32.0 - 0.5).round().max(0.0);
        let side = whole - 2.0 * margin;
        let width = (whole * 0.125).round().max(3.0);
        let outer = (whole * 0.345).round();
        Shape {
            tile: Rect { x: margin, y: margin, width: side, height: side },
            corner: (side * 0.22).round(),
            ring: Ring { center: (whole / 2.0, whole / 2.0), radius: outer - width / 2.0, width },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::canvas::at;
    use super::*;

    /// The sizes, in pixels, that desktops ask for.
    const SIZES: [u16; 8] = [16, 24, 32, 48, 64, 128, 256, 512];
    /// The size that the SVG is drawn at.
    const SVG_SIZE: u16 = 512;

    #[test]
    fn every_size_shows_the_ring_on_a_tile_with_round_corners() {
        for size in SIZES {
            let picture = draw(size);
            let pixels: Vec<_> = picture.rgba.chunks_exact(4).collect();
            assert_eq!(pixels.len(), usize::from(size) * usize::from(size));
            assert_eq!(pixels[0][3], 0, "corner at {size}");
            for color in [TILE, ARC] {
                assert!(pixels.contains(&color.0.as_slice()), "{color:?} at {size}");
            }
        }
    }

    #[test]
    fn the_svg_file_has_the_measures_and_colours_of_the_pixels() {
        assert_eq!(include_str!("../../../icons/relight.svg"), svg());
    }

    fn svg() -> String {
        let Shape { tile, corner, ring } = Shape::new(SVG_SIZE);
        let (x, y, width, height) = (tile.x, tile.y, tile.width, tile.height);
        let rest = svg_arc(&ring, RING_START + ARC_DEGREES, REST_DEGREES, REST);
        let arc = svg_arc(&ring, RING_START, ARC_DEGREES, ARC);
        let fill = hex(TILE);
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SVG_SIZE} {SVG_SIZE}">
  <title>Relight</title>
  <rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{corner}" fill="{fill}"/>
  {rest}
  {arc}
</svg>
"#
        )
    }

    fn svg_arc(ring: &Ring, start: f32, sweep: f32, color: Rgba) -> String {
        let Ring { center, radius, width } = *ring;
        let (x1, y1) = at(center, radius, start);
        let (x2, y2) = at(center, radius, start + sweep);
        let large = u8::from(sweep > 180.0);
        let stroke = hex(color);
        format!(
            r#"<path d="M{x1:.2} {y1:.2}A{radius} {radius} 0 {large} 1 {x2:.2} {y2:.2}" fill="none" stroke="{stroke}" stroke-width="{width}" stroke-linecap="round"/>"#
        )
    }

    fn hex(color: Rgba) -> String {
        let [r, g, b, _] = color.0;
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}
