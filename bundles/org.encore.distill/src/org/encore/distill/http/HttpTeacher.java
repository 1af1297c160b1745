package org.encore.distill.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.encore.api.Sha256;
import org.encore.api.Unavailable;
import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.option.Contact;
import org.encore.api.option.Option;
import org.encore.api.option.WrongOption;
import org.encore.api.run.StageContext;
import org.encore.api.task.ChosenTokenization;
import org.encore.api.task.Tokenization;
import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Gives;
import org.encore.api.teachers.Teacher;
import org.encore.api.teachers.TeacherSession;
import org.encore.distill.SpanScores;

/**
 * A service with completions in OpenAI's form: a model server of one's own, {@code encore serve}, or a provider. It gives whole outputs; distributions too
 * if it tells log-probabilities, of tokens if it reads with the students' tokenizer, else of spans of text.
 */
public final class HttpTeacher implements Teacher<HttpTeacher.Options> {

    /** How whole outputs are asked for. */
    public enum Form {
        /** {@code /completions}. */
        COMPLETIONS,
        /** {@code /chat/completions}. */
        CHAT
    }

    /**
     * What it costs.
     *
     * @param prompt of tokens read
     * @param completion of tokens written
     */
    public record Prices(
            @Option(help = "price of a million tokens that it reads") double prompt,
            @Option(help = "price of a million tokens that it writes") double completion) {
        public Prices {
            if (!(prompt >= 0 && completion >= 0 && prompt < 1e9 && completion < 1e9)) {
                throw new IllegalArgumentException("prices " + prompt + " and " + completion + " must be 0 or more");
            }
        }
    }

    /**
     * Options.
     *
     * @param url where the paths begin, such as http://127.0.0.1:8000/v1
     * @param model name that the service knows it by
     * @param gives what is taken from it
     * @param form how whole outputs are asked for
     * @param prompt what it is asked, {@code {source}} standing for the source
     * @param system message of a chat before that
     * @param key environment variable with the key
     * @param maxTokens longest output
     * @param temperature of whole outputs
     * @param tokenizer that it reads with, for spans
     * @param sameTokenizer whether the user says that it reads with the students' tokenizer
     * @param concurrency requests at a time
     * @param perMinute most requests in a minute
     * @param seconds for one request
     * @param retries of a request that failed
     * @param prices what it costs
     */
    public record Options(
            @Option(help = "where the paths begin, such as http://127.0.0.1:8000/v1; the experiment has to be trusted once") String url,
            @Option(help = "name of the model there") String model,
            @Option(value = "answers", help = "what is taken: whole outputs; distributions at the targets of the data, which needs the students' tokenizer to be its own; "
                    + "or distributions where spans of text begin that it and the students write (spans), for the objective span-uld") Gives gives,
            @Option(value = "completions", help = "how whole outputs are asked for: as completions, or as a chat") Form form,
            @Option(value = "{source}", help = "what it is asked for a whole output, and what a language model reads before a target; {source} stands for the source") String prompt,
            @Option(help = "message of the system, before the prompt of a chat") Optional<String> system,
            @Option(help = "environment variable that holds the key; none is sent if left out") Optional<String> key,
            @Option(value = "64", help = "longest output", unit = "tokens") int maxTokens,
            @Option(value = "0", help = "temperature of whole outputs; 0 takes the likeliest tokens") double temperature,
            @Option(help = "the tokenizer that it reads with, for gives: spans, such as {huggingface: {file: tokenizer.json}}") Optional<Choice<Tokenization<?>>> tokenizer,
            @Option(value = "false", help = "that it reads with the students' tokenizer, where the service itself does not say so") boolean sameTokenizer,
            @Option(value = "4", help = "requests at a time") int concurrency,
            @Option(value = "0", help = "most requests in a minute; 0 for no limit but the one that the service asks for") int perMinute,
            @Option(value = "120", help = "longest wait for one answer", unit = "s") int seconds,
            @Option(value = "6", help = "how often a request is sent again that failed for a reason that may pass") int retries,
            @Option(help = "what it costs, for the account of the run") Optional<Prices> prices) {

        private static final int LAST_PORT = 65_535;
        private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

        public Options {
            URI uri = uri(url);
            if (key.isPresent() && !VARIABLE.matcher(key.get()).matches()) {
                // whoever writes the key itself here must not find it in a message, a log or a run's folder
                throw new WrongOption("key", "key must be the name of an environment variable, such as TEACHER_KEY, and not the key itself");
            }
            if (key.isPresent() && !uri.getScheme().equals("https") && !isHere(uri)) {
                throw new WrongOption("url", "url " + url + " is not encrypted, so the key could be read on its way; use https");
            }
            if (!prompt.contains(SOURCE)) {
                throw new WrongOption("prompt", "prompt '" + prompt + "' has no {source}, so every source would be asked the same");
            }
            if (system.isPresent() && form != Form.CHAT) {
                throw new WrongOption("system", "system is for form: chat");
            }
            if (gives == Gives.SPANS && tokenizer.isEmpty()) {
                throw new WrongOption("gives", "gives: spans needs the tokenizer that the service reads with: name it, such as tokenizer: {huggingface: {file: tokenizer.json}}");
            }
            if (gives != Gives.SPANS && tokenizer.isPresent()) {
                throw new WrongOption("tokenizer", "tokenizer is for gives: spans; whole outputs are texts, and for distributions the students' tokenizer has to be its own");
            }
            atLeast("maxTokens", maxTokens, 1);
            atLeast("concurrency", concurrency, 1);
            atLeast("perMinute", perMinute, 0);
            atLeast("seconds", seconds, 1);
            atLeast("retries", retries, 0);
            if (!(temperature >= 0 && temperature <= 2)) {
                throw new IllegalArgumentException("temperature " + temperature + " must be 0 to 2");
            }
        }

        private static void atLeast(String name, int value, int least) {
            if (value < least) {
                throw new IllegalArgumentException(name + " " + value + " must be at least " + least);
            }
        }

        private static URI uri(String url) {
            try {
                var uri = new URI(url);
                boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                if (!web || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                    throw new WrongOption("url", "url must be http://HOST/… or https://HOST/…, without a name, a key or a query in it");
                }
                if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
                    throw new WrongOption("url", "url has port " + uri.getPort() + "; ports are 1 to " + LAST_PORT);
                }
                return uri;
            } catch (URISyntaxException e) {
                throw new WrongOption("url", "url is no address, such as http://127.0.0.1:8000/v1: " + e.getReason());
            }
        }

        private static boolean isHere(URI uri) {
            return uri.getHost().matches("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
        }

        /** The model and where it is. */
        String words() {
            return model + " at " + url;
        }

        URI at(String path) {
            return URI.create(url.replaceFirst("/+$", "") + path);
        }
    }

    static final String SOURCE = "{source}";
    private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

    private final Map<String, String> environment;

    /** With the environment of this process. */
    public HttpTeacher() {
        this(System.getenv());
    }

    /** @param environment where the key is looked up */
    public HttpTeacher(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<Contact> contacts(Options options) {
        return List.of(new Contact.Address(URI.create(options.url())));
    }

    @Override
    public Optional<Gives> gives(Options options) {
        return Optional.of(options.gives());
    }

    @Override
    public Optional<Tokenizer> tokenizer(Options options, Registry registry) {
        return options.tokenizer().map(choice -> ChosenTokenization.of(choice).ready());
    }

    /** The file of its tokenizer may be another than when it was asked before. */
    @Override
    public List<String> keyParts(Options options, StageContext context) {
        return options.tokenizer().map(choice -> List.of("tokenizer " + Sha256.of(ChosenTokenization.of(choice).ready().toJson()))).orElse(List.of());
    }

    /** Whether the key is there. Nothing is sent: nobody has trusted the address yet. */
    @Override
    public void verify(Options options) {
        try {
            key(options);
        } catch (Unavailable e) {
            throw new WrongOption("key", e.getMessage());
        }
    }

    private Optional<String> key(Options options) {
        if (options.key().isEmpty()) {
            return Optional.empty();
        }
        String name = options.key().get();
        String key = Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty()).orElseThrow(
                () -> new Unavailable("the teacher's key is not here: there is no environment variable " + name + ", or it is empty", "Set it, and run again."));
        if (!VISIBLE.matcher(key).matches()) {
            // Java's client would refuse it too, and write it into its message
            throw new Unavailable("the environment variable " + name + " holds no key: there is a blank, a line's end or a letter beyond ASCII in it", "Set it to the key alone.");
        }
        return Optional.of(key);
    }

    @Override
    public TeacherSession open(Options options, StageContext context) {
        var endpoint = new Endpoint(options, key(options), context::cancelled);
        try {
            Offered offered = Offered.ask(endpoint, options);
            Optional<Tokenizer> own = options.tokenizer().map(choice -> ChosenTokenization.of(choice).ready());
            String fingerprint = offered.fingerprint(options, own);
            var journal = Journal.open(context.scratch(), fingerprint);
            var account = new Account(endpoint, fingerprint, journal, options);
            return switch (options.gives()) {
                case ANSWERS -> new HttpAnswers(account, options);
                case DISTRIBUTIONS -> new HttpScores(account, options, offered.reader(options, context.tokenizer()));
                case SPANS -> {
                    Offered.Reader reader = offered.reader(options, own.orElseThrow(), context.tokenizer());
                    yield new SpanScores(new HttpScores(account, options, reader), own.get(), reader.endToken(), context.tokenizer());
                }
            };
        } catch (RuntimeException e) {
            endpoint.close();
            throw e;
        }
    }

    /** Parts of a text of options that its fingerprint is made of. */
    static String identity(Options options) {
        var parts = new ArrayList<Object>(List.of(options.url(), options.model(), options.gives(), options.form(), options.prompt(), options.maxTokens(), options.temperature()));
        options.system().ifPresent(parts::add);
        return parts.toString();
    }
}
