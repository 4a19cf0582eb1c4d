// Pass a piece on: by what the device offers, else its address is copied.

const button = document.querySelector("[data-share]")
const said = document.querySelector(".share__said")
const address = document.querySelector("link[rel=canonical]")?.href ?? location.href

async function passOn() {
  if (navigator.share) {
    await navigator.share({ title: document.querySelector("h1").innerText, url: address }).catch(() => {})
    return
  }
  await navigator.clipboard.writeText(address)
  said.textContent = button.dataset.done
}

if (button && (navigator.share || navigator.clipboard)) {
  button.hidden = false
  button.addEventListener("click", passOn)
}
