//! One comparison.

use serde_json::{Value, json};

/// Medians of each round, ours and the peer's, in one unit.
#[derive(Debug)]
pub(crate) struct Row {
    /// What was measured.
    pub(crate) what: &'static str,
    /// What it was compared with.
    pub(crate) against: &'static str,
    /// The unit of the numbers.
    pub(crate) unit: &'static str,
    /// Ours, a number a round.
    pub(crate) ours: Vec<f64>,
    /// The peer's, in the same order.
    pub(crate) peers: Vec<f64>,
    /// The largest ratio of ours to the peer's that is allowed.
    pub(crate) budget: f64,
}

impl Row {
    /// The ratio of each round, smallest first.
    fn ratios(&self) -> Vec<f64> {
        let mut ratios: Vec<f64> = self
            .ours
            .iter()
            .zip(&self.peers)
            .map(|(ours, peer)| ours / peer)
            .collect();
        ratios.sort_by(f64::total_cmp);
        ratios
    }
}

/// The middle of some numbers.
pub(crate) fn median(numbers: &[f64]) -> f64 {
    let mut numbers = numbers.to_vec();
    numbers.sort_by(f64::total_cmp);
    match numbers.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => numbers[count / 2],
        count => f64::midpoint(numbers[count / 2 - 1], numbers[count / 2]),
    }
}

/// Writes rows in one line.
pub(crate) fn json(rows: &[Row]) -> String {
    let rows: Vec<Value> = rows
        .iter()
        .map(|row| {
            let ratios = row.ratios();
            json!({
                "what": row.what,
                "against": row.against,
                "unit": row.unit,
                "ours": row.ours,
                "peers": row.peers,
                "oursMedian": median(&row.ours),
                "peersMedian": median(&row.peers),
                "ratio": median(&ratios),
                "least": ratios.first(),
                "most": ratios.last(),
                "budget": row.budget,
            })
        })
        .collect();
    Value::Array(rows).to_string()
}
