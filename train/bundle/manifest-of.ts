import { isNaming } from '../../data/naming.js';
import { usedSignals } from '../../features/plugin/signals-of.js';
import { pluginFacts } from '../../models/bundle/check-plugins.js';
import { FORMAT_VERSION, type Manifest } from '../../models/bundle/manifest.js';
import { cutsOf } from '../../models/costs.js';
import { steadyFields } from '../certify/relied.js';
import type { FittedModel } from '../choose/fit-model.js';
import { usedWays } from '../choose/own-ways.js';
import type { TrainContext } from '../context.js';
import { acceptUnseenOf } from '../examine/decisions.js';
import type { TrainOptions } from '../options.js';
import type { TrainingData } from '../prepare/training-data.js';
import { knownNames, modelFacts } from './model-facts.js';

/** What the manifest states about every model: labelled rows, options, time, versions and naming. */
interface StatedOf {
  data: TrainingData;
  rows: Int32Array;
  options: TrainOptions;
  context: Pick<TrainContext, 'created' | 'versions' | 'naming' | 'plugins' | 'madeBy' | 'encoders'>;
}

/** This part of the manifest, before anything is certified. */
export function statedOf({ data, rows, options, context }: StatedOf) {
  return {
    formatVersion: FORMAT_VERSION,
    vouch: context.versions.vouch,
    created: context.created,
    thresholds: [],
    decisions: {
      by: options.certifyBy,
      sliceBy: options.sliceBy,
      ...(options.costs === undefined ? {} : { costs: options.costs, cuts: cutsOf(options.costs) }),
      ...acceptUnseenOf(options),
    },
    data: {
      fingerprint: data.fingerprint,
      answers: data.n,
      groups: data.groupCount,
      ...(data.grouping === undefined ? {} : { grouping: data.grouping }),
      fields: steadyFields(data, rows),
      tasks: knownNames(data.task, rows),
      models: knownNames(data.model, rows),
    },
    ...(context.naming !== undefined && isNaming(context.naming) ? { naming: { ...context.naming } } : {}),
    options,
    seed: options.seed,
    versions: context.versions,
    files: {},
  };
}

/** The manifest of a model trained on `rows`, before anything is certified. */
export function manifestOf(fitted: FittedModel, of: StatedOf): Manifest {
  const { plugins = [], madeBy = [], encoders } = of.context;
  return {
    ...statedOf(of),
    signals: fitted.model.schema,
    ...pluginFacts([...madeBy, ...usedSignals(plugins, fitted.model.schema.numeric), ...usedWays(plugins, fitted)]),
    ...(encoders === undefined ? {} : { encoders }),
    model: modelFacts(fitted),
    calibrator: fitted.main.calibration.calibration,
  };
}
