use super::*;

const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];

/// Every picture there is, at one step or another.
fn every_icon() -> Vec<Icon> {
    let mut icons = vec![Icon::Ended, Icon::SigningIn, Icon::NoData];
    icons.extend(lefts(STEPS).map(|left| Icon::SignedIn { left }));
    icons.extend(lefts(SHORT_STEPS).map(|left| Icon::EndsSoon { left }));
    icons
}

fn every_picture() -> impl Iterator<Item = (Icon, u16, Theme)> {
    let sized = every_icon().into_iter().flat_map(|icon| SIZES.map(|size| (icon, size)));
    sized.flat_map(|(icon, size)| THEMES.map(|theme| (icon, size, theme)))
}

fn lefts(most: u8) -> impl Iterator<Item = f32> {
    (1..=most).map(|n| f32::from(n) / f32::from(STEPS))
}

fn pixel(picture: &Pixmap, x: u16, y: u16) -> [u8; 4] {
    let at = (usize::from(y) * usize::from(picture.width) + usize::from(x)) * 4;
    picture.rgba[at..at + 4].try_into().unwrap()
}

fn alphas(picture: &Pixmap) -> impl Iterator<Item = u8> {
    picture.rgba.iter().copied().skip(3).step_by(4)
}

#[test]
fn every_icon_has_something_to_see_and_an_empty_edge() {
    for (icon, size, theme) in every_picture() {
        let picture = draw(icon, size, theme);
        assert_eq!((picture.width, picture.height), (size, size));
        assert_eq!(picture.rgba.len(), usize::from(size) * usize::from(size) * 4);

        let solid = alphas(&picture).filter(|alpha| *alpha == 255).count();
        // A tray icon of less than 3 % would be a speck.
        assert!(solid * 33 > picture.rgba.len() / 4, "{icon:?} at {size}");

        let last = size - 1;
        for n in 0..size {
            for (x, y) in [(n, 0), (n, last), (0, n), (last, n)] {
                assert_eq!(pixel(&picture, x, y)[3], 0, "{icon:?} at {size}: {x}, {y}");
            }
        }
    }
}

#[test]
fn drawing_twice_gives_the_same() {
    for (icon, size, theme) in every_picture() {
        assert_eq!(draw(icon, size, theme), draw(icon, size, theme));
    }
}

#[test]
fn themes_differ_in_colour_only() {
    for icon in every_icon() {
        let [light, dark] = THEMES.map(|theme| draw(icon, 22, theme));
        assert_ne!(light, dark);
        assert!(alphas(&light).eq(alphas(&dark)));
    }
}

/// Share of an icon's pixels. A dot, without which a short arc is a nearly empty ring, is 5 % of
/// them.
const LEAST_DIFFERENCE: f32 = 0.05;

#[test]
fn kinds_differ_in_shape_at_every_step() {
    for size in [16, 22] {
        for a in every_icon() {
            for b in every_icon() {
                if std::mem::discriminant(&a) != std::mem::discriminant(&b) {
                    let differs = shape_difference(a, b, size);
                    assert!(differs > LEAST_DIFFERENCE, "{a:?} and {b:?} at {size}: {differs}");
                }
            }
        }
    }
}

/// Share of the pixels. A colour's lightness is left out, and so is the mark inside the disc.
fn shape_difference(a: Icon, b: Icon, size: u16) -> f32 {
    let [a, b] = [a, b].map(|icon| draw(icon, size, Theme::Light));
    let pairs = alphas(&a).zip(alphas(&b));
    let pixels: f32 = pairs.map(|(a, b)| f32::from(a.abs_diff(b)) / 255.0).sum();
    pixels / f32::from(size * size)
}

#[test]
fn the_ring_is_open_at_the_top_left_only() {
    for size in SIZES {
        let full = draw(Icon::SignedIn { left: 1.0 }, size, Theme::Dark);
        let grid = Grid::new(size);
        let ring = grid.ring();
        for (angle, solid) in [(-45.0, false), (45.0, true), (135.0, true), (225.0, true)] {
            let (x, y) = canvas::at(ring.center, ring.radius, angle);
            let alpha = pixel(&full, x as u16, y as u16)[3];
            assert_eq!(alpha, if solid { 255 } else { 0 }, "{angle} at {size}");
        }
    }
}

#[test]
fn the_mark_is_sharp_where_small() {
    for size in [16, 22, 24, 32] {
        let picture = draw(Icon::Ended, size, Theme::Light);
        let disc = palette::color(Icon::Ended, Theme::Light);
        let row: Vec<_> = (size / 4..size * 3 / 4).map(|x| pixel(&picture, x, size / 2 - 1)).collect();
        assert!(row.iter().all(|p| *p == palette::MARK.0 || *p == disc.0));
        assert!(row.iter().filter(|p| **p == palette::MARK.0).count() >= 2);
    }
}

#[test]
fn left_is_taken_to_steps() {
    for (left, long, short) in [
        (0.0, 1, 1),
        (1.0 / 12.0, 1, 1),
        (0.084, 2, 2),
        (0.25, 3, 3),
        (0.251, 4, 3),
        (7.0 / 12.0, 7, 3),
        (0.92, 12, 3),
        (1.0, 12, 3),
        // Clocks that disagree and sessions of no length.
        (-3.0, 1, 1),
        (9.0, 12, 3),
        (f32::INFINITY, 12, 3),
        (f32::NAN, 1, 1),
    ] {
        assert_eq!(step(left, STEPS), long, "{left}");
        assert_eq!(step(left, SHORT_STEPS), short, "{left}");
    }
}

#[test]
fn argb_is_alpha_first() {
    let picture = Pixmap { width: 2, height: 1, rgba: vec![1, 2, 3, 4, 0xcb, 0x33, 0x2a, 0xff] };
    let argb = [4, 1, 2, 3, 0xff, 0xcb, 0x33, 0x2a];
    assert_eq!(picture.argb_network_order(), argb);
}

#[test]
fn alpha_is_straight() {
    // What is used up keeps the arc's colour, only fainter.
    let picture = draw(Icon::EndsSoon { left: 0.0 }, 64, Theme::Dark);
    let [r, g, b, alpha] = pixel(&picture, 32, 56);
    let full = palette::color(Icon::EndsSoon { left: 0.0 }, Theme::Dark);
    assert_eq!(alpha, full.faint().0[3]);
    for (is, should) in [r, g, b].into_iter().zip(full.0) {
        // Multiplying by alpha and back loses a little.
        assert!(is.abs_diff(should) <= 2, "{is} for {should}");
    }
}

#[test]
fn odd_sizes_are_drawn_and_absurd_ones_are_bounded() {
    for (asked, given) in [(0, 8), (19, 19), (37, 37), (u16::MAX, 512)] {
        for icon in every_icon() {
            assert_eq!(draw(icon, asked, Theme::Light).width, given);
        }
    }
}
