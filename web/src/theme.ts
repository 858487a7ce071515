// Light, dark, or as the device says: applied at once and remembered. Without this script the same form
// reaches the server, which sets the same cookie.
const KEEP_SECONDS = 31_536_000;

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLButtonElement>("[data-theme-switch] button");
  if (!button) return;
  event.preventDefault();
  document.documentElement.dataset["theme"] = button.value;
  document.cookie = `trei_theme=${button.value}; Path=/; Max-Age=${KEEP_SECONDS}; SameSite=Lax`;
  for (const other of document.querySelectorAll<HTMLButtonElement>("[data-theme-switch] button")) {
    other.setAttribute("aria-pressed", String(other.value === button.value));
  }
});

// A menu closes when the eye goes elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!menu.contains(event.target as Node)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
    event.stopImmediatePropagation();
  }
});

export {};
