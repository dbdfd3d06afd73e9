// SPDX-License-Identifier: GPL-3.0-or-later
// Runs in a world of its own beside a mail whose own scripts never run. Brings the document that is shown to what a mail says
// now by changing what differs: nothing flickers, no image is loaded twice, and the reader's place stays.

const carillonAltered = new Map(); // element -> its own style attribute, of those that were darkened

function carillonShow(html, invert) {
  carillonRestore();
  const next = new DOMParser().parseFromString(html, 'text/html');
  carillonMorph(document.documentElement, next.documentElement);
  if (invert) carillonDarken();
  return document.documentElement.outerHTML.length;
}

function carillonMorph(node, next) {
  if (node.isEqualNode(next)) return;
  if (node.nodeType !== next.nodeType || node.nodeName !== next.nodeName) {
    node.replaceWith(document.importNode(next, true));
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE) {
    node.data = next.data;
    return;
  }
  for (const { name } of [...node.attributes]) if (!next.hasAttribute(name)) node.removeAttribute(name);
  for (const { name, value } of [...next.attributes]) if (node.getAttribute(name) !== value) carillonSet(node, name, value);
  carillonMorphChildren(node, next);
}

function carillonSet(node, name, value) {
  try {
    node.setAttribute(name, value);
  } catch {
    // A name that only a parser lets through ("<p a\">") shows nothing.
  }
}

function carillonMorphChildren(node, next) {
  const before = [...node.childNodes];
  const after = [...next.childNodes];
  let head = 0;
  while (head < before.length && head < after.length && before[head].isEqualNode(after[head])) ++head;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head
         && before[before.length - 1 - tail].isEqualNode(after[after.length - 1 - tail])) ++tail;
  const common = Math.min(before.length, after.length) - tail;
  for (let n = head; n < common; ++n) carillonMorph(before[n], after[n]);
  for (let n = Math.max(head, common); n < before.length - tail; ++n) before[n].remove();
  const anchor = tail > 0 ? before[before.length - tail] : null;
  for (let n = Math.max(head, common); n < after.length - tail; ++n) node.insertBefore(document.importNode(after[n], true), anchor);
}

function carillonRestore() {
  for (const [element, style] of carillonAltered) {
    if (style === null) element.removeAttribute('style');
    else element.setAttribute('style', style);
  }
  carillonAltered.clear();
}

// As Gmail and Outlook darken a mail that has no dark style: light grounds become dark and the words on them light, colours
// keep their hue, strong and dark grounds stay with what is written on them, and so do pictures.
function carillonDarken() {
  const changes = [];
  const turned = new Map(); // element -> the ground behind its words was light
  for (const element of [document.documentElement, ...document.documentElement.querySelectorAll('body, body *')]) {
    const style = getComputedStyle(element);
    const change = {};
    const ground = carillonColour(style.backgroundColor);
    const isTurned = ground ? carillonIsLight(ground) : turned.get(element.parentElement) ?? true;
    turned.set(element, isTurned);
    if (element instanceof SVGElement) continue;
    if (ground && isTurned) change['background-color'] = carillonGround(ground);
    else if (element === document.documentElement) change['background-color'] = '#1f1f1f';
    const words = carillonColour(style.color);
    if (words) change['color'] = carillonCss(isTurned ? carillonWords(words) : words);
    for (const side of ['top', 'right', 'bottom', 'left']) {
      const line = parseFloat(style[`border-${side}-width`]) > 0 && carillonColour(style[`border-${side}-color`]);
      if (line && carillonIsLight(line)) change[`border-${side}-color`] = carillonGround(line, 0.3);
    }
    changes.push([element, change]);
  }
  for (const [element, change] of changes) {
    carillonAltered.set(element, element.getAttribute('style'));
    for (const name in change) element.style.setProperty(name, change[name], 'important');
  }
}

// [hue, saturation, lightness, alpha] of a computed colour; null when there is nothing to be seen of it.
function carillonColour(css) {
  const found = css.match(/[\d.]+/g);
  if (!found || (found.length > 3 && Number(found[3]) === 0)) return null;
  const [r, g, b] = found.slice(0, 3).map((part) => Number(part) / 255);
  const high = Math.max(r, g, b);
  const low = Math.min(r, g, b);
  const light = (high + low) / 2;
  const range = high - low;
  if (range === 0) return [0, 0, light, Number(found[3] ?? 1)];
  const hue = high === r ? ((g - b) / range + 6) % 6 : high === g ? (b - r) / range + 2 : (r - g) / range + 4;
  return [hue * 60, range / (1 - Math.abs(2 * light - 1)), light, Number(found[3] ?? 1)];
}

function carillonCss([hue, saturation, light, alpha]) {
  return `hsla(${hue}, ${saturation * 100}%, ${light * 100}%, ${alpha})`;
}

function carillonIsLight([, saturation, light]) {
  return light >= 0.5 && !(saturation > 0.35 && light < 0.75);
}

function carillonGround([hue, saturation, light, alpha], darkest = 0.12) {
  return carillonCss([hue, saturation * 0.6, darkest + (1 - light) * 0.5, alpha]);
}

function carillonWords([hue, saturation, light, alpha]) {
  return [hue, saturation, light >= 0.75 ? light : Math.max(0.7, 1 - light * 0.9), alpha];
}
