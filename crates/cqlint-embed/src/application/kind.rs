//! What a file is by its name: source of a family of languages, a build file, or configuration.

use std::path::Path;

/// Languages that share their drivers, and the way they write comments and strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    Jvm,
    Python,
    CSharp,
    Go,
    JavaScript,
    Rust,
    C,
    Php,
}

/// Who builds a part of an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    Maven,
    Gradle,
    Sbt,
    Pip,
    DotNet,
    Go,
    Npm,
    Cargo,
}

/// How a configuration file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Hocon,
    Properties,
    Yaml,
}

/// A file that says how drivers are set up, and holds no CQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Build(Tool),
    Configuration(Format),
}

/// The whole name of a build file, and whose it is.
const NAMES: [(&str, Tool); 11] = [
    ("pom.xml", Tool::Maven),
    ("build.gradle", Tool::Gradle),
    ("build.gradle.kts", Tool::Gradle),
    ("libs.versions.toml", Tool::Gradle),
    ("build.sbt", Tool::Sbt),
    ("pyproject.toml", Tool::Pip),
    ("setup.py", Tool::Pip),
    ("Directory.Packages.props", Tool::DotNet),
    ("go.mod", Tool::Go),
    ("package.json", Tool::Npm),
    ("Cargo.toml", Tool::Cargo),
];

const ENDINGS: [(&str, Family); 25] = [
    ("java", Family::Jvm),
    ("kt", Family::Jvm),
    ("kts", Family::Jvm),
    ("scala", Family::Jvm),
    ("sc", Family::Jvm),
    ("py", Family::Python),
    ("pyi", Family::Python),
    ("cs", Family::CSharp),
    ("go", Family::Go),
    ("js", Family::JavaScript),
    ("jsx", Family::JavaScript),
    ("mjs", Family::JavaScript),
    ("cjs", Family::JavaScript),
    ("ts", Family::JavaScript),
    ("mts", Family::JavaScript),
    ("cts", Family::JavaScript),
    ("tsx", Family::JavaScript),
    ("rs", Family::Rust),
    ("c", Family::C),
    ("h", Family::C),
    ("cc", Family::C),
    ("cpp", Family::C),
    ("cxx", Family::C),
    ("hpp", Family::C),
    ("php", Family::Php),
];

impl Kind {
    /// What the file with this name is, unless it is source.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        if let Some((_, tool)) = NAMES.iter().find(|(known, _)| *known == name) {
            return Some(Self::Build(*tool));
        }
        match path.extension()?.to_str()? {
            "csproj" => Some(Self::Build(Tool::DotNet)),
            "txt" if name.starts_with("requirements") => Some(Self::Build(Tool::Pip)),
            "conf" => Some(Self::Configuration(Format::Hocon)),
            "yaml" | "yml" => Some(Self::Configuration(Format::Yaml)),
            // No other has anything to do with a driver, and many are in old encodings.
            "properties" if name.starts_with("application") || name == "microprofile-config.properties" => {
                Some(Self::Configuration(Format::Properties))
            }
            _ => None,
        }
    }
}

impl Family {
    /// The languages that the file is written in or about.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        match Kind::of(path) {
            Some(Kind::Build(tool)) => Some(tool.family()),
            // Only the drivers of Java read such files.
            Some(Kind::Configuration(_)) => Some(Self::Jvm),
            None => {
                let ending = path.extension()?.to_str()?;
                Some(ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known))?.1)
            }
        }
    }
}

impl Tool {
    pub(crate) fn family(self) -> Family {
        match self {
            Self::Maven | Self::Gradle | Self::Sbt => Family::Jvm,
            Self::Pip => Family::Python,
            Self::DotNet => Family::CSharp,
            Self::Go => Family::Go,
            Self::Npm => Family::JavaScript,
            Self::Cargo => Family::Rust,
        }
    }

    /// Whether the topmost of its files stands for all below: their parts make one application.
    pub(crate) fn has_modules(self) -> bool {
        matches!(self, Self::Maven | Self::Gradle | Self::Sbt | Self::DotNet)
    }
}
