// Starts a thread if there is no build: `npx tsx`, tests, benchmarks. A thread does not inherit the loader that reads
// TypeScript. The thread's module is the first argument.
import { register } from 'tsx/esm/api';

register();
await import(process.argv[2]);
