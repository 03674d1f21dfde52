"""R: suites are testthat files that source the candidate's; `script` suites are evaluated after it."""

from __future__ import annotations

from native import Native

HOME = "/usr/lib/R"
DRIVER = [f"{HOME}/bin/exec/R", "--vanilla", "--no-echo", "--file=/sandbox/r/driver.R", "--args"]
PROGRAM = ["/usr/bin/Rscript", "--vanilla", "--default-packages=datasets,utils,grDevices,graphics,stats,methods"]

NATIVE = Native(
    suffix=".R",
    start=lambda mode, code, suite: [*PROGRAM, code] if mode == "program" else [*DRIVER, mode, code, suite or "none"],
    # What the shell script in front of R sets; the driver attaches packages when they are wanted.
    environment={
        "R_HOME": HOME,
        "LD_LIBRARY_PATH": f"{HOME}/lib",
        "R_SHARE_DIR": "/usr/share/R/share",
        "R_DOC_DIR": "/usr/share/R/doc",
        "R_INCLUDE_DIR": "/usr/share/R/include",
        "R_DEFAULT_PACKAGES": "NULL",
    },
    compared=lambda code, expressions: {".cases": "".join(f"{expression}\n" for expression in expressions)},
    tests=lambda name: "test_" + name,
)
run, warm_up = NATIVE.run, NATIVE.warm_up
