# SPDX-License-Identifier: GPL-3.0-or-later
#
# The occurrences of recurrence rules by python-dateutil and zoneinfo: reads one JSON object a line,
#     {"rule": ..., "start": "2026-03-29T02:30", "zone": "Europe/Madrid", "until_utc": ms or null, "after": ms, "up_to": ms, "count": n}
# and prints the occurrences of each as a JSON list of UTC milliseconds.
import datetime
import json
import sys
import warnings
import zoneinfo

import dateutil.rrule


def moment(wall, zone):
    # fold=0: the first of two; of a skipped one the offset before, as RFC 5545 has it
    return round(wall.replace(tzinfo=zone, fold=0).timestamp()) * 1000


def occurrences(case):
    zone = zoneinfo.ZoneInfo(case["zone"])
    start = datetime.datetime.fromisoformat(case["start"])
    found, last = [], case["after"]
    rule = dateutil.rrule.rrulestr(case["rule"], dtstart=start)
    if "UNTIL" not in case["rule"]:  # else it looks 8,000 years ahead for a day that is never there
        rule = rule.replace(until=datetime.datetime.fromtimestamp(case["up_to"] // 1000 + 2 * 86400))
    for wall in rule:
        utc = moment(wall, zone)
        if case["until_utc"] is not None and utc > case["until_utc"]:
            break
        if last < utc <= case["up_to"]:
            last = utc
            found.append(utc)
        if len(found) == case["count"]:
            break
    return found


warnings.simplefilter("ignore")
for line in sys.stdin:
    print(json.dumps(occurrences(json.loads(line))))
