// One photograph on its way to the server: piece by piece, from where the server says it is.
// Whatever breaks in between, it goes on with what is missing, and says meanwhile what is the case.

const PATIENCE = 120000; // for an answer: a piece on a slow line, or a large picture being read
const SLOWEST = 30000; // between two tries
const ASK = 3000; // between two looks who is signed in

const sleep = (wait, signal) =>
  new Promise((done, failed) => {
    const timer = setTimeout(done, wait);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      failed(signal.reason);
    }, { once: true });
  });

const token = () => document.querySelector("#article_form [name=csrfmiddlewaretoken]").value;

export class Transfer {
  // `desk` says where to send and for whom; `hear` is told each time something has changed.
  // state: waiting, sending, reading, off, signed_out, somebody_else, done, refused, cancelled
  constructor(file, desk, hear) {
    Object.assign(this, { file, desk, hear, state: "waiting", offset: 0, address: "", why: "", photo: null });
    this.stopper = new AbortController();
    this.failures = 0;
    this.nudge = () => {};
  }

  get isOver() {
    return ["done", "refused", "cancelled"].includes(this.state);
  }

  get share() {
    return this.file.size ? this.offset / this.file.size : 0;
  }

  say(state, more = {}) {
    Object.assign(this, { state, ...more });
    this.hear(this);
  }

  // The server knows a file that is chosen again by this.
  get mark() {
    return `${this.file.size}|${this.file.lastModified}|${this.file.name}`.slice(-300);
  }

  cancel() {
    if (this.isOver) return;
    this.stopper.abort(new Error("cancelled"));
    if (this.address) this.ask("DELETE", this.address, undefined, {}, true).catch(() => {});
    this.say("cancelled");
  }

  again() {
    this.failures = 0;
    this.nudge();
  }

  async ask(method, address, body, headers = {}, last = false) {
    const cut = new AbortController();
    const timer = setTimeout(() => cut.abort(new Error("slow")), PATIENCE);
    const stop = () => cut.abort(this.stopper.signal.reason);
    if (!last) this.stopper.signal.addEventListener("abort", stop, { once: true });
    try {
      const answer = await fetch(address, {
        method, body, signal: cut.signal, keepalive: last,
        headers: { Accept: "application/json", "X-CSRFToken": token(), ...headers },
      });
      if (answer.status >= 500 || answer.status === 408 || answer.status === 429) throw new Error(String(answer.status));
      const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (!isOurs && answer.ok) throw new Error("no answer of ours"); // some network's own page
      return { ok: answer.ok, status: answer.status, ...(isOurs ? await answer.json() : {}) };
    } finally {
      clearTimeout(timer);
      this.stopper.signal.removeEventListener("abort", stop);
    }
  }

  async run() {
    while (!this.isOver) {
      try {
        await this.step();
        this.failures = 0;
      } catch {
        if (this.isOver) return;
        await this.wait();
      }
    }
  }

  async step() {
    if (!this.address) return this.hearOf(await this.begin());
    if (!this.isSure) return this.hearOf(await this.ask("GET", this.address));
    const part = this.file.slice(this.offset, this.offset + this.piece);
    const piece = await part.arrayBuffer().catch(() => null);
    if (!piece) return this.say("refused", { why: this.desk.words.unreadable }); // gone from the device
    this.say(this.offset + part.size < this.file.size ? "sending" : "reading");
    this.isSure = false; // until the answer is here, nobody knows whether it has arrived
    const headers = { "Content-Type": "application/octet-stream" };
    return this.hearOf(await this.ask("PUT", `${this.address}?at=${this.offset}`, piece, headers));
  }

  begin() {
    this.say("sending");
    const { person, article } = this.desk;
    const { size, name } = this.file;
    return this.ask("POST", this.desk.address, JSON.stringify({ person, article, size, name, mark: this.mark }), {
      "Content-Type": "application/json",
    });
  }

  hearOf(answer) {
    if (!answer.ok) return this.trouble(answer);
    if (answer.person !== this.desk.person) return this.identify("somebody_else");
    Object.assign(this, { address: answer.address, key: answer.key, piece: answer.piece, offset: answer.offset, isSure: true });
    if (answer.why_not) return this.say("refused", { why: answer.why_not });
    if (answer.photo) return this.say("done", { photo: answer.photo, answer });
    return this.say(this.offset < this.file.size ? "sending" : "reading");
  }

  trouble(answer) {
    const { trouble, sentence, status } = answer;
    if (["signed_out", "stale_token", "somebody_else"].includes(trouble)) return this.identify(trouble);
    if (status === 404 && this.address) {
      this.address = ""; // it waited too long there; it begins anew
      return this.say("sending", { offset: 0 });
    }
    return this.say("refused", { why: sentence || this.desk.words.refused });
  }

  // The same person goes on with a new secret; nobody else sends under their name.
  async identify(trouble) {
    if (trouble !== "stale_token") this.say(trouble);
    this.isSure = false;
    for (;;) {
      const answer = await this.ask("GET", this.desk.who);
      if (answer.ok && answer.person === this.desk.person) {
        for (const each of document.querySelectorAll("[name=csrfmiddlewaretoken]")) each.value = answer.token;
        return;
      }
      this.say(answer.ok ? "somebody_else" : "signed_out");
      await Promise.race([sleep(ASK, this.stopper.signal), new Promise((done) => { this.nudge = done; })]);
    }
  }

  // Off: tried again later, at once when the network is back or somebody asks for it.
  async wait() {
    this.isSure = false;
    this.failures += 1;
    this.say("off");
    const back = new Promise((done) => {
      this.nudge = done;
      addEventListener("online", done, { once: true });
    });
    const pause = sleep(Math.min(SLOWEST, 500 * 2 ** this.failures), this.stopper.signal).catch(() => {});
    await Promise.race([pause, back]);
  }
}

// A few at a time: a phone's line and the server's memory are both narrow.
export class Queue {
  constructor(most = 2) {
    Object.assign(this, { most, running: 0, waiting: [] });
  }

  add(transfer) {
    this.waiting.push(transfer);
    this.next();
  }

  next() {
    while (this.running < this.most && this.waiting.length) {
      const transfer = this.waiting.shift();
      if (transfer.isOver) continue;
      this.running += 1;
      transfer.run().finally(() => {
        this.running -= 1;
        this.next();
      });
    }
  }
}
