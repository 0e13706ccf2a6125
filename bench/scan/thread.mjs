// Starts thread.ts in a worker thread: loaders of the main thread don't reach there.
import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
