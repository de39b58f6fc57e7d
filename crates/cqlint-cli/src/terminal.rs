//! What the output looks like: colours and width, as the terminal, the environment and the arguments say.

use std::env;
use std::io::{self, IsTerminal};

use cqlint_report::Style;
use terminal_size::terminal_size;

use crate::arguments::{Color, Look};

/// As wide as lines are when there is no terminal.
const WIDTH: usize = 100;

/// The style of standard output.
pub(crate) fn style(look: Look) -> Style {
    Style { color: color(look.color), width: width() }
}

/// The style of files, whatever the terminal is like.
pub(crate) const FILE: Style = Style { color: false, width: WIDTH };

/// <https://no-color.org> and <https://bixense.com/clicolors>; the argument is above both.
fn color(choice: Color) -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    match choice {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if is_set("CLICOLOR_FORCE") && env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        Color::Auto => io::stdout().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

fn width() -> usize {
    let columns = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    let terminal = || io::stdout().is_terminal().then(terminal_size).flatten().map(|(width, _)| usize::from(width.0));
    columns.or_else(terminal).unwrap_or(WIDTH)
}
