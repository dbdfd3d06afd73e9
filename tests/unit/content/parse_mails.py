#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every .eml file of a folder with Python's strict parser and prints what it saw as JSON."""
import email
import email.policy
import hashlib
import json
import pathlib
import sys


def defects_of(message):
    found = [f"{type(d).__name__}: {d}" for part in message.walk() for d in part.defects]
    for name, value in message.items():
        found += [f"{name}: {type(d).__name__}: {d}" for d in value.defects]
    return found


def text_of(message, subtype):
    for part in message.walk():
        if part.get_content_type() == "text/" + subtype and not part.get_content_disposition():
            return part.get_content()
    return ""


def file_seen(part):
    return {
        "name": part.get_filename(), "type": part.get_content_type(), "disposition": part.get_content_disposition(),
        "id": part.get("Content-ID", ""), "sha": hashlib.sha256(part.get_payload(decode=True)).hexdigest(),
    }


def seen(path):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    sender, receiver = message["From"].addresses[0], message["To"].addresses[0]
    return {
        "defects": defects_of(message), "bcc": len(message.get_all("Bcc", [])), "subject": message["Subject"],
        "from_name": sender.display_name, "to_name": receiver.display_name, "to": receiver.addr_spec,
        "message_id": message["Message-ID"], "date": int(message["Date"].datetime.timestamp()),
        "html": text_of(message, "html"), "text": text_of(message, "plain"),
        "unsubscribe": message.get("List-Unsubscribe", ""),
        "files": [file_seen(part) for part in message.walk() if part.get_content_disposition()],
    }


print(json.dumps([seen(path) for path in sorted(pathlib.Path(sys.argv[1]).glob("*.eml"))]))
