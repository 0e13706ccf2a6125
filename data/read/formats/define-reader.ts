import { VouchError } from '../../../support/errors.js';
import { checkPlugin, ofKind, type Plugin, type Plugins } from '../../../support/plugins/plugin.js';
import { isObject } from '../../check-value.js';
import type { Fields } from '../table/fields.js';
import { formatAliases, logFormatNamed } from './list.js';
import type { Context, LogFormat, Part } from './log-format.js';

/** A reader of a plug-in: a `LogFormat` for rows that each hold whole answers. */
export interface ReaderPlugin extends Plugin, Omit<LogFormat, 'pieceOf' | 'isLast' | 'join'> {
  kind: 'reader';
}

/** What the author of a reader states; the rest, for our own pages, has defaults. */
export type ReaderInput = Omit<ReaderPlugin, 'kind' | 'title' | 'source' | 'mapping' | 'example'> &
  Partial<Pick<ReaderPlugin, 'title' | 'source' | 'mapping' | 'example'>>;

/**
 * Defines a reader of rows (JSON objects, or rows of a table): `detect` says in a few words why a row is in its format,
 * or null; `read` turns it into parts, mostly `[{ record: { answer, … } }]`. Detection asks the readers of plug-ins
 * before our own. Errors: BAD_USAGE with the field.
 */
export function defineReader(given: ReaderInput): ReaderPlugin {
  const texts = { title: given.name, source: '', mapping: [], example: '' };
  return checkReader({ ...texts, ...given, kind: 'reader' });
}

/** The names that `--format` knows besides those of log formats. */
const LAYOUTS = ['jsonl', 'json', 'csv', 'parquet', ...formatAliases];

function checkReader(plugin: ReaderPlugin): ReaderPlugin {
  const { name, detect, read } = checkPlugin(plugin) as ReaderPlugin;
  const bad = (field: string, expected: string, got: unknown) =>
    new VouchError('BAD_USAGE', 'this reader is not complete', { field: `${name}.${field}`, expected, got });
  if (logFormatNamed(name) !== undefined || LAYOUTS.includes(name))
    throw bad('name', 'another name; this one belongs to vouch', name);
  if (typeof detect !== 'function') throw bad('detect', 'a function', detect);
  if (typeof read !== 'function') throw bad('read', 'a function', read);
  return plugin;
}

/**
 * The readers of the given plug-ins, as entries that stand in a list with our own. If one throws, or gives something
 * else than parts, the row is a bad line with PLUGIN_FAILED. Errors: BAD_USAGE for an incomplete reader.
 */
export function pluginReaders(plugins: Plugins): readonly LogFormat[] {
  return ofKind<ReaderPlugin>(plugins, 'reader').map(({ plugin }): LogFormat => {
    const { kind: _, version: __, ...format } = checkReader(plugin);
    return {
      ...format,
      title: format.title ?? format.name,
      detect: (row) => detected(plugin, row),
      read: (row, context) => partsOf(plugin, row, context),
    };
  });
}

function detected(plugin: ReaderPlugin, row: Fields): string | null {
  const why: unknown = called(plugin, () => plugin.detect(row));
  if (why === null || typeof why === 'string') return why;
  throw failed(plugin, 'detect gave something else', { expected: 'a text, or null', got: why });
}

function partsOf(plugin: ReaderPlugin, row: Fields, context: Context): Part[] {
  const parts: unknown = called(plugin, () => plugin.read(row, context));
  const isPart = (part: unknown) =>
    isObject(part) && (isObject(part.record) || typeof part.passed === 'string' || part.failed instanceof VouchError);
  if (Array.isArray(parts) && parts.every(isPart)) return parts;
  throw failed(plugin, 'read gave something else', { expected: 'a list of { record } or { passed }', got: parts });
}

function called<T>(plugin: ReaderPlugin, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof VouchError) throw cause;
    throw failed(plugin, `threw an error: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function failed({ name, version }: ReaderPlugin, what: string, detail: object): VouchError {
  return new VouchError('PLUGIN_FAILED', `the reader plug-in ${name} (version ${version}) ${what}`, detail);
}
