//! Reports on descriptor 3, one line of JSON each; the nonce of the completion mark comes from descriptor 4.

use std::any::Any;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::FromRawFd;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::rc::Rc;

const OUT: i32 = 3;
const PLAN: i32 = 4;
const LONGEST: usize = 300;

/// The completion mark's nonce; descriptor 4 is closed behind it.
pub fn nonce() -> String {
    let mut text = String::new();
    // SAFETY: nobody else owns the descriptor: it was opened for this.
    let _ = unsafe { File::from_raw_fd(PLAN) }.read_to_string(&mut text);
    text.trim().to_string()
}

fn say(line: String) {
    // SAFETY: the descriptor is open as long as the process lives, and forgotten here rather than closed.
    let mut out = std::mem::ManuallyDrop::new(unsafe { File::from_raw_fd(OUT) });
    let _ = out.write_all((line + "\n").as_bytes());
}

pub fn done(nonce: &[u8]) {
    say(format!("[\"done\",{}]", quoted(&String::from_utf8_lossy(nonce))));
}

/// How a test ended: ok, fail, error or skip.
pub fn test(name: &str, kind: &str, why: &str) {
    say(format!("[\"test\",{},\"{kind}\",{}]", quoted(name), text(why)));
}

/// Answers for one case.
pub fn case<T: Report>(index: usize, answer: impl FnOnce() -> T) {
    let said = catch_unwind(AssertUnwindSafe(|| answer().said()));
    match said {
        Ok(value) => say(format!("[{index},\"v\",{value}]")),
        Err(why) => say(format!("[{index},\"x\",[\"panic\",\"Exception\"],{}]", text(&reason(why)))),
    }
}

fn reason(why: Box<dyn Any + Send>) -> String {
    match why.downcast::<String>() {
        Ok(said) => *said,
        Err(why) => why.downcast::<&str>().map_or(String::from("a panic"), |said| said.to_string()),
    }
}

fn text(said: &str) -> String {
    let mut end = said.len().min(LONGEST);
    while !said.is_char_boundary(end) {
        end -= 1;
    }
    quoted(&said[..end])
}

fn quoted(said: &str) -> String {
    let mut made = String::from("\"");
    for c in said.chars() {
        match c {
            '"' | '\\' => made.extend(['\\', c]),
            c if c < ' ' || c == '\u{7f}' => made.push_str(&format!("\\u{:04x}", c as u32)),
            c => made.push(c),
        }
    }
    made + "\""
}

fn listed(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

fn mapped<'a, K: Report + 'a, V: Report + 'a>(pairs: impl Iterator<Item = (&'a K, &'a V)>) -> String {
    format!("{{\"d\":{}}}", listed(pairs.map(|(key, value)| format!("[{},{}]", key.said(), value.said()))))
}

/// What can be told to the host.
pub trait Report {
    fn said(&self) -> String;
}

macro_rules! printed {
    ($($kind:ty)*) => { $(impl Report for $kind { fn said(&self) -> String { self.to_string() } })* };
}
printed!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize bool);

macro_rules! floats {
    ($($kind:ty)*) => { $(impl Report for $kind {
        fn said(&self) -> String {
            match *self {
                f if f.is_nan() => String::from("NaN"),
                f if f.is_infinite() => String::from(if f > 0.0 { "Infinity" } else { "-Infinity" }),
                f => format!("{f:?}"),
            }
        }
    })* };
}
floats!(f32 f64);

impl Report for () {
    fn said(&self) -> String {
        String::from("null")
    }
}

impl Report for str {
    fn said(&self) -> String {
        quoted(self)
    }
}

impl Report for String {
    fn said(&self) -> String {
        quoted(self)
    }
}

impl Report for char {
    fn said(&self) -> String {
        quoted(&self.to_string())
    }
}

macro_rules! inner {
    ($($kind:ty)*) => { $(impl<T: Report + ?Sized> Report for $kind { fn said(&self) -> String { (**self).said() } })* };
}
inner!(&T &mut T Box<T> Rc<T>);

impl<T: Report + ToOwned + ?Sized> Report for std::borrow::Cow<'_, T> {
    fn said(&self) -> String {
        (**self).said()
    }
}

impl<T: Report> Report for Option<T> {
    fn said(&self) -> String {
        self.as_ref().map_or(String::from("null"), T::said)
    }
}

macro_rules! sequences {
    ($([$($more:tt)*] $kind:ty),*) => { $(impl<T: Report $($more)*> Report for $kind {
        fn said(&self) -> String { listed(self.iter().map(T::said)) }
    })* };
}
sequences!([] [T], [] Vec<T>, [] VecDeque<T>, [, const N: usize] [T; N]);

impl<A: Report, B: Report> Report for (A, B) {
    fn said(&self) -> String {
        listed([self.0.said(), self.1.said()].into_iter())
    }
}

impl<A: Report, B: Report, C: Report> Report for (A, B, C) {
    fn said(&self) -> String {
        listed([self.0.said(), self.1.said(), self.2.said()].into_iter())
    }
}

impl<K: Report, V: Report, S> Report for HashMap<K, V, S> {
    fn said(&self) -> String {
        mapped(self.iter())
    }
}

impl<K: Report, V: Report> Report for BTreeMap<K, V> {
    fn said(&self) -> String {
        mapped(self.iter())
    }
}
