//! The files for the other editors parse, and all of them start the same server.

use std::fs;
use std::path::Path;

use super::{json, path, read, run, utf8};
use crate::cassandra::required;

#[test]
fn lua() {
    let script = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reads.lua");
    fs::write(&script, "for _, file in ipairs(arg) do assert(loadfile(file)) end").expect("a script");
    let files = ["neovim/lsp/cqlint.lua", "neovim/ftplugin/cqlang.lua", "neovim/ftplugin/cql.lua"].map(path);
    let [server, settings, other_name] = files.each_ref().map(|file| utf8(file));
    let arguments = [utf8(&script), server, settings, other_name];
    if let Some(output) = required("editors::lua", run("lua5.4", &["lua5.4"], &arguments)) {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Emacs itself loads the file, opens one of CQL, and colours and indents it.
#[test]
fn emacs() {
    let file = path("emacs/cqlint.el");
    let steps = r#"(with-temp-buffer
        (insert "CREATE TABLE t (\nkey text, m map<int, blob>);\nBEGIN BATCH\nSELECT date, 'it''s' FROM t;\nAPPLY BATCH;\n")
        (cql-mode)
        (font-lock-ensure)
        (indent-region (point-min) (point-max))
        (cl-labels ((face (word) (goto-char (point-min)) (search-forward word) (get-text-property (1- (point)) 'face)))
          (unless (and (eq (face "CREATE") 'font-lock-keyword-face)
                       (eq (face "text") 'font-lock-type-face)
                       (eq (face "<int") 'font-lock-type-face)
                       (null (face "date"))
                       (eq (face "it''s") 'font-lock-string-face))
            (error "other colours: %s" (mapcar #'face '("CREATE" "text" "<int" "date" "it''s"))))
          (goto-char (point-min))
          (unless (and (search-forward "\n    key" nil t) (search-forward "\n    SELECT" nil t) (search-forward "\nAPPLY" nil t))
            (error "other indentation: %s" (buffer-string)))))"#;
    let arguments = ["-Q", "--batch", "-l", "cl-lib", "-l", utf8(&file), "--eval", steps];
    if let Some(output) = required("editors::emacs", run("emacs", &["emacs-nox"], &arguments)) {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn helix() {
    let languages: toml::Table = read("helix/languages.toml").parse().expect("TOML");
    let server = &languages["language-server"]["cqlint"];
    assert_eq!(server["command"].as_str(), Some("cqlint"));
    assert_eq!(server["args"].as_array().map(Vec::len), Some(1));
    let language = &languages["language"][0];
    assert_eq!(language["language-servers"][0].as_str(), Some("cqlint"));
    assert_eq!(language["scope"].as_str(), json("vscode/syntaxes/cql.tmLanguage.json")["scopeName"].as_str());
}

#[test]
fn zed() {
    let extension: toml::Table = read("zed/extension.toml").parse().expect("TOML");
    let manifest: toml::Table = read("zed/Cargo.toml").parse().expect("TOML");
    assert_eq!(extension["version"], manifest["package"]["version"]);
    let server = &extension["language_servers"]["cqlint"];
    let languages = server["languages"].as_array().expect("languages");
    let ids = server["language_ids"].as_table().expect("ids");
    assert!(languages.iter().all(|language| ids.contains_key(language.as_str().expect("a name"))));
    assert_eq!(languages.len(), ids.len());
}

#[test]
fn jetbrains() {
    let template = json("jetbrains/template.json");
    assert_eq!(template["programArgs"]["default"], "cqlint lsp");
    for mapping in template["fileTypeMappings"].as_array().expect("files") {
        assert!(mapping["languageId"].is_string() && mapping["fileType"]["patterns"].is_array(), "{mapping}");
    }
    let options = json("jetbrains/initializationOptions.json");
    let schema = json("jetbrains/initializationOptions.schema.json");
    assert!(options.as_object().expect("options").keys().all(|name| schema["properties"].get(name).is_some()));
}

/// Every README says how to see that it works, and says it of the same program.
#[test]
fn every_folder_says_how_to_check() {
    for folder in ["vscode", "neovim", "helix", "emacs", "zed", "jetbrains"] {
        let readme = read(&format!("{folder}/README.md"));
        assert!(readme.contains("**To check that it works:**"), "editors/{folder}/README.md does not say how to check");
        assert!(read("README.md").contains(&format!("[`{folder}`]({folder})")), "editors/README.md does not name {folder}");
    }
}
