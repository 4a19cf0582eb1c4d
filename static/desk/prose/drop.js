// Pictures dropped or pasted into the text: sent like all others, and put where they were dropped.
import { Extension, Plugin, pm } from "django-prose-editor/editor"
import { filled, gettext, make } from "newsroom/prose/dom"

const { PluginKey } = pm.state
const { Decoration, DecorationSet } = pm.view
const key = new PluginKey("photoDrop")
let count = 0

const pictures = (files) => [...(files ?? [])].filter((file) => file.type.startsWith("image/") || /\.(hei[cf]|avif)$/i.test(file.name))

// Between paragraphs, not in one: before the block under the pointer, or after its middle behind it.
function gapAt(view, event) {
  const found = view.posAtCoords({ left: event.clientX, top: event.clientY })
  if (!found) return view.state.doc.content.size
  const $pos = view.state.doc.resolve(found.inside >= 0 ? found.inside : found.pos)
  if (!$pos.depth && !$pos.nodeAfter) return $pos.pos
  const at = $pos.depth ? $pos.before(1) : $pos.pos
  const node = view.state.doc.nodeAt(at)
  const box = view.nodeDOM(at)?.getBoundingClientRect?.()
  const isBelow = box && event.clientY > box.top + box.height / 2
  return isBelow ? at + node.nodeSize : at
}

const gapAtCursor = (state) => {
  const { $to } = state.selection
  return $to.depth ? $to.after(1) : $to.pos
}

// What stands there until the picture has come.
const coming = (name) => make("div", { class: "coming", contenteditable: "false" }, filled(gettext("{name} is on its way"), { name }))

function bring(view, files, at) {
  for (const file of files) {
    const id = ++count
    view.dispatch(view.state.tr.setMeta(key, { id, at, name: file.name }).setMeta("addToHistory", false))
    const placed = (number) => {
      const [place] = key.getState(view.state).find(undefined, undefined, (spec) => spec.id === id)
      const tr = view.state.tr.setMeta(key, { gone: id })
      const type = view.state.schema.nodes.articlePhoto
      if (number && place) tr.insert(place.from, type.create({ "data-photo": String(number), "data-size": "full" }))
      view.dispatch(tr)
    }
    document.dispatchEvent(new CustomEvent("newsroom:photos-dropped", { detail: { file, placed } }))
  }
}

const takes = () => document.getElementById("photo-intake")

export const PhotoDrop = Extension.create({
  name: "PhotoDrop",
  addProseMirrorPlugins() {
    return [
      new Plugin({
        key,
        state: {
          init: () => DecorationSet.empty,
          apply(tr, before) {
            const set = before.map(tr.mapping, tr.doc)
            const said = tr.getMeta(key)
            if (said?.gone) return set.remove(set.find(undefined, undefined, (spec) => spec.id === said.gone))
            if (!said) return set
            // Those of one drop stand in its order.
            return set.add(tr.doc, [Decoration.widget(said.at, () => coming(said.name), { id: said.id, side: said.id })])
          },
        },
        props: {
          decorations: (state) => key.getState(state),
          handleDrop(view, event) {
            const files = pictures(event.dataTransfer?.files)
            if (!files.length || !takes()) return false
            event.preventDefault()
            bring(view, files, gapAt(view, event))
            return true
          },
          handlePaste(view, event) {
            const files = pictures(event.clipboardData?.files)
            const hasWords = [...(event.clipboardData?.types ?? [])].some((type) => type.startsWith("text/"))
            if (!files.length || hasWords || !takes()) return false
            bring(view, files, gapAtCursor(view.state))
            return true
          },
        },
      }),
    ]
  },
})
