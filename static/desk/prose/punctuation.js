// Chinese punctuation: which marks of a paragraph become full-width, and which quotes pair up.
// It knows no editor: a paragraph's text goes in, places and what should stand there come out.

const HAN = /[\u3007\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]/u;
const CHINESE_MARK = /[\u3001-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff3d\uff5b-\uff5e“”‘’…—]/;
const PLAIN = /[A-Za-z0-9]/;
const SPACE = /[ \t\u00a0]/;
const FULL = { ",": "，", ";": "；", ":": "：", "?": "？", "!": "！" };
const ENDS = new Set("，。；：！？）》”’…");
const BEGINS = new Set("（《“‘");

// Left alone: addresses, e-mail, names of files, numbers with a mark inside, an apostrophe.
const KEPT = [
  /(?:https?:\/\/|www\.)[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+/g,
  /[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g,
  /[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+/g,
  /\d+(?:[.,:]\d+)+/g,
  /[A-Za-z]['’][A-Za-z]/g,
];
const TRAILING = /[.,;:!?)']+$/;

const isHan = (char) => Boolean(char) && HAN.test(char);
const isChinese = (char) => isHan(char) || (Boolean(char) && CHINESE_MARK.test(char));

// A paragraph is Chinese when it has at least as many Chinese characters as words of letters.
const isChineseText = (text) => {
  const han = [...text].filter(isHan).length;
  return han > 0 && han >= (text.match(/[A-Za-z]+/g) ?? []).length;
};

class Paragraph {
  constructor(text) {
    this.text = text;
    this.out = text.split(""); // what stands at each place in the end
    this.changed = new Set();
    this.kept = new Set();
    for (const pattern of KEPT)
      for (const match of text.matchAll(pattern)) {
        const length = match[0].replace(pattern === KEPT[0] ? TRAILING : /$^/, "").length;
        for (let at = match.index; at < match.index + length; at++) this.kept.add(at);
      }
    this.chinese = isChineseText(this.out.map((char, at) => (this.kept.has(at) ? " " : char)).join(""));
  }

  // The whole character that ends before, or begins at, a place; spaces are passed over.
  before(at) {
    while (at > 0 && SPACE.test(this.text[at - 1])) at--;
    const pair = /[\udc00-\udfff]/.test(this.text[at - 1] ?? "");
    return this.text.slice(Math.max(0, at - (pair ? 2 : 1)), at);
  }

  after(at) {
    while (at < this.text.length && SPACE.test(this.text[at])) at++;
    return at < this.text.length ? String.fromCodePoint(this.text.codePointAt(at)) : "";
  }

  hasHan(from, to) {
    return HAN.test(this.text.slice(from, to));
  }

  // Whether a mark from one place to another stands among Chinese.
  isAmongChinese(from, to) {
    const before = this.before(from), after = this.after(to);
    if (!this.chinese) return isHan(before) && isHan(after);
    return isChinese(before) || isHan(after) || this.endsChinese(from, before, after);
  }

  // “有多少GDP?”: one word of letters or figures after Chinese, and the sentence is over.
  endsChinese(from, before, after) {
    if (!PLAIN.test(before) || (after && !isChinese(after))) return false;
    const word = /[A-Za-z0-9%.,]+\s*$/.exec(this.text.slice(0, from));
    return Boolean(word) && isChinese(this.text[word.index - 1]);
  }

  put(at, mark) {
    if (this.out[at] === mark) return;
    this.out[at] = mark;
    this.changed.add(at);
  }

  // Put something in place of several characters.
  putOver(from, to, marks) {
    if (this.text.slice(from, to) === marks) return;
    for (let at = from; at < to; at++) this.out[at] = "";
    this.out[from] = marks;
    this.changed.add(from);
  }
}

function pointMarks(paragraph) {
  const { text, kept } = paragraph;
  for (let at = 0; at < text.length; at++)
    if (text[at] in FULL && !kept.has(at) && paragraph.isAmongChinese(at, at + 1))
      paragraph.put(at, FULL[text[at]]);
}

function stops(paragraph) {
  const { text, kept } = paragraph;
  for (const match of text.matchAll(/\./g)) {
    const at = match.index;
    const alone = text[at - 1] !== "." && text[at + 1] !== ".";
    const goesOn = PLAIN.test(text[at + 1] ?? "");
    if (alone && !goesOn && !kept.has(at) && isChinese(text[at - 1]) && paragraph.chinese)
      paragraph.put(at, "。");
  }
}

// …… is two characters, —— as well. One — alone joins (北京—上海) and is left.
function dotsAndDashes(paragraph) {
  for (const match of paragraph.text.matchAll(/\.{3,}|。{3,}|…+|[-－─–―]{2,}|—{3,}/g)) {
    const from = match.index, to = from + match[0].length;
    const dots = /[.。…]/.test(match[0]);
    const right = match[0][0] === "…" && match[0].length % 2 === 0;
    if (!right && !paragraph.kept.has(from) && paragraph.isAmongChinese(from, to))
      paragraph.putOver(from, to, dots ? "……" : "——");
  }
}

function brackets(paragraph) {
  const { text, kept } = paragraph;
  const open = [];
  for (let at = 0; at < text.length; at++) {
    if (kept.has(at)) continue;
    if ("(（".includes(text[at])) open.push(at);
    else if (")）".includes(text[at]) && open.length) {
      const from = open.pop();
      if (areChineseBrackets(paragraph, from, at)) {
        paragraph.put(from, "（");
        paragraph.put(at, "）");
      }
    }
  }
}

function areChineseBrackets(paragraph, from, to) {
  const half = paragraph.text[from] === "(" || paragraph.text[to] === ")";
  if (!half || !paragraph.chinese) return false;
  if (paragraph.text[from] === "（" || paragraph.text[to] === "）") return true;
  const before = paragraph.before(from);
  if (paragraph.hasHan(from + 1, to) || isChinese(before)) return true;
  return !before && isHan(paragraph.after(to + 1));
}

function titles(paragraph) {
  const { text, kept } = paragraph;
  for (const match of text.matchAll(/(<<|[<＜])([^<>＜＞]{1,40}?)(>>|[>＞])/g)) {
    const [whole, opening, title, closing] = match, from = match.index;
    const to = from + whole.length;
    const apart = !PLAIN.test(text[from - 1] ?? "") && !kept.has(from);
    if (!apart || !isHan(title[0]) || !paragraph.chinese) continue;
    paragraph.putOver(from, from + opening.length, "《");
    paragraph.putOver(to - closing.length, to, "》");
  }
}

const KINDS = [
  { every: /["＂“”]/, straight: /["＂]/, open: "“", close: "”" },
  { every: /['＇‘’]/, straight: /['＇]/, open: "‘", close: "’" },
];

// Quotes are paired across the paragraph. An odd number is left: nobody knows which one is missing.
function quotes(paragraph, { every, straight, open, close }) {
  const { text, kept } = paragraph;
  const found = [];
  for (let at = 0; at < text.length; at++) {
    const inches = straight.test(text[at]) && /\d/.test(text[at - 1] ?? "") && found.length % 2 === 0;
    if (every.test(text[at]) && !kept.has(at) && !inches) found.push(at);
  }
  const marks = found.map((at) => text[at]).join("");
  if (found.length % 2 || isNested(marks, open, close)) return;
  for (let n = 0; n < found.length; n += 2) {
    const [from, to] = [found[n], found[n + 1]];
    if (!areChineseQuotes(paragraph, from, to, straight)) continue;
    paragraph.put(from, open);
    paragraph.put(to, close);
  }
}

function areChineseQuotes(paragraph, from, to, straight) {
  const curly = !straight.test(paragraph.text[from]) && !straight.test(paragraph.text[to]);
  if (curly || paragraph.hasHan(from + 1, to)) return true;
  return paragraph.chinese && (isChinese(paragraph.before(from)) || isHan(paragraph.after(to + 1)));
}

// Curly quotes that open and close in order stay, also one pair inside another.
function isNested(marks, open, close) {
  let depth = 0;
  for (const mark of marks) {
    if (mark !== open && mark !== close) return false;
    depth += mark === open ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

// A full-width mark brings its own room: half-width spaces beside one that was changed go.
function spaces(paragraph) {
  const { text, out } = paragraph;
  const drop = (at) => { out[at] = ""; };
  for (const at of paragraph.changed) {
    const mark = out[at];
    let next = at + 1, former = at - 1;
    while (out[next] === "" && !SPACE.test(text[next])) next++;
    if (ENDS.has(mark.at(-1)) || BEGINS.has(mark)) while (SPACE.test(text[next] ?? "")) drop(next++);
    const before = paragraph.before(at);
    if (ENDS.has(mark.at(-1)) || isChinese(before))
      while (before && SPACE.test(text[former] ?? "")) drop(former--);
  }
}

// Return what stands at each place of a text after one reading.
function once(text) {
  const paragraph = new Paragraph(text);
  pointMarks(paragraph);
  stops(paragraph);
  dotsAndDashes(paragraph);
  brackets(paragraph);
  titles(paragraph);
  for (const kind of KINDS) quotes(paragraph, kind);
  spaces(paragraph);
  return paragraph.out;
}

// One mark put right makes its neighbour stand among Chinese: a text is read until nothing changes.
const PATIENCE = 12;

// Return the edits that put a paragraph's marks in order, from its beginning to its end, and how
// many marks they change. Places count UTF-16 units, as the editor does.
export function tidied(text) {
  let parts = HAN.test(text) ? text.split("") : [];
  for (let time = 0, before = text; parts.length && time < PATIENCE; time++) {
    const out = once(before);
    let at = 0;
    parts = parts.map((part) => out.slice(at, (at += part.length)).join(""));
    const now = parts.join("");
    if (now === before) break;
    before = now;
  }
  const edits = [];
  let count = 0;
  parts.forEach((stands, at) => {
    if (stands === text[at]) return;
    if (stands) count++;
    const last = edits.at(-1);
    if (last?.to === at) {
      last.to = at + 1;
      last.text += stands;
    } else edits.push({ from: at, to: at + 1, text: stands });
  });
  return { edits, count };
}

// Return a paragraph with its marks in order.
export function tidy(text) {
  let result = text;
  for (const { from, to, text: stands } of tidied(text).edits.reverse())
    result = result.slice(0, from) + stands + result.slice(to);
  return result;
}

// Return the quote that belongs where somebody has typed a straight one, or nothing where straight
// is right: after a letter or a figure outside Chinese. ``before`` is the paragraph up to there.
export function quoteFor(typed, before, after = "") {
  const kind = KINDS.find(({ straight }) => straight.test(typed));
  const whole = before + after;
  if (!kind || (/[A-Za-z]/.test(whole) && !isChineseText(whole))) return "";
  if (typed === "'" && /[A-Za-z]$/.test(before)) return "";
  const count = (mark) => before.split(mark).length - 1;
  const isOpen = count(kind.open) > count(kind.close);
  if (!isOpen && /\d$/.test(before)) return "";
  return isOpen ? kind.close : kind.open;
}
