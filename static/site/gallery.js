// Pictures one after the other. The strip scrolls and snaps by itself; this adds buttons, keys and the full screen.

class Strip {
  constructor(list, bar) {
    this.list = list
    this.count = bar.querySelector(".strip__at")
    this.at = 0
    this.aim = null // where it glides to; what it passes on the way is not stood at
    list.addEventListener("scroll", () => {
      clearTimeout(this.still)
      this.still = setTimeout(() => this.settle(), 120)
    }, { passive: true })
    for (const taken of ["pointerdown", "touchstart", "wheel"]) list.addEventListener(taken, () => { this.aim = null }, { passive: true })
    for (const button of bar.querySelectorAll("[data-go]"))
      button.addEventListener("click", () => this.go((this.at + Number(button.dataset.go) + this.items.length) % this.items.length))
    this.tell()
  }

  get items() {
    return [...this.list.children]
  }

  nearest() {
    const middle = this.list.scrollLeft + this.list.clientWidth / 2
    const away = this.items.map((item) => Math.abs(item.offsetLeft + item.offsetWidth / 2 - middle))
    return away.indexOf(Math.min(...away))
  }

  go(to, behavior = "auto") {
    const item = this.items[Math.max(0, Math.min(to, this.items.length - 1))]
    this.list.scrollTo({ left: item.offsetLeft - (this.list.clientWidth - item.offsetWidth) / 2, behavior })
    this.aim = this.items.indexOf(item)
    this.stand(this.aim)
  }

  settle() {
    const now = this.nearest()
    if (this.aim !== null && this.aim !== now) return
    this.aim = null
    this.stand(now)
  }

  stand(at) {
    if (at === this.at) return
    this.at = at
    this.count.setAttribute("aria-live", "polite") // not before somebody has moved
    this.tell()
  }

  tell() {
    this.count.replaceChildren(...this.items[this.at].querySelector(".strip__no").cloneNode(true).childNodes)
  }

  key(event) {
    const to = { ArrowLeft: this.at - 1, ArrowRight: this.at + 1, Home: 0, End: this.items.length - 1 }[event.key]
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    this.go(to)
  }
}

function furnish(gallery) {
  const dialog = gallery.querySelector("dialog"), bar = gallery.querySelector(".strip__bar"), opener = bar.querySelector("[data-open]")
  const strip = new Strip(gallery.querySelector(".strip"), bar)
  let viewer = null

  function large() {
    const list = strip.list.cloneNode(true)
    for (const sized of list.querySelectorAll("[sizes]")) sized.sizes = "100vw"
    dialog.append(list)
    dialog.addEventListener("keydown", (event) => viewer.key(event))
    dialog.addEventListener("close", () => { strip.go(viewer.at, "instant"); opener.focus() })
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close())
    return new Strip(list, dialog.querySelector(".strip__bar"))
  }

  function open(at) {
    viewer ??= large()
    dialog.showModal()
    viewer.go(at, "instant")
    viewer.list.focus({ preventScroll: true })
  }

  bar.hidden = false
  gallery.classList.add("gallery--led")
  strip.list.addEventListener("keydown", (event) => strip.key(event))
  strip.list.addEventListener("click", (event) => {
    if (event.target.matches("img")) open(strip.items.indexOf(event.target.closest("li")))
  })
  opener.addEventListener("click", () => open(strip.at))
}

for (const gallery of document.querySelectorAll(".gallery")) furnish(gallery)
