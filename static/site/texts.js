// What there is to read aloud: the paragraphs of this page, or the pieces it links to, in sentences a voice says in one breath.

const LONGEST = 45 // characters, some ten seconds
const TEXT = ".art__head :is(h1, .deck), .prose :is(p, h2, h3, li, tr, figcaption):not(.gallery :is(li, p)), .art .note p"

function sentences(text) {
  const clauses = text.replace(/\s+/g, " ").match(/[^，、：；。！？,;!?]{1,45}[，、：；。！？,;!?”’」』）》]*/g) ?? []
  const said = [""]
  for (const clause of clauses) {
    const last = said.at(-1)
    if (/[。！？!?][”’」』）》]*$/.test(last) || last.length + clause.length > LONGEST) said.push(clause)
    else said[said.length - 1] += clause
  }
  return said.map((one) => one.trim()).filter((one) => /[\p{L}\p{N}]/u.test(one))
}

function paragraphs(root) {
  return [...root.querySelectorAll(TEXT)].filter((each) => !each.parentElement.closest(TEXT) && each.textContent.trim())
}

function ofThisPage() {
  return paragraphs(document).map((mark) => ({ mark, said: () => sentences(mark.textContent) }))
}

// A list reads every piece it links to, fetched when its turn comes: without a network its headline, and nothing of what is gone.
function ofItsPieces() {
  const links = [...document.querySelectorAll("main a:not([aria-hidden], aside a)")].filter((link) => /\/articles\/\d+\/$/.test(link.pathname))
  const first = new Map(links.toReversed().map((mark) => [mark.pathname, mark]))
  const fetched = async (link) => {
    const answer = await fetch(link.href).catch(() => null)
    if (!answer) return sentences(link.textContent)
    const piece = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html")
    return paragraphs(piece).flatMap((each) => sentences(each.textContent))
  }
  return links.filter((link) => first.get(link.pathname) === link).map((mark) => {
    let said
    return { mark, said: () => (said ??= fetched(mark)) }
  })
}

export function units() {
  return document.querySelector(".art") ? ofThisPage() : ofItsPieces()
}
