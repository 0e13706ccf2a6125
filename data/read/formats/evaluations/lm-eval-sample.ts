import { basename, dirname } from 'node:path';
import { boundedJson } from '../../json/bounded-json.js';
import { type Fields, objectOf } from '../../table/fields.js';
import { turnsOf } from '../parts/messages.js';
import { scoreFields } from '../parts/scores.js';

/** Keys of a sample that are not metrics. Older versions do not list their metrics. */
const OWN = new Set([
  ...['doc_id', 'doc', 'target', 'arguments', 'resps', 'filtered_resps', 'filter', 'metrics'],
  ...['doc_hash', 'prompt_hash', 'target_hash'],
]);
/** A metric of a sample by its name. */
export type Metric = readonly [name: string, value: unknown];

/** The metrics with a single value. Pairs and lists are aggregated later and say nothing about one answer. */
export function metricsOf(row: Fields): Metric[] {
  const names = Array.isArray(row.metrics) ? row.metrics.map(String) : Object.keys(row).filter((key) => !OWN.has(key));
  return names
    .map((name) => [name, row[name]] as const)
    .filter(([, value]) => typeof value === 'number' || typeof value === 'boolean');
}

/** Metrics as labels, under the names that the harness's own results use; the others under `scores`. */
export function scoresOf(
  metrics: readonly Metric[],
  { filter }: Place,
  isGrade: (name: string, value: unknown) => boolean,
): Fields {
  const called = (name: string): string => (filter === 'none' ? name : `${name},${filter}`);
  const graded = ([name, value]: Metric): boolean => isGrade(name, value);
  const rest = metrics.filter((metric) => !graded(metric)).map(([name, value]) => [called(name), value] as const);
  const labels = metrics.filter(graded).map(([name, value]) => [called(name), value] as const);
  return { ...scoreFields(labels, 'lm-eval'), ...(rest.length > 0 ? { scores: Object.fromEntries(rest) } : {}) };
}

/** What the place of a sample determines: its id, group, task and model. */
export interface Place {
  fields: Fields & { id?: string };
  filter: string;
}

export function placeOf(row: Fields, file: string | undefined): Place {
  const filter = typeof row.filter === 'string' ? row.filter : 'none';
  const task = file === undefined ? undefined : /^samples_(.+)_\d{4}-\d\d-\d\dT[^/]*$/.exec(basename(file))?.[1];
  const model = file === undefined ? undefined : /^([^_].*?)__(.+)$/.exec(basename(dirname(file)));
  const path = task === undefined ? undefined : `${task}/${row.doc_id}`;
  const run = model == null || path === undefined ? path : `${model[1]}/${model[2]}/${path}`;
  const group = typeof row.doc_hash === 'string' && row.doc_hash !== '' ? row.doc_hash : path;
  return {
    filter,
    fields: {
      ...(run === undefined ? {} : { id: filter === 'none' ? run : `${run}/${filter}` }),
      ...(group === undefined ? {} : { group }),
      ...(task === undefined ? {} : { task }),
      ...(model == null || task === undefined ? {} : { model: `${model[1]}/${model[2]}` }),
    },
  };
}

/** Requests as lists of arguments, from {gen_args_0: {arg_0, arg_1}} and from lists. */
export function requestsOf(value: unknown): unknown[][] {
  const requests = Array.isArray(value) ? value : Object.values(objectOf(value) ?? {});
  return requests.map((request) => (Array.isArray(request) ? request : Object.values(objectOf(request) ?? {})));
}

/** The context of a request: a text, or a chat as JSON text, which the harness wraps in a list. */
export function promptOf(context: unknown): Fields {
  const text = Array.isArray(context) && typeof context[0] === 'string' ? context[0] : context;
  const turns = turnsOf(typeof text === 'string' && /^\s*\[\s*\{/.test(text) ? chatOf(text) : text);
  if (turns !== null) return { messages: turns };
  return typeof text === 'string' && text !== '' ? { prompt: text } : {};
}

function chatOf(text: string): unknown {
  try {
    const chat = boundedJson(text);
    return Array.isArray(chat) && chat.every((message) => typeof objectOf(message)?.role === 'string') ? chat : null;
  } catch {
    return null;
  }
}
