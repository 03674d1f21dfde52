"""Rust sources for the tests of Rust: programs and suites as practitioners write them, and forgeries."""

from __future__ import annotations

BANK = """//! A bank account.
#![allow(dead_code)]

use std::collections::HashMap;
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    Closed,
    Insufficient { needed: u64, there: u64 },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Error {}

#[derive(Debug, Default)]
pub struct Bank {
    accounts: HashMap<String, u64>,
}

impl Bank {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn deposit(&mut self, name: &str, amount: u64) -> u64 {
        println!("depositing {amount}");
        let balance = self.accounts.entry(name.to_string()).or_insert(0);
        *balance += amount;
        *balance
    }

    pub fn withdraw(&mut self, name: &str, amount: u64) -> Result<u64, Error> {
        let Some(balance) = self.accounts.get_mut(name) else {
            return Err(Error::Closed);
        };
        if *balance < amount {
            return Err(Error::Insufficient { needed: amount, there: *balance });
        }
        *balance -= amount;
        Ok(*balance)
    }
}

fn hidden() -> u8 {
    255
}

fn main() {
    println!("{}", hidden());
}

#[cfg(test)]
mod tests {
    #[test]
    fn of_the_candidates_own() {}
}
"""
INSIDE = """#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> Bank {
        let mut bank = Bank::new();
        bank.deposit("ada", 10);
        bank
    }

    #[test]
    fn deposits_add_up() {
        assert_eq!(opened().deposit("ada", 5), 15);
    }

    #[test]
    fn a_wrong_expectation() {
        assert_eq!(opened().deposit("ada", 5), 16, "that is not {}", 16);
    }

    #[test]
    fn withdraws() -> Result<(), Box<dyn std::error::Error>> {
        assert_eq!(opened().withdraw("ada", 4)?, 6);
        Ok(())
    }

    #[test]
    fn ends_with_an_error() -> Result<(), Error> {
        opened().withdraw("bob", 4)?;
        Ok(())
    }

    #[test]
    #[should_panic(expected = "Insufficient")]
    fn panics_as_it_should() {
        opened().withdraw("ada", 11).unwrap();
    }

    #[test]
    #[should_panic]
    fn does_not_panic() {
        assert!(matches!(opened().withdraw("bob", 1), Err(Error::Closed)));
    }

    #[test]
    #[ignore = "not today"]
    fn left_out() {
        panic!();
    }

    #[test]
    fn unwraps_nothing() {
        opened().withdraw("ada", 11).unwrap();
    }

    mod nested {
        use super::*;

        #[test]
        fn sees_what_is_private() {
            assert_eq!(hidden(), 255);
        }

        #[test]
        fn overflows() {
            assert_eq!(hidden() + std::hint::black_box(1), 0);
        }
    }

    #[test]
    fn threads_agree() {
        let bank = std::sync::Mutex::new(opened());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| bank.lock().unwrap().deposit("ada", 1));
            }
        });
        assert_eq!(bank.lock().unwrap().deposit("ada", 0), 14);
    }
}
"""
OUTSIDE = """use bank::{Bank, Error};

#[test]
fn a_stranger_has_no_account() {
    assert_eq!(Bank::new().withdraw("eve", 1), Err(Error::Closed));
}
"""
FOLDERS = """=== file: src/lib.rs
mod shapes;
pub mod text;
pub use shapes::Square;
=== file: src/shapes.rs
use crate::text::shout;

pub struct Square(pub f64);

impl Square {
    pub fn area(&self) -> f64 {
        self.0 * self.0
    }

    pub fn name(&self) -> String {
        shout("square")
    }
}
=== file: src/text.rs
pub fn shout(text: &str) -> String {
    text.to_uppercase()
}
"""
SHAPES = """use geometry::text::shout;
use geometry::*;

#[test]
fn area() {
    assert!((Square(1.5).area() - 2.25).abs() < 1e-9);
}

#[test]
fn name() {
    assert_eq!(Square(1.0).name(), shout("Square"));
}
"""
ADD = "pub fn add(a: i64, b: i64) -> i64 {\n    a + b\n}\n"
TWO = """use super::*;

#[test]
fn one() {
    assert_eq!(add(1, 2), 3);
}

#[test]
fn two() {
    assert_eq!(add(2, 2), 4);
}
"""
FORGE = """use std::io::{Read, Write};
use std::os::fd::FromRawFd;

fn forge(nonce: &str) {
    let mut out = std::mem::ManuallyDrop::new(unsafe { std::fs::File::from_raw_fd(3) });
    for name in ["one", "two"] {
        let _ = writeln!(out, "[\\"test\\",\\"{name}\\",\\"ok\\",\\"\\"]");
    }
    let _ = writeln!(out, "[\\"done\\",\\"{}\\"]", nonce.trim());
}

fn plan() -> String {
    let mut text = String::new();
    let _ = unsafe { std::fs::File::from_raw_fd(4) }.read_to_string(&mut text);
    text
}
"""
WRONG = "pub fn add(_: i64, _: i64) -> i64 {\n    0\n}\n"
# A name -> what does it; those that the compiler or the harness must not even take end as SYNTAX.
HOSTILE = {
    "leaves in a test": "pub fn add(_: i64, _: i64) -> i64 {\n    std::process::exit(0)\n}\n",
    "reads the nonce": "pub fn add(_: i64, _: i64) -> i64 { forge(&plan()); std::process::exit(0) }\n",
    "reports for itself": 'pub fn add(_: i64, _: i64) -> i64 { forge(""); 0 }\n',
    "prints what tests print": """pub fn add(_: i64, _: i64) -> i64 {
    let _ = std::io::stdout().write_all(b"test one ... ok\\ntest two ... ok\\n\\ntest result: ok. 2 passed\\n");
    std::process::exit(0)
}
""",
    "calls the main again": "pub fn add(_: i64, _: i64) -> i64 { test::test_main_static(&[]); forge(&plan()); 0 }\n",
    "has an assertion of its own": "macro_rules! assert_eq { ($($any:tt)*) => {}; }\n" + WRONG,
    "exports an assertion of its own": "#[macro_export]\nmacro_rules! assert_eq { ($($any:tt)*) => {}; }\n" + WRONG,
    "renames an assertion of its own": (
        "macro_rules! nothing { ($($any:tt)*) => {}; }\npub(crate) use nothing as assert_eq;\n" + WRONG
    ),
    "makes an assertion of its own": (
        "macro_rules! make { ($name:ident) => { macro_rules! $name { () => {} } }; }\nmake!(assert_eq);\n" + WRONG
    ),
    "runs before main": (
        '#[link_section = ".init_array"]\nstatic EARLY: extern "C" fn() = early;\n'
        'extern "C" fn early() { forge(&plan()); std::process::exit(0) }\n' + WRONG
    ),
    "has the system's write": '#[no_mangle]\npub extern "C" fn write(_: i32, _: *const u8, n: usize) -> usize { n }\n'
    + WRONG,
    "is left out of the tests' crate": WRONG + "#[cfg(any())]",
    "has a module by that name": "mod sandbox_suite {}\n" + WRONG,
    "aborts": "pub fn add(_: i64, _: i64) -> i64 { std::process::abort() }\n",
    "overflows its stack": "pub fn add(a: i64, b: i64) -> i64 { [add(a + 1, b), 1][std::hint::black_box(1)] }\n",
}
