import { VouchError } from '../../../../support/errors.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { Context, LogFormat, Part } from '../log-format.js';
import { plainText, writtenTexts } from '../parts/question-of.js';
import { numberGrade } from '../parts/scores.js';
import { chosen, LENGTHS, likelihoodOf, type Option, questionOf, softmax, targetOption } from './lm-eval-choices.js';
import { type Metric, metricsOf, type Place, placeOf, promptOf, requestsOf, scoresOf } from './lm-eval-sample.js';

/**
 * Metrics of a text that are not grades, though they may be in 0..1. Accuracies derived from them (`bleu_acc`) are
 * grades.
 */
const NO_GRADE =
  /(perplexity|bits_per|brier|bypass|bleu|rouge|chrf|^ter$|wer|bert|meteor|extraction|consistency|diff|mcc)(?!.*_acc$)/i;

/** Samples of EleutherAI's lm-evaluation-harness, one line per document and filter. */
export const lmEval: LogFormat = {
  name: 'lm-eval',
  title: 'lm-evaluation-harness samples',
  source:
    'github.com/EleutherAI/lm-evaluation-harness: evaluator.py, loggers/evaluation_tracker.py, api/task.py ' +
    '(0.4.0 to 0.4.13, looked up 2026-11)',
  detect: (row) => {
    if (!('doc_id' in row)) return null;
    if (Array.isArray(row.resps) && Array.isArray(row.filtered_resps)) return 'doc_id, resps and filtered_resps';
    return 'prompt_0' in row && 'logit_0' in row ? 'doc_id, prompt_0 and logit_0 (version 0.3)' : null;
  },
  read,
  mapping: [
    [
      'id',
      '`TASK/doc_id`, with the model before it if known, and `/filter` after it if the filter is not `none`; ' +
        'TASK is in the name of the file, `samples_TASK_DATE.jsonl`',
    ],
    ['group', '`doc_hash`, else `TASK/doc_id`: the filters and runs of one document share it'],
    ['task, model', 'the name of the file, and of its folder if the harness wrote it (`ORG__MODEL`)'],
    ['prompt or messages', 'the context of the first request in `arguments`; messages if a chat template was applied'],
    [
      'answer',
      'generation: the response that was graded, unfiltered. If a filter voted over several responses: its outcome',
    ],
    ['samples', 'generation with repeats: the other responses'],
    [
      'answer, choices',
      'multiple choice: softmax of the log-likelihoods, and the option with the highest one, named by the ' +
        "document's label, else by its text",
    ],
    ['decoding', 'the generation arguments of the request'],
    ['reference', '`target`; for multiple choice the option that it means'],
    [
      'labels',
      'metrics in 0..1 by their name: `acc`, `exact_match`; with a filter `exact_match,strict-match`, as in ' +
        'the results of the harness. `acc_norm` and `acc_bytes` grade the option with the highest ' +
        'log-likelihood per character or byte. If that is another option, it becomes a second record, ' +
        '`ID/acc_norm`',
    ],
    [
      'scores',
      'other metrics (ROUGE, perplexity, grades of several responses together), as they are: they are not labels',
    ],
    ['left out', 'requests that score a given text (`loglikelihood`, perplexity): they contain no answer'],
  ],
  example:
    '{"doc_id":0,"doc":{"question":"What is the capital of Australia?"},"target":"Canberra",' +
    '"arguments":{"gen_args_0":{"arg_0":"Q: What is the capital of Australia?\\nA:","arg_1":{"until":["\\n"],' +
    '"temperature":0}}},"resps":[["Canberra"]],"filtered_resps":["Canberra"],"filter":"none",' +
    '"metrics":["exact_match"],"doc_hash":"9f1c","exact_match":1.0}\n' +
    '{"doc_id":1,"doc":{"choices":{"text":["iron","wood"],"label":["A","B"]}},"target":"0",' +
    '"arguments":{"gen_args_0":{"arg_0":"Q: What rusts?\\nA:","arg_1":" iron"},"gen_args_1":{"arg_0":"Q: ' +
    'What rusts?\\nA:","arg_1":" wood"}},"resps":[[["-0.4","True"]],[["-2.1","False"]]],' +
    '"filtered_resps":[["-0.4","True"],["-2.1","False"]],"filter":"none","metrics":["acc","acc_norm"],' +
    '"doc_hash":"1b2d","acc":1.0,"acc_norm":1.0}',
};

function read(row: Fields, context: Context): Part[] {
  if (!Array.isArray(row.resps)) {
    throw new VouchError('BAD_RECORD', 'logs of version 0.3 of the harness do not separate context and continuation', {
      field: 'prompt_0',
      hint: 'Run the evaluation with version 0.4 and --log_samples.',
    });
  }
  const requests = requestsOf(row.arguments);
  const responses = row.resps.map((list) => (Array.isArray(list) ? list : [list]));
  const filtered = row.filtered_resps as unknown[];
  const logprobs = filtered.map(likelihoodOf);
  const place = placeOf(row, context.file);
  if (logprobs.length > 0 && logprobs.every((value) => value !== null)) {
    if (logprobs.length < 2) return [{ passed: 'the log-likelihood of a given text, not an answer of the model' }];
    if (requests.length !== logprobs.length || !requests.every(isScored)) {
      throw new VouchError('BAD_RECORD', 'the scored options do not match the log-likelihoods', {
        field: 'arguments',
        expected: `${logprobs.length} requests of context and continuation`,
        got: row.arguments,
      });
    }
    return choice(row, requests, logprobs as number[], place);
  }
  if (requests.length > 0 && requests.every((request) => request.length === 1)) {
    return [{ passed: 'the perplexity of a given text, not an answer of the model' }];
  }
  if (responses.length !== 1) {
    throw new VouchError('BAD_RECORD', 'contains responses to several requests that are not log-likelihoods', {
      field: 'resps',
      expected: 'one list of responses, or one log-likelihood per option',
      got: row.resps,
    });
  }
  return [generation(row, requests[0] ?? [], responses[0], filtered[0], place)];
}

/**
 * A generated answer: the response that the filter kept. If the filter voted over several responses, the result of the
 * vote.
 */
function generation(row: Fields, request: unknown[], responses: unknown[], filtered: unknown, place: Place): Part {
  const texts = responses.map(responseText);
  const kept = Array.isArray(filtered) && filtered.length === 1 ? filtered[0] : filtered;
  // several responses were graded together: the metrics say nothing about one of them alone
  const together = Array.isArray(kept);
  const at = Math.max(0, texts.indexOf(String(kept)));
  const voted = !together && texts.length > 1 && texts[at] !== String(kept);
  const others = voted ? texts : texts.filter((_, i) => i !== at);
  const decoding = objectOf(request[1]);
  const reference = writtenTexts(row.target);
  return {
    record: {
      ...place.fields,
      ...promptOf(request[0]),
      answer: voted ? String(kept) : (texts[at] ?? ''),
      ...(others.length > 0 ? { samples: others.map((answer) => ({ answer })) } : {}),
      ...(decoding === null ? {} : { decoding }),
      ...(reference.length > 0 ? { reference } : {}),
      ...scoresOf(
        metricsOf(row),
        place,
        (name, value) => !together && !NO_GRADE.test(name) && numberGrade(value) !== null,
      ),
    },
  };
}

/** Whether a request scores a continuation of a context. The context may be a chat, as a text in a list. */
function isScored([context, continuation]: unknown[]): boolean {
  const text = Array.isArray(context) ? context[0] : context;
  return typeof text === 'string' && typeof continuation === 'string';
}

function responseText(response: unknown): string {
  const text = plainText(response);
  if (text !== null) return text;
  throw new VouchError('BAD_RECORD', 'has no answer', { field: 'resps', expected: 'texts', got: response });
}

/**
 * One record per option that a metric chooses: acc chooses the most likely option, acc_norm and acc_bytes the most
 * likely per length.
 */
function choice(row: Fields, requests: unknown[][], logprobs: readonly number[], place: Place): Part[] {
  const { prompt, options } = questionOf(requests, logprobs, objectOf(row.doc));
  const metrics = metricsOf(row);
  const rules = Object.keys(LENGTHS).filter((name) => metrics.some(([metric]) => metric === name));
  const byOption = new Map<Option, string[]>();
  for (const rule of rules.length > 0 ? rules : ['acc']) {
    const option = chosen(options, LENGTHS[rule]);
    byOption.set(option, [...(byOption.get(option) ?? []), rule]);
  }
  const choices = softmax(options);
  const right = referenceOf(row.target, options, metrics);
  const rest = metrics.filter(([name]) => !(name in LENGTHS));
  return [...byOption].map(([option, names], i) => ({
    record: {
      ...place.fields,
      ...(i === 0 || place.fields.id === undefined ? {} : { id: `${place.fields.id}/${names[0]}` }),
      ...promptOf(prompt),
      answer: option.name,
      choices,
      ...(right === null ? {} : { reference: right }),
      ...scoresOf([...metrics.filter(([name]) => names.includes(name)), ...rest], place, (name, value) => {
        return name in LENGTHS && (value === 0 || value === 1);
      }),
    },
  }));
}

/** The correct options. If a target such as "1" is an index and also the name of another option, `acc` decides. */
function referenceOf(target: unknown, options: readonly Option[], metrics: readonly Metric[]): string[] | null {
  const targets =
    typeof target === 'string' && /^\[[\d, ]*\]$/.test(target) ? (JSON.parse(target) as number[]) : target;
  if (Array.isArray(targets)) {
    const found = targets.map((each) => targetOption(each, options)?.name);
    return found.length > 0 && found.every((name) => name !== undefined) ? (found as string[]) : null;
  }
  const found = targetOption(targets, options);
  if (found !== null) return [found.name];
  const acc = metrics.find(([name]) => name === 'acc')?.[1];
  return acc === 1 ? [chosen(options, LENGTHS.acc).name] : null;
}
