//! The options behind WITH, and what they are set to.

use cqlint_analysis::syntax::{Keyword, Meaning, TokenKind};

use super::draft::Draft;
use super::{Kind, Offer};

/// An option of a table or of a keyspace.
struct Known {
    name: &'static str,
    /// What it does.
    detail: &'static str,
    /// What it can be set to; a map with a place to fill in is a snippet.
    values: &'static [&'static str],
    /// The keys of its map.
    keys: &'static [&'static str],
}

const fn option(name: &'static str, detail: &'static str, values: &'static [&'static str], keys: &'static [&'static str]) -> Known {
    Known { name, detail, values, keys }
}

const OF_TABLES: &[Known] = &[
    option("additional_write_policy", "when a write goes to a further replica", &["'99p'", "'ALWAYS'", "'NEVER'"], &[]),
    option("bloom_filter_fp_chance", "how often a Bloom filter may be wrong", &["0.01", "0.1"], &[]),
    option(
        "caching",
        "what is kept in memory",
        &["{'keys': 'ALL', 'rows_per_partition': 'NONE'}"],
        &["'keys'", "'rows_per_partition'"],
    ),
    option("cdc", "whether changes are kept for others to read", &["true", "false"], &[]),
    option("comment", "what people should know of the table", &["'$1'"], &[]),
    option(
        "compaction",
        "how data files are merged",
        &[
            "{'class': 'UnifiedCompactionStrategy'}",
            "{'class': 'SizeTieredCompactionStrategy'}",
            "{'class': 'LeveledCompactionStrategy'}",
            "{'class': 'TimeWindowCompactionStrategy', 'compaction_window_unit': '${1:DAYS}', 'compaction_window_size': ${2:1}}",
            "{'class': 'IncrementalCompactionStrategy'}",
        ],
        &[
            "'class'",
            "'compaction_window_size'",
            "'compaction_window_unit'",
            "'enabled'",
            "'max_threshold'",
            "'min_threshold'",
            "'scaling_parameters'",
            "'sstable_size_in_mb'",
            "'target_sstable_size'",
            "'tombstone_compaction_interval'",
            "'tombstone_threshold'",
            "'unchecked_tombstone_compaction'",
        ],
    ),
    option(
        "compression",
        "how data files are compressed",
        &[
            "{'class': 'LZ4Compressor'}",
            "{'class': 'ZstdCompressor'}",
            "{'class': 'SnappyCompressor'}",
            "{'class': 'DeflateCompressor'}",
            "{'enabled': false}",
        ],
        &["'chunk_length_in_kb'", "'class'", "'compression_level'", "'enabled'", "'min_compress_ratio'"],
    ),
    option("crc_check_chance", "how often checksums are looked at", &["1.0"], &[]),
    option("default_time_to_live", "seconds that rows live", &["0", "86400"], &[]),
    option("extensions", "what others keep with the table", &["{}"], &[]),
    option("gc_grace_seconds", "seconds that deletions are kept", &["864000"], &[]),
    option("incremental_backups", "whether backups are made as data files are written", &["true", "false"], &[]),
    option("max_index_interval", "how thin the index of partitions may be", &["2048"], &[]),
    option("memtable", "which settings of the server hold for what is in memory", &["'default'", "'trie'"], &[]),
    option("memtable_flush_period_in_ms", "after how long what is in memory is written", &["0"], &[]),
    option("min_index_interval", "how thick the index of partitions may be", &["128"], &[]),
    option("paxos_grace_seconds", "seconds that the state of conditions is kept (ScyllaDB)", &["864000"], &[]),
    option("read_repair", "what a read mends", &["'BLOCKING'", "'NONE'"], &[]),
    option("speculative_retry", "when a read asks a further replica", &["'99p'", "'50ms'", "'ALWAYS'", "'NEVER'"], &[]),
    option("tombstone_gc", "when deletions are forgotten (ScyllaDB)", &["{'mode': 'repair'}", "{'mode': 'timeout'}"], &["'mode'"]),
];

const OF_KEYSPACES: &[Known] = &[
    option("durable_writes", "whether writes go to the commit log", &["true", "false"], &[]),
    option(
        "replication",
        "where copies are kept",
        &[
            "{'class': 'NetworkTopologyStrategy', '${1:datacenter1}': ${2:3}}",
            "{'class': 'SimpleStrategy', 'replication_factor': ${1:1}}",
        ],
        &["'class'", "'replication_factor'"],
    ),
    option(
        "tablets",
        "whether tables are split into tablets (ScyllaDB)",
        &["{'enabled': true}", "{'enabled': false}"],
        &["'enabled'", "'initial'"],
    ),
];

pub(super) fn offer(draft: &Draft<'_>, offers: &mut Vec<Offer>) {
    let statement = &draft.statement;
    let known = match statement.keyword(1) {
        Keyword::Table | Keyword::Columnfamily | Keyword::Materialized => OF_TABLES,
        Keyword::Keyspace | Keyword::Schema => OF_KEYSPACES,
        _ => return,
    };
    if draft.expects(&["the name of an option"]) && !draft.typed.starts_with('\'') {
        for option in known {
            let offer = Offer::new(Kind::Option, 10, option.name).with_detail(option.detail);
            offers.push(Offer { insert: format!("{} = ", option.name), ..offer });
        }
        return;
    }
    let Some(at) = (0..draft.len()).rfind(|at| statement.meaning(*at) == Meaning::Option) else { return };
    let text = statement.tokens.get(at).map(|token| token.span.text(statement.text)).unwrap_or_default();
    let Some(option) = known.iter().find(|option| option.name.eq_ignore_ascii_case(text)) else { return };
    let last = statement.kind(draft.len() - 1);
    let is_in_map = (at..draft.len()).any(|at| statement.kind(at) == TokenKind::OpenBrace);
    match last {
        TokenKind::Equal => {
            for value in option.values {
                offers.push(Offer::new(Kind::Value, 5, super::templates::plain(value)).with_snippet((*value).to_owned()));
            }
        }
        TokenKind::OpenBrace | TokenKind::Comma if is_in_map => {
            offers.extend(option.keys.iter().map(|key| Offer::new(Kind::Value, 5, *key)));
        }
        TokenKind::Colon if is_in_map => {
            let key = draft.len().checked_sub(2).and_then(|at| statement.tokens.get(at)).map(|key| key.span.text(statement.text));
            let values = option.values.iter().filter_map(|value| in_map(value, key?));
            offers.extend(values.map(|value| Offer::new(Kind::Value, 5, value)));
        }
        _ => {}
    }
}

/// What a key has in a map.
fn in_map<'m>(map: &'m str, key: &str) -> Option<&'m str> {
    let (_, rest) = map.split_once(key)?;
    let value = rest.strip_prefix(": ")?;
    let end = value.find([',', '}'])?;
    value.get(..end).filter(|value| !value.contains('$'))
}
