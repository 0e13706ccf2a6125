import { finite } from '../../metrics/interval/interval.js';
import { digestAt } from '../../models/bundle/read.js';
import { openScorer } from '../../scorer/open.js';
import { boughtIn } from '../../scorer/policy/stored-basis.js';
import type { ScoredTable } from '../../store/schema.js';
import { unpackSignals } from '../../store/signals.js';
import { VouchError } from '../../support/errors.js';
import { openPlugins, type PluginSource } from '../../support/plugins/open-plugins.js';
import { decidedAgain } from './decided-again.js';

/** A decision that was computed again. */
interface Replayed {
  /** The folder of the bundle. */
  bundle: string;
  /** Whether all fields are equal, numbers to the bit. */
  same: boolean;
  /** The fields that are not. */
  differs: string[];
  probability: number;
  decision: string | null;
}

/** The fields that are compared. */
const NUMBERS = ['probability', 'logit', 'low', 'high', 'shift'] as const;
const WORDS = ['decision', 'why', 'pattern', 'slice', 'claim', 'basis', 'promise'] as const;

/**
 * Computes a stored decision again: with the bundle among `dirs` whose manifest has the stored digest, from the stored
 * signals, in the way (direct or graph) in which it was computed. Errors: BUNDLE_BAD if no bundle has the digest,
 * NOT_STORED if the signals were deleted; those of opening a bundle.
 */
export async function replayed(
  row: ScoredTable,
  dirs: readonly string[],
  { plugins }: { plugins?: readonly PluginSource[] },
): Promise<Replayed> {
  const signals = row.signals === null ? null : unpackSignals(row.signals);
  if (signals === null) {
    throw new VouchError('NOT_STORED', 'the signals of this answer were deleted, so its decision cannot be repeated');
  }
  const dir = await bundleWith(row.bundle, dirs);
  const scorer = await openScorer(dir, { digest: row.bundle, plugins: await openPlugins(plugins) });
  try {
    const { way, model, task, selected, pattern, slice } = row;
    const kept = {
      ...{ ...signals, embeddings: [...signals.embeddings], digest: row.bundle, way: way as 'direct' | 'graph' },
      ...{ model, task, selected: selected === 1, group: row.question },
    };
    const missing = row.missing === null ? null : (JSON.parse(row.missing) as string[]);
    const again = await scorer.again(kept, { id: '', pattern: pattern ?? '', slice, missing });
    const bought = boughtIn(row.basis);
    const decided = bought === null ? again : await decidedAgain(dir, again, { row, bought });
    const differs = [
      ...NUMBERS.filter((name) => !Object.is(finite(again[name]), row[name])),
      ...WORDS.filter((name) => decided[name] !== row[name]),
    ];
    return {
      bundle: dir,
      same: differs.length === 0,
      differs,
      probability: again.probability,
      decision: decided.decision,
    };
  } finally {
    await scorer.close();
  }
}

async function bundleWith(digest: string, dirs: readonly string[]): Promise<string> {
  for (const dir of dirs) if ((await digestAt(dir)) === digest) return dir;
  throw new VouchError('BUNDLE_BAD', 'none of these bundles made the decision', {
    field: '--model',
    expected: `the bundle whose manifest has SHA-256 ${digest}`,
    got: dirs.join(', '),
  });
}
