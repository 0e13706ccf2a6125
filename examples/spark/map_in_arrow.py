"""Scores answers with the raw-signal graph inside Spark's Python workers. It needs no other process and no Node.

    spark-submit map_in_arrow.py exported/raw-graph answers.jsonl scores.parquet

The bundle is one trained with `--signals numbers`, exported with `vouch export BUNDLE --as raw-graph`. The workers need numpy,
pyarrow and onnxruntime in their Python.
"""

import json
import os
import sys

from pyspark import SparkFiles
from pyspark.sql import SparkSession

here = os.path.dirname(os.path.abspath(__file__))
OUTPUTS = ["probability", "logit", "low", "high", "shift"]


def score(batches):
    """Runs in a worker once per partition: record batches in, record batches out."""
    import onnxruntime
    import pyarrow as pa
    from raw_tensors import feeds_of, small

    with open(SparkFiles.get("inputs.json"), encoding="utf-8") as file:
        description = json.load(file)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # Spark has a task a core already
    session = onnxruntime.InferenceSession(SparkFiles.get("model.onnx"), options, providers=["CPUExecutionProvider"])
    for whole in batches:
        for batch in small(whole):
            values = session.run(OUTPUTS, feeds_of(batch, description))
            bad = batch.column("bad")
            unread = bad.is_valid().to_numpy(zero_copy_only=False)
            columns = [pa.array(value, pa.float32(), mask=unread) for value in values]
            yield pa.RecordBatch.from_arrays([batch.column("id"), *columns, bad], ["id", *OUTPUTS, "bad"])


def main(graph, answers, out):
    from raw_tensors import answers_schema

    spark = SparkSession.builder.appName("vouch: raw-signal graph").getOrCreate()
    for name in ("model.onnx", "inputs.json"):
        spark.sparkContext.addFile(os.path.join(graph, name))
    spark.sparkContext.addPyFile(os.path.join(here, "raw_tensors.py"))
    with open(os.path.join(graph, "inputs.json"), encoding="utf-8") as file:
        description = json.load(file)
    # a line that cannot be read keeps its row, without scores and with the line itself in the column `bad`
    reader = spark.read.schema(answers_schema(description)).option("columnNameOfCorruptRecord", "bad")
    columns = ["id string", *(f"{name} float" for name in OUTPUTS), "bad string"]
    scores = reader.json(answers).mapInArrow(score, ", ".join(columns))
    scores.write.parquet(out)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
