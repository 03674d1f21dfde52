import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.*;
import org.junit.jupiter.api.*;

class SolutionTest {
    private List<Integer> xs;

    @BeforeAll
    static void once() {}

    @BeforeEach
    void setUp() {
        xs = new ArrayList<>(List.of(1, 2));
    }

    @AfterEach
    void tearDown() {
        xs = null;
    }

    @Test
    @DisplayName("adds up")
    void sums() {
        assertEquals(3, Solution.f(xs, "a").get("sum"));
        assertEquals(2.25, (double) Solution.f(xs, "a").get("area"), 1e-9);
        assertTrue(Solution.f(xs, "a").containsKey("text"));
        assertNull(Solution.f(xs, "a").get("absent"));
        assertArrayEquals(new int[] {1, 2, 3}, (int[]) Solution.f(xs, "a").get("array"));
    }

    @Test
    void refuses() {
        assertThrows(IllegalArgumentException.class, () -> Solution.f(null, "a"));
    }

    @Test
    void fails() {
        assertEquals(List.of(1), Solution.f(xs, "a").get("twice"));
    }

    @Test
    @Disabled("not now")
    void left() {}

    @Test
    void assumes() {
        assumeTrue(false);
    }

    @Nested
    class Inner {
        @Test
        void holds() {
            assertAll(() -> assertFalse(false), () -> assertNotNull(xs));
        }
    }
}
