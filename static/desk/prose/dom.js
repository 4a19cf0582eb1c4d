// Elements for the editor's own parts, and words in the reader's language.
export const gettext = window.gettext || ((text) => text);
export const ngettext = window.ngettext || ((one, many, count) => (count === 1 ? one : many));

export const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (typeof value === "boolean") element.toggleAttribute(name, value);
    else element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// A button of the editor's menu that says in words what it does.
export const menuButton = (words, title = "") =>
  make("button", { type: "button", class: "prose-menubar__button", ...(title && { title }) }, words);
