import { plainName } from '../../features/row.js';
import type { RawPlan, Source } from '../raw/plan.js';
import type { Exported } from './export-bundle.js';
import { featureInputs, featureOutputs, rawInputs, rawOutputs, type TensorSpec } from './tensors.js';

/** The JSON file of the feature graph: its inputs in order, and vocabularies. No thresholds: see docs/export.md. */
export function describeFeatures(exported: Exported): string {
  const { signals } = exported.manifest;
  return described(exported, 'features', featureInputs(signals), featureOutputs(), {});
}

/** The JSON file of the raw-signal graph: the same, and what each signal is computed from. */
export function describeRaw(exported: Exported): string {
  const { plan } = exported;
  const signals = plan.sources.map((source, j) => ({
    name: plan.schema.numeric[j],
    from: fromOf(source, plan),
  }));
  return described(exported, 'raw', rawInputs(plan), rawOutputs(plan), { signals });
}

function described(
  { manifest, digest, own }: Exported,
  graph: string,
  inputs: TensorSpec[],
  outputs: TensorSpec[],
  more: Record<string, unknown>,
): string {
  const { signals, vouch } = manifest;
  const description = {
    vouch,
    bundle: digest,
    graph,
    inputs,
    outputs,
    vocabularies: Object.fromEntries(signals.categorical.map(({ name, vocabulary }) => [name, vocabulary])),
    topK: signals.topK,
    ...pluginInputs(own, manifest),
    // No decision can be made from a graph alone: see docs/export.md.
    decisions: 'none: the graph gives probabilities; vouch-scorer decides',
    ...more,
  };
  return `${JSON.stringify(description, null, 1)}\n`;
}

/** The signals of plug-ins, which no graph computes: the caller must, with the same plug-in or in the same way. */
function pluginInputs(own: Exported['own'], { plugins = [] }: Exported['manifest']): object {
  if (own.length === 0) return {};
  const signals = own.map(({ name, version, needs, range, says }) => ({
    input: `${name}@${version}`,
    needs,
    range,
    says,
  }));
  return { callerComputes: { signals, plugins: plugins.filter(({ kind }) => kind === 'signal') } };
}

/** The inputs that a signal is computed from; a column of `numbers` by its name. */
function fromOf(source: Source, { numbers }: RawPlan): string[] {
  switch (source.kind) {
    case 'tokens': {
      const { needs, marks } = source.signal;
      return ['token_logprobs', ...(needs === 'tokens.top' ? ['top_logprobs'] : []), ...marks];
    }
    case 'choices':
      return ['choices'];
    case 'panel':
      return source.of.map((column) => `numbers.${plainName(numbers[column])}`);
    default:
      return [`numbers.${plainName(numbers[source.of])}`];
  }
}
