// What OpenAI's own client makes of `encore serve`. Not part of the build, as the library comes from npm:
//
//   ./encore serve runs/<run> --port 8123 &
//   cd tests/clients && npm install --no-save openai && node openai.mjs http://127.0.0.1:8123/v1 "hello"
//
// The prompt must be a text that the model can read.
import assert from 'node:assert/strict';
import OpenAI from 'openai';

const [baseURL, prompt] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: process.env.KEY ?? 'none', maxRetries: 0 });

const models = await client.models.list();
assert.ok(models.data.length > 0);
const model = models.data[0].id;
assert.equal((await client.models.retrieve(model)).id, model);

const whole = await client.completions.create({ model, prompt, temperature: 0, logprobs: 2 });
assert.equal(whole.object, 'text_completion');
assert.ok(['stop', 'length'].includes(whole.choices[0].finish_reason));
const told = whole.choices[0].logprobs;
assert.equal(told.tokens.length, told.token_logprobs.length);
assert.ok(told.token_logprobs.every((value, i) => value <= 0 && Math.max(...Object.values(told.top_logprobs[i])) === value), 'greedy takes the likeliest');

let streamed = '';
let usage;
for await (const part of await client.completions.create({ model, prompt, temperature: 0, stream: true, stream_options: { include_usage: true } })) {
  streamed += part.choices[0]?.text ?? '';
  usage = part.usage ?? usage;
}
assert.equal(streamed, whole.choices[0].text);
assert.deepEqual(usage, whole.usage);

const messages = [{ role: 'user', content: prompt }];
const chat = await client.chat.completions.create({ model, messages, temperature: 0, logprobs: true, top_logprobs: 2 });
assert.equal(chat.choices[0].message.content, whole.choices[0].text);
assert.equal(chat.choices[0].logprobs.content.length, told.tokens.length);
let said = '';
for await (const part of await client.chat.completions.create({ model, messages, temperature: 0, stream: true })) {
  said += part.choices[0]?.delta?.content ?? '';
}
assert.equal(said, streamed);

const draws = await Promise.all([1, 1, 2].map(seed => client.completions.create({ model, prompt, temperature: 2, seed, n: 4 })));
const texts = draws.map(draw => draw.choices.map(choice => choice.text).join('|'));
assert.equal(texts[0], texts[1]);

await assert.rejects(client.completions.create({ model: 'no-such-model', prompt }), error => error instanceof OpenAI.NotFoundError && error.code === 'model_not_found');
await assert.rejects(client.completions.create({ model, prompt, temperature: -1 }), error => error instanceof OpenAI.BadRequestError && error.param === 'temperature');

const leaving = new AbortController();
const stream = await client.completions.create({ model, prompt, temperature: 2, max_tokens: 20000, stream: true }, { signal: leaving.signal });
for await (const part of stream) {
  leaving.abort();
  break;
}
assert.equal((await client.completions.create({ model, prompt, temperature: 0 })).choices[0].text, streamed, 'the next one is served');

console.log(`openai ${(await import('openai/version')).VERSION}: models, completions, chat, streams, log-probabilities, seeds, errors and leaving as expected; ${prompt} -> ${streamed}`);
