// The workbench: what a form left in this browser goes to the server, and is named here.
import { bring, renew } from "./bring.js";

const places = document.getElementById("unsaved-places");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
if (places && token) {
  const brought = await bring(Number(places.dataset.person), token);
  if (brought.length) await renew("unsaved-places");
}
