//! The order in which SRV records are tried (RFC 2782): by priority, and within one priority at
//! random, in proportion to the weights.

use rand::RngExt as _;

use super::Srv;

/// A source of chance. The order itself has no randomness inside.
pub trait Chance: Send {
    /// Returns a number from 0 to `most`, each as likely as any other.
    fn up_to(&mut self, most: u32) -> u32;
}

/// The system's random source.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn up_to(&mut self, most: u32) -> u32 {
        rand::rng().random_range(0..=most)
    }
}

/// Orders records as they are to be tried.
#[must_use]
pub fn order(mut records: Vec<Srv>, chance: &mut dyn Chance) -> Vec<Srv> {
    // Records without a weight come first, which gives them a very small chance.
    records.sort_by_key(|record| (record.priority, record.weight > 0));
    let mut ordered = Vec::with_capacity(records.len());
    while let Some(priority) = records.first().map(|record| record.priority) {
        let of_one = records
            .iter()
            .take_while(|record| record.priority == priority);
        let running: Vec<u32> = of_one
            .scan(0, |sum, record| {
                *sum += u32::from(record.weight);
                Some(*sum)
            })
            .collect();
        let chosen = chance.up_to(running.last().copied().unwrap_or(0));
        let chosen = running.iter().position(|sum| *sum >= chosen);
        ordered.push(records.remove(chosen.unwrap_or(0)));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// Returns scripted values, and records the requested ranges.
    struct Told {
        numbers: VecDeque<u32>,
        asked: Vec<u32>,
    }

    impl Chance for Told {
        fn up_to(&mut self, most: u32) -> u32 {
            self.asked.push(most);
            self.numbers.pop_front().unwrap()
        }
    }

    fn records(all: &[(u16, u16)]) -> Vec<Srv> {
        let records = all
            .iter()
            .enumerate()
            .map(|(place, (priority, weight))| Srv {
                priority: *priority,
                weight: *weight,
                port: 5060,
                host: place.to_string(),
            });
        records.collect()
    }

    #[test]
    fn priority_counts_first_and_then_chance_by_weight() {
        /// Priority and weight of each record, the numbers of chance, the largest numbers that were
        /// asked for, and the places in the order to be tried.
        type Row<'a> = (&'a [(u16, u16)], &'a [u32], &'a [u32], &'a str);
        let rows: [Row<'_>; 9] = [
            (&[], &[], &[], ""),
            (&[(10, 5)], &[5], &[5], "0"),
            (&[(20, 0), (10, 0)], &[0, 0], &[0, 0], "10"),
            // Within one priority: 1 to 60 is the first, 61 to 100 the second.
            (&[(1, 60), (1, 40)], &[60, 40], &[100, 40], "01"),
            (&[(1, 60), (1, 40)], &[61, 60], &[100, 60], "10"),
            // A record without a weight is chosen only by 0, wherever it is.
            (&[(1, 10), (1, 0)], &[0, 10], &[10, 10], "10"),
            (&[(1, 10), (1, 0)], &[1, 0], &[10, 0], "01"),
            (
                &[(2, 1), (1, 10), (1, 20), (1, 70)],
                &[31, 10, 20, 1],
                &[100, 30, 20, 1],
                "3120",
            ),
            // The largest weights do not run over.
            (
                &[(1, u16::MAX), (1, u16::MAX)],
                &[65_536, 0],
                &[131_070, 65_535],
                "10",
            ),
        ];
        for (all, numbers, asked, expected) in rows {
            let mut told = Told {
                numbers: numbers.iter().copied().collect(),
                asked: Vec::new(),
            };

            let ordered = order(records(all), &mut told);

            let places: String = ordered.into_iter().map(|record| record.host).collect();
            assert_eq!(places, expected, "{all:?} by {numbers:?}");
            assert_eq!(told.asked, asked, "{all:?}");
        }
    }

    #[test]
    fn the_systems_chance_stays_within_its_bounds_and_reaches_both() {
        let mut seen = [false; 3];
        for _ in 0..10_000 {
            seen[SystemChance.up_to(2) as usize] = true;
        }

        assert_eq!(seen, [true; 3]);
        assert_eq!(SystemChance.up_to(0), 0);
    }
}
