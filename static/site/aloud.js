// The bar that reads a piece aloud, or all pieces of an issue or a page in turn. It stays hidden without a Chinese voice.
import { Speaker, voice } from "./speech.js"
import { units } from "./texts.js"

const bar = document.querySelector(".aloud")
const part = (name) => bar.querySelector(`[data-do=${name}]`)
const gently = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth"

function furnish() {
  if (!bar.hidden || !voice()) return
  let marked = null
  const caption = part("caption"), turn = part("turn"), words = { still: turn.textContent, ...turn.dataset }
  const read = units()
  const inView = (element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return bottom > 0 && top < innerHeight
  }
  const told = {
    reading({ mark }, sentence) {
      caption.textContent = sentence
      if (mark === marked) return
      const follow = !marked || inView(marked) // who has scrolled away is left in peace
      marked?.classList.remove("aloud-now")
      marked = mark
      mark.classList.add("aloud-now")
      if (follow) mark.scrollIntoView({ block: "center", behavior: gently })
    },
    state(name) {
      bar.dataset.state = name
      turn.textContent = words[name]
      if (name !== "still") return
      marked?.classList.remove("aloud-now")
      marked = null
      if (bar.contains(document.activeElement)) turn.focus()
    },
  }
  const speaker = new Speaker(read, told), speed = part("speed")
  turn.addEventListener("click", () => (speaker.name === "reading" ? speaker.pause() : speaker.play()))
  part("stop").addEventListener("click", () => speaker.stop())
  part("back").addEventListener("click", () => speaker.go(-1))
  part("on").addEventListener("click", () => speaker.go(1))
  speed.addEventListener("change", () => {
    speaker.rate = Number(speed.value)
    if (speaker.name === "reading") speaker.play()
  })
  speaker.rate = Number(speed.value)
  bar.hidden = !read.length
}

if (bar && globalThis.speechSynthesis) {
  furnish()
  speechSynthesis.addEventListener("voiceschanged", furnish)
}
