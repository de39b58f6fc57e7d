//! Text of a few forms, which is written as Markdown, or plain for editors that show no Markdown.

/// What is said, part by part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prose(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// CQL.
    Code(String),
    Paragraph(String),
    List(Vec<String>),
    /// Markdown that was written elsewhere.
    Page(String),
    /// What follows is about something else.
    Line,
}

impl Prose {
    pub(super) fn code(&mut self, text: impl Into<String>) {
        self.0.push(Part::Code(text.into()));
    }

    pub(super) fn paragraph(&mut self, text: impl Into<String>) {
        self.0.push(Part::Paragraph(text.into()));
    }

    pub(super) fn list(&mut self, items: Vec<String>) {
        if !items.is_empty() {
            self.0.push(Part::List(items));
        }
    }

    pub(super) fn page(&mut self, markdown: impl Into<String>) {
        self.0.push(Part::Page(markdown.into()));
    }

    /// Sets what follows apart from what was said, if anything was.
    pub(super) fn line(&mut self) {
        if !self.0.is_empty() {
            self.0.push(Part::Line);
        }
    }

    /// As Markdown.
    pub(crate) fn markdown(&self) -> String {
        let part = |part: &Part| match part {
            Part::Code(text) => format!("```cql\n{text}\n```"),
            Part::Paragraph(text) => text.clone(),
            Part::List(items) => bullets(items),
            Part::Page(markdown) => markdown.clone(),
            Part::Line => "---".to_owned(),
        };
        self.0.iter().map(part).collect::<Vec<_>>().join("\n\n")
    }

    /// Without any marks but those that people write anyway.
    pub(crate) fn plain(&self) -> String {
        let part = |part: &Part| match part {
            Part::Code(text) => text.clone(),
            Part::Paragraph(text) => text.replace("**", ""),
            Part::List(items) => bullets(items),
            Part::Page(markdown) => {
                let is_text = |line: &&str| !line.starts_with("```");
                markdown.lines().filter(is_text).map(|line| line.trim_start_matches(['#', ' '])).collect::<Vec<_>>().join("\n")
            }
            Part::Line => "----".to_owned(),
        };
        self.0.iter().map(part).collect::<Vec<_>>().join("\n\n")
    }
}

fn bullets(items: &[String]) -> String {
    items.iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n")
}
