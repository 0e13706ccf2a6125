import { usedSignals } from '../../features/plugin/signals-of.js';
import { pluginFacts } from '../../models/bundle/check-plugins.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { emitCompiled } from '../../models/model.js';
import { statedOf } from '../../train/bundle/manifest-of.js';
import type { AdaptedModel } from '../adapt-model.js';
import type { Adaptation } from '../adaptation.js';
import type { Change } from '../change.js';

/** The graph of a changed model, and its manifest so far: without promises and without facts about the change. */
export function changedGraph(
  { bundle, data, options, context }: Adaptation,
  change: Change,
  { model, adapted }: Pick<AdaptedModel, 'model' | 'adapted'>,
): { graph: Uint8Array; manifest: Manifest } {
  const old = bundle.manifest;
  const { plugins = [], madeBy = [] } = context;
  const { calibration } = adapted[0]?.calibration ?? { calibration: null };
  return {
    graph: change === 'threshold' ? bundle.files.get('model.onnx')! : emitCompiled(model, context.versions.vouch),
    manifest: {
      ...old,
      ...statedOf({ data, rows: Int32Array.from(data.y.keys()), options, context }),
      signals: model.schema,
      ...(calibration === null
        ? {}
        : { model: { ...old.model, calibrator: calibration.name }, calibrator: calibration }),
      ...pluginFacts([...(old.plugins ?? []), ...madeBy, ...usedSignals(plugins, model.schema.numeric)]),
    },
  };
}
