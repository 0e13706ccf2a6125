import { InferenceSession, Tensor } from 'onnxruntime-node';
import { Graph } from '../../models/onnx/graph.js';

/**
 * Builds a graph with `build`, from float32 input x ([n, width], or [n] for width 0) to output y [n]; runs it; returns
 * y's data.
 */
export async function runGraph(
  build: (graph: Graph, x: string) => string,
  x: Float32Array,
  width: number,
): Promise<Float32Array> {
  const graph = new Graph('test');
  const result = build(graph, graph.input('x', 'float32', width === 0 ? ['n'] : ['n', width]));
  graph.output('y', result, 'float32', ['n']);
  const session = await InferenceSession.create(graph.encode(), { logSeverityLevel: 3 });
  const { y } = await session.run({
    x: new Tensor('float32', x, width === 0 ? [x.length] : [x.length / width, width]),
  });
  await session.release();
  return y.data as Float32Array;
}
