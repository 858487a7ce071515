// Undo stays in reach for some seconds after a result; the ring on the button shows how long.
// When it has run out the button stays: the card's page offers the same as long as the rules allow it.

export function runCountdowns(region: Element): void {
  for (const form of region.querySelectorAll<HTMLFormElement>("form[data-countdown]")) {
    const ring = form.querySelector<SVGElement>(".countdown");
    const seconds = Number(form.dataset["countdown"]);
    if (!ring || !(seconds > 0)) continue;
    ring.animate([{ strokeDashoffset: 0 }, { strokeDashoffset: 100 }], { duration: seconds * 1000, fill: "forwards" });
    setTimeout(() => form.setAttribute("data-run-out", ""), seconds * 1000);
  }
}
