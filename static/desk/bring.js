// What an earlier page left in this browser goes to the server, which offers it: never into a form.
import { forget, left } from "./copies.js";

// What a page sends of a copy; its fields are JSON already.
export const message = (person, copy) => {
  const { page, sequence, began, takes } = copy;
  const head = JSON.stringify({ person, page, sequence, began_from: began, takes });
  return head.replace(/\}$/, `,"fields":${copy.fields}}`);
};

// Send everything one person left here, but for the page that asks; return where it went.
export const bring = async (person, token, besides = "") => {
  const brought = [];
  const headers = {
    Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token,
  };
  for (const copy of await left(person, besides)) {
    try {
      const body = message(person, copy);
      const answer = await fetch(copy.address, { method: "POST", body, headers });
      const said = await answer.json();
      if (answer.ok || (said.trouble === "older" && said.sequence >= copy.sequence)) {
        forget(person, copy.page, copy.sequence);
      }
      if (answer.ok) brought.push(copy.address);
    } catch {
      break; // it stays, for the next page
    }
  }
  return brought;
};

// Show a part of this page as the server would show it now.
export const renew = async (id) => {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
  if (fresh) document.getElementById(id)?.replaceChildren(...fresh.childNodes);
};
