"""carillonctl render: one rendering of real files, or the place of what is wrong; no workspace, no crash on any bytes."""
import json
import random
import subprocess
import tempfile
from pathlib import Path

from carillon import CTL as PROGRAM

CTL = Path(PROGRAM).resolve()


class Folder:
    def __init__(self, place):
        self.place = Path(place)

    def write(self, name, content):
        file = self.place / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def run(self, *arguments):
        return subprocess.run([CTL, "render", *map(str, arguments)], capture_output=True, timeout=60, check=False, cwd=self.place)

    def render(self, name, content, *arguments, data=None):
        """The bytes that it prints; fails when it ends with an error."""
        done = self.run("--template", self.write(name, content), *self.data(data), *arguments)
        assert done.returncode == 0 and done.stderr == b"", done
        return done.stdout

    def refuse(self, name, content, *arguments, data=None, code=1):
        """What it says instead of a rendering."""
        self.write(name, content)
        done = self.run("--template", name, *self.data(data), *arguments)
        assert done.returncode == code and done.stdout == b"", done
        return done.stderr.decode()

    def data(self, data):
        return [] if data is None else ["--data", self.write("data.json", json.dumps(data))]


def check_text(folder):
    data = {"name": "Zo\u00eb & \"Co\"", "items": [1, 2], "big": 9007199254740993}
    template = "Dear {{ name }}: {% for i in items %}{{ i }};{% endfor %}{{ big }}\n"
    assert folder.render("a.txt", template, data=data) == 'Dear Zo\u00eb & "Co": 1;2;9007199254740993\n'.encode()
    assert folder.render("a.html", "<b>{{ name }}</b>", data=data) == "<b>Zo\u00eb &amp; &quot;Co&quot;</b>".encode()
    assert json.loads(folder.render("a.json", '{"n": "{{ name }}"}', data=data)) == {"n": data["name"]}
    assert folder.render("b.txt", "no data at all: {{ name }}.") == b"no data at all: ."
    as_json = json.loads(folder.render("a.txt", template, "--json", data=data))
    assert as_json["text"].startswith("Dear Zo\u00eb"), as_json
    odd = folder.place / "na me:\u00fc.txt"
    assert folder.render(odd.name, "{{ name }}", data=data).decode() == data["name"]


def check_parts(folder):
    assert folder.render("s.liquid", "{{ x }}", "--channel", "slack", data={"x": "<a>"}) == b"&lt;a&gt;"
    assert folder.render("s.liquid", "{{ x }}", "--channel", "email", "--part", "subject", data={"x": "a\r\nBcc: b"}) == b"a Bcc: b"
    assert "subject, preheader, html" in folder.refuse("s.liquid", "x", "--channel", "email", "--part", "body")
    assert "--channel" in folder.refuse("s.liquid", "x", "--part", "subject")


def check_places(folder):
    said = folder.refuse("wrong.html", "<p>\n  {{ name | frobnicate }}\n{% iff %}</p>")
    lines = said.splitlines()
    assert lines[0].startswith("wrong.html:2:") and "frobnicate" in said, said
    assert any(line.startswith("wrong.html:3:") for line in lines), said  # every problem, not the first alone
    said = folder.refuse("zero.txt", "one\n\u00fc {{ 1 | divided_by: n }}", data={"n": 0})
    assert said.startswith("zero.txt:2:"), said
    strict = folder.refuse("strict.txt", "Dear {{ nobody }}", "--strict", data={})
    assert strict.startswith("strict.txt:1:9: ") and "nobody" in strict, strict
    assert folder.render("strict.txt", "Dear {{ nobody | default: 'friend' }}", "--strict", data={}) == b"Dear friend"
    error = json.loads(folder.refuse("wrong.txt", "{% if %}", "--json").splitlines()[0])["error"]
    assert error["file"] == "wrong.txt" and error["line"] == 1 and error["column"] >= 1 and error["message"], error


def check_partials(folder):
    folder.write("pieces/footer.liquid", "-- {{ brand }}{% render 'legal', year: 2026 %}")
    folder.write("pieces/legal.txt", " (c) {{ year }}")
    folder.write("pieces/notes.md", "{% not looked at")
    assert folder.render("p.html", "Hi{% include 'footer' %}", "--partials", "pieces", data={"brand": "A&B"}) == b"Hi-- A&amp;B (c) 2026"
    assert "nothing" in folder.refuse("p.html", "{% render 'nothing' %}", "--partials", "pieces")
    assert "p.html:1:" in folder.refuse("p.html", "{% render 'footer' %}")
    folder.write("pieces/broken.html", "\n{% iff %}")
    said = folder.refuse("p.html", "Hi", "--partials", "pieces")
    assert "pieces/broken.html:2:" in said, said
    folder.write("pieces/broken.html", "")
    folder.write("pieces/broken.txt", "")
    assert "broken" in folder.refuse("p.html", "Hi", "--partials", "pieces")
    assert "no folder" in folder.refuse("p.html", "Hi", "--partials", "nowhere").lower()


def check_field(folder):
    template = "{{ at | date: '%H:%M' }}"
    data = {"at": "2026-01-15T12:00:00Z"}
    assert folder.render("t.txt", template, data=data) == b"12:00"
    assert folder.render("t.txt", template, "--time-zone", "Europe/Madrid", data=data) == b"13:00"
    assert "Nowhere/City" in folder.refuse("t.txt", template, "--time-zone", "Nowhere/City", data=data)
    assert folder.render("n.txt", "{{ 1234.5 | number }}", "--locale", "de") == b"1.234,5"


def check_usage(folder):
    assert folder.run().returncode == 2
    assert folder.run("--template", "a.txt", "extra").returncode == 2
    assert "cannot be read" in folder.run("--template", "no such file").stderr.decode()
    assert folder.run("--template", ".").returncode == 1
    folder.write("bad.json", '{"a": 1,\n "b": }')
    said = folder.refuse("a.txt", "x", "--data", "bad.json")
    assert "bad.json" in said and "line 2" in said.lower() and "column" in said, said
    folder.write("list.json", "[1, 2]")
    assert "object" in folder.refuse("a.txt", "x", "--data", "list.json")


def check_bounds(folder):
    assert "a.txt:1:" in folder.refuse("a.txt", "{% for i in (1..1000000) %}{% for j in (1..1000000) %}x{% endfor %}{% endfor %}")
    assert "pieces2/a.txt" not in folder.refuse("a.txt", "{% render 'a' %}", "--partials", folder.write("pieces2/a.txt", "{% render 'a' %}").parent)
    assert folder.run("--template", "/dev/zero").returncode == 1  # read no further than a template may be long


def check_any_bytes(folder):
    rng = random.Random(20260301)
    words = [b"{{", b"}}", b"{%", b"%}", b" if ", b" for i in ", b"|", b"'", b"\x00", b"\xff\xfe", "\u2028".encode(), b"raw", b"a.b[0]"]
    for _ in range(60):
        noise = b"".join(rng.choice([rng.choice(words), rng.randbytes(rng.randrange(8))]) for _ in range(rng.randrange(200)))
        for name in ("noise.html", "noise.json", "noise.txt"):
            done = folder.run("--template", folder.write(name, noise), "--partials", folder.place / "pieces2")
            assert done.returncode in (0, 1), (name, noise, done)
        done = folder.run("--template", folder.write("ok.txt", "{{ a }}"), "--data", folder.write("noise.json", noise))
        assert done.returncode == 1 and b"noise.json" in done.stderr, (noise, done)
    deep = folder.write("deep.json", b'{"a":' * 5000 + b"1" + b"}" * 5000)
    assert folder.run("--template", folder.write("ok.txt", "{{ a }}"), "--data", deep).returncode == 1


with tempfile.TemporaryDirectory() as here:
    work = Folder(here)
    for check in (check_text, check_parts, check_places, check_partials, check_field, check_usage, check_bounds, check_any_bytes):
        check(work)
print("templates are rendered as their authors expect")
