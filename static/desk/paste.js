// What is pasted from Word and WPS becomes what the editor itself could have made: lists that are
// lists, paragraphs without indents of blanks, and nothing of the look. Other pages' HTML gains too.
import { Extension, Plugin } from "django-prose-editor/editor"

const UNSEEN = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g
const INDENT = /^[\s\u00a0\u3000]+/
// What Word writes before a point of a list, for browsers that know none. A list counts by “1.” or
// “a)”; “一、” and “（二）” are words of the text in a newspaper and stay.
const COUNTS = /^[（(]?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.、．)）]/i
const IN_WORDS = /^[（(]?[一二三四五六七八九十]{1,3}[.、．)）]/
const PARAGRAPHS = "p, h1, h2, h3, h4, h5, h6, li"
const GONE = "style, script, meta, link, title, xml, object, iframe, o\\:p:empty"

const isFromOffice = (html) =>
  /class="?Mso|mso-|urn:schemas-microsoft-com|kingsoft|<!--\[if/i.test(html)

// Conditional comments hold what other programs should see; the one with the marks of lists is kept.
const withoutConditions = (html) =>
  html
    .replace(/<!--\[if !supportLists\]-->([\s\S]*?)<!--\[endif\]-->/gi, '<s data-mark="1">$1</s>')
    .replace(/<!\[if !supportLists\]>([\s\S]*?)<!\[endif\]>/gi, '<s data-mark="1">$1</s>')
    .replace(/<!--\[if !supportEmptyParas\]-->[\s\S]*?<!--\[endif\]-->/gi, "")
    .replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[(?:if[^\]]*|endif)\]>/gi, "")

// A line of a file that ends between two Han characters is no blank.
const HAN = /[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef“”‘’—…]/
const withoutLineEnds = (text) =>
  text.replace(/[^\S\n]*\n\s*/g, (found, at, whole) => {
    const before = whole[at - 1]
    const after = whole[at + found.length]
    return HAN.test(before ?? after ?? "") || HAN.test(after ?? before ?? "") ? "" : " "
  })

// The policy applies to styles while a text is parsed: sheets are cut out of it before, and looks
// written into elements are read under another name.
const withoutStyles = (html) =>
  html.replace(/<(style|script|xml)\b[\s\S]*?<\/\1\s*>/gi, "").replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-look="))

// What an element's look says of a property; nothing where it says nothing.
const looks = (element, property) => {
  const look = element.getAttribute("data-look") ?? ""
  const found = look.split(";").find((part) => part.trim().toLowerCase().startsWith(`${property}:`))
  return found?.slice(found.indexOf(":") + 1).trim().toLowerCase() ?? ""
}

const unwrap = (element) => element.replaceWith(...element.childNodes)

const rename = (element, name) => {
  const other = element.ownerDocument.createElement(name)
  other.append(...element.childNodes)
  element.replaceWith(other)
  return other
}

const listed = (paragraph) => {
  const found = /^l(\d+)\s+level(\d)/.exec(looks(paragraph, "mso-list"))
  if (found) return { list: found[1], level: Number(found[2]) }
  return /MsoListParagraph/.test(paragraph.className) && paragraph.querySelector("[data-mark]")
    ? { list: "0", level: 1 }
    : null
}

// The mark before a point, taken off: what it says.
const takeMark = (paragraph) => {
  const mark =
    paragraph.querySelector("[data-mark]") ||
    paragraph.querySelector('[data-look*="mso-list:Ignore"], [data-look*="mso-list: Ignore"]')
  const words = (mark?.textContent ?? "").replace(/[\s\u00a0]+/g, "")
  if (IN_WORDS.test(words)) mark.replaceWith(words)
  else mark?.remove()
  return words
}

// Paragraphs of Word that say they are points of a list, put into lists, level by level.
const makeLists = (root) => {
  let open = [] // the lists that are open, outermost first
  let last = null
  for (const paragraph of [...root.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const place = paragraph.closest("li, td, th") ? null : listed(paragraph)
    if (!place) {
      open = []
      continue
    }
    const mark = takeMark(paragraph)
    if (IN_WORDS.test(mark)) {
      open = []
      continue
    }
    if (!open.length || !follows(last, paragraph)) open = []
    open.length = Math.min(open.length, place.level)
    const name = COUNTS.test(mark) ? "OL" : "UL"
    if (open.length === place.level && open.at(-1).nodeName !== name) open.length -= 1
    while (open.length < place.level) {
      const list = root.ownerDocument.createElement(name)
      const item = open.at(-1)?.lastElementChild
      if (item) item.append(list)
      else if (open.length) open.at(-1).append(list)
      else paragraph.before(list)
      open.push(list)
    }
    const item = root.ownerDocument.createElement("li")
    open.at(-1).append(item)
    item.append(paragraph)
    rename(paragraph, "p")
    last = open[0]
  }
}

// Only what stands directly behind a list goes on with it.
const follows = (list, paragraph) => {
  let before = paragraph.previousSibling
  while (before?.nodeType === Node.TEXT_NODE && !before.textContent.trim()) {
    before = before.previousSibling
  }
  return before === list
}

// Looks that mean something are said by elements; everything else of a look is dropped.
const keepMeaning = (root) => {
  for (const span of [...root.querySelectorAll("span, font, b, i")]) {
    const weight = looks(span, "font-weight")
    const slant = looks(span, "font-style")
    const height = looks(span, "vertical-align")
    const plain = { B: weight, I: slant }[span.nodeName]
    if (/^(?:normal|400)$/.test(plain)) {
      unwrap(span) // a bold that says it is none wraps what some programs copy
      continue
    }
    if (/^(?:bold|[6-9]00)$/.test(weight)) span.replaceChildren(wrapped(span, "strong"))
    if (slant === "italic") span.replaceChildren(wrapped(span, "em"))
    if (height === "super") span.replaceChildren(wrapped(span, "sup"))
    if (height === "sub") span.replaceChildren(wrapped(span, "sub"))
    if (looks(span, "text-decoration").startsWith("underline")) span.replaceChildren(wrapped(span, "u"))
  }
}

const wrapped = (element, name) => {
  const inner = element.ownerDocument.createElement(name)
  inner.append(...element.childNodes)
  return inner
}

const LEVELS = { h1: "h2", "h4, h5, h6": "h3" } // a piece has two
const KEPT = { A: ["href"], TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan"], OL: ["start"] }
const HELD = new Set(["FIGURE"]) // our own photographs, cut and pasted within the desk

const dropLooks = (root) => {
  for (const element of [...root.querySelectorAll("*")]) {
    if (HELD.has(element.nodeName)) continue
    const kept = KEPT[element.nodeName] || []
    for (const name of element.getAttributeNames()) {
      if (!kept.includes(name)) element.removeAttribute(name)
    }
    const name = element.nodeName
    if (/^(?:SPAN|FONT|CENTER|SECTION|ARTICLE)$/.test(name) || name.includes(":")) unwrap(element)
    else if (name === "A" && !/^(?:https?|mailto|tel):/i.test(element.getAttribute("href") || "")) {
      unwrap(element)
    } else if (name === "IMG") element.remove() // files of another computer; photos are added below
  }
}

const trim = (root) => {
  const texts = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = withoutLineEnds(node.textContent.replace(UNSEEN, ""))
    node.textContent = text.replaceAll("\u00a0", " ")
  }
  for (const paragraph of [...root.querySelectorAll(PARAGRAPHS)].reverse()) {
    const inner = root.ownerDocument.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
    for (let node = inner.nextNode(); node; node = inner.nextNode()) {
      node.textContent = node.textContent.replace(INDENT, "")
      if (node.textContent) break
    }
    const holds = paragraph.querySelector("figure, table, ul, ol, hr")
    const only = root.children.length === 1 && paragraph.parentElement === root
    if (!paragraph.textContent.trim() && !holds && !only && !paragraph.closest("td, th")) {
      paragraph.remove()
    }
  }
}

// Return HTML as the editor could have made it. Without a parser's help nothing here runs.
export const cleaned = (html) => {
  if (html.includes("data-pm-slice")) return html // the editor's own
  const office = isFromOffice(html)
  const page = new DOMParser().parseFromString(
    withoutStyles(withoutConditions(html)),
    "text/html",
  )
  const root = page.body
  for (const element of root.querySelectorAll(GONE)) element.remove()
  if (office) makeLists(root)
  for (const [from, to] of Object.entries(LEVELS)) {
    for (const heading of [...root.querySelectorAll(from)]) rename(heading, to)
  }
  keepMeaning(root)
  dropLooks(root)
  trim(root)
  return root.innerHTML
}

export const PasteCleaner = Extension.create({
  name: "pasteCleaner",
  priority: 1000, // before anything else looks at it
  addProseMirrorPlugins() {
    const transformPastedHTML = (html) => cleaned(html)
    const transformPastedText = (text) =>
      text.replace(UNSEEN, "").replace(/^[ \t\u00a0\u3000]+/gm, "").replaceAll("\u00a0", " ")
    return [new Plugin({ props: { transformPastedHTML, transformPastedText } })]
  },
})
