"""Scores answers by piping each partition through the full scorer: all signals, decisions too.

    spark-submit pipe.py /models/bundle answers.jsonl scores [VOUCH]

Every worker has Node, vouch and the bundle at the same place. VOUCH is the command there, `vouch` by default.
"""

import os
import sys

from pyspark.sql import SparkSession

# An empty partition has nothing to score, which vouch calls an error: it ends before vouch starts.
COMMAND = """bash -c 'IFS= read -r first || exit 0
{{ printf "%s\\n" "$first"; cat; }} | {vouch} score - --model {bundle} --out - --json'"""


def main(bundle, answers, out, vouch="vouch"):
    spark = SparkSession.builder.appName("vouch: full scorer").getOrCreate()
    lines = spark.sparkContext.textFile(answers, minPartitions=4 * spark.sparkContext.defaultParallelism)
    # without checkCode a scorer that crashed would leave its answers out and the job would succeed
    scores = lines.pipe(COMMAND.format(vouch=vouch, bundle=bundle), env={"PATH": os.environ["PATH"]}, checkCode=True)
    scores.saveAsTextFile(out)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
