import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Versions of what a bundle was made with, for its manifest and report. */
export function versions(): Record<string, string> {
  const own =
    packageVersion(new URL('../../package.json', import.meta.url)) ??
    packageVersion(new URL('../package.json', import.meta.url));
  return {
    vouch: own ?? 'unknown',
    node: process.versions.node,
    tfjs: (require('@tensorflow/tfjs-core/package.json') as { version: string }).version,
    onnxruntime: (require('onnxruntime-node/package.json') as { version: string }).version,
    opset: '18',
  };
}

function packageVersion(url: URL): string | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(url, 'utf8')) as { name: string; version: string };
    return name === 'vouch' ? version : undefined;
  } catch {
    return undefined;
  }
}
