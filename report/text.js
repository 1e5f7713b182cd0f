// Text as people see it: elements made of text nodes only, marks that keep syllables whole, search that folds spelling.

// Make an element; strings among the children become text nodes, never markup.
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// The parts of the page's address behind the hash; one that is no address is taken as it stands.
export const addressed = () =>
  location.hash.split("/").slice(1).map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });

const SVG = "http://www.w3.org/2000/svg";
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const segmenter = Intl.Segmenter ? new Intl.Segmenter("hi", { granularity: "grapheme" }) : null;
const VIRAMA = /\u094d[\u200c\u200d]?$/;

// The places at which a text may be cut without breaking a syllable: स्ति stays whole, also where the browser's own
// segmenter would cut behind a virama.
export function edges(text) {
  const found = [];
  if (segmenter) for (const part of segmenter.segment(text)) found.push(part.index);
  else for (let at = 0; at < text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) {
    if (!/^[\p{M}\u200c\u200d]/u.test(text.slice(at, at + 2))) found.push(at);
  }
  const whole = found.filter((at) => at === 0 || !VIRAMA.test(text.slice(Math.max(0, at - 2), at)));
  whole.push(text.length);
  return whole;
}

function below(places, at) {
  let low = 0;
  let high = places.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (places[middle] <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

// Widen [start, stop) to whole syllables.
export function widen(places, start, stop) {
  const last = below(places, stop);
  return [places[below(places, start)], places[last] === stop ? stop : places[Math.min(last + 1, places.length - 1)]];
}

// Cut a text at the borders of marks: [{text, marks}], in order; marks may overlap.
export function runs(text, marks) {
  if (!marks.length) return [{ start: 0, text, marks: [] }];
  const places = edges(text);
  const wide = marks
    .filter((mark) => mark.start < text.length && mark.start <= mark.stop)
    .map((mark) => {
      const [start, stop] = widen(places, mark.start, Math.max(mark.stop, mark.start + 1));
      return { ...mark, start, stop };
    });
  const cuts = [...new Set([0, text.length, ...wide.flatMap((mark) => [mark.start, mark.stop])])].sort((a, b) => a - b);
  // One walk: of the marks that have begun, those that still hold.
  const coming = wide.map((mark, order) => ({ mark, order })).sort((a, b) => a.mark.start - b.mark.start);
  const found = [];
  let holding = [];
  let next = 0;
  for (let k = 0; k + 1 < cuts.length; k += 1) {
    const [start, stop] = [cuts[k], cuts[k + 1]];
    while (next < coming.length && coming[next].mark.start <= start) holding.push(coming[next++]);
    holding = holding.filter(({ mark }) => stop <= mark.stop);
    const marks = [...holding].sort((a, b) => a.order - b.order).map(({ mark }) => mark);
    found.push({ start, text: text.slice(start, stop), marks });
  }
  return found;
}

// Fold a text for search: without case, nukta, joiners and accents, chandrabindu as anusvara, digits in ASCII.
// `places[k]` is where the k-th folded unit stands in the text.
export function fold(text) {
  let folded = "";
  const places = [];
  let at = 0;
  for (const character of text) {
    for (let unit of character.normalize("NFKD").toLowerCase()) {
      if (/[\u093c\u200c\u200d\u0300-\u036f]/.test(unit)) continue;
      if (unit === "\u0901") unit = "\u0902";
      if (unit >= "\u0966" && unit <= "\u096f") unit = String(unit.charCodeAt(0) - 0x966);
      folded += unit;
      for (let k = 0; k < unit.length; k += 1) places.push(at);
    }
    at += character.length;
  }
  places.push(at);
  return { folded, places };
}

export function foldedOnly(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u093c\u200c\u200d\u0300-\u036f]/g, "")
    .replace(/\u0901/g, "\u0902")
    .replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x966));
}

// Where a folded query stands in a text, as [start, stop) of the text.
export function hits(text, query) {
  if (!query || !foldedOnly(text).includes(query)) return [];
  const { folded, places } = fold(text);
  const found = [];
  for (let at = folded.indexOf(query); at >= 0; at = folded.indexOf(query, at + query.length)) {
    found.push([places[at], places[at + query.length]]);
  }
  return found;
}

// A range of the text inside a node, by offsets of its text nodes.
export function rangeIn(node, start, stop) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const range = new Range();
  let at = 0;
  let begun = false;
  while (walker.nextNode()) {
    const { length } = walker.currentNode.data;
    if (!begun && start < at + length) {
      range.setStart(walker.currentNode, start - at);
      begun = true;
    }
    if (begun && stop <= at + length) {
      range.setEnd(walker.currentNode, stop - at);
      return range;
    }
    at += length;
  }
  return null;
}
