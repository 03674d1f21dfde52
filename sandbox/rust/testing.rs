//! libtest as the compiler knows it, but for the end of its main: the suite's tests run one by one, in the order of the
//! source, and are reported by name. The candidate's own tests are not run.

#![feature(test)]
#![feature(rustc_private)]
#![allow(internal_features)]

extern crate test as real;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;

pub use real::*;

const SUITE: &str = "sandbox_suite::";
static CALLED: AtomicBool = AtomicBool::new(false);

/// The generated main, which is called once: whoever calls it again has no nonce.
pub fn test_main_static(tests: &[&TestDescAndFn]) {
    if CALLED.swap(true, Ordering::SeqCst) {
        return;
    }
    let nonce = reports::nonce();
    let Some(Ok(options)) = real::test::parse_opts(&[String::from("suite"), String::from("--test-threads=1")]) else {
        return;
    };
    let mut planned: Vec<_> = tests.iter().filter(|one| one.desc.name.as_slice().starts_with(SUITE)).collect();
    planned.sort_by_key(|one| (one.desc.source_file, one.desc.start_line));
    let mut bad = false;
    for (number, one) in planned.iter().enumerate() {
        bad |= !reported(&options, number, one);
    }
    reports::done(nonce.as_bytes());
    std::process::exit(if bad { 101 } else { 0 });
}

/// Runs one test; whether it did not fail.
fn reported(options: &TestOpts, number: usize, one: &TestDescAndFn) -> bool {
    let StaticTestFn(function) = one.testfn else {
        return true; // a benchmark
    };
    let owned = TestDescAndFn { desc: one.desc.clone(), testfn: StaticTestFn(function) };
    let (sender, receiver) = channel();
    let handle = real::run_test(options, false, TestId(number), owned, real::test::RunStrategy::InProcess, sender);
    let Ok(done) = receiver.recv() else {
        return false;
    };
    if let Some(handle) = handle {
        let _ = handle.join();
    }
    let name = one.desc.name.as_slice().rsplit("::").next().unwrap_or("");
    let said = String::from_utf8_lossy(&done.stdout);
    let (kind, why) = match &done.result {
        real::test::TestResult::TrOk => ("ok", String::new()),
        real::test::TestResult::TrIgnored => ("skip", one.desc.ignore_message.unwrap_or("ignored").to_string()),
        real::test::TestResult::TrFailedMsg(why) => ("fail", why.clone()),
        // An assertion that does not hold is a panic like any other, but for its words.
        _ if said.contains("assertion failed") || said.contains("assertion `") => ("fail", said.into_owned()),
        _ => ("error", said.into_owned()),
    };
    reports::test(name, kind, why.trim());
    kind == "ok" || kind == "skip"
}
