//! A reader who works out what is not said: unknowns, what is known of them, and whether there is any solution. Shares no code
//! with what it attacks: it narrows bounds, then tries values.

/// So many steps and the riddle is given up as too hard.
const MOST_STEPS: u32 = 1_500;

/// Whole numbers from 0 on, some known, with equations `sum of parts = whole` and orders `part ≤ whole`.
#[derive(Clone, Default)]
pub struct Riddle {
    bounds: Vec<(i64, i64)>,
    /// Where to look first: what the numbers are. It decides how soon a solution is found, not whether there is one.
    hints: Vec<i64>,
    sums: Vec<(usize, Vec<usize>)>,
    orders: Vec<(usize, usize)>,
}

impl Riddle {
    /// A number that is known, or may be anything up to a bound.
    pub fn number(&mut self, known: Option<i64>, most: i64, hint: i64) -> usize {
        self.bounds.push(known.map_or((0, most), |known| (known, known)));
        self.hints.push(hint);
        self.bounds.len() - 1
    }

    pub fn sum(&mut self, whole: usize, parts: Vec<usize>) {
        self.sums.push((whole, parts));
    }

    pub fn no_more_than(&mut self, part: usize, whole: usize) {
        self.orders.push((part, whole));
    }

    /// Whether a number may lie within these bounds; none where that was too hard to say, from whichever side it was tried.
    pub fn may_be(&self, number: usize, (low, high): (i64, i64)) -> Option<bool> {
        let mut bounds = self.bounds.clone();
        bounds[number] = (bounds[number].0.max(low), bounds[number].1.min(high));
        let (lowest, highest) = (vec![0; self.hints.len()], vec![i64::MAX; self.hints.len()]);
        [&self.hints, &lowest, &highest].into_iter().find_map(|first| {
            let mut steps = 0;
            let found = self.has_solution(bounds.clone(), first, &mut steps);
            (found || steps < MOST_STEPS).then_some(found)
        })
    }

    fn has_solution(&self, mut bounds: Vec<(i64, i64)>, firsts: &[i64], steps: &mut u32) -> bool {
        *steps += 1;
        if *steps >= MOST_STEPS || !self.narrow(&mut bounds) {
            return false;
        }
        let open = (0..bounds.len()).filter(|at| bounds[*at].0 < bounds[*at].1);
        let Some(open) = open.min_by_key(|at| bounds[*at].1 - bounds[*at].0) else { return true };
        let (low, high) = bounds[open];
        let first = firsts[open].clamp(low, high);
        [(first, first), (low, first - 1), (first + 1, high)].into_iter().filter(|part| part.0 <= part.1).any(|part| {
            let mut bounds = bounds.clone();
            bounds[open] = part;
            self.has_solution(bounds, firsts, steps)
        })
    }

    /// Narrows all bounds by each equation and order until nothing changes; false where nothing is left.
    fn narrow(&self, bounds: &mut [(i64, i64)]) -> bool {
        loop {
            let before = bounds.to_vec();
            for (whole, parts) in &self.sums {
                let low: i64 = parts.iter().map(|part| bounds[*part].0).sum();
                let high: i64 = parts.iter().map(|part| bounds[*part].1).sum();
                bounds[*whole] = (bounds[*whole].0.max(low), bounds[*whole].1.min(high));
                for part in parts {
                    let (own_low, own_high) = bounds[*part];
                    let most = bounds[*whole].1 - (low - own_low);
                    let least = bounds[*whole].0 - (high - own_high);
                    bounds[*part] = (own_low.max(least), own_high.min(most));
                }
            }
            for (part, whole) in &self.orders {
                bounds[*part].1 = bounds[*part].1.min(bounds[*whole].1);
                bounds[*whole].0 = bounds[*whole].0.max(bounds[*part].0);
            }
            if bounds.iter().any(|(low, high)| low > high) {
                return false;
            }
            if before == bounds {
                return true;
            }
        }
    }
}
