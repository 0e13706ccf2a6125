import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Starts an upstream of test/cases, which prints its port; `asked` are the lines it writes of what it was asked. */
export async function caseUpstream(
  script: string,
): Promise<{ url: string; asked: string[]; close(): Promise<unknown> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../cases', script), '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const asked: string[] = [];
  child.stderr.on('data', (chunk) => asked.push(...String(chunk).split('\n').filter(Boolean)));
  const [port] = await once(child.stdout, 'data');
  const close = () => {
    const ended = once(child, 'exit');
    child.kill();
    return ended;
  };
  return { url: `http://127.0.0.1:${String(port).trim()}`, asked, close };
}
