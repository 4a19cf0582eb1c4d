// The line under the text: its characters, its paragraphs, what is selected, and what was just done.
import { Extension } from "django-prose-editor/editor"
import { characters, words } from "newsroom/prose/counting"
import { filled, gettext, make, ngettext } from "newsroom/prose/dom"

const LINE = "\n"
const textOf = (doc, from = 0, to = doc.content.size) => doc.textBetween(from, to, LINE, (node) => (node.type.name === "hardBreak" ? LINE : ""))

// Paragraphs as readers see them: blocks that hold words.
function paragraphs(doc) {
  let count = 0
  doc.descendants((node) => {
    if (node.isTextblock && node.textContent.trim()) count++
    return !node.isTextblock
  })
  return count
}

export const DeskCounts = Extension.create({
  name: "deskCounts",
  addStorage() {
    return { line: null, say: () => {} }
  },
  onCreate() {
    const { view } = this.editor
    const counted = make("span", { class: "counted" })
    const chosen = make("span", { class: "chosen" })
    const said = make("span", { class: "said", role: "status" })
    const line = make("div", { class: "statusline" }, counted, chosen, said)
    view.dom.after(line)
    let frame = 0, whole = null

    const show = () => {
      frame = 0
      if (view.isDestroyed || view.composing) return // half a syllable is no character yet
      const { doc, selection } = view.state
      if (doc !== whole) {
        whole = doc
        const text = textOf(doc)
        counted.replaceChildren(
          make("b", {}, String(characters(text))),
          filled(gettext(" characters with marks, without spaces · {paragraphs} paragraphs · {words} as Word counts"), {
            paragraphs: paragraphs(doc),
            words: words(text),
          }),
        )
      }
      const some = selection.empty ? 0 : characters(textOf(doc, selection.from, selection.to))
      chosen.textContent = some ? filled(ngettext("{count} character selected", "{count} characters selected", some), { count: some }) : ""
    }
    const later = () => { frame ||= requestAnimationFrame(show) }

    this.storage.line = line
    this.storage.say = (words) => { said.textContent = words }
    this.editor.on("transaction", ({ transaction }) => {
      if (transaction.docChanged && !transaction.getMeta("deskSaid")) said.textContent = ""
      later()
    })
    view.dom.addEventListener("compositionend", later)
    show()
  },
  onDestroy() {
    this.storage.line?.remove()
  },
})
