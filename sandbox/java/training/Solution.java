import java.util.*;
import java.util.function.*;
import java.util.stream.*;

/** What models write, in one file: what it makes the compiler and the library load is archived. */
public class Solution {
    enum Kind { NONE, SOME }

    record Pair(int left, String right) {}

    interface Shape { double area(); }

    static final class Square implements Shape {
        private final double side;

        Square(double side) { this.side = side; }

        @Override
        public double area() { return side * side; }
    }

    public static Map<String, Object> f(List<Integer> xs, String text) {
        if (xs == null) throw new IllegalArgumentException("nothing: " + text);
        Map<String, Object> found = new TreeMap<>();
        List<Integer> sorted = new ArrayList<>(xs);
        Collections.sort(sorted, Comparator.reverseOrder());
        StringBuilder letters = new StringBuilder();
        for (char c : text.toCharArray()) letters.append(Character.toUpperCase(c));
        Function<Integer, Integer> twice = x -> x * 2;
        found.put("twice", sorted.stream().map(twice).filter(x -> x > 2).collect(Collectors.toList()));
        found.put("sum", xs.stream().mapToInt(Integer::intValue).sum());
        found.put("joined", xs.stream().map(String::valueOf).collect(Collectors.joining(",")));
        found.put("area", new Square(1.5).area());
        found.put("text", String.format("%s %d %.2f", letters, xs.size(), 0.5));
        found.put("pair", new Pair(1, "b").right() + Kind.SOME);
        found.put("array", new int[] {1, 2, 3});
        Deque<Integer> queue = new ArrayDeque<>(xs);
        PriorityQueue<Integer> heap = new PriorityQueue<>(xs);
        Set<String> words = new HashSet<>(Arrays.asList(text.split("\\s+")));
        found.put("rest", queue.size() + heap.size() + words.size());
        switch (Kind.values()[0]) {
            case NONE -> System.out.println("none");
            default -> System.out.println("some");
        }
        return found;
    }
}
