// SPDX-License-Identifier: GPL-3.0-or-later
// Random templates of valid Liquid, with their data. The same seed gives the same cases.

// mulberry32
function generator(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const texts = ['', 'a', 'Hello', 'hello world', ' padded ', 'a,b,c', 'one two  three', 'Ünïcode ß', 'x<y & "z"', "it's", 'line\nbreak', '文字', '12', '3.5', '<b>bold</b> text', 'A-b-A', '&amp; &lt;', 'tail ', '100%'];
const separators = [',', '', '-', 'a', 'o', 'bl'];
const given = 'n: n, m: m, list: list, words: words, obj: obj, people: people';
const names = ['Ana', 'bo', 'Cy', 'dee', 'Eve & Co'];
const cities = ['Rome', 'Oslo', 'rome'];

export class Templates {
  constructor(seed) {
    this.random = generator(seed);
  }

  below(n) { return Math.floor(this.random() * n); }
  chance(part) { return this.random() < part; }
  // What LiquidJS does in another way: seldom, as such a case is not compared.
  rare(one, other) { return this.chance(0.03) ? one : other; }
  pick(list) { return list[this.below(list.length)]; }
  some(least, most, make) { return Array.from({ length: least + this.below(most - least + 1) }, make); }

  case() {
    this.depth = 0;
    this.loops = 0;
    this.inPartial = false;
    const partials = { part: this.partial(), piece: this.partial() };
    this.inPartial = false;
    return { template: this.block(3), data: this.data(), partials };
  }

  partial() {
    this.inPartial = true;
    return this.block(2);
  }

  data() {
    return {
      n: this.below(20) - 5, m: this.below(6) + 1, s: this.pick(texts), t: this.pick(texts), yes: true, no: false, none: null,
      list: this.some(0, 5, () => this.below(9)), words: this.some(0, 5, () => this.pick(names)),
      people: this.some(0, 4, () => this.person()), obj: { k: this.pick(texts), n: this.below(9), deep: { list: [3, 1, 2] } },
      nobody: [], key: this.pick(['k', 'n', 'missing']),
    };
  }

  person() {
    const person = { name: this.pick(names), age: this.below(60) };
    if (this.chance(0.7)) person.city = this.pick(cities);
    return person;
  }

  // Line breaks in quotes would end a line of {% liquid %}.
  quoted(text) { text = text.replaceAll('\n', ' '); return text.includes("'") ? `"${text.replaceAll('"', '')}"` : `'${text}'`; }
  text() { return this.chance(0.5) ? this.pick(['s', 't', 'obj.k', 'obj[key]', 'words[0]', 'people[0].name', 'words.first', 'item']) : this.quoted(this.pick(texts)); }
  number() { return this.chance(0.4) ? this.pick(['n', 'm', 'obj.n', 'list[0]', 'list.size', 'obj["n"]', 'forloop.index', 'words.size']) : String(this.below(30) - 8); }
  list() { return this.pick(['list', 'words', 'people', 'nobody', 'obj.deep.list', `(1..${this.below(5) + 1})`, '(m..4)']); }
  scalar() { return this.pick([() => this.text(), () => this.number(), () => this.pick(['yes', 'no', 'none', 'missing', 'true', 'false', 'nil', 'x', 'y'])])(); }

  known() { return this.pick([() => this.quoted(this.pick(texts)), () => String(this.below(9)), () => this.pick(['s', 'n', 'yes', 'no', 'true', 'false'])])(); }

  distinct() { return [...new Set(this.some(1, 3, () => String(this.below(9))))].join(this.pick([', ', ' or '])); }

  textFilter() {
    return this.pick([
      () => `append: ${this.text()}`, () => `prepend: ${this.text()}`, () => 'upcase', () => 'downcase', () => 'capitalize', () => 'strip', () => 'lstrip',
      () => 'rstrip', () => 'strip_newlines', () => 'newline_to_br', () => `replace: ${this.quoted(this.pick(['a', 'l', ' ', 'lo']))}, ${this.quoted(this.pick(['', 'X', '<']))}`,
      () => `replace_first: ${this.quoted(this.pick(['a', 'l']))}, 'Y'`, () => `replace_last: ${this.quoted(this.pick(['a', 'l']))}, 'Z'`,
      () => `remove: ${this.quoted(this.pick(['a', 'l', ',']))}`, () => `remove_first: ${this.quoted(this.pick(['a', 'l']))}`, () => `remove_last: ${this.quoted(this.pick(['a', 'l']))}`,
      () => `truncate: ${this.below(12)}`, () => `truncate: ${this.below(12)}, ${this.quoted(this.pick(['', '..', '+']))}`, () => this.rare(`truncatewords: ${this.below(4) + 1}`, 'strip'),
      () => `slice: ${this.below(7) - 3}`, () => `slice: ${this.below(5)}, ${this.below(5)}`, () => this.rare(this.pick(['escape', 'escape_once', 'url_encode', 'url_decode', "split: ' ' | first"]), 'upcase'),
      () => 'strip_html', () => `default: ${this.text()}`, () => 'base64_encode', () => `split: ${this.quoted(this.pick(separators))} | join: '|'`, () => 'size',
    ])();
  }

  numberFilter() {
    const operand = () => this.chance(0.8) ? String(this.below(12) - 3) : this.number();
    return this.pick([() => `plus: ${operand()}`, () => `minus: ${operand()}`, () => `times: ${operand()}`, () => this.rare(`divided_by: ${this.below(6) + 1}`, 'abs'), () => `modulo: ${this.below(6) + 1}`,
      () => 'abs', () => 'ceil', () => 'floor', () => 'round', () => `at_least: ${operand()}`, () => `at_most: ${operand()}`])();
  }

  listExpression() {
    let expression = this.list();
    if (this.chance(0.15)) expression = `${this.text()} | split: ${this.quoted(this.pick(separators))}`;
    const isPeople = expression === 'people';
    const isRange = expression.startsWith('(');
    for (let i = this.below(3); i > 0; --i) {
      expression += ' | ' + (isPeople
        ? this.pick(['reverse', "where: 'city'", "where: 'city', 'Rome'", "reject: 'city', 'Oslo'", "sort: 'age'", "sort: 'name'", 'compact', "uniq: 'age'", `slice: ${this.below(3)}, 2`])
        : this.pick(['reverse', ...(isRange || expression.includes('split') || expression.includes('concat') ? [] : ['sort', 'sort_natural']), 'uniq', 'compact', ...(expression === 'list' ? ['concat: list'] : []), ...(expression === 'words' ? ['concat: words'] : []), ...(isRange ? [] : [`slice: ${this.below(4)}, ${this.below(4)}`])]));
    }
    return isPeople && this.chance(0.6) ? expression + " | map: 'name'" : expression;
  }

  expression() {
    const kind = this.below(10);
    if (kind < 4) return [this.text(), ...this.some(0, 3, () => this.textFilter())].join(' | ');
    if (kind < 7) return [this.number(), ...this.some(0, 3, () => this.numberFilter())].join(' | ');
    if (kind < 9) return `${this.listExpression()} | ${this.pick(["join", "join: ', '", 'size', 'first', 'last', 'join: "/"'])}`;
    return this.pick([() => this.scalar(), () => "list | sum", () => "people | sum: 'age'", () => "people | has: 'city', 'Rome'", () => "people | find_index: 'city', 'Rome'", () => "people | map: 'city' | join: '.'"])();
  }

  condition() {
    const one = () => this.pick([
      () => this.scalar(), () => `${this.number()} ${this.pick(['==', '!=', '<', '<=', '>', '>=', this.rare('<>', '==')])} ${this.number()}`, () => `${this.text()} ${this.pick(['==', '!='])} ${this.text()}`,
      () => `${this.text()} contains ${this.quoted(this.pick(['a', 'l', ' ']))}`, () => `${this.pick(['list', 'words'])} contains ${this.pick(['3', "'Ana'", 'n'])}`,
      () => `${this.scalar()} == ${this.pick(['blank', 'nil'])}`, () => `${this.pick(['s', 'obj.k', 'yes', 'n'])} == empty`, () => `${this.pick(['list', 'nobody', 'people'])} == empty`, () => `${this.known()} == ${this.known()}`,
    ])();
    return this.some(1, 3, one).reduce((whole, part) => `${whole} ${this.pick(['and', 'or'])} ${part}`);
  }

  open() { return this.chance(0.12) ? '{%-' : '{%'; }
  close() { return this.chance(0.12) ? '-%}' : '%}'; }
  tag(inner) { return `${this.open()} ${inner} ${this.close()}`; }

  block(length) {
    this.depth += 1;
    const nodes = this.some(1, length, () => this.node());
    this.depth -= 1;
    return nodes.join('');
  }

  loopSettings() {
    return this.pick(['', '', '', ' limit: 2', ' offset: 1', ' reversed', ' limit: 3 offset: 1', ` limit: ${this.pick(['m', '1'])}`, ' reversed limit: 2', this.rare(' offset: continue', '')]);
  }

  looping(make) {
    this.loops += 1;
    const text = make();
    this.loops -= 1;
    return text;
  }

  node() {
    const kind = this.below(this.depth > 3 ? 9 : 24);
    const body = () => this.block(3);
    if (kind < 3) return this.pick(['text ', ' - ', 'ü;', '<p>', '} % { ']);
    if (kind < 7) return (this.chance(0.1) ? '{{-' : '{{') + ` ${this.expression()} ` + (this.chance(0.1) ? '-}}' : '}}');
    if (kind < 8) return this.tag(`assign ${this.pick(['x', 'y'])} = ${this.expression()}`);
    if (kind < 9) return this.pick([() => this.tag(`echo ${this.expression()}`), () => this.tag(`increment ${this.pick(['c', 'd'])}`), () => this.tag(`decrement ${this.pick(['c', 'e'])}`), () => this.tag("cycle 'a', 'b', 'c'"), () => this.tag("cycle 'g': 1, 2"),
      () => this.tag('# a remark'), () => `${this.tag('comment')}${this.pick(['text', '{{ x }}', '{% if x %}{% endif %}'])}${this.tag('endcomment')}`, () => `${this.tag('raw')} {{ x }} {% y %} ${this.tag('endraw')}`])();
    if (kind < 12) return `${this.tag(`if ${this.condition()}`)}${body()}${this.chance(0.3) ? this.tag(`elsif ${this.condition()}`) + body() : ''}${this.chance(0.4) ? this.tag('else') + body() : ''}${this.tag('endif')}`;
    if (kind < 13) return `${this.tag(`unless ${this.condition()}`)}${body()}${this.chance(0.4) ? this.tag('else') + body() : ''}${this.tag('endunless')}`;
    if (kind < 14) return `${this.tag(`case ${this.known()}`)}${this.tag(`when ${this.distinct()}`)}${body()}${this.tag(`when ${this.known()}`)}${body()}${this.chance(0.5) ? this.tag('else') + body() : ''}${this.tag('endcase')}`;
    if (kind < 17) return this.looping(() => `${this.tag(`for item in ${this.list()}${this.loopSettings()}`)}${this.pick(['{{ item }}', '{{ forloop.index }}', '{{ forloop.rindex0 }}{{ forloop.last }}', '{{ item.name }}', ''])}${body()}${this.chance(0.3) ? this.tag('else') + body() : ''}${this.tag('endfor')}`);
    if (kind < 18 && this.chance(0.05)) return this.looping(() => `${this.tag(`tablerow cell in ${this.list()}${this.pick(['', ' cols: 2', ' cols: 3 limit: 4', ' limit: 2 offset: 1'])}`)}{{ cell }}{{ tablerowloop.col }}${this.tag('endtablerow')}`);
    if (kind < 19) return `${this.tag(`capture ${this.pick(['x', 'y'])}`)}${body()}${this.tag('endcapture')}`;
    if (kind < 20) return this.loops ? this.tag(`if ${this.condition()}`) + this.tag(this.pick(['break', 'continue'])) + this.tag('endif') : '.';
    if (kind < 21) return `{% liquid\n assign x = ${this.expression()}\n if ${this.condition()}\n echo ${this.expression()}\n endif\n echo x\n%}`;
    if (this.inPartial) return '.';
    return this.pick([
      () => this.tag(`render 'part', ${given}, s: ${this.text()}`), () => this.tag(`render 'piece' with people[0] as s, ${given}`), () => this.tag("include 'piece'"), () => this.tag(`include 'part', x: ${this.number()}`),
      () => this.rare(this.tag(this.pick(["render 'part' for words as item", "include 'piece' for list as item", "include 'part' with s as t"])), '!'),
    ])();
  }
}
