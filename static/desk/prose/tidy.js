// Chinese punctuation in the editor: put in order at a press, and quotes paired while typing.
import { Extension, Plugin, pm } from "django-prose-editor/editor"
import { filled, gettext, menuButton, ngettext } from "newsroom/prose/dom"
import { quoteFor, tidied } from "newsroom/prose/punctuation"

const { closeHistory } = pm.history
const LEAF = "\ufffc" // one character wide, like what it stands for
const KEPT = "newsroom.paired-quotes"

const isOn = () => localStorage.getItem(KEPT) !== "no"

// Put the marks of each paragraph in order, or of what is selected, in one step that can be undone.
function tidyIn(state, dispatch) {
  const { selection, doc } = state
  const [least, most] = selection.empty ? [0, doc.content.size] : [selection.from, selection.to]
  const tr = state.tr
  let count = 0
  const found = []
  doc.nodesBetween(least, most, (node, at) => {
    if (!node.isTextblock) return true
    const text = node.textBetween(0, node.content.size, "", LEAF)
    const here = tidied(text).edits.map((edit) => ({ from: at + 1 + edit.from, to: at + 1 + edit.to, text: edit.text }))
    found.push(...here.filter((edit) => edit.from >= least && edit.to <= most))
    return false
  })
  for (const { from, to, text } of found.reverse()) {
    count += [...doc.textBetween(from, to)].filter((char) => !/\s/.test(char)).length && 1
    if (text) tr.insertText(text, from, to)
    else tr.delete(from, to)
  }
  if (count && dispatch) dispatch(closeHistory(tr.setMeta("deskSaid", true)).scrollIntoView())
  return count
}

export const DeskTidy = Extension.create({
  name: "deskTidy",
  addMenuItems({ menu }) {
    const tidyButton = menuButton(gettext("Tidy punctuation"), gettext("Full-width marks and paired quotes, in what is selected or everywhere"))
    menu.defineItem({
      name: "deskTidy",
      groups: "desk",
      priority: 80,
      button: tidyButton,
      command(editor) {
        const count = tidyIn(editor.state, editor.view.dispatch)
        const words = count
          ? ngettext("{count} place put in order. Ctrl Z takes it back.", "{count} places put in order. Ctrl Z takes them back.", count)
          : gettext("The punctuation is in order already.")
        editor.storage.deskCounts?.say(filled(words, { count }))
      },
    })
    menu.defineItem({
      name: "deskQuotes",
      groups: "desk",
      priority: 70,
      button: menuButton(gettext("Pair quotes"), gettext("Straight quotes typed in Chinese become “ and ”")),
      active: isOn,
      command(editor) {
        localStorage.setItem(KEPT, isOn() ? "no" : "yes")
        editor.view.dispatch(editor.state.tr)
        editor.storage.deskCounts?.say(isOn() ? gettext("Quotes are paired while you type.") : gettext("Quotes stay as they are typed."))
      },
    })
  },
  addProseMirrorPlugins() {
    return [new Plugin({ props: { handleTextInput: paired } })]
  },
})

// A straight quote is written first and turned afterwards, so that undoing gives it back.
function paired(view, from, to, typed) {
  if (view.composing || !/^["']$/.test(typed) || !isOn()) return false
  const { $from, $to } = view.state.selection
  if (!$from.sameParent($to) || !$from.parent.isTextblock) return false
  const before = $from.parent.textBetween(0, from - $from.start(), "", LEAF)
  const after = $from.parent.textBetween(to - $from.start(), $from.parent.content.size, "", LEAF)
  const quote = quoteFor(typed, before, after)
  if (!quote) return false
  view.dispatch(view.state.tr.insertText(typed, from, to))
  view.dispatch(closeHistory(view.state.tr.insertText(quote, from, from + 1)))
  return true
}
