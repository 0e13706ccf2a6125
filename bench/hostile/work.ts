/**
 * Tries one kind of hostile input in its own process, and reports its progress to the parent: `work.ts KIND N SEED`.
 */
import { peakMegabytes } from '../peak.js';
import { kinds } from './kinds.js';

/** Inputs between two messages. If an input hangs, no message comes. */
const EVERY = 20;

/** The messages of the process. */
export type Message = { done: number } | { outcomes: string; peak: number } | { crashed: string };

const say = (message: Message) => process.send?.(message);
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => say({ crashed: error instanceof Error ? String(error.stack) : String(error) }));
}
const [name, n, seed] = process.argv.slice(2);
const kind = kinds.find((each) => each.name === name);
if (kind === undefined) throw new Error(`there is no kind ${name}`);
const all = await kind.run(Number(n), seed, (done) => {
  if (done % EVERY === 0) say({ done });
});
const outcomes = JSON.stringify(all, (_, value) => (value instanceof Map ? [...value] : value));
say({ outcomes, peak: peakMegabytes() });
process.disconnect();
