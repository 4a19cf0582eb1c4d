// A photograph of the piece that stands in its text: shown with its caption, put in, sized, moved.
import { Node, mergeAttributes, pm } from "django-prose-editor/editor"
import { filled, gettext, make, menuButton } from "newsroom/prose/dom"

const { NodeSelection } = pm.state

// The photographs of the piece, saved or just come, as their forms show them.
function savedPhotos() {
  const rows = document.querySelectorAll("#photos-group .inline-related.photo:not(.empty-form, .off)")
  return [...rows].flatMap((row) => {
    const { number } = row.dataset
    const picture = row.querySelector(".focus picture, .focus img")
    return number && picture ? [{ number, picture, caption: row.querySelector("textarea[name$='-caption']") }] : []
  })
}
const photoOf = (number) => savedPhotos().find((photo) => photo.number === String(number))

const sized = (size) => (size === "half" ? "half" : "full")

class Shown {
  constructor(node) {
    this.dom = make("figure", { class: "prose-photo", "data-photo": node.attrs["data-photo"], contenteditable: "false" })
    this.caption = make("figcaption")
    this.follow = () => { this.caption.textContent = this.photo.caption.value || gettext("no caption yet") }
    this.photo = photoOf(node.attrs["data-photo"])
    if (this.photo) {
      const picture = this.photo.picture.cloneNode(true)
      for (const image of [picture, ...picture.querySelectorAll("img")]) image.draggable = false
      this.dom.append(picture, this.caption)
      this.photo.caption.addEventListener("input", this.follow)
      this.follow()
    } else {
      this.dom.classList.add("lost")
      this.dom.append(filled(gettext("Picture {number} is not among the photos of this piece."), { number: node.attrs["data-photo"] }))
    }
    this.update(node)
  }

  update(node) {
    if (node.type.name !== "articlePhoto" || String(node.attrs["data-photo"]) !== this.dom.dataset.photo) return false
    this.dom.dataset.size = sized(node.attrs["data-size"])
    return true
  }

  destroy() {
    this.photo?.caption.removeEventListener("input", this.follow)
  }

  ignoreMutation() {
    return true
  }
}

const chosen = (state) => (state.selection instanceof NodeSelection && state.selection.node.type.name === "articlePhoto" ? state.selection : null)

function standing(doc) {
  const numbers = new Set()
  doc.descendants((node) => { if (node.type.name === "articlePhoto") numbers.add(String(node.attrs["data-photo"])) })
  return numbers
}

// The dialog that offers the saved photographs.
function offer(editor) {
  const photos = savedPhotos(), inside = standing(editor.state.doc)
  const size = (value, words) => make("label", { class: "check" }, make("input", { type: "radio", name: "prose-photo-size", value, checked: value === "full" }), words)
  const sizes = make("fieldset", { class: "sizes" }, make("legend", {}, gettext("Size")), size("full", gettext("Full width")), size("half", gettext("Half width")))
  const list = make("ul", { class: "offered" }, ...photos.map((photo) => {
    const picture = photo.picture.cloneNode(true)
    for (const image of [picture, ...picture.querySelectorAll("img")].filter((each) => each.matches("img"))) image.alt = ""
    const words = make("span", {}, photo.caption.value || gettext("no caption yet"))
    if (inside.has(photo.number)) words.append(make("span", { class: "quiet small" }, ` · ${gettext("stands in the text")}`))
    const choose = make("button", { type: "button", class: "offer" }, picture, words)
    choose.addEventListener("click", () => {
      const half = sizes.querySelector("input:checked").value === "half"
      dialog.close()
      editor.chain().focus().insertArticlePhoto(photo.number, half ? "half" : "full").run()
    })
    return make("li", {}, choose)
  }))
  const none = make("p", {}, gettext("There is no photo yet. Add one under “Photos” below, or drop it into the text."))
  const close = make("button", { type: "button", class: "btn" }, gettext("Close"))
  const heading = make("h2", { id: "prose-photo-heading" }, gettext("Insert photo"))
  const dialog = make("dialog", { class: "prose-photos", "aria-labelledby": heading.id }, heading,
    ...(photos.length ? [sizes, list] : [none]), close)
  close.addEventListener("click", () => dialog.close())
  dialog.addEventListener("close", () => { dialog.remove(); editor.view.focus() })
  document.body.append(dialog) // not in the form: its choices are nothing to save
  dialog.showModal()
}

export const ArticlePhoto = Node.create({
  name: "articlePhoto",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes() {
    return { "data-photo": { default: null }, "data-size": { default: null } }
  },
  parseHTML() {
    return [{ tag: "figure[data-photo]" }]
  },
  renderHTML({ HTMLAttributes }) {
    return ["figure", mergeAttributes(HTMLAttributes)]
  },
  addNodeView() {
    return ({ node }) => new Shown(node)
  },
  addCommands() {
    return {
      insertArticlePhoto: (number, size) => ({ chain, state }) => {
        // Between paragraphs, not in one: after the block the cursor stands in.
        const { $to } = state.selection
        const at = $to.depth ? $to.after(1) : $to.pos
        return chain().insertContentAt(at, { type: "articlePhoto", attrs: { "data-photo": String(number), "data-size": size } }).setNodeSelection(at).scrollIntoView().run()
      },
      moveArticlePhoto: (step) => ({ state, dispatch }) => {
        const selection = chosen(state)
        if (!selection || selection.$from.depth) return false
        const { doc } = state, index = selection.$from.index(0)
        if (!doc.maybeChild(index + step)) return false
        const beside = doc.child(index + step).nodeSize
        const target = step < 0 ? selection.from - beside : selection.from + beside
        if (dispatch) {
          const tr = state.tr.delete(selection.from, selection.to).insert(target, selection.node)
          dispatch(tr.setSelection(NodeSelection.create(tr.doc, target)).scrollIntoView())
        }
        return true
      },
    }
  },
  addKeyboardShortcuts() {
    return {
      "Alt-ArrowUp": () => this.editor.commands.moveArticlePhoto(-1),
      "Alt-ArrowDown": () => this.editor.commands.moveArticlePhoto(1),
    }
  },
  addMenuItems({ menu }) {
    menu.defineItem({
      name: "articlePhoto",
      groups: "photo",
      priority: 90,
      button: menuButton(gettext("Insert photo")),
      command: offer,
    })
    for (const [size, words] of [["full", gettext("Full width")], ["half", gettext("Half width")]])
      menu.defineItem({
        name: `articlePhoto:${size}`,
        groups: "photo",
        priority: size === "full" ? 80 : 70,
        button: menuButton(words),
        hidden: (editor) => !chosen(editor.state),
        active: (editor) => sized(chosen(editor.state)?.node.attrs["data-size"]) === size,
        command: (editor) => editor.commands.updateAttributes("articlePhoto", { "data-size": size }),
      })
    for (const [step, words] of [[-1, gettext("Move up")], [1, gettext("Move down")]])
      menu.defineItem({
        name: `articlePhoto:${step}`,
        groups: "photo",
        priority: 60 - step,
        button: menuButton(words, step < 0 ? "Alt ↑" : "Alt ↓"),
        hidden: (editor) => !chosen(editor.state),
        enabled: (editor) => editor.can().moveArticlePhoto(step),
        command: (editor) => editor.commands.moveArticlePhoto(step),
      })
  },
})
