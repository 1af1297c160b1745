package org.encore.distill.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.encore.api.teachers.Spent;
import org.encore.api.training.Guidance;
import org.encore.distill.RowScores;
import org.encore.distill.http.Endpoint.BadAnswer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/**
 * Distributions of a service over its tokens: it is given source, start token, target and end token as ids (a language model the prompt, target and end token), nothing to add, and
 * tells the likeliest tokens at each of them ({@code echo}). Tokens are named by their ids, as {@code encore serve} and vLLM do on request.
 */
final class HttpScores implements RowScores {

    /** Rows of one request: a server computes them together. */
    private static final int ROWS = 16;
    private static final String ID = "token_id:";
    private static final double LEAST = -60_000;
    /** What rounding may add to a sum of probabilities. */
    private static final double ROUNDING = 1e-3;

    private final Account account;
    private final HttpTeacher.Options options;
    private final Offered.Reader reader;

    HttpScores(Account account, HttpTeacher.Options options, Offered.Reader reader) {
        this.account = account;
        this.options = options;
        this.reader = reader;
    }

    @Override
    public String description() {
        return options.words();
    }

    @Override
    public String fingerprint() {
        return account.teacher();
    }

    @Override
    public int vocabulary() {
        return reader.vocabulary();
    }

    @Override
    public List<Guidance.Top> score(List<Row> rows, int k, double temperature) {
        return heard(rows, k, temperature, false).stream().map(Heard::said).toList();
    }

    /** The end token is the one that it has. */
    @Override
    public List<Heard> heard(List<Row> rows, int k, double temperature, int endToken) {
        return heard(rows, k, temperature, true);
    }

    /** @param own whether the rows' own tokens have to be told of */
    private List<Heard> heard(List<Row> rows, int k, double temperature, boolean own) {
        if (temperature != 1 && k < reader.vocabulary()) {
            throw new IllegalArgumentException("a service tells its distribution at temperature 1, and of k " + k + " tokens the mass of the others at " + temperature
                    + " cannot be known. Set temperature: 1, or k: " + reader.vocabulary() + " if it tells that many.");
        }
        List<List<Row>> parts = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += ROWS) {
            parts.add(rows.subList(from, Math.min(rows.size(), from + ROWS)));
        }
        List<String> bodies = parts.stream().map(part -> body(part, k)).toList();
        List<JsonElement> answers = account.ask("/completions", bodies, (answer, part) -> {
            JsonArray told = told(answer, parts.get(part), own);
            read(told, parts.get(part), k, temperature, own); // what cannot be understood is asked for again
            return told;
        });
        var results = new ArrayList<Heard>();
        for (int part = 0; part < parts.size(); part++) {
            results.addAll(read(answers.get(part).getAsJsonArray(), parts.get(part), k, temperature, own));
        }
        return results;
    }

    private String body(List<Row> rows, int k) {
        var prompts = new JsonArray();
        for (Row row : rows) {
            var ids = new JsonArray();
            for (int id : reader.prompt(row.source())) {
                ids.add(id);
            }
            for (int id : row.target()) {
                ids.add(id);
            }
            ids.add(reader.endToken());
            prompts.add(ids);
        }
        var body = new JsonObject();
        body.addProperty("model", options.model());
        body.add("prompt", prompts);
        body.addProperty("max_tokens", 0);
        body.addProperty("echo", true);
        body.addProperty("logprobs", k);
        body.addProperty("return_tokens_as_token_ids", true);
        return body.toString();
    }

    /** For each row, for each of its positions, what was told: an object of names and logarithms, that of the row's own token among them. */
    private JsonArray told(JsonElement answer, List<Row> rows, boolean own) {
        if (!(answer instanceof JsonObject whole && whole.get("choices") instanceof JsonArray choices) || choices.size() != rows.size()) {
            throw new BadAnswer("an answer without its " + rows.size() + " parts");
        }
        var byIndex = new JsonObject[rows.size()];
        for (JsonElement element : choices) {
            if (element instanceof JsonObject choice && choice.get("index") instanceof JsonPrimitive at && at.isNumber() && at.getAsInt() >= 0 && at.getAsInt() < rows.size()) {
                byIndex[at.getAsInt()] = choice.get("logprobs") instanceof JsonObject logs ? logs : null;
            }
        }
        var told = new JsonArray();
        for (int i = 0; i < rows.size(); i++) {
            int first = reader.prompt(rows.get(i).source()).length;
            JsonObject logs = byIndex[i];
            if (logs == null || !(logs.get("top_logprobs") instanceof JsonArray all) || all.size() < first + rows.get(i).positions()) {
                throw new BadAnswer("an answer without the log-probabilities of what it was given ('echo' with 'logprobs'), which not every service tells");
            }
            var ofRow = new JsonArray();
            for (int position = 0; position < rows.get(i).positions(); position++) {
                JsonElement top = all.get(first + position);
                ofRow.add(own && top instanceof JsonObject likeliest ? with(likeliest, name(rows.get(i), position), logs.get("token_logprobs"), first + position) : top);
            }
            told.add(ofRow);
        }
        return told;
    }

    private String name(Row row, int position) {
        return ID + (position < row.target().length ? row.target()[position] : reader.endToken());
    }

    /** The row's own token, if it is not among the likeliest. Whoever tells too few of those is not helped by it: that is refused. */
    private static JsonObject with(JsonObject likeliest, String name, JsonElement ofTokens, int at) {
        if (!likeliest.has(name)) {
            if (!(ofTokens instanceof JsonArray all) || all.size() <= at || !(all.get(at) instanceof JsonPrimitive log)) {
                throw new BadAnswer("it does not tell how likely it finds the tokens that it is given ('token_logprobs'), which spans are made of");
            }
            likeliest.add(name, log);
        }
        return likeliest;
    }

    private List<Heard> read(JsonArray told, List<Row> rows, int k, double temperature, boolean own) {
        var results = new ArrayList<Heard>();
        for (int row = 0; row < rows.size(); row++) {
            int positions = rows.get(row).positions();
            var tokens = new long[positions * k];
            var logs = new float[positions * k];
            var tail = new float[positions];
            var heard = new double[positions];
            for (int position = 0; position < positions; position++) {
                Position said = position(told.get(row).getAsJsonArray().get(position), k, temperature);
                for (int i = 0; i < k; i++) {
                    tokens[position * k + i] = said.likeliest().get(i).id();
                    logs[position * k + i] = (float) Math.max(LEAST, said.at(said.likeliest().get(i)));
                }
                tail[position] = said.tail();
                String name = name(rows.get(row), position);
                heard[position] = own ? said.all().stream().filter(one -> name.equals(ID + one.id())).mapToDouble(said::at).findFirst().orElse(LEAST) : Double.NaN;
            }
            results.add(new Heard(new Guidance.Top(k, tokens, logs, tail), heard));
        }
        return results;
    }

    /** A token with the logarithm of its probability. */
    private record Told(int id, double log) {}

    /** What is told of one position, the likeliest tokens first. */
    private record Position(List<Told> all, int k, double temperature, double normalizer, float tail) {

        List<Told> likeliest() {
            return all.subList(0, k);
        }

        /** Logarithm at the temperature that was asked for. */
        double at(Told one) {
            return one.log() / temperature - normalizer;
        }
    }

    private Position position(JsonElement json, int k, double temperature) {
        if (!(json instanceof JsonObject object)) {
            throw new BadAnswer("a position of which nothing is told");
        }
        List<Told> told = object.entrySet().stream().map(this::told).sorted(Comparator.comparingDouble(Told::log).reversed().thenComparingInt(Told::id)).toList();
        if (told.size() < k) {
            throw new BadAnswer("it tells " + told.size() + " of the " + k + " likeliest tokens; set k: " + Math.max(1, told.size()));
        }
        double sum = told.stream().limit(k).mapToDouble(one -> Math.exp(one.log())).sum();
        if (sum > 1 + ROUNDING) {
            throw new BadAnswer(String.format(Locale.ROOT, "the probabilities of one position sum to %.4f", sum));
        }
        // only of a whole distribution: of a part, nothing is known about another temperature
        double normalizer = temperature == 1 ? 0 : Math.log(told.stream().limit(k).mapToDouble(one -> Math.exp(one.log() / temperature)).sum());
        return new Position(told, k, temperature, normalizer, k == reader.vocabulary() ? 0 : (float) Math.max(0, 1 - sum));
    }

    private Told told(Map.Entry<String, JsonElement> entry) {
        String name = entry.getKey();
        if (!name.startsWith(ID) || !name.substring(ID.length()).matches("\\d{1,9}")) {
            throw new BadAnswer("it names tokens by their text ('" + name + "') although it was asked for ids (return_tokens_as_token_ids)");
        }
        int id = Integer.parseInt(name.substring(ID.length()));
        if (id >= reader.vocabulary()) {
            throw new BadAnswer("it knows a token " + id + ", its vocabulary has " + reader.vocabulary());
        }
        if (!(entry.getValue() instanceof JsonPrimitive value) || !value.isNumber() || Double.isNaN(value.getAsDouble()) || value.getAsDouble() > ROUNDING) {
            String told = entry.getValue().isJsonPrimitive() ? entry.getValue().getAsString() : entry.getValue().toString();
            throw new BadAnswer("the log-probability of token " + id + " is " + told + ", which is none");
        }
        return new Told(id, value.getAsDouble());
    }

    @Override
    public Spent spent() {
        return account.spent();
    }

    @Override
    public void close() {
        account.close();
    }
}
