"""Scores answers by piping each partition through the full scorer, with all signals and decisions.

    spark-submit pipe.py /models/bundle answers.jsonl scores [VOUCH [PLUGIN…]]

Every worker has Node, vouch and the bundle at the same place. VOUCH is the command there, `vouch` by default.
PLUGIN is the path of a module with plug-ins there.
"""

import os
import sys

from pyspark.sql import SparkSession

# vouch reports an error if there is nothing to score, so an empty partition ends before vouch starts.
COMMAND = """bash -c 'IFS= read -r first || exit 0
{{ printf "%s\\n" "$first"; cat; }} | {vouch} score - --model {bundle} --out - --json{plugins}'"""


def main(bundle, answers, out, vouch="vouch", *plugins):
    spark = SparkSession.builder.appName("vouch: full scorer").getOrCreate()
    lines = spark.sparkContext.textFile(answers, minPartitions=4 * spark.sparkContext.defaultParallelism)
    # without checkCode the job would succeed although a crashed scorer left its answers out
    given = "".join(f" --plugin {plugin}" for plugin in plugins)
    command = COMMAND.format(vouch=vouch, bundle=bundle, plugins=given)
    scores = lines.pipe(command, env={"PATH": os.environ["PATH"]}, checkCode=True)
    scores.saveAsTextFile(out)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
