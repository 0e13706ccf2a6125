import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scores with an exported graph through onnxruntime, and checks it against its golden rows.
 *
 * <p>{@code mvn -q compile exec:java -Dexec.args=exported/raw-graph}: the folder contains model.onnx, inputs.json (inputs in order,
 * vocabularies) and golden.json.
 */
public final class Score {
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    ObjectMapper json = new ObjectMapper();
    JsonNode inputs = json.readTree(folder.resolve("inputs.json").toFile()).get("inputs");
    JsonNode golden = json.readTree(folder.resolve("golden.json").toFile());
    double worst = 0;
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(folder.resolve("model.onnx").toString())) {
      Map<String, OnnxTensor> feeds = new HashMap<>();
      for (JsonNode spec : inputs) feeds.put(spec.get("name").asText(), tensorOf(environment, spec, golden));
      try (OrtSession.Result result = session.run(feeds, Set.of("probability"))) {
        float[] probability = (float[]) result.get("probability").orElseThrow().getValue();
        for (int i = 0; i < probability.length; i++) {
          double off = Math.abs(probability[i] - golden.get(i).at("/expected/probability").asDouble());
          worst = Math.max(worst, off);
        }
      } finally {
        feeds.values().forEach(OnnxTensor::close);
      }
    }
    System.out.printf("%d golden rows, probability off by at most %.1e%n", golden.size(), worst);
    if (!(worst <= 1e-5)) System.exit(1);
  }

  private static OnnxTensor tensorOf(OrtEnvironment environment, JsonNode spec, JsonNode golden) throws OrtException {
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode row : golden) rows.add(row.get("inputs").get(spec.get("name").asText()));
    String type = spec.get("type").asText();
    long[] shape = shapeOf(rows, spec.get("shape"));
    double[] data = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.fill(data, type.startsWith("float") ? Double.NaN : 0);
    for (int i = 0; i < rows.size(); i++) put(rows.get(i), data, shape, 1, i);
    switch (type) {
      case "float64":
        return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(data), shape);
      case "float32":
        float[] floats = new float[data.length];
        for (int i = 0; i < data.length; i++) floats[i] = (float) data[i];
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats), shape);
      case "int64":
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(Arrays.stream(data).mapToLong(x -> (long) x).toArray()), shape);
      default:
        return OnnxTensor.createTensor(environment, IntBuffer.wrap(Arrays.stream(data).mapToInt(x -> (int) x).toArray()), shape);
    }
  }

  /** Free axes, which have a name in the spec, have the length of the longest row, at least 1. */
  private static long[] shapeOf(List<JsonNode> rows, JsonNode axes) {
    long[] shape = new long[axes.size()];
    shape[0] = rows.size();
    List<JsonNode> lists = rows;
    for (int axis = 1; axis < shape.length; axis++) {
      boolean fixed = axes.get(axis).isInt();
      shape[axis] = fixed ? axes.get(axis).asInt() : 1;
      List<JsonNode> inner = new ArrayList<>();
      for (JsonNode list : lists) {
        if (!fixed) shape[axis] = Math.max(shape[axis], list.size());
        list.forEach(inner::add);
      }
      lists = inner;
    }
    return shape;
  }

  /** Writes nested lists into the block. Null and missing entries keep the value with which the block was filled. */
  private static void put(JsonNode values, double[] data, long[] shape, int axis, long at) {
    for (int i = 0; i < values.size(); i++) {
      long place = at * shape[axis] + i;
      JsonNode value = values.get(i);
      if (value.isArray()) put(value, data, shape, axis + 1, place);
      else if (!value.isNull()) data[(int) place] = value.asDouble();
    }
  }
}
