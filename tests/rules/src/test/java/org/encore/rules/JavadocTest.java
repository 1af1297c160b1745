package org.encore.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.lang.model.element.Modifier;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;

/** What is API is documented: every public type of an exported package, in Javadoc that the tool accepts. */
class JavadocTest {

    @ParameterizedTest
    @ValueSource(strings = {"org.encore.graph", "org.encore.api", "org.encore.testing", "org.encore.reference"})
    void everyPublicTypeIsDocumented(String name) throws IOException {
        var bundle = Bundles.named(name);
        List<String> exported = bundle.header("Export-Package");
        var undocumented = new ArrayList<String>();
        compile(bundle, List.of(), (task, units) -> {
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : units) {
                String packageName = unit.getPackageName().toString();
                if (exported.contains(packageName)) {
                    new PublicTypes(docs, packageName, undocumented).scan(unit, false);
                }
            }
        });
        assertThat(undocumented).as("public types without Javadoc").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.encore.graph", "org.encore.api", "org.encore.testing", "org.encore.reference"})
    void javadocIsWellFormedAndItsLinksLeadSomewhere(String name) throws IOException {
        var complaints = compile(Bundles.named(name), List.of("-Xdoclint:html,syntax,reference/protected"), (task, units) -> task.analyze()).stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR || d.getCode().contains("proc.messager"))
                .map(d -> Path.of(d.getSource().getName()).getFileName() + ":" + d.getLineNumber() + ": " + d.getMessage(Locale.ROOT)).toList();
        assertThat(complaints).isEmpty();
    }

    private interface Work {
        void on(JavacTask task, Iterable<? extends CompilationUnitTree> units) throws IOException;
    }

    private static List<Diagnostic<? extends JavaFileObject>> compile(Bundles.Bundle bundle, List<String> options, Work work) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(diagnostics, Locale.ROOT, null); Stream<Path> sources = Files.walk(bundle.sources())) {
            var all = new ArrayList<>(List.of("-proc:none", "-implicit:none", "--release", "21", "-classpath", classPath()));
            all.addAll(options);
            var task = (JavacTask) compiler.getTask(null, files, diagnostics, all, null,
                    files.getJavaFileObjectsFromPaths(sources.filter(path -> path.toString().endsWith(".java")).toList()));
            work.on(task, task.parse());
        }
        return diagnostics.getDiagnostics();
    }

    /** Ours as built, and the foreign libraries that the graph and the API see; doclint needs them to follow links. */
    private static String classPath() {
        var ours = Bundles.all().stream().map(bundle -> bundle.classes().toString());
        return Stream.concat(ours, Stream.of(System.getProperty("java.class.path"))).collect(Collectors.joining(File.pathSeparator));
    }

    /** The argument says whether an enclosing type hides what is inside; the members of a public interface are public without the word. */
    private static final class PublicTypes extends TreePathScanner<Void, Boolean> {

        private final DocTrees docs;
        private final String packageName;
        private final List<String> undocumented;

        PublicTypes(DocTrees docs, String packageName, List<String> undocumented) {
            this.docs = docs;
            this.packageName = packageName;
            this.undocumented = undocumented;
        }

        @Override
        public Void visitClass(ClassTree type, Boolean hidden) {
            boolean inInterface = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree outer && outer.getKind() == ClassTree.Kind.INTERFACE;
            boolean seen = !hidden && (inInterface || type.getModifiers().getFlags().contains(Modifier.PUBLIC));
            if (seen && docs.getDocComment(getCurrentPath()) == null) {
                undocumented.add(packageName + "." + type.getSimpleName());
            }
            return super.visitClass(type, !seen);
        }
    }
}
