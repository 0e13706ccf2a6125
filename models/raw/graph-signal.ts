import { LOG_FLOOR } from '../../features/twins.js';
import type { MarkedNodes, MarkName } from './marked-nodes.js';
import type { TokenNodes } from './token-nodes.js';
import type { TopNodes } from './top-nodes.js';

/** What a token signal can be computed from; `top` exists for signals that need alternatives. */
export interface TokenView {
  tokens: TokenNodes;
  top: TopNodes;
  marked: MarkedNodes;
}

/** A token signal as nodes of a graph: the same number as the signal of that name in features/tokens/, [n, 1]. */
export interface GraphSignal {
  name: string;
  needs: 'tokens' | 'tokens.top';
  /** Marks that it also reads. */
  marks: readonly MarkName[];
  emit(view: TokenView): string;
}

type Emit = GraphSignal['emit'];

/** A signal that reads the log-probabilities and these marks. */
export function ofTokens(name: string, emit: Emit, ...marks: MarkName[]): GraphSignal {
  return { name, needs: 'tokens', marks, emit: once(name, emit) };
}

/** A signal that needs the alternatives. */
export function ofTop(name: string, emit: Emit, ...marks: MarkName[]): GraphSignal {
  return { name, needs: 'tokens.top', marks, emit: once(name, emit) };
}

/** A signal x ≤ 0 and its twin −ln(1e-8 − x). */
export function withLogOfNegative(signal: GraphSignal): GraphSignal[] {
  const emit: Emit = (view) => {
    const { on } = view.tokens;
    return on.neg(on.log(on.sub(LOG_FLOOR, signal.emit(view))));
  };
  return [signal, { ...signal, name: `${signal.name}.log`, emit }];
}

/** A signal x ≥ 0 and its twin ln(x + 1e-8). */
export function withLogOfPositive(signal: GraphSignal): GraphSignal[] {
  const emit: Emit = (view) => {
    const { on } = view.tokens;
    return on.log(on.add(signal.emit(view), LOG_FLOOR));
  };
  return [signal, { ...signal, name: `${signal.name}.log`, emit }];
}

function once(name: string, emit: Emit): Emit {
  return (view) => view.tokens.once.get(name, () => emit(view));
}
