import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

import { checkFeedback } from '../../store/feedback/check.js';
import type { Outcome } from '../../store/feedback/feedback.js';
import type { Store } from '../../store/open.js';
import { openStore } from '../../store/ready.js';
import { write } from '../../store/write/write.js';
import { T0 } from './scored.js';

export { DAY } from '../../support/time/day.js';
export { scored, T0 } from './scored.js';

/** Path of a store that is deleted after the test. */
export function freshPath(): string {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-store-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return join(dir, 'answers.db');
}

export async function freshStore(place = freshPath()): Promise<Store> {
  const store = await openStore(place);
  onTestFinished(() => store.close());
  return store;
}

/** Sends feedback of one tenant, as POST /v1/feedback does. */
export async function send(
  store: Store,
  values: readonly object[],
  { tenant = '', received = T0 + 1000 }: { tenant?: string; received?: number } = {},
): Promise<Outcome[]> {
  const [outcomes] = await write(store, [], [{ tenant, received, feedback: values.flatMap(checkFeedback) }]);
  return outcomes;
}
