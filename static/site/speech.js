// Reads aloud with the browser's own voice, sentence by sentence: Chromium falls silent in an utterance of fifteen seconds,
// and pausing one does not work everywhere, so a pause is a stop that knows where it was.

const synth = globalThis.speechSynthesis

// The best Chinese voice: Mandarin before others, one of this device before one from elsewhere.
export function voice() {
  const worth = ({ lang, localService }) => (/hk|yue/i.test(lang) ? 0 : /tw/i.test(lang) ? 2 : 4) + localService
  const chinese = synth ? synth.getVoices().filter(({ lang }) => /^(zh|cmn|yue)/i.test(lang)) : []
  return chinese.sort((one, other) => worth(other) - worth(one))[0]
}

// Goes through units, each with its `said()`: sentences, or a promise of them. Tells `reading(unit, sentence)` and `state(name)`.
export class Speaker {
  constructor(units, told) {
    Object.assign(this, { units, told, rate: 1, unit: 0, at: 0, turn: 0, name: "still" })
    addEventListener("pagehide", () => this.stop())
    document.addEventListener("visibilitychange", () => this.wake())
  }

  become(name) {
    this.name = name
    this.told.state(name)
  }

  play() {
    this.become("reading")
    this.say()
  }

  halt(name) {
    this.turn += 1
    synth.cancel()
    this.become(name)
  }

  pause() {
    this.halt("paused")
  }

  stop() {
    this.unit = this.at = 0
    this.halt("still")
  }

  go(step) {
    this.unit = Math.max(0, Math.min(this.unit + step, this.units.length - 1))
    this.at = 0
    this.play()
  }

  wake() {
    if (this.name === "reading" && !document.hidden && !synth.speaking && !synth.pending) this.say()
  }

  async say() {
    const turn = ++this.turn
    if (synth.speaking || synth.pending) synth.cancel()
    const unit = this.units[this.unit]
    if (!unit) return this.stop()
    const said = await unit.said()
    if (turn !== this.turn) return
    if (this.at >= said.length) {
      this.unit += 1
      this.at = 0
      return this.say()
    }
    this.told.reading(unit, said[this.at])
    // Kept, because Chromium forgets one that nobody holds, and its end never comes.
    const words = this.words = new SpeechSynthesisUtterance(said[this.at])
    words.voice = voice()
    words.lang = words.voice?.lang ?? "zh-CN"
    words.rate = this.rate
    words.onend = () => turn === this.turn && (this.at += 1, this.say())
    words.onerror = () => turn === this.turn && this.pause()
    synth.speak(words)
  }
}
