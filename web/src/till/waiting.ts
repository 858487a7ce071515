// A page that waits for somebody else looks again by itself, quietly: nothing moves until there is an answer.
const LOOK_AGAIN_MS = 1_500;

/** Looks until the page shows something else, and then leads there. */
export function waitFor(region: HTMLElement, lead: (address: string) => void): void {
  const address = region.dataset["lookAgain"];
  if (!address) return;
  const look = async (): Promise<void> => {
    if (!region.isConnected) return;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const waits = page.querySelector<HTMLElement>("[data-region]")?.dataset["lookAgain"] !== undefined;
      if (!region.isConnected) return;
      if (!waits) {
        lead(address);
        return;
      }
    } catch {
      // The network is away: it is looked again.
    }
    window.setTimeout(() => void look(), LOOK_AGAIN_MS);
  };
  window.setTimeout(() => void look(), LOOK_AGAIN_MS);
}
