//! Sessions in order, of which some are struck off: the next one left is found in nearly constant time.

/// A set of places 0..n that only shrinks.
pub(super) struct Ordered {
    /// Itself while left, else one further on; the last is beyond the end and always left.
    next: Vec<u32>,
}

impl Ordered {
    pub(super) fn all(length: usize) -> Self {
        Self { next: (0..=length as u32).collect() }
    }

    /// The first that is left from this one on; the length where there is none.
    pub(super) fn next(&mut self, from: u32) -> u32 {
        let mut root = from;
        while self.next[root as usize] != root {
            root = self.next[root as usize];
        }
        let mut at = from;
        while self.next[at as usize] != root {
            at = std::mem::replace(&mut self.next[at as usize], root);
        }
        root
    }

    pub(super) fn strike(&mut self, place: u32) {
        self.next[place as usize] = place + 1;
    }

    /// The first that is left within the span.
    pub(super) fn within(&mut self, (first, end): (u32, u32)) -> Option<u32> {
        let next = self.next(first);
        (next < end).then_some(next)
    }
}
