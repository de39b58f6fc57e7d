//! The words of CQL, and the one look-up from text to [`Keyword`].
//!
//! `grammar/keywords.csv` says which dialect knows and reserves each word; tests compare the two. A word is `reserved`
//! here when no dialect takes it as an unquoted name, and `partly` so when only the dialects in brackets do not. Behind
//! `known` stand the dialects that know the word at all, when not all do.

use crate::Dialects;

macro_rules! keywords {
    ($($name:ident $text:literal $standing:ident $([$($by:ident)*])? $(known $($known:ident)*)?,)*) => {
        /// A keyword of some CQL dialect. [`Keyword::None`] is any other word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "each variant is the word that it names")]
        pub enum Keyword {
            None,
            $($name,)*
        }

        /// Every keyword with its spelling in upper case, in alphabetical order.
        pub const KEYWORDS: &[(Keyword, &str)] = &[$((Keyword::$name, $text),)*];

        impl Keyword {
            /// The spelling in upper case; empty for [`Keyword::None`].
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    Keyword::None => "",
                    $(Keyword::$name => $text,)*
                }
            }

            /// Whether no dialect accepts the word as an unquoted name.
            #[must_use]
            #[inline]
            pub const fn is_reserved(self) -> bool {
                // A test of one bit: every name in every statement is asked.
                #[expect(clippy::indexing_slicing, reason = "made by the compiler, which would say so")]
                const RESERVED: [u64; 4] = {
                    let mut bits = [0; 4];
                    $(
                        if keywords!(@$standing) {
                            bits[Keyword::$name as usize / 64] |= 1 << (Keyword::$name as usize % 64);
                        }
                    )*
                    bits
                };
                let [low, middle, high, highest] = RESERVED;
                let word = match self as u8 / 64 {
                    0 => low,
                    1 => middle,
                    2 => high,
                    _ => highest,
                };
                word & (1 << (self as u8 % 64)) != 0
            }

            /// The dialects that do not accept the word as an unquoted name.
            #[must_use]
            #[cold]
            pub const fn reserved_in(self) -> Dialects {
                match self {
                    Keyword::None => Dialects::NONE,
                    $(Keyword::$name => {
                        if keywords!(@$standing) { Dialects::ALL } else { Dialects::NONE$($(.union(Dialects::$by))*)? }
                    })*
                }
            }

            /// The dialects that know the word as a keyword; to the others it is any word.
            #[must_use]
            #[cold]
            pub const fn known_in(self) -> Dialects {
                match self {
                    Keyword::None => Dialects::NONE,
                    $(Keyword::$name => keywords!(@known $($($known)*)?),)*
                }
            }
        }
    };
    (@known) => { Dialects::ALL };
    (@known $($known:ident)*) => { Dialects::NONE$(.union(Dialects::$known))* };
    (@reserved) => { true };
    (@partly) => { false };
    (@free) => { false };
}

keywords! {
    Access "ACCESS" free known SINCE_4_0,
    Add "ADD" reserved,
    Aggregate "AGGREGATE" free,
    Aggregates "AGGREGATES" free known SINCE_4_0 SCYLLA,
    All "ALL" free,
    Allow "ALLOW" reserved,
    Alter "ALTER" reserved,
    And "AND" reserved,
    Ann "ANN" partly [SCYLLA] known SINCE_5_0 SCYLLA DSE,
    Apply "APPLY" reserved,
    As "AS" free,
    Asc "ASC" reserved,
    Ascii "ASCII" free,
    Attach "ATTACH" free known SCYLLA,
    Attached "ATTACHED" free known SCYLLA,
    Authorize "AUTHORIZE" reserved,
    Batch "BATCH" reserved,
    Begin "BEGIN" reserved,
    Between "BETWEEN" free known CASSANDRA_TRUNK,
    Bigint "BIGINT" free,
    Blob "BLOB" free,
    Boolean "BOOLEAN" free,
    By "BY" reserved,
    Bypass "BYPASS" free known SCYLLA,
    Cache "CACHE" free known SCYLLA,
    Called "CALLED" free,
    Cast "CAST" partly [SCYLLA],
    Check "CHECK" free known CASSANDRA_TRUNK,
    Cidrs "CIDRS" free known SINCE_5_0,
    Cluster "CLUSTER" free known SINCE_4_0 SCYLLA,
    Clustering "CLUSTERING" free,
    Column "COLUMN" free known CASSANDRA_TRUNK,
    Columnfamilies "COLUMNFAMILIES" free known SINCE_4_0 SCYLLA,
    Columnfamily "COLUMNFAMILY" reserved,
    Columns "COLUMNS" free known DSE,
    Comment "COMMENT" free known CASSANDRA_TRUNK,
    Comments "COMMENTS" free known CASSANDRA_TRUNK,
    Commit "COMMIT" free known CASSANDRA_TRUNK DSE,
    Compact "COMPACT" free,
    Concurrency "CONCURRENCY" partly [SCYLLA] known SCYLLA,
    Config "CONFIG" free known DSE,
    Contains "CONTAINS" free,
    Count "COUNT" free,
    Counter "COUNTER" free,
    Create "CREATE" reserved,
    Custom "CUSTOM" free,
    Datacenters "DATACENTERS" free known SINCE_4_0,
    Date "DATE" free,
    Decimal "DECIMAL" free,
    Default "DEFAULT" partly [CASSANDRA_3_11 SCYLLA DSE],
    Delete "DELETE" reserved,
    Desc "DESC" partly [CASSANDRA DSE],
    Describe "DESCRIBE" partly [CASSANDRA DSE],
    Detach "DETACH" free known SCYLLA,
    Deterministic "DETERMINISTIC" free known DSE,
    Distinct "DISTINCT" free,
    Double "DOUBLE" free,
    Drop "DROP" reserved,
    Duration "DURATION" free,
    Edge "EDGE" free known DSE,
    Effective "EFFECTIVE" free known SCYLLA,
    Empty "EMPTY" free known SCYLLA,
    End "END" free known CASSANDRA_TRUNK,
    Entries "ENTRIES" reserved,
    ExcludedIndexes "EXCLUDED_INDEXES" partly [CASSANDRA_TRUNK] known CASSANDRA_TRUNK,
    Execute "EXECUTE" partly [CASSANDRA DSE],
    Exists "EXISTS" free,
    Expr "EXPR" free known NONE,
    False "FALSE" reserved,
    Field "FIELD" free known CASSANDRA_TRUNK DSE,
    Filtering "FILTERING" free,
    Finalfunc "FINALFUNC" free,
    Float "FLOAT" free,
    For "FOR" free known CASSANDRA_TRUNK SCYLLA DSE,
    From "FROM" reserved,
    Frozen "FROZEN" free,
    Full "FULL" reserved,
    Function "FUNCTION" free,
    Functions "FUNCTIONS" free,
    Generated "GENERATED" free known CASSANDRA_TRUNK,
    Grant "GRANT" reserved,
    Group "GROUP" free,
    Hashed "HASHED" free known SINCE_4_1 SCYLLA,
    Identity "IDENTITY" free known SINCE_5_0,
    If "IF" reserved,
    In "IN" reserved,
    IncludedIndexes "INCLUDED_INDEXES" partly [CASSANDRA_TRUNK] known CASSANDRA_TRUNK,
    Index "INDEX" reserved,
    Indexes "INDEXES" free known CASSANDRA_TRUNK,
    Indices "INDICES" free known DSE,
    Inet "INET" free,
    Infinity "INFINITY" reserved,
    Initcond "INITCOND" free,
    Input "INPUT" free,
    Insert "INSERT" reserved,
    Int "INT" free,
    Internals "INTERNALS" free known SINCE_4_0 SCYLLA,
    Into "INTO" reserved,
    Is "IS" reserved,
    Json "JSON" free,
    Key "KEY" free,
    Keys "KEYS" free,
    Keyspace "KEYSPACE" reserved,
    Keyspaces "KEYSPACES" free,
    Label "LABEL" free known CASSANDRA_TRUNK DSE,
    Labels "LABELS" free known CASSANDRA_TRUNK,
    Language "LANGUAGE" free,
    LargeDataGuardrails "LARGE_DATA_GUARDRAILS" free known SCYLLA,
    Let "LET" free known CASSANDRA_TRUNK,
    Level "LEVEL" free known SCYLLA,
    Levels "LEVELS" free known SCYLLA,
    Like "LIKE" free,
    Limit "LIMIT" reserved,
    List "LIST" free,
    Login "LOGIN" free,
    Map "MAP" free,
    Masked "MASKED" free known SINCE_5_0,
    Materialized "MATERIALIZED" reserved,
    Maxwritetime "MAXWRITETIME" free known SINCE_5_0,
    Mbean "MBEAN" partly [CASSANDRA_3_11 DSE] known CASSANDRA DSE,
    Mbeans "MBEANS" partly [CASSANDRA_3_11 DSE] known CASSANDRA DSE,
    Modify "MODIFY" reserved,
    Monotonic "MONOTONIC" free known DSE,
    MutationFragments "MUTATION_FRAGMENTS" free known SCYLLA,
    Nan "NAN" reserved,
    Nologin "NOLOGIN" free,
    Norecursive "NORECURSIVE" reserved,
    Nosuperuser "NOSUPERUSER" free,
    Not "NOT" reserved,
    Null "NULL" reserved,
    Of "OF" reserved,
    On "ON" reserved,
    Only "ONLY" free known SINCE_4_0 SCYLLA,
    Options "OPTIONS" free,
    Or "OR" reserved,
    Order "ORDER" reserved,
    Partition "PARTITION" free,
    Password "PASSWORD" free,
    Passwords "PASSWORDS" free known SCYLLA,
    Per "PER" free,
    Permission "PERMISSION" free,
    Permissions "PERMISSIONS" free,
    Primary "PRIMARY" reserved,
    Profiles "PROFILES" free known DSE,
    Proxy "PROXY" free known DSE,
    Prune "PRUNE" free known SCYLLA,
    Rebuild "REBUILD" free known DSE,
    Reducefunc "REDUCEFUNC" free known SCYLLA,
    Reload "RELOAD" free known DSE,
    Rename "RENAME" reserved,
    Replace "REPLACE" partly [CASSANDRA_3_11 SCYLLA DSE],
    Restrict "RESTRICT" free known DSE,
    Returns "RETURNS" free,
    Revoke "REVOKE" reserved,
    Role "ROLE" free,
    Roles "ROLES" free,
    Rows "ROWS" free known DSE,
    Schema "SCHEMA" reserved,
    ScyllaClusteringBound "SCYLLA_CLUSTERING_BOUND" partly [SCYLLA] known SCYLLA,
    ScyllaCounterShardList "SCYLLA_COUNTER_SHARD_LIST" partly [SCYLLA] known SCYLLA,
    ScyllaTimeuuidListIndex "SCYLLA_TIMEUUID_LIST_INDEX" partly [SCYLLA] known SCYLLA,
    Search "SEARCH" free known DSE,
    Security "SECURITY" free known CASSANDRA_TRUNK,
    Select "SELECT" reserved,
    SelectMasked "SELECT_MASKED" free known SINCE_5_0,
    Service "SERVICE" free known SCYLLA,
    ServiceLevel "SERVICE_LEVEL" free known SCYLLA,
    ServiceLevels "SERVICE_LEVELS" free known SCYLLA,
    Set "SET" reserved,
    Sfunc "SFUNC" free,
    Shares "SHARES" free known SCYLLA,
    Smallint "SMALLINT" free,
    Static "STATIC" free,
    Storage "STORAGE" free,
    Stype "STYPE" free,
    Superuser "SUPERUSER" free,
    Superusers "SUPERUSERS" free known CASSANDRA_TRUNK,
    Table "TABLE" reserved,
    Tables "TABLES" free known SINCE_4_0 SCYLLA,
    Text "TEXT" free,
    TextSearchIndexing "TEXT_SEARCH_INDEXING" partly [SCYLLA] known SCYLLA,
    Then "THEN" free known CASSANDRA_TRUNK,
    Time "TIME" free,
    Timeout "TIMEOUT" free known SCYLLA,
    Timestamp "TIMESTAMP" free,
    Timeuuid "TIMEUUID" free,
    Tinyint "TINYINT" free,
    To "TO" reserved,
    Token "TOKEN" reserved,
    Transaction "TRANSACTION" free known CASSANDRA_TRUNK,
    Trigger "TRIGGER" free,
    True "TRUE" reserved,
    Truncate "TRUNCATE" reserved,
    Ttl "TTL" free,
    Tuple "TUPLE" free,
    Type "TYPE" free,
    Types "TYPES" free known SINCE_4_0 SCYLLA,
    Unlogged "UNLOGGED" reserved,
    Unmask "UNMASK" free known SINCE_5_0,
    Unrestrict "UNRESTRICT" free known DSE,
    Unset "UNSET" partly [CASSANDRA_3_11 SCYLLA DSE],
    Update "UPDATE" reserved,
    Use "USE" reserved,
    User "USER" free,
    Users "USERS" free,
    Using "USING" reserved,
    Uuid "UUID" free,
    Values "VALUES" free,
    Varchar "VARCHAR" free,
    Varint "VARINT" free,
    Vector "VECTOR" free known SINCE_5_0 SCYLLA DSE,
    VectorSearchIndexing "VECTOR_SEARCH_INDEXING" partly [SCYLLA] known SCYLLA,
    Vertex "VERTEX" free known DSE,
    View "VIEW" reserved,
    Where "WHERE" reserved,
    With "WITH" reserved,
    Without "WITHOUT" free known DSE,
    Writetime "WRITETIME" free,
}

/// Number of slots: four times the words, so that most words that are no keyword meet an empty slot.
const SLOTS: usize = 1024;

/// A keyword in the hash table: its first eight letters folded to lower case, its length, itself.
#[derive(Clone, Copy)]
struct Slot {
    head: u64,
    length: u8,
    keyword: Keyword,
}

static TABLE: [Slot; SLOTS] = build();

/// Setting this bit in each byte turns an ASCII letter into lower case and keeps digits apart from letters.
const FOLD: u64 = 0x2020_2020_2020_2020;

/// Whatever can stand in a word stays distinct after folding, so equal heads mean equal words up to eight letters.
#[expect(clippy::indexing_slicing, reason = "the loop ends at the word's end")]
const fn head(word: &[u8]) -> u64 {
    let mut folded = 0;
    let mut at = 0;
    while at < word.len() && at < 8 {
        folded |= ((word[at] | 0x20) as u64) << (8 * at);
        at += 1;
    }
    folded
}

const fn slot(head: u64, length: usize) -> usize {
    let mixed = (head ^ (length as u64).wrapping_mul(0x9E37_79B9)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 54) as usize
}

#[expect(clippy::indexing_slicing, reason = "made by the compiler, which would say so")]
const fn build() -> [Slot; SLOTS] {
    let mut table = [Slot { head: 0, length: 0, keyword: Keyword::None }; SLOTS];
    let mut next = 0;
    while next < KEYWORDS.len() {
        let (keyword, text) = KEYWORDS[next];
        let head = head(text.as_bytes());
        let mut place = slot(head, text.len());
        while table[place].length != 0 {
            place = (place + 1) % SLOTS;
        }
        table[place] = Slot { head, length: text.len() as u8, keyword };
        next += 1;
    }
    table
}

/// Finds the keyword that `word` spells in any case; `first` holds its first eight bytes, little-endian, whatever
/// stands behind the word.
#[inline]
pub(crate) fn lookup(word: &[u8], first: u64) -> Keyword {
    let length = word.len();
    let head = if length < 8 { (first | FOLD) & ((1 << (8 * length)) - 1) } else { first | FOLD };
    let mut place = slot(head, length);
    loop {
        let Some(candidate) = TABLE.get(place) else { return Keyword::None };
        if candidate.length == 0 {
            return Keyword::None;
        }
        if candidate.head == head
            && usize::from(candidate.length) == length
            && (length <= 8 || rest_matches(candidate.keyword, word))
        {
            return candidate.keyword;
        }
        place = (place + 1) % SLOTS;
    }
}

/// The letters behind the eighth, which few words have.
#[cold]
#[inline(never)]
fn rest_matches(keyword: Keyword, word: &[u8]) -> bool {
    keyword.text().as_bytes().eq_ignore_ascii_case(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str) -> Keyword {
        lookup(word.as_bytes(), head(word.as_bytes()))
    }

    #[test]
    fn every_keyword_is_found_in_any_case() {
        for (keyword, text) in KEYWORDS {
            assert_eq!(of(text), *keyword);
            assert_eq!(of(&text.to_lowercase()), *keyword);
        }
    }

    #[test]
    fn other_words_are_none() {
        for word in ["id", "user_id", "selec", "selects", "scylla_clustering_bounds", "x", "materialised"] {
            assert_eq!(of(word), Keyword::None, "{word}");
        }
    }
}
