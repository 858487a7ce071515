// Single keys as shortcuts, which a device can do without: who dictates, or rests a hand on the keyboard, presses them
// without meaning it (WCAG 2.1.4). Enter, Esc and hand scanners are no part of this.

const NAME = "trei_till_keys";
const OFF = "off";

/** Whether single keys act. Where nothing can be remembered, they do. */
export function areOn(): boolean {
  try {
    return localStorage.getItem(NAME) !== OFF;
  } catch {
    return true;
  }
}

/** The switch in the list of shortcuts; remembered on this device. */
export function dressSwitch(place: HTMLElement | null): void {
  const box = place?.querySelector<HTMLInputElement>("input");
  if (!place || !box) return;
  place.hidden = false;
  box.checked = areOn();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(NAME);
      else localStorage.setItem(NAME, OFF);
    } catch {
      box.checked = true;
    }
  });
}
