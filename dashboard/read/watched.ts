import { readFile } from 'node:fs/promises';
import { isObject } from '../../data/check-value.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { booksOf, claimsOf } from '../../monitor/ledgers.js';
import type { Standing } from '../../monitor/promise/standing.js';
import type { MonitorResult } from '../../monitor/results.js';
import { standings } from '../../monitor/standings.js';
import { type MonitorState, type Notice, stateIn } from '../../monitor/state.js';
import { VouchError } from '../../support/errors.js';
import { iso } from '../../support/time/iso.js';

/** What the monitor's last run left. */
export interface Watched {
  /** SHA-256 of the manifest of the bundle that it watches. */
  bundle: string;
  promises: Standing[];
  alerts: Notice[];
  /** Times of the first and of the last answer that it saw, ISO 8601. */
  since: string | null;
  until: string | null;
}

/**
 * Reads the state file of `vouch monitor`, or the findings that it wrote with `--out`. A state is judged here in the
 * same way, by the terms in the manifest. Null if there is no such file yet. Errors: FILE_UNREADABLE.
 */
export async function readWatched(file: string, manifest: Manifest | null): Promise<Watched | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new VouchError('FILE_UNREADABLE', 'the file of the monitor cannot be read', { file, cause: error });
  });
  if (text === null) return null;
  const found = resultIn(text);
  if (found !== null) {
    const { bundle, promises, alerts, since, until } = found;
    return { bundle, promises, alerts, since, until };
  }
  return judged(stateIn(text, file), manifest);
}

function resultIn(text: string): MonitorResult | null {
  try {
    const value: unknown = JSON.parse(text);
    const isResult = isObject(value) && Array.isArray(value.promises) && Array.isArray(value.alerts);
    return isResult ? (value as unknown as MonitorResult) : null;
  } catch {
    return null; // stateIn says what is wrong with it
  }
}

function judged(state: MonitorState, manifest: Manifest | null): Watched {
  const seen = { bundle: state.bundle, alerts: state.alerts, since: iso(state.first), until: iso(state.last) };
  if (manifest === null) return { ...seen, promises: [] };
  const claims = claimsOf(manifest, state);
  const given = { expected: null, drawn: null, floor: state.floor }; // the state does not keep the expected errors
  return { ...seen, promises: standings(booksOf(state, claims), claims, given) };
}
