import { sigmoid } from '../../models/numbers.js';

/** Below this a change is too small to divide by; the slope is used instead. */
const STILL = 1e-6;

export function silu(z: number): number {
  return z * sigmoid(z);
}

/**
 * How much of a change Δz from z0 an activation passes on: m = (f(z0 + Δz) − f(z0)) / Δz, so that m·Δz is exactly the
 * change of f. If Δz is nearly 0, m is the slope at z0. Source: Shrikumar et al. 2017 (DeepLIFT), sec. 3.5.1, the
 * rescale rule.
 */
export function multiplier(z0: number, f0: number, dz: number, f: number): number {
  if (Math.abs(dz) > STILL) return (f - f0) / dz;
  const s = sigmoid(z0);
  return s * (1 + z0 * (1 - s));
}
