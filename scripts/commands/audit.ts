import type { Command } from 'commander';
import { replayed } from '../../library/audit/replay.js';
import { type Verified, verifyChain } from '../../store/chain/verify.js';
import type { Store } from '../../store/open.js';
import { type Trace, tracesOf } from '../../store/read/trace.js';
import { openExisting } from '../../store/ready.js';
import { VouchError } from '../../support/errors.js';
import { progress } from '../../support/progress.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { addStore, type StoreFlags } from '../flags/store.js';

interface Flags extends StoreFlags, PluginFlags {
  model?: string[];
  verify?: boolean;
  expect?: { seq: number; hash: string };
  json?: boolean;
  quiet?: boolean;
}

const example = `
Without --model, the decision and its feedback are shown as stored. With the bundle that made it, the
decision is computed again from the stored signals and compared to the bit.

Example:
  $ vouch audit chatcmpl-123 --store answers.db --model runs/mine
  $ vouch audit --verify --store answers.db`;

/** `vouch audit`: shows and repeats decisions, and verifies the hash chain. */
export function register(program: Command): void {
  const command = program
    .command('audit')
    .description('Repeat a stored decision from its signals, or verify that no row of the store was changed.')
    .argument('[ids...]', 'ids or response ids of answers');
  addPlugins(addStore(command, 'tenant of the answers (default: any)'))
    .option('--model <dir...>', 'bundles; the one that made the decision is used')
    .option('--verify', 'recompute the hash of every row: finds rows that were changed, removed, added or emptied')
    .option('--expect <seq:hash>', 'with --verify: an end of the chain that an earlier check printed', endOf)
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
}

async function run(ids: string[], flags: Flags): Promise<void> {
  if (ids.length === 0 && flags.verify !== true) {
    throw new VouchError('BAD_USAGE', 'there is nothing to do', { expected: 'ids of answers, or --verify' });
  }
  const store = await openExisting(flags.store);
  try {
    if (flags.verify === true) await verify(store, flags);
    for (const id of ids) await show(store, id, flags);
  } finally {
    await store.close();
  }
}

async function verify(store: Store, { expect, json, quiet }: Flags): Promise<void> {
  const shown = progress('verify', { unit: 'rows', quiet });
  const verified = await verifyChain(store, {
    expected: expect,
    progress: (done, total) => shown.set(done, total),
  }).finally(() => shown.done());
  process.stdout.write(json ? `${JSON.stringify(verified)}\n` : `${verifiedLines(verified).join('\n')}\n`);
  const [first] = verified.findings;
  if (first === undefined) return;
  throw new VouchError('CHAIN_BROKEN', `row ${first.seq}: ${first.what}`, { file: store.shown });
}

function verifiedLines({ rows, redacted, first, head, findings }: Verified): string[] {
  const places = findings.map(({ seq, table, what }) => `  row ${seq} (${table}): ${what}`);
  return [
    `${plural(rows, 'row')} checked${redacted === 0 ? '' : `, ${thousands(redacted)} of them with deleted content`}`,
    ...(first === 1 ? [] : [`rows before row ${first} were removed with vouch store prune`]),
    `end of the chain: ${head.seq}:${head.hash}`,
    ...(findings.length === 0 ? ['no row was changed'] : ['the chain is broken:', ...places]),
  ];
}

async function show(store: Store, id: string, { tenant, model, plugin, json }: Flags): Promise<void> {
  const traces = await tracesOf(store, id, tenant);
  if (traces.length === 0) {
    throw new VouchError('NOT_STORED', 'the store has no answer with this id', { file: store.shown, got: id });
  }
  for (const trace of traces) {
    const again = model === undefined ? null : await replayed(trace.row, model, { plugins: plugin });
    const shown = { ...plain(trace), replay: again };
    process.stdout.write(json ? `${JSON.stringify(shown)}\n` : `${JSON.stringify(shown, null, 2)}\n`);
    if (!trace.intact) throw new VouchError('CHAIN_BROKEN', `row ${trace.row.seq} was changed`, { file: store.shown });
    if (again !== null && !again.same) {
      throw new VouchError('CHAIN_BROKEN', 'the decision is not what the bundle gives for the stored signals', {
        ...{ file: store.shown, field: again.differs[0], got: id },
      });
    }
  }
}

/** A trace for people and programs: times as ISO 8601, signals by their size in bytes. */
function plain({ row, feedback, intact }: Trace): object {
  const { signals, salt: _, sealed: __, missing, time, redacted, selected, ...rest } = row;
  return {
    ...rest,
    time: new Date(time).toISOString(),
    missing: missing === null ? null : JSON.parse(missing),
    selected: selected === 1,
    contentDeleted: redacted === 1,
    signalBytes: signals?.length ?? null,
    feedback: feedback.map(({ received, ...each }) => ({ ...each, received: new Date(received).toISOString() })),
    intact,
  };
}

function endOf(text: string): { seq: number; hash: string } {
  const match = /^(\d+):([0-9a-f]{64})$/.exec(text);
  if (match !== null) return { seq: Number(match[1]), hash: match[2] };
  const detail = { field: '--expect', expected: 'NUMBER:HASH, as --verify prints it', got: text };
  throw new VouchError('BAD_USAGE', 'not an end of a chain', detail);
}
