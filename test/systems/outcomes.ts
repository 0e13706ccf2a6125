/** What became of the hostile inputs of one kind. */
export interface Outcomes {
  kind: string;
  inputs: number;
  /** Rows that were sent, and what became of each: read or scored, set aside, lost or doubled. */
  rows: number;
  out: number;
  bad: number;
  wrong: number;
  /** Inputs that ended with a coded error. */
  refused: number;
  /** Inputs that took longer than they may. */
  hung: number;
  /** Seconds of the slowest input; most memory of the process, in MB. */
  slowest: number;
  memory: number;
  /** Replies by class (`2xx`); `torn`: the connection ended in the middle. */
  statuses: Map<string, number>;
  /** What went wrong, with the number of the input; the first of them. */
  faults: string[];
  /** How many went wrong. */
  faulty: number;
  /** Inputs that took longer than they may, and how long; the first of them. */
  slow: string[];
}

/** Seconds after which an input counts as hung. */
export const LIMIT = 5;
const KEPT = 20;

export function newOutcomes(kind: string): Outcomes {
  const counts = {
    inputs: 0,
    rows: 0,
    out: 0,
    bad: 0,
    wrong: 0,
    refused: 0,
    hung: 0,
    slowest: 0,
    memory: 0,
    faulty: 0,
  };
  return { kind, ...counts, statuses: new Map(), faults: [], slow: [] };
}

export function addFault(outcomes: Outcomes, fault: string): void {
  outcomes.faulty++;
  if (outcomes.faults.length < KEPT) outcomes.faults.push(fault);
}

/** An input is over. */
export function addInput(outcomes: Outcomes, i: number, seconds: number): void {
  outcomes.inputs++;
  if (seconds > LIMIT) {
    outcomes.hung++;
    if (outcomes.slow.length < KEPT) outcomes.slow.push(`#${i}: ${seconds.toFixed(1)} s`);
  }
  outcomes.slowest = Math.max(outcomes.slowest, seconds);
  if (outcomes.inputs % 50 === 1) outcomes.memory = Math.max(outcomes.memory, process.memoryUsage().rss / 1e6);
}

export function addStatus({ statuses }: Outcomes, status: number | null): void {
  const name = status === null ? 'torn' : `${Math.floor(status / 100)}xx`;
  statuses.set(name, (statuses.get(name) ?? 0) + 1);
}

const HEAD = [
  ...['kind', 'inputs', 'rows', 'read or scored', 'bad rows', 'lost or doubled', 'refused inputs'],
  ...['over 5 s', 'slowest, s', '2xx', '4xx', '5xx', 'torn', 'faults', 'memory, MB'],
];

/**
 * A row for each kind. Of replies of a gateway, 5xx are statuses of the upstream that passed, and 502 where it broke off; any other one
 * is a fault. `bounds`: most memory by kind.
 */
export function tableOf(all: readonly Outcomes[], bounds?: ReadonlyMap<string, number>): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const rows = all.map((each) => {
    const { kind, inputs, rows, out, bad, wrong, refused, hung, slowest, statuses, faulty, memory } = each;
    const counts = ['2xx', '4xx', '5xx', 'torn'].map((name) => (statuses.size === 0 ? '–' : (statuses.get(name) ?? 0)));
    const cells = [kind, inputs, rows, out, bad, wrong, refused, hung, slowest.toFixed(2), ...counts, faulty];
    return line([...cells, memory.toFixed(0), ...(bounds === undefined ? [] : [bounds.get(kind) ?? '–'])]);
  });
  const head = bounds === undefined ? HEAD : [...HEAD, 'bound, MB'];
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows].join('\n');
}
