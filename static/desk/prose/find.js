// Find and replace: a strip under the menu, every place marked in the text, all replaced in one step.
import { Extension, Plugin, pm } from "django-prose-editor/editor"
import { filled, gettext, make, menuButton, ngettext } from "newsroom/prose/dom"
import { places } from "newsroom/prose/finding"

const { closeHistory } = pm.history
const { PluginKey, TextSelection } = pm.state
const { Decoration, DecorationSet } = pm.view
const KEY = new PluginKey("deskFind")
const LEAF = "\ufffc"
const NOTHING = { wanted: "", exactCase: false, found: [], current: -1, marks: DecorationSet.empty }

function search(doc, wanted, exactCase) {
  const found = []
  if (!wanted) return found
  doc.descendants((node, at) => {
    if (!node.isTextblock) return true
    const text = node.textBetween(0, node.content.size, "", LEAF)
    for (const [from, to] of places(text, wanted, exactCase)) found.push({ from: at + 1 + from, to: at + 1 + to })
    return false
  })
  return found
}

const marked = (doc, found, current) =>
  DecorationSet.create(doc, found.map(({ from, to }, n) => Decoration.inline(from, to, { class: n === current ? "found now" : "found" })))

// What is found, kept up with the text; while a syllable is being composed it only moves along.
const finder = () => new Plugin({
  key: KEY,
  state: {
    init: () => NOTHING,
    apply(tr, former, _old, state) {
      const asked = tr.getMeta(KEY)
      if (!asked && !tr.docChanged) return former
      if (!asked && !former.wanted) return former
      if (!asked && tr.getMeta("composition") !== undefined)
        return {
          ...former,
          found: former.found.map(({ from, to }) => ({ from: tr.mapping.map(from, 1), to: tr.mapping.map(to, -1) })).filter(({ from, to }) => from < to),
          marks: former.marks.map(tr.mapping, tr.doc),
        }
      const { wanted, exactCase, current = former.current } = { ...former, ...asked }
      const found = search(state.doc, wanted, exactCase)
      const at = Math.min(current, found.length - 1)
      return { wanted, exactCase, found, current: at, marks: marked(state.doc, found, at) }
    },
  },
  props: {
    decorations: (state) => KEY.getState(state).marks,
    handleDOMEvents: {
      compositionend(view) {
        setTimeout(() => { if (!view.isDestroyed && KEY.getState(view.state).wanted) view.dispatch(view.state.tr.setMeta(KEY, {})) })
        return false
      },
    },
  },
})

const field = (name, words) => {
  const input = make("input", { type: "text", id: `find-${name}`, autocomplete: "off", spellcheck: "false", maxlength: "200" })
  return [input, make("div", { class: "cell" }, make("label", { for: input.id }, words), input)]
}
const button = (words, title = "") => make("button", { type: "button", class: "btn tight", ...(title && { title, "aria-label": title }) }, words)

class Strip {
  constructor(editor) {
    this.editor = editor
    const [wanted, first] = field("wanted", gettext("Find"))
    const [instead, second] = field("instead", gettext("Replace with"))
    Object.assign(this, { wanted, instead })
    this.exactCase = make("input", { type: "checkbox", id: "find-case" })
    this.count = make("span", { class: "cnt", role: "status" })
    const former = button("↑", gettext("The one before")), next = button("↓", gettext("The next one"))
    const one = button(gettext("Replace")), all = button(gettext("Replace all")), close = button("×", gettext("Close"))
    this.dom = make("div", { class: "prose-find", role: "search", "aria-label": gettext("Find and replace"), hidden: true },
      make("div", { class: "line" }, first, former, next, close),
      make("div", { class: "line" }, second, one, all),
      make("div", { class: "line" }, make("label", { class: "check" }, this.exactCase, gettext("Match case")), this.count))
    former.addEventListener("click", () => this.go(-1))
    next.addEventListener("click", () => this.go(1))
    one.addEventListener("click", () => this.replace())
    all.addEventListener("click", () => this.replaceAll())
    close.addEventListener("click", () => this.close())
    this.dom.addEventListener("input", () => { this.replaced = false })
    wanted.addEventListener("input", (event) => { if (!event.isComposing) this.look() })
    wanted.addEventListener("compositionend", () => this.look())
    this.exactCase.addEventListener("change", () => this.look())
    this.dom.addEventListener("keydown", (event) => this.key(event))
    // The strip stands in the form and is no part of it.
    for (const kind of ["input", "change"]) this.dom.addEventListener(kind, (event) => event.stopPropagation())
  }

  get state() {
    return KEY.getState(this.editor.state)
  }

  tell(asked, tr = this.editor.state.tr) {
    this.editor.view.dispatch(tr.setMeta(KEY, asked))
    this.show()
  }

  open(at = this.wanted) {
    const { from, to, empty } = this.editor.state.selection
    const chosen = empty ? "" : this.editor.state.doc.textBetween(from, to, "\n")
    if (chosen && chosen.length <= 200 && !chosen.includes("\n")) this.wanted.value = chosen
    this.dom.hidden = false
    this.look()
    at.focus()
    at.select()
  }

  close() {
    this.dom.hidden = true
    this.tell({ wanted: "", current: -1 })
    this.editor.view.focus()
  }

  // Begin with the first place that is not before the cursor.
  look() {
    const wanted = this.wanted.value, exactCase = this.exactCase.checked
    const { from } = this.editor.state.selection
    const found = search(this.editor.state.doc, wanted, exactCase)
    const next = found.findIndex((place) => place.from >= from)
    this.tell({ wanted, exactCase, current: found.length ? Math.max(next, 0) : -1 })
    this.reveal()
  }

  go(step) {
    const { found, current } = this.state
    if (!found.length) return
    this.tell({ current: (current + step + found.length) % found.length })
    this.reveal()
  }

  reveal() {
    const { found, current } = this.state
    if (found[current]) {
      const { from, to } = found[current]
      this.editor.view.dispatch(this.editor.state.tr.setSelection(TextSelection.create(this.editor.state.doc, from, to)))
      this.editor.view.dom.querySelector(".found.now")?.scrollIntoView({ block: "nearest" })
    }
  }

  replace() {
    const { found, current } = this.state
    const place = found[current]
    if (!place || this.editor.view.composing) return
    const tr = this.put(closeHistory(this.editor.state.tr), place)
    const end = place.from + this.instead.value.length
    const left = search(tr.doc, this.state.wanted, this.state.exactCase)
    const next = left.findIndex(({ from }) => from >= end)
    this.tell({ current: left.length ? Math.max(next, 0) : -1 }, tr)
    this.endStep()
    this.reveal()
  }

  // What is typed next is another step; until then Ctrl Z takes the replacing back, also from here.
  endStep() {
    this.replaced = true
    this.editor.view.dispatch(closeHistory(this.editor.state.tr))
  }

  replaceAll() {
    const { found } = this.state
    if (!found.length || this.editor.view.composing) return
    const tr = closeHistory(this.editor.state.tr)
    for (const place of [...found].reverse()) this.put(tr, place)
    this.tell({ current: 0 }, tr)
    this.endStep()
    this.count.textContent = filled(ngettext("{count} replaced; Ctrl Z takes it back", "{count} replaced; Ctrl Z takes them back", found.length), { count: found.length })
  }

  put(tr, { from, to }) {
    return this.instead.value ? tr.insertText(this.instead.value, from, to) : tr.delete(from, to)
  }

  show() {
    const { wanted, found, current } = this.state
    const words = found.length ? gettext("{current} of {count}") : gettext("not found")
    this.count.textContent = wanted ? filled(words, { current: current + 1, count: found.length }) : ""
  }

  key(event) {
    if (event.isComposing) return
    if (event.key === "Escape") {
      event.preventDefault()
      event.stopPropagation()
      this.close()
    } else if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault()
      if (event.target === this.instead) this.replace()
      else this.go(event.shiftKey ? -1 : 1)
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f") {
      event.preventDefault()
      this.wanted.select()
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && this.replaced) {
      event.preventDefault()
      this.editor.commands.undo()
      this.show()
    }
  }
}

export const DeskFind = Extension.create({
  name: "deskFind",
  addStorage() {
    return { strip: null }
  },
  addMenuItems({ menu }) {
    menu.defineItem({
      name: "deskFind",
      groups: "desk",
      priority: 90,
      button: menuButton(gettext("Find and replace"), "Ctrl F"),
      command: (editor) => editor.storage.deskFind.strip.open(),
    })
  },
  onCreate() {
    this.storage.strip = new Strip(this.editor)
    // The menu and the strip stay in sight together while the text scrolls.
    const { dom } = this.editor.view
    const head = make("div", { class: "prose-head" })
    const bar = dom.parentElement.querySelector(".prose-menubar")
    dom.before(head)
    head.append(...(bar ? [bar] : []), this.storage.strip.dom)
    this.editor.on("update", () => { if (!this.storage.strip.dom.hidden) this.storage.strip.show() })
  },
  addKeyboardShortcuts() {
    const open = (field) => () => {
      const { strip } = this.storage
      strip?.open(strip[field])
      return Boolean(strip)
    }
    return { "Mod-f": open("wanted"), "Mod-h": open("instead") }
  },
  addProseMirrorPlugins() {
    return [finder()]
  },
  onDestroy() {
    this.storage.strip?.dom.remove()
  },
})
