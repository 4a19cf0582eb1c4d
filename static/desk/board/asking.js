// What the board asks of the server: one thing after the other, and what went wrong by name.

const root = () => document.getElementById("board");
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

// "away": the network or the server; "expired": the session, or who is signed in.
export class Trouble extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

export const post = async (kind, data) => {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token(), ...data });
  let answer;
  try {
    answer = await fetch(root().dataset[kind] + location.search, {
      method: "POST", body, redirect: "manual", headers: { Accept: "application/json" },
    });
  } catch {
    throw new Trouble("away");
  }
  if (answer.type === "opaqueredirect" || answer.status === 403) throw new Trouble("expired");
  if (answer.status === 204) return null;
  if (answer.status !== 200 && answer.status !== 409) throw new Trouble("away");
  return { refused: answer.status === 409, ...(await answer.json()) };
};

let last = Promise.resolve();
let busy = 0;
export const isBusy = () => busy > 0;

// ``what`` is called when everything asked before has been answered.
export const inTurn = (what) => {
  busy += 1;
  const turn = last.then(what).finally(() => { busy -= 1; });
  last = turn.catch(() => {});
  return turn;
};
