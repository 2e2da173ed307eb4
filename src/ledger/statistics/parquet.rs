//! Rows as a Parquet file: the same rows give the same bytes. Knows no folder and no rule.
//!
//! Without compression: a file has some hundred rows, and every reader takes it.

use std::sync::Arc;

use ::parquet::basic::Compression;
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::{WriterProperties, WriterVersion};
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::parser::parse_message_type;

use crate::ledger::error::{LedgerError, Result};
use crate::ledger::statistics::StatisticsRow;

/// The columns of a file; county, township, village and month are in the names of its folders.
pub(super) const COLUMNS: [&str; 4] = ["programme", "measure", "number", "suppressed"];

/// Columns and types: a number that was left out is NULL.
const SCHEMA: &str = "message statistics {
    REQUIRED BYTE_ARRAY programme (STRING);
    REQUIRED BYTE_ARRAY measure (STRING);
    OPTIONAL INT64 number;
    REQUIRED BOOLEAN suppressed;
}";

/// The bytes of a file.
///
/// # Errors
/// `statistics-not-made` where the library refuses, which no rows make it do.
pub(super) fn bytes(rows: &[&StatisticsRow]) -> Result<Vec<u8>> {
    write(rows).map_err(|_| LedgerError::refused("statistics-not-made"))
}

fn write(rows: &[&StatisticsRow]) -> std::result::Result<Vec<u8>, ParquetError> {
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let properties = WriterProperties::builder()
        .set_created_by("xiangli".to_owned())
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::UNCOMPRESSED)
        .set_column_dictionary_enabled("number".into(), false)
        .build();
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    texts(&mut group, rows.iter().map(|row| row.programme.as_str()))?;
    texts(&mut group, rows.iter().map(|row| row.measure.as_str()))?;
    numbers(&mut group, rows)?;
    let suppressed: Vec<bool> = rows.iter().map(|row| row.suppressed).collect();
    if let Some(mut column) = group.next_column()? {
        column.typed::<BoolType>().write_batch(&suppressed, None, None)?;
        column.close()?;
    }
    group.close()?;
    file.into_inner()
}

type Group<'a> = SerializedRowGroupWriter<'a, Vec<u8>>;

fn texts<'a>(group: &mut Group<'_>, texts: impl Iterator<Item = &'a str>) -> std::result::Result<(), ParquetError> {
    let texts: Vec<ByteArray> = texts.map(ByteArray::from).collect();
    if let Some(mut column) = group.next_column()? {
        column.typed::<ByteArrayType>().write_batch(&texts, None, None)?;
        column.close()?;
    }
    Ok(())
}

/// Numbers that are there, and for each row whether one is.
fn numbers(group: &mut Group<'_>, rows: &[&StatisticsRow]) -> std::result::Result<(), ParquetError> {
    let there: Vec<i64> = rows.iter().filter_map(|row| row.number).collect();
    let levels: Vec<i16> = rows.iter().map(|row| i16::from(row.number.is_some())).collect();
    if let Some(mut column) = group.next_column()? {
        column.typed::<Int64Type>().write_batch(&there, Some(&levels), None)?;
        column.close()?;
    }
    Ok(())
}
