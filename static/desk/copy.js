// A button that copies what stands in another element. Where the browser cannot, there is no button.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.classList.add("done");
    button.textContent = window.gettext?.("Copied") ?? "✓";
  });
}
