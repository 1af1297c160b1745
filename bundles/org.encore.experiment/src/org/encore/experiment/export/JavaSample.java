package org.encore.experiment.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Java program beside an exported model: the shortest that reads a text, generates, and prints. */
final class JavaSample {

    /** Versions on Maven Central; a test holds them to those that Encore itself uses. */
    static final String ONNX_RUNTIME = "1.29.0";
    static final String TOKENIZERS = "0.36.0";

    private static final String PROGRAM = """
            import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
            import ai.onnxruntime.*;
            import java.nio.file.Path;
            import java.util.*;

            /** Greedy generation with the model in this folder: give it texts. */
            public class Generate {
                static final OrtEnvironment ORT = OrtEnvironment.getEnvironment();

                public static void main(String[] texts) throws Exception {
                    var options = Map.of("addSpecialTokens", "false", "padding", "false", "truncation", "false");
                    try (var tokenizer = HuggingFaceTokenizer.newInstance(Path.of("tokenizer.json"), options);
                            var prefill = ORT.createSession("%1$s/prefill.onnx"); var step = ORT.createSession("%1$s/step.onnx")) {
                        for (String text : texts) {
                            long[] source = tokenizer.encode(text).getIds();
                            var known = new HashMap<String, OnnxTensor>();       // what the model takes next, by name
                            known.put("source", OnnxTensor.createTensor(ORT, new long[][] {%2$s}));
                            known.put("sourceLengths", OnnxTensor.createTensor(ORT, new long[] {source.length}));
                            known.put("tokenLengths", OnnxTensor.createTensor(ORT, new long[] {1}));
                            var output = new ArrayList<Long>();
                            for (int next = best(prefill, known); next != %3$d && output.size() < %4$d; next = best(step, known)) {
                                output.add((long) next);
                                known.put("tokens", OnnxTensor.createTensor(ORT, new long[][] {{next}}));
                            }
                            System.out.println(tokenizer.decode(output.stream().mapToLong(Long::longValue).toArray(), true));
                        }
                    }
                }

                /** Runs a program; what it gives as present.X is the next step's past.X. The best token is the one with the highest score. */
                static int best(OrtSession session, Map<String, OnnxTensor> known) throws OrtException {
                    var given = new HashMap<>(known);
                    given.keySet().retainAll(session.getInputNames());
                    session.run(given).forEach(result -> known.put(result.getKey().replaceFirst("^present", "past"), (OnnxTensor) result.getValue()));
                    float[] scores = ((float[][]) known.get("logits").getValue())[0];
                    int best = 0;
                    for (int token = 1; token < scores.length; token++) {
                        best = scores[token] > scores[best] ? token : best;
                    }
                    return best;
                }
            }
            """;

    private static final String BUILD = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>example</groupId>
              <artifactId>generate</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.source>17</maven.compiler.source>
                <maven.compiler.target>17</maven.compiler.target>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
                <dependency><groupId>com.microsoft.onnxruntime</groupId><artifactId>onnxruntime</artifactId><version>%s</version></dependency>
                <dependency><groupId>ai.djl.huggingface</groupId><artifactId>tokenizers</artifactId><version>%s</version></dependency>
                <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
              </dependencies>
              <build>
                <sourceDirectory>.</sourceDirectory>
                <plugins>
                  <plugin>
                    <groupId>org.codehaus.mojo</groupId>
                    <artifactId>exec-maven-plugin</artifactId>
                    <version>3.5.0</version>
                    <configuration>
                      <mainClass>Generate</mainClass>
                      <systemProperties><systemProperty><key>ai.djl.offline</key><value>true</value></systemProperty></systemProperties>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    private JavaSample() {}

    static void write(Path folder, ModelFolder.Form form, int endToken, int maxTokens) throws IOException {
        String source = form.sourceTokens() == 0 ? "source" : "Arrays.copyOf(source, " + form.sourceTokens() + ")";
        Files.writeString(folder.resolve("Generate.java"), String.format(PROGRAM, form.name(), source, endToken, maxTokens));
        Files.writeString(folder.resolve("pom.xml"), String.format(BUILD, ONNX_RUNTIME, TOKENIZERS));
    }
}
