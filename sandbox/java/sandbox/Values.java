// Values as JSON, all of it ASCII; what has no literal is {"o": its class}.
package sandbox;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

final class Values {
    private static final int MOST = 1 << 19; // characters of one answer
    private static final int DEEPEST = 60;

    private Values() {}

    static String text(Object value) {
        StringBuilder out = new StringBuilder();
        put(out, value, 0);
        return out.toString();
    }

    static String remark(String text) {
        StringBuilder out = new StringBuilder();
        quote(out, text == null ? "" : text.length() > 300 ? text.substring(0, 300) : text);
        return out.toString();
    }

    private static void put(StringBuilder out, Object value, int depth) {
        if (out.length() > MOST || depth > DEEPEST) out.append("{\"o\":\"too large\"}");
        else if (value == null) out.append("null");
        else if (value instanceof Boolean || value instanceof Byte || value instanceof Short
            || value instanceof Integer || value instanceof Long) out.append(value);
        else if (value instanceof Float || value instanceof Double) out.append(value);
        else if (value instanceof BigInteger number) out.append("{\"i\":\"").append(number.toString(16)).append("\"}");
        else if (value instanceof BigDecimal number) out.append("{\"D\":\"").append(number).append("\"}");
        else if (value instanceof Character || value instanceof CharSequence) quote(out, value.toString());
        else if (value instanceof Optional<?> maybe) put(out, maybe.orElse(null), depth);
        else if (value instanceof OptionalInt maybe) put(out, maybe.isPresent() ? maybe.getAsInt() : null, depth);
        else if (value instanceof OptionalLong maybe) put(out, maybe.isPresent() ? maybe.getAsLong() : null, depth);
        else if (value instanceof OptionalDouble maybe) put(out, maybe.isPresent() ? maybe.getAsDouble() : null, depth);
        else if (value instanceof Map<?, ?> map) pairs(out, map, depth);
        else if (value instanceof Set<?> set) items(out.append("{\"s\":"), set, depth).append('}');
        else if (value instanceof Collection<?> items) items(out, items, depth);
        else if (value.getClass().isArray()) array(out, value, depth);
        else {
            out.append("{\"o\":");
            quote(out, value.getClass().getName());
            out.append('}');
        }
    }

    private static StringBuilder items(StringBuilder out, Collection<?> items, int depth) {
        String between = "[";
        for (Iterator<?> each = items.iterator(); each.hasNext() && out.length() <= MOST; between = ",") {
            put(out.append(between), each.next(), depth + 1);
        }
        return out.append(between.equals("[") ? "[]" : "]");
    }

    private static void array(StringBuilder out, Object array, int depth) {
        out.append('[');
        for (int index = 0; index < Array.getLength(array) && out.length() <= MOST; index++) {
            put(index > 0 ? out.append(',') : out, Array.get(array, index), depth + 1);
        }
        out.append(']');
    }

    private static void pairs(StringBuilder out, Map<?, ?> map, int depth) {
        String between = "";
        out.append("{\"d\":[");
        for (Map.Entry<?, ?> pair : map.entrySet()) {
            if (out.length() > MOST) break;
            put(out.append(between).append('['), pair.getKey(), depth + 1);
            put(out.append(','), pair.getValue(), depth + 1);
            out.append(']');
            between = ",";
        }
        out.append("]}");
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < 32 || c > 126) out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        out.append('"');
    }
}
