# openmetrics.py: reads OpenMetrics text from the standard input by python3-prometheus-client, which refuses what the
# format does not allow, and prints a line for each number: name, labels in order, value, type of its family.
import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families

for family in text_string_to_metric_families(sys.stdin.read()):
    print("family", family.name, family.type, family.unit or "-", family.documentation, sep="\t")
    for sample in family.samples:
        labels = ",".join("%s=%s" % pair for pair in sorted(sample.labels.items()))
        print("sample", sample.name, labels, repr(float(sample.value)), family.type, sep="\t")
