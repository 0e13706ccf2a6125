import { markdownTable, wrapped } from '../page/markdown.js';
import type { ErrorTopic } from './row.js';
import { errors } from './table.js';

const topics: readonly { topic: ErrorTopic; title: string; about: string }[] = [
  {
    topic: 'answers',
    title: 'Reading answers and grades',
    about:
      'The message names the file, the line and the field, what was expected and what was found. `vouch read FILE` ' +
      'shows what vouch understands of a file.',
  },
  {
    topic: 'training',
    title: 'Training and adapting',
    about: 'The answers were read, but nothing can be trained on them.',
  },
  {
    topic: 'files',
    title: 'Files and disks',
    about: 'No output is left half-written: vouch writes to a temporary file and renames it when it is complete.',
  },
  {
    topic: 'bundle',
    title: 'Opening a bundle',
    about: 'Before a bundle is used, each of its files is checked against its hash.',
  },
  {
    topic: 'service',
    title: 'Services and endpoints',
    about: 'Responses of `vouch serve` and `vouch gateway`, and errors of the commands that call an endpoint.',
  },
  {
    topic: 'store',
    title: 'The store and feedback',
    about: 'Errors of `--store`, of POST /v1/feedback, and of the commands that read or change a store.',
  },
  {
    topic: 'run',
    title: 'The run itself',
    about: 'Errors of plug-ins, encoders and verifiers, of a run that was stopped, and of how a command was called.',
  },
];

const intro = `# Errors

<!-- Made from support/errors/table.ts by \`npx vitest run test/support/errors.test.ts -u\`. Change it there. -->

Each error has a code. The meaning of a code never changes, so programs can rely on it; the message may change.

- **Command line**: one line on standard error, such as \`a.jsonl:5: field "answer": is missing. [VOUCH_BAD_RECORD]\`. The
  exit status is 0 if the command did its work, 1 for bad input or a failed check, and 2 for wrong usage. For an unknown
  command or option, the help is printed. \`VOUCH_TRACE=1\` also prints where in the program it happened.
- **Library**: a \`VouchError\` with \`code\` (without \`VOUCH_\`), \`what\` and \`detail\` (\`file\`, \`line\`, \`field\`,
  \`expected\`, \`got\`, \`hint\`). \`errors\`, which \`vouch\` exports, is the table of this page.
- **HTTP**: \`{"error": {"code": "VOUCH_BAD_RECORD", "message": "…", "field": "answer"}}\`. Under \`/v2\` it is
  \`{"error": "… [VOUCH_BAD_RECORD]"}\`, as that protocol requires.

\`VOUCH_FAULT\` (exit 1, HTTP 500) is a fault of vouch, not of its input: please report it with the output of
\`VOUCH_TRACE=1\`.

*Exit* is the exit status of the command line, *HTTP* the status of the response. A dash means that a request cannot
cause the error.
`;

/** The page docs/errors.md: each code with its exit status, its HTTP status, its meaning and what to do. */
export function errorsPage(): string {
  return [intro, ...topics.map(section)].join('\n');
}

function section({ topic, title, about }: (typeof topics)[number]): string {
  const rows = Object.entries(errors)
    .filter(([, row]) => row.topic === topic)
    .map(([code, row]) => {
      const http = 'http' in row ? String(row.http) : '–';
      return [`\`${code}\``, String(row.exit), http, sentence(row.means), row.remedy];
    });
  return `## ${title}

${wrapped(about)}

${markdownTable(['code', 'exit', 'HTTP', 'what it means', 'what to do'], rows)}
`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
