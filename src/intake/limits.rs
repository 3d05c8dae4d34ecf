//! How much one pack may cost; the reader never takes a file's own word for its size.

/// Bounds on what is read. Sizes in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// A whole `filing.json`.
    pub max_json_bytes: u64,
    /// One line of `filings.jsonl`.
    pub max_line_bytes: u64,
    /// One attachment.
    pub max_attachment_bytes: u64,
    pub max_attachments_per_filing: usize,
    /// Everything read from one pack, after inflating.
    pub max_pack_bytes: u64,
    /// Entries of a zip archive.
    pub max_entries: usize,
    /// Inflated bytes per compressed byte, measured while inflating.
    pub max_compression_ratio: u64,
    /// Attachments of one filing kept in memory between looking at them and storing them; what exceeds it is read
    /// a second time.
    pub max_held_bytes: u64,
    /// Columns of a table.
    pub max_columns: usize,
    /// Everything in a workbook after inflating; its texts are held in memory.
    pub max_workbook_bytes: u64,
    /// The texts that a workbook's sheets share, after inflating: they are held in memory as a list.
    pub max_shared_texts_bytes: u64,
}

impl Default for Limits {
    /// Room for a filing with 64 phone photos and for packs of some 100,000 filings.
    fn default() -> Self {
        Limits {
            max_json_bytes: 4 << 20,
            max_line_bytes: 1 << 20,
            max_attachment_bytes: 32 << 20,
            max_attachments_per_filing: 64,
            max_pack_bytes: 1 << 40,
            max_entries: 200_000,
            max_compression_ratio: 200,
            max_held_bytes: 64 << 20,
            max_columns: 1_000,
            max_workbook_bytes: 512 << 20,
            max_shared_texts_bytes: 64 << 20,
        }
    }
}
