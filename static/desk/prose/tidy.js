// Chinese punctuation in the editor: put in order at a press, and quotes paired while typing.
import { Extension, Plugin, pm } from "django-prose-editor/editor"
import { filled, gettext, menuButton, ngettext } from "newsroom/prose/dom"
import { quoteFor, tidied } from "newsroom/prose/punctuation"

const { closeHistory } = pm.history
const { Fragment } = pm.model
const { TextSelection } = pm.state
const LEAF = "\ufffc" // one character wide, like what it stands for
const KEPT = "newsroom.paired-quotes"

// A browser that keeps nothing pairs quotes, and forgets that somebody did not want it.
let wanted = true
try {
  wanted = localStorage.getItem(KEPT) !== "no"
} catch { /* nothing is kept here */ }
const isOn = () => wanted
function turn() {
  wanted = !wanted
  try {
    localStorage.setItem(KEPT, wanted ? "yes" : "no")
  } catch { /* it holds for this page */ }
}

// The edits of a paragraph that lie in what is to be tidied, counted from its beginning.
function editsOf(node, least, most) {
  const { edits } = tidied(node.textBetween(0, node.content.size, "", LEAF))
  return edits.filter(({ from, to }) => from >= least && to <= most)
}

// A paragraph's content from its first edit to its last; what is put in looks like what it replaces.
function mended(node, edits, schema) {
  let content = Fragment.empty, at = edits[0].from
  for (const { from, to, text } of edits) {
    content = content.append(node.content.cut(at, from))
    if (text) content = content.append(Fragment.from(schema.text(text, node.nodeAt(from).marks)))
    at = to
  }
  return content
}

// Put the marks of each paragraph in order, or of what is selected, in one step that can be undone.
function tidyIn({ selection, doc, schema, tr }, dispatch) {
  const [least, most] = selection.empty ? [0, doc.content.size] : [selection.from, selection.to]
  const done = []
  doc.nodesBetween(least, most, (node, at) => {
    if (!node.isTextblock) return true
    const start = at + 1
    const edits = editsOf(node, least - start, most - start)
    if (edits.length) {
      const [from, to] = [start + edits[0].from, start + edits.at(-1).to].map((place) => tr.mapping.map(place))
      tr.replaceWith(from, to, mended(node, edits, schema))
      for (const { from, to, text } of edits) done.push({ from: start + from, to: start + to, text, marks: node.textBetween(from, to, "", LEAF).trim() !== "" })
    }
    return false
  })
  if (done.length) {
    keepSelection(tr, selection, done)
    dispatch(closeHistory(tr.setMeta("deskSaid", true)).scrollIntoView())
  }
  return done.filter(({ marks }) => marks).length
}

// The cursor stays between the characters it stood between.
function keepSelection(tr, selection, done) {
  if (!(selection instanceof TextSelection)) return
  const moved = (place) => done.reduce((now, { from, to, text }) => {
    if (to <= place) return now + text.length - (to - from)
    return from < place ? now - (place - from) + Math.min(text.length, place - from) : now
  }, place)
  tr.setSelection(TextSelection.create(tr.doc, moved(selection.anchor), moved(selection.head)))
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
        editor.view.dispatch(closeHistory(editor.state.tr)) // what is typed next is another step
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
        turn()
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
