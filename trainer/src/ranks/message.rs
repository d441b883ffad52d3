//! Values as bytes, to be exchanged between ranks: in the format of postcard, in which numbers keep their bits.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value that can be sent to another rank.
pub trait Message: Serialize + DeserializeOwned {}

impl<T: Serialize + DeserializeOwned> Message for T {}

/// Return `value` as bytes.
///
/// # Panics
/// Where it has a list whose length is not known before it ends.
pub fn encode(value: &impl Message) -> Vec<u8> {
    postcard::to_allocvec(value).expect("lists of known lengths")
}

/// Return the value that was written as `bytes`.
///
/// # Panics
/// Where they are not all of a value of this type.
pub fn decode<T: Message>(bytes: &[u8]) -> T {
    let (value, rest) = postcard::take_from_bytes(bytes).expect("a value of this type from another rank");
    assert!(rest.is_empty(), "{} bytes too many from another rank", rest.len());
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    fn there_and_back<T: Message>(value: &T) -> T {
        decode(&encode(value))
    }

    /// Proves that every kind of value comes back bit by bit, and that nothing of it is left over.
    #[test]
    fn values_come_back() {
        let numbers = vec![(1u32, f32::MIN_POSITIVE / 2.0), (u32::MAX, -0.0)];
        let value = ((numbers, "Ünïcode".to_owned()), vec![vec![1u8], Vec::new()], (usize::MAX, true, [0.1f64, -1.0]));
        assert_eq!(there_and_back(&value), value);
        assert_eq!(there_and_back(&value).0.0[1].1.to_bits(), (-0f32).to_bits());
        let matrix = Array2::from_shape_fn((2, 3), |(row, column)| (10 * row + column) as f32);
        assert_eq!(there_and_back(&matrix.t().to_owned()), matrix.t());
        assert!(std::panic::catch_unwind(|| decode::<u8>(&[1, 2])).is_err(), "a byte was left over");
    }
}
