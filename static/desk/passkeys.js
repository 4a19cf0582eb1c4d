// Passkeys: a form with data-passkey asks the browser for a key before it is sent.
// "get" signs in with one, "create" makes one. What is asked for stands in #passkey-options, or,
// on the page of signing in, is fetched from the address of the form.

const bytes = (text) => Uint8Array.from(
  atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0),
);
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const named = (keys) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }));
const asked = (given) => ({
  ...given,
  challenge: bytes(given.challenge),
  ...(given.user && { user: { ...given.user, id: bytes(given.user.id) } }),
  ...(given.allowCredentials && { allowCredentials: named(given.allowCredentials) }),
  ...(given.excludeCredentials && { excludeCredentials: named(given.excludeCredentials) }),
});

const answered = (key) => {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const response = {};
  for (const part of parts) if (key.response[part]) response[part] = text(key.response[part]);
  return JSON.stringify({
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    response,
    clientExtensionResults: key.getClientExtensionResults(),
  });
};

const options = async (form) => {
  const here = form.querySelector("#passkey-options");
  if (here) return Object.values(JSON.parse(here.textContent))[0].publicKey;
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options.publicKey;
};

const usable = Boolean(window.PublicKeyCredential && navigator.credentials);

for (const part of document.querySelectorAll("[data-passkey-page]")) part.hidden = !usable;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const trouble = document.querySelector("[data-passkey-trouble]");
  const say = (what) => { trouble.textContent = trouble.dataset[what]; trouble.hidden = false; };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    if (!usable) return say("unusable");
    try {
      const key = await navigator.credentials[form.dataset.passkey]({ publicKey: asked(await options(form)) });
      form.elements.credential.value = answered(key);
      form.submit();
    } catch (error) {
      if (error.name === "InvalidStateError") say("twice");
      else if (error.name === "SecurityError") say("unsafe");
      else say("none");
    }
  });
}
