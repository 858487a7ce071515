// The customer's card, alive: when the till acts, the open page shows it within a second.
// Everything here is an addition; the page is whole without it.

import { LiveCode } from "./live";

/** Whether a part of the page shows something later: a card that moved on, or another question to its owner. */
function isNewer(fresh: HTMLElement, old: HTMLElement): boolean {
  const version = (part: HTMLElement): number => Number(part.dataset["version"]);
  return version(fresh) > version(old) || (version(fresh) === version(old) && fresh.dataset["shown"] !== old.dataset["shown"]);
}

class Card extends HTMLElement {
  #stream: EventSource | undefined;
  #large: HTMLDialogElement | undefined;
  #awake: WakeLockSentinel | undefined;
  #code = new LiveCode();
  #fetching = false;
  #again = false;

  connectedCallback(): void {
    this.#dress();
    this.addEventListener("click", (event) => {
      if ((event.target as Element).closest("[data-enlarge], .qr-place")) this.#enlarge();
    });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#pause() : this.#listen(true)));
    this.#listen(false);
  }

  /** Opens the stream; after a pause the card may be old, so it is fetched once. */
  #listen(catchUp: boolean): void {
    if (this.#stream) return;
    if (catchUp) {
      this.#code.resume();
      void this.#refresh();
    }
    const stream = new EventSource(this.dataset["stream"] ?? "");
    const wake = (event: MessageEvent<string>): void => {
      if (event.lastEventId !== this.#grid()?.dataset["shown"]) void this.#refresh();
    };
    stream.addEventListener("message", wake);
    stream.addEventListener("card", wake as EventListener);
    // A refused stream does not come back by itself; the card stays as the server drew it.
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) this.#pause();
    });
    this.#stream = stream;
  }

  #pause(): void {
    if (document.hidden) this.#code.pause();
    this.#stream?.close();
    this.#stream = undefined;
  }

  #grid(): HTMLElement | null {
    return this.querySelector("[data-version]");
  }

  async #refresh(): Promise<void> {
    if (this.#fetching) {
      this.#again = true;
      return;
    }
    this.#fetching = true;
    try {
      const answer = await fetch(this.dataset["fragment"] ?? "", { headers: { Accept: "text/html" } });
      // The card went into another one, or its link was renewed: the page says so.
      if (answer.status === 410) location.reload();
      else if (answer.ok) this.#swap(await answer.text());
    } catch {
      // The network is away: the last card stays, and the stream reconnects by itself.
    } finally {
      this.#fetching = false;
      if (this.#again) {
        this.#again = false;
        void this.#refresh();
      }
    }
  }

  #swap(html: string): void {
    const place = this.querySelector("[data-place]");
    const old = this.#grid();
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector<HTMLElement>("[data-version]");
    if (!place || !old || !fresh || !isNewer(fresh, old)) return;
    const before = new Set([...old.querySelectorAll("[data-stamp]")].map((stamp) => stamp.getAttribute("data-stamp")));
    const points = old.querySelector("[data-points]")?.getAttribute("data-points");
    for (const stamp of fresh.querySelectorAll("[data-stamp]")) {
      if (!before.has(stamp.getAttribute("data-stamp"))) stamp.classList.add(stamp.tagName === "path" ? "grown" : "pressed");
    }
    for (const figure of fresh.querySelectorAll("[data-points]")) {
      if (figure.getAttribute("data-points") !== points) figure.classList.add("grown");
    }
    const held = this.#held(old);
    // The till has acted: whoever showed the large code wants to see what came of it.
    document.querySelector<HTMLDialogElement>("dialog.code-large[open]")?.close();
    // What the person opened stays open.
    const open = [...old.querySelectorAll<HTMLDetailsElement>("details[open]")].map((details) => details.dataset["keep"]);
    old.replaceWith(fresh);
    for (const details of fresh.querySelectorAll<HTMLDetailsElement>("details")) details.open = open.includes(details.dataset["keep"]);
    this.#dress();
    if (held) fresh.querySelector<HTMLElement>(held)?.focus({ preventScroll: true });
    const live = this.querySelector("[data-live]");
    // What the owner is asked comes before what the card holds.
    const question = fresh.querySelector("[data-question]");
    if (live) live.textContent = question?.textContent ?? fresh.dataset["words"] ?? "";
    question?.scrollIntoView({ block: "nearest" });
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) navigator.vibrate?.(30);
  }

  /** Where the focus is, so that the fresh part takes it over in the same place. */
  #held(old: HTMLElement): string | undefined {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || !old.contains(focused)) return undefined;
    const kept = focused.closest<HTMLElement>("[data-keep]")?.dataset["keep"];
    if (kept) return `[data-keep="${CSS.escape(kept)}"] > summary`;
    if (focused.matches("[data-enlarge]")) return "[data-enlarge]";
    const link = focused.getAttribute("href");
    return link ? `a[href="${CSS.escape(link)}"]` : undefined;
  }

  /** Shows what only works with this script. */
  #dress(): void {
    for (const button of this.querySelectorAll<HTMLElement>("[data-enlarge]")) button.hidden = false;
    for (const words of this.querySelectorAll<HTMLElement>("[data-without-script]")) words.hidden = true;
    this.#code.attach(this);
  }

  #enlarge(): void {
    const code = this.querySelector(".code");
    const picture = code?.querySelector("svg.qr");
    if (!code || !picture) return;
    const large = this.#large ?? document.createElement("dialog");
    large.className = "code-large";
    large.setAttribute("aria-labelledby", "code-title");
    const number = document.createElement("p");
    number.className = "number";
    number.textContent = code.querySelector(".number")?.textContent ?? "";
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button";
    close.textContent = this.dataset["close"] ?? "";
    close.addEventListener("click", () => large.close());
    large.replaceChildren(picture.cloneNode(true), number, close);
    if (!this.#large) {
      large.addEventListener("click", (event) => {
        if (event.target !== close) large.close();
      });
      large.addEventListener("close", () => {
        void this.#awake?.release();
        this.#awake = undefined;
        this.querySelector<HTMLElement>("[data-enlarge]")?.focus();
      });
      document.body.append(large);
      this.#large = large;
    }
    large.showModal();
    close.focus();
    // The screen stays bright while the code is shown; where that is refused, nothing is lost.
    navigator.wakeLock?.request("screen").then((lock) => (this.#awake = lock), () => undefined);
  }
}

customElements.define("trei-card", Card);

