//! Finds columns of numbers in which some lost their leading zeros, because a spreadsheet reads
//! `0012` as 12. This can't be known for certain, so the values are only flagged.

/// How many numbers of the same length make that the column's length.
const ENOUGH: usize = 3;
/// More zeros than this are unlikely to be lost: a shorter number is of another kind.
const MOST_LOST: usize = 3;
/// Maximum length of a number that is considered, in digits.
const LONGEST: usize = 31;

/// A value consisting only of digits.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    length: u8,
    begins_with_zero: bool,
    value: Option<u64>,
}

impl Number {
    /// Parses a secret, of which only the length is kept.
    pub fn of_secret(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let is_one = (1..=LONGEST).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_digit);
        is_one.then(|| Self {
            length: u8::try_from(bytes.len()).unwrap_or_default(),
            begins_with_zero: bytes.len() > 1 && bytes[0] == b'0',
            value: None,
        })
    }

    /// Parses a name.
    #[must_use]
    pub fn of_name(text: &str) -> Option<Self> {
        let number = Self::of_secret(text)?;
        Some(Self {
            value: text.parse().ok(),
            ..number
        })
    }
}

/// The numbers of one column, in row order.
#[derive(Debug, Default)]
pub struct Numbers {
    /// The length of each number that may be damaged, or 0 for other rows.
    doubtful: Vec<u8>,
    lengths: [OfLength; LONGEST + 1],
    keeps_zeros: bool,
}

/// The numbers of one length.
#[derive(Clone, Copy, Debug, Default)]
struct OfLength {
    count: usize,
    least: Option<u64>,
    most: Option<u64>,
}

impl Numbers {
    /// Adds a row. `is_right` if its value can't be damaged, because the account has it like this.
    pub fn add(&mut self, number: Option<Number>, is_right: bool) {
        let doubtful = number.filter(|_| !is_right);
        self.doubtful
            .push(doubtful.map_or(0, |number| number.length));
        let Some(number) = number else { return };
        self.keeps_zeros |= number.begins_with_zero;
        if let Some(all) = self.lengths.get_mut(usize::from(number.length)) {
            all.count += 1;
            all.least = number
                .value
                .map(|value| value.min(all.least.unwrap_or(value)));
            all.most = number.value.max(all.most);
        }
    }

    /// Returns for each row, in order, whether its number may have lost zeros.
    pub fn lost(&self) -> impl Iterator<Item = bool> {
        let shortened = self.shortened();
        let doubtful = self.doubtful.iter();
        doubtful.map(move |length| {
            let length = usize::from(*length);
            length > 0 && shortened.as_ref().is_some_and(|all| all.contains(&length))
        })
    }

    /// Returns the lengths of numbers that may have lost zeros. There are none if most numbers
    /// differ in length, if any number has leading zeros, or if the numbers count up (98, 99, 100).
    fn shortened(&self) -> Option<std::ops::Range<usize>> {
        let whole = self.lengths.iter().rposition(|all| all.count > 0)?;
        let least = whole.saturating_sub(MOST_LOST);
        let full = self.lengths[whole];
        let shorter = &self.lengths[..whole];
        let count: usize = shorter.iter().map(|all| all.count).sum();
        let before = shorter.iter().filter_map(|all| all.most).max();
        let counts_up = before.is_some_and(|most| most.checked_add(1) == full.least);
        let is_likely = full.count >= ENOUGH && count <= full.count / 2;
        (is_likely && !counts_up && !self.keeps_zeros).then_some(least..whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorter_numbers_among_equally_long_ones_are_found() {
        for (names, expected) in [
            ("1001 1002 1003 12", vec!["12"]),
            ("1001 1002 1003 1004 1 123", vec!["1", "123"]),
            ("1001 12 anna 1002 bob 1003", vec!["12"]),
            // It can't be told which of them is right.
            ("1001 1002 12", vec![]),
            ("1001 1002 1003 12 13", vec![]),
            // Zeros were kept.
            ("1001 1002 1003 0012 12", vec![]),
            ("1001 1002 1003 12 00", vec![]),
            // They count up.
            ("8 9 10 11 12 13 14 15 16 17 18", vec![]),
            ("97 98 99 100 101 102 103 104 105 106", vec![]),
            // They are of another kind.
            ("15551230001 15551230002 15551230003 1001", vec![]),
            ("1001 1002 1003 12a", vec![]),
            ("1001 1002 1003", vec![]),
            ("", vec![]),
        ] {
            let mut numbers = Numbers::default();
            for name in names.split_whitespace() {
                numbers.add(Number::of_name(name), false);
            }

            let lost = names.split_whitespace().zip(numbers.lost());
            let lost: Vec<&str> = lost
                .filter(|(_, lost)| *lost)
                .map(|(name, _)| name)
                .collect();
            assert_eq!(lost, expected, "{names}");
        }
    }

    #[test]
    fn a_number_that_the_account_has_is_never_damaged() {
        let mut numbers = Numbers::default();
        for (name, is_right) in [
            ("1001", true),
            ("1002", false),
            ("1003", false),
            ("1004", false),
            ("12", true),
            ("13", false),
        ] {
            numbers.add(Number::of_name(name), is_right);
        }

        let lost: Vec<bool> = numbers.lost().collect();
        assert_eq!(lost, [false, false, false, false, false, true]);
    }
}
