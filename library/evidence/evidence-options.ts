import type { Pinning } from '../../models/bundle/pinning.js';
import { VouchError } from '../../support/errors.js';
import type { PluginOptions, RunOptions } from '../run-options.js';

/** Options of `evidence`. */
export interface EvidenceOptions extends Pinning, PluginOptions, Pick<RunOptions, 'onProgress'> {
  /** Folder of the bundle. */
  model: string;
  /** Folder of the evidence. An older one that vouch wrote is replaced; anything else is refused. */
  out: string;
  /** The previous version of the bundle: the card lists what changed. */
  previous?: string;
  /** The store: its chain is verified, its feedback counted, a sample of its decisions drawn. */
  store?: string;
  /** Results of `vouch monitor --out`, and of `vouch evaluate --out`; all about this bundle. */
  monitor?: readonly string[];
  evaluation?: readonly string[];
  /** The date that the folder states, as YYYY-MM-DD (default: today, UTC). It filters nothing. */
  asOf?: string;
}

/** What `evidence` wrote. */
export interface EvidenceResult {
  out: string;
  asOf: string;
  /** SHA-256 of the bundle's manifest, and of the folder's SHA256SUMS: keep the latter in another place. */
  bundle: string;
  sums: string;
  files: number;
  /** What a reader should look at first, in sentences. */
  attention: string[];
  /** Places at which the chain of the store is broken; null without a store. */
  broken: number | null;
}

export const evidenceOptionNames = [
  ...(['model', 'out', 'previous', 'store', 'monitor', 'evaluation', 'asOf'] as const),
  ...(['digest', 'trusted', 'plugins', 'onProgress'] as const),
];

/** Answers in the sample of decisions. */
export const SAMPLE = 100;

/** A date as YYYY-MM-DD. Error: BAD_USAGE. */
export function checkedDate(text: string): string {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
  if (isDate) return text;
  throw new VouchError('BAD_USAGE', 'this is not a date', { field: 'asOf', expected: 'YYYY-MM-DD', got: text });
}
