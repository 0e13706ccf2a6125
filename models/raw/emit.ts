import type { CompiledPredictor } from '../compiled.js';
import { emitInto, type Model, nameOutputs, otherInputs } from '../model.js';
import { Doubles, FLOAT } from '../onnx/doubles.js';
import { Graph } from '../onnx/graph.js';
import { ChoiceNodes, choiceSignals } from './choice-signals.js';
import type { TokenView } from './graph-signal.js';
import { MarkedNodes } from './marked-nodes.js';
import { NumberNodes } from './number-nodes.js';
import { planRaw, type RawPlan, type Source } from './plan.js';
import { TokenNodes } from './token-nodes.js';
import { TopNodes } from './top-nodes.js';

/**
 * Writes a model as a graph on raw signals, which computes token statistics itself, in float64 like the TypeScript
 * signals, so that a tree's question at 0.1 gets the same answer. Inputs, each only if the bundle reads it, NaN =
 * absent: `token_logprobs` float64 [n, T]; `top_logprobs` float64 [n, T, k], in any order; `informative`, `fresh`,
 * `decisive` float64 [n, T], 1 or 0; `choices` float64 [n, options]; `numbers` float64 [n, r]; `categories`, `words`
 * and `embeddings.NAME` as in the model's graph. A batch has at least one row. Outputs: those of the model's graph, and `signals` float32 [n,
 * d], the row that that graph would read.
 */
export function emitRaw(model: Model<CompiledPredictor>, version: string): Uint8Array {
  const graph = new Graph('vouch raw');
  const plan = planRaw(model.schema);
  const features = emitSignals(graph, plan);
  const { layout: _, ...outcome } = emitInto(graph, model, { features, ...otherInputs(graph, model) });
  nameOutputs(graph, outcome);
  graph.output('signals', features, 'float32', ['n', model.schema.numeric.length]);
  return graph.encode('vouch', version);
}

/** Declares the inputs of a plan and emits the row of signals computed from them, float32 [n, d]. */
function emitSignals(graph: Graph, plan: RawPlan): string {
  const on = new Doubles(graph);
  const { reads, schema } = plan;
  const input = (name: string, ...shape: (string | number)[]) => graph.input(name, 'float64', ['n', ...shape]);
  const view = reads.logprobs ? tokenView(on, plan, input) : null;
  const choices = reads.choices ? new ChoiceNodes(on, input('choices', 'options')) : null;
  const numbers = plan.numbers.length > 0 ? new NumberNodes(on, input('numbers', plan.numbers.length)) : null;
  // given numbers are gathered in one node, the others one by one; then all are put into the order of the schema
  const given = plan.sources.flatMap((source) => (source.kind === 'number' ? [source.of] : []));
  const parts = given.length === 0 ? [] : [numbers!.columns(given)];
  const order: number[] = [];
  let computed = given.length;
  let passed = 0;
  for (const source of plan.sources) {
    order.push(source.kind === 'number' ? passed++ : computed++);
    if (source.kind !== 'number') parts.push(emitOne(source, on, view, choices, numbers));
  }
  const all = parts.length === 1 ? parts[0] : graph.op('Concat', parts, { axis: 1 }); // [n, d]
  const sorted = graph.op('Gather', [all, graph.ints(order, [schema.numeric.length])], { axis: 1 });
  return graph.op('Cast', [sorted], { to: FLOAT });
}

function tokenView(
  on: Doubles,
  { reads, schema }: RawPlan,
  input: (name: string, ...shape: string[]) => string,
): TokenView {
  const logprobs = input('token_logprobs', 'T');
  const top = reads.top ? input('top_logprobs', 'T', 'k') : null;
  const marks = Object.fromEntries(reads.marks.map((name) => [name, input(name, 'T')]));
  const tokens = new TokenNodes(on, { logprobs, top, marks }, schema.topK);
  return { tokens, top: new TopNodes(tokens, top ?? ''), marked: new MarkedNodes(tokens) };
}

/** One signal, [n, 1]; NaN if something that it needs is absent. */
function emitOne(
  source: Source,
  on: Doubles,
  view: TokenView | null,
  choices: ChoiceNodes | null,
  numbers: NumberNodes | null,
): string {
  switch (source.kind) {
    case 'tokens': {
      const { signal } = source;
      const { tokens, top, marked } = view!;
      const there = signal.needs === 'tokens' ? tokens.any : top.any;
      const known = signal.marks.reduce((all, name) => on.and(all, marked.known(name)), there);
      return on.where(known, signal.emit(view!), Number.NaN);
    }
    case 'choices': {
      const { emit } = choiceSignals.find(({ name }) => name === source.name)!;
      return on.where(on.greater(choices!.n, 0), emit(choices!), Number.NaN);
    }
    case 'logit':
      return numbers!.logit(numbers!.columns([source.of]));
    case 'statedLogit':
      return numbers!.statedLogit(numbers!.columns([source.of]));
    case 'panel':
      return numbers!.panel(source.name, source.of);
    case 'number':
      return numbers!.columns([source.of]);
  }
}
