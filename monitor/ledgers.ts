import { createHash } from 'node:crypto';
import type { Manifest } from '../models/bundle/manifest.js';
import type { Terms } from './promise/claim-state.js';
import { type Ledger, settled, startLedger, withLabels, withRun } from './promise/ledger.js';
import { afterUnits, type SliceWealth } from './promise/slices.js';
import { stakesFor } from './promise/stakes.js';
import { type Draw, REST } from './queue/draw.js';
import type { MonitorState } from './state.js';

/** The claims of a bundle as the monitor judges them, by id; also those of answers that no claim accepted. */
export type Claims = ReadonlyMap<string, Terms>;

export function claimsOf(
  { thresholds }: Pick<Manifest, 'thresholds'>,
  { floor, runLength }: Pick<MonitorState, 'floor' | 'runLength'>,
): Claims {
  const terms = (alpha: number, delta: number): Terms => ({ alpha, delta, runLength, stakes: stakesFor(alpha, floor) });
  const certified = thresholds.filter(({ threshold }) => threshold !== null);
  // no promise is made about the rest, so its bets are never looked at
  return new Map([
    ...certified.map(({ id, alpha, delta }) => [id, terms(alpha, delta)] as const),
    [REST, terms(0.5, 1)],
  ]);
}

/** The ledgers of all claims, and the wealth by slice over closed questions. */
export interface Books {
  ledgers: ReadonlyMap<string, Ledger>;
  slices: SliceWealth;
}

export function booksOf({ ledgers, slices }: Pick<MonitorState, 'ledgers' | 'slices'>, claims: Claims): Books {
  const known = new Map(ledgers);
  return {
    ledgers: new Map([...claims].map(([claim, terms]) => [claim, known.get(claim) ?? startLedger(terms)])),
    slices: new Map(slices),
  };
}

/** Adds the questions of a draw. */
export function registered({ ledgers, slices }: Books, { drawn, undrawn }: Pick<Draw, 'drawn' | 'undrawn'>): Books {
  return {
    ledgers: new Map(
      [...ledgers].map(([claim, ledger]) => [claim, withRun(ledger, drawn.get(claim) ?? [], undrawn.get(claim) ?? [])]),
    ),
    slices,
  };
}

/** Writes labels into open questions, and closes what can be closed at `now`. */
export function labelled(
  books: Books,
  { claims, labels, now }: { claims: Claims; labels: ReadonlyMap<string, number>; now: number },
): Books {
  const ledgers = new Map<string, Ledger>();
  let { slices } = books;
  for (const [claim, ledger] of books.ledgers) {
    const filled = withLabels(ledger, (id) => labels.get(id));
    const after = settled(filled, now, claims.get(claim)!);
    const closed = filled.open.slice(0, filled.open.length - after.open.length);
    if (claim !== REST) slices = afterUnits(slices, closed, (id) => claims.get(id)!);
    ledgers.set(claim, after);
  }
  return { ledgers, slices };
}

/** The wealth by slice with the open questions too. */
export function slicesNow({ ledgers, slices }: Books, claims: Claims): SliceWealth {
  const open = [...ledgers].flatMap(([claim, ledger]) => (claim === REST ? [] : ledger.open));
  return afterUnits(slices, open, (id) => claims.get(id)!);
}

/** A question as the state stores it: 48 bits of a salted hash. */
export function questionHash(question: string, salt: string): string {
  return createHash('sha256').update(`${salt}\n${question}`).digest('hex').slice(0, 12);
}
