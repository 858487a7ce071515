// Whose turn it is stands in the bar, outside of what is swapped: it follows the page that came, and goes when it is over.
let over = 0;

/** Takes what a page says of the turn into the bar. */
export function followTurn(root: ParentNode, page: ParentNode): void {
  const old = root.querySelector<HTMLElement>("[data-turn]");
  const fresh = page.querySelector<HTMLElement>("[data-turn]");
  if (old && fresh && old !== fresh) old.replaceWith(fresh);
  clearTimeout(over);
  const shown = fresh ?? old;
  const seconds = Number(shown?.dataset["seconds"] ?? 0);
  if (shown && seconds > 0) over = window.setTimeout(() => shown.replaceChildren(), seconds * 1_000);
}
