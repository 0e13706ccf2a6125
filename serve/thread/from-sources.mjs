// Starts thread.ts where there is no build, for tests and benchmarks: a thread does not inherit the loader that reads TypeScript.
import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
