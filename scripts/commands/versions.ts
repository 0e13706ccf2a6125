import type { Command } from 'commander';
import { VouchError } from '../../support/errors.js';
import { table } from '../../train/prepare/summary.js';
import { addVersion } from '../../versions/add.js';
import { copyBundle } from '../../versions/copy-bundle.js';
import { type ListedVersion, listVersions } from '../../versions/list.js';
import { addNote } from '../../versions/note.js';
import { promote, rollback } from '../../versions/promote.js';

interface Flags {
  promote?: boolean;
  note?: string;
  json?: boolean;
}

const WHATS = ['list', 'add', 'promote', 'rollback', 'note'] as const;

const ALREADY = 'this bundle is there already';

const example = `
What to do:
  list      show all versions: number, state, how it was made, digest, notes
  add       copy the bundle WHICH into the folder as the next version; the first one comes into service.
            A bundle that is a version already stays that version
  promote   bring the version with the number WHICH into service
  rollback  bring the version into service that was there before the current one
  note      add --note to the version with the number WHICH

A service that was started with --model DIR/current notices a switch and loads the version without a
failed request. The folder of a version is its number. lineage.json keeps parents, notes and switches.

Example:
  $ vouch versions add versions runs/mine --note "first version"
  $ vouch serve --model versions/current
  $ vouch versions promote versions 2
  $ vouch versions rollback versions`;

/** `vouch versions`: a folder of numbered bundles, one of which is in service. */
export function register(program: Command): void {
  program
    .command('versions')
    .description('Keep versions of a bundle: list, add, promote, roll back, note.')
    .argument('<what>', 'what to do: list, add, promote, rollback or note')
    .argument('<dir>', 'the folder of versions; add makes it')
    .argument('[which]', 'for add: a bundle; for promote and note: the number of a version')
    .option('--promote', 'for add: bring the new version into service at once')
    .option('--note <text>', 'for add and note: a note about the version')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', example)
    .action(run);
}

async function run(what: string, dir: string, which: string | undefined, flags: Flags): Promise<void> {
  if (!(WHATS as readonly string[]).includes(what)) {
    throw new VouchError('BAD_USAGE', 'there is no such thing to do', { expected: WHATS.join(', '), got: what });
  }
  const { result, line } = await done(what as (typeof WHATS)[number], dir, { ...flags, which });
  process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : `${line}\n`);
}

type Done = { result: object; line: string };

async function done(what: (typeof WHATS)[number], dir: string, given: Flags & { which?: string }): Promise<Done> {
  const time = new Date().toISOString();
  switch (what) {
    case 'list': {
      const versions = await listVersions(dir);
      return { result: { versions }, line: versions.length === 0 ? 'no versions yet' : shown(versions) };
    }
    case 'add': {
      const from = needed(given.which, 'a bundle');
      const facts = { how: 'added', parent: null, answers: null, promote: given.promote === true, time };
      const added = await addVersion(dir, (folder) => copyBundle(from, folder), { ...facts, note: given.note });
      const { number } = added.version;
      const said = added.isCurrent ? 'is in service' : added.isNew ? 'was added' : 'is not in service';
      return { result: added, line: `${added.isNew ? '' : `${ALREADY}: `}version ${number} ${said}` };
    }
    case 'promote': {
      const version = await promote(dir, numberIn(given.which), time);
      return { result: { version }, line: `version ${version.number} is in service` };
    }
    case 'rollback': {
      const { from, to } = await rollback(dir, time);
      return { result: { from, to }, line: `version ${to.number} is in service again, instead of ${from}` };
    }
    case 'note': {
      const version = await addNote(dir, numberIn(given.which), { text: needed(given.note, '--note'), time });
      return { result: { version }, line: `version ${version.number} has ${version.notes.length} notes` };
    }
  }
}

function shown(versions: readonly ListedVersion[]): string {
  const rows = versions.map(({ number, state, how, added, digest, parent, notes }) => [
    String(number),
    state,
    how,
    added.slice(0, 16).replace('T', ' '),
    digest.slice(0, 12),
    parent?.slice(0, 12) ?? '–',
    notes.map(({ text }) => text).join('; '),
  ]);
  return table([['version', 'state', 'made', 'added (UTC)', 'digest', 'made from', 'notes'], ...rows]);
}

function numberIn(which: string | undefined): number {
  const text = needed(which, 'the number of a version');
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new VouchError('BAD_USAGE', 'this is not the number of a version', { expected: '1, 2, 3, …', got: text });
}

function needed(value: string | undefined, expected: string): string {
  if (value !== undefined) return value;
  throw new VouchError('BAD_USAGE', 'is missing', { field: 'which', expected });
}
