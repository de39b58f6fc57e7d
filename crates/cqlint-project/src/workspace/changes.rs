//! What a change of one file means for the others.

use std::path::Path;

use super::{Affected, Definitions, HostChange, HostText, Program, Workspace, read, text, trust};

impl Workspace {
    /// Takes in that an editor holds this text of a file.
    pub fn change(&mut self, path: &Path, text: String) -> Affected {
        let Some(number) = self.numbers.get(path).copied() else {
            let trust = trust(self.hosts, path, &text);
            let known = self.strangers.insert(path.to_path_buf(), trust);
            return if known == Some(trust) { Affected::Files(Vec::new()) } else { Affected::Stale };
        };
        if let Some(source) = self.sources.get_mut(number) {
            source.is_open = true;
        }
        self.put(number, text)
    }

    /// Takes in that no editor holds a file any more: what it says itself counts again.
    pub fn close(&mut self, path: &Path) -> Affected {
        self.strangers.remove(path);
        let source = self.numbers.get(path).and_then(|number| self.sources.get_mut(*number));
        source.into_iter().for_each(|source| source.is_open = false);
        self.reread(path)
    }

    /// Takes in that a file has changed outside of the editor. What the editor holds counts all the same.
    pub fn reread(&mut self, path: &Path) -> Affected {
        let Some(number) = self.numbers.get(path).copied() else { return Affected::Stale };
        let Some(source) = self.sources.get_mut(number).filter(|source| !source.is_open) else {
            return Affected::Files(Vec::new());
        };
        match read(path) {
            Ok(text) if source.text.as_ref() == Some(&text) => Affected::Files(Vec::new()),
            Ok(text) => self.put(number, text),
            Err(_) => Affected::Stale,
        }
    }

    /// Puts another text in the place of what a file says.
    fn put(&mut self, number: usize, new: String) -> Affected {
        let Some(source) = self.sources.get_mut(number) else { return Affected::Stale };
        let trust = source.trust(&new, self.hosts);
        if trust.is_some() != source.host.is_some() {
            // It is of another kind now: the others are asked again what they are.
            source.text = Some(new);
            return Affected::Stale;
        }
        let is_trusted_anew = trust != source.host;
        let affected = if trust.is_some() {
            self.put_program(number, new)
        } else {
            let before = std::mem::take(&mut source.definitions);
            source.learn(new, &self.room, self.hosts);
            let path = source.path.clone();
            let is_same = source.definitions.says_the_same(&before);
            if source.definitions != before {
                self.define();
            }
            if is_same { Affected::Files(vec![path]) } else { Affected::All }
        };
        if is_trusted_anew { Affected::Stale } else { affected }
    }

    fn put_program(&mut self, number: usize, new: String) -> Affected {
        let Self { sources, program, pool, .. } = self;
        let (Some(program), Some(source)) = (program, sources.get(number)) else { return Affected::Stale };
        let Ok(changed) = program.sources.binary_search(&number) else { return Affected::Stale };
        let Program { files: read, sources: numbers } = program;
        let text_of = |file: usize| Some(text(sources.get(*numbers.get(file)?)?)?.into_owned());
        let file = HostText { path: &source.path, text: &new, trusted: source.trusted };
        // On threads with enough room for what is deeply nested.
        let change = pool.install(|| read.change(changed, &file, &text_of));
        let files = match &change {
            HostChange::Files(files) => files.as_slice(),
            HostChange::Everything => &[changed],
        };
        if let Some(source) = sources.get_mut(number) {
            source.text = Some(new);
        }
        let (mut paths, mut is_same, mut moved) = (Vec::new(), true, false);
        for file in files {
            let source = numbers.get(*file).and_then(|number| sources.get_mut(*number));
            let Some(source) = source else { continue };
            let before: Definitions = std::mem::take(&mut source.definitions);
            source.found(read.file(*file));
            is_same &= source.definitions.says_the_same(&before);
            moved |= source.definitions != before;
            paths.push(source.path.clone());
        }
        if moved {
            self.define();
        }
        match change {
            HostChange::Everything => Affected::Stale,
            HostChange::Files(_) if is_same => Affected::Files(paths),
            HostChange::Files(_) => Affected::All,
        }
    }
}
