# What reports is compiled here once. libtest's functions are for the compiler's own use; RUSTC_BOOTSTRAP opens them, here
# and nowhere else: a job's compiler is the stable one.
rustc --edition 2021 -O --crate-type rlib --crate-name reports reports.rs
RUSTC_BOOTSTRAP=1 rustc --edition 2021 -O --crate-type rlib --crate-name test -C metadata=sandbox \
  --extern reports=libreports.rlib testing.rs
rustc --edition 2021 -O -C strip=symbols -o launch launch.rs
chmod -R a+rX .
