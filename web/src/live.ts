// The code of an open card page, which is another every half minute: whoever hands out a reward sees that the page is open.
// Without the network the printed-like code comes back, which still finds the card.

/** For how long the last live code stays when the server cannot be reached. */
const PATIENCE_MS = 60_000;
const RETRY_MS = 5_000;

export class LiveCode {
  #place: HTMLElement | undefined;
  #words: HTMLElement | undefined;
  #still: Element | undefined;
  #timer = 0;
  #fetchedAt = 0;

  /** Begins, or goes on in a fresh part of the page. */
  attach(root: ParentNode): void {
    const words = root.querySelector<HTMLElement>("[data-live-code]");
    const place = root.querySelector<HTMLElement>(".qr-place");
    if (!words || !place || place === this.#place) return;
    this.#words = words;
    this.#place = place;
    this.#still = place.querySelector("svg.qr") ?? undefined;
    void this.#next();
  }

  pause(): void {
    window.clearTimeout(this.#timer);
  }

  resume(): void {
    if (this.#place) void this.#next();
  }

  async #next(): Promise<void> {
    window.clearTimeout(this.#timer);
    let wait = RETRY_MS;
    try {
      const answer = await fetch(this.#words?.dataset["liveCode"] ?? "", { headers: { Accept: "text/html" }, cache: "no-store" });
      if (!answer.ok) throw new Error(answer.statusText);
      const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector<HTMLElement>("[data-left]");
      const picture = drawn?.querySelector("svg.qr");
      if (!drawn || !picture) throw new Error("no code");
      wait = Number(drawn.dataset["left"]) + 100;
      this.#fetchedAt = performance.now();
      this.#show(picture, true);
      this.#count(wait);
    } catch {
      if (this.#still && performance.now() - this.#fetchedAt > PATIENCE_MS) this.#show(this.#still, false);
    }
    window.clearTimeout(this.#timer);
    if (!document.hidden) this.#timer = window.setTimeout(() => void this.#next(), wait);
  }

  /** Puts a picture in the place of the last one, at once in both sizes. */
  #show(picture: Element, isLive: boolean): void {
    this.#place?.querySelector("svg.qr")?.replaceWith(picture);
    document.querySelector("dialog.code-large[open] svg.qr")?.replaceWith(picture.cloneNode(true));
    if (this.#words) this.#words.hidden = !isLive;
  }

  #count(left: number): void {
    const bar = this.#words?.querySelector("[data-time]");
    if (!bar || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const running of bar.getAnimations()) running.cancel();
    bar.animate([{ transform: `scaleX(${Math.min(left / 30_000, 1)})` }, { transform: "scaleX(0)" }], { duration: left, fill: "forwards" });
  }
}
