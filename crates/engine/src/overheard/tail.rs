//! The end of something long.

/// Errors are short; what a program says before them need not be kept.
const KEPT: usize = 1 << 20;

#[derive(Debug, Default)]
pub(super) struct Tail(Vec<u8>);

impl Tail {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
        // Seldom, so that it costs little.
        if self.0.len() > 2 * KEPT {
            self.cut();
        }
    }

    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.cut();
        self.0
    }

    fn cut(&mut self) {
        let surplus = self.0.len().saturating_sub(KEPT);
        self.0.drain(..surplus);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_kept() {
        let mut tail = Tail::default();
        for _ in 0..5000 {
            tail.push(&[b'x'; 1000]);
        }
        tail.push(b"the error");
        let kept = tail.into_bytes();
        assert!(kept.len() == KEPT && kept.ends_with(b"xthe error"));
    }
}
