// Keeps how somebody likes to read on this device. Without it the choices hold for the page; what is kept leaves the browser never.
const KEY = "reading"
const radios = [...document.querySelectorAll(".tools input[type=radio]")]

function kept() {
  try { return JSON.parse(localStorage.getItem(KEY)) ?? [] } catch { return [] }
}

for (const radio of radios) {
  if (kept().includes(radio.id)) radio.checked = true
  radio.addEventListener("change", () => {
    try { localStorage.setItem(KEY, JSON.stringify(radios.filter((each) => each.checked && !each.defaultChecked).map(({ id }) => id))) } catch { /* private: it holds for this page */ }
  })
}
