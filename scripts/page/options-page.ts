import { anchorOf, markdownTable, wrapped } from '../../support/page/markdown.js';
import { groups, OTHER } from '../flags/groups.js';
import type { Schema } from './config-schema.js';
import { configSection } from './config-section.js';
import { type Described, type DescribedCommand, describedCommands } from './described.js';

/** What a reader should know about a group of options that several commands share. */
const about: Partial<Record<keyof typeof groups, string>> = {
  grades: 'Where the grades (labels) are, and what they mean. [Labels](labels.md) has examples.',
  questions: 'Which answers belong to one question. They are never divided between training and certifying.',
  files: 'The format is detected from the content. [Formats](formats.md) lists the names and shows what is read.',
  names: 'How answers name their model and task. [Labels](labels.md#names-of-models-and-tasks) has an example.',
  pinning: 'Any other bundle is refused. [Security](security.md) shows how to make keys.',
  encoders:
    'Sentence encoders and entailment models that you have as a folder. They read the answers on this machine. ' +
    '[Encoders](encoders.md) and [entailment](entailment.md) show how to get one.',
  plugins: 'Modules of your own. [Plug-ins](plugins.md) shows how to write one.',
  signals:
    'How the model is asked, and for what besides the answer. `--samples`, `--stated`, `--stated-after` and ' +
    '`--ptrue` need further requests ([what each costs](verifiers.md#what-there-is-and-what-it-costs)).',
  verifiers:
    'Who else says whether an answer is right: other models, services and programs ([verifiers](verifiers.md)). ' +
    'Their scores become signals `verifiers.NAME`; what `--entail-model` says becomes `entailments.MODEL` ' +
    '([entailment](entailment.md)).',
  requests: 'How fast and how often endpoints are asked, and with which keys.',
  dry: 'A dry run counts requests and tokens before any money is spent. It asks nothing and writes nothing.',
  service: 'Both services have these options. [Serve](serve.md) and [gateway](gateway.md) explain them.',
  store:
    'Where scored answers and feedback are kept, and whose they are. [Store](store.md) and [feedback](feedback.md) ' +
    'explain them.',
  dashboard:
    'Pages about what is stored, in the service itself. [Dashboard](dashboard.md) shows how to open them and what they mean.',
  limits: 'A request beyond a limit is refused with an [error](errors.md).',
};

const intro = `# Options

<!-- Made from scripts/commands/, scripts/flags/ and train/options.ts by
\`npx vitest run test/scripts/options-page.test.ts -u\`. Change it there. -->

Every command and every option of the command line. \`vouch COMMAND --help\` shows the same, with examples. The exit
status is 0 if the command did its work, 1 for bad input or a failed check, and 2 for wrong usage ([errors](errors.md)).
`;

/** The page docs/options.md. `config` is the schema of the config file. */
export async function optionsPage(config: Schema): Promise<string> {
  const commands = await describedCommands();
  const shared = sharedGroups(commands);
  const train = commands.find(({ name }) => name === 'train');
  if (train === undefined) throw new Error('there is no command train');
  return [
    intro,
    commandList(commands),
    ...commands.map((command) => commandSection(command, shared)),
    sharedSections(shared),
    configSection(config, train.options),
  ].join('\n');
}

/** The options that are the same in all commands that have their group, by group. Groups of one command are left out. */
function sharedGroups(commands: readonly DescribedCommand[]): Map<string, Described[]> {
  const shared = new Map<string, Described[]>();
  for (const heading of Object.values(groups).map((each) => each.replace(/:$/, ''))) {
    const having = commands
      .map(({ options }) => options.filter(({ group }) => group === heading))
      .filter((options) => options.length > 0);
    if (having.length < 2) continue;
    const same = having[0].filter((one) =>
      having.every((options) => options.some((other) => JSON.stringify(other) === JSON.stringify(one))),
    );
    // with little in common, each command lists the group itself
    if (having.every((options) => 2 * same.length >= options.length)) shared.set(heading, same);
  }
  return shared;
}

function commandList(commands: readonly DescribedCommand[]): string {
  const rows = commands.map(({ name, summary }) => [`[\`vouch ${name}\`](#vouch-${name})`, summary]);
  return `${markdownTable(['command', 'what it does'], rows)}\n`;
}

function commandSection(command: DescribedCommand, shared: ReadonlyMap<string, Described[]>): string {
  const { name, description, usage, options } = command;
  const isShared = (option: Described) => shared.get(option.group)?.some(({ long }) => long === option.long) === true;
  const own = options.filter((option) => !isShared(option));
  const used = [...shared.keys()].filter((group) =>
    options.some((option) => option.group === group && isShared(option)),
  );
  const headings = [...new Set(own.map(({ group }) => group))];
  // the rest of a shared group is shown with the command's other options
  const main = [...own.filter(({ group }) => `${group}:` === OTHER), ...own.filter(({ group }) => shared.has(group))];
  const apart = headings.filter((heading) => `${heading}:` !== OTHER && !shared.has(heading));
  const links = used.map((heading) => `[${heading.toLowerCase()}](#${anchorOf(heading)})`);
  const given = command.arguments.map(({ name: argument, says }) => `- \`${argument}\`: ${says}`);
  return (
    [
      `## \`vouch ${name}\``,
      wrapped(description),
      `\`\`\`\n${usage}\n\`\`\``,
      ...(given.length === 0 ? [] : [given.join('\n')]),
      optionTable(main),
      ...apart.flatMap((heading) => [`**${heading}**`, optionTable(own.filter(({ group }) => group === heading))]),
      ...(links.length === 0 ? [] : [wrapped(`Shared options: ${links.join(', ')}.`)]),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

function sharedSections(shared: ReadonlyMap<string, Described[]>): string {
  const sections = [...shared].map(([heading, options]) => {
    const key = (Object.keys(groups) as (keyof typeof groups)[]).find((each) => groups[each] === `${heading}:`);
    const text = key === undefined ? undefined : about[key];
    return [`### ${heading}`, ...(text === undefined ? [] : [wrapped(text)]), optionTable(options)].join('\n\n');
  });
  return `## Options that several commands share\n\n${sections.join('\n\n')}\n`;
}

/** A table of options: name and value, default, what it does. */
function optionTable(options: readonly Described[]): string {
  const rows = options.map(({ flags, fallback, says }) => [`\`${flags}\``, fallback, says]);
  return markdownTable(['option', 'default', 'what it does'], rows);
}
