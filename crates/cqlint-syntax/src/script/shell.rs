//! Lines for cqlsh: where one begins, and where it ends.

use crate::{Keyword, Lexer, Span, Token, TokenKind};

/// Where the line that begins with `first` ends: before its line end or its `;`. Parentheses that are open hold it open,
/// quotes do not.
pub(super) fn shell_line(first: Token, text: &str, mut lexer: Lexer<'_>) -> u32 {
    lexer.resume(first.span.end);
    let (mut open, mut end) = (0_i32, first.span.end);
    loop {
        let token = lexer.token();
        let line_end = Span::new(end, token.span.end).text(text).find('\n');
        if let Some(length) = line_end.filter(|_| open <= 0) {
            return end + length as u32;
        }
        match token.kind {
            TokenKind::Semicolon | TokenKind::End => return token.span.start,
            TokenKind::OpenParen => open += 1,
            TokenKind::CloseParen => open -= 1,
            _ => {}
        }
        end = token.span.end;
    }
}

/// Whether a line for cqlsh begins here. `?` is its HELP.
pub(super) fn is_shell_command(token: Token, text: &str) -> bool {
    const COMMANDS: [&str; 20] = [
        "CAPTURE",
        "CLEAR",
        "CLS",
        "CLUSTER",
        "CONSISTENCY",
        "COPY",
        "DEBUG",
        "ELAPSED",
        "EXIT",
        "EXPAND",
        "HELP",
        "HISTORY",
        "LOGIN",
        "PAGING",
        "QUIT",
        "SERIAL",
        "SHOW",
        "SOURCE",
        "TRACING",
        "UNICODE",
    ];
    match token.kind {
        TokenKind::Question => true,
        // Of these only LOGIN and CLUSTER are keywords, too.
        TokenKind::Word if matches!(token.keyword, Keyword::None | Keyword::Login | Keyword::Cluster) => {
            let word = token.span.text(text);
            COMMANDS.iter().any(|command| command.eq_ignore_ascii_case(word))
        }
        _ => false,
    }
}
