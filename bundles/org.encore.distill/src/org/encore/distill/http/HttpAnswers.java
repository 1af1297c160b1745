package org.encore.distill.http;

import java.util.List;

import org.encore.api.teachers.Answering;
import org.encore.api.teachers.Spent;
import org.encore.distill.http.Endpoint.BadAnswer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** Whole outputs of a service. */
final class HttpAnswers implements Answering {

    private final Account account;
    private final HttpTeacher.Options options;

    HttpAnswers(Account account, HttpTeacher.Options options) {
        this.account = account;
        this.options = options;
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
    public List<String> answer(List<String> sources) {
        String path = options.form() == HttpTeacher.Form.CHAT ? "/chat/completions" : "/completions";
        List<String> bodies = sources.stream().map(this::body).toList();
        return account.ask(path, bodies, (answer, question) -> new JsonPrimitive(text(answer))).stream()
                .map(JsonElement::getAsString).toList();
    }

    private String body(String source) {
        var body = new JsonObject();
        body.addProperty("model", options.model());
        String prompt = options.prompt().replace(HttpTeacher.SOURCE, source);
        switch (options.form()) {
            case COMPLETIONS -> body.addProperty("prompt", prompt);
            case CHAT -> {
                var messages = new JsonArray();
                options.system().ifPresent(system -> messages.add(message("system", system)));
                messages.add(message("user", prompt));
                body.add("messages", messages);
            }
        }
        body.addProperty("max_tokens", options.maxTokens());
        body.addProperty("temperature", options.temperature());
        return body.toString();
    }

    private static JsonObject message(String role, String content) {
        var message = new JsonObject();
        message.addProperty("role", role);
        message.addProperty("content", content);
        return message;
    }

    private String text(JsonElement answer) {
        if (answer instanceof JsonObject whole && whole.get("choices") instanceof JsonArray choices && !choices.isEmpty() && choices.get(0) instanceof JsonObject first) {
            JsonElement text = options.form() == HttpTeacher.Form.CHAT && first.get("message") instanceof JsonObject message ? message.get("content") : first.get("text");
            if (text instanceof JsonPrimitive primitive && primitive.isString()) {
                return primitive.getAsString().strip();
            }
        }
        throw new BadAnswer("an answer without a text");
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
