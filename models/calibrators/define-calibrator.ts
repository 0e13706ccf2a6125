import { VouchError } from '../../support/errors.js';
import { maxOf, minOf } from '../../support/extremes.js';
import { checkPlugin, type Given, ofKind, type Plugin, type Plugins } from '../../support/plugins/plugin.js';
import type { Logits, Probabilities } from '../numbers.js';
import type { Calibrator } from './calibrator.js';
import { curveNamed } from './list.js';

/** A calibrator of a plug-in. It is a candidate next to ours. */
export interface CalibratorPlugin extends Plugin {
  kind: 'calibrator';
  /** Ours have 0 (none), 1 (temperature), 2 (Platt), …, 10 (isotonic); of equally good ones the simplest is chosen. */
  complexity: number;
  /** Fits on logits with labels y in 0..1 and weights w, all of length n, and gives plain numbers. */
  fit(logits: Logits, y: Float64Array, w: Float64Array): number[];
  /** The probabilities of logits in ascending order. They must not fall. */
  apply(parameters: number[], logits: Logits): Probabilities;
}

export type CalibratorInput = Omit<CalibratorPlugin, 'kind' | 'complexity'> & { complexity?: number };

/** Defines a calibrator. Reports call it `plugin.NAME`. Errors: BAD_USAGE with the field. */
export function defineCalibrator(given: CalibratorInput): CalibratorPlugin {
  return checkCalibrator({ complexity: 10, ...given, kind: 'calibrator' });
}

function checkCalibrator(plugin: CalibratorPlugin): CalibratorPlugin {
  const { name, complexity = 10, fit, apply } = checkPlugin(plugin) as CalibratorPlugin;
  const bad = (field: string, expected: string, got: unknown) =>
    new VouchError('BAD_USAGE', 'this calibrator is not complete', { field: `${name}.${field}`, expected, got });
  if (!(complexity >= 0)) throw bad('complexity', 'a number, 0 or more', complexity);
  if (typeof fit !== 'function') throw bad('fit', 'a function', fit);
  if (typeof apply !== 'function') throw bad('apply', 'a function', apply);
  return plugin;
}

/** Points of the stored curve, how far it reaches beyond the logits that it was fitted on, and where it ends. */
const POINTS = 200;
const BEYOND = 2;
const MOST = 40;

/**
 * The calibrators of the given plug-ins, as entries that stand in a list with our own. A fitted one is stored as a
 * curve: its values at 200 equally spaced logits, straight lines between them, constant outside. So the graph and every
 * scorer compute it without the plug-in's code. Errors: BAD_USAGE for an incomplete one; `fit` throws PLUGIN_FAILED.
 */
export function pluginCalibrators(plugins: Plugins): readonly Calibrator[] {
  return ofKind<CalibratorPlugin>(plugins, 'calibrator').map(({ plugin }): Calibrator => {
    const { name, complexity = 10 } = checkCalibrator(plugin);
    return { ...curveNamed(`plugin.${name}`), complexity, fit: (logits, y, w) => curveOf(plugin, logits, y, w) };
  });
}

/** The plug-ins behind some calibrators. */
export function usedCalibrators(plugins: Plugins, names: ReadonlySet<string>): readonly Given[] {
  return ofKind<CalibratorPlugin>(plugins, 'calibrator').filter(({ plugin }) => names.has(`plugin.${plugin.name}`));
}

function curveOf(plugin: CalibratorPlugin, logits: Logits, y: Float64Array, w: Float64Array): number[] {
  const failed = (what: string, detail: object = {}) => {
    const by = `the calibrator plug-in ${plugin.name} (version ${plugin.version})`;
    return new VouchError('PLUGIN_FAILED', `${by} ${what}`, detail);
  };
  const [least, most] = logits.length === 0 ? [0, 0] : [minOf(logits), maxOf(logits)];
  const bound = (z: number) => Math.min(Math.max(z, -MOST), MOST);
  const from = bound(least) - BEYOND;
  const step = (bound(most) + BEYOND - from) / (POINTS - 1);
  const at = Float64Array.from({ length: POINTS }, (_, k) => Math.fround(from + k * step));
  let curve: Probabilities;
  try {
    curve = plugin.apply(plugin.fit(logits, y, w), at);
  } catch (cause) {
    throw failed(`threw an error: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (curve?.length !== POINTS)
    throw failed('gave too few probabilities', { expected: `${POINTS}`, got: curve?.length });
  const wrong = curve.findIndex((p, k) => !(p >= 0 && p <= 1) || (k > 0 && p < curve[k - 1]));
  if (wrong < 0) return Array.from(at).flatMap((z, k) => [z, curve[k]]);
  throw failed('gave a value that it may not give', {
    field: `the probability at logit ${at[wrong].toFixed(3)}`,
    expected: 'a number from 0 to 1 that is not below the one before',
    got: curve[wrong],
  });
}
