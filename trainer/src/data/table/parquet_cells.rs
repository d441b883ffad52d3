//! The values of a Parquet column as text.

use super::record::ELEMENT;
use crate::data::time::{date, timestamp};
use ::parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use ::parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use ::parquet::data_type::DataType;
use ::parquet::schema::types::ColumnDescriptor;
use std::fmt::Write;

/// What the numbers or bytes of a column mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A number, a truth value or a text as it is.
    Plain,
    Unsigned,
    /// A number with as many digits after the point.
    Decimal(u32),
    /// Days since 1970.
    Date,
    /// Units of which so many are a second, since 1970.
    Timestamp(i64),
    Uuid,
}

/// Batches of decoded cells.
#[derive(Default)]
pub struct Cells {
    reader: Option<ColumnReader>,
    text: String,
    /// End of each cell in `text`, and whether it is text.
    ends: Vec<(usize, bool)>,
    /// Cells returned, and the end of the last.
    next: usize,
    start: usize,
}

impl Meaning {
    /// Return the meaning of a column; `None` if its values have none as text.
    pub fn of(column: &ColumnDescriptor) -> Option<Self> {
        let scale = u32::try_from(column.type_scale()).unwrap_or_default();
        let logical = match column.logical_type_ref() {
            Some(LogicalType::Decimal(_)) => Some(Self::Decimal(scale)),
            Some(LogicalType::Date) => Some(Self::Date),
            Some(LogicalType::Timestamp(timestamp)) => Some(Self::Timestamp(match timestamp.unit {
                TimeUnit::MILLIS => 1_000,
                TimeUnit::MICROS => 1_000_000,
                TimeUnit::NANOS => 1_000_000_000,
            })),
            Some(LogicalType::Uuid) => Some(Self::Uuid),
            Some(LogicalType::Integer(int)) if !int.is_signed => Some(Self::Unsigned),
            _ => None,
        };
        let converted = match column.converted_type() {
            ConvertedType::DECIMAL => Self::Decimal(scale),
            ConvertedType::DATE => Self::Date,
            ConvertedType::TIMESTAMP_MILLIS => Self::Timestamp(1_000),
            ConvertedType::TIMESTAMP_MICROS => Self::Timestamp(1_000_000),
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64 => {
                Self::Unsigned
            }
            _ => Self::Plain,
        };
        let meaning = logical.unwrap_or(converted);
        let bytes = column.physical_type() == Type::FIXED_LEN_BYTE_ARRAY;
        (!bytes || matches!(meaning, Self::Uuid | Self::Decimal(_))).then_some(meaning)
    }

    fn integer(self, value: i64, unsigned: u64, out: &mut String) {
        match self {
            Self::Unsigned => push(out, unsigned),
            Self::Decimal(scale) => decimal(value.into(), scale, out),
            Self::Date => date(value, out),
            Self::Timestamp(units) => timestamp(value, units, out),
            Self::Plain | Self::Uuid => push(out, value),
        }
    }

    /// Append bytes; return whether they are a text.
    fn bytes(self, bytes: &[u8], out: &mut String) -> bool {
        match self {
            Self::Decimal(scale) => {
                let sign = if bytes.first().is_some_and(|first| first & 0x80 != 0) { -1 } else { 0 };
                decimal(bytes.iter().fold(sign, |value: i128, &byte| value << 8 | i128::from(byte)), scale, out);
            }
            Self::Uuid => {
                for (index, byte) in bytes.iter().enumerate() {
                    let dash = if matches!(index, 4 | 6 | 8 | 10) { "-" } else { "" };
                    push(out, format_args!("{dash}{byte:02x}"));
                }
            }
            _ => match std::str::from_utf8(bytes) {
                Ok(text) => out.push_str(text),
                Err(_) => return false,
            },
        }
        true
    }
}

impl Cells {
    /// Go on with the values of `reader`.
    pub fn open(&mut self, reader: ColumnReader) {
        self.reader = Some(reader);
    }

    /// Decode `rows` rows of a column with these maximum definition and repetition levels; return how many there are.
    pub fn decode(&mut self, rows: usize, levels: [i16; 2], meaning: Meaning) -> Result<usize, String> {
        self.text.clear();
        self.ends.clear();
        (self.next, self.start) = (0, 0);
        let Some(mut reader) = self.reader.take() else { return Ok(0) };
        let of = meaning;
        let decoded = match &mut reader {
            ColumnReader::BoolColumnReader(r) => self.read(r, rows, levels, |&v, out| shown(out, v)),
            ColumnReader::Int32ColumnReader(r) => {
                self.read(r, rows, levels, |&v, out| (of.integer(v.into(), u64::from(v as u32), out), true).1)
            }
            ColumnReader::Int64ColumnReader(r) => {
                self.read(r, rows, levels, |&v, out| (of.integer(v, v as u64, out), true).1)
            }
            ColumnReader::Int96ColumnReader(r) => {
                self.read(r, rows, levels, |v, out| (timestamp(v.to_millis(), 1_000, out), true).1)
            }
            ColumnReader::FloatColumnReader(r) => self.read(r, rows, levels, |&v, out| shown(out, v)),
            ColumnReader::DoubleColumnReader(r) => self.read(r, rows, levels, |&v, out| shown(out, v)),
            ColumnReader::ByteArrayColumnReader(r) => self.read(r, rows, levels, |v, out| of.bytes(v.data(), out)),
            ColumnReader::FixedLenByteArrayColumnReader(r) => {
                self.read(r, rows, levels, |v, out| of.bytes(v.data(), out))
            }
        };
        self.reader = Some(reader);
        decoded
    }

    fn read<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        rows: usize,
        [max_definition, max_repetition]: [i16; 2],
        write: impl Fn(&T::T, &mut String) -> bool,
    ) -> Result<usize, String> {
        let (mut definitions, mut repetitions, mut values) = (Vec::new(), Vec::new(), Vec::new());
        let (records, _, levels) = reader
            .read_records(rows, Some(&mut definitions), Some(&mut repetitions), &mut values)
            .map_err(|error| error.to_string())?;
        let mut values = values.iter();
        let mut sound = true;
        for level in 0..levels {
            let list = max_repetition > 0;
            if level > 0 && (!list || repetitions[level] == 0) {
                self.ends.push((self.text.len(), sound));
                sound = true;
            }
            if max_definition == 0 || definitions[level] == max_definition {
                if list {
                    self.text.push(ELEMENT);
                }
                let value = values.next().ok_or("fewer values than rows")?;
                sound &= write(value, &mut self.text);
            }
        }
        if levels > 0 {
            self.ends.push((self.text.len(), sound));
        }
        Ok(records)
    }

    /// Return the next cell of the batch; `None` if it is no text.
    pub fn next(&mut self) -> Option<&str> {
        let (end, sound) = self.ends[self.next];
        self.next += 1;
        let start = std::mem::replace(&mut self.start, end);
        sound.then(|| &self.text[start..end])
    }
}

/// Append a value that always has a text.
fn shown(out: &mut String, value: impl std::fmt::Display) -> bool {
    push(out, value);
    true
}

/// Append the number `value`·10^−`scale`.
fn decimal(value: i128, scale: u32, out: &mut String) {
    let power = 10u128.pow(scale.min(38));
    let sign = if value < 0 { "-" } else { "" };
    let (whole, rest) = (value.unsigned_abs() / power, value.unsigned_abs() % power);
    push(out, format_args!("{sign}{whole}"));
    if scale > 0 {
        push(out, format_args!(".{rest:0width$}", width = scale as usize));
    }
}

fn push(out: &mut String, value: impl std::fmt::Display) {
    // Writing to a string does not fail.
    let _ = write!(out, "{value}");
}
