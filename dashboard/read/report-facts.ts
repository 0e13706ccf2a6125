import { isObject } from '../../data/check-value.js';
import type { CurvePoint, Estimate, ReliabilityBin } from '../../report/results.js';

/** What pages show of report.json. Training, adapting and policies write different ones, and other tools none. */
export interface ReportFacts {
  title: string | null;
  /** By name; empty where the report has none. */
  metrics: Partial<Record<string, Estimate>>;
  /** Null where the report has no reliability diagram. */
  reliability: { bins: ReliabilityBin[]; curve: CurvePoint[] | null } | null;
  /** What each signal is worth: how much its shuffling costs, by name; empty where that was not measured. */
  worth: ReadonlyMap<string, number>;
  /** What first answers and stages of a policy cost per question, on the questions that certified it; else null. */
  spent: Estimate | null;
}

/** Reads the content of report.json. Null if there is none, or if it is not JSON. */
export function reportFacts(content: Uint8Array | undefined): ReportFacts | null {
  const report = content === undefined ? null : parsed(content);
  if (!isObject(report)) return null;
  const test = isObject(report.test) ? report.test : {};
  const bins = test.reliability;
  const curve = test.reliabilityCurve;
  return {
    title: typeof report.title === 'string' ? report.title : null,
    metrics: isObject(test.metrics) ? (test.metrics as ReportFacts['metrics']) : {},
    reliability: !Array.isArray(bins)
      ? null
      : { bins: bins as ReliabilityBin[], curve: Array.isArray(curve) ? (curve as CurvePoint[]) : null },
    worth: worthOf(report),
    spent: spentOf(report),
  };
}

function parsed(content: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(content).toString('utf8'));
  } catch {
    return null;
  }
}

function worthOf({ signals }: Record<string, unknown>): Map<string, number> {
  const all: unknown[] = Array.isArray(signals) ? signals : [];
  return new Map(
    all.flatMap((each) =>
      isObject(each) && typeof each.permutation === 'number' ? [[String(each.name), each.permutation]] : [],
    ),
  );
}

/** The policy is the first of the ways that its report compares. */
function spentOf({ kind, ways }: Record<string, unknown>): Estimate | null {
  const [own] = kind === 'policy' && Array.isArray(ways) ? (ways as unknown[]) : [];
  return isObject(own) && isObject(own.signals) ? (own.signals as unknown as Estimate) : null;
}
