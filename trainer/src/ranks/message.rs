//! Values as bytes, to be exchanged between ranks.

use ndarray::Array2;

/// A value that can be sent to another rank. Numbers keep their bits.
pub trait Message: Sized {
    /// Append the value to `bytes`.
    fn write(&self, bytes: &mut Vec<u8>);

    /// Read what [`Message::write`] wrote from the start of `bytes`, and move `bytes` behind it.
    ///
    /// # Panics
    /// Where `bytes` were not written by [`Message::write`] of the same type.
    fn read(bytes: &mut &[u8]) -> Self;
}

/// Return `value` as bytes.
pub fn encode(value: &impl Message) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.write(&mut bytes);
    bytes
}

/// Return the value that was written as `bytes`.
///
/// # Panics
/// Where they are not all of a value of this type.
pub fn decode<T: Message>(mut bytes: &[u8]) -> T {
    let value = T::read(&mut bytes);
    assert!(bytes.is_empty(), "{} bytes too many from another rank", bytes.len());
    value
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl Message for $number {
            fn write(&self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }

            fn read(bytes: &mut &[u8]) -> Self {
                let (number, rest) = bytes.split_first_chunk().expect("a whole number from another rank");
                *bytes = rest;
                Self::from_le_bytes(*number)
            }
        })*
    };
}
numbers!(u8, u32, u64, i64, usize, f32, f64);

macro_rules! tuples {
    ($(($($part:ident $index:tt),*)),*) => {
        $(impl<$($part: Message),*> Message for ($($part,)*) {
            fn write(&self, bytes: &mut Vec<u8>) {
                $(self.$index.write(bytes);)*
            }

            fn read(bytes: &mut &[u8]) -> Self {
                ($($part::read(bytes),)*)
            }
        })*
    };
}
tuples!((A 0, B 1), (A 0, B 1, C 2), (A 0, B 1, C 2, D 3), (A 0, B 1, C 2, D 3, E 4));

/// Implement [`Message`] for a struct with these fields, which are all it has.
macro_rules! message_of_fields {
    ($name:ident { $($field:ident),* }) => {
        impl $crate::ranks::Message for $name {
            fn write(&self, bytes: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($crate::ranks::Message::write($field, bytes);)*
            }

            fn read(bytes: &mut &[u8]) -> Self {
                Self { $($field: $crate::ranks::Message::read(bytes)),* }
            }
        }
    };
}
pub(crate) use message_of_fields;

impl Message for () {
    fn write(&self, _: &mut Vec<u8>) {}

    fn read(_: &mut &[u8]) -> Self {}
}

impl Message for bool {
    fn write(&self, bytes: &mut Vec<u8>) {
        u8::from(*self).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Self {
        u8::read(bytes) != 0
    }
}

impl Message for String {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.len().write(bytes);
        bytes.extend_from_slice(self.as_bytes());
    }

    fn read(bytes: &mut &[u8]) -> Self {
        Self::from_utf8(Vec::read(bytes)).expect("a text in UTF-8 from another rank")
    }
}

impl<T: Message> Message for Vec<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.len().write(bytes);
        bytes.reserve(size_of_val(self.as_slice()));
        self.iter().for_each(|value| value.write(bytes));
    }

    fn read(bytes: &mut &[u8]) -> Self {
        (0..usize::read(bytes)).map(|_| T::read(bytes)).collect()
    }
}

impl<T: Message, const N: usize> Message for [T; N] {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.iter().for_each(|value| value.write(bytes));
    }

    fn read(bytes: &mut &[u8]) -> Self {
        std::array::from_fn(|_| T::read(bytes))
    }
}

impl<T: Message> Message for Array2<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        (self.nrows(), self.ncols()).write(bytes);
        self.iter().for_each(|number| number.write(bytes));
    }

    fn read(bytes: &mut &[u8]) -> Self {
        let shape: (usize, usize) = Message::read(bytes);
        let numbers = (0..shape.0 * shape.1).map(|_| T::read(bytes)).collect();
        Self::from_shape_vec(shape, numbers).expect("rows × columns numbers")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
