/// A picture: rows from the top, four bytes a pixel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pixmap {
    /// In pixels.
    pub(crate) width: u16,
    /// In pixels.
    pub(crate) height: u16,
    /// Red, green, blue, alpha; colours are not multiplied by alpha.
    pub(crate) rgba: Vec<u8>,
}

impl Pixmap {
    /// The pixels as ARGB32 in network byte order, which is alpha, red, green, blue: the form of
    /// `IconPixmap` in the StatusNotifierItem specification.
    #[cfg(any(target_os = "linux", test))]
    pub(crate) fn argb_network_order(&self) -> Vec<u8> {
        let mut argb = self.rgba.clone();
        for pixel in argb.chunks_exact_mut(4) {
            pixel.rotate_right(1);
        }
        argb
    }
}
