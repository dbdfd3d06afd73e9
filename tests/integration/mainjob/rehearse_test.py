"""A rehearsal from the command line: what fails is found before anything is sent, each with its contacts."""
import csv
import json
import subprocess
import tempfile

from carillon import CTL, Workspace, setup

PEOPLE = 1200
MAIL = {"channel": "email", "parts": {"subject": "Hello {{ contact.first_name }}",
                                      "html": "<p>Each: {{ 100 | divided_by: contact.orders }}</p>"}}


def no_orders(number):
    return number % 100 == 17


def write_contacts(file):
    with open(file, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["external_id", "email", "name", "first_name", "orders"])
        for number in range(PEOPLE):
            name = {17: '=cmd, "quoted"\u2028', 500: "\u0645\u0631\u064a\u0645"}.get(number, f"Zo\u00eb M\u00fcller {number}")
            writer.writerow([f"c,{number}", f"p{number}@example.org", name, f"Zo\u00eb{number}", 0 if no_orders(number) else number + 1])


def rows_of(file):
    with open(file, newline="", encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


def check_faults(workspace):
    report = workspace.folder / "contacts.csv"
    [result] = workspace.run("rehearse", "--topic", "news", "--list", "people", "--contacts", report, codes=(3,))
    failing = [f"c,{number}" for number in range(PEOPLE) if no_orders(number)]
    assert (result["contacts"], result["messages"], result["failed"]) == (PEOPLE, PEOPLE, len(failing)), result
    [failure] = [finding for finding in result["findings"] if finding["kind"] == "failed"]
    assert failure["count"] == len(failing) == len(failure["contacts"]), failure
    assert failure["part"] == "html" and "line 1, column" in failure["reason"], failure
    assert not result["cancelled"] and result["took_ms"] >= 0
    worst = {case["kind"]: case for case in result["worst_cases"]}
    assert worst["right_to_left_name"]["name"] == "\u0645\u0631\u064a\u0645", worst
    rows = [row for row in rows_of(report) if row["kind"] == "failed"]
    assert [row["external_id"] for row in rows] == failing, rows
    assert rows[0]["name"].startswith("'=cmd, \"quoted\""), rows[0]  # no formula of a stranger in a spreadsheet
    assert all(row["channel"] == "email" and row["reason"] == failure["reason"] for row in rows)


def check_all_well(workspace):
    workspace.apply(setup(25, templates=[{**MAIL, "parts": {"subject": "Hello", "html": "<p>{{ contact.first_name }}</p>"}}]))
    [result] = workspace.run("rehearse", "--topic", "news", "--everyone")
    assert (result["messages"], result["failed"]) == (PEOPLE, 0), result
    [dry] = workspace.run("dry-run", "--topic", "news", "--everyone")
    assert dry["will_send"] == result["messages"], dry
    [few] = workspace.run("rehearse", "--topic", "news", "--everyone", "--first", 10)
    assert few["contacts"] == few["messages"] == 10, few


def check_text(workspace):
    done = subprocess.run([CTL, "rehearse", "--workspace", workspace.path, "--topic", "news", "--everyone"],
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0 and done.stderr == "", done  # no progress where nobody looks
    assert f"{PEOPLE} messages can be made, 0 fail" in done.stdout, done.stdout
    assert "longest name" in done.stdout, done.stdout


def refused(workspace, code, *arguments):
    done = subprocess.run(workspace.command("rehearse", *arguments), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code and done.stdout == "" and json.loads(done.stderr)["error"]["message"], done
    return json.loads(done.stderr)["error"]


def check_errors(workspace):
    assert refused(workspace, 1, "--topic", "nothing", "--everyone")["code"] == "not_found"
    assert refused(workspace, 1, "--topic", "news")["field"] == "audience"
    assert refused(workspace, 1, "4711")["code"] == "not_found"
    refused(workspace, 1, "--topic", "news", "--everyone", "--contacts", "/no/such/folder/contacts.csv")
    for number in ("0", "-1", "some"):
        refused(workspace, 2, "--topic", "news", "--everyone", f"--first={number}")


def check_nothing_written(workspace, before):
    assert workspace.log() == before


with tempfile.TemporaryDirectory() as place:
    work = Workspace(place)
    work.apply(setup(25, templates=[MAIL]))
    people = work.folder / "people.csv"
    write_contacts(people)
    work.run("import", people, "--list", "people")
    log = work.log()
    check_faults(work)
    check_nothing_written(work, log)
    check_all_well(work)
    check_text(work)
    check_errors(work)
print("the rehearsal finds what fails")
