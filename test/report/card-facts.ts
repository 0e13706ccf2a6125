import type { CardManifest } from '../../report/card/trained-facts.js';
import type { ReportData } from '../../report/results.js';

/** TEST DATA, made up: the part of a manifest that goes with a made-up report. */
export function fakeManifest(data: ReportData): CardManifest {
  return {
    signals: {
      topK: 5,
      numeric: data.signals.map(({ name }) => `${name}@1`),
      categorical: [{ name: 'features.plan@1', vocabulary: ['free', 'pro'] }],
    },
    model: { name: 'blend' },
    calibrator: { name: 'none', parameters: [] },
    thresholds: data.thresholds,
    data: {
      fingerprint: data.data.fingerprint,
      models: ['olmo-3-7b', 'qwen3-8b-instruct'],
      tasks: ['triviaqa', 'arithmetic'],
      fields: ['prompt', 'model'],
    },
  };
}
