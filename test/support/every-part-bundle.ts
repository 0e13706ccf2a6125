import { FORMAT_VERSION, type Manifest } from '../../models/bundle/manifest.js';
import { writeBundle } from '../../models/bundle/write.js';
import { emitModel } from '../../models/model.js';
import { scorerOf } from '../../scorer/open.js';
import { random } from '../../support/random.js';
import { goldenRows } from '../../train/bundle/golden.js';
import { everything, schema } from './every-part.js';

/**
 * Writes a bundle of seeded random weights that has every part a model can have, also the text channel, with golden
 * rows.
 */
export async function writeEveryPartBundle(dir: string): Promise<void> {
  const graph = emitModel(everything(), '0.0.0');
  const manifest: Manifest = {
    formatVersion: FORMAT_VERSION,
    vouch: '0.0.0',
    signals: schema,
    model: { name: 'every part' },
    calibrator: { name: 'beta', parameters: [] },
    thresholds: [],
    data: { fingerprint: 'none' },
    options: {},
    seed: 1,
    versions: {},
    files: {},
  };
  const scorer = await scorerOf(graph, manifest);
  const golden = await goldenRows(scorer, random('golden'));
  await scorer.close();
  const { files: _, ...rest } = manifest;
  await writeBundle(dir, { 'model.onnx': graph, 'golden.json': JSON.stringify(golden) }, rest);
}
