// Words that a reader marks in the text can be reported as they stand; without this the form is filled in by hand.
const link = document.querySelector(".report a")
const prose = document.querySelector(".prose")

if (link && prose && link.dataset.marked) {
  const pick = document.createElement("a")
  pick.className = "btn picked"
  pick.href = link.href
  pick.rel = "nofollow"
  pick.textContent = link.dataset.marked
  pick.hidden = true
  link.closest(".report").append(pick)

  document.addEventListener("selectionchange", () => {
    const marked = getSelection()
    const words = marked.toString().trim().slice(0, 200)
    const inside = words.length > 1 && prose.contains(marked.anchorNode) && prose.contains(marked.focusNode)
    if (inside) pick.href = `${link.getAttribute("href")}?words=${encodeURIComponent(words)}`
    pick.hidden = !inside
  })
}
