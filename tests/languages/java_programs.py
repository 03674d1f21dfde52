"""Java sources for the tests of Java: programs and suites as practitioners write them, and forgeries."""

from __future__ import annotations

BANK = """=== file: bank/Account.java
package bank;

import java.util.*;

public class Account {
    private final String owner;
    private long balance;
    private final List<String> log = new ArrayList<>();

    public Account(String owner) {
        this.owner = Objects.requireNonNull(owner);
    }

    public void deposit(long amount) {
        if (amount <= 0) throw new IllegalArgumentException("amount must be positive: " + amount);
        balance += amount;
        log.add("deposit " + amount);
        System.out.println(owner + " deposits " + amount);
    }

    public void withdraw(long amount) throws InsufficientFunds {
        if (amount > balance) throw new InsufficientFunds(balance);
        balance -= amount;
        log.add("withdraw " + amount);
    }

    public long balance() { return balance; }

    public List<String> log() { return Collections.unmodifiableList(log); }

    public static void main(String[] args) {
        new Account("me").deposit(1);
    }
}
=== file: bank/InsufficientFunds.java
package bank;

public class InsufficientFunds extends Exception {
    public InsufficientFunds(long balance) {
        super("only " + balance + " there");
    }
}
"""
SUITE = """package bank;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.*;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public class AccountTest {
    private static int made;
    private Account account;

    @BeforeAll
    static void first() { made = 0; }

    @BeforeEach
    void setUp() {
        account = new Account("anna");
        made++;
    }

    @AfterEach
    void tearDown() { account = null; }

    @AfterAll
    static void last() { assertTrue(made > 0); }

    @Test
    @Order(1)
    void startsEmpty() {
        assertEquals(0, account.balance());
        assertTrue(account.log().isEmpty(), "nothing has happened");
    }

    @Test
    @DisplayName("a deposit { is } added;")
    void deposits() {
        account.deposit(5);
        assertAll(
            () -> assertEquals(5L, account.balance()),
            () -> assertEquals(List.of("deposit 5"), account.log()),
            () -> assertIterableEquals(List.of("deposit 5"), account.log()));
    }

    @Test
    void refusesNothing() {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> account.deposit(0));
        assertEquals("amount must be positive: 0", thrown.getMessage());
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.SECONDS)
    void isQuick() throws Exception {
        assertTimeout(Duration.ofSeconds(5), () -> account.deposit(1));
        account.withdraw(1);
        assertNotEquals(1, account.balance());
    }

    @Test
    void wrong() { assertEquals(1, account.balance(), "on purpose"); }

    @Test
    void errors() throws Exception { account.withdraw(1); }

    @Test
    @Disabled("not now")
    void disabled() { fail("never"); }

    @Test
    void assumed() { assumeTrue(false, "elsewhere"); }

    @Test
    public void others() {
        assertArrayEquals(new int[] {1, 2}, new int[] {1, 2});
        assertEquals(0.3, 0.1 + 0.2, 1e-9);
        assertNull(null);
        assertNotNull(account);
        assertSame(account, account);
        assertInstanceOf(Account.class, account);
        assertDoesNotThrow(() -> account.deposit(1));
    }

    @Nested
    @DisplayName("with money")
    class WithMoney {
        @BeforeEach
        void fill() { account.deposit(10); }

        @Test
        void withdraws() throws Exception {
            account.withdraw(4);
            assertEquals(6, account.balance());
        }

        @Nested
        class Deeper {
            @Test
            void refusesTooMuch() {
                assertThrows(InsufficientFunds.class, () -> account.withdraw(11));
            }
        }
    }

    @Nested
    class Broken {
        @BeforeEach
        void fails() { throw new IllegalStateException("set-up"); }

        @Test
        void neverRuns() {}
    }
}
"""
CLASSES = """import static org.junit.jupiter.api.Assertions.*;
import org.junit.jupiter.api.*;

class First {
    @BeforeAll
    static void fails() { throw new IllegalStateException("once"); }

    @Test void a() { assertTrue(true); }
    @Test void b() { assertTrue(true); }
}

class Second {
    @Test void c() { assertEquals(3, Solution.add(1, 2)); }
}
"""
PARAMETERS = """import static org.junit.jupiter.api.Assertions.*;
import java.util.stream.*;
import org.junit.jupiter.api.*;
import org.junit.jupiter.params.*;
import org.junit.jupiter.params.provider.*;

class SolutionTest {
    @ParameterizedTest
    @CsvSource({"1, 2, 3", "2, 2, 4"})
    void adds(int a, int b, int sum) { assertEquals(sum, Solution.add(a, b)); }

    @ParameterizedTest
    @MethodSource("numbers")
    void zero(int n) { assertEquals(n, Solution.add(n, 0)); }

    static Stream<Integer> numbers() { return Stream.of(1, 2); }

    @TestFactory
    Stream<DynamicTest> made() {
        return Stream.of(1, 2).map(n -> DynamicTest.dynamicTest("n " + n, () -> assertEquals(n, Solution.add(0, n))));
    }

    @RepeatedTest(2)
    void again() { assertEquals(2, Solution.add(1, 1)); }
}
"""
VINTAGE = """import static org.junit.Assert.*;
import org.junit.Before;
import org.junit.Ignore;
import org.junit.Test;

public class SolutionTest {
    private int one;

    @Before
    public void setUp() { one = 1; }

    @Test
    public void adds() { assertEquals(3, Solution.add(one, 2)); }

    @Test(expected = ArithmeticException.class)
    public void throwsUp() { Solution.add(1 / (one - 1), 2); }

    @Test
    public void wrong() { assertEquals("on purpose", 4, Solution.add(one, 2)); }

    @Ignore
    @Test
    public void left() { fail(); }
}
"""
ADD = """public class Solution {
    public static int add(int a, int b) {
        System.out.println("adding");
        return a + b;
    }
}
"""
TWO = """import static org.junit.jupiter.api.Assertions.assertEquals;
import org.junit.jupiter.api.Test;

class SolutionTest {
    @Test
    void one() { assertEquals(3, Solution.add(1, 2)); }

    @Test
    void two() { assertEquals(4, Solution.add(2, 2)); }
}
"""


def wrong(body: str, more: str = "") -> str:
    """A program that adds wrongly, and does something when it is loaded."""
    return (
        "import java.io.*;\nimport java.nio.file.*;\nimport java.util.*;\n\npublic class Solution {\n"
        f"    static {{\n        try {{\n            {body}\n        }} catch (Throwable thrown) {{ }}\n    }}\n\n"
        f"    public static int add(int a, int b) {{\n        return 0;\n    }}\n}}\n{more}"
    )


SAID = '[\\"test\\",\\"one\\",\\"ok\\",\\"\\"]\\n[\\"test\\",\\"two\\",\\"ok\\",\\"\\"]\\n'
WRITES = (
    f'try (FileOutputStream out = new FileOutputStream("/proc/self/fd/3", true)) {{ out.write("{SAID}".getBytes()); }}'
)
NONCE = 'new String(Files.readAllBytes(Path.of("/proc/self/fd/4"))).trim()'
MARK = (
    'try (FileOutputStream out = new FileOutputStream("/proc/self/fd/3", true)) '
    '{{ out.write(("[\\"done\\",\\"" + {} + "\\"]\\n").getBytes()); }}'
)
FAKE = "public class Assertions {\n    public static void assertEquals(int a, int b) {}\n}\n"
HOSTILE = {
    "leaves with success": wrong("System.exit(0);"),
    "halts": wrong("Runtime.getRuntime().halt(0);"),
    "writes reports and leaves": wrong(WRITES + "\n            Runtime.getRuntime().halt(0);"),
    "writes reports and goes on": wrong(WRITES),
    "reads the nonce": wrong(WRITES + MARK.format(NONCE) + "\n            Runtime.getRuntime().halt(0);"),
    "looks for the nonce in fields": wrong(
        "Object found = null;\n"
        '            for (String name : new String[] {"Driver", "Channel", "Suites", "Values"})\n'
        '                for (var field : Class.forName("sandbox." + name).getDeclaredFields()) {\n'
        "                    field.setAccessible(true);\n"
        "                    found = field.get(null);\n"
        "                    if (found instanceof String) break;\n"
        "                }\n" + WRITES + MARK.format("found") + "\n            Runtime.getRuntime().halt(0);"
    ),
    "opens a channel of its own": wrong(
        'var made = Class.forName("sandbox.Channel").getDeclaredConstructor();\n'
        "            made.setAccessible(true);\n            Object channel = made.newInstance();\n"
        + WRITES
        + '\n            var done = channel.getClass().getDeclaredMethod("done");\n'
        "            done.setAccessible(true);\n            done.invoke(channel);"
    ),
    "has assertions of its own": "=== file: Solution.java\n"
    + wrong("")
    + "=== file: org/junit/jupiter/api/Assertions.java\npackage org.junit.jupiter.api;\n\n"
    + FAKE,
    "takes the suite's place": "=== file: Solution.java\n"
    + wrong("")
    + "=== file: SolutionTest.java\n"
    + TWO.replace("3,", "0,").replace("4,", "0,"),
    "runs when it is compiled": "=== file: Solution.java\n"
    + wrong("")
    + "=== file: META-INF/services/org.junit.platform.launcher.TestExecutionListener\nSolution\n",
    "sets what JUnit reads": wrong(
        'System.setProperty("junit.jupiter.conditions.deactivate", "*");\n'
        '            System.setProperty("junit.jupiter.execution.timeout.mode", "disabled");'
    ),
}
SCRIPT = """    }
    public static void main(String[] args) {
        assert(add((2L), (3L)) == (5L));
    }
}
"""
