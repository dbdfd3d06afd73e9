#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What python3-dkim, which is not ours, says of mails and keys. A JSON line in, a JSON line out:

    {"mail": base64, "records": {"s1._domainkey.example.org": "v=DKIM1; ..."}}
        -> {"verdicts": [true, ...]} for each DKIM-Signature, from the top
    {"canonical": base64}
        -> {"headers": [[name, value], ...], "body": ...} relaxed, each in base64
"""
import base64
import json
import sys

import dkim
from dkim.canonicalization import Relaxed


def text(octets):
    return base64.b64encode(octets).decode()


def verdicts(mail, records):
    def look_up(name, timeout=5):
        return records.get(name.decode().rstrip("."), "").encode()

    count = sum(name.lower() == b"dkim-signature" for name, _ in dkim.DKIM(mail).headers)
    answers = []
    for index in range(count):
        try:
            answers.append(dkim.DKIM(mail).verify(index, dnsfunc=look_up))
        except dkim.DKIMException:
            answers.append(False)
    return answers


def canonical(mail):
    headers, body = dkim.rfc822_parse(mail)
    relaxed = Relaxed.canonicalize_headers(headers)
    return {"headers": [[text(name), text(value)] for name, value in relaxed], "body": text(Relaxed.canonicalize_body(body))}


for line in sys.stdin:
    asked = json.loads(line)
    if "canonical" in asked:
        answer = canonical(base64.b64decode(asked["canonical"]))
    else:
        answer = {"verdicts": verdicts(base64.b64decode(asked["mail"]), asked["records"])}
    print(json.dumps(answer), flush=True)
