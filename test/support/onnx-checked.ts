import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { python } from './python.js';

/** What onnx's checker, with its full check, says of a graph: what the graph is made of, or why it is none. */
export interface Checked {
  opset: number;
  inputs: string[];
  outputs: string[];
  nodes: number;
  error?: string;
}

/** Runs onnx's own checker, installed at first use, on graphs: one Python for all, as each takes seconds to start. */
export function onnxChecked(graphs: Uint8Array[]): Checked[] {
  const bin = python('onnx', ['onnx==1.19.0']);
  const dir = mkdtempSync(join(tmpdir(), 'vouch-onnx-'));
  const paths = graphs.map((graph, i) => {
    const path = join(dir, `${i}.onnx`);
    writeFileSync(path, graph);
    return path;
  });
  const said = execFileSync(bin, ['test/models/check_onnx.py', ...paths], { encoding: 'utf8' });
  rmSync(dir, { recursive: true });
  return JSON.parse(said);
}
