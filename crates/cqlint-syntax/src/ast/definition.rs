//! Statements that define things, and the types of columns.

use crate::Span;
use crate::ast::{Name, QualifiedName, Term};
use crate::tree::{Id, List};

/// What keeps a definition from failing when it is run again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Nothing.
    None,
    /// `IF EXISTS`.
    IfExists,
    /// `IF NOT EXISTS`.
    IfNotExists,
    /// `OR REPLACE`.
    OrReplace,
}

/// What a [`Definition`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the verb that it names")]
pub enum Object {
    CreateKeyspace,
    AlterKeyspace,
    DropKeyspace,
    /// `CREATE TABLE t LIKE s`.
    CopyTable,
    DropTable,
    AlterTypeAdd,
    AlterTypeRename,
    AlterTypeChange,
    DropType,
    CreateIndex,
    DropIndex,
    CreateView,
    AlterView,
    DropView,
    CreateTrigger,
    DropTrigger,
    DropFunction,
    CreateAggregate,
    DropAggregate,
    CreateRole,
    AlterRole,
    DropRole,
    CreateUser,
    AlterUser,
    DropUser,
    AddIdentity,
    DropIdentity,
    CreateServiceLevel,
    AlterServiceLevel,
    DropServiceLevel,
    AttachServiceLevel,
    DetachServiceLevel,
    /// `COMMENT ON … IS …`.
    Comment,
    /// `SECURITY LABEL … ON … IS …`.
    SecurityLabel,
    /// DSE's `RESTRICT` and `UNRESTRICT`.
    Restrict,
    CreateSearchIndex,
    AlterSearchIndex,
    DropSearchIndex,
    /// DSE's `RELOAD`, `COMMIT` and `REBUILD SEARCH INDEX`.
    ManageSearchIndex,
}

/// A definition that needs no shape of its own.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// What it does.
    pub object: Object,
    /// Where its first words stand.
    pub head: Span,
    /// What it does it to, when that has a name.
    pub name: Option<QualifiedName>,
    /// What keeps it from failing when it is run again.
    pub guard: Guard,
    /// What an inner `IF [NOT] EXISTS` of an ALTER TYPE guards; [`Guard::None`] elsewhere.
    pub inner: Guard,
    /// `GENERATED PASSWORD`: each run makes another.
    pub generates: bool,
    /// Fields that an ALTER TYPE adds, or whose type it changes.
    pub columns: List<ColumnDefinition>,
    /// Old and new names of an ALTER TYPE RENAME, in pairs.
    pub names: List<Name>,
}

/// `CREATE TABLE …`.
#[derive(Clone, Copy, Debug)]
pub struct CreateTable {
    /// The table.
    pub name: QualifiedName,
    /// `IF NOT EXISTS`.
    pub guard: Guard,
    /// Where the first words stand.
    pub head: Span,
    /// The columns.
    pub columns: List<ColumnDefinition>,
    /// The columns of the partition key.
    pub partition_key: List<Name>,
    /// The clustering columns.
    pub clustering_key: List<Name>,
    /// The options behind WITH.
    pub properties: List<Property>,
}

/// One column of a table, one field of a user type, or one argument of a function.
#[derive(Clone, Copy, Debug)]
pub struct ColumnDefinition {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub of: Type,
    /// `STATIC`.
    pub is_static: bool,
    /// Its own `PRIMARY KEY`.
    pub is_key: bool,
}

/// `name = value`.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// Where it stands.
    pub span: Span,
    /// Its name; nothing for COMPACT STORAGE, CLUSTERING ORDER BY and the like.
    pub name: Option<Name>,
    /// Its value; nothing where it is no term.
    pub value: Option<Id<Term>>,
}

/// `ALTER TABLE …`.
#[derive(Clone, Copy, Debug)]
pub struct AlterTable {
    /// The table.
    pub name: QualifiedName,
    /// `IF EXISTS` behind TABLE.
    pub guard: Guard,
    /// Where the first words stand.
    pub head: Span,
    /// What changes.
    pub change: TableChange,
}

/// What an ALTER TABLE changes.
#[derive(Clone, Copy, Debug)]
pub enum TableChange {
    /// `ADD …`, perhaps with its own IF NOT EXISTS.
    Add(Guard, List<ColumnDefinition>),
    /// `DROP …`, perhaps with its own IF EXISTS.
    Drop(Guard, List<Name>),
    /// `RENAME a TO b AND …`, perhaps with its own IF EXISTS: old and new names in pairs.
    Rename(Guard, List<Name>),
    /// `ALTER c TYPE t`.
    Type(Name, Type),
    /// `ALTER c MASKED WITH …`, `DROP MASKED`, `CHECK …`, `DROP CHECK`.
    Column(Name),
    /// `WITH …`.
    Properties(List<Property>),
    /// `DROP COMPACT STORAGE`.
    DropCompactStorage,
    /// ScyllaDB's `TTL c` or `TTL NULL`.
    TtlColumn,
    /// DSE Graph: labels of vertices and edges.
    Graph,
}

/// `CREATE TYPE …`.
#[derive(Clone, Copy, Debug)]
pub struct CreateType {
    /// The type.
    pub name: QualifiedName,
    /// `IF NOT EXISTS`.
    pub guard: Guard,
    /// Where the first words stand.
    pub head: Span,
    /// The fields.
    pub fields: List<ColumnDefinition>,
}

/// `CREATE FUNCTION …`.
#[derive(Clone, Copy, Debug)]
pub struct CreateFunction {
    /// The function.
    pub name: QualifiedName,
    /// `IF NOT EXISTS` or `OR REPLACE`.
    pub guard: Guard,
    /// Where the first words stand.
    pub head: Span,
    /// DSE's `DETERMINISTIC`: the author's promise.
    pub deterministic: bool,
    /// What it takes.
    pub arguments: List<ColumnDefinition>,
    /// What it answers.
    pub returns: Type,
}

/// The type of a column, field, argument or cast.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TypeKind,
}

/// The kinds of types.
#[derive(Clone, Copy, Debug)]
pub enum TypeKind {
    /// A native type.
    Native(NativeType),
    /// `list<t>`.
    List(Id<Type>),
    /// `set<t>`.
    Set(Id<Type>),
    /// `map<k, v>`.
    Map(Id<Type>, Id<Type>),
    /// `tuple<a, b>`.
    Tuple(List<Type>),
    /// `vector<t, n>`.
    Vector(Id<Type>),
    /// `frozen<t>`.
    Frozen(Id<Type>),
    /// A user type.
    User(QualifiedName),
    /// The name of a Java class in quotes.
    Custom,
}

macro_rules! native_types {
    ($($name:ident $text:literal,)*) => {
        /// The native types.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each variant is the type that it names")]
        pub enum NativeType {
            $($name,)*
        }

        impl NativeType {
            /// All of them, by name.
            pub const ALL: &'static [Self] = &[$(NativeType::$name,)*];

            /// How CQL writes it.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    $(NativeType::$name => $text,)*
                }
            }
        }
    };
}

native_types! {
    Ascii "ascii",
    Bigint "bigint",
    Blob "blob",
    Boolean "boolean",
    Counter "counter",
    Date "date",
    Decimal "decimal",
    Double "double",
    Duration "duration",
    Float "float",
    Inet "inet",
    Int "int",
    Smallint "smallint",
    Text "text",
    Time "time",
    Timestamp "timestamp",
    Timeuuid "timeuuid",
    Tinyint "tinyint",
    Uuid "uuid",
    Varchar "varchar",
    Varint "varint",
}
