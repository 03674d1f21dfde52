// Sources to classes, in memory: the compiler's one run over everything, and the loader of what it made.
package sandbox;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

final class Compilation {
    private static final List<String> OPTIONS = List.of("-proc:none", "-nowarn", "-Xlint:none", "-g:source,lines", "-implicit:none");
    private static final List<String> OURS = List.of("sandbox.", "org.junit.", "junit.", "org.opentest4j.", "org.hamcrest.");

    /** What the compiler said where it said no. */
    static final class Failure extends Exception {
        Failure(String text) {
            super(text);
        }
    }

    /** A text in the place of a file; its public class may have any name. */
    private static final class Source extends SimpleJavaFileObject {
        final String name, text;
        final boolean trusted;

        Source(String name, String text, boolean trusted) {
            super(URI.create("string:///" + URI.create(name.replaceAll("[^\\w/.]", "_"))), Kind.SOURCE);
            this.name = name;
            this.text = text;
            this.trusted = trusted;
        }

        @Override
        public CharSequence getCharContent(boolean ignored) {
            return text;
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return kind == Kind.SOURCE;
        }
    }

    private static final class Output extends SimpleJavaFileObject {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final Source source;

        Output(String name, Source source) {
            super(URI.create("bytes:///" + name.replace('.', '/')), Kind.CLASS);
            this.source = source;
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    private static final class Manager extends ForwardingJavaFileManager<JavaFileManager> {
        final Map<String, Output> made = new LinkedHashMap<>();

        Manager(JavaFileManager below) {
            super(below);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location where, String name, Kind kind, FileObject sibling) {
            Output output = new Output(name, (Source) sibling);
            made.put(name, output);
            return output;
        }
    }

    /** Loads what was compiled; everything of ours and of the framework's comes first. */
    static final class Loader extends ClassLoader {
        private final Map<String, Output> made;

        Loader(Map<String, Output> made) {
            super(Driver.class.getClassLoader());
            this.made = made;
        }

        /** The classes of one file, in the compiler's order. */
        List<String> names(String file) {
            List<String> found = new ArrayList<>();
            made.forEach((name, output) -> {
                if (output.source.name.equals(file)) found.add(name);
            });
            return found;
        }

        /** The classes of the files that are not the candidate's. */
        List<String> trusted() {
            List<String> found = new ArrayList<>();
            made.forEach((name, output) -> {
                if (output.source.trusted) found.add(name);
            });
            return found;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            Output output = made.get(name);
            if (output == null) throw new ClassNotFoundException(name);
            byte[] bytes = output.bytes.toByteArray();
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private final List<Source> sources = new ArrayList<>();

    void add(String name, String text, boolean trusted) {
        sources.add(new Source(name, text, trusted));
    }

    Loader run() throws Failure {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        Manager manager = new Manager(compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8));
        boolean well = compiler.getTask(null, manager, said, OPTIONS, null, sources).call();
        if (!well) {
            for (Diagnostic<? extends JavaFileObject> one : said.getDiagnostics()) {
                if (one.getKind() != Diagnostic.Kind.ERROR) continue;
                String name = one.getSource() instanceof Source source ? source.name : "";
                throw new Failure(name + ":" + one.getLineNumber() + ": " + one.getMessage(Locale.ROOT));
            }
            throw new Failure("it does not compile");
        }
        for (String name : manager.made.keySet()) {
            for (String ours : OURS) {
                if (name.startsWith(ours)) throw new Failure(name + " is a class of the test framework's");
            }
        }
        return new Loader(manager.made);
    }
}
