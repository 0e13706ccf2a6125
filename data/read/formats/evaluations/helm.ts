import { basename, dirname } from 'node:path';
import { VouchError } from '../../../../support/errors.js';
import { finishOf, leavesNoAnswer } from '../../../finish.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { answerTokens, listedTokens } from '../parts/answer-tokens.js';
import { questionFields } from '../parts/question-of.js';

/** Runs of Stanford's HELM: `scenario_state.json`, one document with all requests of a run. */
export const helm: LogFormat = {
  name: 'helm',
  title: 'HELM scenario states',
  source:
    'PyPI crfm-helm 0.5.16: benchmark/adaptation/scenario_state.py, request_state.py, common/request.py ' +
    '(looked up 2026-11)',
  detect: (row) => {
    if (Array.isArray(row.request_states) && objectOf(row.adapter_spec) !== null)
      return 'adapter_spec and request_states';
    return isState(row) ? 'instance, request and result' : null;
  },
  read(row, { file }) {
    const states = Array.isArray(row.request_states) ? row.request_states : [row];
    const run =
      file !== undefined && basename(file).startsWith('scenario_state.json') ? basename(dirname(file)) : undefined;
    return states.map((state) => partOf(objectOf(state) ?? {}, objectOf(row.adapter_spec) ?? {}, run));
  },
  mapping: [
    [
      'id, group, task',
      'the name of the run’s folder and the id of the instance; none without the folder, because ids restart ' +
        'in each scenario',
    ],
    ['model', '`adapter_spec.model`, else `request.model`'],
    ['prompt or messages', '`request.messages`, else `request.prompt`'],
    ['answer, samples', 'the `text` of the first of `result.completions`, and of the others'],
    [
      'tokens',
      '`tokens` of the completion; none if all log-probabilities are 0, which HELM writes if a model gives none',
    ],
    ['reasoning', '`thinking.text`'],
    ['choices', 'none: requests that score an option each (multiple_choice_separate) are left out'],
    ['reference', '`instance.references` tagged correct; their letters if `output_mapping` has them'],
    ['decoding', '`temperature`, `top_p`, `max_tokens` of the request'],
    ['labels', 'none: the metrics are in another file, per_instance_stats.json'],
    ['set aside', 'requests without `success`'],
  ],
  example:
    '{"adapter_spec":{"method":"generation","model":"openai/gpt-4o-mini"},' +
    '"request_states":[{"instance":{"input":{"text":"What is the capital of Australia?"},' +
    '"references":[{"output":{"text":"Canberra"},"tags":["correct"]}],"split":"test","id":"id7"},' +
    '"train_trial_index":0,"request":{"model":"openai/gpt-4o-mini","prompt":"Question: What is the capital ' +
    'of Australia?\\nAnswer:","temperature":0.0},"result":{"success":true,"completions":[{"text":" Canberra",' +
    '"logprob":-0.2,"tokens":[{"text":" Canberra","logprob":-0.2}],"finish_reason":{"reason":"stop"}}],' +
    '"cached":false}}]}',
};

function isState(row: Fields): boolean {
  return objectOf(row.instance) !== null && objectOf(row.request) !== null && 'train_trial_index' in row;
}

function partOf(state: Fields, adapter: Fields, run: string | undefined): Part {
  if (state.request_mode != null || state.reference_index != null)
    return { passed: 'the score of a given option, not an answer of the model' };
  const request = objectOf(state.request) ?? {};
  const result = objectOf(state.result) ?? {};
  const completions = (Array.isArray(result.completions) ? result.completions : []).map((each) => objectOf(each) ?? {});
  const [first, ...others] = completions;
  if (result.success === false || first === undefined || typeof first.text !== 'string') {
    const what =
      result.success === false ? `the request failed: ${result.error ?? 'no reason given'}` : 'has no answer';
    return { value: state, failed: new VouchError('BAD_RECORD', what, { field: 'result', got: result.success }) };
  }
  const model = adapter.model || request.model;
  const samples = others.filter(({ text }) => typeof text === 'string');
  const set = ['temperature', 'top_p', 'max_tokens'].filter((key) => request[key] != null);
  const seconds = result.request_datetime;
  const reference = referenceOf(state);
  return {
    record: {
      ...placeOf(state, run),
      ...(typeof model === 'string' ? { model } : {}),
      ...(typeof seconds === 'number' ? { time: new Date(seconds * 1000).toISOString() } : {}),
      ...questionFields(Array.isArray(request.messages) ? request.messages : request.prompt),
      ...replyOf(first),
      ...(samples.length > 0 ? { samples: samples.map(({ text }) => ({ answer: text })) } : {}),
      ...(set.length > 0 ? { decoding: Object.fromEntries(set.map((key) => [key, request[key]])) } : {}),
      ...(reference.length > 0 ? { reference } : {}),
    },
  };
}

function replyOf(completion: Fields): Fields {
  const answer = completion.text as string;
  const end = objectOf(completion.finish_reason)?.reason;
  const finish = end === 'unknown' ? undefined : end === 'endoftext' ? 'stop' : finishOf(end);
  if (leavesNoAnswer(finish)) return { answer: null, finish };
  const thought = objectOf(completion.thinking)?.text;
  const reasoned = typeof thought === 'string' && thought !== '';
  const listed = (Array.isArray(completion.tokens) ? completion.tokens : []).map((token) => {
    const { text, logprob, top_logprobs: top } = objectOf(token) ?? {};
    const others = Object.entries(objectOf(top) ?? {}).map(([other, value]) => ({ token: other, logprob: value }));
    return { token: text, logprob, top_logprobs: others };
  });
  const recorded = listed.some(({ logprob }) => typeof logprob === 'number' && logprob < 0);
  const tokens = recorded ? answerTokens(listedTokens(listed), answer, reasoned) : undefined;
  return {
    answer,
    ...(finish === undefined ? {} : { finish }),
    ...(reasoned ? { reasoning: thought } : {}),
    ...(tokens === undefined ? {} : { tokens }),
  };
}

/**
 * The run is named `SCENARIO:arguments,model=MODEL`. Perturbed instances share the group of the instance from which
 * they were made.
 */
function placeOf({ instance, train_trial_index: trial }: Fields, run: string | undefined): Fields {
  const { id, perturbation } = objectOf(instance) ?? {};
  if (run === undefined || id == null) return {};
  const change = objectOf(perturbation)?.name;
  return {
    id: [run, id, trial, ...(change == null ? [] : [change])].join('/'),
    group: `${run.replace(/,?model=[^,]*/, '')}/${id}`,
    task: run.split(':', 1)[0],
  };
}

/** The correct references: their letters if the prompt listed them, else their texts. */
function referenceOf(state: Fields): string[] {
  const references = objectOf(state.instance)?.references;
  const right = (Array.isArray(references) ? references : []).flatMap((each) => {
    const { output, tags } = objectOf(each) ?? {};
    const text = objectOf(output)?.text;
    return Array.isArray(tags) && tags.includes('correct') && typeof text === 'string' ? [text] : [];
  });
  const letters = Object.entries(objectOf(state.output_mapping) ?? {});
  const named = letters.filter(([, text]) => right.includes(String(text))).map(([letter]) => letter);
  return named.length > 0 ? named : right;
}
