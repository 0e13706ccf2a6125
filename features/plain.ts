import { thousands } from '../support/words/thousands.js';
import { dynamicFamilies } from './dynamic.js';
import type { Feature, Shown } from './feature.js';
import { featureNamed } from './list.js';
import { recordedSignal } from './semantic/recorded-signals.js';
import { EMBEDDINGS } from './vectors/embeddings.js';

/** A signal in plain words: what it is called, and how its values are written. */
interface PlainSignal {
  label: string;
  /** A value as people know it: `42`, `93%`, `yes`, `0.93`, `12 times as likely`. */
  value(value: number): string;
}

/** The plain words for a signal, a category or a channel. An unknown name keeps its name. */
export function plainSignal(name: string): PlainSignal {
  const feature = featureNamed(name);
  if (feature !== undefined) return plainFeature(feature);
  if (name === EMBEDDINGS) return { label: 'What the embeddings point to', value: written.logit };
  if (name === 'words') return { label: 'What the words of question and answer point to', value: written.logit };
  const category = categories[name];
  if (category !== undefined) return { label: category, value: written.number };
  return plainDynamic(name);
}

/** A signal and its value in one line: `Average token probability: 0.93`. Null: it was not recorded, or never seen. */
export function plainLine(name: string, value: number | string | null): string {
  const { label, value: shown } = plainSignal(name);
  if (value === null) return `${label}: not recorded, or not seen in training`;
  return `${label}: ${typeof value === 'string' ? value : shown(value)}`;
}

type Described = Pick<Feature, 'says' | 'plain' | 'shown' | 'needs' | 'twin'>;

/** The plain words for a signal of the list. A signal on a logarithmic scale has the words of its signal. */
export function plainFeature({ says, plain, shown = 'number', needs, twin }: Described): PlainSignal {
  if (twin !== undefined) {
    const { label, value } = plainFeature({ ...twin.of, needs });
    return { label, value: (x) => value(twin.back(x)) };
  }
  const words = plain ?? firstWords(says);
  const label = needs === 'otherModels' ? words.replace(/\b(?:the )?samples\b/g, 'other models’ answers') : words;
  return { label, value: written[shown] };
}

const categories: Record<string, string> = {
  model: 'Model',
  task: 'Task',
  option: 'Option that the answer names',
};

function plainDynamic(full: string): PlainSignal {
  const isLogit = full.endsWith('.logit');
  const name = isLogit ? full.slice(0, -'.logit'.length) : full;
  const family = dynamicFamilies.find((known) => name.startsWith(`${known}.`));
  const key = family === undefined ? name : name.slice(family.length + 1);
  const value = isLogit ? written.logit : family === 'agreeWith' ? written.share : written.number;
  if (family === 'similarities' || family === 'entailments') {
    const found = recordedSignal(family, key);
    if (found === undefined) return { label: full, value: written.number };
    const { label, value: shown } = plainFeature({ ...found.signal, needs: family });
    return { label: `${label} (${found.name})`, value: shown };
  }
  if (family === 'verifiers') return { label: `Score of the verifier ${key}`, value };
  if (family === 'agreeWith') return { label: `Agreement with the answers of ${key}`, value };
  return { label: family === 'features' ? `Your feature ${key}` : key, value };
}

/** The first sentence, without a formula, an example or a remark. */
function firstWords(says: string): string {
  return says.replace(/(?:: |; | \(|, such as | such as |\. |\.$).*$/s, '');
}

const written: Record<Shown, (value: number) => string> = {
  count: (x) => thousands(Math.expm1(x)),
  rate: (x) => rounded(Math.expm1(x)),
  whether: (x) => (x === 1 ? 'yes' : x === 0 ? 'no' : rounded(x)),
  share: (x) => `${rounded(100 * x)}%`,
  letter: (x) => (Number.isInteger(x) && x >= 0 && x < 26 ? String.fromCharCode(65 + x) : rounded(x)),
  probability,
  logprob: (x) => probability(Math.exp(x)),
  surprisal: (x) => probability(Math.exp(-x)),
  logit: (x) => probability(1 / (1 + Math.exp(-x))),
  odds: (x) => `${rounded(Math.exp(x))} times as likely`,
  times: (x) => `${rounded(Math.exp(x))} times`,
  entropy: (x) => `like ${rounded(Math.exp(x))} equally likely ones`,
  number: rounded,
};

/** Two decimals, and as many more as it takes to tell it from 0 and 1. */
function probability(p: number): string {
  if (p <= 0 || p >= 1) return String(Math.min(1, Math.max(0, p)));
  if (p < 1e-4) return 'less than 0.0001';
  if (p > 0.9999) return 'more than 0.9999';
  const digits = Math.max(2, Math.floor(-Math.log10(Math.min(p, 1 - p))) + 1);
  return String(Number(p.toFixed(Math.min(4, digits))));
}

/** Three significant digits, with thousands separators from 1,000 up. */
function rounded(x: number): string {
  if (Math.abs(x) >= 1e9) return x.toExponential(1).replace('e+', 'e').replace('-', '−');
  if (Math.abs(x) >= 1000) return thousands(x).replace('-', '−');
  return String(Number(x.toPrecision(3))).replace('-', '−');
}
