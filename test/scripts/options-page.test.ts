import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { commands } from '../../scripts/commands.js';
import { exclusionsOf } from '../../scripts/flags/exclusive.js';
import { configSchema, type Schema } from '../../scripts/page/config-schema.js';
import { optionsPage } from '../../scripts/page/options-page.js';
import { trainOptionsSchema } from '../../train/options.js';
import { docComments } from '../support/doc-comments.js';
import { programOf } from '../support/program-of.js';

const said = docComments('trainOptionsSchema', ['train/options.ts', 'models/costs.ts']);
const schema = configSchema((key) => said.get(key) ?? '');
const page = await optionsPage(schema);

const program = programOf(...(await Promise.all(commands.map(async ({ load }) => (await load()).register))));
for (const command of program.commands) command.exitOverride();

// an independent reader of JSON schemas, which comes with fastify
const { default: Ajv } = createRequire(createRequire(import.meta.url).resolve('fastify'))('ajv/dist/2020.js');
const accepts = new Ajv().compile(schema) as (config: unknown) => boolean;

describe('docs/options.md', () => {
  it('is what the definitions of the commands make; -u writes it again', async () => {
    await expect(page).toMatchFileSnapshot('../../docs/options.md');
  });

  it('has every option of every command, in its section or in a group that its section links', () => {
    const [own, shared] = page.split('## Options that several commands share');
    const rows = (text: string) => [...text.matchAll(/^\| `(--[^`]+)` \|/gm)].map(([, flags]) => flags);
    const groups = new Map(
      shared
        .split(/^### /m)
        .slice(1)
        .map((text) => [text.split('\n', 1)[0].toLowerCase(), rows(text)]),
    );
    for (const command of program.commands) {
      const section = own.split(`## \`vouch ${command.name()}\`\n`)[1].split('\n## ')[0];
      const linked = [...section.matchAll(/\[([^\]]+)\]\(#[a-z-]+\)/g)].flatMap(
        ([, group]) => groups.get(group.replaceAll('\n', ' ')) ?? [],
      );
      const listed = [...rows(section), ...linked].map((flags) => flags.replaceAll('\\|', '|'));
      expect(listed.sort()).toEqual(command.options.map(({ flags }) => flags).sort());
    }
  });

  it('has each default once: in its column, not in the text', () => {
    expect(page).not.toContain('(default');
    expect(page).toContain('| `--target-error <share>` | 0.05 | Allowed share of errors among accepted answers. |');
    expect(page).toContain('| `--body-limit <bytes>` | 16777216 (16 MiB) |');
  });

  it('says what excludes each other, and the command refuses it', async () => {
    expect(page).toMatch(
      /`--label-scale <low\.\.high>` .* Not together with `--label-values` or `--label-threshold`\./,
    );
    const values: Record<string, string[]> = {
      '--label-values': ['up=1'],
      '--label-threshold': ['4'],
      '--label-scale': ['1..5'],
      '--sample': ['3'],
      '--with': ['exactMatch'],
      '--with-field': ['rule'],
      '--held-out': ['part.jsonl'],
      '--queue': ['next.csv'],
      '--drawn': ['1'],
      '--policy': ['policy'],
      '--model': ['bundle'],
      '--shadow': ['bundle'],
      '--escalate-model': ['large'],
      '--escalate-upstream': ['http://127.0.0.1:1'],
      '--shard': ['1/2'],
      '--encoder': ['encoder'],
      '--nli': ['nli'],
      '--with-training': ['old.jsonl'],
    };
    let refused = 0;
    for (const command of program.commands) {
      for (const { flags, why } of exclusionsOf(command)) {
        const needed = command.options.flatMap(({ mandatory, long, argChoices }) =>
          mandatory ? [long!, argChoices?.[0] ?? 'x'] : [],
        );
        const inputs = command.registeredArguments.map(() => 'a.jsonl');
        const given = flags.flatMap((flag) => [...flag.split(' '), ...(values[flag] ?? [])]);
        const run = program.parseAsync([command.name(), ...inputs, ...needed, ...given], { from: 'user' });
        await expect(run).rejects.toMatchObject({ code: 'BAD_USAGE', what: why });
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(15);
  });
});

describe('docs/config.schema.json', () => {
  it('is what the options of training make; -u writes it again', async () => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../docs/config.schema.json');
  });

  it('describes every key', () => {
    const keys = (of: Schema, prefix = ''): string[] =>
      Object.entries(of.properties ?? {}).flatMap(([key, part]) => [
        `${prefix}${key}`,
        ...keys(part, `${prefix}${key}.`),
      ]);
    const described = keys(schema).filter((key) => key !== '$schema');
    expect(described).toEqual(
      expect.arrayContaining(['targetError', 'trees.depth', 'mlp.passes', 'costs.escalatedWrong']),
    );
    expect(described.filter((key) => !/^[A-Z`].*\.$/.test(said.get(key) ?? ''))).toEqual([]);
    for (const key of described) expect(page).toContain(`| \`${key.split('.').at(-1)}\` |`);
  });

  it('accepts a good config, and refuses an unknown key, a wrong type and a value out of range', () => {
    const good = { $schema: './config.schema.json', targetError: 0.1, certify: 'split', trees: { depth: 4 } };
    expect(accepts(good)).toBe(true);
    expect(accepts({ ...good, targetErorr: 0.1 })).toBe(false);
    expect(accepts({ ...good, trees: { deep: 4 } })).toBe(false);
    expect(accepts({ ...good, targetError: '0.1' })).toBe(false);
    expect(accepts({ ...good, targetError: 10 })).toBe(false);
    expect(accepts({ ...good, $schema: 1 })).toBe(false);
  });

  it('accepts what training accepts, for each key and many values', () => {
    const values = [
      null,
      true,
      -1,
      0,
      0.3,
      1,
      7,
      1.5,
      'x',
      'auto',
      'model',
      [],
      [0.5],
      ['x'],
      ['models'],
      {},
      { depth: 3 },
    ];
    for (const key of Object.keys(trainOptionsSchema.shape))
      for (const value of values) {
        const config = { [key]: value };
        expect([config, accepts(config)]).toEqual([config, trainOptionsSchema.safeParse(config).success]);
      }
  });
});
