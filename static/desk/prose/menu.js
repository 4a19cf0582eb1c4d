// The menu of the text editor: in words, and worked by the keyboard alone.
import { Extension, Plugin, updateAttrsDialog } from "django-prose-editor/editor"
import { gettext, menuButton } from "newsroom/prose/dom"

// The editor would write its basic style into the page, which the policy forbids; desk.css has it.
// It leaves that where this element stands, which has the name of a style and is none.
const style = document.createElementNS("urn:newsroom", "style")
style.setAttribute("data-tiptap-style", "")
document.head.append(style)

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

// One button takes part in the order of Tab; the arrows go from one to the next.
function rove(bar, buttons, editor) {
  const shown = () => buttons.filter((button) => !button.classList.contains("hidden"))
  const only = (one) => { for (const button of buttons) button.tabIndex = button === one ? 0 : -1 }
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }
  bar.addEventListener("focusin", (event) => only(event.target))
  bar.addEventListener("keydown", (event) => {
    const here = shown(), at = here.indexOf(document.activeElement)
    const next = event.key === "Home" ? 0 : event.key === "End" ? here.length - 1 : at + steps[event.key]
    if (event.key === "Escape") editor.view.focus()
    else if (at < 0 || Number.isNaN(next)) return
    else here[(next + here.length) % here.length].focus()
    event.preventDefault()
  })
  only(buttons[0])
  return () => {
    const current = buttons.find((button) => button.tabIndex === 0)
    if (current?.classList.contains("hidden")) only(shown()[0])
  }
}

// The stock dialog asks for its header row by an English “No”.
const askForTable = updateAttrsDialog(
  {
    rows: { type: "number", title: gettext("Rows"), format: "number", min: "1", max: "100", required: true },
    cols: { type: "number", title: gettext("Columns"), format: "number", min: "1", max: "20", required: true },
    withHeaderRow: { type: "boolean", title: gettext("Include header row") },
  },
  { title: gettext("Table Properties"), submitText: gettext("Insert Table") },
)
async function insertTable(editor) {
  const wanted = await askForTable(editor, { rows: "3", cols: "3", withHeaderRow: true })
  if (!wanted) return
  const table = { rows: Number(wanted.rows), cols: Number(wanted.cols), withHeaderRow: wanted.withHeaderRow }
  editor.chain().focus().insertTable(table).run()
}

export const DeskMenu = Extension.create({
  name: "deskMenu",
  priority: 1, // after the menu itself
  // Some stock buttons are made anew: text comes first, and the screen is said in words.
  addMenuItems({ menu }) {
    menu.defineItem({
      name: "paragraph",
      groups: "blockType nodes",
      priority: 110,
      button: menuButton(NAMES.paragraph),
      active: (editor) => editor.isActive("paragraph"),
      command: (editor) => editor.chain().focus().setParagraph().run(),
    })
    menu.defineItem({
      name: "table",
      groups: "table",
      priority: 110,
      button: menuButton(NAMES.table),
      enabled: (editor) => editor.can().insertTable(),
      command: insertTable,
    })
    menu.defineItem({
      name: "fullscreen",
      groups: "utility",
      button: menuButton(NAMES.fullscreen, "F11"),
      active: (editor) => editor.storage.fullscreen.fullscreen,
      command: (editor) => editor.commands.toggleFullscreen(),
    })
  },
  addProseMirrorPlugins() {
    const attributes = { role: "textbox", "aria-multiline": "true", "aria-labelledby": "body-label" }
    return [new Plugin({ props: { attributes } })]
  },
  onCreate() {
    const bar = this.editor.view.dom.parentElement.querySelector(".prose-menubar")
    if (!bar) return
    bar.setAttribute("role", "toolbar")
    bar.setAttribute("aria-label", gettext("Text format"))
    bar.setAttribute("aria-keyshortcuts", "Alt+F10")
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
    this.storage.settle = rove(bar, this.storage.buttons, this.editor)
    this.storage.bar = bar
    this.storage.show()
    // Here, and not as the extension's own: the menu's buttons must have heard of it before.
    this.editor.on("transaction", () => this.storage.show())
  },
  addKeyboardShortcuts() {
    // Tab belongs to lists and tables here, so the way to the menu is this one.
    return {
      "Alt-F10": () => {
        this.storage.bar?.querySelector("[tabindex='0']")?.focus()
        return true
      },
    }
  },
  addStorage() {
    return {
      bar: null,
      buttons: [],
      settle() {},
      show() {
        for (const button of this.buttons) {
          button.setAttribute("aria-pressed", String(button.classList.contains("active")))
          button.setAttribute("aria-disabled", String(button.classList.contains("disabled")))
        }
        this.settle()
      },
    }
  },
})
