import { type Fields, isObject } from '../../../data/check-value.js';
import type { Api } from './api.js';
import {
  alone,
  choicesOf,
  headOf,
  holdsChoices,
  knowsChoices,
  newHead,
  replaceChoices,
  replaceChunks,
  sayInChunk,
  sizeOfChoices,
  withoutLogprobs,
} from './choices.js';
import { type Gathered, gatheringOf } from './gather-choices.js';

/** The older text completions. `prompt` may be a list; then choice p·n + j is the j-th answer to prompt p. */
export const completions: Api = {
  format: 'openai-completions',
  source: 'https://platform.openai.com/docs/api-reference/completions (openai-python 3.57, types/completion)',
  path: /(?<!\/chat)\/completions$/,
  takes: ({ prompt }) => typeof prompt === 'string' || Array.isArray(prompt),
  logprobs: {
    asked: ({ logprobs }) => typeof logprobs === 'number' || logprobs === true,
    // if the prompt is echoed, the endpoint would compute log-probabilities for the whole prompt, too
    ask: ({ echo }, top) => (echo === true ? {} : { logprobs: top }),
    strip: withoutLogprobs,
    stripData: withoutLogprobs,
  },
  holds: holdsChoices,
  sizeOf: sizeOfChoices,
  answers(request, response) {
    const prompts = promptsOf(request.prompt);
    const each = typeof request.n === 'number' && request.n > 1 ? request.n : 1;
    const promptOf = ({ index }: Fields, i: number) => Math.floor((typeof index === 'number' ? index : i) / each);
    const head = headOf(response);
    const places = new Map<number, number>();
    return choicesOf(response).map((choice, i) => {
      const prompt = promptOf(choice, i);
      const place = places.get(prompt) ?? 0;
      places.set(prompt, place + 1);
      const own = { ...request, prompt: prompts[prompt] };
      return { request: own, response: alone(head, choice), prompt, place };
    });
  },
  replace: replaceChoices((index, text) => ({ index, text, logprobs: null, finish_reason: 'stop' })),
  saying: (text, model) => ({
    ...newHead('cmpl'),
    object: 'text_completion',
    model,
    choices: [{ index: 0, text, logprobs: null, finish_reason: 'stop' }],
  }),
  gathering: () => gatheringOf({ empty, add, isEmpty: ({ text }) => text === '' }),
  failureIsLast: false,
  say: sayInChunk('text_completion'),
  replaceEvents: replaceChunks(
    (index, text) => [{ index, text, logprobs: null, finish_reason: 'stop' }],
    'text_completion',
  ),
  knows: knowsChoices(['message']),
};

/** The prompts of a request. A list of numbers is one prompt, given as tokens. */
function promptsOf(prompt: unknown): unknown[] {
  return Array.isArray(prompt) && prompt.length > 0 && typeof prompt[0] !== 'number' ? prompt : [prompt];
}

function empty(index: number): Gathered {
  return { index, text: '', logprobs: null, finish_reason: null };
}

function add(choice: Gathered, part: Fields): boolean {
  const text = typeof part.text === 'string' ? part.text : '';
  choice.text = String(choice.text) + text;
  if (isObject(part.delta) && typeof part.delta.content === 'string') choice.text += part.delta.content;
  return text !== '';
}
