//! Small Parquet files.

use parquet::basic::Compression;
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArray, FixedLenByteArrayType, Int32Type,
    Int64Type,
};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use std::sync::Arc;

/// Writes a column.
pub type Column = Box<dyn Fn(&mut SerializedColumnWriter<'_>)>;

/// Return a column with its values, definition levels and repetition levels.
fn column<T: DataType>(
    values: Vec<T::T>,
    definitions: Option<&'static [i16]>,
    repetitions: Option<&'static [i16]>,
) -> Column
where
    T::T: 'static,
{
    Box::new(move |writer| {
        writer.typed::<T>().write_batch(&values, definitions, repetitions).unwrap();
    })
}

/// Write a file with one row group.
pub fn parquet(schema: &str, columns: &[Column]) -> Vec<u8> {
    written(schema, columns, Compression::UNCOMPRESSED)
}

fn written(schema: &str, columns: &[Column], compression: Compression) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
    let mut bytes = Vec::new();
    let mut file = SerializedFileWriter::new(&mut bytes, schema, properties).unwrap();
    let mut group = file.next_row_group().unwrap();
    for column in columns {
        let mut writer = group.next_column().unwrap().unwrap();
        column(&mut writer);
        writer.close().unwrap();
    }
    group.close().unwrap();
    file.close().unwrap();
    bytes
}

fn text(texts: &[&str]) -> Vec<ByteArray> {
    texts.iter().map(|&text| ByteArray::from(text)).collect()
}

/// Write users, items and stars.
pub fn ratings_parquet(rows: &[(&str, &str, f64)], compression: Compression) -> Vec<u8> {
    let schema =
        "message m { required double stars; required binary user (UTF8); required binary item; required boolean x; }";
    let users: Vec<&str> = rows.iter().map(|row| row.0).collect();
    let items: Vec<&str> = rows.iter().map(|row| row.1).collect();
    let columns = [
        column::<DoubleType>(rows.iter().map(|row| row.2).collect(), None, None),
        column::<ByteArrayType>(text(&users), None, None),
        column::<ByteArrayType>(text(&items), None, None),
        column::<BoolType>(vec![true; rows.len()], None, None),
    ];
    written(schema, &columns, compression)
}

/// Write columns of texts.
pub fn texts(names: &[&str], columns: &[&[&str]]) -> Vec<u8> {
    let fields = names.iter().map(|name| format!("required binary {name} (UTF8);")).collect::<String>();
    let columns: Vec<Column> = columns.iter().map(|values| column::<ByteArrayType>(text(values), None, None)).collect();
    parquet(&format!("message m {{ {fields} }}"), &columns)
}

/// Return two rows of an id, a title, a date, two decimals, a time, a number, a truth value and a list; but for the first two
/// columns the second row has nulls and an empty list.
pub fn every_type() -> [Column; 9] {
    const KNOWN: Option<&[i16]> = Some(&[1, 0]);
    let minus_one = FixedLenByteArray::from(ByteArray::from(vec![0xFF, 0xFF]));
    [
        column::<Int64Type>(vec![7_000_000_000, -1], None, None),
        column::<ByteArrayType>(text(&["Größe", "B"]), Some(&[1, 1]), None),
        column::<Int32Type>(vec![19782], KNOWN, None),
        column::<Int32Type>(vec![-1205], KNOWN, None),
        column::<FixedLenByteArrayType>(vec![minus_one], KNOWN, None),
        column::<Int64Type>(vec![1_000_000_000_000], KNOWN, None),
        column::<DoubleType>(vec![1.5], KNOWN, None),
        column::<BoolType>(vec![true], KNOWN, None),
        // The list of the first row has a null too.
        column::<ByteArrayType>(text(&["Sci|Fi", "x"]), Some(&[2, 1, 2, 0]), Some(&[0, 1, 1, 0])),
    ]
}
