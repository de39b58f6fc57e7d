//! What a file brings in from others, and which package it belongs to.

use crate::Language;
use crate::tree::{Part, Tree};

/// How deep braces stand in the braces of an import.
const DEPTH: usize = 8;

/// A name that a file brings in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    /// What it is called here; `*` for all that there is.
    pub(crate) local: String,
    /// The package, class or module that it comes from, as it is written, with dots.
    pub(crate) from: String,
    /// What it is called there; nothing for the module itself.
    pub(crate) item: Option<String>,
}

/// What a file says about where it stands among the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Imports {
    pub(crate) package: String,
    pub(crate) items: Vec<Import>,
    /// What its classes inherit from.
    pub(crate) bases: Vec<String>,
}

impl Imports {
    /// Reads them from the outer parts of a file.
    pub(crate) fn read(tree: &Tree, text: &str, language: Language) -> Self {
        let mut imports = Self::default();
        tree.visit(Part::All, &mut |node| {
            let said = || text.get(node.byte_range()).unwrap_or("").trim();
            match node.kind() {
                "package_declaration" | "package_clause" | "package_header" => {
                    imports.package = said().trim_start_matches("package").trim_matches([' ', ';', '\t']).to_owned();
                    false
                }
                "namespace_definition" if language == Language::Php => {
                    let name = node.child_by_field_name("name").and_then(|name| text.get(name.byte_range()));
                    imports.package = name.unwrap_or("").replace('\\', ".");
                    true
                }
                "namespace_use_declaration" => {
                    imports.uses(said());
                    false
                }
                // A trait of PHP.
                "use_declaration" if language == Language::Php => {
                    imports.inherit(said());
                    false
                }
                "namespace_declaration" | "file_scoped_namespace_declaration" => {
                    let name = node.child_by_field_name("name").and_then(|name| text.get(name.byte_range()));
                    imports.package = name.unwrap_or("").to_owned();
                    true
                }
                "import_spec" => {
                    let path = node.child_by_field_name("path").and_then(|path| text.get(path.byte_range())).unwrap_or("");
                    let from = path.trim_matches(['"', '`']).to_owned();
                    let alias = node.child_by_field_name("name").and_then(|name| text.get(name.byte_range()));
                    let local = alias.or_else(|| from.rsplit('/').find(|part| !is_version(part))).unwrap_or("").to_owned();
                    imports.items.push(Import { local, from, item: None });
                    false
                }
                "preproc_include" => {
                    let from = node.child_by_field_name("path").and_then(|path| text.get(path.byte_range())).unwrap_or("");
                    let from = from.trim_matches(['"', '<', '>']).to_owned();
                    imports.items.push(Import { local: "*".to_owned(), from, item: None });
                    false
                }
                "import_declaration" if language == Language::Go => true,
                "import_declaration" | "import" | "import_header" | "using_directive" | "use_declaration" => {
                    imports.path(said());
                    false
                }
                "import_statement" if language == Language::Python => {
                    imports.modules(said());
                    false
                }
                "import_from_statement" => {
                    imports.from(said());
                    false
                }
                "import_statement" => {
                    imports.script(said());
                    false
                }
                "variable_declarator" => {
                    let field = |name: &str| text.get(node.child_by_field_name(name)?.byte_range());
                    if let (Some(name), Some(value)) = (field("name"), field("value").filter(|value| value.starts_with("require(")))
                    {
                        imports.names(name, quoted(value), ":");
                    }
                    false
                }
                "superclass"
                | "super_interfaces"
                | "extends_interfaces"
                | "extends_clause"
                | "base_class_clause"
                | "base_clause"
                | "class_interface_clause"
                | "base_list"
                | "delegation_specifiers"
                | "class_heritage" => {
                    imports.inherit(said());
                    false
                }
                "argument_list" => {
                    let above = node.parent().filter(|above| above.kind() == "class_definition");
                    if above.is_some() {
                        imports.inherit(said());
                    }
                    false
                }
                "block" | "statement_block" | "compound_statement" | "function_body" => {
                    // Python's classes have blocks, too, and PHP's namespaces.
                    let holds_more = |kind: &str| match language {
                        Language::Python => kind == "class_definition",
                        Language::Php => kind == "namespace_definition",
                        _ => false,
                    };
                    node.parent().is_some_and(|above| holds_more(above.kind()))
                }
                _ => true,
            }
        });
        imports
    }

    fn inherit(&mut self, text: &str) {
        let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty());
        self.bases.extend(words.map(str::to_owned));
    }

    /// `import static a.b.C.D;`, `using static A.B;`, `use a::{b, c::D as E};`, `import a.{B => C, _}`.
    fn path(&mut self, said: &str) {
        let mut path = said.trim_end_matches(';').trim();
        let is_using = path.contains("using ");
        for word in ["pub(crate)", "pub", "global", "import", "using", "use", "static"] {
            path = path.strip_prefix(word).filter(|rest| rest.starts_with([' ', '\t'])).unwrap_or(path).trim_start();
        }
        if let Some((local, target)) = path.split_once('=').filter(|(_, target)| is_using && !target.starts_with('>')) {
            self.item(target.trim(), Some(local.trim()));
        } else if is_using {
            self.items.push(Import { local: "*".to_owned(), from: path.to_owned(), item: None });
        } else {
            self.expand("", &path.replace("::", "."), 0);
        }
    }

    /// PHP's `use A\B as C, D;`, `use A\{B, C};`, `use const A\B;`.
    fn uses(&mut self, said: &str) {
        let mut path = said.trim_end_matches(';').trim();
        for word in ["use", "const", "function"] {
            path = path.strip_prefix(word).filter(|rest| rest.starts_with([' ', '\t', '\n'])).unwrap_or(path).trim_start();
        }
        let path = path.replace('\\', ".");
        let paths = if path.contains('{') { vec![path.as_str()] } else { path.split(',').collect() };
        for path in paths {
            self.expand("", path.trim().trim_start_matches('.'), 0);
        }
    }

    fn expand(&mut self, prefix: &str, path: &str, depth: usize) {
        let path = path.trim();
        let Some((front, inside)) = path.split_once('{').filter(|_| depth < DEPTH) else {
            let (target, alias) = match path.split_once(" as ").or_else(|| path.split_once("=>")) {
                Some((target, alias)) => (target.trim(), Some(alias.trim())),
                None => (path, None),
            };
            return self.item(&format!("{prefix}{target}"), alias);
        };
        let inside = inside.trim_end().strip_suffix('}').unwrap_or(inside);
        let prefix = format!("{prefix}{}", front.trim());
        let mut open = 0;
        let parts = inside.split(|letter| {
            match letter {
                '{' => open += 1,
                '}' => open -= 1,
                _ => {}
            }
            letter == ',' && open == 0
        });
        for part in parts.collect::<Vec<_>>() {
            self.expand(&prefix, part, depth + 1);
        }
    }

    fn item(&mut self, path: &str, alias: Option<&str>) {
        let (from, item) = path.rsplit_once('.').unwrap_or(("", path));
        let from = from.trim().to_owned();
        let import = match item.trim() {
            "" => return,
            "*" | "_" => Import { local: "*".to_owned(), from, item: None },
            item => Import { local: alias.unwrap_or(item).to_owned(), from, item: Some(item.to_owned()) },
        };
        self.items.push(import);
    }

    /// Python's `import a.b as c, d`.
    fn modules(&mut self, said: &str) {
        for module in said.trim_start_matches("import").split(',') {
            let (from, alias) = module.split_once(" as ").map_or((module, None), |(from, alias)| (from, Some(alias)));
            let local = alias.unwrap_or(from).trim();
            self.items.push(Import {
                local: crate::strings::constants::last_name(local).to_owned(),
                from: from.trim().to_owned(),
                item: None,
            });
        }
    }

    /// Python's `from a.b import C as D, E`.
    fn from(&mut self, said: &str) {
        let Some((from, names)) = said.trim_start_matches("from").split_once(" import") else { return };
        for name in names.trim().trim_matches(['(', ')']).split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let (item, local) = name.split_once(" as ").unwrap_or((name, name));
            let from = from.trim().to_owned();
            self.items.push(Import { local: local.trim().to_owned(), from, item: Some(item.trim().to_owned()) });
        }
    }

    /// `import D, { a as b } from "./x"`, `import * as Q from "./x"`.
    fn script(&mut self, said: &str) {
        let names = said.trim_start_matches("import").trim_start();
        let names = names.trim_start_matches("type ").rsplit_once(" from").map_or("", |(names, _)| names);
        self.names(names.trim(), quoted(said), " as ");
    }

    /// JavaScript's names, those in braces with another one behind the separator. What stands outside is the module.
    fn names(&mut self, names: &str, from: &str, separator: &str) {
        let mut inside = false;
        for part in names.split(',') {
            inside |= part.contains('{');
            let name = part.trim_matches(|letter: char| letter.is_whitespace() || letter == '{' || letter == '}');
            let (item, local) = name.split_once(separator).unwrap_or((name, name));
            if !name.is_empty() {
                let item = inside.then(|| item.trim().to_owned());
                self.items.push(Import { local: local.trim().to_owned(), from: from.to_owned(), item });
            }
            inside &= !part.contains('}');
        }
    }
}

/// What stands between the first quotes.
fn quoted(text: &str) -> &str {
    let Some(start) = text.find(['"', '\'', '`']) else { return "" };
    let inside = text.get(start + 1..).unwrap_or("");
    inside.split(['"', '\'', '`']).next().unwrap_or("")
}

/// `v2` at the end of a Go module.
fn is_version(part: &str) -> bool {
    part.strip_prefix('v').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
