package org.encore.serve;

import com.google.gson.JsonObject;

/**
 * Tokens of an answer.
 *
 * @param prompt tokens of all prompts
 * @param completion tokens that were chosen
 */
record Usage(int prompt, int completion) {

    JsonObject json() {
        var json = new JsonObject();
        json.addProperty("prompt_tokens", prompt);
        json.addProperty("completion_tokens", completion);
        json.addProperty("total_tokens", prompt + completion);
        return json;
    }
}
