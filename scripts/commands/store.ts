import { type Command, Option } from 'commander';
import { writeJsonLines } from '../../data/write/json-lines.js';
import { backup } from '../../store/backup.js';
import { prune } from '../../store/forget/prune.js';
import { type Redacted, redact, type Whose } from '../../store/forget/redact.js';
import { type MigrationName, migrate, migrationNames } from '../../store/migrations/migrate.js';
import { openExistingDatabase, type Store } from '../../store/open.js';
import { type Contents, contentsOf } from '../../store/read/counts.js';
import { labelledAnswers } from '../../store/read/labelled.js';
import { openExisting } from '../../store/ready.js';
import { VouchError } from '../../support/errors.js';
import { DAY } from '../../support/time/day.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import { whole } from '../flags/reading.js';
import { addStore, type StoreFlags } from '../flags/store.js';

interface Flags extends StoreFlags {
  id?: string;
  person?: string;
  olderThan?: number;
  out?: string;
  to?: MigrationName | 'none';
  json?: boolean;
}

const WHATS = ['info', 'migrate', 'delete', 'prune', 'backup', 'export'] as const;

const example = `
What to do:
  info     count what is in the store
  migrate  bring the tables to this version of vouch, or back to an older one with --to
  delete   delete the content of answers and of feedback on them: --id, --person or --older-than.
           Probabilities, decisions and labels stay, and so do the hashes
  prune    remove whole rows that are --older-than; the chain records where it was cut
  backup   copy a SQLite store to --out while it is in use
  export   write answers that feedback gave a label to --out, as JSON Lines for vouch train

Example:
  $ vouch store delete --person user-7 --store answers.db
  $ vouch store prune --older-than 365 --store answers.db
  $ vouch store backup --out answers-2026-01-05.db --store answers.db
  $ vouch store export --out labelled.jsonl --store answers.db`;

/** `vouch store`: looks after a store. */
export function register(program: Command): void {
  const command = program
    .command('store')
    .description('Look after a store: count, migrate, delete by id, person or age, back up, export labelled answers.')
    .argument('<what>', 'what to do: info, migrate, delete, prune, backup or export');
  addStore(command, 'for delete and export: only answers of this tenant (default: all)')
    .option('--id <id>', 'for delete: the answer with this id or response id')
    .option('--person <name>', 'for delete: the answers for this person, and feedback by this rater')
    .option(
      '--older-than <days>',
      'for delete and prune: what is older than this many days',
      whole('--older-than', 'not a number of days', 0),
    )
    .option('--out <file>', 'for backup and export: the new file')
    .addOption(
      new Option(
        '--to <version>',
        'for migrate: the last migration that stays; none removes all answers without asking',
      ).choices([...migrationNames, 'none']),
    )
    .option('--json', 'print the result as JSON')
    .addHelpText('after', example)
    .action(run);
}

async function run(what: string, flags: Flags): Promise<void> {
  if (!(WHATS as readonly string[]).includes(what)) {
    throw new VouchError('BAD_USAGE', 'there is no such thing to do', { expected: WHATS.join(', '), got: what });
  }
  const store = await (what === 'migrate' ? openExistingDatabase(flags.store) : openExisting(flags.store));
  try {
    const { result, lines } = await done(what as (typeof WHATS)[number], store, flags);
    const to = flags.out === '-' ? process.stderr : process.stdout;
    to.write(flags.json ? `${JSON.stringify(result)}\n` : `${lines.join('\n')}\n`);
  } finally {
    await store.close();
  }
}

type Done = { result: object; lines: string[] };

async function done(what: (typeof WHATS)[number], store: Store, flags: Flags): Promise<Done> {
  switch (what) {
    case 'info': {
      const contents = await contentsOf(store);
      return { result: contents, lines: contentLines(contents) };
    }
    case 'migrate': {
      const ran = await migrate(store, flags.to === 'none' ? null : flags.to);
      return { result: { ran }, lines: ran.length === 0 ? ['nothing to migrate'] : ran.map((name) => `ran ${name}`) };
    }
    case 'delete': {
      const gone: Redacted = await redact(store, whoseIn(flags), Date.now());
      const lines = [
        `deleted the content of ${plural(gone.scored, 'answer')} and ${plural(gone.feedback, 'entry', 'entries')} of feedback`,
      ];
      return { result: gone, lines };
    }
    case 'prune': {
      const days = needed(flags.olderThan, '--older-than');
      const rows = await prune(store, Date.now() - DAY * days, Date.now());
      return { result: { rows }, lines: [`${plural(rows, 'row')} removed`] };
    }
    case 'backup': {
      const out = needed(flags.out, '--out');
      await backup(store, out);
      return { result: { out }, lines: [`copied to ${out}`] };
    }
    case 'export': {
      const out = needed(flags.out, '--out');
      const answers = await exported(store, out, flags.tenant);
      return { result: { out, answers }, lines: [`${plural(answers, 'labelled answer')} written to ${out}`] };
    }
  }
}

async function exported(store: Store, out: string, tenant: string | undefined): Promise<number> {
  const writer = await writeJsonLines(out);
  let answers = 0;
  try {
    for await (const record of labelledAnswers(store, tenant)) {
      await writer.write(record);
      answers++;
    }
    await writer.close();
    return answers;
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

function whoseIn({ id, person, olderThan, tenant }: Flags): Whose {
  const own = tenant === undefined ? {} : { tenant };
  const given: Whose[] = [
    ...(id === undefined ? [] : [{ by: 'id' as const, id, ...own }]),
    ...(person === undefined ? [] : [{ by: 'person' as const, person, ...own }]),
    ...(olderThan === undefined ? [] : [{ by: 'age' as const, before: Date.now() - DAY * olderThan }]),
  ];
  if (given.length === 1) return given[0];
  const expected = 'one of --id, --person, --older-than';
  throw new VouchError('BAD_USAGE', 'it is not clear what to delete', { expected, got: `${given.length} of them` });
}

function needed<T>(value: T | undefined, field: string): T {
  if (value !== undefined) return value;
  throw new VouchError('BAD_USAGE', 'is missing', { field, expected: 'a value' });
}

function contentLines({ answers, redacted, from, to, feedback, head }: Contents): string[] {
  return [
    `${plural(answers, 'answer')}${from === null ? '' : `, from ${from} to ${to}`}; ${redacted === 0 ? 'no content was deleted' : `the content of ${thousands(redacted)} was deleted`}`,
    ...feedback.map(
      ({ kind, linked, contradicting, unknownId, unlabelled }) =>
        `${kind}: ${thousands(linked)} linked, ${thousands(contradicting)} contradicting, ${thousands(unknownId)} unknown, ` +
        `${thousands(unlabelled)} without a label`,
    ),
    `end of the chain: ${head.seq}:${head.hash}`,
  ];
}
