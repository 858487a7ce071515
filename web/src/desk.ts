// Pages for people at work. What a form makes it makes once: while its answer is under way, another press is no other wish.

// On a narrow screen the page that is open may lie beyond the edge of the menu.
document.querySelector(".people-menu [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

/** So long nothing is sent again; whoever stopped loading, or lost the connection, may press then. */
const PATIENCE_MS = 8_000;
const sent = new Set<HTMLFormElement>();

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  (event.submitter ?? form).setAttribute("aria-busy", "true");
  window.setTimeout(forget, PATIENCE_MS);
});

// The same page again, from the browser's memory.
window.addEventListener("pageshow", forget);

function forget(): void {
  sent.clear();
  for (const busy of document.querySelectorAll("form[aria-busy], form [aria-busy]")) busy.removeAttribute("aria-busy");
}

export {};
