"""Java 17: one virtual machine compiles the job in memory and runs it; suites are JUnit's, 5 or 4.

Starting the virtual machine and warming its compiler is most of what a job costs: classes come from an archive that was
made beforehand (`prepare.sh`), code is compiled quickly and not well, and one thread collects garbage.
"""

from __future__ import annotations

from native import Native

LIBRARY = (
    "junit-jupiter-api junit-jupiter-params junit-jupiter-engine junit-platform-launcher junit-platform-engine "
    "junit-platform-commons junit-vintage-engine junit4 hamcrest-core opentest4j apiguardian-api univocity-parsers"
)
CLASS_PATH = ":".join(["/sandbox/java/driver.jar", *(f"/usr/share/java/{name}.jar" for name in LIBRARY.split())])
FLAGS = [
    "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+DisableAttachMechanism", "-Xlog:disable",
    "-XX:MaxRAMPercentage=50",
]  # fmt: skip
ARCHIVED = ["-Xshare:auto", "-XX:SharedArchiveFile=/sandbox/java/driver.jsa", "-XX:+UseSerialGC"]
DRIVER = ["-cp", CLASS_PATH, "sandbox.Driver"]

JAVA = Native(
    suffix=".java",
    start=lambda mode, code, suite: ["/usr/bin/java", *FLAGS, *ARCHIVED, *DRIVER, mode, code, suite],
    compared=lambda code, expressions: {".cases": "\0".join(expressions)},
    named=lambda name: f"candidate/{name}",
    tests=lambda name: name.rpartition("/")[2].removesuffix(".java") + "Test.java",
)
run, warm_up = JAVA.run, JAVA.warm_up
