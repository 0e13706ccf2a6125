import { Command, type Option } from 'commander';
import { commands } from '../commands.js';
import { exclusionsOf } from '../flags/exclusive.js';
import { OTHER } from '../flags/groups.js';

/** An option as docs/options.md shows it. */
export interface Described {
  /** `--certify`, and the name under which a program gets its value: `certify`. */
  long: string;
  key: string;
  /** `--certify <how>` */
  flags: string;
  /** The default as text; `required` where there is none and the option must be given; empty where it is off. */
  fallback: string;
  /** Sentences: what it does, its choices, what it excludes. */
  says: string;
  /** Heading under which --help lists it. */
  group: string;
}

/** A command with its arguments and options. */
export interface DescribedCommand {
  name: string;
  /** One line for the list of commands, and the whole description. */
  summary: string;
  description: string;
  /** `vouch score <answers...> --model <dir> --out <file> [options]` */
  usage: string;
  arguments: { name: string; says: string }[];
  options: Described[];
}

/** Choices beyond this number are not listed, because another page does. */
const MOST_CHOICES = 8;

/** All commands, read from their definitions. */
export async function describedCommands(): Promise<DescribedCommand[]> {
  const program = new Command('vouch');
  for (const { load } of commands) (await load()).register(program);
  return program.commands.map(describe);
}

function describe(command: Command): DescribedCommand {
  const options = command.options.filter(({ hidden }) => !hidden);
  const given = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return { name: argument.required ? `<${name}>` : `[${name}]`, says: sentence(argument.description) };
  });
  const needed = options.filter(({ mandatory }) => mandatory).map(({ flags }) => flags);
  return {
    name: command.name(),
    summary: sentence(command.summary() || command.description()),
    description: sentence(command.description()),
    usage: ['vouch', command.name(), ...given.map(({ name }) => name), ...needed, '[options]'].join(' '),
    arguments: given,
    options: options.map((option) => described(command, option)),
  };
}

function described(command: Command, option: Option): Described {
  const { long, flags, description, argChoices: choices = [], helpGroupHeading: group = OTHER } = option;
  if (long == null) throw new Error(`${command.name()} has an option without a long name: ${flags}`);
  const [, says, stated] = /^(.*?)(?: \(default: (.*)\))?$/.exec(description) ?? [];
  const others = exclusionsOf(command).flatMap(({ flags: [one, other] }) => [
    ...(one.split(' ')[0] === long ? [{ own: one, other }] : []),
    ...(other.split(' ')[0] === long ? [{ own: other, other: one }] : []),
  ]);
  const own = [...new Set(others.map((each) => each.own))].map((each) => {
    const excluded = others.filter((pair) => pair.own === each).map(({ other }) => `\`${other}\``);
    return `Not ${each === long ? '' : `as \`${each}\` `}together with ${excluded.join(' or ')}.`;
  });
  const list = choices.length > 0 && choices.length <= MOST_CHOICES ? `One of ${choices.map(code).join(', ')}.` : '';
  return {
    long,
    key: option.attributeName(),
    flags,
    fallback: option.mandatory ? 'required' : (stated ?? fallbackOf(option)),
    says: [sentence(says, choices), list, ...own].filter((text) => text !== '').join(' '),
    group: group.replace(/:$/, ''),
  };
}

/** The default that commander knows. A flag without a value is off unless it is given. */
function fallbackOf({ defaultValue: value, defaultValueDescription: text, negate }: Option): string {
  if (text !== undefined) return text;
  if (value === undefined || typeof value === 'boolean' || negate) return '';
  const size = 2 ** 20;
  return Number.isInteger(value) && value >= size && value % size === 0
    ? `${value} (${value / size} MiB)`
    : String(value);
}

/** A description as a sentence, with flags, and choices that it explains, in code style. */
function sentence(text: string, choices: readonly string[] = []): string {
  const flagged = text.replace(/(?<![\w`-])--[a-z][a-z-]*( (split|cross|\w+\.csv))?/g, '`$&`');
  const marked = choices.reduce((all, choice) => all.replace(new RegExp(`(?<!\\S)${choice}(?=:)`), '`$&`'), flagged);
  return `${marked.charAt(0).toUpperCase()}${marked.slice(1)}${marked.endsWith('.') ? '' : '.'}`;
}

function code(text: string): string {
  return `\`${text}\``;
}
