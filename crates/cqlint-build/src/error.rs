//! Why nothing was built.

use std::fmt;

use crate::Mistake;

/// Why nothing was built: all that is wrong, each with its picture.
///
/// `{:?}` shows the same as `{}`, because that is what cargo gets to see when `main` returns the error, or unwraps it.
///
/// ```
/// use cqlint_build::Config;
///
/// let error = Config::new().queries("no/such/folder").check().unwrap_err();
/// assert_eq!(error.mistakes().len(), 1);
/// assert!(error.to_string().contains("no/such/folder: no such file or folder"));
/// ```
pub struct Error {
    mistakes: Vec<Mistake>,
}

impl Error {
    /// What is wrong, in the order of the files.
    ///
    /// ```
    /// let error = cqlint_build::Config::new().check().unwrap_err();
    /// assert_eq!(error.mistakes()[0].message, "no file or folder with statements was named");
    /// ```
    #[must_use]
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// Nothing, as long as nothing is wrong.
    pub(crate) fn when_any(mistakes: Vec<Mistake>) -> Result<(), Self> {
        if mistakes.is_empty() { Ok(()) } else { Err(Self { mistakes }) }
    }
}

impl From<Mistake> for Error {
    fn from(mistake: Mistake) -> Self {
        Self { mistakes: vec![mistake] }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.mistakes.len() {
            1 => writeln!(formatter, "there is a mistake in the CQL of this package")?,
            count => writeln!(formatter, "there are {count} mistakes in the CQL of this package")?,
        }
        self.mistakes.iter().try_for_each(|mistake| write!(formatter, "\n{mistake}\n"))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Error {}
