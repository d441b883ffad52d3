//! Texts for messages, and errors made of them.

/// The most characters of a text that a message shows.
const MAX_SHOWN: usize = 60;

/// The beginning of `text`.
pub fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => [text.get(..end).unwrap_or_default(), "…"].concat(),
        None => text.into(),
    }
}

/// `words` behind `start`, with commas.
pub fn listed<T: AsRef<str>>(start: &str, words: &[T]) -> String {
    let mut list = String::from(start);
    for (i, word) in words.iter().enumerate() {
        list.push_str(if i == 0 { "" } else { ", " });
        list.push_str(word.as_ref());
    }
    list
}

/// Errors whose method `words` says what they mean.
macro_rules! error_of_words {
    ($($error:ty),+) => {$(
        impl std::fmt::Display for $error {
            fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
                formatter.write_str(&self.words())
            }
        }

        impl std::error::Error for $error {}
    )+};
}

pub(crate) use error_of_words;
