// Two extensions of the text editor: photographs that stand in the text, and a menu in words.
import { Extension, Node, Plugin, mergeAttributes } from "django-prose-editor/editor"

// The editor would write its basic style into the page, which the policy forbids; desk.css has it.
// It leaves that where this element stands, which has the name of a style and is none.
const style = document.createElementNS("urn:newsroom", "style")
style.setAttribute("data-tiptap-style", "")
document.head.append(style)

const gettext = window.gettext || ((text) => text)

// A photograph of the piece, named by its number: kept whole, moved, deleted.
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
})

// What the buttons are called; those in WORDS say so in writing, the others are drawn.
const NAMES = {
  paragraph: gettext("Text"),
  heading2: gettext("Heading"),
  heading3: gettext("Subheading"),
  bold: gettext("Bold"),
  italic: gettext("Italic"),
  underline: gettext("Underlined"),
  strike: gettext("Struck out"),
  subscript: gettext("Subscript"),
  superscript: gettext("Superscript"),
  bulletList: gettext("List"),
  orderedList: gettext("Numbered list"),
  blockquote: gettext("Quotation"),
  horizontalRule: gettext("Rule"),
  link: gettext("Link"),
  unlink: gettext("Remove link"),
  table: gettext("Table"),
  "history:undo": gettext("Undo"),
  "history:redo": gettext("Redo"),
  fullscreen: gettext("Full screen"),
}
const gettexts = (titles) => Object.fromEntries(titles.map((title) => [title, gettext(title)]))
// Buttons of a table share one name; they are known by the editor's own English titles.
const TITLES = gettexts([
  "Add column", "Delete column", "Add row", "Delete row", "Merge cells", "Split cell",
  "Toggle header cell", "Delete table",
])
const WORDS = new Set([
  "paragraph", "heading2", "heading3", "bold", "bulletList", "orderedList", "blockquote", "link",
  "table",
])

export const DeskMenu = Extension.create({
  name: "deskMenu",
  priority: 1, // after the menu itself
  addProseMirrorPlugins() {
    const attributes = { role: "textbox", "aria-multiline": "true", "aria-labelledby": "body-label" }
    return [new Plugin({ props: { attributes } })]
  },
  onCreate() {
    const bar = this.editor.view.dom.parentElement.querySelector(".prose-menubar")
    if (!bar) return
    bar.setAttribute("role", "toolbar")
    bar.setAttribute("aria-label", gettext("Text format"))
    this.storage.buttons = [...bar.querySelectorAll("button[data-name]")]
    for (const button of this.storage.buttons) {
      const name = TITLES[button.title] || NAMES[button.dataset.name]
      if (!name) continue
      button.title = name
      button.setAttribute("aria-label", name)
      if (!WORDS.has(button.dataset.name) || button.querySelector("svg")) continue
      button.textContent = name
      button.classList.remove("material-icons", "prose-menubar__button--heading")
    }
    this.storage.show()
  },
  addStorage() {
    return {
      buttons: [],
      show() {
        for (const button of this.buttons) {
          button.setAttribute("aria-pressed", String(button.classList.contains("active")))
          button.setAttribute("aria-disabled", String(button.classList.contains("disabled")))
        }
      },
    }
  },
  onTransaction() {
    this.storage.show()
  },
})
