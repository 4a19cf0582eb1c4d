// Where words stand in a text. Pure: a text and what is looked for in, places out.

export function places(text, wanted, exactCase = false) {
  if (!wanted) return []
  const escaped = wanted.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
  const pattern = new RegExp(escaped, exactCase ? "gu" : "giu")
  return [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length])
}
