import type { AttemptScorer } from '../../data/ask/attempts/attempt-scorer.js';
import type { Annotator } from '../../meaning/annotator.js';
import type { Pinning } from '../../models/bundle/pinning.js';
import { openPlugins, type PluginSource } from '../../support/plugins/open-plugins.js';

/** Signals that are asked for; those that the model could not act on are left out. */
const REASONS = 12;
const NOT_TOLD: ReadonlySet<string> = new Set(['model', 'task', 'words', 'embeddings']);

interface AttemptScorerOptions extends Pinning {
  plugins?: readonly PluginSource[];
  annotator?: Annotator;
}

/**
 * Opens a bundle that scores the attempts of `collect`. Doubts are the signals that lower the probability, the strongest
 * first. Errors: those of opening a bundle.
 */
export async function attemptScorer(
  dir: string,
  { plugins, annotator, ...pinning }: AttemptScorerOptions = {},
): Promise<AttemptScorer & { close(): Promise<void> }> {
  const { openScorer } = await import('../../scorer/open.js');
  const scorer = await openScorer(dir, {
    ...pinning,
    plugins: await openPlugins(plugins),
    annotator,
    grounds: false,
  });
  return {
    facts: { digest: scorer.digest },
    score: async (attempts) => {
      const scores = await scorer.scoreMany([...attempts], { reasons: REASONS });
      return scores.map(({ probability, reasons = [] }) => ({
        probability: probability ?? Number.NaN,
        doubts: reasons
          .filter(({ effect, signal, value }) => effect < 0 && value !== null && !NOT_TOLD.has(signal))
          .map(({ plain }) => plain),
      }));
    },
    close: () => scorer.close(),
  };
}
