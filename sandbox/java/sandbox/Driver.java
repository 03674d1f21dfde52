// Loads the candidate, answers for each case on descriptor 3, writes the completion mark last.
// Arguments: mode, the candidate's file, the suite's file. One virtual machine compiles and runs.
package sandbox;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

public final class Driver {
    static final Path CANDIDATE = Path.of("candidate");
    private static final Pattern PACKAGE = Pattern.compile("^\\s*package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);

    /** What compiled cases are. */
    public interface Cases {
        Object answer(int index) throws Throwable;
    }

    private Driver() {}

    public static void main(String[] arguments) throws Throwable {
        Channel channel = new Channel();
        try {
            switch (arguments[0]) {
                case "program" -> program(arguments[1]);
                case "compared" -> compared(channel, arguments[1]);
                default -> shared(channel, arguments[1], arguments[2]);
            }
        } catch (Compilation.Failure failure) {
            channel.say("[\"syntax\"," + Values.remark(failure.getMessage()) + "]");
            leave();
        }
    }

    static void leave() {
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(0);
    }

    static String read(Path path) throws IOException {
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    }

    /** Every source below a folder; what lies in the candidate's is not part of its parent. */
    static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(path -> path.toString().endsWith(".java"))
                .filter(path -> folder.equals(CANDIDATE) || !path.normalize().startsWith(CANDIDATE))
                .sorted()
                .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    private static void program(String code) throws Throwable {
        Compilation made = new Compilation();
        for (Path path : sources(CANDIDATE)) made.add(path.toString(), read(path), false);
        run(made.run(), code, new String[0]);
    }

    /** Calls the first `main` of a file. */
    private static void run(Compilation.Loader loader, String file, String[] arguments) throws Throwable {
        for (String name : loader.names(file)) {
            Method main;
            try {
                main = loader.loadClass(name).getDeclaredMethod("main", String[].class);
            } catch (NoSuchMethodException none) {
                continue;
            }
            main.setAccessible(true);
            try {
                main.invoke(null, (Object) arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
            return;
        }
        throw new IllegalStateException(file + " has no main");
    }

    private static void compared(Channel channel, String code) throws Throwable {
        String[] expressions = read(Path.of(".cases")).split("\0");
        Compilation made = new Compilation();
        for (Path path : sources(CANDIDATE)) made.add(path.toString(), read(path), false);
        Matcher found = PACKAGE.matcher(read(Path.of(code)));
        String home = found.find() ? found.group(1) : "";
        made.add("SandboxCases.java", cases(home, expressions), true);
        Compilation.Loader loader = made.run();
        String name = home.isEmpty() ? "SandboxCases" : home + ".SandboxCases";
        Cases cases = (Cases) loader.loadClass(name).getDeclaredConstructor().newInstance();
        for (int index = 0; index < expressions.length; index++) {
            channel.say("[" + index + "," + answer(cases, index) + "]");
        }
        channel.done();
    }

    private static String answer(Cases cases, int index) {
        try {
            return "\"v\"," + Values.text(cases.answer(index));
        } catch (Throwable thrown) {
            return "\"x\",[" + Values.remark(thrown.getClass().getName()) + ",\"Exception\"]," + Values.remark(String.valueOf(thrown));
        }
    }

    /** A class of the candidate's package: a method for each case, so that none grows too long. */
    private static String cases(String home, String[] expressions) {
        StringBuilder text = new StringBuilder(home.isEmpty() ? "" : "package " + home + ";\n");
        text.append("import java.util.*;\npublic final class SandboxCases implements sandbox.Driver.Cases {\n");
        text.append("public Object answer(int index) throws Throwable {\nswitch (index) {\n");
        for (int index = 0; index < expressions.length; index++) {
            text.append("case " + index + ": return answer" + index + "();\n");
        }
        text.append("default: throw new IllegalStateException();\n}\n}\n");
        for (int index = 0; index < expressions.length; index++) {
            text.append("private static Object answer" + index + "() throws Throwable {\n");
            text.append("return " + expressions[index] + ";\n}\n");
        }
        return text.append("}\n").toString();
    }

    private static void shared(Channel channel, String code, String suite) throws Throwable {
        if (suite.startsWith("script")) {
            script(channel, code, suite);
        }
        Compilation made = new Compilation();
        for (Path path : sources(CANDIDATE)) made.add(path.toString(), read(path), false);
        boolean vintage = false;
        for (Path path : sources(Path.of(""))) {
            String text = read(path);
            vintage |= text.contains("org.junit.Test") || text.contains("org.junit.*");
            made.add(path.toString(), text, true);
        }
        Suites.run(made.run(), vintage, channel);
        channel.done();
    }

    /** Candidate and tests in one file, whose main asserts: one test, all of it to its end. */
    private static void script(Channel channel, String code, String suite) throws Throwable {
        Compilation made = new Compilation();
        made.add("script.java", read(Path.of(code)) + "\n" + read(Path.of(suite)), true);
        Compilation.Loader loader = made.run();
        loader.setDefaultAssertionStatus(true);
        String words = "\"ok\",\"\"";
        try {
            run(loader, "script.java", new String[0]);
        } catch (Throwable thrown) {
            String kind = thrown instanceof AssertionError ? "fail" : "error";
            words = "\"" + kind + "\"," + Values.remark(thrown.toString());
        }
        channel.say("[\"test\",\"script\"," + words + "]");
        channel.done();
    }
}
