// The node of the editor that stands for a photograph of the piece: kept whole, moved, deleted.
import { Node, mergeAttributes } from "django-prose-editor/editor"

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
